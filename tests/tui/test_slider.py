"""A slider moves by keys and mouse, stays inside its bounds, and tells about each new value once."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from acttutor.tui.widgets.slider import Slider


class SliderApp(App[None]):
    def __init__(self, slider: Slider) -> None:
        super().__init__()
        self.slider = slider
        self.values: list[float] = []

    def compose(self) -> ComposeResult:
        yield self.slider

    @on(Slider.Changed)
    def remember(self, event: Slider.Changed) -> None:
        assert event.control is self.slider
        self.values.append(event.value)


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await pilot.pause(0.005)


def shown(slider: Slider) -> str:
    return slider.render_line(0).text


async def test_label_knob_and_value_are_shown() -> None:
    app = SliderApp(Slider("α", 1.0, 0.0, 2.0))
    async with app.run_test(size=(40, 3)):
        text = shown(app.slider)
        assert text.startswith("α  ━")
        assert text.endswith(" 1.00")
        assert text.count("●") == 1
        assert cell_len(text) == 40


async def test_arrows_move_by_a_step_and_with_shift_by_ten() -> None:
    app = SliderApp(Slider("α", 1.0, 0.0, 2.0, step=0.05))
    async with app.run_test(size=(40, 3)) as pilot:
        app.slider.focus()
        await pilot.press("right")
        assert app.slider.value == 1.05
        await pilot.press("shift+right", "left", "left")
        assert app.slider.value == 1.45
        assert shown(app.slider).endswith("1.45")


async def test_home_and_end_go_to_the_bounds_and_nothing_goes_past_them() -> None:
    app = SliderApp(Slider("α", 0.3, -1.0, 1.0))
    async with app.run_test(size=(40, 3)) as pilot:
        app.slider.focus()
        await pilot.press("end", "right")
        assert app.slider.value == 1.0
        await pilot.press("home", "shift+left")
        assert app.slider.value == -1.0
        assert shown(app.slider).endswith("−1.00")
        app.slider.value = 99.0
        assert app.slider.value == 1.0
        app.slider.value = float("nan")
        assert app.slider.value == 1.0


async def test_a_value_off_the_grid_goes_to_the_next_place_on_it() -> None:
    app = SliderApp(Slider("p", 0.123, 0.0, 1.0, step=0.1))
    async with app.run_test(size=(40, 3)) as pilot:
        app.slider.focus()
        await pilot.press("left")
        assert app.slider.value == 0.1
        app.slider.value = 0.123
        await pilot.press("right")
        assert app.slider.value == 0.2


async def test_the_bound_is_reached_where_the_grid_misses_it() -> None:
    app = SliderApp(Slider("n", 9.0, 0.0, 10.0, step=3.0))
    async with app.run_test(size=(40, 3)) as pilot:
        app.slider.focus()
        await pilot.press("right")
        assert app.slider.value == 10.0
        await pilot.press("left")
        assert app.slider.value == 9.0


async def test_a_change_is_told_once_and_no_change_not_at_all() -> None:
    app = SliderApp(Slider("n", 9.0, 0.0, 10.0, step=1.0))
    async with app.run_test(size=(40, 3)) as pilot:
        app.slider.focus()
        await pilot.press("right")
        await until(pilot, lambda: bool(app.values))
        await pilot.press("right", "end", "right")
        await pilot.pause()
        assert app.values == [10.0]


async def test_only_the_last_of_many_changes_is_handled() -> None:
    first = Slider("a", 0.0, 0.0, 1.0)
    older, newer = Slider.Changed(first, 0.1), Slider.Changed(first, 0.2)
    assert older.can_replace(newer)
    assert not older.can_replace(Slider.Changed(Slider("b", 0.0, 0.0, 1.0), 0.2))


async def test_a_drag_takes_the_knob_to_the_mouse() -> None:
    app = SliderApp(Slider("α", 0.0, 0.0, 2.0, step=0.01))
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.mouse_down(Slider, offset=(10, 0))
        assert shown(app.slider)[10] == "●"
        await pilot.hover(Slider, offset=(20, 0))
        assert shown(app.slider)[20] == "●"
        await pilot.mouse_up(Slider, offset=(20, 0))
        value = app.slider.value
        await pilot.hover(Slider, offset=(5, 0))
        assert app.slider.value == value
        await pilot.click(Slider, offset=(39, 0))
        assert app.slider.value == 2.0
        await pilot.click(Slider, offset=(0, 0))
        assert app.slider.value == 0.0


async def test_escape_gives_the_focus_back() -> None:
    app = SliderApp(Slider("α", 0.0, 0.0, 2.0))
    async with app.run_test(size=(40, 3)) as pilot:
        app.slider.focus()
        await pilot.press("escape")
        assert app.focused is None


@pytest.mark.parametrize("width", [1, 2, 8, 12, 13, 20, 60])
async def test_it_is_as_wide_as_its_place(width: int) -> None:
    app = SliderApp(Slider("很长的标签 alpha", -1.5, -2.0, 2.0))
    async with app.run_test(size=(width, 3)):
        app.slider.styles.min_width = 0
        assert cell_len(shown(app.slider)) == app.slider.content_size.width


async def test_ascii_mode_uses_only_ascii() -> None:
    app = SliderApp(Slider("α", -1.5, -2.0, 2.0, ascii_only=True))
    async with app.run_test(size=(40, 3)):
        assert shown(app.slider).isascii()
        assert shown(app.slider).startswith("alpha  =")
        assert shown(app.slider).endswith("-1.50")


async def test_sliders_with_one_label_width_line_up() -> None:
    app = SliderApp(Slider("β", 0.0, 0.0, 2.0, label_width=8))
    async with app.run_test(size=(40, 3)):
        assert shown(app.slider).index("●") == 10


@pytest.mark.parametrize(
    ("low", "high", "step"), [(1.0, 1.0, None), (0.0, float("inf"), None), (0.0, 1.0, 0.0), (0.0, 1.0, -1.0)]
)
def test_bounds_and_steps_that_make_no_sense_are_refused(low: float, high: float, step: float | None) -> None:
    with pytest.raises(ValueError, match="a slider"):
        Slider("x", 0.0, low, high, step=step)


@given(
    st.floats(min_value=-1e3, max_value=1e3),
    st.floats(min_value=1e-2, max_value=1e6),
    st.lists(st.sampled_from([-10, -1, 1, 10]), max_size=30),
)
def test_steps_stay_on_the_grid_and_inside(low: float, span: float, steps: list[int]) -> None:
    slider = Slider("x", low, low, low + span)
    for move in steps:
        slider.action_move(move)
        assert slider.low <= slider.value <= slider.high
        places = (slider.value - slider.low) / slider.step
        assert abs(places - round(places)) < 1e-3 or slider.value == slider.high
