"""The words say what the curves do, computed and in the reader's language."""

import gettext
import math
import re

import pytest
from rich.cells import cell_len

from acttutor.i18n import Translator, translator
from acttutor.nn.activations import apply
from acttutor.plots.curves import Curve, curves
from acttutor.plots.describe import Table, sentence, table, text_table
from acttutor.plots.figure import Figure, Series, Style

EN = translator("en")


def told(name: str, derivative: bool = False, low: float = -6.0, high: float = 6.0) -> str:
    return sentence(curves([Curve(apply(name), derivative)], low, high), EN)


def series(*ys: float, style: Style = Style.LINE, first: int = 0) -> Figure:
    xs = tuple(float(first + index) for index in range(len(ys)))
    return Figure((Series("it", xs, ys, style=style),), (xs[0], xs[-1]), (math.nan, math.nan))


def test_a_rising_curve() -> None:
    assert told("sigmoid") == "σ is 0.002473 at x = −6, rises to 0.9975 at x = 6."


def test_a_hill_names_its_top() -> None:
    assert told("sigmoid", True) == (
        "σ′ is 0.002467 at x = −6, rises to its largest value 0.25 at x = 0, then falls to 0.002467 at x = 6."
    )


def test_the_top_is_found_between_the_samples() -> None:
    assert "smallest value −0.2785 at x = −1.278," in told("silu", low=-7.0, high=6.3)


def test_a_level_stretch_ends_where_the_curve_leaves_it() -> None:
    assert told("relu") == "ReLU stays at 0 from x = −6 to 0, then rises to 6 at x = 6."


def test_a_jump_is_told_as_one() -> None:
    assert told("relu", True) == (
        "ReLU′ stays at 0 from x = −6 to 0, then jumps from 0 to 1 at x = 0, then stays at 1 up to x = 6."
    )


def test_a_constant_curve() -> None:
    assert told("identity", True).endswith("is 1 everywhere from x = −6 to 6.")


@pytest.mark.parametrize("low", [-6.0, -2.0, 0.5])
def test_the_sentence_follows_the_range(low: float) -> None:
    start = float(apply("sigmoid").value([low])[0])
    assert f"σ is {start:.4g} at" in told("sigmoid", low=low)


def test_small_wiggles_of_measured_points_are_not_told() -> None:
    wiggling = tuple(-float(layer) + 0.05 * (-1) ** layer for layer in range(20))
    assert sentence(series(*wiggling), EN).count("falls") == 1
    assert "rises" not in sentence(series(*wiggling), EN)


def test_what_hardly_moves_stays_between_two_values() -> None:
    figure = Figure((Series("it", (0.0, 1.0, 2.0), (1.0, 1.1, 1.05)),), (0.0, 2.0), (0.0, 100.0))
    assert sentence(figure, EN) == "it stays between 1 and 1.1 from x = 0 to 2."


def test_many_turns_are_summed_up_by_their_ends_and_extremes() -> None:
    figure = series(0.0, 5.0, 1.0, 6.0, 0.0, 7.0, 2.0, 9.0, -1.0, 4.0)
    assert sentence(figure, EN) == (
        "it goes from 0 at x = 0 to 4 at x = 9; its smallest value is −1 at x = 8, its largest 9 at x = 7."
    )


def test_no_finite_value_is_said() -> None:
    assert sentence(series(math.nan, math.inf), EN) == "it has no values here."
    assert sentence(Figure((), (0.0, 1.0), (0.0, 1.0)), EN) == "There is nothing in this figure."


def test_the_cursor_is_read_out() -> None:
    figure = curves([Curve(apply("sigmoid")), Curve(apply("sigmoid"), True)], cursor=0.0)
    assert sentence(figure, EN).endswith(" At x = 0: σ = 0.5, σ′ = 0.25.")


class Shouting(gettext.NullTranslations):
    """A language in which everything but the placeholders is in capitals."""

    def gettext(self, message: str) -> str:
        return "".join(
            part if part.startswith("{") else part.upper() for part in re.split(r"(\{\w+\})", message)
        )


def test_every_word_goes_through_the_translator() -> None:
    loud = Translator("loud", Shouting())
    figures = [
        curves([Curve(apply(name), derivative)], cursor=1.0)
        for name in ("sigmoid", "silu", "relu", "identity")
        for derivative in (False, True)
    ]
    for figure in figures:
        renamed = Figure(
            tuple(Series("C", s.xs, s.ys, ends=s.ends, exact=s.exact) for s in figure.series),
            figure.x_limits,
            figure.y_limits,
            x_label="X",
            cursor=1.0,
        )
        assert sentence(renamed, loud) == sentence(renamed, loud).upper()


def test_a_table_has_round_xs_and_the_cursor() -> None:
    content = table(curves([Curve(apply("sigmoid"), True)], cursor=0.5), EN)
    assert content.header == ("x", "σ′")
    assert [row[0] for row in content.rows] == ["−6", "−4", "−2", "0", "0.5", "2", "4", "6"]
    assert dict(content.rows)["0"] == "0.25"


def test_a_table_of_samples_shows_some_of_them() -> None:
    content = table(series(*map(float, range(100)), first=1), EN, rows=5)
    assert [row[0] for row in content.rows] == ["1", "26", "51", "75", "100"]


def test_a_text_table_is_aligned_in_cells_of_the_terminal() -> None:
    lines = text_table(Table(("x", "层的梯度", "b"), (("1", "2", "3"), ("−10", "0.5", "12345678"))))
    assert len({cell_len(line) for line in lines}) == 1


def test_a_wide_table_is_told_in_parts_that_fit() -> None:
    specs = [Curve(apply(name)) for name in ("sigmoid", "tanh", "relu", "gelu", "mish", "silu")]
    lines = text_table(table(curves(specs), EN), 40)
    assert all(cell_len(line) <= 40 for line in lines)
    heads = [line.split() for line in lines if line.lstrip().startswith("x")]
    assert [name for head in heads for name in head[1:]] == [spec.name for spec in specs]


def test_an_ascii_table_has_only_ascii() -> None:
    lines = text_table(table(curves([Curve(apply("sigmoid"), True)]), EN), ascii_only=True)
    assert "\n".join(lines).isascii()
