"""Home: the first start, coming back, languages, help, small windows."""

from pathlib import Path

import pytest

from acttutor.learner.events import PageRead
from acttutor.tui.screens.help import HelpScreen
from acttutor.tui.screens.home import bar, dots
from acttutor.tui.screens.lesson import LessonScreen
from tests.tui.rooms import LESSON, open_page, opened, press, saved_progress, text, tutor


async def test_a_newcomer_begins_lesson_one_with_a_single_key(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        assert "Begin ▸ Vanishing gradients" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LessonScreen)
        assert "page 1 of 9" in text(pilot)


async def test_the_next_start_continues_at_the_page_that_was_open(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "weights")
    async with opened(tutor(tmp_path)) as pilot:
        assert "Continue ▸ 1 Vanishing gradients" in text(pilot)
        assert "What the weights do to that" in text(pilot)
        await press(pilot, "enter")
        assert "page 5 of 9" in text(pilot)


async def test_the_list_tells_how_much_of_a_lesson_is_read(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "signpost")
        await press(pilot, "right", "right", "escape")
        assert "2 of 9" in text(pilot)


async def test_the_language_switches_in_place_and_is_remembered(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await press(pilot, "L")
        assert "梯度消失" in text(pilot)
    async with opened(tutor(tmp_path, language=None)) as pilot:  # type: ignore[arg-type]
        assert "梯度消失" in text(pilot)


async def test_a_click_on_the_language_switches_it(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await pilot.click(offset=(77, 0))
        await press(pilot, "tab")
        assert "梯度消失" in text(pilot)


async def test_help_names_the_keys_of_the_room_and_goes_away(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path), (80, 44)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        shown = text(pilot)
        assert "quit" in shown
        assert "ctrl+p" in shown
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, HelpScreen)


async def test_the_palette_finds_a_page_by_a_part_of_its_name(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await press(pilot, "ctrl+p", *"factor per", "enter", "enter")
        assert "page 3 of 9" in text(pilot)


@pytest.mark.parametrize("size", [(59, 24), (80, 17), (20, 5)])
async def test_a_small_window_says_kindly_what_it_needs(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tutor(tmp_path), size) as pilot:
        assert "60" in text(pilot)
        await pilot.resize_terminal(80, 24)
        await press(pilot, "tab")
        assert "Begin" in text(pilot)


async def test_a_folder_that_is_no_course_leaves_an_empty_home_with_the_reason(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with opened(tutor(tmp_path / "data", lessons=empty)) as pilot:
        assert "course.yaml" in text(pilot)
        assert pilot.app.is_running


async def test_a_read_only_directory_is_a_visible_warning_and_nothing_is_lost_in_the_session(
    tmp_path: Path,
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    app = tutor(blocked / "data")
    async with opened(app) as pilot:
        assert app.store.warning
        await press(pilot, "enter", "right", "escape")
        assert app.progress.pages_read(LESSON) == {"signpost"}
        assert "1 of 9" in text(pilot)


async def test_the_database_is_given_back_when_the_app_is_closed(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await press(pilot, "enter")
    assert [path.name for path in tmp_path.glob("events.db*")] == ["events.db"]


async def test_two_running_copies_keep_what_both_recorded(tmp_path: Path) -> None:
    first, second = tutor(tmp_path), tutor(tmp_path)
    async with opened(first), opened(second):
        first.record(PageRead(lesson=LESSON, page="signpost"))
        second.record(PageRead(lesson=LESSON, page="chain"))
    assert saved_progress(tmp_path).pages_read(LESSON) == {"signpost", "chain"}


@pytest.mark.parametrize(
    ("read", "total", "filled"), [(0, 9, 0), (1, 100, 1), (99, 100, 11), (9, 9, 12), (0, 0, 0)]
)
def test_a_bar_is_full_only_when_all_is_read_and_empty_only_when_nothing_is(
    read: int, total: int, filled: int
) -> None:
    assert bar(read, total) == "█" * filled + "░" * (12 - filled)
    assert bar(read, total, ascii_only=True) == "#" * filled + "-" * (12 - filled)


def test_mastery_is_five_dots() -> None:
    assert dots(3) == "●●●○○"
    assert dots(3, ascii_only=True) == "***.."
