"""The largest and smallest value of a curve with kinks, on an interval or on the whole line."""

import math
from collections.abc import Sequence

import numpy as np

from acttutor.experiments.quadrature import Curve, probes
from acttutor.nn.arrays import Array
from acttutor.nn.special import quiet

_ZOOMS = 4
_POINTS = 501


def lowest(curve: Curve, breaks: Sequence[float]) -> float:
    """The infimum of `curve` over all x, -inf where there is none; to 1e-13 of its size near the minimum.

    The limits at ±inf count, and so do those on either side of each break.
    """
    return -_highest(lambda x: -curve(x), _points(breaks, -math.inf, math.inf))


def highest(curve: Curve, breaks: Sequence[float], low: float, high: float) -> float:
    """The maximum of `curve` over low <= x <= high, both finite."""
    return _highest(curve, _points(breaks, low, high))


def _points(breaks: Sequence[float], low: float, high: float) -> Array:
    ends = [low, high]
    if math.isfinite(low) and math.isfinite(high):
        ends += list(np.linspace(low, high, 4001))
    sides = [np.nextafter(point, direction) for point in breaks for direction in (-np.inf, np.inf)]
    points = np.concatenate([probes(breaks), ends, sides, breaks])
    return np.unique(points[(points >= low) & (points <= high)])


def _highest(curve: Curve, points: Array) -> float:
    """The grid's best point, and the best near it on ever finer grids."""
    with quiet():
        best = -math.inf
        for _ in range(_ZOOMS):
            heights = curve(points)
            place = int(np.nanargmax(heights))
            best = max(best, float(heights[place]))
            left, right = points[max(place - 1, 0)], points[min(place + 1, points.size - 1)]
            if not (math.isfinite(left) and math.isfinite(right) and left < right):
                return best
            points = np.linspace(left, right, _POINTS)
    return best
