"""From a block of a lesson to the figure it shows: one place for screen, plain text and checker."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from acttutor.course.model import FlowBlock, PlotBlock, StackSpec
from acttutor.nn.activations import apply
from acttutor.nn.depth import DepthProfile, measure
from acttutor.plots.curves import Curve, curves
from acttutor.plots.figure import Figure


@dataclass(frozen=True, slots=True)
class Knob:
    """A parameter that a reader may change: of which activation, called what, over which range."""

    activation: str
    name: str
    low: float
    high: float
    value: float


def knobs(block: PlotBlock) -> tuple[Knob, ...]:
    """The parameters of a plot's activations, each once, at the values the author gave or their defaults."""
    found: dict[tuple[str, str], Knob] = {}
    for curve in block.curves:
        applied = apply(curve.activation, dict(curve.params))
        values = dict(applied.params)
        for parameter in applied.activation.parameters:
            key = (curve.activation, parameter.name)
            low, high = parameter.slider
            found.setdefault(key, Knob(*key, low, high, values[parameter.name]))
    return tuple(found.values())


def plot_figure(
    block: PlotBlock,
    *,
    columns: int = 72,
    cursor: float | None = None,
    turned: Mapping[tuple[str, str], float] | None = None,
) -> Figure:
    """The curves of a plot block; `turned` replaces parameter values by (activation, parameter name).

    Raises UserError for an activation or parameter that does not exist.
    """
    changes = turned or {}
    specs = []
    for curve in block.curves:
        own = {name: value for (activation, name), value in changes.items() if activation == curve.activation}
        applied = apply(curve.activation, {**dict(curve.params), **own})
        specs.append(Curve(applied, curve.derivative, curve.label or None))
    at = cursor if cursor is not None else block.cursor
    return curves(specs, block.low, block.high, columns, cursor=at)


def flow_profiles(block: FlowBlock) -> tuple[tuple[str, DepthProfile], ...]:
    """What the depth measurement gives for each stack of a flow block, with its label."""
    return tuple((stack_label(stack), _profile(block, stack)) for stack in block.stacks)


def stack_label(stack: StackSpec) -> str:
    """The author's label, or what the stack is made of."""
    gain = "" if stack.gain == 1 else f" ×{stack.gain:g}"
    return stack.label or f"{stack.activation} + {stack.init}{gain}"


def deeper(block: FlowBlock, depth: int) -> FlowBlock:
    """The same stacks with another number of layers."""
    return replace(block, depth=depth)


def _profile(block: FlowBlock, stack: StackSpec) -> DepthProfile:
    return measure(
        apply(stack.activation),
        depth=block.depth,
        width=block.width,
        init=stack.init,
        gain=stack.gain,
        residual=stack.residual,
        seed=block.seed,
    )
