"""The exact keys of everything an author writes: course file, front matter, live blocks, questions.

These Structs are the only place that knows them: the checker converts to them, its messages name their
keys, and the author's guide (`guide.py`) is printed from them.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from acttutor.course.model import QuestionType, Scale

T = TypeVar("T")

ID_PATTERN: Final = r"^[a-z0-9-]+\Z"
SLUG_PATTERN: Final = r"^[0-9]{2}-[a-z0-9-]+\Z"
PAGE_PATTERN: Final = r"^[a-z0-9-]+#[a-z0-9-]+\Z"

Id = Annotated[str, Meta(pattern=ID_PATTERN, max_length=64)]
PageRef = Annotated[str, Meta(pattern=PAGE_PATTERN, max_length=129)]
Text = Annotated[str, Meta(min_length=1)]
Positive = Annotated[float, Meta(gt=0)]
NotNegative = Annotated[float, Meta(ge=0)]


class Keys(Struct, frozen=True, kw_only=True):
    """What every mapping below is: immutable, unknown keys are errors."""


class Titles(Keys, frozen=True, kw_only=True):
    """A title in both languages."""

    en: Annotated[Text, Meta(description="in English")]
    zh: Annotated[Text, Meta(description="in Chinese")]


class ConceptKeys(Keys, frozen=True, kw_only=True):
    """One concept: what reviews are scheduled for."""

    id: Annotated[Id, Meta(description="never changes")]
    number: Annotated[int, Meta(ge=1, description="never changes, never used again")]
    title: Titles
    requires: Annotated[tuple[Id, ...], Meta(description="concepts to know before this one")] = ()


class MisconceptionKeys(Keys, frozen=True, kw_only=True):
    """One wrong idea which wrong options catch."""

    id: Id
    title: Titles
    repair: Annotated[PageRef, Meta(description="lesson-id#page-id of the page that puts it right")]


class RepairKeys(Keys, frozen=True, kw_only=True):
    """Which claims of the source document a page puts right."""

    page: Annotated[PageRef, Meta(description="lesson-id#page-id")]
    claims: tuple[Annotated[int, Meta(ge=1)], ...]


class CourseKeys(Keys, frozen=True, kw_only=True):
    """`course.yaml`, the course as a whole."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    title: Titles
    lessons: Annotated[
        tuple[Annotated[str, Meta(pattern=SLUG_PATTERN)], ...],
        Meta(min_length=1, description="folder names, in order"),
    ]
    concepts: tuple[ConceptKeys, ...] = ()
    misconceptions: tuple[MisconceptionKeys, ...] = ()
    repairs: tuple[RepairKeys, ...] = ()


class LessonKeys(Keys, frozen=True, kw_only=True):
    """The front matter of `lesson.<language>.md`."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    id: Annotated[Id, Meta(description="never changes")]
    aliases: Annotated[tuple[Id, ...], Meta(description="ids the lesson had before")] = ()
    title: Text
    summary: Text
    minutes: Annotated[int, Meta(ge=1, le=600, description="time to work through it")]
    objectives: tuple[Text, ...] = ()
    requires: Annotated[tuple[Id, ...], Meta(description="lessons to have read before")] = ()
    concepts: Annotated[tuple[Id, ...], Meta(description="concepts it teaches")] = ()
    sources: Annotated[tuple[Text, ...], Meta(description="papers and books")] = ()


class QuestionsKeys(Keys, frozen=True, kw_only=True):
    """The front matter of `questions.<language>.md`."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    lesson: Annotated[Id, Meta(description="id of the lesson they belong to")]


class CurveKeys(Keys, frozen=True, kw_only=True):
    """One curve of a plot."""

    activation: Annotated[Text, Meta(description="a name, or a composition as sigmoid(relu)")]
    derivative: Annotated[bool, Meta(description="draw the slope instead of the value")] = False
    params: Annotated[dict[str, float], Meta(description="parameters by name")] = {}
    label: Annotated[str, Meta(description="what stands at the curve's end")] = ""


class PlotBody(Keys, frozen=True, kw_only=True):
    """Curves of activations and derivatives."""

    curves: Annotated[tuple[CurveKeys, ...], Meta(min_length=1, max_length=6)]
    low: Annotated[float, Meta(description="left end of the x axis")] = msgspec.field(
        name="from", default=-6.0
    )
    high: Annotated[float, Meta(description="right end of the x axis")] = msgspec.field(
        name="to", default=6.0
    )
    cursor: Annotated[float | UnsetType, Meta(description="x at which numbers are shown")] = UNSET
    interactive: Annotated[bool, Meta(description="sliders for parameters, a cursor to move")] = False
    caption: str = ""


class PlotKeys(PlotBody, frozen=True, kw_only=True):
    """Curves of activations and derivatives."""

    id: Id


class StackKeys(Keys, frozen=True, kw_only=True):
    """One deep stack."""

    activation: Text
    init: Annotated[str, Meta(description="xavier, he, lecun, normal:STD or uniform:R")] = "xavier"
    gain: Annotated[Positive, Meta(description="multiplies the initial weights")] = 1.0
    residual: Annotated[bool, Meta(description="a skip connection over every layer")] = False
    label: str = ""


class FlowBody(Keys, frozen=True, kw_only=True):
    """The gradient norm of every layer of deep stacks."""

    stacks: Annotated[tuple[StackKeys, ...], Meta(min_length=1, max_length=4)]
    depth: Annotated[int, Meta(ge=1, le=1000, description="layers")] = 30
    width: Annotated[int, Meta(ge=1, le=512, description="units in a layer")] = 64
    seed: Annotated[int, Meta(ge=0)] = 0
    interactive: Annotated[bool, Meta(description="depth, activation and initialisation can be changed")] = (
        False
    )
    caption: str = ""


class FlowKeys(FlowBody, frozen=True, kw_only=True):
    """The gradient norm of every layer of deep stacks."""

    id: Id


class CheckKeys(Keys, frozen=True, kw_only=True):
    """What is computed for a claim, and exactly one bound for it."""

    measure: Annotated[Text, Meta(description="a name from `acttutor claims --measures`")]
    args: Annotated[dict[str, float | str], Meta(description="its arguments by name")] = {}
    equals: Annotated[float | UnsetType, Meta(description="the value, within `tolerance`")] = UNSET
    tolerance: Annotated[NotNegative | UnsetType, Meta(description="absolute, with `equals`")] = UNSET
    below: Annotated[float | UnsetType, Meta(description="the value is less")] = UNSET
    above: Annotated[float | UnsetType, Meta(description="the value is more")] = UNSET
    between: Annotated[tuple[float, float] | UnsetType, Meta(description="least and greatest value")] = UNSET

    def __post_init__(self) -> None:
        """Exactly one bound, and a tolerance with `equals` and only there."""
        bounds = (self.equals, self.below, self.above, self.between)
        given = sum(bound is not UNSET for bound in bounds)
        if given != 1:
            raise ValueError(f"exactly one of equals, below, above and between is needed, not {given}")
        if (self.equals is UNSET) != (self.tolerance is UNSET):
            raise ValueError("equals needs a tolerance, and a tolerance needs equals")
        if isinstance(self.between, tuple) and self.between[0] > self.between[1]:
            raise ValueError("between lists the lower bound first")


class ClaimKeys(Keys, frozen=True, kw_only=True):
    """One sentence with a number, computed live."""

    id: Id
    text: Text
    check: CheckKeys


class PredictAnswerKeys(Keys, frozen=True, kw_only=True):
    """The number to predict."""

    measure: Annotated[Text, Meta(description="a name from `acttutor claims --measures`")]
    args: Annotated[dict[str, float | str], Meta(description="its arguments by name")] = {}
    tolerance: Annotated[NotNegative, Meta(description="absolute, on `scale`")]
    scale: Annotated[Scale, Meta(description="where guess and number are compared")] = Scale.LINEAR


class PredictOptionKeys(Keys, frozen=True, kw_only=True):
    """One possible prediction."""

    id: Id
    text: Text
    correct: Annotated[bool, Meta(description="true for exactly one option")] = False


class PredictKeys(Keys, frozen=True, kw_only=True):
    """Asks before it shows; never graded."""

    id: Id
    prompt: Text
    answer: Annotated[PredictAnswerKeys | UnsetType, Meta(description="a number, or else `options`")] = UNSET
    options: Annotated[tuple[PredictOptionKeys, ...], Meta(description="2 to 6, or else `answer`")] = ()
    reveal: Annotated[Text, Meta(description="markdown, shown once the prediction is locked in")]
    plot: Annotated[PlotBody | UnsetType, Meta(description="a plot shown with it, without an id")] = UNSET
    flow: Annotated[FlowBody | UnsetType, Meta(description="a flow shown with it, without an id")] = UNSET

    def __post_init__(self) -> None:
        """Either a number or options, and at most one figure."""
        if (self.answer is UNSET) == (not self.options):
            raise ValueError("give either answer (a number) or options")
        if self.options and not 2 <= len(self.options) <= 6:
            raise ValueError(f"give 2 to 6 options, not {len(self.options)}")
        if self.plot is not UNSET and self.flow is not UNSET:
            raise ValueError("give plot or flow, not both")


class SimKeys(Keys, frozen=True, kw_only=True):
    """A network to step through."""

    id: Id
    network: Annotated[Any, Meta(description="what a network file holds")]
    caption: str = ""


class OptionKeys(Keys, frozen=True, kw_only=True):
    """One answer to a question."""

    id: Id
    correct: bool = False
    text: Text
    why: Annotated[Text, Meta(description="why it is right or wrong")]
    misconception: Annotated[Id | UnsetType, Meta(description="the wrong idea it catches")] = UNSET


class MistakeKeys(Keys, frozen=True, kw_only=True):
    """A foreseen wrong number: `value`, or `measure` with `args`."""

    value: float | UnsetType = UNSET
    measure: Text | UnsetType = UNSET
    args: dict[str, float | str] = {}
    tolerance: Annotated[NotNegative, Meta(description="absolute")]
    why: Annotated[Text, Meta(description="what went wrong")]
    misconception: Annotated[Id, Meta(description="the wrong idea it shows")]

    def __post_init__(self) -> None:
        """The number comes from one place."""
        _one_origin(self.value, self.measure, self.args)


class NumberKeys(Keys, frozen=True, kw_only=True):
    """The right number: `value`, or `measure` with `args`."""

    value: float | UnsetType = UNSET
    measure: Annotated[Text | UnsetType, Meta(description="a name from `acttutor claims --measures`")] = UNSET
    args: Annotated[dict[str, float | str], Meta(description="its arguments by name")] = {}
    tolerance: Annotated[NotNegative, Meta(description="absolute")]
    why: Annotated[Text, Meta(description="why this is the number")]
    mistakes: tuple[MistakeKeys, ...] = ()

    def __post_init__(self) -> None:
        """The number comes from one place."""
        _one_origin(self.value, self.measure, self.args)


class QuizKeys(Keys, frozen=True, kw_only=True):
    """A graded question."""

    id: Annotated[Id, Meta(description="stable, unique in the course")]
    revision: Annotated[int, Meta(ge=1, description="raised when the question changes in substance")] = 1
    type: Annotated[QuestionType, Meta(description="how it is answered")]
    concept: Annotated[Id, Meta(description="the concept it asks about")]
    scenario: Annotated[bool, Meta(description="asks to apply, in a situation")] = False
    prompt: Text
    options: Annotated[tuple[OptionKeys, ...], Meta(description="2 to 8, for choice and multiple")] = ()
    answer: Annotated[NumberKeys | UnsetType, Meta(description="for numeric")] = UNSET
    hints: tuple[Text, ...] = ()
    evidence: Annotated[Id | UnsetType, Meta(description="a graded experiment that settles it")] = UNSET

    def __post_init__(self) -> None:
        """Options for choice and multiple, a number for numeric."""
        if self.type is QuestionType.NUMERIC:
            if self.answer is UNSET or self.options:
                raise ValueError("a numeric question has an answer and no options")
        elif self.answer is not UNSET or not 2 <= len(self.options) <= 8:
            raise ValueError(f"a {self.type} question has 2 to 8 options and no answer")


@dataclass(frozen=True, slots=True)
class BlockKind:
    """A live block: the word after the fence, and the keys of its body."""

    name: str
    keys: type[Keys]


MATH: Final = "math"
"""The one fence whose body is LaTeX, not YAML."""
BLOCK_KINDS: Final = (
    BlockKind("plot", PlotKeys),
    BlockKind("flow", FlowKeys),
    BlockKind("claim", ClaimKeys),
    BlockKind("predict", PredictKeys),
    BlockKind("sim", SimKeys),
    BlockKind("quiz", QuizKeys),
)
BLOCK_NAMES: Final = (*(kind.name for kind in BLOCK_KINDS), MATH)


def kind_of(name: str) -> BlockKind | None:
    """The kind of block a fence's word names; None for code and formulas."""
    return next((kind for kind in BLOCK_KINDS if kind.name == name), None)


def given(value: T | UnsetType) -> T | None:
    """The value, or None where its key was left out."""
    return None if isinstance(value, UnsetType) else value


def _one_origin(value: object, measure: object, args: dict[str, float | str]) -> None:
    if (value is UNSET) == (measure is UNSET):
        raise ValueError("give either value or measure")
    if measure is UNSET and args:
        raise ValueError("args belong to a measure")
