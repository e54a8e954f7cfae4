"""A course read lazily: its outline at once, the rest when it is looked at, and both as if all had been read."""

import random
from pathlib import Path

import pytest

from acttutor.course import library
from acttutor.course.deferred import Deferred
from acttutor.course.library import load_course, shipped_root
from acttutor.course.model import Language, Lesson, Page
from acttutor.course.outline import outline
from acttutor.course.parser import parse_lesson
from acttutor.course.text import clean
from tests.course.fuzz_lessons import mutate
from tests.course.minimal import FILES, spoilt, write_course

EN = "01-slopes/lesson.en.md"


def told(lesson: Lesson) -> object:
    """Everything a lesson says; networks have no equality of their own."""
    pages = [
        (
            page.id,
            page.title,
            page.markdown,
            page.line,
            [(type(block), block.id, block.line) for block in page.blocks],
        )
        for page in lesson.pages
    ]
    return (lesson.id, lesson.title, lesson.summary, lesson.path, lesson.aliases, lesson.questions, pages)


@pytest.mark.parametrize("language", list(Language))
def test_a_course_read_lazily_is_the_same_course(language: Language, tmp_path: Path) -> None:
    for root in (shipped_root(), write_course(tmp_path)):
        whole, lazy = load_course(root, language).course, load_course(root, language, lazily=True).course
        assert [told(lesson) for lesson in lazy.lessons] == [told(lesson) for lesson in whole.lessons]
        assert lazy.glossary == whole.glossary


def test_titles_and_pages_are_known_before_anything_else_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_course(tmp_path)
    reads: list[str] = []
    real = library.read_lesson

    def counted(root: Path, slug: str, language: Language) -> object:
        reads.append(slug)
        return real(root, slug, language)

    monkeypatch.setattr(library, "read_lesson", counted)
    lesson = load_course(root, Language.EN, lazily=True).course.lesson("slopes")
    assert (lesson.title, lesson.minutes) == ("Slopes", 5)
    assert [(page.id, page.title) for page in lesson.pages] == [
        ("first", "The first page"),
        ("second", "The second page"),
    ]
    assert lesson.page_number("second") == 2
    assert reads == []
    assert lesson.pages[1].blocks
    assert lesson.pages[0].markdown
    assert len(lesson.questions) == 6
    assert reads == ["01-slopes"]


def test_a_lesson_whose_outline_cannot_be_told_is_read_whole(tmp_path: Path) -> None:
    files = spoilt("minutes: 5", "minutes: five")
    loaded = load_course(write_course(tmp_path, files), Language.EN, lazily=True)
    assert loaded.course.lessons == ()
    assert [problem.path for problem in loaded.problems] == [EN]


def test_a_lesson_without_a_translation_comes_in_english(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.endswith("zh.md")}
    loaded = load_course(write_course(tmp_path, files), Language.ZH, lazily=True)
    assert [lesson.language for lesson in loaded.course.lessons] == [Language.EN]


def test_a_file_that_is_gone_when_it_is_looked_at_is_empty_and_no_crash(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    lesson = load_course(root, Language.EN, lazily=True).course.lessons[0]
    (root / EN).unlink()
    assert (lesson.pages[0].markdown, lesson.pages[0].blocks, lesson.questions) == ("", (), ())


def test_an_outline_says_what_a_full_reading_says_or_nothing() -> None:
    rng = random.Random(5)
    texts = [path.read_text(encoding="utf-8") for path in sorted(shipped_root().glob("*/lesson.*.md"))]
    known = 0
    for number in range(600):
        text = rng.choice([FILES[EN], *texts[:2]] if number % 10 == 0 else [FILES[EN]])
        text = mutate(text, rng) if number else text
        seen = outline(clean(text), "lesson.md")
        if seen is not None:
            known += 1
            parsed = parse_lesson(clean(text), "lesson.md")
            assert parsed.header == seen.keys
            assert [(page.id, page.title) for page in parsed.pages] == list(seen.pages), text
    assert known > 100


def test_what_is_no_field_is_no_attribute() -> None:
    page = Page("id", "Title", "", 1, ())
    assert isinstance(page, Deferred)
    with pytest.raises(AttributeError, match="no nothing"):
        page.nothing  # type: ignore[attr-defined]  # noqa: B018
