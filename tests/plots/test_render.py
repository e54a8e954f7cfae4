"""What is drawn has the size asked for, says which curve is which, and survives any data."""

import itertools
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from rich.cells import cell_len

from acttutor.nn.activations import apply
from acttutor.plots.curves import Curve, curves
from acttutor.plots.figure import Figure, Marker, Role, Series, Style
from acttutor.plots.palette import DARK, LIGHT, Ink, Palette, ink
from acttutor.plots.render import layout, render, spans

LETTERS = re.compile(r"[⠀-⣿]")


def sigmoid(cursor: float | None = None) -> Figure:
    return curves([Curve(apply("sigmoid")), Curve(apply("sigmoid"), True)], cursor=cursor)


def row_of(drawn: str, text: str) -> int:
    return next(index for index, line in enumerate(drawn.split("\n")) if text in line)


@pytest.mark.parametrize(
    ("width", "height"), itertools.product((0, 1, 5, 19, 20, 30, 80, 200), (0, 1, 2, 4, 5, 6, 7, 24, 60))
)
def test_a_drawing_has_the_lines_and_cells_asked_for(width: int, height: int) -> None:
    for figure in (sigmoid(), sigmoid(0.5), Figure((), (0.0, 1.0), (0.0, 1.0))):
        rows = spans(figure, width, height)
        assert len(rows) == height
        assert all(sum(cell_len(span.text) for span in row) == width for row in rows)


def test_lines_are_not_padded_at_their_ends() -> None:
    assert all(line == line.rstrip() for line in render(sigmoid(), 70, 14).split("\n"))


def test_chinese_labels_have_their_width() -> None:
    figure = Figure((Series("导数", (0.0, 1.0), (0.0, 1.0)),), (0.0, 1.0), (0.0, 1.0), x_label="输入")
    rows = spans(figure, 60, 10)
    assert all(sum(cell_len(span.text) for span in row) == 60 for row in rows)
    assert "导数" in render(figure, 60, 10)


def test_each_curve_is_named_at_the_height_where_it_ends() -> None:
    lines = render(sigmoid(), 70, 14).split("\n")
    assert lines[0].endswith("── σ")
    assert lines[11].endswith("╌╌ σ′")


def test_labels_of_curves_that_end_together_are_moved_apart() -> None:
    figure = curves([Curve(apply(name), True) for name in ("tanh", "leaky_relu", "elu", "gelu")])
    drawn = render(figure, 80, 16)
    assert len({row_of(drawn, series.label) for series in figure.series}) == 4


def test_more_curves_than_rows_do_not_spill() -> None:
    figure = curves([Curve(apply("relu"), label=f"curve {index}") for index in range(12)])
    assert len(render(figure, 60, 7).split("\n")) == 7


def test_the_cursor_reads_every_curve_off_in_its_colour() -> None:
    top = spans(sigmoid(0.0), 80, 20)[0]
    told = {span.text.strip(): span.ink for span in top if span.text.strip()}
    assert told == {"x = 0": Ink.CURSOR, "σ = 0.5": Ink.VALUE, "σ′ = 0.25": Ink.DERIVATIVE}


def test_numbers_at_the_cursor_take_a_second_line_where_one_is_too_short() -> None:
    figure = curves(
        [Curve(apply(name), True) for name in ("sigmoid", "tanh", "relu", "gelu", "mish")], cursor=0.4
    )
    lines = render(figure, 60, 24).split("\n")
    assert "Mish′ = 0.837" in lines[1] + lines[2]
    assert not any("…" in line for line in lines)


def test_the_header_does_not_jump_while_the_cursor_moves() -> None:
    tops = set()
    for step in range(-60, 61):
        chart = layout(sigmoid(step / 10), 80, 20)
        assert chart is not None
        tops.add(chart.top)
    assert tops == {1}


def test_a_column_of_the_chart_is_the_x_drawn_there() -> None:
    figure = sigmoid(2.0)
    chart = layout(figure, 80, 20)
    assert chart is not None
    line = render(figure, 80, 20).split("\n")[18]
    column = line.index("┴")
    assert chart.x_at(column) == pytest.approx(2.0, abs=0.12)


def test_a_jump_has_an_open_and_a_filled_end_and_nothing_between() -> None:
    drawn = render(curves([Curve(apply("step"))]), 61, 20)
    lines = drawn.split("\n")
    column = lines[row_of(drawn, "○")].index("○")
    assert lines[row_of(drawn, "●")][column] == "●"
    between = lines[row_of(drawn, "○") + 1 : row_of(drawn, "●")]
    assert all(not LETTERS.search(line) for line in between)


def test_markers_differ_without_colour() -> None:
    pictures = set()
    for marker in Marker:
        figure = Figure((Series("", (0.0, 1.0), (0.0, 1.0), marker=marker),), (0.0, 1.0), (0.0, 1.0))
        pictures.add((render(figure, 60, 12), marker.glyph))
    assert len({picture for picture, _ in pictures}) == len(Marker)
    assert len({glyph for _, glyph in pictures}) == len(Marker)
    assert len({marker.ascii for marker in Marker}) == len(Marker)


def test_curves_that_cross_in_a_cell_show_the_dots_of_both() -> None:
    def dots(*series: Series) -> int:
        drawn = render(Figure(series, (0.0, 1.0), (0.0, 1.0)), 40, 9)
        return sum(bin(ord(letter) - 0x2800).count("1") for letter in LETTERS.findall(drawn))

    up, down = Series("", (0.0, 1.0), (0.0, 1.0)), Series("", (0.0, 1.0), (1.0, 0.0))
    assert dots(up, down) > max(dots(up), dots(down))
    assert dots(up, up) == dots(up)


def test_bars_rise_from_zero_in_both_directions() -> None:
    figure = Figure(
        (Series("b", (1.0, 2.0, 3.0), (2.0, -2.0, 0.5), style=Style.BARS),), (0.0, 4.0), (-2.0, 2.0)
    )
    lines = render(figure, 40, 12).split("\n")
    assert any("█" in line for line in lines[:4])
    assert any("█" in line for line in lines[6:9])


def test_points_are_drawn_one_by_one() -> None:
    figure = Figure((Series("p", (0.0, 5.0), (0.0, 5.0), style=Style.POINTS),), (0.0, 5.0), (0.0, 5.0))
    assert "".join(render(figure, 40, 10).split("\n")[:-2]).count("•") == 3  # two points and the label


def test_ascii_drawings_are_ascii() -> None:
    figure = curves([Curve(apply(name), True) for name in ("sigmoid", "step", "elu")], cursor=-1.0)
    drawn = render(figure, 70, 16, ascii_only=True)
    assert drawn.isascii()
    assert "sigma'" in drawn


def test_a_logarithmic_axis_is_labelled_with_powers() -> None:
    figure = Figure((Series("δ", (1.0, 20.0), (0.0, -12.0)),), (1.0, 20.0), (-12.0, 0.0), log10_y=True)
    assert "10⁻¹⁰┤" in render(figure, 60, 16)
    assert "1e-10+" in render(figure, 60, 16, ascii_only=True)


def test_too_small_a_place_shows_the_name_cut_to_size() -> None:
    assert render(sigmoid(), 19, 3) == "σ, σ′\n\n"
    assert render(Figure((), (0.0, 1.0), (0.0, 1.0), title="Vanishing"), 5, 1) == "Vani…"
    assert render(Figure((), (0.0, 1.0), (0.0, 1.0), title="Vanishing"), 5, 1, ascii_only=True) == "Vani~"


def test_without_a_palette_it_is_plain_and_with_one_the_same_in_colour() -> None:
    plain, coloured = render(sigmoid(), 60, 12), render(sigmoid(), 60, 12, DARK)
    assert "\x1b" not in plain
    assert "\x1b[38;2;86;180;233m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[38;5;" in render(sigmoid(), 60, 12, DARK, true_colour=False)


def test_escape_sequences_in_labels_never_come_out() -> None:
    figure = Figure(
        (Series("\x1b[31mred\x07", (0.0,), (0.0,)),), (0.0, 1.0), (0.0, 1.0), title="\x1b]0;x\x07"
    )
    drawn = render(figure, 60, 12, DARK)
    assert re.sub(r"\x1b\[38;2;[0-9;]*m|\x1b\[0m|\n", "", drawn).isprintable()


@pytest.mark.parametrize("palette", [DARK, LIGHT])
@pytest.mark.parametrize("role", list(Role))
def test_every_role_stands_out_from_the_background(palette: Palette, role: Role) -> None:
    assert contrast(palette.colour(ink(role)) or "", palette.background) >= 3.0


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_axis_labels_can_be_read_easily(palette: Palette) -> None:
    for of in (Ink.TEXT, Ink.TITLE, Ink.CURSOR):
        assert contrast(palette.colour(of) or "", palette.background) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_threads_that_draw_at_once_do_not_mix_their_figures() -> None:
    figures = [
        Figure((Series("", (0.0, 1.0), (0.0, index / 40)),), (0.0, 1.0), (0.0, 1.0)) for index in range(40)
    ]
    alone = [render(figure, 61, 13) for figure in figures]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda figure: render(figure, 62, 13), figures))
    assert [render(figure, 62, 13) for figure in figures] == together
    assert len(set(alone)) > 20


def test_plotext_is_not_imported_before_something_is_drawn() -> None:
    code = "import sys, acttutor.plots.render, acttutor.plots.curves; assert 'plotext' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("seed", ["101", "102"])
def test_random_figures_neither_end_the_process_nor_hang_nor_raise(seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.plots.fuzz_render", "150", seed],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "150 figures drawn\n"), done.stderr
