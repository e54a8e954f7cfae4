"""The slope and the second slope of an activation at a point, from its left and from its right."""

import numpy as np

from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array

_NODES = np.arange(1.0, 7.0)
_STEPS = np.geomspace(1e-5, 0.05, 24)


def _weights() -> tuple[Array, Array]:
    """What turns a polynomial's values at 1, …, 6 into its value and its slope at 0."""
    coefficients = np.linalg.inv(np.vander(_NODES, increasing=True))
    return coefficients[0], coefficients[1]


_VALUE, _SLOPE = _weights()


def slope_sides(applied: Applied, x: float) -> tuple[float, float]:
    """f'(x-) and f'(x+), to about 1e-9, where f' is smooth within 1e-4 on either side."""
    return _one_sided(applied, x, -1.0, 0), _one_sided(applied, x, 1.0, 0)


def bend_sides(applied: Applied, x: float) -> tuple[float, float]:
    """f''(x-) and f''(x+), to about 1e-9, where f' is smooth within 1e-4 on either side.

    The differences are taken of f', which is exact, at six points that do not include x.
    """
    return _one_sided(applied, x, -1.0, 1), _one_sided(applied, x, 1.0, 1)


def _one_sided(applied: Applied, x: float, side: float, order: int) -> float:
    """The estimate for the step at which it changes least: small enough for the bend, large enough for rounding."""
    steps = side * _STEPS * max(1.0, abs(x))
    slopes = applied.derivative(x + steps[:, None] * _NODES)
    estimates = slopes @ _SLOPE / steps if order else slopes @ _VALUE
    changes = np.abs(np.diff(estimates))
    return float(estimates[int(np.argmin(changes))])
