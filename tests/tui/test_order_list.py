"""Putting steps in order: by key, by mouse, and never losing one."""

import random

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from acttutor.course.model import Option
from acttutor.course.questions import OrderResponse
from acttutor.i18n import translator
from acttutor.tui.widgets.answering import Given, HintWanted
from acttutor.tui.widgets.order_list import OrderList

STEPS = tuple(Option(id, f"step {id}", "because", correct=True) for id in ("one", "two", "three", "four"))
LONG = Option("long", "a step that is told in so many words that it takes a second line " * 2, "because")


class Page(App[None]):
    """A list, and a note of what it said."""

    CSS = "OptionList, OptionList:focus { border: none; padding: 0; height: auto; }"

    def __init__(self, steps: tuple[Option, ...] = STEPS, given: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.list = OrderList(steps, translator("en"), hints=True, given=given)
        self.given: list[object] = []
        self.hints = 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield self.list

    def on_given(self, event: Given) -> None:
        self.given.append(event.response)

    def on_hint_wanted(self, _event: HintWanted) -> None:
        self.hints += 1


@pytest.fixture
def page() -> Page:
    return Page()


async def begin(page: Page, pilot: Pilot[None]) -> None:
    page.list.focus()
    await pilot.pause()


def told(page: Page) -> list[str]:
    """The rows as they are read, without the blanks at their ends."""
    return [strip.text.rstrip() for strip in page.screen._compositor.render_strips()][:6]


async def test_space_picks_up_arrows_carry_and_space_puts_down(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        await pilot.press("space")
        assert told(page)[0].startswith("1 ↕ step one")
        await pilot.press("down", "down", "space", "up")
        assert page.list.given == ("two", "three", "one", "four")
        assert told(page)[:4] == ["1   step two", "2   step three", "3   step one", "4   step four"]
        assert page.list.highlighted == 1


@pytest.mark.parametrize("modifier", ["shift", "ctrl"])
async def test_arrows_with_a_modifier_move_what_the_cursor_is_on(page: Page, modifier: str) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        await pilot.press("down", f"{modifier}+down", f"{modifier}+down", f"{modifier}+up")
        assert page.list.given == ("one", "three", "two", "four")
        await pilot.press(*[f"{modifier}+down"] * 9)
        assert page.list.given == ("one", "three", "four", "two")
        await pilot.press("down", f"{modifier}+up")
        assert page.list.given == ("one", "three", "four", "two"), "the last rows are no steps"


async def test_enter_hands_in_once_something_was_moved(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        await pilot.press("shift+down", "enter")
        assert page.given == [OrderResponse(("two", "one", "three", "four"))]


async def test_enter_puts_down_what_is_held_before_it_hands_in(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        await pilot.press("space", "down", "enter")
        assert page.given == []
        await pilot.press("enter")
        assert page.given == [OrderResponse(("two", "one", "three", "four"))]


async def test_arrows_and_enter_alone_are_enough(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        await pilot.press("enter", "down", "enter")
        await pilot.press("down", "enter", "down", "enter")
        assert page.list.given == ("two", "one", "four", "three")
        assert page.given == []
        await pilot.press("down", "enter")
        assert page.given == [OrderResponse(("two", "one", "four", "three"))]


async def test_escape_puts_back_what_is_held(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        await pilot.press("down", "space", "down", "down", "escape")
        assert page.list.given == ("one", "two", "three", "four")
        assert page.list.held is None
        assert page.list.check_action("put_back", ()) is False


async def test_a_click_picks_up_and_another_puts_down(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await pilot.click(page.list, offset=(5, 0))
        assert page.list.held == 0
        await pilot.click(page.list, offset=(5, 2))
        assert page.list.held is None
        assert page.list.given == ("two", "three", "one", "four")
        await pilot.click(page.list, offset=(5, 5))
        assert page.hints == 1
        await pilot.click(page.list, offset=(5, 4))
        assert page.given == [OrderResponse(("two", "three", "one", "four"))]


async def test_a_step_is_dragged_to_its_place(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await pilot.mouse_down(page.list, offset=(5, 3))
        for y in (2, 1, 0):
            await pilot.hover(page.list, offset=(5, y))
        assert page.list.held == 0
        await pilot.mouse_up(page.list, offset=(5, 0))
        await pilot.pause()
        assert page.list.held is None
        assert page.list.given == ("four", "one", "two", "three")
        await pilot.click(page.list, offset=(5, 1))
        assert page.list.held == 1, "the click after a drag is a click again"


async def test_a_short_step_dragged_over_a_long_one_stays_where_it_is(page: Page) -> None:
    page = Page((*STEPS[:1], LONG, *STEPS[1:]))
    async with page.run_test(size=(60, 14)) as pilot:
        await pilot.mouse_down(page.list, offset=(5, 0))
        await pilot.hover(page.list, offset=(5, 1))
        after = page.list.given
        assert after[:2] == ("long", "one")
        for x, y in ((6, 1), (7, 1), (7, 2), (8, 2)):
            await pilot.hover(page.list, offset=(x, y))
        assert page.list.given == after


async def test_no_step_is_lost_whatever_keys_are_pressed(page: Page) -> None:
    keys = ["space", "enter", "up", "down", "shift+up", "ctrl+down", "home", "end", "escape"]
    choice = random.Random(1)
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        for _ in range(60):
            await pilot.press(choice.choice(keys))
            assert sorted(page.list.given) == sorted(step.id for step in STEPS)


async def test_a_frozen_list_takes_no_key_and_no_click(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        await begin(page, pilot)
        page.list.freeze()
        await pilot.press("space", "shift+down", "enter")
        await pilot.click(page.list, offset=(5, 1))
        assert page.list.given == ("one", "two", "three", "four")
        assert page.given == []
        assert not any("answer" in line or "hint" in line for line in told(page))


async def test_marks_say_what_stands_in_its_place_and_where_the_others_belong(page: Page) -> None:
    async with page.run_test(size=(60, 12)) as pilot:
        page.list.freeze()
        page.list.mark(("two", "one", "three", "four"))
        await pilot.pause()
        assert told(page)[:4] == [
            "✗ 1  step one  belongs at 2",
            "✗ 2  step two  belongs at 1",
            "✓ 3  step three",
            "✓ 4  step four",
        ]


async def test_an_order_given_before_is_taken_up_and_one_that_does_not_fit_is_not() -> None:
    assert Page(given=("four", "three", "two", "one")).list.given == ("four", "three", "two", "one")
    assert Page(given=("four", "gone", "two", "one")).list.given == ("one", "two", "three", "four")
