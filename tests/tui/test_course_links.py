"""Links in the text: terms open over the page, pages are jumped to, and there is a way back."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from acttutor.tui.screens.glossary import GlossaryScreen
from acttutor.tui.screens.lesson import LessonScreen
from acttutor.tui.screens.links import LinksScreen
from acttutor.tui.screens.term import TermScreen
from acttutor.tui.widgets.page_view import PageView
from tests.course.minimal import spoilt, write_course
from tests.tui.rooms import lines, open_page, opened, press, settle, text, tutor


async def click_on(pilot: Pilot[None], words: str) -> None:
    """Click on words that stand on the screen."""
    y, line = next((y, line) for y, line in enumerate(lines(pilot)) if words in line)
    await pilot.click(offset=(line.index(words) + 1, y))
    await settle(pilot)


async def test_a_click_on_a_term_shows_it_and_escape_gives_the_page_back(tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    async with opened(app) as pilot:
        await open_page(pilot, "second", "slopes")
        await click_on(pilot, "bend")
        assert isinstance(app.screen, TermScreen)
        assert "Where the slope changes." in text(pilot)
        assert "taught on  The second page (lesson 1, page 2)" in text(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, LessonScreen)
        assert isinstance(app.focused, PageView)
        await press(pilot, "left")
        assert "page 1 of 2" in text(pilot)


async def test_the_list_of_links_says_where_each_leads_and_takes_the_keyboard_there(tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    async with opened(app) as pilot:
        await open_page(pilot, "second", "slopes")
        await press(pilot, "k")
        assert isinstance(app.screen, LinksScreen)
        shown = text(pilot)
        assert "https://example.org/slopes" in shown
        assert "The first page (lesson 1, page 1)" in shown
        await press(pilot, "down", "enter")
        assert "Where the slope changes." in text(pilot)


async def test_a_link_to_a_page_has_a_way_back_to_where_it_stood(tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    async with opened(app, (80, 20)) as pilot:
        await open_page(pilot, "second", "slopes")
        assert "way back" not in text(pilot)
        await press(pilot, "down", "down")
        room = app.screen
        assert isinstance(room, LessonScreen)
        before = room.scrolled
        assert before == 2
        await press(pilot, "k", "down", "down", "enter")
        assert "page 1 of 2" in text(pilot)
        assert "way back" in lines(pilot)[-1]
        await press(pilot, "backspace")
        assert "page 2 of 2" in text(pilot)
        assert room.scrolled == before
        assert "way back" not in text(pilot)


async def test_two_jumps_are_gone_back_one_after_the_other(tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    async with opened(app) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "slash", *"bend", "down", "enter")
        assert "page 2 of 2" in text(pilot)
        await press(pilot, "k", "down", "down", "enter", "right", "alt+left")
        assert "page 2 of 2" in text(pilot)
        await press(pilot, "alt+left")
        assert "page 1 of 2" in text(pilot)
        await press(pilot, "alt+left")
        assert "page 1 of 2" in text(pilot)


async def test_whoever_opens_a_lesson_from_home_has_nowhere_to_go_back_to(tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    async with opened(app) as pilot:
        await open_page(pilot, "second", "slopes")
        await press(pilot, "k", "down", "down", "enter", "escape", "enter")
        assert "page 1 of 2" in text(pilot)
        assert "way back" not in text(pilot)


async def test_see_also_shows_the_other_term_and_backspace_the_first_again(tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    async with opened(app) as pilot:
        await press(pilot, "slash", *"steepness", "enter", "down", "enter")
        assert "Where the slope changes." in text(pilot)
        await press(pilot, "backspace")
        assert "How fast a curve rises; see the first page." in text(pilot)
        await press(pilot, "enter")
        assert "page 1 of 2" in text(pilot)


async def test_the_whole_glossary_opens_at_the_term(tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    async with opened(app) as pilot:
        await open_page(pilot, "second", "slopes")
        await press(pilot, "k", "down", "enter", "G")
        assert isinstance(app.screen, GlossaryScreen)
        assert "Where the slope changes." in text(pilot)
        await press(pilot, "escape")
        assert "page 2 of 2" in text(pilot)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("glossary:nothing", "The glossary has no entry “nothing”."),
        ("page:slopes#gone", "This course has no page “slopes#gone”."),
        ("page:elsewhere#first", "This course has no page “elsewhere#first”."),
    ],
)
async def test_a_link_to_what_is_not_there_is_answered_in_one_line(
    tmp_path: Path, link: str, message: str
) -> None:
    files = spoilt("glossary:bend", link, "01-slopes/lesson.en.md")
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course", files))
    async with opened(app) as pilot:
        app.look_at_files()  # now, since the line with the problem moves the page down by one
        await open_page(pilot, "second", "slopes")
        await click_on(pilot, "bend")
        assert [notice.message for notice in app._notifications] == [message]
        assert isinstance(app.screen, LessonScreen)


async def test_links_inside_claims_and_captions_are_in_the_list_too(tmp_path: Path) -> None:
    files = spoilt("caption: Two curves.", "caption: Two [curves](glossary:bend).", "01-slopes/lesson.en.md")
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course", files))
    async with opened(app) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "k")
        assert isinstance(app.screen, LinksScreen)
        await press(pilot, "enter")
        assert "Where the slope changes." in text(pilot)
