"""What one hidden layer can do: XOR, logic, and functions on an interval (and what it does outside).

Universal approximation holds for continuous functions on compact sets and non-polynomial activations: Cybenko,
1989; Hornik, 1991; Leshno et al., 1993.
"""

import statistics
from itertools import product

import numpy as np

from acttutor.experiments.arguments import Arguments, number, whole
from acttutor.experiments.measures.base import ACTIVATION, Measure
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array

_XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_XOR_TARGET = np.array([0.0, 1.0, 1.0, 0.0])


def _xor_linear_accuracy(args: Arguments) -> float:
    """The best of all thresholds w·x + b > 0 with w and b from a grid fine enough for every half plane."""
    grid = np.linspace(-2.0, 2.0, 17)
    best = 0.0
    for w1, w2, bias in product(grid, grid, grid):
        says_one = _XOR @ np.array([w1, w2]) + bias > 0.0
        best = max(best, float((says_one == (_XOR_TARGET == 1.0)).mean()))
    return best


def _fit_error(features: Array) -> float:
    """The mean square error of the least-squares fit of XOR."""
    solution = np.linalg.lstsq(features, _XOR_TARGET, rcond=None)[0]
    return float(np.square(features @ solution - _XOR_TARGET).mean())


def _xor_linear_error(args: Arguments) -> float:
    """Minsky & Papert, Perceptrons (1969): XOR is not linearly separable; the best line says ½ everywhere."""
    return _fit_error(np.column_stack([_XOR, np.ones(4)]))


def _xor_product_error(args: Arguments) -> float:
    return _fit_error(np.column_stack([_XOR, _XOR.prod(axis=1), np.ones(4)]))


def _xor_relu_error(args: Arguments) -> float:
    """Two ReLU units that see s = x1 + x2 and s - 1, with output weights 1 and -2."""
    total, relu = _XOR.sum(axis=1), apply("relu")
    return float(np.abs(relu.value(total) - 2.0 * relu.value(total - 1.0) - _XOR_TARGET).max())


def _and_not(args: Arguments) -> float:
    """A unit as a switch: McCulloch & Pitts, 1943, with a rectifier for the threshold."""
    return float(apply("relu").value(args.number("a") - args.number("b")))


_FIT = np.linspace(-3.0, 3.0, 400)
_BEYOND = np.linspace(3.0, 6.0, 200)
_MOST_WIDTH = 1000


def _target(x: Array) -> Array:
    return np.sin(3.0 * x) + 0.5 * np.cos(7.0 * x) + np.abs(x)


def _rmse(found: Array, x: Array) -> float:
    return float(np.sqrt(np.square(found - _target(x)).mean()))


def _approximation(args: Arguments, x: Array, cut: float) -> float:
    """One hidden layer of random units f(w(x - c)) with a bias, its output weights by least squares on [-3, 3].

    w ~ N(0, 3²), c ~ U(-3, 3); median over seeds 0 to 5. Directions whose singular value is below `cut` times the
    largest are left out of the fit.
    """
    applied, width = args.activation(), args.whole("width")
    errors = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        slopes, centres = 3.0 * rng.standard_normal(width), rng.uniform(-3.0, 3.0, width)
        hidden, seen = (
            np.column_stack([applied.value(slopes * (points[:, None] - centres)), np.ones(points.size)])
            for points in (_FIT, x)
        )
        outgoing = np.linalg.lstsq(hidden, _target(_FIT), rcond=cut)[0]
        errors.append(_rmse(seen @ outgoing, x))
    return statistics.median(errors)


def _approximation_error(args: Arguments) -> float:
    return _approximation(args, _FIT, 1e-12)


def _approximation_error_outside(args: Arguments) -> float:
    """The cut is coarser, or else huge weights that cancel inside would decide, and rounding decide them."""
    return _approximation(args, _BEYOND, 1e-5)


def _polynomial_error(args: Arguments) -> float:
    scaled = _FIT / 3.0
    fit = np.polynomial.Chebyshev.fit(scaled, _target(_FIT), args.whole("degree"))
    return _rmse(fit(scaled), _FIT)


_FITTED = (ACTIVATION, whole("width", high=_MOST_WIDTH))

MEASURES = (
    Measure(
        "xor_linear_accuracy", "the best accuracy of a linear threshold on XOR", (), _xor_linear_accuracy
    ),
    Measure("xor_linear_error", "mean square error of the best linear fit of XOR", (), _xor_linear_error),
    Measure("xor_product_error", "the same with x1·x2 as a third input", (), _xor_product_error),
    Measure("xor_relu_error", "max error of relu(s) - 2relu(s-1), s = x1 + x2, on XOR", (), _xor_relu_error),
    Measure("and_not", "relu(a - b): for 0 and 1, a AND NOT b", (number("a"), number("b")), _and_not),
    Measure(
        "approximation_error",
        "RMSE on [-3, 3] of a layer of random units fitted to sin 3x + ½cos 7x + |x|",
        _FITTED,
        _approximation_error,
    ),
    Measure(
        "approximation_error_outside",
        "RMSE of such a layer on [3, 6], where it was not fitted",
        _FITTED,
        _approximation_error_outside,
    ),
    Measure(
        "polynomial_error",
        "RMSE on [-3, 3] of the best polynomial for the same function",
        (whole("degree", low=0, high=100),),
        _polynomial_error,
    ),
)
