"""The exact keys of every live block of a page.

These Structs, with those of `course_keys` and `question_keys`, are the only place that knows them: the checker
converts to them, its messages name their keys, and the author's guide (`guide.py`) is printed from them.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from acttutor.course.keys import Args, Id, Keys, NotNegative, Positive, Text
from acttutor.course.model_blocks import Scale
from acttutor.course.question_keys import QuizKeys


class CurveKeys(Keys, frozen=True, kw_only=True):
    """One curve of a plot."""

    activation: Annotated[Text, Meta(description="a name, or a composition as sigmoid(relu)")]
    derivative: Annotated[bool, Meta(description="draw the slope instead of the value")] = False
    params: Annotated[dict[str, float], Meta(description="parameters by name")] = msgspec.field(
        default_factory=dict
    )
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
    args: Annotated[Args, Meta(description="its arguments by name")] = msgspec.field(default_factory=dict)
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
    args: Annotated[Args, Meta(description="its arguments by name")] = msgspec.field(default_factory=dict)
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
    network: Annotated[Any, Meta(description="what a network file holds, see below")]
    caption: str = ""


class ExperimentKeys(Keys, frozen=True, kw_only=True):
    """A named experiment to run."""

    id: Id
    experiment: Annotated[Id, Meta(description="an id from `acttutor experiment list`")]
    arms: Annotated[tuple[Id, ...], Meta(description="only these arms; else all")] = ()
    seeds: Annotated[int, Meta(ge=1, le=20, description="runs of each arm")] = 5
    caption: str = ""


@dataclass(frozen=True, slots=True)
class BlockKind:
    """A live block: the word after the fence, and the keys of its body."""

    name: str
    keys: type[Keys]


MATH: Final = "math"
"""The fence whose body is LaTeX."""
NOTE: Final = "note"
"""The fence whose body is markdown, for the leader of a workshop."""
BLOCK_KINDS: Final = (
    BlockKind("plot", PlotKeys),
    BlockKind("flow", FlowKeys),
    BlockKind("claim", ClaimKeys),
    BlockKind("predict", PredictKeys),
    BlockKind("sim", SimKeys),
    BlockKind("experiment", ExperimentKeys),
    BlockKind("quiz", QuizKeys),
)
BLOCK_NAMES: Final = (*(kind.name for kind in BLOCK_KINDS), MATH, NOTE)


def kind_of(name: str) -> BlockKind | None:
    """The kind of block a fence's word names; None for code, formulas and notes."""
    return next((kind for kind in BLOCK_KINDS if kind.name == name), None)
