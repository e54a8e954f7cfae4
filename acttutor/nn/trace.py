"""One training step, operation by operation.

A trace is first planned (which operations, reading and writing which tensors), then each operation's value
is computed from the tensors it reads and nothing else, in `operations.evaluate`; `recompute` does the same
again for one operation.

Tensors, layers counted from 1: `a0` what layer 1 sees, `y` the targets, `W1`, `b1`, `p1.alpha` parameters;
`z1`, `a1`, `L` forward; `da1`, `dz1`, `dW1`, `db1`, `dp1.alpha` gradients of the loss `L`; `dR1` the
gradient of the penalty on `W1`; `W1'`, `b1'`, `p1.alpha'` the parameters after the step. `da1` is the
gradient passed down to layer 1, written by layer 2's `input_gradient`; nothing needs `da0`, so there is
none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from acttutor.errors import UserError, did_you_mean
from acttutor.nn.arrays import Array
from acttutor.nn.entry_formulas import entry_formula
from acttutor.nn.formulas import formula
from acttutor.nn.losses import Regularization
from acttutor.nn.network import Network, Parameters, inputs_of
from acttutor.nn.normalization import Norm
from acttutor.nn.operations import OperationKind, Phase, Planned, TrainingStep, evaluate

__all__ = ["Operation", "OperationKind", "Phase", "Trace", "TrainingStep", "numbers", "recompute", "trace"]

_Kind = OperationKind


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One operation: it reads the tensors named in `reads` and writes the one named `writes`.

    `index` counts from 0; `layer` counts from 1 and is None for the loss; `formula` is LaTeX;
    `value` is the whole tensor written, read-only.
    """

    index: int
    phase: Phase
    layer: int | None
    kind: OperationKind
    formula: str
    reads: tuple[str, ...]
    writes: str
    value: Array

    @property
    def planned(self) -> Planned:
        """The operation without its place, formula and value."""
        return Planned(self.phase, self.layer, self.kind, self.reads, self.writes)


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A training step taken apart; every tensor is kept, so that time can run backwards.

    `initial` holds the tensors there are before the first operation: `a0`, `y` and the parameters.
    `gradients` is keyed `W1`, `b1`, `p1.alpha` and leaves the penalty out; `parameters_after` has the same
    keys and is parameters − learning rate · (gradients + penalty gradient). `loss` leaves the penalty out.
    """

    step: TrainingStep
    initial: Mapping[str, Array]
    operations: tuple[Operation, ...]
    loss: float
    gradients: Mapping[str, Array]
    parameters_after: Mapping[str, Array]

    @property
    def network(self) -> Network:
        """The network of the step."""
        return self.step.network

    @property
    def parameters(self) -> Parameters:
        """The parameters before the step."""
        return self.step.parameters

    @property
    def x(self) -> Array:
        """The raw inputs, `(samples, network.inputs)`."""
        return self.step.x

    @property
    def y(self) -> Array:
        """The targets, `(samples, outputs)`."""
        return self.step.y

    @property
    def learning_rate(self) -> float:
        """By what the gradients are multiplied in the update."""
        return self.step.learning_rate

    @property
    def regularization(self) -> Regularization:
        """The penalty on the weights."""
        return self.step.regularization

    def tensor(self, name: str) -> Array:
        """The tensor of that name, whichever operation writes it; UserError for an unknown name."""
        if name in self.initial:
            return self.initial[name]
        for operation in self.operations:
            if operation.writes == name:
                return operation.value
        known = self.tensors_at(len(self.operations) - 1)
        raise UserError(f"this step has no tensor {name!r}", hint=did_you_mean(name, known))

    def tensors_at(self, index: int) -> dict[str, Array]:
        """All tensors there are once operation `index` is done, in their order; -1 is before the first."""
        written = {operation.writes: operation.value for operation in self.operations[: index + 1]}
        return {**self.initial, **written}


def trace(step: TrainingStep) -> Trace:
    """Take one training step apart.

    Raises UserError naming the layer where the network normalises: there is no operation for that.
    """
    for number, layer in enumerate(step.network.layers, 1):
        if layer.norm is not Norm.NONE:
            raise UserError(
                f"a trace cannot show {layer.norm} normalisation", where=f"layer {number}", hint="norm: none"
            )
    before = step.parameters.named()
    with np.errstate(all="ignore"):
        first = {"a0": inputs_of(step.network, step.x), "y": step.y, **before}
    initial = MappingProxyType({name: _read_only(value) for name, value in first.items()})
    tensors, operations = dict(initial), []
    for index, planned in enumerate(_plan(step)):
        value = _read_only(evaluate(step, planned, {name: tensors[name] for name in planned.reads}))
        tensors[planned.writes] = value
        operations.append(
            Operation(
                index,
                planned.phase,
                planned.layer,
                planned.kind,
                formula(step, planned),
                planned.reads,
                planned.writes,
                value,
            )
        )
    return Trace(
        step,
        initial,
        tuple(operations),
        float(tensors["L"]),
        MappingProxyType({name: tensors[f"d{name}"] for name in before}),
        MappingProxyType({name: tensors[f"{name}'"] for name in before}),
    )


def recompute(trace: Trace, index: int) -> Array:
    """The value of operation `index`, computed again from the tensors it reads and nothing else."""
    operation = trace.operations[index]
    return evaluate(trace.step, operation.planned, {name: trace.tensor(name) for name in operation.reads})


def numbers(trace: Trace, index: int, entry: tuple[int, ...]) -> str:
    """The formula of one entry of what operation `index` writes, with its numbers put in: LaTeX.

    `entry` is an index into the operation's value, `(sample, unit)` or `(from, to)` or `(unit,)`, `()` for a
    single number. Numbers have four significant digits; long sums are cut in the middle.
    """
    operation = trace.operations[index]
    return entry_formula(trace.step, operation.planned, trace.tensors_at(index), entry)


def _read_only(value: Array) -> Array:
    copy = np.array(value, dtype=np.float64)
    copy.setflags(write=False)
    return copy


def _plan(step: TrainingStep) -> Iterator[Planned]:
    network = step.network
    last = len(network.layers)
    learned = enumerate(step.parameters.activation, 1)
    keys = tuple(tuple(item.key(number) for item in items) for number, items in learned)
    yield from _forward_plan(network, keys)
    output = f"z{last}" if network.loss.on_logits else f"a{last}"
    yield Planned(Phase.LOSS, None, _Kind.LOSS, (output, "y"), "L")
    yield Planned(Phase.BACKWARD, last, _Kind.LOSS_GRADIENT, (output, "y"), f"d{output}")
    for number in range(last, 0, -1):
        skip = number == last and network.loss.on_logits
        yield from _backward_plan(step, number, keys[number - 1], skip)
    for number in range(1, last + 1):
        penalty = (f"dR{number}",) if step.regularization.active else ()
        w, b = f"W{number}", f"b{number}"
        yield Planned(Phase.UPDATE, number, _Kind.WEIGHT_UPDATE, (w, f"d{w}", *penalty), f"{w}'")
        yield Planned(Phase.UPDATE, number, _Kind.BIAS_UPDATE, (b, f"d{b}"), f"{b}'")
        for key in keys[number - 1]:
            yield Planned(Phase.UPDATE, number, _Kind.PARAMETER_UPDATE, (key, f"d{key}"), f"{key}'")


def _forward_plan(network: Network, keys: tuple[tuple[str, ...], ...]) -> Iterator[Planned]:
    for number, layer in enumerate(network.layers, 1):
        z, a, below = f"z{number}", f"a{number}", f"a{number - 1}"
        added = (below,) if layer.residual else ()
        yield Planned(Phase.FORWARD, number, _Kind.LINEAR, (below, f"W{number}", f"b{number}"), z)
        yield Planned(Phase.FORWARD, number, _Kind.ACTIVATION, (z, *added, *keys[number - 1]), a)


def _backward_plan(step: TrainingStep, number: int, keys: tuple[str, ...], skip: bool) -> Iterator[Planned]:
    phase, below = Phase.BACKWARD, f"a{number - 1}"
    z, da, dz, w = f"z{number}", f"da{number}", f"dz{number}", f"W{number}"
    if not skip:
        yield Planned(phase, number, _Kind.ACTIVATION_GRADIENT, (da, z, *keys), dz)
        for key in keys:
            yield Planned(phase, number, _Kind.PARAMETER_GRADIENT, (da, z, *keys), f"d{key}")
    yield Planned(phase, number, _Kind.WEIGHT_GRADIENT, (below, dz), f"d{w}")
    yield Planned(phase, number, _Kind.BIAS_GRADIENT, (dz,), f"db{number}")
    if step.regularization.active:
        yield Planned(phase, number, _Kind.PENALTY_GRADIENT, (w,), f"dR{number}")
    if number > 1:
        added = (da,) if step.network.layers[number - 1].residual else ()
        yield Planned(phase, number, _Kind.INPUT_GRADIENT, (dz, w, *added), f"d{below}")
