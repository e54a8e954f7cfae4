"""The files of a course folder: each found, opened safely, parsed, with what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from acttutor.course.course_keys import CourseKeys, GlossaryKeys, SourceClaimsKeys
from acttutor.course.document import Mapping, Problem, convert, decode, parse_yaml, read_bytes
from acttutor.course.keys import Keys
from acttutor.course.model import Language
from acttutor.course.parser import ParsedLesson, ParsedQuestions, parse_lesson, parse_questions
from acttutor.course.places import clean_node, error
from acttutor.course.text import clean
from acttutor.errors import UserError

COURSE_FILE: Final = "course.yaml"
GLOSSARY_FILE: Final = "glossary.yaml"
CLAIMS_FILE: Final = "source-claims.yaml"
NOWHERE: Final = (1, 1)

K = TypeVar("K", bound=Keys)


@dataclass(frozen=True, slots=True)
class KeysFile(Generic[K]):
    """A YAML file of a course: its path in problems, its keys (None where it has errors), its tree, its problems."""

    path: str
    keys: K | None
    node: Mapping | None
    problems: tuple[Problem, ...] = ()
    text: str = ""


CourseFile = KeysFile[CourseKeys]


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


def read_course(root: Path) -> CourseFile:
    """`course.yaml` of a folder. Raises UserError when it cannot be read at all."""
    path = root / COURSE_FILE
    if not path.is_file():
        hint = f"a course is a folder with a {COURSE_FILE}"
        raise UserError(f"no {COURSE_FILE} in it", where=str(root), hint=hint, title="No course")
    return _read_keys(root, COURSE_FILE, CourseKeys)


def read_glossary(root: Path) -> KeysFile[GlossaryKeys]:
    """`glossary.yaml` of a folder; a course without one has no terms, which is no problem."""
    return _read_optional(root, GLOSSARY_FILE, GlossaryKeys)


def read_source_claims(root: Path) -> KeysFile[SourceClaimsKeys]:
    """`source-claims.yaml` of a folder; a course without one corrects no text, which is no problem."""
    return _read_optional(root, CLAIMS_FILE, SourceClaimsKeys)


def _read_optional(root: Path, name: str, type_: type[K]) -> KeysFile[K]:
    path = root / name
    if not path.exists() and not path.is_symlink():
        return KeysFile(name, None, None)
    return _read_keys(root, name, type_)


def _read_keys(root: Path, name: str, type_: type[K]) -> KeysFile[K]:
    text, problems = read_text(root / name, root, name)
    if text is None:
        return KeysFile(name, None, None, tuple(problems))
    tree, found = parse_yaml(text, name)
    node = clean_node(tree) if "\\" in text else tree  # only an escape makes what the text does not hold
    problems += found
    if not isinstance(node, Mapping):
        if not problems:
            problems.append(error(name, NOWHERE, "course", "this is no mapping", "write key: value lines"))
        return KeysFile(name, None, None, tuple(problems), clean(text))
    keys, found = convert(node, type_, name)
    return KeysFile(name, keys, node, (*problems, *found), clean(text))


def read_lesson(root: Path, slug: str, language: Language) -> LessonFiles:
    """The files of a lesson in one language; a language that is not there at all is no problem here."""
    folder = root / slug
    lesson_name, questions_name = f"{slug}/lesson.{language}.md", f"{slug}/questions.{language}.md"
    problems: list[Problem] = []
    lesson: ParsedLesson | None = None
    questions: ParsedQuestions | None = None
    if (root / lesson_name).exists() or (root / lesson_name).is_symlink():
        text, found = read_text(root / lesson_name, root, lesson_name)
        problems += found
        lesson = parse_lesson(text, lesson_name) if text is not None else None
    if (root / questions_name).exists() or (root / questions_name).is_symlink():
        text, found = read_text(root / questions_name, root, questions_name)
        problems += found
        questions = parse_questions(text, questions_name) if text is not None else None
    return LessonFiles(folder, language, lesson, questions, tuple(problems))


def read_text(path: Path, root: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file of the course, a plain one inside it: links may lead anywhere, none is followed."""
    inside = [path, *path.parents[: len(path.relative_to(root).parts) - 1]]
    if any(part.is_symlink() for part in inside):
        return None, [
            error(name, NOWHERE, "symlink", "a symbolic link is not followed", "put the file itself here")
        ]
    if not path.is_file():
        return None, [error(name, NOWHERE, "missing-file", "this is no file", "put a text file here")]
    try:
        return decode(read_bytes(path), name)
    except UserError as cause:
        return None, [error(name, NOWHERE, "unreadable", cause.message, cause.hint)]
