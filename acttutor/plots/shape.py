"""How a curve goes: where it rises, falls, stays and jumps, found from its samples."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from acttutor.plots.figure import Exact, Series, Style

_FLAT = 1e-9  # changes below this part of the whole span count as none


class Move(StrEnum):
    """What a curve does between two of its points."""

    RISE = "rise"
    FALL = "fall"
    STAY = "stay"
    JUMP = "jump"


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a curve: how it moves, and where it ends."""

    move: Move
    start: tuple[float, float]
    stop: tuple[float, float]


def legs(series: Series, noise: float) -> tuple[Leg, ...]:
    """The stretches of a series in the order of its samples; ups and downs smaller than `noise` do not count."""
    points = [
        (x, y) for x, y in zip(series.xs, series.ys, strict=False) if math.isfinite(x) and math.isfinite(y)
    ]
    if len(points) < 2:
        return ()
    span = max(y for _, y in points) / 2 - min(y for _, y in points) / 2
    jumps = {end.x for end in series.ends}
    found: list[Leg] = []
    for run in _smooth_runs(points, jumps):
        if found and run:
            found.append(Leg(Move.JUMP, found[-1].stop, run[0]))
        found.extend(_legs_of(run, noise, span * 2 * _FLAT))
    return _refined(found, series)


def _smooth_runs(points: list[tuple[float, float]], jumps: set[float]) -> list[list[tuple[float, float]]]:
    """The points between the jumps; those right beside a jump are said to be at it."""
    runs: list[list[tuple[float, float]]] = [[]]
    previous = points[0][0]
    for x, y in points:
        crossed = next((jump for jump in jumps if min(previous, x) < jump < max(previous, x)), None)
        previous = x
        if crossed is not None:
            runs[-1][-1] = (crossed, runs[-1][-1][1])
            runs.append([(crossed, y)])
        else:
            runs[-1].append((x, y))
    return runs


def _legs_of(run: list[tuple[float, float]], noise: float, flat: float) -> list[Leg]:
    """The run between its turning points, a level start or end told apart from what rises or falls."""
    turns = _turning_points(run, noise)
    found: list[Leg] = []
    for begin, end in pairwise(turns):
        part = run[begin : end + 1]
        level_until = _level(part, flat)
        level_from = len(part) - 1 - _level(part[::-1], flat)
        if level_until >= level_from:
            found.append(Leg(Move.STAY, part[0], part[-1]))
            continue
        total = abs(part[-1][0] - part[0][0])
        if abs(part[level_until][0] - part[0][0]) > 0.05 * total:
            found.append(Leg(Move.STAY, part[0], part[level_until]))
        else:
            level_until = 0
        long_tail = abs(part[-1][0] - part[level_from][0]) > 0.05 * total
        stop = part[level_from] if long_tail else part[-1]
        move = Move.RISE if stop[1] > part[level_until][1] else Move.FALL
        found.append(Leg(move, part[level_until], stop))
        if long_tail:
            found.append(Leg(Move.STAY, stop, part[-1]))
    if not found and run:
        found.append(Leg(Move.STAY, run[0], run[-1]))
    return found


def _level(part: list[tuple[float, float]], flat: float) -> int:
    """The index up to which the part stays at its first height."""
    return next((index - 1 for index, (_, y) in enumerate(part) if abs(y - part[0][1]) > flat), len(part) - 1)


def _turning_points(run: list[tuple[float, float]], noise: float) -> list[int]:
    """Indices of the first point, of extremes followed by a way back of more than `noise`, of the last."""
    turns, extreme, direction = [0], 0, 0
    for index, (_, y) in enumerate(run):
        if (direction >= 0 and y > run[extreme][1]) or (direction <= 0 and y < run[extreme][1]):
            if direction == 0 and abs(y - run[0][1]) > noise:
                direction = 1 if y > run[0][1] else -1
            if direction != 0 or abs(y - run[0][1]) > noise:
                extreme = index
        elif direction and abs(y - run[extreme][1]) > noise:
            turns.append(extreme)
            extreme, direction = index, -direction
    if turns[-1] != len(run) - 1:
        turns.append(len(run) - 1)
    return turns


def _refined(found: list[Leg], series: Series) -> tuple[Leg, ...]:
    """The legs with their smooth turning points moved from the nearest sample to where they really are."""
    if series.exact is None or series.style is not Style.LINE or len(series.xs) < 3:
        return tuple(found)
    reach = abs(series.xs[-1] - series.xs[0]) / (len(series.xs) - 1) * 1.5
    refined = list(found)
    for index in range(len(found) - 1):
        first, second = refined[index], refined[index + 1]
        if {first.move, second.move} != {Move.RISE, Move.FALL}:
            continue
        turn = _extreme(series.exact, first.stop[0], reach, highest=first.move is Move.RISE)
        refined[index] = Leg(first.move, first.start, turn)
        refined[index + 1] = Leg(second.move, turn, second.stop)
    return tuple(refined)


def _extreme(exact: Exact, near: float, reach: float, *, highest: bool) -> tuple[float, float]:
    """The highest or lowest point within `reach` of `near`, by golden-section search."""
    sign = 1.0 if highest else -1.0
    ratio = (math.sqrt(5.0) - 1.0) / 2.0
    low, high = near - reach, near + reach
    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if sign * exact.at(left) >= sign * exact.at(right):
            high = right
        else:
            low = left
    middle = (low + high) / 2.0
    best = max((near, middle, round(middle, 6)), key=lambda x: sign * exact.at(x))
    best = round(best, 6) if math.isclose(exact.at(round(best, 6)), exact.at(best), rel_tol=1e-12) else best
    return best, exact.at(best)
