"""The glossary, the wrong ideas and the search: typed, moved through, chosen, in both languages and widths."""

from pathlib import Path

import pytest

from acttutor.learner.events import Answered
from acttutor.tui.app import ActtutorApp
from acttutor.tui.screens.glossary import GlossaryScreen
from acttutor.tui.screens.help import HelpScreen
from acttutor.tui.screens.home import HomeScreen
from acttutor.tui.screens.misconceptions import MisconceptionsScreen
from acttutor.tui.screens.search import SearchScreen, excerpt
from acttutor.tui.screens.term import TermScreen
from acttutor.tui.widgets.entry_card import EntryCard
from acttutor.tui.widgets.finder import Finder
from tests.course.minimal import FILES, spoilt, write_course
from tests.tui.rooms import lines, open_page, opened, press, text, tutor
from tests.tui.test_cut_off import assert_whole

NARROW, WIDE = (80, 24), (160, 50)

LONG = FILES["01-slopes/lesson.en.md"].replace(
    "```note\nLet", "".join(f"Paragraph number {n}.\n\n" for n in range(40)) + "Needle here.\n\n```note\nLet"
)


def small(tmp_path: Path, language: str = "en", files: dict[str, str] = FILES) -> ActtutorApp:
    """The app on the small course."""
    return tutor(tmp_path / "data", language, lessons=write_course(tmp_path / "course", files))


def wrong(app: ActtutorApp, misconception: str) -> None:
    """An answer that shows a wrong idea."""
    app.record(
        Answered(
            question="largest",
            revision=1,
            concept="slope",
            lesson="slopes",
            response="one",
            correct=False,
            misconceptions=(misconception,),
        )
    )


# the glossary ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_glossary_lists_terms_and_shows_the_entry_under_the_cursor(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = small(tmp_path)
    async with opened(app, size) as pilot:
        await press(pilot, "G")
        assert isinstance(app.screen, GlossaryScreen)
        assert "Where the slope changes." in text(pilot)
        await press(pilot, "down")
        assert "How fast a curve rises" in text(pilot)
        finder, card = app.screen.query_one(Finder).region, app.screen.query_one(EntryCard).region
        assert (card.x >= finder.right) is (size == WIDE)
        assert (card.y >= finder.bottom) is (size == NARROW)


async def test_typing_narrows_the_glossary_and_escape_empties_the_line_before_it_leaves(
    tmp_path: Path,
) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "G", *"rises")
        assert "steepness" in text(pilot)
        assert "bend" not in lines(pilot)[4]
        await press(pilot, "escape")
        assert "bend" in lines(pilot)[4]
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_enter_goes_to_the_ways_of_an_entry_and_enter_again_to_its_page(tmp_path: Path) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "G", *"steepness", "enter", "enter")
        assert "page 1 of 2" in text(pilot)


async def test_the_glossary_speaks_chinese_and_is_searched_in_it(tmp_path: Path) -> None:
    app = small(tmp_path, "zh")
    async with opened(app) as pilot:
        await press(pilot, "G", *"改变")
        assert "弯曲" in text(pilot)
        assert "陡峭程度" not in lines(pilot)[4]


async def test_a_course_without_a_glossary_says_so(tmp_path: Path) -> None:
    files = {name: body for name, body in FILES.items() if name != "glossary.yaml"}
    async with opened(small(tmp_path, files=files)) as pilot:
        await press(pilot, "G")
        assert "This course has no glossary." in text(pilot)
        await press(pilot, "down", "enter")


async def test_nothing_found_is_said(tmp_path: Path) -> None:
    async with opened(small(tmp_path)) as pilot:
        await press(pilot, "G", *"xyzzy", "down", "enter")
        assert "Nothing found." in text(pilot)


@pytest.mark.parametrize("key", ["question_mark", "？"])
async def test_a_question_mark_opens_the_keys_and_is_not_typed(tmp_path: Path, key: str) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "G", "a", key)
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, GlossaryScreen)
        assert app.screen.query_one(Finder).line.value == "a"


async def test_the_palette_leads_to_the_glossary_and_to_a_term(tmp_path: Path) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "ctrl+p", *"Glossary", "enter")
        assert isinstance(app.screen, GlossaryScreen)
        await press(pilot, "escape", "ctrl+p", *"steepn", "enter")
        assert isinstance(app.screen, TermScreen)


# wrong ideas -------------------------------------------------------------------------------------------------


async def test_wrong_ideas_the_learner_showed_come_first_and_lead_to_their_page(tmp_path: Path) -> None:
    more = (
        "misconceptions:\n  - id: too-flat\n    title:\n      en: Flatter than it is\n      zh: 太平\n"
        "    repair: slopes#second\n"
    )
    app = small(tmp_path, files=spoilt("misconceptions:\n", more, "course.yaml"))
    async with opened(app) as pilot:
        await press(pilot, "M")
        assert isinstance(app.screen, MisconceptionsScreen)
        assert "Flatter" in lines(pilot)[4]
        assert "Your answers showed" not in text(pilot)
        await press(pilot, "escape")
        wrong(app, "too-steep")
        wrong(app, "too-steep")
        await press(pilot, "M")
        shown = lines(pilot)
        assert "Your answers showed" in shown[4]
        assert "● Steeper than it is  2 times" in shown[5]
        assert "Others that people have" in shown[6]
        assert "It showed in 2 of your answers." in text(pilot)
        await press(pilot, "enter")
        assert "page 1 of 2" in text(pilot)


# search ------------------------------------------------------------------------------------------------------


async def test_search_groups_what_it_finds_with_a_line_of_context(tmp_path: Path) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "slash", *"STEEP")
        assert isinstance(app.screen, SearchScreen)
        shown = [line.strip() for line in lines(pilot)[4:9]]
        assert shown == [
            "Glossary",
            "steepness",
            "How fast a curve rises; see the first page.",
            "Wrong ideas",
            "Steeper than it is",
        ]


async def test_enter_opens_the_page_and_scrolls_to_the_place(tmp_path: Path) -> None:
    app = small(tmp_path, files={**FILES, "01-slopes/lesson.en.md": LONG})
    async with opened(app) as pilot:
        await open_page(pilot, "second", "slopes")
        assert "Needle here." not in text(pilot)
        await press(pilot, "slash", *"needle", "enter")
        assert "page 1 of 2" in text(pilot)
        assert "Needle here." in text(pilot)


async def test_what_was_typed_stays_and_is_typed_over(tmp_path: Path) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "slash", *"bend", "escape", "escape", "slash", *"exceeds")
        assert app.screen.query_one(Finder).line.value == "exceeds"
        await press(pilot, "down", "enter", "slash")
        assert app.screen.query_one(Finder).line.value == "exceeds"
        await press(pilot, "x")
        assert app.screen.query_one(Finder).line.value == "x"


async def test_search_follows_the_language(tmp_path: Path) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "slash", *"第一页")
        assert "Nothing found." in text(pilot)
        app.action_set_language("zh")
        await press(pilot, "down")
        assert "第一页" in lines(pilot)[5]


async def test_questions_are_not_searched(tmp_path: Path) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "slash", *"symmetry")
        assert "Nothing found." in text(pilot)


async def test_a_click_on_a_result_opens_it(tmp_path: Path) -> None:
    app = small(tmp_path)
    async with opened(app) as pilot:
        await press(pilot, "slash", *"never exceeds")
        row = next(y for y, line in enumerate(lines(pilot)) if "0.25" in line)
        await pilot.click(offset=(8, row))
        await press(pilot, "f5")
        assert "page 1 of 2" in text(pilot)


@pytest.mark.parametrize(
    ("passage", "cells", "shown"),
    [
        ("short with word in it", 40, "short with word in it"),
        ("a" * 30 + " and so on word", 24, "… and so on word"),
        ("word " + "b" * 60, 20, "word bbbbbbbbbbbbb …"),
        ("曲线很长很长很长很长很长很长很长word很长很长很长很长", 30, "… 很长很长很长很长word很长很 …"),
        ("nothing", 40, "nothing"),
    ],
)
def test_an_excerpt_keeps_to_its_line_and_shows_the_word(passage: str, cells: int, shown: str) -> None:
    found = excerpt(passage, ["word"], cells)
    assert found.plain == shown
    assert found.cell_length <= cells


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_line_of_these_rooms_is_cut_off(tmp_path: Path, language: str) -> None:
    app = tutor(tmp_path, language)
    async with opened(app) as pilot:
        for room in ("glossary", "misconceptions", "search"):
            app.look_up(room)
            await press(pilot, "f5", *"relu")
            assert_whole(pilot, room)
            await press(pilot, "escape", "down", "pagedown")
            assert_whole(pilot, room)
