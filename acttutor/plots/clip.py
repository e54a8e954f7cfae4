"""From data to strokes inside a canvas: whatever the data was, the kernel gets finite points inside."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Stroke = tuple[Point, ...]

_FAR = 1e9  # cells; beyond any canvas, and small enough that clipping stays exact


@dataclass(frozen=True, slots=True)
class Frame:
    """How data coordinates become cells of a canvas of `width` x `height`.

    The limits lie on the centres of the first and last column (bottom and top row), so that a tick at a limit
    is where it says. Cell coordinates are floats, y grows upwards. Limits must be usable (`ticks.usable`).
    """

    width: int
    height: int
    x_limits: Point
    y_limits: Point
    reverse_x: bool = False

    def columns(self, xs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Columns of the xs, 0 to width - 1 inside the limits; not finite stays not finite."""
        columns = _scale(xs, self.x_limits, self.width - 1)
        return (self.width - 1) - columns if self.reverse_x else columns

    def rows(self, ys: NDArray[np.float64]) -> NDArray[np.float64]:
        """Rows of the ys counted from the bottom, 0 to height - 1 inside the limits."""
        return _scale(ys, self.y_limits, self.height - 1)

    def x_at(self, column: float) -> float:
        """The x under a column."""
        part = min(1.0, max(0.0, column / max(1, self.width - 1)))
        part = 1.0 - part if self.reverse_x else part
        low, high = self.x_limits
        return low * (1.0 - part) + high * part


def _scale(values: NDArray[np.float64], limits: Point, cells: int) -> NDArray[np.float64]:
    low, high = limits
    size = max(abs(low), abs(high))
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        # Divided first: the difference of two limits of 1e300 and a value of -1e308 would overflow.
        scaled = (values / size - low / size) / (high / size - low / size) * cells
    scaled = np.where(np.isfinite(values), np.clip(scaled, -_FAR, _FAR), np.nan)
    return np.asarray(scaled, dtype=np.float64)


@lru_cache(maxsize=64)
def strokes(frame: Frame, xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[Stroke, ...]:
    """The visible parts of a line through the points, in cell coordinates.

    A point that is not finite ends a stroke. Every coordinate returned lies in [0, width-1] x [0, height-1].
    Clipping after Liang and Barsky (1984), "A new concept and method for line clipping".
    """
    count = min(len(xs), len(ys))
    columns = frame.columns(np.array(xs[:count], dtype=np.float64))
    rows = frame.rows(np.array(ys[:count], dtype=np.float64))
    right, top = float(frame.width - 1), float(frame.height - 1)
    done: list[Stroke] = []
    for run in _runs(columns, rows):
        run = _thinned(run, 4 * frame.width)
        if len(run) == 1:
            if _inside(run[0], right, top):
                done.append((run[0],))
            continue
        current: list[Point] = []
        for start, stop in pairwise(run):
            piece = clip_segment(start, stop, right, top)
            if piece is None:
                continue
            if current and current[-1] != piece[0]:
                done.append(tuple(current))
                current = []
            current.extend(piece if not current else piece[1:])
        if current:
            done.append(tuple(current))
    return tuple(done)


def points(frame: Frame, xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[Point, ...]:
    """The finite points inside the limits, in cell coordinates, one for each braille dot at most."""
    count = min(len(xs), len(ys))
    columns = frame.columns(np.array(xs[:count], dtype=np.float64))
    rows = frame.rows(np.array(ys[:count], dtype=np.float64))
    right, top = float(frame.width - 1), float(frame.height - 1)
    pairs = zip(columns.tolist(), rows.tolist(), strict=True)
    by_dot = {(round(2 * x), round(4 * y)): (x, y) for x, y in pairs if _inside((x, y), right, top)}
    return tuple(by_dot.values())


def clip_segment(start: Point, stop: Point, right: float, top: float) -> tuple[Point, Point] | None:
    """The part of a segment inside [0, right] x [0, top], or None; its ends are clamped against rounding."""
    (x, y), (x2, y2) = start, stop
    if 0.0 <= x <= right and 0.0 <= x2 <= right and 0.0 <= y <= top and 0.0 <= y2 <= top:
        return start, stop
    dx, dy = x2 - x, y2 - y
    enter, leave = 0.0, 1.0
    for slope, room in ((-dx, x), (dx, right - x), (-dy, y), (dy, top - y)):
        if slope == 0.0:
            if room < 0.0:
                return None
            continue
        at = room / slope
        if slope < 0.0:
            enter = max(enter, at)
        else:
            leave = min(leave, at)
    if enter > leave:
        return None
    first = start if enter == 0.0 else (x + enter * dx, y + enter * dy)
    last = stop if leave == 1.0 else (x + leave * dx, y + leave * dy)
    return _clamp(first, right, top), _clamp(last, right, top)


def dashes(lines: tuple[Stroke, ...], on: float, off: float) -> tuple[Stroke, ...]:
    """The strokes cut into dashes `on` long and `off` apart, in half columns; single points stay."""
    pieces: list[Stroke] = []
    for line in lines:
        along = _along(line)
        for number in range(int(along[-1] / (on + off)) + 1):
            start = number * (on + off)
            stop = min(start + on, along[-1])
            between = line[bisect_right(along, start) : bisect_left(along, stop)]
            pieces.append((_place(line, along, start), *between, _place(line, along, stop)))
    return tuple(pieces)


def beads(lines: tuple[Stroke, ...], apart: float) -> tuple[Point, ...]:
    """Points along the strokes, `apart` half columns from each other: dots, or markers on a curve."""
    found: list[Point] = []
    for line in lines:
        along = _along(line)
        found.extend(_place(line, along, index * apart) for index in range(int(along[-1] / apart) + 1))
    return tuple(found)


def _along(line: Stroke) -> list[float]:
    """How far along each point lies. A cell is about twice as high as wide, so a row counts as four."""
    lengths = (math.hypot(2.0 * (b[0] - a[0]), 4.0 * (b[1] - a[1])) for a, b in pairwise(line))
    return list(accumulate(lengths, initial=0.0))


def _place(line: Stroke, along: list[float], distance: float) -> Point:
    after = min(max(1, bisect_right(along, distance)), len(line) - 1)
    if after == 0 or along[after] == along[after - 1]:
        return line[after]
    part = min(1.0, (distance - along[after - 1]) / (along[after] - along[after - 1]))
    (x, y), (x2, y2) = line[after - 1], line[after]
    # Rounding must not carry a point past the ends of its segment.
    return _between(x + part * (x2 - x), x, x2), _between(y + part * (y2 - y), y, y2)


def _between(value: float, one: float, other: float) -> float:
    return min(max(value, min(one, other)), max(one, other))


def _runs(columns: NDArray[np.float64], rows: NDArray[np.float64]) -> Iterator[list[Point]]:
    run: list[Point] = []
    for x, y in zip(columns.tolist(), rows.tolist(), strict=True):
        if math.isfinite(x) and math.isfinite(y):
            run.append((x, y))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _thinned(run: list[Point], most: int) -> list[Point]:
    """About `most` points: first, lowest, highest and last of each half column, which looks the same."""
    if len(run) <= most:
        return run
    kept: list[Point] = []
    group: list[Point] = []
    for point in run:
        if group and math.floor(2.0 * point[0]) != math.floor(2.0 * group[0][0]):
            kept.extend(_extremes(group))
            group = []
        group.append(point)
    kept.extend(_extremes(group))
    return kept[:: len(kept) // most + 1] if len(kept) > 4 * most else kept


def _extremes(group: list[Point]) -> list[Point]:
    if len(group) <= 4:
        return group
    low = min(range(len(group)), key=lambda index: group[index][1])
    high = max(range(len(group)), key=lambda index: group[index][1])
    return [group[index] for index in sorted({0, low, high, len(group) - 1})]


def _inside(point: Point, right: float, top: float) -> bool:
    return 0.0 <= point[0] <= right and 0.0 <= point[1] <= top


def _clamp(point: Point, right: float, top: float) -> Point:
    return min(right, max(0.0, point[0])), min(top, max(0.0, point[1]))
