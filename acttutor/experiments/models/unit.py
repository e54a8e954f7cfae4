"""One unit with a trainable shape: y = a·f(w·x) + c, or y = a·f(x; p₁, p₂, β) + c with ACON-C.

ACON-C is (p₁ − p₂)x·σ(β(p₁ − p₂)x) + p₂x (Ma et al., 2021, arXiv:2009.04759, eq. 9). Parameters have leading axes
of units; inputs are `(points,)`, targets `(…, points)`.
"""

import numpy as np

from acttutor.experiments.models.descent import Arrays
from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array
from acttutor.nn.special import sigmoid, sigmoid_slope


def output(parameters: Arrays, x: Array, applied: Applied) -> Array:
    """a·f(w·x) + c for parameters (a, c, w), each `(…, 1)`."""
    scale, shift, weight = parameters
    return scale * applied.value(weight * x) + shift


def gradients(parameters: Arrays, x: Array, targets: Array, applied: Applied) -> Arrays:
    """The gradient of the mean square error by (a, c, w)."""
    scale, _, weight = parameters
    slope = 2.0 * (output(parameters, x, applied) - targets) / x.size
    z = weight * x
    return (
        _total(slope * applied.value(z)),
        _total(slope),
        _total(slope * scale * applied.derivative(z) * x),
    )


def acon_output(parameters: Arrays, x: Array) -> Array:
    """a·ACON-C(x) + c for parameters (a, c, p₁, p₂, β), each `(…, 1)`."""
    scale, shift, first, second, beta = parameters
    lean = (first - second) * x
    return scale * (lean * sigmoid(beta * lean) + second * x) + shift


def acon_gradients(parameters: Arrays, x: Array, targets: Array) -> Arrays:
    """The gradient of the mean square error by (a, c, p₁, p₂, β)."""
    scale, _, first, second, beta = parameters
    slope = 2.0 * (acon_output(parameters, x) - targets) / x.size
    lean = (first - second) * x
    gate, steep = sigmoid(beta * lean), sigmoid_slope(beta * lean)
    by_lean = gate + beta * lean * steep
    return (
        _total(slope * (lean * gate + second * x)),
        _total(slope),
        _total(slope * scale * by_lean * x),
        _total(slope * scale * (1.0 - by_lean) * x),
        _total(slope * scale * np.square(lean) * steep),
    )


def _total(values: Array) -> Array:
    return np.asarray(values.sum(axis=-1, keepdims=True))
