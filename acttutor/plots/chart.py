"""A whole chart on a sheet: axes, curves, labels at the curves' ends, the cursor with its numbers."""

from __future__ import annotations

from rich.cells import cell_len

from acttutor.plots.clip import points, strokes
from acttutor.plots.figure import Figure, Series, Style, value_at
from acttutor.plots.layout import BETWEEN, Chart, header_reading, wrapped
from acttutor.plots.palette import Ink, ink
from acttutor.plots.pen import CHARACTERS, Raster, draw_ends, draw_series
from acttutor.plots.sheet import Sheet, Span, fit


def draw(chart: Chart, raster: Raster, *, ascii_only: bool = False) -> tuple[tuple[Span, ...], ...]:
    """The chart as rows of spans, `chart.height` of them, each `chart.width` cells."""
    sheet = Sheet(chart.width, chart.height)
    _draw_axes(sheet, chart, ascii_only)
    _draw_cursor_line(sheet, chart, ascii_only)
    for series in chart.figure.series:
        draw_series(sheet, chart, series, raster, ascii_only)
    for series in chart.figure.series:
        draw_ends(sheet, chart, series, ascii_only)
    _draw_cursor_points(sheet, chart, ascii_only)
    _draw_labels(sheet, chart, ascii_only)
    if chart.top:
        _draw_header(sheet, chart, ascii_only)
    return sheet.rows()


def fallback(
    figure: Figure, width: int, height: int, *, ascii_only: bool = False
) -> tuple[tuple[Span, ...], ...]:
    """What is shown where a chart does not fit: its name, cut to size."""
    sheet = Sheet(max(0, width), max(0, height))
    name = figure.title or ", ".join(series.label for series in figure.series)
    sheet.write(0, 0, fit(name, max(0, width), ascii_only=ascii_only), Ink.TEXT)
    return sheet.rows()


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
        cell = chart.cell(frame.x_limits[0], tick.at)
        if cell is None or cell[1] in taken:
            continue
        row = cell[1]
        taken.add(row)
        sheet.put(axis, row, y_mark, Ink.AXIS)
        sheet.write(axis - cell_len(tick.label), row, tick.label, Ink.TEXT)
    free = 0
    edge = chart.left + frame.width
    for tick in sorted(chart.x_ticks, key=lambda tick: -tick.at if frame.reverse_x else tick.at):
        cell = chart.cell(tick.at, frame.y_limits[0])
        if cell is None:
            continue
        column, wide = cell[0], cell_len(tick.label)
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
        cell = chart.cell(left, 0.0)
        for column in range(chart.left, chart.left + chart.frame.width) if cell else ():
            if not ascii_only or column % 2:
                sheet.put(column, cell[1] if cell else 0, "-" if ascii_only else "┈", Ink.GRID)
    if left < 0.0 < right:
        cell = chart.cell(0.0, low)
        for row in range(chart.top, chart.top + chart.frame.height) if cell else ():
            sheet.put(cell[0] if cell else 0, row, ":" if ascii_only else "┊", Ink.GRID)


def _draw_cursor_line(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    if chart.figure.cursor is None:
        return
    cell = chart.cell(chart.figure.cursor, chart.frame.y_limits[0])
    if cell is None:
        return
    for row in range(chart.top, chart.top + chart.frame.height):
        sheet.put(cell[0], row, "|" if ascii_only else "│", Ink.AXIS)
    sheet.put(cell[0], chart.top + chart.frame.height, "^" if ascii_only else "┴", Ink.CURSOR)


def _draw_cursor_points(sheet: Sheet, chart: Chart, ascii_only: bool) -> None:
    cursor = chart.figure.cursor
    if cursor is None:
        return
    for series in chart.figure.series:
        if series.style is not Style.BARS:
            cell = chart.cell(cursor, value_at(series, cursor))
            if cell is not None:
                sheet.put(*cell, "O" if ascii_only else "◆", ink(series.role))


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
            sample = series.marker.ascii if ascii_only else CHARACTERS.get(series.marker, "•")
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
    return chart.on_sheet(max(ends, key=lambda point: point[0]))[1]


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
    parts = header_reading(figure, ascii_only=ascii_only)
    lines = wrapped([cell_len(text) for text, _ in parts], chart.width)[: chart.top]
    taken = 0
    for row, line in enumerate(lines):
        shown = [parts[index] for index in line]
        wide = sum(cell_len(text) for text, _ in shown) + len(BETWEEN) * (len(shown) - 1)
        column = max(0, chart.width - wide) if chart.top == 1 else 0
        taken = max(taken, wide)
        for text, of in shown:
            sheet.write(column, row, fit(text, chart.width - column, ascii_only=ascii_only), of)
            column += cell_len(text) + len(BETWEEN)
    title = figure.title or figure.y_label
    room = chart.width - (taken + len(BETWEEN) if parts else 0)
    if title and (not parts or cell_len(title) <= room):
        start = (
            0
            if figure.title
            else min(max(0, chart.left - 1 - cell_len(title) // 2), max(0, room - cell_len(title)))
        )
        column = start if chart.top == 1 else chart.width - cell_len(title)
        sheet.write(
            column, 0, fit(title, room, ascii_only=ascii_only), Ink.TITLE if figure.title else Ink.TEXT
        )
