"""Where courses lie and how they are loaded: a folder with `course.yaml` and a folder for each lesson."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from acttutor.course import assemble
from acttutor.course.blocks import CourseKeys, Titles
from acttutor.course.document import (
    Mapping,
    Problem,
    Severity,
    convert,
    decode,
    parse_yaml,
    read_bytes,
)
from acttutor.course.model import Concept, Course, Language, Lesson, Misconception, Repair
from acttutor.course.parser import ParsedLesson, ParsedQuestions, parse_lesson, parse_questions
from acttutor.course.places import clean_node, error, warning
from acttutor.errors import UserError

COURSE_FILE: Final = "course.yaml"
_NOWHERE: Final = (1, 1)
# What the parser has already made harmless does not keep a lesson from being read.
_HARMLESS: Final = frozenset({"character"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A course as far as it could be read, and everything that could not."""

    course: Course
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CourseFile:
    """`course.yaml`: its path in problems, its keys (None where it has errors), its tree, its problems."""

    path: str
    keys: CourseKeys | None
    node: Mapping | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class LessonFiles:
    """The two files of a lesson in one language, parsed; a file that is missing or unreadable is None."""

    folder: Path
    language: Language
    lesson: ParsedLesson | None
    questions: ParsedQuestions | None
    problems: tuple[Problem, ...]

    @property
    def lesson_path(self) -> Path:
        """The lesson file."""
        return self.folder / f"lesson.{self.language}.md"


@cache
def shipped_root() -> Path:
    """The folder of the course that comes with the program: in the package, or in a checkout beside it."""
    packaged = Path(str(files("acttutor"))) / "lessons"
    return packaged if packaged.is_dir() else packaged.parent.parent / "lessons"


def load_course(root: Path | None, language: Language) -> Loaded:
    """The course in `root` (None: the shipped one) in one language.

    A lesson with errors is left out, one that the language lacks or has wrong comes in English; both are
    among the problems. Raises UserError when there is no readable `course.yaml`, or it is wrong.
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
        lesson, found = _load_lesson(root, slug, number, language)
        problems += found
        if lesson is not None:
            lessons.append(lesson)
    return Loaded(_course(keys, lessons, language, root), tuple(problems))


def unreadable(root: Path | None, language: Language, error: UserError) -> Loaded:
    """A course without lessons, and why it could not be read: for a reader, who is told and loses nothing."""
    place = root if root is not None else shipped_root()
    course = Course("acttutor", (), (), (), language, place)
    problem = Problem(
        error.where or str(place / COURSE_FILE), 1, 1, "course", Severity.ERROR, error.message, error.hint
    )
    return Loaded(course, (problem,))


def read_course(root: Path) -> CourseFile:
    """`course.yaml` of a folder. Raises UserError when it cannot be read at all."""
    path = root / COURSE_FILE
    if not path.is_file():
        hint = f"a course is a folder with a {COURSE_FILE}"
        raise UserError(f"no {COURSE_FILE} in it", where=str(root), hint=hint, title="No course")
    name = COURSE_FILE
    text, problems = _text(path, root, name)
    if text is None:
        return CourseFile(name, None, None, tuple(problems))
    tree, found = parse_yaml(text, name)
    node = clean_node(tree)
    problems += found
    if not isinstance(node, Mapping):
        if not problems:
            problems.append(error(name, _NOWHERE, "course", "this is no mapping", "write key: value lines"))
        return CourseFile(name, None, None, tuple(problems))
    keys, found = convert(node, CourseKeys, name)
    return CourseFile(name, keys, node, (*problems, *found))


def read_lesson(root: Path, slug: str, language: Language) -> LessonFiles:
    """The files of a lesson in one language; a language that is not there at all is no problem here."""
    folder = root / slug
    lesson_name, questions_name = f"{slug}/lesson.{language}.md", f"{slug}/questions.{language}.md"
    problems: list[Problem] = []
    lesson: ParsedLesson | None = None
    questions: ParsedQuestions | None = None
    if (root / lesson_name).exists() or (root / lesson_name).is_symlink():
        text, found = _text(root / lesson_name, root, lesson_name)
        problems += found
        lesson = parse_lesson(text, lesson_name) if text is not None else None
    if (root / questions_name).exists() or (root / questions_name).is_symlink():
        text, found = _text(root / questions_name, root, questions_name)
        problems += found
        questions = parse_questions(text, questions_name) if text is not None else None
    return LessonFiles(folder, language, lesson, questions, tuple(problems))


def assembled(parsed: LessonFiles, number: int) -> tuple[Lesson | None, list[Problem]]:
    """The lesson of parsed files, with every problem of these files on their own."""
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


def _missing(name: str, tried: Language, wanted: Language) -> Problem:
    if tried is Language.EN:
        return error(
            name, _NOWHERE, "missing-file", "the lesson has no English file", "write it, or unlist it"
        )
    return warning(
        name, _NOWHERE, "missing-file", f"no translation into {wanted}; English is shown", "write it"
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
    repairs = (Repair(*_page(repair.page), repair.claims) for repair in keys.repairs)
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


def _text(path: Path, root: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file of the course, a plain one inside it: links may lead anywhere, none is followed."""
    inside = [path, *path.parents[: len(path.relative_to(root).parts) - 1]]
    if any(part.is_symlink() for part in inside):
        return None, [
            error(name, _NOWHERE, "symlink", "a symbolic link is not followed", "put the file itself here")
        ]
    if not path.is_file():
        return None, [error(name, _NOWHERE, "missing-file", "this is no file", "put a text file here")]
    try:
        return decode(read_bytes(path), name)
    except UserError as cause:
        return None, [error(name, _NOWHERE, "unreadable", cause.message, cause.hint)]
