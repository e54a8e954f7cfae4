"""Finding words: what is found, what must not be, and where the words stand in what is shown."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.library import load_course
from acttutor.course.model import Language
from acttutor.course.search import Index, Kind, folded, marks
from tests.course.minimal import spoilt, write_course


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(load_course(write_course(tmp_path), Language.EN).course)


def _found(index: Index, query: str) -> list[tuple[Kind, str]]:
    return [(hit.kind, hit.id) for hit in index.find(query)]


def test_a_title_a_term_and_a_wrong_idea_are_found_in_groups(index: Index) -> None:
    assert _found(index, "first page") == [
        (Kind.TITLE, "first"),
        (Kind.TERM, "steepness"),
        (Kind.TEXT, "second"),
    ]
    assert _found(index, "steep") == [(Kind.TERM, "steepness"), (Kind.MISCONCEPTION, "too-steep")]


def test_a_hit_in_the_text_shows_its_paragraph_and_knows_the_line_where_it_begins(tmp_path: Path) -> None:
    course = load_course(write_course(tmp_path), Language.EN).course
    hit = next(hit for hit in Index(course).find("bend") if hit.kind is Kind.TEXT)
    page = course.lesson("slopes").page("second")
    assert hit.passage.text.startswith("See a page (https://example.org/slopes). It has a bend")
    assert page.markdown.split("\n")[hit.passage.line].startswith("See [a page]")


@pytest.mark.parametrize("query", ["SLOPE", "slope", "ｓｌｏｐｅ", "ＳＬＯＰＥ"])
def test_capitals_and_widths_make_no_difference(index: Index, query: str) -> None:
    assert (Kind.TEXT, "first") in _found(index, query)


@pytest.mark.parametrize(
    ("query", "found"), [("率", True), ("第一", True), ("第一 页", True), ("第三", False)]
)
def test_chinese_is_found_inside_a_sentence(tmp_path: Path, query: str, found: bool) -> None:
    index = Index(load_course(write_course(tmp_path), Language.ZH).course)
    assert bool(index.find(query)) is found


def test_every_word_must_be_there_and_nothing_is_found_for_no_word(index: Index) -> None:
    assert _found(index, "never slope") == [(Kind.TEXT, "first")]
    assert _found(index, "never bend") == []
    assert _found(index, "  ") == []


def test_a_passage_with_the_whole_phrase_is_preferred(index: Index) -> None:
    hit = next(hit for hit in index.find("slope never") if hit.kind is Kind.TEXT)
    assert hit.passage.text == "The slope never exceeds 0.25."


@pytest.mark.parametrize(
    "secret",
    ["symmetry", "Where is it largest", "A quarter", "guess first", "Let them", "measure", "max_slope"],
)
def test_questions_predictions_notes_and_keys_are_not_found(index: Index, secret: str) -> None:
    assert _found(index, secret) == []


def test_captions_claims_and_what_is_to_be_predicted_are_found(index: Index) -> None:
    for query in ("two curves", "never exceeds 0.25", "how large is it at 0", "which one recovers"):
        assert [kind for kind, _ in _found(index, query)] == [Kind.TEXT], query


def test_of_one_kind_forty_are_told(tmp_path: Path) -> None:
    more = "".join(
        f"  - id: term-{n}\n    term:\n      en: zebra {n}\n      zh: 斑马\n    text:\n      en: a\n      zh: 甲\n"
        "    page: slopes#first\n"
        for n in range(60)
    )
    files = spoilt("terms:\n", f"terms:\n{more}", "glossary.yaml")
    course = load_course(write_course(tmp_path, files), Language.EN).course
    assert len(Index(course).find("zebra")) == 40


@given(st.text(max_size=40), st.data())
def test_marks_hold_the_word_wherever_it_stands(text: str, data: st.DataObject) -> None:
    plain = "".join(map(folded, text))
    start = data.draw(st.integers(0, len(plain)))
    word = plain[start : data.draw(st.integers(start, len(plain)))]
    found = marks(text, [word])
    assert bool(found) is bool(word)
    for one, other in found:
        assert 0 <= one < other <= len(text)
        assert word in "".join(map(folded, text[one:other]))
    assert list(found) == sorted(found)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(found))
