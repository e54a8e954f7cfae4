"""Curves of activations and their derivatives, sampled as finely as a terminal shows, broken at jumps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from acttutor.errors import UserError
from acttutor.nn.arrays import Array
from acttutor.nn.kinds import Applied, Kind
from acttutor.plots.figure import End, Figure, Marker, Role, Series
from acttutor.plots.ticks import nice_limits

PRIME = "′"
_SPARE_ROLES = (Role.THIRD, Role.FOURTH, Role.MUTED, Role.DERIVATIVE, Role.VALUE)
_NEAR = 1e-9  # how far from a kink, relative to the range, its two sides are looked at


@dataclass(frozen=True, slots=True)
class Curve:
    """An activation or its derivative, to be drawn; hashable, and exact at every x."""

    applied: Applied
    derivative: bool = False
    label: str | None = None

    @property
    def name(self) -> str:
        """What stands at the end of the curve: the given label, else σ, σ′, ELU′ α=2 …"""
        if self.label:
            return self.label
        symbol, label = self.applied.activation.symbol, self.applied.label
        return f"{symbol}{PRIME}{label.removeprefix(symbol)}" if self.derivative else label

    def values(self, xs: Array) -> Array:
        """The curve at every x. Raises UserError for activations that are no function of one number."""
        if self.applied.activation.kind is Kind.VECTOR:
            raise UserError(
                f"{self.applied.name} turns a whole vector into another, so it has no curve",
                hint="plot a function of one number, such as sigmoid",
            )
        return self.applied.derivative(xs) if self.derivative else self.applied.value(xs)

    def at(self, x: float) -> float:
        """The curve at x."""
        return float(self.values(np.array([x], dtype=np.float64))[0])


def curves(
    specs: Sequence[Curve],
    low: float = -6.0,
    high: float = 6.0,
    columns: int = 80,
    cursor: float | None = None,
) -> Figure:
    """The curves on common axes, two samples to a column, with kinks hit exactly and jumps drawn as gaps.

    Raises UserError when the range is not finite and increasing, or when an activation has no curve.
    """
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise UserError(f"a range needs two finite numbers, the lower one first, not {low:g}:{high:g}")
    roles = _roles(specs)
    markers = tuple(Marker)
    series = tuple(
        _series(spec, low, high, columns, roles[index], markers[index % len(markers)])
        for index, spec in enumerate(specs)
    )
    finite = [y for one in series for y in one.ys if math.isfinite(y)]
    bottom, top = (min(finite), max(finite)) if finite else (0.0, 1.0)
    if bottom == top:
        bottom, top = min(0.0, bottom), max(0.0, top)
    return Figure(series, (low, high), nice_limits(bottom, top), cursor=cursor)


def grid(low: float, high: float, columns: int) -> Array:
    """Evenly spaced xs, two to a column, both limits and the middle among them.

    Without the noise of the last digits, so that 0 is 0 and 0.06 is 0.06.
    """
    steps = max(2, 2 * columns)
    part = np.arange(steps + 1, dtype=np.float64) / steps
    digits = 14 - math.ceil(math.log10(max(abs(low), abs(high))))
    xs = low * (1.0 - part) + high * part
    xs = np.round(xs, digits) if 0 <= digits < 20 else xs
    xs[0], xs[-1] = low, high
    return xs


def _series(spec: Curve, low: float, high: float, columns: int, role: Role, marker: Marker) -> Series:
    xs = grid(low, high, columns)
    near = max(_NEAR * (high / 2 - low / 2), 4 * float(np.spacing(max(abs(low), abs(high)))))
    kinks = np.array([kink for kink in spec.applied.kinks if low < kink < high], dtype=np.float64)
    xs = np.unique(np.concatenate([xs, kinks, kinks - near, kinks + near]))
    xs = xs[(xs >= low) & (xs <= high)]
    ys = spec.values(xs)
    finite = ys[np.isfinite(ys)]
    span = float(finite.max() / 2 - finite.min() / 2) * 2 if finite.size else 0.0
    ends: list[End] = []
    points = list(zip(xs.tolist(), ys.tolist(), strict=True))
    for kink in kinks.tolist():
        place = next(index for index, (x, _) in enumerate(points) if x == kink)
        left, here, right = (points[place + step][1] for step in (-1, 0, 1))
        if not abs(right - left) > 1e-6 * span:
            points[place - 1 : place + 2] = [points[place]]
            continue
        ends.extend(End(kink, side, math.isclose(side, here, abs_tol=1e-6 * span)) for side in (left, right))
        if not any(end.filled for end in ends[-2:]):
            ends.append(End(kink, here, True))
        points[place] = (kink, math.nan)
    return Series(
        spec.name,
        tuple(x for x, _ in points),
        tuple(y for _, y in points),
        role,
        marker,
        ends=tuple(ends),
        exact=spec,
    )


def _roles(specs: Sequence[Curve]) -> tuple[Role, ...]:
    """The first function is VALUE, the first derivative DERIVATIVE, the others take what is left."""
    firsts = {
        next((index for index, spec in enumerate(specs) if not spec.derivative), -1): Role.VALUE,
        next((index for index, spec in enumerate(specs) if spec.derivative), -2): Role.DERIVATIVE,
    }
    kinds = {spec.derivative for spec in specs}
    spare = list(_SPARE_ROLES)
    if len(kinds) == 1:  # only functions, or only derivatives: the other colour is free
        spare.insert(0, Role.VALUE if True in kinds else Role.DERIVATIVE)
    roles = []
    taken = 0
    for index in range(len(specs)):
        if index in firsts:
            roles.append(firsts[index])
        else:
            roles.append(spare[taken % len(spare)])
            taken += 1
    return tuple(roles)
