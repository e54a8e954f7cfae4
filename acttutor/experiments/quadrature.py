"""Expectations under a Gaussian, and where a curve crosses a level, for functions with kinks and several scales.

A kink or a steep place makes Gauss-Hermite quadrature useless, so the line is cut at every such point into panels whose
width doubles away from it: whatever the scale on which the function bends there, some panels match it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from acttutor.nn.arrays import Array
from acttutor.nn.special import normal_below, normal_density, quiet

Curve = Callable[[Array], Array]

_REACH = 38.6  # standard deviations; the density beyond is 0 in float64
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)


@dataclass(frozen=True, slots=True)
class Gaussian:
    """N(mean, std²), std > 0."""

    mean: float = 0.0
    std: float = 1.0

    def mass(self, low: float, high: float) -> float:
        """P(low <= z <= high), relatively accurate in both tails."""
        a, b = (low - self.mean) / self.std, (high - self.mean) / self.std
        if a > 0.0:
            a, b = -b, -a
        below = normal_below(np.array([a, b]))
        return float(below[1] - below[0])


def expectation(curve: Curve, breaks: Sequence[float], normal: Gaussian) -> float:
    """E[curve(z)] for z ~ `normal`; relative error below 1e-11 for every activation and slope of the registry.

    `breaks` are the points where the curve is not analytic or bends sharply. Panels are halved until the sum settles.
    """
    edges = _edges(breaks, normal)
    with quiet():
        total = _panel_sum(curve, edges, normal)
        for _ in range(4):
            edges = np.sort(np.concatenate([edges, 0.5 * (edges[:-1] + edges[1:])]))
            finer = _panel_sum(curve, edges, normal)
            if not abs(finer - total) > 1e-13 * abs(finer):
                return finer
            total = finer
    return total


def _edges(breaks: Sequence[float], normal: Gaussian) -> Array:
    """Panel edges in standard deviations from the mean."""
    widths = np.exp2(np.arange(-60.0, 7.0))
    edges = [np.arange(-_REACH, _REACH + 0.5, _REACH / 40.0)]
    for point in {0.0, *breaks}:
        centre = (point - normal.mean) / normal.std
        # In units of the curve (from z outwards) and of the density (from its own scale outwards).
        for scaled in (widths, widths / normal.std):
            edges += [centre + scaled, centre - scaled]
        edges.append(np.array([centre]))
    return np.unique(np.clip(np.concatenate(edges), -_REACH, _REACH))


def _panel_sum(curve: Curve, edges: Array, normal: Gaussian) -> float:
    half = 0.5 * np.diff(edges)[:, None]
    t = 0.5 * (edges[:-1] + edges[1:])[:, None] + half * _NODES
    weight = half * _WEIGHTS * normal_density(t)
    heights = curve(normal.mean + normal.std * t)
    return float(np.sum(np.where(weight == 0.0, 0.0, heights * weight)))


def probes(breaks: Sequence[float]) -> Array:
    """Points at which to look for sign changes, on all scales around 0 and around every break, ascending."""
    steps = np.geomspace(1e-9, 1e9, 721)
    return np.unique(
        np.concatenate(
            [np.linspace(-12.0, 12.0, 2401), *(c + s * steps for c in {0.0, *breaks} for s in (-1, 1))]
        )
    )


def boundaries(curve: Curve, level: float, breaks: Sequence[float]) -> tuple[float, ...]:
    """Where `curve >= level` starts or ceases to be true, ascending, to the last digit."""
    xs = probes(breaks)
    reached = curve(xs) >= level
    found = []
    for i in np.flatnonzero(reached[:-1] != reached[1:]):
        low, high = float(xs[i]), float(xs[i + 1])
        while low < (middle := 0.5 * (low + high)) < high:
            if bool(curve(np.array(middle)) >= level) == bool(reached[i]):
                low = middle
            else:
                high = middle
        found.append(low if reached[i] else high)
    return tuple(found)


def probability_at_least(curve: Curve, level: float, breaks: Sequence[float], normal: Gaussian) -> float:
    """P(curve(z) >= level) for z ~ `normal`."""
    cuts = [-math.inf, *sorted({*boundaries(curve, level, breaks), *breaks}), math.inf]
    between = ((low, high) for low, high in pairwise(cuts) if curve(np.array(_inside(low, high))) >= level)
    return math.fsum(normal.mass(low, high) for low, high in between)


def _inside(low: float, high: float) -> float:
    """A point of the open interval, which may be a half line or the whole line."""
    if math.isfinite(low) and math.isfinite(high):
        return 0.5 * (low + high)
    if math.isfinite(low):
        return low + 1.0 + abs(low)
    return high - 1.0 - abs(high) if math.isfinite(high) else 0.0
