"""A course shown while it is being written: its files are looked at once a second, and read again when one was saved.

No file watcher is needed for some forty small files; their times and sizes are read in a millisecond. A lesson
that cannot be read as it is now stays as it was when it last could, and what is wrong is told beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from acttutor.errors import UserError
from acttutor.tui.shelf import Shelf

if TYPE_CHECKING:
    from acttutor.course.document import Problem
    from acttutor.course.library import Loaded

EVERY = 1.0
"""Seconds between two looks at the files."""

Stamp = frozenset[tuple[str, int, int]]
"""The files of a course: path, time of the last change, size."""


def stamp(root: Path) -> Stamp:
    """The files of a course as they are now; one that is being replaced this very moment is left out."""
    found = set()
    for path in (*root.glob("*.yaml"), *root.glob("*/*.md")):
        try:
            status = path.stat()
        except OSError:
            continue
        found.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)


def with_last_good(before: "Loaded", now: "Loaded") -> "tuple[Loaded, frozenset[str]]":
    """The new reading, with the earlier one of whatever cannot be read any more, and the names of those files.

    The names are folders of lessons, or `glossary.yaml`.
    """
    from acttutor.course.course_files import GLOSSARY_FILE
    from acttutor.course.document import Severity

    broken = {Path(problem.path).parts[0] for problem in now.problems if problem.severity is Severity.ERROR}
    read = {lesson.slug: lesson for lesson in now.course.lessons}
    kept = {
        lesson.slug: lesson
        for lesson in before.course.lessons
        if lesson.slug in broken
        and (lesson.slug not in read or read[lesson.slug].language is not lesson.language)
    }
    names = set(kept)
    glossary = now.course.glossary
    if GLOSSARY_FILE in broken and not glossary and before.course.glossary:
        glossary = before.course.glossary
        names.add(GLOSSARY_FILE)
    lessons = sorted({**read, **kept}.values(), key=lambda lesson: lesson.number)
    course = replace(now.course, lessons=tuple(lessons), glossary=glossary)
    return replace(now, course=course), frozenset(names)


class Preview:
    """Looks at the files of a course in a thread, and posts what came of it.

    `problems` are those of the static check, `kept` the names of what is shown as it was before it broke, both as of
    the last look that found a change.
    """

    @dataclass
    class Reread(Message):
        """The course was read again."""

    @dataclass
    class Checked(Message):
        """The files were checked; None before the first check."""

    def __init__(self, root: Path, shelf: Shelf, post: Callable[[Message], object]) -> None:
        self.root = root
        self.problems: tuple[Problem, ...] = ()
        self.kept: frozenset[str] = frozenset()
        self._shelf = shelf
        self._post = post
        self._seen = stamp(root)
        self._checked = False
        self._looking = False

    def look(self) -> None:
        """Look once; to be called from a thread. A look that comes while another is under way does nothing."""
        if self._looking:
            return
        self._looking = True
        try:
            now = stamp(self.root)
            if now != self._seen:
                self._seen = now
                self._read()
                self._check()
            elif not self._checked:
                self._check()
        finally:
            self._looking = False

    def _read(self) -> None:
        from acttutor.course.course_files import COURSE_FILE
        from acttutor.course.library import load_course
        from acttutor.course.model import Language

        kept: set[str] = set()
        for language in self._shelf.languages:
            try:
                now = load_course(self.root, Language(language))
            except UserError:
                kept.add(COURSE_FILE)
                continue
            now, names = with_last_good(self._shelf.loaded(language), now)
            self._shelf.put(language, now)
            kept |= names
        self.kept = frozenset(kept)
        self._post(self.Reread())

    def _check(self) -> None:
        from acttutor.course.document import Problem, Severity
        from acttutor.course.lint import check

        try:
            self.problems = tuple(check(self.root, static=True))
        except UserError as error:
            place = error.where or str(self.root)
            self.problems = (Problem(place, 1, 1, "course", Severity.ERROR, error.message, error.hint),)
        self._checked = True
        self._post(self.Checked())
