"""The parser: pages and blocks at their lines, clean text, and no text that makes it raise."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.assemble import block
from acttutor.course.blocks import BLOCK_NAMES
from acttutor.course.model import Block, PlotBlock
from acttutor.course.parser import ParsedLesson, parse_lesson, parse_questions
from acttutor.course.text import clean, is_clean, unsafe_characters
from tests.course.minimal import LESSON_EN, QUESTIONS_EN, line_of


def lesson(text: str = LESSON_EN) -> ParsedLesson:
    return parse_lesson(text, "lesson.md")


def test_pages_have_their_ids_titles_and_file_lines() -> None:
    parsed = lesson()
    assert parsed.problems == ()
    assert [(page.id, page.title) for page in parsed.pages] == [
        ("first", "The first page"),
        ("second", "The second page"),
    ]
    lines = LESSON_EN.split("\n")
    for page in parsed.pages:
        assert lines[page.line - 1] == f"## {page.title} {{#{page.id}}}"
        body = page.markdown.split("\n")
        assert lines[page.body_line - 1 : page.body_line + len(body) - 2] == body[:-1]


def test_every_block_stands_at_the_line_of_its_fence() -> None:
    lines = LESSON_EN.split("\n")
    found = [part for page in lesson().pages for part in page.blocks]
    assert [part.kind for part in found] == [
        "plot",
        "claim",
        "note",
        "experiment",
        "math",
        "predict",
        "flow",
        "sim",
    ]
    for part in found:
        assert lines[part.line - 1] == f"```{part.kind}"


def test_every_kind_of_block_becomes_its_part_of_the_model() -> None:
    parsed = [part for page in lesson().pages for part in page.blocks]
    parsed += parse_questions(QUESTIONS_EN, "questions.md").blocks
    made = [block(part, "lesson.md") for part in parsed]
    assert [problems for _, problems in made if problems] == []
    kinds = {type(part) for part, _ in made}
    assert kinds == set(get_args(Block))
    assert {part.kind for part in parsed} == set(BLOCK_NAMES)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    plain, windows = lesson(), lesson("\ufeff" + LESSON_EN.replace("\n", "\r\n"))
    assert windows.problems == ()
    assert windows.pages == plain.pages


def test_live_words_inside_a_quotation_or_list_are_reported_and_not_live() -> None:
    parsed = lesson(LESSON_EN.replace("See [a", "> ```plot\n> id: x\n> ```\n\nSee [a"))
    assert [problem.code for problem in parsed.problems] == ["block-place"]
    assert parsed.problems[0].line == line_of(LESSON_EN, "See [a")


def test_other_fences_are_code() -> None:
    parsed = lesson(LESSON_EN.replace("See [a", "```python\n```quiz\n```\n\n~~~\n```plot\n~~~\n\nSee [a"))
    assert parsed.problems == ()
    assert len([part for page in parsed.pages for part in page.blocks]) == 8


def test_a_heading_inside_a_fence_begins_no_page() -> None:
    parsed = lesson(LESSON_EN.replace("See [a", "```text\n## No page {#no}\n```\n\nSee [a"))
    assert [page.id for page in parsed.pages] == ["first", "second"]


def test_deeper_headings_stay_inside_their_page() -> None:
    parsed = lesson(LESSON_EN.replace("See [a", "### Smaller\n\nSee [a"))
    assert parsed.problems == ()
    assert "### Smaller" in parsed.pages[1].markdown


def test_an_underlined_heading_is_told_how_to_be_a_page() -> None:
    parsed = lesson(LESSON_EN.replace("See [a", "Underlined\n---\n\nSee [a"))
    assert [(p.code, p.line) for p in parsed.problems] == [("heading", line_of(LESSON_EN, "See [a"))]


def test_all_problems_of_a_block_are_reported_each_at_its_key() -> None:
    text = LESSON_EN.replace("id: curve", "idd: curve").replace("caption: Two", "from: low\ncaption: Two")
    found = lesson(text).problems
    assert [(p.code, p.line) for p in found] == [
        ("unknown-key", line_of(text, "idd")),
        ("value", line_of(text, "from: low")),
        ("missing-key", line_of(text, "idd")),
    ]


@given(st.text(st.characters(codec=None, categories=None), max_size=60))
def test_clean_text_is_clean_and_keeps_its_lines(text: str) -> None:
    cleaned = clean(text)
    assert is_clean(cleaned)
    assert not list(unsafe_characters(cleaned))
    assert cleaned.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


@pytest.mark.parametrize(
    "character", [*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202e\u2066\u2069\u200e\u061c"]
)
def test_control_and_bidi_characters_never_reach_the_model(character: str) -> None:
    parsed = lesson(
        LESSON_EN.replace("See", f"S{character}ee").replace("The second page", f"The {character}second page")
    )
    assert all(is_clean(page.markdown) and is_clean(page.title) for page in parsed.pages)
    reported = any(problem.code == "character" for problem in parsed.problems)
    assert reported == (character not in "\t\n\r")


@pytest.mark.parametrize("escape", ['"\\e[31m"', '"\\x9b1m"', '"\\u202E"'])
def test_escapes_in_quoted_yaml_do_not_smuggle_characters_in(escape: str) -> None:
    parsed = lesson(LESSON_EN.replace("caption: Two curves.", f"caption: {escape}"))
    assert [problem.code for problem in parsed.problems] == ["character"]
    made, _ = block(parsed.pages[0].blocks[0], "lesson.md")
    assert isinstance(made, PlotBlock)
    assert is_clean(made.caption)


_PARTS = st.sampled_from(
    ["---\n", "format: 1\n", "id: a\n", "## T {#a}\n", "## T\n", "```plot\n", "```quiz\n", "```\n", "id: b\n",
     "curves:\n", "  - activation: relu\n", "$$\n", "$x$ ", "text\n", "\n", "> ", "- ", "<b>\n",
     "| a | b |\n|---|---|\n", "\t", "\x1b[1m"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=25).map("".join))
def test_any_arrangement_of_lines_is_parsed_without_an_exception(text: str) -> None:
    for parsed in (parse_lesson(text, "a.md"), parse_questions(text, "a.md")):
        assert all(is_clean(str(problem)) for problem in parsed.problems)
    for page in parse_lesson("---\nformat: 1\n---\n" + text, "a.md").pages:
        assert is_clean(page.markdown)


@given(st.text(max_size=200))
def test_any_text_is_parsed_without_an_exception(text: str) -> None:
    parse_lesson(text, "a.md")
    parse_questions(f"---\nformat: 1\nlesson: a\n---\n\n```quiz\n{text}\n```\n", "a.md")
