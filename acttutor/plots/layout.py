"""How a figure is laid out in a size: where the canvas lies, what stands on the axes, how high the header is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from rich.cells import cell_len

from acttutor.plots.clip import Frame, Point, points
from acttutor.plots.figure import Figure, readings
from acttutor.plots.numbers import antilog, number
from acttutor.plots.palette import Ink, ink
from acttutor.plots.sheet import fit, plain
from acttutor.plots.ticks import Tick, linear_ticks, power_ticks, usable, whole_ticks

SMALLEST_WIDTH, SMALLEST_HEIGHT = 20, 5
BETWEEN = "   "
"""What parts the numbers at the cursor."""

_MOST_X_TICKS, _MOST_Y_TICKS = 13, 8
_HEADER_LINES = 3  # at most, and never so many that fewer than _LEAST_ROWS are left for the curves
_LEAST_ROWS = 8
_VALUE_WIDTH = 9  # cells that most values need; the header's height must not jump while the cursor moves


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure laid out in a size: where the canvas lies and what its columns and rows mean."""

    figure: Figure
    width: int
    height: int
    left: int
    top: int
    frame: Frame
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]

    def x_at(self, column: int) -> float:
        """The x under a column of the whole chart, the nearest limit outside the canvas."""
        return self.frame.x_at(column - self.left)

    def on_sheet(self, point: Point) -> tuple[int, int]:
        """Column and row on the whole chart of a point of the canvas."""
        return self.left + round(point[0]), self.top + self.frame.height - 1 - round(point[1])

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Column and row on the whole chart of a point in the data; None outside the limits."""
        found = points(self.frame, (x,), (y,))
        return self.on_sheet(found[0]) if found else None


def lay_out(figure: Figure, width: int, height: int, *, ascii_only: bool = False) -> Chart | None:
    """The figure in `width` x `height` cells; None where that is too small for axes to make sense."""
    if width < SMALLEST_WIDTH or height < SMALLEST_HEIGHT:
        return None
    figure = in_ascii(figure) if ascii_only else figure
    x_limits = usable(figure.x_limits, tuple(x for series in figure.series for x in series.xs))
    y_limits = usable(figure.y_limits, tuple(y for series in figure.series for y in series.ys))
    header = _header_height(figure, width, height)
    rows = height - 2 - header
    ticks = power_ticks if figure.log10_y else linear_ticks
    y_ticks = ticks(*y_limits, min(_MOST_Y_TICKS, max(2, 1 + 2 * (rows - 1) // 5)), ascii_only=ascii_only)
    y_ticks = tuple(
        replace(tick, label=fit(tick.label, width // 4, ascii_only=ascii_only)) for tick in y_ticks
    )
    left = max((cell_len(tick.label) for tick in y_ticks), default=0) + 2
    gutter = min(max((cell_len(series.label) + 4 for series in figure.series), default=0), width // 3)
    gutter = max(gutter, cell_len(figure.x_label) + 2 if figure.x_label else 0)
    columns = max(8, width - left - min(gutter, width // 3))
    x_ticks = (whole_ticks if _counts(figure) else linear_ticks)(
        *x_limits, min(_MOST_X_TICKS, max(2, columns // 7)), ascii_only=ascii_only
    )
    frame = Frame(columns, rows, x_limits, y_limits, figure.reverse_x)
    return Chart(figure, width, height, left, header, frame, x_ticks, y_ticks)


def in_ascii(figure: Figure) -> Figure:
    """The figure with every name in it spelled without characters of ambiguous width."""
    return replace(
        figure,
        series=tuple(replace(series, label=plain(series.label)) for series in figure.series),
        x_label=plain(figure.x_label),
        y_label=plain(figure.y_label),
        title=plain(figure.title),
    )


def header_reading(figure: Figure, *, ascii_only: bool = False) -> tuple[tuple[str, Ink], ...]:
    """`x = 0`, `σ = 0.5`, `σ′ = 0.25`: every curve at the cursor, in its ink; empty without a cursor."""
    if figure.cursor is None:
        return ()
    write = antilog if figure.log10_y else number
    at = f"{figure.x_label or 'x'} = {number(figure.cursor, ascii_only=ascii_only)}"
    return (
        (at, Ink.CURSOR),
        *(
            (f"{reading.label} = {write(reading.y, ascii_only=ascii_only)}", ink(reading.role))
            for reading in readings(figure, figure.cursor)
        ),
    )


def wrapped(widths: list[int], width: int) -> list[list[int]]:
    """Indices of parts of these widths in lines of at most `width` cells."""
    lines: list[list[int]] = [[]]
    room = width
    for index, needed in enumerate(widths):
        if lines[-1] and needed > room:
            lines.append([])
            room = width
        lines[-1].append(index)
        room -= needed + len(BETWEEN)
    return lines


def _header_height(figure: Figure, width: int, height: int) -> int:
    """Lines for the title and the numbers at the cursor: as many as these may need at any place."""
    if height <= SMALLEST_HEIGHT or not (figure.title or figure.y_label or figure.cursor is not None):
        return 0
    labels = [figure.x_label or "x", *(series.label for series in figure.series)]
    widths = [cell_len(label) + 3 + _VALUE_WIDTH for label in labels]
    lines = len(wrapped(widths, width)) if figure.cursor is not None else 1
    return max(1, min(lines, _HEADER_LINES, height - 2 - _LEAST_ROWS))


def _counts(figure: Figure) -> bool:
    """Whether the x axis counts things (layers, epochs): every x is a whole number."""
    xs = [x for series in figure.series for x in series.xs[:50]]
    return len(xs) > 1 and all(x == math.floor(x) for x in xs if math.isfinite(x)) and not _exact(figure)


def _exact(figure: Figure) -> bool:
    return any(series.exact is not None for series in figure.series)
