"""One hidden layer, for whatever the library's own training does not offer: likelihoods and surrogate slopes.

Weights are `(W1, b1, W2, b2)` with leading axes of networks: `(…, inputs, hidden)`, `(…, 1, hidden)`,
`(…, hidden, outputs)`, `(…, 1, outputs)`. Inputs are `(…, samples, inputs)`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from acttutor.experiments.models.descent import Arrays
from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array


@dataclass(frozen=True, slots=True)
class Function:
    """A function of one number, and the slope used on the way back, which may be a surrogate.

    `slope` is given z and f(z), since for most functions the one is quickly had from the other.
    """

    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]

    @classmethod
    def of(cls, applied: Applied) -> "Function":
        """An activation with its own derivative."""
        return cls(applied.value, lambda z, value: applied.derivative(z))


LINEAR = Function(lambda z: z, lambda z, value: np.ones_like(z))
RELU = Function(lambda z: np.maximum(z, 0.0), lambda z, value: (z > 0.0).astype(np.float64))
TANH = Function(np.tanh, lambda z, value: 1.0 - np.square(value))
SIGMOID = Function(lambda z: 1.0 / (1.0 + np.exp(-z)), lambda z, value: value * (1.0 - value))
EXP = Function(np.exp, lambda z, value: value)
"""The plainest forms, good where |z| stays small: the registry's keep more digits far out and take longer."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a forward pass leaves for the way back: pre-activations, activations, and the outputs."""

    z: Array
    hidden: Array
    outputs: Array


def with_biases(first: Array, second: Array) -> Arrays:
    """The weights of a perceptron whose biases are 0."""
    zeros = [np.zeros((*weights.shape[:-2], 1, weights.shape[-1])) for weights in (first, second)]
    return first, zeros[0], second, zeros[1]


def forward(weights: Arrays, x: Array, hidden: Function) -> Pass:
    """The outputs f(x·W1 + b1)·W2 + b2 `(…, samples, outputs)`, and what led to them."""
    first, bias, second, last_bias = weights
    z = x @ first + bias
    activations = hidden.value(z)
    return Pass(z, activations, activations @ second + last_bias)


def backward(weights: Arrays, x: Array, passed: Pass, hidden: Function, gradient: Array) -> Arrays:
    """The gradient by each weight, from the gradient by the outputs `(…, samples, outputs)`."""
    delta = gradient @ weights[2].swapaxes(-1, -2) * hidden.slope(passed.z, passed.hidden)
    return (
        x.swapaxes(-1, -2) @ delta,
        delta.sum(axis=-2, keepdims=True),
        passed.hidden.swapaxes(-1, -2) @ gradient,
        gradient.sum(axis=-2, keepdims=True),
    )
