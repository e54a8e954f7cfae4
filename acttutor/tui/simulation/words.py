"""What an operation is called, and one plain sentence on what it means for the entry under the cursor."""

from collections.abc import Iterator

from acttutor.course.formula import linear
from acttutor.i18n import Translator
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network
from acttutor.nn.trace import Operation, OperationKind, Phase, Trace
from acttutor.tui.simulation.cells import wrapped
from acttutor.tui.simulation.numbers import array_text, shape_text, short
from acttutor.tui.simulation.units import Slope, slope_at, slope_value
from acttutor.tui.stepper import PER_SAMPLE, Entry


def phase_name(phase: Phase, tr: Translator) -> str:
    """A phase in the learner's language."""
    _ = tr.gettext
    return {
        Phase.FORWARD: _("forward"),
        Phase.LOSS: _("loss"),
        Phase.BACKWARD: _("backward"),
        Phase.UPDATE: _("update"),
    }[phase]


def kind_name(kind: OperationKind, tr: Translator) -> str:
    """What an operation computes, in a few words."""
    _ = tr.gettext
    return {
        OperationKind.LINEAR: _("weighted sum"),
        OperationKind.ACTIVATION: _("activation"),
        OperationKind.LOSS: _("loss"),
        OperationKind.LOSS_GRADIENT: _("gradient of the loss"),
        OperationKind.ACTIVATION_GRADIENT: _("gradient through the activation"),
        OperationKind.WEIGHT_GRADIENT: _("gradient of the weights"),
        OperationKind.BIAS_GRADIENT: _("gradient of the biases"),
        OperationKind.PARAMETER_GRADIENT: _("gradient of an activation parameter"),
        OperationKind.PENALTY_GRADIENT: _("gradient of the penalty"),
        OperationKind.INPUT_GRADIENT: _("gradient passed down"),
        OperationKind.WEIGHT_UPDATE: _("new weights"),
        OperationKind.BIAS_UPDATE: _("new biases"),
        OperationKind.PARAMETER_UPDATE: _("new activation parameter"),
    }[kind]


def activation_names(layer: Layer) -> str:
    """`relu`, or `relu, mish` where units differ."""
    return ", ".join(dict.fromkeys(applied.name for applied in layer.activations))


def heading(network: Network, operation: Operation, tr: Translator) -> str:
    """`gradient through the activation, layer 2 (sigmoid)`."""
    name = kind_name(operation.kind, tr)
    if operation.layer is None:
        return f"{name} ({network.loss})"
    _ = tr.gettext
    layer = network.layers[operation.layer - 1]
    place = _("{operation}, layer {n}").format(operation=name, n=operation.layer)
    about = (OperationKind.ACTIVATION, OperationKind.ACTIVATION_GRADIENT)
    return f"{place} ({activation_names(layer)})" if operation.kind in about else place


def place_text(trace: Trace, operation: Operation, entry: Entry, tr: Translator) -> str:
    """Which entry is looked at, where there is more than one: `unit 2 of 3 · sample 1 of 4`."""
    _ = tr.gettext
    shape, parts = operation.value.shape, []
    if operation.kind in PER_SAMPLE:
        if shape[1] > 1:
            parts.append(_("unit {n} of {total}").format(n=entry[1] + 1, total=shape[1]))
        if shape[0] > 1:
            parts.append(_("sample {n} of {total}").format(n=entry[0] + 1, total=shape[0]))
    elif len(shape) == 2 and operation.value.size > 1:
        parts.append(_("from {source} to {unit}").format(source=entry[0] + 1, unit=entry[1] + 1))
    elif len(shape) == 1 and shape[0] > 1:
        parts.append(_("unit {n} of {total}").format(n=entry[0] + 1, total=shape[0]))
    return " · ".join(parts)


def sentence(trace: Trace, operation: Operation, entry: Entry, tr: Translator) -> str:
    """What this step means for the entry, in one plain sentence or two short ones."""
    kind = operation.kind
    if kind is OperationKind.ACTIVATION:
        return _activation(trace, operation, entry, tr)
    if kind is OperationKind.ACTIVATION_GRADIENT:
        return _activation_gradient(trace, operation, entry, tr)
    if kind is OperationKind.LOSS_GRADIENT:
        return _loss_gradient(trace, operation, entry, tr)
    if kind is OperationKind.WEIGHT_GRADIENT:
        return _weight_gradient(trace, operation, entry, tr)
    if operation.phase is Phase.UPDATE:
        return _update(trace, operation, entry, tr)
    _ = tr.gettext
    layer = operation.layer or 0
    return {
        OperationKind.LINEAR: _(
            "Each value from below times its weight, added up, plus the bias. Without an activation, "
            "layers of this would collapse into one."
        ),
        OperationKind.LOSS: _(
            "How wrong the network is, in one number. Everything from here on asks: what changes it?"
        ),
        OperationKind.BIAS_GRADIENT: _(
            "The bias is added as it is, so its gradient is that of z, summed over the samples."
        ),
        OperationKind.PARAMETER_GRADIENT: _(
            "The activation's own parameter is trained too: how the loss answers to it."
        ),
        OperationKind.PENALTY_GRADIENT: _(
            "The penalty pulls every weight towards 0; it is added in the update."
        ),
        OperationKind.INPUT_GRADIENT: _(
            "Passed down to layer {below}: each gradient times the weight it comes back through, added up."
        ).format(below=layer - 1),
    }[kind]


def _activation(trace: Trace, operation: Operation, entry: Entry, tr: Translator) -> str:
    _ = tr.gettext
    assert operation.layer is not None
    layer = trace.network.layers[operation.layer - 1]
    if layer.vector and layer.activations[0].name == "log_softmax":
        return _("The units share one sum: each becomes the logarithm of its share.")
    if layer.vector:
        return _("The units share one sum: each becomes a share, and the shares add up to 1.")
    slope = slope_at(trace, operation.layer, entry)
    if operation.layer == len(trace.network.layers) and trace.network.loss.on_logits:
        return _("The network's answer. The loss is computed from z directly, so this slope is never needed.")
    if slope is Slope.OFF:
        return _("This unit is off for this sample: its slope is 0, so its gradient will be 0.")
    value = short(slope_value(trace, operation.layer, entry))
    if slope is Slope.SATURATED:
        return _(
            "This unit is saturated: its slope is only {slope}, and backward the gradient is multiplied by it."
        ).format(slope=value)
    return _("The slope here is {slope}: backward, the gradient is multiplied by it.").format(slope=value)


def _activation_gradient(trace: Trace, operation: Operation, entry: Entry, tr: Translator) -> str:
    _ = tr.gettext
    assert operation.layer is not None
    layer = trace.network.layers[operation.layer - 1]
    if layer.vector:
        return _("Every unit answers for all of them, since they share one sum.")
    if slope_at(trace, operation.layer, entry) is Slope.OFF:
        return _("This unit is off: what comes from above is multiplied by 0, so nothing passes through it.")
    value = slope_value(trace, operation.layer, entry)
    if abs(value) < 1:
        return _("The gradient from above times the slope {slope}: it shrinks.").format(slope=short(value))
    if abs(value) > 1:
        return _("The gradient from above times the slope {slope}: it grows.").format(slope=short(value))
    return _("The slope is {slope}: the gradient passes with its size unchanged.").format(slope=short(value))


def _loss_gradient(trace: Trace, operation: Operation, entry: Entry, tr: Translator) -> str:
    _ = tr.gettext
    value = float(operation.value[entry])
    through = _("Prediction minus target.")
    if trace.network.loss is not Loss.MSE:
        through = _("Prediction minus target: activation and loss together need no slope.")
    if value > 0:
        return f"{through} {_('Positive: the output is too high and should come down.')}"
    if value < 0:
        return f"{through} {_('Negative: the output is too low and should go up.')}"
    return f"{through} {_('Zero: this output is right already.')}"


def _weight_gradient(trace: Trace, operation: Operation, entry: Entry, tr: Translator) -> str:
    _ = tr.gettext
    source, unit = entry
    below = trace.tensor(operation.reads[0])[:, source]
    delta = trace.tensor(operation.reads[1])[:, unit]
    if not delta.any():
        return _("No gradient reaches this unit, so the loss does not move this weight.")
    if not below.any():
        return _("What comes in through this weight is 0, so it gets no gradient.")
    return _("What came in through the weight, times the gradient where it went; summed over the samples.")


def _update(trace: Trace, operation: Operation, entry: Entry, tr: Translator) -> str:
    _ = tr.gettext
    before, after = float(trace.tensor(operation.reads[0])[entry]), float(operation.value[entry])
    if before == after:
        return _("The gradient is 0: nothing changes here.")
    if after > before:
        return _("A small step against the gradient: it goes up by {step}.").format(
            step=short(after - before)
        )
    return _("A small step against the gradient: it goes down by {step}.").format(step=short(before - after))


def as_text(trace: Trace, done: int, tr: Translator, width: int = 70) -> str:
    """Every operation in words, in order, with what it reads and writes; the one done last is marked."""
    return "\n".join(_lines(trace, done, tr, width))


def _lines(trace: Trace, done: int, tr: Translator, width: int) -> Iterator[str]:
    phase = None
    for operation in trace.operations:
        if operation.phase is not phase:
            phase = operation.phase
            if operation.index:
                yield ""
            yield phase_name(phase, tr).upper()
        first, *rest = _told(trace, operation, done, tr)
        yield f"{operation.index + 1:>3}. {first}"
        for text in rest:
            yield from (f"     {line}" for line in wrapped(text, width - 5))


def _told(trace: Trace, operation: Operation, done: int, tr: Translator) -> Iterator[str]:
    _ = tr.gettext
    mark = f" ({_('you are here')})" if operation.index + 1 == done else ""
    yield f"{heading(trace.network, operation, tr)}{mark}"
    yield linear(operation.formula)
    yield f"{_('reads')} " + ", ".join(f"{name} {shape_text(trace.tensor(name))}" for name in operation.reads)
    yield f"{_('writes')} {operation.writes} {shape_text(operation.value)} = {array_text(operation.value, 64)}"
    if operation.value.size == 1:
        yield sentence(trace, operation, (0,) * operation.value.ndim, tr)
