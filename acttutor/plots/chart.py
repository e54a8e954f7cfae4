"""Where everything goes: axes, ticks, curves, labels at the curves' ends, the cursor with its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from rich.cells import cell_len

from acttutor.plots.clip import Frame, Point, Stroke, beads, dashes, points, strokes
from acttutor.plots.figure import Figure, Marker, Series, Style, readings, value_at
from acttutor.plots.numbers import number, power
from acttutor.plots.palette import Ink, ink
from acttutor.plots.sheet import Sheet, Span, fit, plain
from acttutor.plots.ticks import Tick, linear_ticks, power_ticks, usable, whole_ticks

SMALLEST_WIDTH, SMALLEST_HEIGHT = 20, 5
_BARS = " ▁▂▃▄▅▆▇█"
_CHARACTERS = {Marker.CROSS: "×", Marker.CIRCLE: "○", Marker.PLUS: "+"}

Raster = Callable[[int, int, tuple[Stroke, ...], str], tuple[str, ...]]
"""(width, height, strokes, marker) -> a string of `width` characters per row; one point is a dot."""


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
    header: bool

    def x_at(self, column: int) -> float:
        """The x under a column of the whole chart, the nearest limit outside the canvas."""
        return self.frame.x_at(column - self.left)


def lay_out(figure: Figure, width: int, height: int, *, ascii_only: bool = False) -> Chart | None:
    """The figure in `width` x `height` cells; None where that is too small for axes to make sense."""
    if width < SMALLEST_WIDTH or height < SMALLEST_HEIGHT:
        return None
    figure = in_ascii(figure) if ascii_only else figure
    x_limits = usable(figure.x_limits, tuple(x for series in figure.series for x in series.xs))
    y_limits = usable(figure.y_limits, tuple(y for series in figure.series for y in series.ys))
    wants_header = bool(figure.title or figure.y_label or figure.cursor is not None)
    header = wants_header and height > SMALLEST_HEIGHT
    rows = height - 2 - header
    ticks = power_ticks if figure.log10_y else linear_ticks
    y_ticks = ticks(*y_limits, max(2, 1 + 2 * (rows - 1) // 5), ascii_only=ascii_only)
    y_ticks = tuple(
        replace(tick, label=fit(tick.label, width // 4, ascii_only=ascii_only)) for tick in y_ticks
    )
    left = max((cell_len(tick.label) for tick in y_ticks), default=0) + 2
    gutter = min(max((cell_len(series.label) + 4 for series in figure.series), default=0), width // 3)
    gutter = max(gutter, cell_len(figure.x_label) + 2 if figure.x_label else 0)
    columns = max(8, width - left - min(gutter, width // 3))
    x_ticks = (whole_ticks if _counts(figure) else linear_ticks)(
        *x_limits, max(2, columns // 7), ascii_only=ascii_only
    )
    frame = Frame(columns, rows, x_limits, y_limits, figure.reverse_x)
    return Chart(figure, width, height, left, int(header), frame, x_ticks, y_ticks, header)


def draw(chart: Chart, raster: Raster, *, ascii_only: bool = False) -> tuple[tuple[Span, ...], ...]:
    """The chart as rows of spans, `chart.height` of them, each `chart.width` cells."""
    sheet = Sheet(chart.width, chart.height)
    _draw_axes(sheet, chart, ascii_only)
    _draw_cursor_line(sheet, chart, ascii_only)
    for series in chart.figure.series:
        _draw_series(sheet, chart, series, raster, ascii_only)
    for series in chart.figure.series:
        _draw_ends(sheet, chart, series, ascii_only)
    _draw_cursor_points(sheet, chart, ascii_only)
    _draw_labels(sheet, chart, ascii_only)
    if chart.header:
        _draw_header(sheet, chart, ascii_only)
    return sheet.rows()


def in_ascii(figure: Figure) -> Figure:
    """The figure with every name in it spelled without characters of ambiguous width."""
    return replace(
        figure,
        series=tuple(replace(series, label=plain(series.label)) for series in figure.series),
        x_label=plain(figure.x_label),
        y_label=plain(figure.y_label),
        title=plain(figure.title),
    )


def fallback(
    figure: Figure, width: int, height: int, *, ascii_only: bool = False
) -> tuple[tuple[Span, ...], ...]:
    """What is shown where a chart does not fit: its name, cut to size."""
    sheet = Sheet(max(0, width), max(0, height))
    name = figure.title or ", ".join(series.label for series in figure.series)
    sheet.write(0, 0, fit(name, max(0, width), ascii_only=ascii_only), Ink.TEXT)
    return sheet.rows()


def header_reading(figure: Figure, *, ascii_only: bool = False) -> str:
    """`x = 0   σ = 0.5   σ′ = 0.25`: every curve at the cursor; empty without a cursor."""
    if figure.cursor is None:
        return ""
    write = power if figure.log10_y else number
    parts = [f"{figure.x_label or 'x'} = {number(figure.cursor, ascii_only=ascii_only)}"]
    for reading in readings(figure, figure.cursor):
        parts.append(f"{reading.label} = {write(reading.y, ascii_only=ascii_only)}")
    return "   ".join(parts)


def _counts(figure: Figure) -> bool:
    """Whether the x axis counts things (layers, epochs): every x is a whole number."""
    xs = [x for series in figure.series for x in series.xs[:50]]
    return len(xs) > 1 and all(x == math.floor(x) for x in xs if math.isfinite(x)) and not _exact(figure)


def _exact(figure: Figure) -> bool:
    return any(series.exact is not None for series in figure.series)


def _cell(chart: Chart, at: Point) -> Point | None:
    """Column and row on the sheet of a point in the data, None outside the limits."""
    found = points(chart.frame, (at[0],), (at[1],))
    return _on_sheet(chart, found[0]) if found else None


def _on_sheet(chart: Chart, at: Point) -> Point:
    return chart.left + round(at[0]), chart.top + chart.frame.height - 1 - round(at[1])


def _draw_axes(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    frame, bottom = chart.frame, chart.top + chart.frame.height
    axis = chart.left - 1
    upright, flat, corner, y_mark, x_mark = "|-+++" if ascii_only else "│─└┤┬"
    for row in range(chart.top, bottom):
        sheet.put(axis, row, upright, Ink.AXIS)
    for column in range(chart.left, chart.left + frame.width):
        sheet.put(column, bottom, flat, Ink.AXIS)
    sheet.put(axis, bottom, corner, Ink.AXIS)
    _draw_zero_lines(sheet, chart, ascii_only)
    taken: set[int] = set()
    for tick in chart.y_ticks:
        cell = _cell(chart, (frame.x_limits[0], tick.at))
        if cell is None or cell[1] in taken:
            continue
        row = int(cell[1])
        taken.add(row)
        sheet.put(axis, row, y_mark, Ink.AXIS)
        sheet.write(axis - cell_len(tick.label), row, tick.label, Ink.TEXT)
    free = 0
    edge = chart.left + frame.width
    for tick in sorted(chart.x_ticks, key=lambda tick: -tick.at if frame.reverse_x else tick.at):
        cell = _cell(chart, (tick.at, frame.y_limits[0]))
        if cell is None:
            continue
        column, wide = int(cell[0]), cell_len(tick.label)
        lead = 1 if tick.label[:1] in "-−" and wide % 2 == 0 else 0  # the sign hangs, the digits are centred
        start = max(0, column - (wide + lead) // 2)
        if start < free or start + wide > max(edge + 1, column + wide // 2 + 1):
            continue
        sheet.put(column, bottom, x_mark, Ink.AXIS)
        sheet.write(start, bottom + 1, tick.label, Ink.TEXT)
        free = start + wide + 1
    room = chart.width - max(edge + 1, free)
    sheet.write(
        max(edge + 1, free), bottom + 1, fit(chart.figure.x_label, room, ascii_only=ascii_only), Ink.TEXT
    )


def _draw_zero_lines(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    (left, right), (low, high) = chart.frame.x_limits, chart.frame.y_limits
    if low < 0.0 < high and not chart.figure.log10_y:
        cell = _cell(chart, (left, 0.0))
        for column in range(chart.left, chart.left + chart.frame.width) if cell else ():
            if not ascii_only or column % 2:
                sheet.put(column, int(cell[1]) if cell else 0, "-" if ascii_only else "┈", Ink.GRID)
    if left < 0.0 < right:
        cell = _cell(chart, (0.0, low))
        for row in range(chart.top, chart.top + chart.frame.height) if cell else ():
            sheet.put(int(cell[0]) if cell else 0, row, ":" if ascii_only else "┊", Ink.GRID)


def _draw_series(sheet: Sheet, chart: Chart, series: Series, raster: Raster, ascii_only: bool) -> None:
    frame, of = chart.frame, ink(series.role)
    if series.style is Style.BARS:
        _draw_bars(sheet, chart, series, ascii_only)
        return
    if series.style is Style.POINTS:
        spots = points(frame, series.xs, series.ys)
        character = series.marker.ascii if ascii_only else _CHARACTERS.get(series.marker, "•")
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
    if series.marker in _CHARACTERS:
        marks = tuple((bead,) for bead in beads(strokes(frame, series.xs, series.ys), 14.0))
        _lay(sheet, chart, raster(frame.width, frame.height, marks, _CHARACTERS[series.marker]), of)


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


def _draw_ends(sheet: Sheet, chart: Chart, series: Series, ascii_only: bool) -> None:
    for end in sorted(series.ends, key=lambda end: end.filled):
        cell = _cell(chart, (end.x, end.y))
        if cell is not None:
            filled, hollow = ("@", "o") if ascii_only else ("●", "○")
            sheet.put(int(cell[0]), int(cell[1]), filled if end.filled else hollow, ink(series.role))


def _draw_cursor_line(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    if chart.figure.cursor is None:
        return
    cell = _cell(chart, (chart.figure.cursor, chart.frame.y_limits[0]))
    if cell is None:
        return
    for row in range(chart.top, chart.top + chart.frame.height):
        sheet.put(int(cell[0]), row, "|" if ascii_only else "│", Ink.AXIS)
    sheet.put(int(cell[0]), chart.top + chart.frame.height, "^" if ascii_only else "┴", Ink.CURSOR)


def _draw_cursor_points(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    cursor = chart.figure.cursor
    if cursor is None:
        return
    for series in chart.figure.series:
        if series.style is not Style.BARS:
            cell = _cell(chart, (cursor, value_at(series, cursor)))
            if cell is not None:
                sheet.put(int(cell[0]), int(cell[1]), "O" if ascii_only else "◆", ink(series.role))


def _draw_labels(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    """Each curve's name at the height where it leaves the canvas, moved apart where two would share a row."""
    start = chart.left + chart.frame.width
    room = chart.width - start - 1
    if room < 1:
        return
    wanted = [(_leaves_at(chart, series), index) for index, series in enumerate(chart.figure.series)]
    wanted.sort(key=lambda pair: (pair[0], pair[1]))
    last = chart.top + chart.frame.height - 1
    rows = _spread([row for row, _ in wanted], chart.top, last)
    for row, (_, index) in zip(rows, wanted, strict=False):
        series = chart.figure.series[index]
        sample = series.marker.ascii * 2 if ascii_only else series.marker.glyph
        if series.style is not Style.LINE:
            sample = series.marker.ascii if ascii_only else _CHARACTERS.get(series.marker, "•")
            sample = ("#" if ascii_only else "█") if series.style is Style.BARS else sample
        text = (
            f"{sample} {series.label}"
            if room >= cell_len(sample) + 1 + min(4, cell_len(series.label))
            else series.label
        )
        sheet.write(start + 1, row, fit(text, room, ascii_only=ascii_only), ink(series.role))


def _leaves_at(chart: Chart, series: Series) -> int:
    """The row of the sheet at which a series is last seen, at the right of the canvas."""
    frame = chart.frame
    middle = chart.top + frame.height // 2
    if series.style is Style.LINE:
        ends = [point for stroke in strokes(frame, series.xs, series.ys) for point in (stroke[0], stroke[-1])]
    else:
        ends = list(points(frame, series.xs, series.ys))
    if not ends:
        return middle
    return int(_on_sheet(chart, max(ends, key=lambda point: point[0]))[1])


def _spread(rows: list[int], first: int, last: int) -> list[int]:
    """The sorted rows moved as little as needed for no two to be the same; what does not fit is left out."""
    rows = rows[: last - first + 1]
    placed: list[int] = []
    for row in rows:
        placed.append(max(row, placed[-1] + 1) if placed else max(first, row))
    below = last
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], below)
        below = placed[index] - 1
    return placed


def _draw_header(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    """The title or the y axis' name at the left, the numbers at the cursor at the right."""
    figure = chart.figure
    reading = header_reading(figure, ascii_only=ascii_only)
    title = figure.title or figure.y_label
    indent = 0 if figure.title else max(0, chart.left - 1 - cell_len(title) // 2)
    if title and indent + cell_len(title) + 3 + cell_len(reading) <= chart.width:
        sheet.write(indent, 0, title, Ink.TITLE if figure.title else Ink.TEXT)
    elif title and not reading:
        sheet.write(0, 0, fit(title, chart.width, ascii_only=ascii_only), Ink.TITLE)
    if not reading:
        return
    shown = fit(reading, chart.width, ascii_only=ascii_only)
    column = chart.width - cell_len(shown)
    parts = shown.split("   ")
    inks = [Ink.CURSOR, *(ink(series.role) for series in figure.series)]
    for part, of in zip(parts, inks, strict=False):
        sheet.write(column, 0, part, of)
        column += cell_len(part) + 3
