"""Home: the first start, coming back, languages, help, small windows."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from acttutor.course import library
from acttutor.learner.events import PageRead
from acttutor.tui.home_lines import Columns, bar, dots
from acttutor.tui.screens.help import HelpScreen
from acttutor.tui.screens.lesson import LessonScreen
from tests.course.minimal import write_course
from tests.tui.rooms import LESSON, lines, open_page, opened, press, saved_progress, settle, text, tutor


async def test_a_newcomer_begins_lesson_one_with_a_single_key(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        first = app.course.lessons[0]
        assert f"Begin ▸ {first.title}" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, LessonScreen)
        assert f"1 {first.title} · page 1 of" in text(pilot)


async def test_the_next_start_continues_at_the_page_that_was_open(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "weights")
    async with opened(tutor(tmp_path)) as pilot:
        assert "Continue ▸ 3 Vanishing gradients" in text(pilot)
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
        assert "开始 ▸" in text(pilot)
    async with opened(tutor(tmp_path, language=None)) as pilot:  # type: ignore[arg-type]
        assert "开始 ▸" in text(pilot)


async def test_a_click_on_the_language_switches_it(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await pilot.click(offset=(77, 0))
        await press(pilot, "tab")
        assert "开始 ▸" in text(pilot)


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
        lesson = app.course.lessons[0]
        assert app.progress.pages_read(lesson.id) == {lesson.pages[0].id}
        assert f"1 of {len(lesson.pages)}" in text(pilot)


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


async def test_all_lessons_of_the_course_stand_on_home_at_once_with_what_is_read_and_known(
    tmp_path: Path,
) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        assert len(app.course.lessons) == 10
        for page in app.course.lesson(LESSON).pages[:3]:
            app.record(PageRead(lesson=LESSON, page=page.id))
        await open_page(pilot, "weights")
        await press(pilot, "escape")
        shown = lines(pilot)
        rows = [
            next(line for line in shown if line.lstrip().startswith(f"{one.number} {one.title} "))
            for one in app.course.lessons
        ]
        assert all("○○○○○" in row for row in rows)
        assert len({row.index("○") for row in rows}) == 1
        assert len({row.index("░") for row in rows if "░" in row}) == 2
        assert "████░░░░░░░░ 3 of 9" in rows[2]
        assert "Wrong ideas" in text(pilot)
        assert "Progress" in text(pilot)


async def test_home_of_the_shipped_course_reads_no_lesson_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = library.read_lesson
    monkeypatch.setattr(library, "read_lesson", lambda *args: read.append(args[1]) or whole(*args))
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        await open_page(pilot, "weights")
        app.go("home")
        await settle(pilot)
        assert set(read) == {"03-vanishing-gradients"}


async def test_an_empty_course_says_so(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    (root / "course.yaml").write_text("format: 1\ntitle:\n  en: A\n  zh: 甲\nlessons: []\n", encoding="utf-8")
    async with opened(tutor(tmp_path / "data", lessons=root)) as pilot:
        assert "This course has no lessons yet." in text(pilot)
        await press(pilot, "2", "P", "k", "right", "escape")
        assert pilot.app.is_running


@pytest.mark.parametrize("key", ["question_mark", "？"])
async def test_a_question_mark_is_not_typed_into_a_number(tmp_path: Path, key: str) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "chain")
        await press(pilot, "tab", "0", key)
        assert isinstance(pilot.app.screen, HelpScreen)
        await press(pilot, "escape", "5")
        assert pilot.app.screen.query_one("#guess", Input).value == "05"


TITLES = ("ReLU", "A title that is rather long, as they go", "梯度消失与梯度爆炸")


@pytest.mark.parametrize("cells", range(20, 130, 7))
def test_columns_stand_below_each_other_and_keep_to_their_width(cells: int) -> None:
    columns = Columns(cells, TITLES, ascii_only=False)
    rows = [columns.line(n, title, 3, 9, "3 of 9", 2).plain for n, title in enumerate(TITLES, 9)]
    assert len({cell_len(row) for row in rows}) == 1
    assert all(row.endswith("●●○○○") for row in rows)
    assert cell_len(rows[0]) <= max(cells, 28)
    head = columns.head("A course", "read", "mastery").plain
    assert head == "A course" or cell_len(head[: head.index("mastery")]) == cell_len(rows[0]) - 5


def test_a_narrow_list_gives_up_the_bar_before_it_shortens_a_title() -> None:
    titles = ("Backprop, one step at a time",)
    assert "░" in Columns(64, titles, ascii_only=False).line(2, titles[0], 0, 9, "", 0).plain
    narrow = Columns(50, titles, ascii_only=False).line(2, titles[0], 0, 9, "", 0).plain
    assert "░" not in narrow
    assert titles[0] in narrow
    assert "Backprop, o…" in Columns(32, titles, ascii_only=False).line(2, titles[0], 0, 9, "", 0).plain


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
