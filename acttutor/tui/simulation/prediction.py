"""Judging a predicted number: right, or which factor was left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from acttutor.i18n import Translator
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss, Penalty, sigmoid, softmax
from acttutor.nn.trace import Operation, OperationKind, Phase, Trace
from acttutor.tui.simulation.numbers import same_number
from acttutor.tui.stepper import Entry


class Slip(StrEnum):
    """What went wrong in a predicted number."""

    SLOPE = "slope"
    UPSTREAM = "upstream"
    WEIGHT = "weight"
    INPUT = "input"
    BIAS = "bias"
    ACTIVATION = "activation"
    SLOPE_FOR_VALUE = "slope_for_value"
    VALUE_FOR_SLOPE = "value_for_slope"
    MEAN = "mean"
    MEAN_TWICE = "mean_twice"
    SUM = "sum"
    PATHS = "paths"
    HALF = "half"
    TARGET = "target"
    SHORTCUT = "shortcut"
    TURNED = "turned"
    RATE = "rate"
    PENALTY = "penalty"
    OLD_VALUE = "old_value"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Right or not; when not, the slip that explains the number, or at least whether it is within a tenth."""

    right: bool
    slip: Slip | None = None
    near: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """The number that comes out with one slip."""

    value: float
    slip: Slip


def judge(trace: Trace, operation: Operation, entry: Entry, typed: float) -> Verdict:
    """Hold a typed number against what the operation writes at `entry`, to 1 %."""
    value = float(operation.value[entry])
    if same_number(typed, value):
        return Verdict(True)
    for candidate in candidates(trace, operation, entry):
        if same_number(typed, candidate.value):
            return Verdict(False, candidate.slip)
    return Verdict(False, near=abs(typed - value) <= 0.1 * abs(value))


def candidates(trace: Trace, operation: Operation, entry: Entry) -> tuple[Candidate, ...]:
    """The wrong numbers foreseen for an entry, the likeliest first; none of them passes for the right one."""
    value = float(operation.value[entry])
    with np.errstate(all="ignore"):
        found = [*_candidates(trace, operation, entry, value), Candidate(-value, Slip.SIGN)]
    return tuple(candidate for candidate in found if not same_number(candidate.value, value))


def _candidates(trace: Trace, operation: Operation, entry: Entry, value: float) -> Iterator[Candidate]:
    reads = [trace.tensor(name) for name in operation.reads]
    match operation.kind:
        case OperationKind.LINEAR:
            yield from _linear(reads, entry)
        case OperationKind.ACTIVATION:
            yield from _activation(trace, operation, reads, entry)
        case OperationKind.LOSS:
            yield from _loss(trace, value)
        case OperationKind.LOSS_GRADIENT:
            yield from _loss_gradient(trace, reads, entry, value)
        case OperationKind.ACTIVATION_GRADIENT:
            yield from _activation_gradient(trace, operation, reads, entry)
        case OperationKind.WEIGHT_GRADIENT:
            yield from _weight_gradient(reads, entry, value)
        case OperationKind.BIAS_GRADIENT:
            yield from _over_samples(reads[0][:, entry[0]], value)
        case OperationKind.PARAMETER_GRADIENT:
            yield from _scaled(value, len(reads[0]))
        case OperationKind.INPUT_GRADIENT:
            yield from _input_gradient(reads, entry, value)
        case OperationKind.PENALTY_GRADIENT:
            weight = float(reads[0][entry])
            l1 = trace.regularization.kind is Penalty.L1
            yield Candidate(float(np.sign(weight)) if l1 else weight, Slip.RATE)
        case _:
            yield from _update(trace, reads, entry)


def _linear(reads: list[Array], entry: Entry) -> Iterator[Candidate]:
    below, weights, bias = reads[0][entry[0]], reads[1][:, entry[1]], float(reads[2][entry[1]])
    yield Candidate(float(below @ weights), Slip.BIAS)
    yield Candidate(float(below.sum()) + bias, Slip.WEIGHT)
    yield Candidate(float(weights.sum()) + bias, Slip.INPUT)
    for term in below * weights if len(below) > 1 else ():
        yield Candidate(float(term) + bias, Slip.PATHS)


def _activation(trace: Trace, operation: Operation, reads: list[Array], entry: Entry) -> Iterator[Candidate]:
    assert operation.layer is not None
    layer = trace.network.layers[operation.layer - 1]
    learned = trace.parameters.activation[operation.layer - 1]
    z = reads[0]
    yield Candidate(float(z[entry]), Slip.ACTIVATION)
    if layer.residual:
        yield Candidate(float(layer.activate(z, learned)[entry]), Slip.SHORTCUT)
        yield Candidate(float(z[entry] + reads[1][entry]), Slip.ACTIVATION)
    if not layer.vector:
        yield Candidate(float(layer.slopes(z, learned)[entry]), Slip.SLOPE_FOR_VALUE)


def _loss(trace: Trace, value: float) -> Iterator[Candidate]:
    samples = len(trace.y)
    yield Candidate(value * samples, Slip.MEAN)
    if trace.network.loss is Loss.MSE:
        yield Candidate(value * 2, Slip.HALF)
        yield Candidate(value * 2 * samples, Slip.HALF)


def _loss_gradient(trace: Trace, reads: list[Array], entry: Entry, value: float) -> Iterator[Candidate]:
    output, target, loss = reads[0], float(reads[1][entry]), trace.network.loss
    samples = len(trace.y)
    prediction = {Loss.MSE: lambda z: z, Loss.BCE: sigmoid, Loss.CROSS_ENTROPY: softmax}[loss](output)
    yield Candidate(value * samples, Slip.MEAN)
    yield Candidate(float(prediction[entry]) / samples, Slip.TARGET)
    yield Candidate((float(output[entry]) - target) / samples, Slip.ACTIVATION)


def _activation_gradient(
    trace: Trace, operation: Operation, reads: list[Array], entry: Entry
) -> Iterator[Candidate]:
    assert operation.layer is not None
    layer = trace.network.layers[operation.layer - 1]
    learned = trace.parameters.activation[operation.layer - 1]
    above, z = float(reads[0][entry]), reads[1]
    yield Candidate(above, Slip.SLOPE)
    if not layer.vector:
        yield Candidate(float(layer.slopes(z, learned)[entry]), Slip.UPSTREAM)
        yield Candidate(above * float(layer.activate(z, learned)[entry]), Slip.VALUE_FOR_SLOPE)


def _weight_gradient(reads: list[Array], entry: Entry, value: float) -> Iterator[Candidate]:
    below, delta = reads[0][:, entry[0]], reads[1][:, entry[1]]
    yield Candidate(float(below.sum()), Slip.UPSTREAM)
    yield Candidate(float(delta.sum()), Slip.INPUT)
    yield from _over_samples(below * delta, value)


def _over_samples(terms: Array, value: float) -> Iterator[Candidate]:
    if len(terms) > 1:
        for term in terms:
            yield Candidate(float(term), Slip.SUM)
    yield from _scaled(value, len(terms))


def _scaled(value: float, samples: int) -> Iterator[Candidate]:
    yield Candidate(value / samples, Slip.MEAN_TWICE)
    yield Candidate(value * samples, Slip.MEAN)


def _input_gradient(reads: list[Array], entry: Entry, value: float) -> Iterator[Candidate]:
    delta, weights = reads[0][entry[0]], reads[1][entry[1]]
    yield Candidate(float(delta.sum()), Slip.WEIGHT)
    yield Candidate(float(weights.sum()), Slip.UPSTREAM)
    if len(reads) > 2:
        yield Candidate(value - float(reads[2][entry]), Slip.SHORTCUT)
    if reads[1].shape[0] == reads[1].shape[1] and len(delta) > 1:
        yield Candidate(float(delta @ reads[1][:, entry[1]]), Slip.TURNED)
    for term in delta * weights if len(delta) > 1 else ():
        yield Candidate(float(term), Slip.PATHS)


def _update(trace: Trace, reads: list[Array], entry: Entry) -> Iterator[Candidate]:
    before, slopes = float(reads[0][entry]), [float(slope[entry]) for slope in reads[1:]]
    rate, slope = trace.learning_rate, sum(slopes)
    if len(slopes) > 1:
        yield Candidate(before - rate * slopes[0], Slip.PENALTY)
    yield Candidate(before - slope, Slip.RATE)
    yield Candidate(before + rate * slope, Slip.SIGN)
    yield Candidate(-rate * slope, Slip.OLD_VALUE)
    yield Candidate(rate * slope, Slip.OLD_VALUE)


def explain(slip: Slip, operation: Operation, tr: Translator) -> str:
    """The slip in one sentence."""
    _ = tr.gettext
    if slip is Slip.SIGN and operation.phase is Phase.UPDATE:
        return _("That is a step up the gradient: the update subtracts it.")
    return {
        Slip.SLOPE: _("You forgot the slope f′(z): the gradient from above is multiplied by it."),
        Slip.UPSTREAM: _("You forgot the gradient that comes from above."),
        Slip.WEIGHT: _("You forgot the weight."),
        Slip.INPUT: _("You forgot what comes in from below."),
        Slip.BIAS: _("You forgot the bias."),
        Slip.ACTIVATION: _("You forgot the activation: that is z itself."),
        Slip.SLOPE_FOR_VALUE: _("That is the slope f′(z); asked is the value f(z)."),
        Slip.VALUE_FOR_SLOPE: _("You multiplied by the value f(z); it is the slope f′(z) that counts."),
        Slip.MEAN: _("You forgot the mean over the samples."),
        Slip.MEAN_TWICE: _(
            "You divided by the number of samples once more: the mean is already in the gradient."
        ),
        Slip.SUM: _("That is one sample alone: add up all of them."),
        Slip.PATHS: _("That is one connection alone: add up all of them."),
        Slip.HALF: _("You forgot the half in front of the squared error."),
        Slip.TARGET: _("You forgot to subtract the target."),
        Slip.SHORTCUT: _("You forgot the shortcut past the activation."),
        Slip.TURNED: _(
            "You took the weights the other way round: backward, a unit looks at where it sends to."
        ),
        Slip.RATE: _("You forgot the rate it is multiplied by."),
        Slip.PENALTY: _("You forgot the penalty's part of the gradient."),
        Slip.OLD_VALUE: _("That is the change alone: it is added to the old value."),
        Slip.SIGN: _("The size is right, the sign is not."),
    }[slip]
