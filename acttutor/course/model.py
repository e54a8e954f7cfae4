"""What is taught, as plain data: a course of lessons, their pages, the live blocks on a page, and questions.

Every text in here is clean: no control, escape or bidi-override character survives the parser, so a
screen may print it. It is still *markdown* of a stranger, never Textual markup. Line numbers are 1-based
lines of the file the thing was read from.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from acttutor.course.deferred import Deferred
from acttutor.course.model_blocks import (
    Block,
    Check,
    ClaimBlock,
    CurveSpec,
    ExperimentBlock,
    FlowBlock,
    MathBlock,
    NoteBlock,
    PlotBlock,
    PredictAnswer,
    PredictBlock,
    PredictOption,
    QuizBlock,
    Scale,
    SimBlock,
    StackSpec,
)
from acttutor.course.model_questions import (
    Arguments,
    Mistake,
    Number,
    NumericAnswer,
    Option,
    OrderMistake,
    Question,
    QuestionType,
    Template,
    TemplateMistake,
    Variable,
)
from acttutor.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "Arguments",
    "Block",
    "Check",
    "ClaimBlock",
    "Concept",
    "Course",
    "CurveSpec",
    "ExperimentBlock",
    "FlowBlock",
    "Language",
    "Lesson",
    "MathBlock",
    "Misconception",
    "Mistake",
    "NoteBlock",
    "Number",
    "NumericAnswer",
    "Option",
    "OrderMistake",
    "Page",
    "PlotBlock",
    "PredictAnswer",
    "PredictBlock",
    "PredictOption",
    "Question",
    "QuestionType",
    "QuizBlock",
    "Repair",
    "Scale",
    "SimBlock",
    "StackSpec",
    "Template",
    "TemplateMistake",
    "Term",
    "Variable",
]


class Language(StrEnum):
    """The languages a course may be written in."""

    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True)
class Page(Deferred):
    """One `##` section: the unit that is shown, resumed and counted as read.

    `markdown` is the body without its heading line; `line` is the file line of its first line, so that line
    `k` (0-based) of the markdown is line `line + k` of the file.
    """

    id: str
    title: str
    markdown: str
    line: int
    blocks: tuple[Block, ...]

    def block_at(self, line: int) -> Block | None:
        """The live block whose fence opens on this 0-based line of `markdown`, if there is one."""
        return next((block for block in self.blocks if block.line == self.line + line), None)

    def block(self, id: str) -> Block | None:
        """The live block called `id`, if the page has it."""
        return next((block for block in self.blocks if id and block.id == id), None)


@dataclass(frozen=True, slots=True)
class Lesson(Deferred):
    """One lesson in one language. `number` counts from 1 in the course's order; `path` is the lesson file."""

    id: str
    number: int
    slug: str
    title: str
    summary: str
    minutes: int
    objectives: tuple[str, ...]
    requires: tuple[str, ...]
    concepts: tuple[str, ...]
    sources: tuple[str, ...]
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    path: Path
    language: Language
    aliases: tuple[str, ...] = ()

    def page(self, id: str) -> Page:
        """The page called `id`; a UserError when the lesson has no such page."""
        return _find(self.pages, id, "page", self.id)

    def page_number(self, id: str) -> int:
        """The position of a page, from 1; a UserError when the lesson has no such page."""
        self.page(id)
        return next(number for number, page in enumerate(self.pages, 1) if page.id == id)

    def all_questions(self) -> Iterator[Question]:
        """Every question: those on the pages in reading order, then those of the questions file."""
        for page in self.pages:
            for block in page.blocks:
                if isinstance(block, QuizBlock):
                    yield block.question
        yield from self.questions


@dataclass(frozen=True, slots=True)
class Concept:
    """What is scheduled for review; `number` never changes, since the schedule knows concepts by it."""

    id: str
    number: int
    title: str
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong idea that wrong options catch, and the page that puts it right."""

    id: str
    title: str
    repair_lesson: str
    repair_page: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A page, the claims of the source document (their numbers) it puts right, and the questions that test it."""

    lesson: str
    page: str
    claims: tuple[int, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary: what it is called, one to four lines of markdown, and the page that teaches it."""

    id: str
    title: str
    text: str
    lesson: str
    page: str
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course(Deferred):
    """All lessons in their order, in one language, with the concepts and misconceptions they share."""

    title: str
    lessons: tuple[Lesson, ...]
    concepts: tuple[Concept, ...]
    misconceptions: tuple[Misconception, ...]
    language: Language
    root: Path
    repairs: tuple[Repair, ...] = ()
    glossary: tuple[Term, ...] = ()

    def lesson(self, id: str) -> Lesson:
        """The lesson called `id`: its id, an alias, its folder name or its number as text.

        Raises UserError, with the nearest id as a suggestion, when there is none.
        """
        for lesson in self.lessons:
            if id in (lesson.id, lesson.slug, str(lesson.number), *lesson.aliases):
                return lesson
        ids = tuple(lesson.id for lesson in self.lessons)
        known = f"lessons are {', '.join(ids)}" if ids else "the course has no lesson"
        hint = did_you_mean(id, ids) or known
        raise UserError(f"no lesson {id!r}", hint=hint, title="Lesson not found")

    def question(self, id: str) -> Question:
        """The question called `id`, wherever it is asked; UserError when there is none."""
        return _find(tuple(self.questions()), id, "question")

    def questions(self) -> Iterator[Question]:
        """Every question of the course in the order of the lessons."""
        for lesson in self.lessons:
            yield from lesson.all_questions()

    def concept(self, id: str) -> Concept:
        """The concept called `id`; UserError when there is none."""
        return _find(self.concepts, id, "concept")

    def misconception(self, id: str) -> Misconception:
        """The misconception called `id`; UserError when there is none."""
        return _find(self.misconceptions, id, "misconception")

    def term(self, id: str) -> Term:
        """The glossary entry called `id`; UserError when there is none."""
        return _find(self.glossary, id, "term")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Named = TypeVar("_Named", bound=_HasId)


def _find(things: tuple[_Named, ...], id: str, noun: str, where: str = "") -> _Named:
    for thing in things:
        if thing.id == id:
            return thing
    hint = did_you_mean(id, (thing.id for thing in things))
    raise UserError(f"no {noun} {id!r}", where=where, hint=hint, title=f"{noun.capitalize()} not found")
