"""A figure on the screen answers to keys and mouse, follows size, theme and language, and can be read as text."""

import asyncio
import gettext
from collections.abc import Callable
from typing import ClassVar

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Button

from acttutor.i18n import Translator, translator
from acttutor.nn.activations import apply
from acttutor.plots import render
from acttutor.plots.curves import Curve, curves
from acttutor.plots.figure import Figure, Series
from acttutor.tui.themes import DARK, LIGHT
from acttutor.tui.widgets.plot import PlotView


def sigmoid(cursor: float | None = None) -> Figure:
    return curves([Curve(apply("sigmoid")), Curve(apply("sigmoid"), True)], columns=72, cursor=cursor)


class PlotApp(App[None]):
    CSS = "PlotView { height: 16; }"

    def __init__(self, view: PlotView) -> None:
        super().__init__()
        self.view = view
        self.moves: list[PlotView.CursorMoved] = []
        self.scrolled = 0

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self.view
            yield Button("elsewhere")

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    @on(PlotView.CursorMoved)
    def remember(self, event: PlotView.CursorMoved) -> None:
        self.moves.append(event)

    def on_mouse_scroll_down(self) -> None:
        self.scrolled += 1


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await pilot.pause(0.005)


async def drawn(pilot: Pilot[None], view: PlotView) -> str:
    await pilot.pause()
    await until(pilot, lambda: view.text_mode or view.settled)
    return shown(view)


def shown(view: PlotView) -> str:
    return "\n".join(view.render_line(y).text.rstrip() for y in range(view.content_size.height))


async def test_the_figure_is_drawn_in_the_size_of_the_widget() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        text = await drawn(pilot, app.view)
        assert text == render.render(sigmoid(), app.view.content_size.width, 16)
        assert "── σ" in text


async def test_the_first_arrow_shows_the_cursor_and_the_next_move_it() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("right")
        assert "x = 0   σ = 0.5   σ′ = 0.25" in await drawn(pilot, app.view)
        await pilot.press("right", "right")
        assert app.view.cursor == 0.4
        assert "x = 0.4   σ = 0.5987   σ′ = 0.2403" in await drawn(pilot, app.view)
        await pilot.press("left", "shift+left")
        assert app.view.cursor == -1.8


async def test_home_and_end_and_arrows_stop_at_the_limits() -> None:
    app = PlotApp(PlotView(sigmoid(0.0)))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("home", "left")
        assert app.view.cursor == -6.0
        await pilot.press("end", "shift+right")
        assert app.view.cursor == 6.0


async def test_every_move_tells_the_values_of_all_curves() -> None:
    app = PlotApp(PlotView(sigmoid(0.0)))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("right")
        await until(pilot, lambda: bool(app.moves))
        move = app.moves[-1]
        assert (move.control, move.x) == (app.view, 0.2)
        assert [reading.label for reading in move.readings] == ["σ", "σ′"]
        assert move.readings[1].y == float(apply("sigmoid").derivative([0.2])[0])


async def test_a_click_puts_the_cursor_under_the_mouse() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(pilot, app.view)
        await pilot.click(PlotView, offset=(40, 8))
        text = await drawn(pilot, app.view)
        line = next(line for line in text.split("\n") if "┴" in line)
        assert abs(line.index("┴") + 1 - 40) <= 1  # one cell is the border's
        assert app.focused is app.view


async def test_a_drag_takes_the_cursor_along_and_letting_go_leaves_it() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(pilot, app.view)
        await pilot.mouse_down(PlotView, offset=(20, 8))
        first = app.view.cursor
        await pilot.hover(PlotView, offset=(50, 8))
        dragged = app.view.cursor
        await pilot.mouse_up(PlotView, offset=(50, 8))
        await pilot.hover(PlotView, offset=(10, 8))
        assert first is not None
        assert dragged is not None
        assert first < 0.0 < dragged
        assert app.view.cursor == dragged


async def test_t_swaps_the_drawing_for_a_sentence_and_a_table() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        before = await drawn(pilot, app.view)
        app.view.focus()
        await pilot.press("t")
        text = shown(app.view)
        assert "its largest value 0.25 at x = 0" in " ".join(text.split())
        assert "0       0.5      0.25" in text
        assert "σ′" in app.view.text
        await pilot.press("t")
        assert await drawn(pilot, app.view) == before


@pytest.mark.parametrize("width", range(40, 60, 3))
async def test_no_line_of_the_text_breaks_inside_an_equation(width: int) -> None:
    app = PlotApp(PlotView(sigmoid(0.2)))
    async with app.run_test(size=(width, 24)) as pilot:
        app.view.focus()
        await pilot.press("t")
        lines = [line.rstrip() for line in shown(app.view).split("\n")]
        assert not any(line.endswith((" =", " x")) or line.startswith("= ") for line in lines)
        assert "x = −6" in shown(app.view)


async def test_a_long_text_scrolls_and_says_how_much_is_left() -> None:
    view = PlotView(sigmoid())
    app = PlotApp(view)
    async with app.run_test(size=(50, 24)) as pilot:
        view.styles.height = 6
        view.focus()
        await pilot.press("t")
        await until(pilot, lambda: view.content_size.height == 6 and "more lines" in shown(view))
        top = shown(view)
        await pilot.press("down")
        assert shown(view).split("\n")[0] == top.split("\n")[1]
        for _ in range(12):
            await pilot.press("down")
        assert "more lines" not in shown(view)
        assert shown(view).split("\n")[-1].split()[0] == "6"
        await pilot.press("up")
        assert "more lines" in shown(view)


async def test_keys_that_are_not_the_plots_go_on_to_the_screen() -> None:
    seen = []

    class Screenful(PlotApp):
        BINDINGS: ClassVar[list[BindingType]] = [
            Binding(key, f"note('{key}')") for key in ("down", "pagedown", "2")
        ]

        def action_note(self, key: str) -> None:
            seen.append(key)

    app = Screenful(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("down", "pagedown", "2")
        assert seen == ["down", "pagedown", "2"]


async def test_escape_gives_the_focus_back_without_leaving_the_screen() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("escape")
        assert app.focused is None
        assert app.is_running


async def test_a_new_size_is_drawn_once_it_has_settled() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(pilot, app.view)
        for width in (90, 100, 110):
            await pilot.resize_terminal(width, 24)
        await until(pilot, lambda: app.view.content_size.width > 100 and app.view.settled)
        assert shown(app.view) == render.render(sigmoid(), app.view.content_size.width, 16)


async def test_a_drawing_that_was_seen_before_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Figure] = []

    def spans(figure: Figure, width: int, height: int, *, ascii_only: bool) -> render.Rows:
        calls.append(figure)
        return real(figure, width, height, ascii_only=ascii_only)

    real = render.spans
    app = PlotApp(PlotView(sigmoid(0.0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(pilot, app.view)
        monkeypatch.setattr(render, "spans", spans)
        app.view.focus()
        await pilot.press("right", "left", "right", "left")
        await drawn(pilot, app.view)
        app.theme = LIGHT.name
        await drawn(pilot, app.view)
        assert len(calls) == 1


async def test_the_theme_decides_the_colours() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(pilot, app.view)

        def colours() -> set[str]:
            return {
                segment.style.color.name
                for y in range(16)
                for segment in app.view.render_line(y)
                if segment.style and segment.style.color
            }

        assert {"#56b4e9", "#e69f00"} <= colours()
        app.theme = LIGHT.name
        await until(pilot, lambda: "#0072b2" in colours())
        assert not {"#56b4e9", "#e69f00"} & colours()


async def test_a_new_figure_keeps_the_cursor_of_the_reader_inside_the_new_limits() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("end")
        app.view.figure = curves([Curve(apply("tanh"))], -2.0, 2.0)
        assert app.view.cursor == 2.0
        assert "x = 2   tanh = 0.964" in await drawn(pilot, app.view)
        app.view.figure = curves([Curve(apply("tanh"))], -2.0, 2.0, cursor=1.0)
        assert app.view.cursor == 1.0


async def test_the_cursor_stands_on_layers_where_the_axis_counts_layers() -> None:
    layers = Series("δ", (3.0, 2.0, 1.0), (0.0, -1.0, -2.0))
    figure = Figure((layers,), (1.0, 3.0), (-2.0, 0.0), x_label="layer", log10_y=True, reverse_x=True)
    app = PlotApp(PlotView(figure))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("home")
        assert app.view.cursor == 3.0
        await pilot.press("right")
        assert "layer = 2   δ = 0.1" in await drawn(pilot, app.view)
        await pilot.press("right", "right")
        assert app.view.cursor == 1.0


async def test_words_are_in_the_language_of_the_translator() -> None:
    class Other(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message.replace("rises to", "STEIGT AUF")

    app = PlotApp(PlotView(sigmoid(), translator=translator("en")))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        await pilot.press("t")
        app.view.translator = Translator("other", Other())
        await pilot.pause()
        assert "STEIGT AUF" in shown(app.view)


async def test_ascii_mode_shows_only_ascii_focused_and_as_text() -> None:
    app = PlotApp(PlotView(sigmoid(0.0), ascii_only=True))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.focus()
        assert (await drawn(pilot, app.view)).isascii()
        lines = app.view.render_lines(app.view.outer_size.region)
        assert all(strip.text.isascii() for strip in lines)
        await pilot.press("t")
        assert shown(app.view).isascii()


async def test_a_large_figure_is_drawn_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    render.warm_up()
    many = curves([Curve(apply("relu"), label=f"curve {index}") for index in range(12)])
    view = PlotView(many)
    app = PlotApp(view)
    async with app.run_test(size=(160, 50)) as pilot:
        started = []
        monkeypatch.setattr(
            view,
            "run_worker",
            lambda work, **options: started.append(type(view).run_worker(view, work, **options)),
        )
        view.styles.height = 40
        await until(pilot, lambda: view.content_size.height == 40 and view.settled)
        assert len(started) >= 1
        assert "curve 11" in shown(view)


async def test_no_room_at_all_is_no_trouble() -> None:
    app = PlotApp(PlotView(sigmoid()))
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(pilot, app.view)
        for size in (Size(2, 2), Size(12, 3), Size(80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await until(pilot, lambda: app.view.content_size.width > 60 and app.view.settled)
        assert "── σ" in shown(app.view)


async def test_the_wheel_turns_the_page_over_a_drawing_and_the_text_over_words() -> None:
    view = PlotView(sigmoid())
    app = PlotApp(view)
    async with app.run_test(size=(50, 24)) as pilot:
        view.styles.height = 6
        await pilot.pause()
        await pilot._post_mouse_events([scroll_down()], PlotView, offset=(5, 2))
        assert app.scrolled == 1
        view.focus()
        await pilot.press("t")
        await until(pilot, lambda: "more lines" in shown(view))
        await pilot._post_mouse_events([scroll_down()], PlotView, offset=(5, 2))
        assert app.scrolled == 1


def scroll_down() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown
