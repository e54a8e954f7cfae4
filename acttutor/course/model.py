"""What is taught, as plain data: a course of lessons, their pages, the live blocks on a page, and questions.

Every text in here is clean: no control, escape or bidi-override character survives the parser, so a
screen may print it. It is still *markdown* of a stranger, never Textual markup. Line numbers are 1-based
lines of the file the thing was read from.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from acttutor.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from acttutor.course.network_file import NetworkFile
    from acttutor.experiments.claims import Bound


class Language(StrEnum):
    """The languages a course may be written in."""

    EN = "en"
    ZH = "zh"


class QuestionType(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"


class Scale(StrEnum):
    """On which scale a predicted number is compared with the true one."""

    LINEAR = "linear"
    LOG10 = "log10"


Arguments = tuple[tuple[str, str | float], ...]
"""The arguments of a measure by name, in the order they were written."""


@dataclass(frozen=True, slots=True)
class CurveSpec:
    """One curve of a plot: an activation by name (or composition) with its parameters, or its derivative."""

    activation: str
    derivative: bool = False
    params: tuple[tuple[str, float], ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class PlotBlock:
    """Curves of activations and derivatives over an interval; `interactive` offers sliders and a cursor."""

    id: str
    line: int
    curves: tuple[CurveSpec, ...]
    low: float = -6.0
    high: float = 6.0
    cursor: float | None = None
    interactive: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class StackSpec:
    """One deep stack of a flow block: every layer has this activation and initialisation."""

    activation: str
    init: str = "xavier"
    gain: float = 1.0
    residual: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """The gradient norm of every layer, for one or more deep stacks side by side."""

    id: str
    line: int
    stacks: tuple[StackSpec, ...]
    depth: int = 30
    width: int = 64
    seed: int = 0
    interactive: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What is computed to see whether a claim holds, and the bound its value must keep."""

    measure: str
    args: Arguments
    bound: Bound


@dataclass(frozen=True, slots=True)
class ClaimBlock:
    """One sentence with a number, and the computation that shows it."""

    id: str
    line: int
    text: str
    check: Check


@dataclass(frozen=True, slots=True)
class PredictAnswer:
    """The number a learner predicts: what a measure computes, within an absolute `tolerance` on `scale`."""

    measure: str
    args: Arguments
    tolerance: float
    scale: Scale = Scale.LINEAR


@dataclass(frozen=True, slots=True)
class PredictOption:
    """One possible prediction, where the learner picks instead of typing a number."""

    id: str
    text: str
    correct: bool = False


@dataclass(frozen=True, slots=True)
class PredictBlock:
    """Asks before it shows; never graded. Exactly one of `answer` and `options` is given."""

    id: str
    line: int
    prompt: str
    answer: PredictAnswer | None
    options: tuple[PredictOption, ...]
    reveal: str
    figure: PlotBlock | FlowBlock | None = None


@dataclass(frozen=True, slots=True)
class SimBlock:
    """A network to step through, here and in the full simulator."""

    id: str
    line: int
    network: NetworkFile
    caption: str = ""


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula, as LaTeX; its id is empty since nothing is recorded about it."""

    id: str
    line: int
    latex: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question, why it is right or wrong, and the misconception a wrong one catches."""

    id: str
    text: str
    why: str
    correct: bool = False
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A number that comes out when one particular thing goes wrong."""

    value: float
    tolerance: float
    why: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class NumericAnswer:
    """The right number, within an absolute tolerance, why it is right, and the wrong numbers foreseen."""

    value: float
    tolerance: float
    why: str
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `options` for choice and multiple, `numeric` for a number."""

    id: str
    revision: int
    type: QuestionType
    concept: str
    scenario: bool
    prompt: str
    options: tuple[Option, ...]
    numeric: NumericAnswer | None
    hints: tuple[str, ...]
    evidence: str | None
    line: int

    def option(self, id: str) -> Option:
        """The option called `id`; a UserError when the question has no such option."""
        return _find(self.options, id, "option", self.id)


@dataclass(frozen=True, slots=True)
class QuizBlock:
    """A question asked in the middle of a page."""

    id: str
    line: int
    question: Question


Block = PlotBlock | FlowBlock | ClaimBlock | PredictBlock | SimBlock | QuizBlock | MathBlock


@dataclass(frozen=True, slots=True)
class Page:
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
class Lesson:
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
        return self.pages.index(self.page(id)) + 1

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
    """A page and the claims of the source document (numbers of the audit) which it puts right."""

    lesson: str
    page: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All lessons in their order, in one language, with the concepts and misconceptions they share."""

    title: str
    lessons: tuple[Lesson, ...]
    concepts: tuple[Concept, ...]
    misconceptions: tuple[Misconception, ...]
    language: Language
    root: Path
    repairs: tuple[Repair, ...] = ()

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
