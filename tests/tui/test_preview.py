"""A course that is being written: the page follows its file, problems are told in place, what broke stays as it was."""

from pathlib import Path

from textual.pilot import Pilot

from acttutor.tui.app import ActtutorApp
from acttutor.tui.preview import Preview, stamp
from acttutor.tui.screens.lesson import LessonScreen
from acttutor.tui.screens.problems import ProblemsScreen
from acttutor.tui.shelf import Shelf
from acttutor.tui.widgets.plot import PlotView
from tests.course.minimal import FILES, line_of, write_course
from tests.tui.rooms import lines, open_page, opened, press, settle, text, tutor

LESSON = "01-slopes/lesson.en.md"
BROKEN = "curves:\n  - activation: sigmod\n"


async def save(pilot: Pilot[None], root: Path, name: str, old: str, new: str) -> None:
    """Change a file as an author would, and let the app look at it."""
    path = root / name
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    app = pilot.app
    assert isinstance(app, ActtutorApp)
    app.look_at_files()
    await settle(pilot)


async def test_saving_a_page_shows_it_anew_at_the_same_place(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    app = tutor(tmp_path / "data", lessons=root)
    async with opened(app) as pilot:
        await open_page(pilot, "second", "slopes")
        await press(pilot, "down", "down")
        await save(pilot, root, LESSON, "It has a [bend]", "Now it has a fine [bend]")
        assert "Now it has a fine bend" in text(pilot)
        assert "page 2 of 2" in text(pilot)
        room = app.screen
        assert isinstance(room, LessonScreen)
        assert room.scrolled == 2


async def test_a_page_moves_with_the_pages_before_it(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    async with opened(tutor(tmp_path / "data", lessons=root)) as pilot:
        await open_page(pilot, "second", "slopes")
        await save(
            pilot, root, LESSON, "## The second", "## Between {#between}\n\nSome text.\n\n## The second"
        )
        assert "page 3 of 3" in text(pilot)
        assert "It has a bend" in text(pilot)
        await press(pilot, "left")
        assert "Some text." in text(pilot)


async def test_a_page_whose_text_is_the_same_is_left_alone(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    app = tutor(tmp_path / "data", lessons=root)
    async with opened(app) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "tab", "right", "right")
        plot = app.focused
        assert isinstance(plot, PlotView)
        await save(pilot, root, LESSON, "It has a [bend]", "It bends: [bend]")
        assert app.focused is plot
        assert plot.cursor is not None


async def test_a_new_heading_and_a_page_that_is_gone(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    async with opened(tutor(tmp_path / "data", lessons=root)) as pilot:
        await open_page(pilot, "second", "slopes")
        await save(pilot, root, LESSON, "## The second page {#second}", "## Another name {#second}")
        assert "Another name" in text(pilot)
        await save(pilot, root, LESSON, "## Another name {#second}", "")
        assert "page 1 of 1" in text(pilot)


async def test_problems_are_counted_under_the_title_and_listed_by_a_key(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    app = tutor(tmp_path / "data", lessons=root)
    async with opened(app, (120, 30)) as pilot:
        await open_page(pilot, "first", "slopes")
        app.look_at_files()
        await settle(pilot)
        assert "problem" not in text(pilot)
        await press(pilot, "exclamation_mark")
        assert [notice.message for notice in app._notifications] == ["No problems in the files."]
        await save(pilot, root, LESSON, "glossary:bend", "glossary:bent")
        assert "! 1 problem" in lines(pilot)[1]
        await press(pilot, "exclamation_mark")
        assert isinstance(app.screen, ProblemsScreen)
        line = line_of(FILES[LESSON], "glossary:bend")
        shown = text(pilot)
        assert f"{LESSON}:{line}:" in shown
        assert "did you mean bend?" in shown
        await press(pilot, "enter")
        assert "page 2 of 2" in text(pilot)


async def test_a_click_on_the_line_lists_the_problems(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    app = tutor(tmp_path / "data", lessons=root)
    async with opened(app) as pilot:
        await open_page(pilot, "first", "slopes")
        await save(pilot, root, LESSON, "glossary:bend", "glossary:bent")
        await pilot.click(offset=(6, 1))
        await settle(pilot)
        assert isinstance(app.screen, ProblemsScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, LessonScreen)


async def test_a_broken_file_keeps_the_last_good_page_and_says_so_until_it_is_mended(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    async with opened(tutor(tmp_path / "data", lessons=root), (120, 30)) as pilot:
        await open_page(pilot, "first", "slopes")
        good = "curves:\n  - activation: sigmoid\n"
        await save(pilot, root, LESSON, good, BROKEN)
        shown = text(pilot)
        assert "The slope of" in shown
        assert "this lesson cannot be read now, so it stays as it was" in shown
        assert "problem" in lines(pilot)[1]
        await save(pilot, root, LESSON, BROKEN, good)
        assert "cannot be read now" not in text(pilot)


async def test_a_broken_course_file_keeps_everything(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    async with opened(tutor(tmp_path / "data", lessons=root), (120, 30)) as pilot:
        await open_page(pilot, "first", "slopes")
        await save(pilot, root, "course.yaml", "format: 1", "format: [")
        assert "course.yaml cannot be read now" in text(pilot)
        assert "The slope of" in text(pilot)
        await press(pilot, "right")
        assert "page 2 of 2" in text(pilot)


async def test_a_broken_translation_keeps_the_translation(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    async with opened(tutor(tmp_path / "data", "zh", lessons=root), (120, 30)) as pilot:
        await open_page(pilot, "first", "slopes")
        await save(pilot, root, "01-slopes/lesson.zh.md", "curves:\n  - activation: sigmoid\n", BROKEN)
        assert "很小" in text(pilot)


async def test_a_broken_glossary_keeps_the_terms(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    app = tutor(tmp_path / "data", lessons=root)
    async with opened(app, (120, 30)) as pilot:
        await open_page(pilot, "first", "slopes")
        await save(pilot, root, "glossary.yaml", "terms:", "trems:")
        assert "glossary.yaml cannot be read now" in text(pilot)
        assert [term.id for term in app.course.glossary] == ["steepness", "bend"]


async def test_a_course_that_could_not_be_read_appears_once_it_can(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course", {**FILES, "course.yaml": "format: ["})
    async with opened(tutor(tmp_path / "data", lessons=root), (120, 30)) as pilot:
        assert "course.yaml" in text(pilot)
        await save(pilot, root, "course.yaml", "format: [", FILES["course.yaml"])
        assert "Begin ▸ Slopes" in text(pilot)


async def test_home_lists_the_problems_too(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course")
    app = tutor(tmp_path / "data", lessons=root)
    async with opened(app, (120, 40)) as pilot:
        await save(pilot, root, LESSON, "glossary:bend", "glossary:bent")
        assert "1 problem in the course files:" in text(pilot)
        await press(pilot, "exclamation_mark")
        assert isinstance(app.screen, ProblemsScreen)


async def test_the_shipped_course_is_not_watched(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        assert app.preview is None
        app.look_at_files()
        await press(pilot, "exclamation_mark")
        assert not isinstance(app.screen, ProblemsScreen)


def test_a_stamp_changes_with_every_file_and_with_nothing_else(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    before = stamp(root)
    assert stamp(root) == before
    assert len(before) == len(FILES)
    (root / "01-slopes" / "notes.txt").write_text("not a part of the course")
    assert stamp(root) == before
    for name in FILES:
        path = root / name
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert stamp(root) != before
        before = stamp(root)


def test_looking_twice_reads_and_checks_once(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    posted: list[object] = []
    preview = Preview(root, Shelf(root), posted.append)
    preview.look()
    preview.look()
    assert [type(message) for message in posted] == [Preview.Checked]
    (root / LESSON).write_text(FILES[LESSON] + "\nMore.\n", encoding="utf-8")
    preview.look()
    preview.look()
    assert [type(message) for message in posted[1:]] == [Preview.Reread, Preview.Checked]
