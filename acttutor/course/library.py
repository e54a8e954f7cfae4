"""Where courses lie and how they are loaded: a folder with `course.yaml` and a folder for each lesson."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from acttutor.course.course_files import (
    COURSE_FILE,
    NOWHERE,
    LessonFiles,
    read_course,
    read_glossary,
    read_lesson,
    read_text,
)
from acttutor.course.course_keys import CourseKeys, GlossaryKeys
from acttutor.course.deferred import deferred
from acttutor.course.document import Problem, Severity
from acttutor.course.keys import Titles
from acttutor.course.model import Concept, Course, Language, Lesson, Misconception, Page, Repair, Term
from acttutor.course.outline import outline
from acttutor.course.places import error, warning
from acttutor.course.text import clean
from acttutor.errors import UserError

__all__ = [
    "COURSE_FILE",
    "Loaded",
    "assembled",
    "load_course",
    "read_course",
    "shipped_root",
    "unreadable",
]

# What the parser has already made harmless does not keep a lesson from being read.
_HARMLESS: Final = frozenset({"character"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A course as far as it could be read, and everything that could not."""

    course: Course
    problems: tuple[Problem, ...]


@cache
def shipped_root() -> Path:
    """The folder of the course that comes with the program: in the package, or in a checkout beside it."""
    packaged = Path(str(files("acttutor"))) / "lessons"
    return packaged if packaged.is_dir() else packaged.parent.parent / "lessons"


def load_course(root: Path | None, language: Language, *, lazily: bool = False) -> Loaded:
    """The course in `root` (None: the shipped one) in one language.

    A lesson with errors is left out, one that the language lacks or has wrong comes in English; both are
    among the problems. With `lazily`, for a course that is known to be right, only the outline of each lesson
    is read; pages, questions and glossary follow when they are first looked at, without what is wrong there.
    Raises UserError when there is no readable `course.yaml`, or it is wrong.
    """
    root = shipped_root() if root is None else root
    course_file = read_course(root)
    keys = course_file.keys
    if keys is None:
        first = course_file.problems[0]
        raise UserError(str(first), hint="see acttutor lessons check", title="No course")
    problems = list(course_file.problems)
    lessons: list[Lesson] = []
    for number, slug in enumerate(keys.lessons, 1):
        lesson = _outlined(root, slug, number, language) if lazily else None
        if lesson is None:
            lesson, found = _load_lesson(root, slug, number, language)
            problems += found
        if lesson is not None:
            lessons.append(lesson)
    course = _course(keys, lessons, language, root)
    if lazily:
        return Loaded(_with_glossary_later(course), tuple(problems))
    glossary = read_glossary(root)
    terms = _terms(glossary.keys, language)
    return Loaded(replace(course, glossary=terms), (*problems, *glossary.problems))


def unreadable(root: Path | None, language: Language, error: UserError) -> Loaded:
    """A course without lessons, and why it could not be read: for a reader, who is told and loses nothing."""
    place = root if root is not None else shipped_root()
    course = Course("acttutor", (), (), (), language, place)
    problem = Problem(
        error.where or str(place / COURSE_FILE), 1, 1, "course", Severity.ERROR, error.message, error.hint
    )
    return Loaded(course, (problem,))


def assembled(parsed: LessonFiles, number: int) -> tuple[Lesson | None, list[Problem]]:
    """The lesson of parsed files, with every problem of these files on their own."""
    # Imported here, since the home screen needs only front matter and titles.
    from acttutor.course import assemble

    problems = list(parsed.problems)
    for part in (parsed.lesson, parsed.questions):
        if part is not None:
            problems += part.problems
    if parsed.lesson is None:
        return None, problems
    lesson, found = assemble.lesson(
        parsed.lesson, parsed.questions, number, parsed.lesson_path, parsed.language
    )
    return lesson, problems + found


def _load_lesson(
    root: Path, slug: str, number: int, language: Language
) -> tuple[Lesson | None, list[Problem]]:
    problems: list[Problem] = []
    for tried in dict.fromkeys((language, Language.EN)):
        parsed = read_lesson(root, slug, tried)
        name = f"{slug}/lesson.{tried}.md"
        if parsed.lesson is None and not parsed.problems:
            problems.append(_missing(name, tried, language))
            continue
        lesson, found = assembled(parsed, number)
        problems += found
        wrong = (p for p in found if p.severity is Severity.ERROR and p.code not in _HARMLESS)
        if lesson is not None and not any(wrong):
            return lesson, problems
    return None, problems


def _outlined(root: Path, slug: str, number: int, language: Language) -> Lesson | None:
    """The lesson as far as its outline tells; None where the outline cannot be told."""
    name = f"{slug}/lesson.{language}.md"
    text, problems = read_text(root / name, root, name)
    seen = outline(clean(text), name) if text is not None and not problems else None
    if seen is None:
        return None

    @cache
    def whole() -> Lesson | None:
        return assembled(read_lesson(root, slug, language), number)[0]

    def questions() -> Mapping[str, object]:
        lesson = whole()
        return {"questions": lesson.questions if lesson is not None else ()}

    keys = seen.keys
    return deferred(
        Lesson,
        questions,
        id=keys.id,
        number=number,
        slug=slug,
        title=keys.title,
        summary=keys.summary,
        minutes=keys.minutes,
        objectives=keys.objectives,
        requires=keys.requires,
        concepts=keys.concepts,
        sources=keys.sources,
        pages=tuple(_deferred_page(id, title, whole) for id, title in seen.pages),
        path=root / name,
        language=language,
        aliases=keys.aliases,
    )


def _deferred_page(id: str, title: str, whole: Callable[[], Lesson | None]) -> Page:
    """A page whose text comes with the whole lesson; empty where the file has changed since and has it no more."""

    def rest() -> Mapping[str, object]:
        lesson = whole()
        pages = lesson.pages if lesson is not None else ()
        found = next((page for page in pages if page.id == id), Page(id, title, "", 1, ()))
        return {"markdown": found.markdown, "line": found.line, "blocks": found.blocks}

    return deferred(Page, rest, id=id, title=title)


def _missing(name: str, tried: Language, wanted: Language) -> Problem:
    if tried is Language.EN:
        return error(
            name, NOWHERE, "missing-file", "the lesson has no English file", "write it, or unlist it"
        )
    return warning(
        name, NOWHERE, "missing-file", f"no translation into {wanted}; English is shown", "write it"
    )


def _with_glossary_later(course: Course) -> Course:
    def glossary() -> Mapping[str, object]:
        return {"glossary": _terms(read_glossary(course.root).keys, course.language)}

    known = {field.name: getattr(course, field.name) for field in fields(course) if field.name != "glossary"}
    return deferred(Course, glossary, **known)


def _terms(glossary: GlossaryKeys | None, language: Language) -> tuple[Term, ...]:
    return tuple(
        Term(
            term.id,
            _title(term.term, language),
            _title(term.text, language).strip(),
            *_page(term.page),
            term.see,
        )
        for term in (glossary.terms if glossary is not None else ())
    )


def _course(keys: CourseKeys, lessons: list[Lesson], language: Language, root: Path) -> Course:
    concepts = (
        Concept(concept.id, concept.number, _title(concept.title, language), concept.requires)
        for concept in keys.concepts
    )
    misconceptions = (
        Misconception(wrong.id, _title(wrong.title, language), *_page(wrong.repair))
        for wrong in keys.misconceptions
    )
    repairs = (Repair(*_page(repair.page), repair.claims, repair.questions) for repair in keys.repairs)
    return Course(
        title=_title(keys.title, language),
        lessons=tuple(lessons),
        concepts=tuple(concepts),
        misconceptions=tuple(misconceptions),
        language=language,
        root=root,
        repairs=tuple(repairs),
    )


def _page(reference: str) -> tuple[str, str]:
    """Lesson and page of `lesson-id#page-id`."""
    lesson, _, page = reference.partition("#")
    return lesson, page


def _title(titles: Titles, language: Language) -> str:
    return titles.zh if language is Language.ZH else titles.en
