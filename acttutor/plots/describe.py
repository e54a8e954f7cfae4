"""The same figure in words and as a table: for screen readers, for pipes, and for whoever prefers to read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rich.cells import cell_len

from acttutor.i18n import Translator
from acttutor.plots.figure import Figure, value_at
from acttutor.plots.narration import Narrator
from acttutor.plots.numbers import antilog, number
from acttutor.plots.sheet import plain
from acttutor.plots.ticks import linear_ticks, usable

_BETWEEN = 2  # blanks between two columns of a table


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text: the header names the x axis and every series."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sentence(figure: Figure, tr: Translator) -> str:
    """What there is to see, computed from the curves: one sentence for each."""
    _ = tr.gettext
    narrator = Narrator(figure, tr)
    told = [narrator.tell(series) for series in figure.series]
    if figure.cursor is not None and figure.series:
        told.append(_cursor_told(narrator, figure.cursor))
    return _(" ").join(told) if told else _("There is nothing in this figure.")


def table(figure: Figure, tr: Translator, rows: int = 9) -> Table:
    """Every series at about `rows` round values of x, and at the cursor."""
    xs = _table_xs(figure, rows)
    write = antilog if figure.log10_y else number
    return Table(
        (figure.x_label or "x", *(series.label for series in figure.series)),
        tuple(
            (number(x, 6), *(write(value_at(series, x)) for series in figure.series))
            for x in (reversed(xs) if figure.reverse_x else xs)
        ),
    )


def text_table(content: Table, width: int | None = None, *, ascii_only: bool = False) -> tuple[str, ...]:
    """The table as lines of text, columns right-aligned under their names, by display width.

    Where `width` cells are not enough for all series, the table is told in parts, each with its own x column.
    """
    lines = [content.header, *content.rows]
    if ascii_only:
        lines = [tuple(plain(cell) for cell in line) for line in lines]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(content.header))]
    told: list[str] = []
    for columns in _parts(widths, width):
        wide = sum(widths[column] + _BETWEEN for column in columns) - _BETWEEN
        rows = [
            (" " * _BETWEEN).join(_right(line[column], widths[column]) for column in columns)
            for line in lines
        ]
        told.extend([""] if told else [])
        told.extend([rows[0], ("-" if ascii_only else "─") * wide, *rows[1:]])
    return tuple(told)


def _parts(widths: list[int], width: int | None) -> list[list[int]]:
    """Columns in groups that fit into `width`, the first column in every group."""
    parts = [[0]]
    room = 0
    for column in range(1, len(widths)):
        needed = widths[column] + _BETWEEN
        if width is not None and len(parts[-1]) > 1 and room + needed > width - widths[0]:
            parts.append([0])
            room = 0
        parts[-1].append(column)
        room += needed
    return parts


def _right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def _table_xs(figure: Figure, rows: int) -> list[float]:
    low, high = usable(figure.x_limits, tuple(x for series in figure.series for x in series.xs))
    given = sorted({x for series in figure.series for x in series.xs if low <= x <= high})
    if any(series.exact is not None for series in figure.series) or not given:
        xs = {tick.at for tick in linear_ticks(low, high, max(2, rows))}
    elif len(given) <= rows:
        xs = set(given)
    else:
        last = len(given) - 1
        xs = {given[round(index * last / (rows - 1))] for index in range(rows)}
    if figure.cursor is not None and math.isfinite(figure.cursor):
        xs.add(figure.cursor)
    return sorted(xs)


def _cursor_told(narrator: Narrator, cursor: float) -> str:
    _ = narrator.tr.gettext
    values = _(", ").join(
        _("{curve} = {y}").format(curve=series.label, y=narrator.y(value_at(series, cursor)))
        for series in narrator.figure.series
    )
    return _("At {axis} = {x}: {values}.").format(axis=narrator.axis, x=number(cursor), values=values)
