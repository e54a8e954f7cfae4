"""The curves of a chart: what distinguishes a line from dashes, dots, marks, points and bars."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from acttutor.plots.clip import Stroke, beads, dashes, points, strokes
from acttutor.plots.figure import Marker, Series, Style
from acttutor.plots.layout import Chart
from acttutor.plots.palette import Ink, ink
from acttutor.plots.sheet import Sheet

CHARACTERS = {Marker.CROSS: "×", Marker.CIRCLE: "○", Marker.PLUS: "+"}

Raster = Callable[[int, int, tuple[Stroke, ...], str], tuple[str, ...]]
"""(width, height, strokes, marker) -> a string of `width` characters per row; one point is a dot."""

_BARS = " ▁▂▃▄▅▆▇█"


def draw_series(sheet: Sheet, chart: Chart, series: Series, raster: Raster, ascii_only: bool) -> None:
    """One series in its ink."""
    frame, of = chart.frame, ink(series.role)
    if series.style is Style.BARS:
        _draw_bars(sheet, chart, series, ascii_only)
        return
    if series.style is Style.POINTS:
        spots = points(frame, series.xs, series.ys)
        character = series.marker.ascii if ascii_only else CHARACTERS.get(series.marker, "•")
        _lay(sheet, chart, raster(frame.width, frame.height, tuple((spot,) for spot in spots), character), of)
        return
    lines = strokes(frame, series.xs, series.ys)
    if ascii_only:
        apart = {Marker.DASH: 4.0, Marker.DOT: 6.0}.get(series.marker)
        traced = tuple((bead,) for bead in beads(lines, apart)) if apart else lines
        _lay(sheet, chart, raster(frame.width, frame.height, traced, series.marker.ascii), of)
        return
    if series.marker is Marker.DASH:
        lines = dashes(lines, 6.0, 4.0)
    elif series.marker is Marker.DOT:
        lines = tuple((bead,) for bead in beads(lines, 4.0))
    _lay(sheet, chart, raster(frame.width, frame.height, lines, "braille"), of)
    if series.marker in CHARACTERS:
        marks = tuple((bead,) for bead in beads(strokes(frame, series.xs, series.ys), 14.0))
        _lay(sheet, chart, raster(frame.width, frame.height, marks, CHARACTERS[series.marker]), of)


def draw_ends(sheet: Sheet, chart: Chart, series: Series, ascii_only: bool) -> None:
    """The two sides of every jump: ● belongs to the curve, ○ does not."""
    for end in sorted(series.ends, key=lambda end: end.filled):
        cell = chart.cell(end.x, end.y)
        if cell is not None:
            filled, hollow = ("@", "o") if ascii_only else ("●", "○")
            sheet.put(*cell, filled if end.filled else hollow, ink(series.role))


def _lay(sheet: Sheet, chart: Chart, drawn: tuple[str, ...], of: Ink) -> None:
    for row, line in enumerate(drawn):
        for column, character in enumerate(line):
            if character not in " \u2800":
                sheet.put(chart.left + column, chart.top + row, character, of)


def _draw_bars(sheet: Sheet, chart: Chart, series: Series, ascii_only: bool) -> None:
    """Bars from zero, or from the bottom where zero is out of sight, in eighths of a cell upwards."""
    frame = chart.frame
    low, high = frame.y_limits
    base = 0.0 if low <= 0.0 <= high and not chart.figure.log10_y else low
    clipped = tuple(min(high, max(low, y)) if math.isfinite(y) else y for y in series.ys)
    spots = points(frame, series.xs, clipped)
    from_row = points(frame, (frame.x_limits[0],), (base,))[0][1]
    columns = sorted({round(x) for x, _ in spots})
    gap = min((b - a for a, b in pairwise(columns)), default=frame.width)
    half = max(0, min(4, (gap - 1) // 2 - (gap > 3)))
    for x, y in spots:
        bottom, top = sorted((from_row, y))
        for column in range(max(0, round(x) - half), min(frame.width, round(x) + half + 1)):
            for row in range(math.floor(bottom + 0.5), math.floor(top + 0.5) + 1):
                filled = min(1.0, max(0.0, top - (row - 0.5)))
                eighths = round(filled * 8) if y >= from_row else 8
                character = _BARS[max(1, eighths)] if not ascii_only else "#"
                sheet.put(
                    chart.left + column, chart.top + frame.height - 1 - row, character, ink(series.role)
                )
