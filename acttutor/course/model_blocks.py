"""The live blocks of a page as plain data; each keeps the line of its fence, by which a screen finds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from acttutor.course.model_questions import Arguments, Question

if TYPE_CHECKING:
    from acttutor.course.network_file import NetworkFile
    from acttutor.experiments.claims import Bound


class Scale(StrEnum):
    """On which scale a predicted number is compared with the true one."""

    LINEAR = "linear"
    LOG10 = "log10"


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
class ExperimentBlock:
    """A named experiment to run here: `arms` are those shown (empty: all), `seeds` how many runs of each."""

    id: str
    line: int
    experiment: str
    arms: tuple[str, ...] = ()
    seeds: int = 5
    caption: str = ""


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """Markdown for the leader of a workshop, never for a learner; its id is empty."""

    id: str
    line: int
    markdown: str


@dataclass(frozen=True, slots=True)
class QuizBlock:
    """A question asked in the middle of a page."""

    id: str
    line: int
    question: Question


Block = (
    PlotBlock
    | FlowBlock
    | ClaimBlock
    | PredictBlock
    | SimBlock
    | QuizBlock
    | MathBlock
    | ExperimentBlock
    | NoteBlock
)
