"""`lessons check`: every problem of a course at once, each with its place and what would be right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from acttutor.course.course_files import (
    COURSE_FILE,
    CourseFile,
    LessonFiles,
    read_course,
    read_glossary,
    read_lesson,
    read_source_claims,
)
from acttutor.course.document import Problem
from acttutor.course.known import Known, known
from acttutor.course.library import assembled
from acttutor.course.lint_claims import check_measures
from acttutor.course.lint_comments import check_comments
from acttutor.course.lint_evidence import check_evidence
from acttutor.course.lint_glossary import check_glossary, check_source_claims
from acttutor.course.lint_languages import compare
from acttutor.course.lint_lines import check_widths
from acttutor.course.lint_numbers import check_numbers
from acttutor.course.lint_references import (
    check_course,
    check_lesson,
    check_questions,
    check_unique,
    check_use,
)
from acttutor.course.lint_runs import check_runs
from acttutor.course.lint_text import check_block_prose, check_lesson_text
from acttutor.course.model import Language
from acttutor.course.parser import ParsedBlock, Source
from acttutor.course.places import error, place, warning
from acttutor.course.text import clean
from acttutor.errors import UserError, did_you_mean

_START: Final = (1, 1)


def check(root: Path, static: bool) -> list[Problem]:
    """All problems of the course in `root`, sorted by file and place; `static` runs and computes nothing.

    Raises UserError when the folder or its `course.yaml` cannot be read.
    """
    if not root.is_dir():
        raise UserError("no such folder" if not root.exists() else "this is no folder", where=str(root))
    try:
        course = read_course(root)
        problems = set(_problems(root, course, static))
    except OSError as cause:
        reason = cause.strerror or "cannot be read"
        raise UserError(reason, where=str(cause.filename or root), hint="check its permissions") from cause
    return sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code, p.message))


def _problems(root: Path, course: CourseFile, static: bool) -> Iterator[Problem]:
    yield from course.problems
    if course.keys is None:
        return
    slugs = tuple(dict.fromkeys(course.keys.lessons))
    by_language = {language: [read_lesson(root, slug, language) for slug in slugs] for language in Language}
    glossary, claims = read_glossary(root), read_source_claims(root)
    ids = known(course.keys, by_language[Language.EN], glossary.keys, claims.keys)
    yield from check_glossary(glossary, ids)
    yield from check_source_claims(claims)
    for file in (course, glossary, claims):
        yield from check_comments(file.node, Source(file.path, file.text, tuple(file.text.split("\n"))))
    yield from check_course(course, ids)
    yield from check_use(course, by_language[Language.EN])
    yield from _check_folders(root, course, slugs)
    for language, lessons in by_language.items():
        for number, files in enumerate(lessons, 1):
            yield from _check_files(files, number, ids, static)
        yield from check_unique(lessons)
        if language is not Language.EN:
            for original, translation in zip(by_language[Language.EN], lessons, strict=True):
                yield from _check_presence(original, translation)
                yield from compare(original, translation)


def _check_files(files: LessonFiles, number: int, ids: Known, static: bool) -> Iterator[Problem]:
    """One lesson in one language."""
    yield from assembled(files, number)[1]
    lesson, questions = files.lesson, files.questions
    if lesson is not None:
        yield from check_lesson(lesson, ids)
        yield from check_lesson_text(lesson, ids)
        yield from check_comments(lesson.header_node, lesson.source)
        for page in lesson.pages:
            yield from _check_blocks(page.blocks, lesson.source, ids, static)
    if questions is not None:
        yield from check_questions(questions, lesson, ids)
        yield from check_widths(questions.source)
        for block in questions.blocks:
            yield from check_block_prose(block, questions.source, ids)
        yield from _check_blocks(questions.blocks, questions.source, ids, static)


def _check_blocks(
    blocks: tuple[ParsedBlock, ...], source: Source, ids: Known, static: bool
) -> Iterator[Problem]:
    """What the blocks of a page or file show, compute and cite."""
    for block in blocks:
        yield from check_comments(block.node, source)
        yield from check_measures(block, source.path, static)
        yield from check_numbers(block, source, ids, static)
        yield from check_evidence(block, source.path, static)
        if not static:
            yield from check_runs(block, source.path)


def _check_presence(original: LessonFiles, translation: LessonFiles) -> Iterator[Problem]:
    """A file that one language has is there in the other too."""
    for one, other in ((original, translation), (translation, original)):
        pairs = (("lesson", one.lesson, other.lesson), ("questions", one.questions, other.questions))
        for name, here, there in pairs:
            unread = any(Path(problem.path).name.startswith(name) for problem in other.problems)
            if there is None and not unread and (here is not None or name == "lesson"):
                path = f"{other.folder.name}/{name}.{other.language}.md"
                yield error(
                    path,
                    _START,
                    "missing-file",
                    "this file is missing",
                    "write it: both languages are needed",
                )


def _check_folders(root: Path, course: CourseFile, slugs: tuple[str, ...]) -> Iterator[Problem]:
    """Lesson folders are there and listed; they hold the expected files and no symbolic link."""
    expected = {f"{name}.{language}.md" for name in ("lesson", "questions") for language in Language}
    for index, slug in enumerate(slugs):
        folder = root / slug
        if not folder.is_dir():
            folders = [child.name for child in root.iterdir() if child.is_dir()]
            at = place(course.node, "lessons", index)
            advice = did_you_mean(slug, folders) or "make the folder, or unlist it"
            yield error(COURSE_FILE, at, "missing-folder", f"there is no folder {slug}", advice)
            continue
        for child in sorted(folder.iterdir()):
            name = f"{slug}/{clean(child.name)}"
            if child.is_symlink():
                message = "a symbolic link is not followed"
                yield error(name, _START, "symlink", message, "put the file itself here")
            elif child.name not in expected:
                advice = did_you_mean(child.name, expected) or "remove it"
                yield warning(name, _START, "unknown-file", "this file is never read", advice)
    for child in sorted(root.iterdir()):
        if child.is_dir() and (child / f"lesson.{Language.EN}.md").is_file() and child.name not in slugs:
            message = f"the lesson folder {clean(child.name)} is not listed"
            yield warning(
                COURSE_FILE, place(course.node, "lessons"), "unlisted", message, "list it under lessons"
            )
