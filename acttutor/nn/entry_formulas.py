"""The formulas of a training step with numbers put in, one entry of a tensor at a time, in LaTeX.

The first subscript is the layer: `z_{1,2}` is unit 2 of layer 1, `W_{1,2,3}` the weight from 2 to 3 in
layer 1. Inputs are `x_1`, the units of an only hidden layer `h_1`, outputs `\\hat{y}_1`. The sample is not
named: it is where the cursor stands.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from acttutor.nn import losses
from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array
from acttutor.nn.formulas import call, partial, slope_call, tensor_name
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss, Penalty
from acttutor.nn.network import Network
from acttutor.nn.operations import OperationKind, Planned, TrainingStep, learned_of

Entry = tuple[int, ...]

_LONGEST_SUM = 5
_LONGEST_INSIDE = 3


def number(value: float, in_product: bool = False) -> str:
    r"""A number with four significant digits, `-1.2 \cdot 10^{-5}`; bracketed in a product if negative."""
    text = _plain(float(value))
    return f"({text})" if in_product and text.startswith("-") else text


def _plain(value: float) -> str:
    if math.isnan(value):
        return r"\mathrm{nan}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, exponent, power = f"{value + 0.0:.4g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(power)}}}" if exponent else mantissa


def entry_formula(step: TrainingStep, planned: Planned, tensors: Mapping[str, Array], entry: Entry) -> str:
    """The formula of one entry of what the operation writes; `tensors` holds what it reads and writes."""
    return _Sheet(step, planned, tensors, entry).formula()


def entry_name(network: Network, tensor: str, entry: Entry) -> str:
    r"""One entry of a tensor in LaTeX: `x_1`, `h_2`, `\hat{y}_1`, `z_{1,2}`, `W_{1,2,3}`, `b_{1,2}`."""
    if tensor.endswith("'"):
        return f"{entry_name(network, tensor[:-1], entry)}'"
    if tensor.startswith("dR"):
        return partial("R", entry_name(network, f"W{tensor[2:]}", entry))
    if tensor.startswith("d"):
        return partial("L", entry_name(network, tensor[1:], entry))
    if tensor.startswith("p") or not entry:
        return tensor_name(tensor)
    if tensor == "y":
        return f"y_{{{entry[-1] + 1}}}"
    layer = int(tensor[1:])
    if tensor[0] == "a" and layer == 0:
        return f"x_{{{entry[-1] + 1}}}"
    if tensor[0] == "a" and layer == len(network.layers):
        return rf"\hat{{y}}_{{{entry[-1] + 1}}}"
    if tensor[0] == "a" and len(network.layers) == 2:
        return f"h_{{{entry[-1] + 1}}}"
    places = entry if tensor[0] == "W" else entry[-1:]
    return f"{tensor[0]}_{{{','.join(str(place) for place in (layer, *(place + 1 for place in places)))}}}"


def _sum(terms: Iterable[str], longest: int = _LONGEST_SUM) -> str:
    """The terms added up, those past `longest` left out but for the last one."""
    parts = list(terms)
    if len(parts) > longest:
        parts = [*parts[: longest - 2], r"\dots", parts[-1]]
    return " + ".join(parts) or "0"


def _product(left: float, right: float) -> str:
    return rf"{number(left, True)} \cdot {number(right, True)}"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One entry of one operation, with the tensors at hand."""

    step: TrainingStep
    planned: Planned
    tensors: Mapping[str, Array]
    entry: Entry

    @property
    def layer(self) -> Layer:
        return self.step.network.layers[self.planned.number - 1]

    @property
    def applied(self) -> Applied:
        """The activation of the entry's unit, with its learned values."""
        learned = learned_of(self.step, self.planned.number, self.tensors)
        return self.layer.applied(learned)[self.entry[-1] if self.layer.mixed else 0]

    def read(self, place: int) -> Array:
        return self.tensors[self.planned.reads[place]]

    def formula(self) -> str:
        name = entry_name(self.step.network, self.planned.writes, self.entry)
        value = number(float(self.tensors[self.planned.writes][self.entry]))
        sides = [name, *self.sides()]
        return " = ".join(sides if sides[-1] == value else [*sides, value])

    def sides(self) -> list[str]:
        match self.planned.kind:
            case OperationKind.LINEAR:
                return [self.linear(self.planned.number, _LONGEST_SUM)]
            case OperationKind.ACTIVATION:
                return self.activation()
            case OperationKind.LOSS:
                return self.loss()
            case OperationKind.LOSS_GRADIENT:
                return self.loss_gradient()
            case OperationKind.ACTIVATION_GRADIENT:
                return self.activation_gradient()
            case OperationKind.PARAMETER_GRADIENT:
                return self.parameter_gradient()
            case OperationKind.WEIGHT_GRADIENT:
                source, unit = self.entry
                return [_sum(map(_product, self.read(0)[:, source], self.read(1)[:, unit]))]
            case OperationKind.BIAS_GRADIENT:
                return [_sum(number(value, True) for value in self.read(0)[:, self.entry[0]])]
            case OperationKind.PENALTY_GRADIENT:
                return self.penalty()
            case OperationKind.INPUT_GRADIENT:
                return self.input_gradient()
            case _:
                return self.update()

    def linear(self, layer: int, longest: int) -> str:
        sample, unit = self.entry
        weights = self.tensors[f"W{layer}"][:, unit]
        products = _sum(map(_product, self.tensors[f"a{layer - 1}"][sample], weights), longest)
        return f"{products} + {number(self.tensors[f'b{layer}'][unit], True)}"

    def activation(self) -> list[str]:
        sample, unit = self.entry
        z = self.read(0)[sample]
        if self.layer.vector:
            return [self.vector_call(z, unit) + self.added_input()]
        arguments = [number(z[unit])]
        if len(self.tensors[f"W{self.planned.layer}"]) <= _LONGEST_INSIDE:
            arguments.insert(0, self.linear(self.planned.number, _LONGEST_INSIDE))
        return [call(self.applied, argument) + self.added_input() for argument in arguments]

    def vector_call(self, z: Array, unit: int) -> str:
        powers = _sum((f"e^{{{number(value)}}}" for value in z), _LONGEST_SUM)
        if self.applied.name == "log_softmax":
            return rf"{number(z[unit])} - \log({powers})"
        return rf"\frac{{e^{{{number(z[unit])}}}}}{{{powers}}}"

    def added_input(self) -> str:
        return f" + {number(self.read(1)[self.entry], True)}" if self.layer.residual else ""

    def loss(self) -> list[str]:
        loss, outputs, targets = self.step.network.loss, self.read(0), self.read(1)
        samples = len(targets)
        pairs = list(zip(outputs.ravel(), targets.ravel(), strict=True))
        if loss is Loss.MSE:
            squares = _sum((f"({number(a)} - {number(y, True)})^2" for a, y in pairs), _LONGEST_INSIDE)
            return [rf"\frac{{1}}{{2 \cdot {samples}}} \left( {squares} \right)"]
        if loss is Loss.BCE:
            terms = _sum(
                (rf"\log(1 + e^{{{number(z)}}}) - {_product(y, z)}" for z, y in pairs), _LONGEST_INSIDE
            )
            return [rf"\frac{{1}}{{{samples}}} \left( {terms} \right)"]
        chances = losses.softmax(outputs).ravel()
        terms = _sum(
            (rf"{number(y)} \cdot \log({number(p)})" for p, (_, y) in zip(chances, pairs, strict=True) if y),
            _LONGEST_INSIDE,
        )
        return [rf"-\frac{{1}}{{{samples}}} \left( {terms} \right)"]

    def loss_gradient(self) -> list[str]:
        loss = self.step.network.loss
        output, target = self.read(0)[self.entry], self.read(1)[self.entry]
        factor = rf"\frac{{1}}{{{len(self.read(1))}}}"
        predictions = [number(output)]
        if loss is Loss.BCE:
            with np.errstate(all="ignore"):
                predictions = [rf"\sigma({number(output)})", number(float(losses.sigmoid(output)))]
        elif loss is Loss.CROSS_ENTROPY:
            with np.errstate(all="ignore"):
                chance = losses.softmax(self.read(0)[self.entry[0]])[self.entry[1]]
            predictions = [number(chance)]
        return [f"{factor} ({prediction} - {number(target, True)})" for prediction in predictions]

    def activation_gradient(self) -> list[str]:
        sample, unit = self.entry
        above, z = self.read(0)[sample], self.read(1)[sample]
        if self.layer.vector:
            return [_sum(map(_product, above, self.applied.derivative(z)[:, unit]))]
        slope = float(self.applied.derivative(z[unit]))
        left = number(above[unit], True)
        return [rf"{left} \cdot {slope_call(self.applied, number(z[unit]))}", _product(above[unit], slope)]

    def parameter_gradient(self) -> list[str]:
        learned = learned_of(self.step, self.planned.number, self.tensors)
        item = next(item for item in learned if f"d{item.key(self.planned.number)}" == self.planned.writes)
        units = slice(None) if item.unit is None else slice(item.unit - 1, item.unit)
        function = self.layer.applied(learned)[0 if item.unit is None else item.unit - 1]
        above, z = self.read(0)[:, units], self.read(1)[:, units]
        slopes = function.parameter_derivatives(z)[item.name]
        return [_sum(map(_product, above.ravel(), slopes.ravel()))]

    def penalty(self) -> list[str]:
        weight, rate = self.read(0)[self.entry], number(self.step.regularization.rate, True)
        if self.step.regularization.kind is Penalty.L1:
            return [rf"{rate} \cdot \mathrm{{sign}}({number(weight)})"]
        return [rf"{rate} \cdot {number(weight, True)}"]

    def input_gradient(self) -> list[str]:
        sample, unit = self.entry
        products = _sum(map(_product, self.read(0)[sample], self.read(1)[unit]))
        return [f"{products} + {number(self.read(2)[self.entry], True)}" if self.layer.residual else products]

    def update(self) -> list[str]:
        value, *slopes = (self.read(place)[self.entry] for place in range(len(self.planned.reads)))
        rate = number(self.step.learning_rate, True)
        if len(slopes) == 1:
            return [rf"{number(value)} - {rate} \cdot {number(slopes[0], True)}"]
        total = f"{number(slopes[0])} + {number(slopes[1], True)}"
        return [rf"{number(value)} - {rate} \cdot ({total})"]
