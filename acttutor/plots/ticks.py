"""Round numbers for axes: limits that end on them, ticks that step through them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from acttutor.errors import UserError
from acttutor.plots.numbers import decimals, fixed, number, power

HUGE = 1e300  # limits beyond this would overflow while they are subtracted
TINY = 1e-280  # limits closer together than this leave no room for steps between them
NARROW = 1e-12  # limits closer than this share of their size are hardly told apart in float64
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_DIGITS = (1.0, 2.0, 2.5, 4.0, 5.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what is written there."""

    at: float
    label: str


def nice_step(rough: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `rough` (which must be positive)."""
    exponent = max(-300, min(300, math.floor(math.log10(rough))))
    unit = 10.0**exponent
    for step in _STEPS:
        if step * unit >= rough * (1 - 1e-9):
            return step * unit
    return 10.0 * unit


def check_range(low: float, high: float) -> None:
    """Refuse limits that `usable` would have to replace, with a UserError that says why."""
    if max(abs(low), abs(high)) > HUGE:
        raise UserError(f"{low:g}:{high:g} reaches too far to be drawn", hint="from -1e300 to 1e300")
    if high - low < TINY or high - low <= max(abs(low), abs(high)) * NARROW:
        raise UserError(
            f"{low!r}:{high!r} is too narrow to be drawn",
            hint="the limits must differ by more than 1e-280, and in the first 12 digits",
        )


def usable(limits: tuple[float, float], values: tuple[float, ...] = ()) -> tuple[float, float]:
    """Limits that can be drawn: finite, increasing, and apart enough to be told apart in float64.

    Good limits come back unchanged, others are made from the finite ones of `values`, else 0 to 1.
    """
    low, high = (max(-HUGE, min(HUGE, limit)) if not math.isnan(limit) else limit for limit in limits)
    if not (math.isfinite(limits[0]) and math.isfinite(limits[1]) and low < high):
        finite = [max(-HUGE, min(HUGE, value)) for value in values if math.isfinite(value)]
        low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
    if high - low <= max(abs(low), abs(high)) * NARROW or high - low < 1e-290:
        pad = max(abs(low), abs(high), 1e-280) * 0.5 if low or high else 0.5
        low, high = low - pad, high + pad
    return low, high


def nice_limits(low: float, high: float) -> tuple[float, float]:
    """`low` and `high` moved outwards to round numbers, by an eighth of the range at most."""
    low, high = usable((low, high), (low, high))
    step = nice_step((high - low) / 10)
    slack = step * 1e-6
    bottom, top = math.floor((low + slack) / step) * step, math.ceil((high - slack) / step) * step
    return (bottom, top) if bottom < top else (low, high)


def linear_ticks(low: float, high: float, most: int, *, ascii_only: bool = False) -> tuple[Tick, ...]:
    """At most `most` evenly spaced round numbers from `low` to `high`, all written with the same decimals.

    Among the steps that give at least half of that, one that meets both limits is preferred.
    """
    step = _best_step(low, high, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    # Rounding may carry the outer ones past the limits, where nothing is drawn.
    places = [min(max(index * step, low), high) for index in range(first, min(last, first + most) + 1)]
    largest = max((abs(place) for place in places), default=0.0)
    if step < 1e-4 or largest >= 1e5:
        digits = max(3, math.ceil(math.log10(max(largest, step)) - math.log10(step) - 1e-9) + 1)
        return tuple(Tick(place, number(place, digits, ascii_only=ascii_only)) for place in places)
    return tuple(Tick(place, fixed(place, decimals(step), ascii_only=ascii_only)) for place in places)


def _best_step(low: float, high: float, most: int) -> float:
    """Best is a step that meets both limits; else the smallest that is no awkward 2.5 or 4."""
    exponent = max(-300, min(300, math.floor(math.log10(high / most - low / most))))
    steps = [(digit, digit * 10.0**zeros) for zeros in range(exponent, exponent + 3) for digit in _DIGITS]

    def rank(choice: tuple[float, float]) -> tuple[bool, bool, bool, float]:
        digit, step = choice
        count = math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1
        meets = _is_multiple(low, step) and _is_multiple(high, step)
        return (not most <= 2 * count <= 2 * most, not meets, not meets and digit in (2.5, 4.0), step)

    return min(steps, key=rank)[1]


def _is_multiple(value: float, step: float) -> bool:
    return abs(value / step - round(value / step)) < 1e-6


def whole_ticks(low: float, high: float, most: int, *, ascii_only: bool = False) -> tuple[Tick, ...]:
    """Like `linear_ticks`, on whole numbers only: for layers and epochs."""
    places = _whole_places(low, high, most)
    if low >= 1 and low == math.floor(low) and places and places[0] - low >= 0.6 * (high - low) / most:
        places.insert(0, low)  # layer 1 is worth naming
    return tuple(Tick(place, number(place, 6, ascii_only=ascii_only)) for place in places)


def power_ticks(low: float, high: float, most: int, *, ascii_only: bool = False) -> tuple[Tick, ...]:
    """Ticks for logarithms: whole powers of ten, finer only where less than two of them are in sight."""
    places = _whole_places(low, high, most)
    if len(places) < 2:
        places = [tick.at for tick in linear_ticks(low, high, most)]
    return tuple(Tick(place, power(place, ascii_only=ascii_only)) for place in places)


def _whole_places(low: float, high: float, most: int) -> list[float]:
    """Multiples of 1, 2, 5, 10, 20 …, as many as may be."""
    exponent = max(0, math.floor(math.log10(high / most - low / most)))
    for step in (digit * 10.0**zeros for zeros in range(exponent, exponent + 3) for digit in (1.0, 2.0, 5.0)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            return [index * step for index in range(first, last + 1)]
    return []
