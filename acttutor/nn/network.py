"""A network as data, its forward pass and its gradients.

Arrays are `(samples, features)`, weights `(fan_in, fan_out)`, `z = a @ W + b`, `a = f(z)`. All matrix code
works on the trailing two axes, so weights, biases and data may carry leading axes.

Tensors have one name everywhere, layers counted from 1: `W1`, `b1`, and for learned activation parameters
`p1.alpha` (one value for the whole layer) where a layer has one activation, `p1.3.alpha` (unit 3, from 1)
where it is mixed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from acttutor.errors import UserError
from acttutor.nn import losses
from acttutor.nn.arrays import Array
from acttutor.nn.features import check_features, compute
from acttutor.nn.layer import Layer, Learned
from acttutor.nn.losses import Loss
from acttutor.nn.normalization import Norm
from acttutor.nn.special import quiet

__all__ = [
    "AnyLayer",
    "AnyNetwork",
    "Forward",
    "Gradients",
    "Layer",
    "Learned",
    "Loss",
    "Network",
    "Norm",
    "Parameters",
    "backward",
    "check_parameters",
    "forward",
    "gradients",
    "inputs_of",
    "loss_of",
    "raw_forward",
]

_LAST_ACTIVATION = {Loss.BCE: "sigmoid", Loss.CROSS_ENTROPY: "softmax"}


@dataclass(frozen=True, slots=True)
class Network:
    """What a network is, without its weights; raises UserError naming the layer when it cannot work.

    `inputs` counts raw inputs; with `features` the first layer sees those instead, computed from two raw
    inputs.
    """

    inputs: int
    layers: tuple[Layer, ...]
    loss: Loss
    features: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.inputs < 1:
            raise UserError(f"a network needs at least 1 input, not {self.inputs}", where="inputs")
        if not self.layers:
            raise UserError("a network needs at least one layer", where="layers")
        check_features(self.features, self.inputs)
        for number, layer in enumerate(self.layers, 1):
            if layer.residual and layer.units != self.widths[number - 1]:
                raise UserError(
                    f"residual adds the {self.widths[number - 1]} inputs to the {layer.units} units",
                    where=f"layer {number}",
                    hint="both must be equally many",
                )
        self._check_last_layer()

    @property
    def widths(self) -> tuple[int, ...]:
        """The width of what layer 1 sees, then the units of each layer: one entry more than layers."""
        return (len(self.features) or self.inputs, *(layer.units for layer in self.layers))

    def _check_last_layer(self) -> None:
        if self.loss not in _LAST_ACTIVATION:
            return
        last, wanted = self.layers[-1], _LAST_ACTIVATION[self.loss]
        where = f"layer {len(self.layers)}"
        if any(applied.name != wanted for applied in last.activations):
            found = ", ".join(dict.fromkeys(applied.name for applied in last.activations))
            raise UserError(
                f"{self.loss} needs {wanted} in the last layer, not {found}",
                where=where,
                hint=f"activation: {wanted}, or loss: mse",
            )
        if last.residual:
            raise UserError(
                f"{self.loss} is computed on the logits of the last layer, which then cannot be residual",
                where=where,
            )


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """All numbers that training changes, one entry per layer in each field.

    `weights[l]` is `(fan_in, fan_out)`, `biases[l]` `(fan_out,)`; `activation[l]` is empty unless the layer
    trains its activation.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activation: tuple[tuple[Learned, ...], ...]

    def named(self) -> dict[str, Array]:
        """Every array by its name, layer by layer: `W1`, `b1`, `p1.alpha`, `W2`, …"""
        return dict(_named(self))

    def replaced(self, values: Mapping[str, Array]) -> "Parameters":
        """The same parameters with the arrays in `values` (names as in `named`) in place of theirs."""
        layers = range(1, len(self.weights) + 1)
        return Parameters(
            tuple(values.get(f"W{n}", self.weights[n - 1]) for n in layers),
            tuple(values.get(f"b{n}", self.biases[n - 1]) for n in layers),
            tuple(
                tuple(
                    replace(item, value=values.get(item.key(n), item.value))
                    for item in self.activation[n - 1]
                )
                for n in layers
            ),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """The gradient of the mean loss, without the penalty, shaped like `Parameters`, and that loss `(…)`."""

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activation: tuple[tuple[Learned, ...], ...]
    loss: Array

    def named(self) -> dict[str, Array]:
        """Every gradient by the name of its parameter, in the order of `Parameters.named`."""
        return dict(_named(self))


def _named(arrays: Parameters | Gradients) -> Iterator[tuple[str, Array]]:
    for number, learned in enumerate(arrays.activation, 1):
        yield f"W{number}", arrays.weights[number - 1]
        yield f"b{number}", arrays.biases[number - 1]
        for item in learned:
            yield item.key(number), item.value


class AnyNormalized(Protocol):
    """Normalised pre-activations, of one network or of several."""

    @property
    def values(self) -> Array:
        """The normalised values."""

    def backward(self, gradient: Array) -> Array:
        """The gradient by the values before normalisation, from that by the values after it."""


class AnyLayer(Protocol):
    """What a pass needs of a layer; `Layer` has it, and so have the layers of a population."""

    def raw_activate(self, z: Array, learned: tuple[Learned, ...]) -> Array:
        """f(z), without the residual."""

    def pull_back(self, z: Array, learned: tuple[Learned, ...], gradient: Array) -> Array:
        """The gradient by `z` from the gradient by f(z)."""

    def learned_gradients(
        self, z: Array, learned: tuple[Learned, ...], gradient: Array
    ) -> tuple[Learned, ...]:
        """The gradient by each learned parameter."""

    def normalized(self, z: Array) -> AnyNormalized | None:
        """`z` normalised, or None."""

    def with_skip(self, values: Array, below: Array) -> Array:
        """The layer's output from its activations and its input."""

    def through_skip(self, passed_on: Array, above: Array) -> Array:
        """The gradient by the layer's input."""


class AnyNetwork(Protocol):
    """A `Network`, or a population of networks of one shape."""

    @property
    def features(self) -> tuple[str, ...]:
        """The features computed from two raw inputs."""

    @property
    def loss(self) -> Loss:
        """What training lowers."""

    @property
    def layers(self) -> Sequence[AnyLayer]:
        """The layers, from the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """Everything a forward pass computes: `inputs` is a0, then `z[l]`, `seen[l]` and `a[l]` of layer l + 1.

    `z` holds pre-activations, `seen` what the activation gets: `z` itself, or its values normalised. Each
    array is `(…, samples, units)`.
    """

    inputs: Array
    z: tuple[Array, ...]
    seen: tuple[Array, ...]
    a: tuple[Array, ...]
    normalized: tuple[AnyNormalized | None, ...]

    def outputs(self, loss: Loss) -> Array:
        """What `losses.value` takes for this loss: the last activations, or the logits."""
        return self.seen[-1] if loss.on_logits else self.a[-1]


def inputs_of(network: AnyNetwork, x: Array) -> Array:
    """What layer 1 sees of raw inputs `x` `(…, samples, inputs)`: `x` itself, or its features."""
    return compute(x, network.features) if network.features else x


def forward(network: AnyNetwork, parameters: Parameters, x: Array) -> Forward:
    """The forward pass for raw `x` `(…, samples, inputs)`; values past the float64 range become inf or nan."""
    with quiet():
        return raw_forward(network.layers, parameters, inputs_of(network, x))


def raw_forward(layers: Sequence[AnyLayer], parameters: Parameters, inputs: Array) -> Forward:
    """`forward` from what layer 1 sees, for the inner loop of training, which has silenced NumPy's signals."""
    zs, seens, outputs = [], [], []
    normalizeds: list[AnyNormalized | None] = []
    below = inputs
    for layer, weights, biases, learned in zip(
        layers, parameters.weights, parameters.biases, parameters.activation, strict=True
    ):
        z = linear(below, weights, biases)
        normalized = layer.normalized(z)
        seen = z if normalized is None else normalized.values
        below = layer.with_skip(layer.raw_activate(seen, learned), below)
        zs.append(z)
        normalizeds.append(normalized)
        seens.append(seen)
        outputs.append(below)
    return Forward(inputs, tuple(zs), tuple(seens), tuple(outputs), tuple(normalizeds))


def linear(a: Array, weights: Array, biases: Array) -> Array:
    """`a @ W + b`, with `a` `(…, samples, fan_in)`, `W` `(…, fan_in, fan_out)` and `b` `(…, fan_out)`."""
    z: Array = a @ weights
    z += biases[..., None, :]
    return z


def loss_of(network: AnyNetwork, parameters: Parameters, x: Array, y: Array) -> Array:
    """The mean loss, without any penalty, of shape `(…)`: a 0-d array for plain parameters."""
    return losses.value(network.loss, forward(network, parameters, x).outputs(network.loss), y)


def gradients(network: AnyNetwork, parameters: Parameters, x: Array, y: Array) -> Gradients:
    """The loss and its gradient by every parameter, through one backward pass (Rumelhart et al., 1986)."""
    with quiet():
        passed = raw_forward(network.layers, parameters, inputs_of(network, x))
        outputs = passed.outputs(network.loss)
        above = losses.gradient(network.loss, outputs, y)
        return Gradients(
            *backward(network.layers, parameters, passed, above, logits=network.loss.on_logits),
            losses.value(network.loss, outputs, y),
        )


def backward(
    layers: Sequence[AnyLayer], parameters: Parameters, passed: Forward, above: Array, *, logits: bool
) -> tuple[tuple[Array, ...], tuple[Array, ...], tuple[tuple[Learned, ...], ...]]:
    """The gradients by weights, biases and learned activation parameters, from that by the output, `above`.

    With `logits`, `above` is the gradient by what the last activation sees, not by its value. NumPy's signals
    are the caller's to silence.
    """
    weights, biases, activation = [], [], []
    # A row of ones times delta is its sum over samples, at less than half the cost of summing many small stacks.
    ones = np.ones((1, above.shape[-2]))
    for index in range(len(layers) - 1, -1, -1):
        layer, learned, seen = layers[index], parameters.activation[index], passed.seen[index]
        if logits and index == len(layers) - 1:
            activation.append(tuple(replace(item, value=np.zeros_like(item.value)) for item in learned))
            delta = above
        else:
            activation.append(layer.learned_gradients(seen, learned, above) if learned else ())
            delta = layer.pull_back(seen, learned, above)
        normalized = passed.normalized[index]
        delta = delta if normalized is None else normalized.backward(delta)
        below = passed.a[index - 1] if index else passed.inputs
        weights.append(below.swapaxes(-1, -2) @ delta)
        biases.append((ones @ delta)[..., 0, :])
        if index:
            above = layer.through_skip(delta @ parameters.weights[index].swapaxes(-1, -2), above)
    return tuple(reversed(weights)), tuple(reversed(biases)), tuple(reversed(activation))


def check_parameters(network: Network, parameters: Parameters) -> None:
    """Refuse weights and biases of the wrong shape, with a UserError naming the layer and both shapes."""
    for name, found in (("weights", len(parameters.weights)), ("biases", len(parameters.biases))):
        if found != len(network.layers):
            raise UserError(
                f"{name} for {found} layers, but the network has {len(network.layers)}", where=name
            )
    widths = network.widths
    for number in range(1, len(widths)):
        fan_in, fan_out = widths[number - 1], widths[number]
        weights, biases = parameters.weights[number - 1], parameters.biases[number - 1]
        if weights.shape[-2:] != (fan_in, fan_out):
            raise UserError(
                f"weights are {_shape(weights)} and should be {fan_in} x {fan_out} (from x to)",
                where=f"layer {number}",
            )
        if biases.shape[-1:] != (fan_out,):
            raise UserError(
                f"biases are {_shape(biases)} and should be {fan_out}, one per unit", where=f"layer {number}"
            )


def _shape(array: Array) -> str:
    return " x ".join(map(str, array.shape)) or "a single number"
