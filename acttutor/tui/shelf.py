"""The course as the app has it: read once per language, its index too, whichever thread asks first."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from acttutor.errors import UserError

if TYPE_CHECKING:
    from acttutor.course.library import Loaded
    from acttutor.course.model import Course
    from acttutor.course.search import Index


class Shelf:
    """Keeps what was read. `root` None means the shipped course, which is known to be right.

    Of that one only titles are read until a page is opened; a course of somebody's own is read whole, so that what
    is wrong in it is told at once.
    """

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self._loaded: dict[str, Loaded] = {}
        self._index: tuple[Course, Index] | None = None
        self._reading, self._indexing = Lock(), Lock()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the course has been read."""
        return tuple(self._loaded)

    def loaded(self, language: str) -> "Loaded":
        """The course and its problems in a language; without lessons where it cannot be read at all."""
        found = self._loaded.get(language)
        if found is not None:
            return found
        with self._reading:
            if language not in self._loaded:
                self._loaded[language] = self.read(language)
            return self._loaded[language]

    def read(self, language: str) -> "Loaded":
        """The course as its files are now; what is kept stays."""
        from acttutor.course.library import load_course, unreadable
        from acttutor.course.model import Language

        spoken = Language(language)
        try:
            return load_course(self.root, spoken, lazily=self.root is None)
        except UserError as error:
            return unreadable(self.root, spoken, error)

    def put(self, language: str, loaded: "Loaded") -> None:
        """Keep another reading of the course."""
        self._loaded[language] = loaded

    def index(self, language: str) -> "Index":
        """What can be searched in a language; the first time this reads every page and belongs in a thread."""
        from acttutor.course.search import Index

        course = self.loaded(language).course
        with self._indexing:
            if self._index is None or self._index[0] is not course:
                self._index = (course, Index(course))
            return self._index[1]
