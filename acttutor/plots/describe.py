"""The same figure in words and as a table: for screen readers, for pipes, and for whoever prefers to read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from acttutor.i18n import Translator
from acttutor.plots.figure import Figure, Series, Style, value_at
from acttutor.plots.numbers import number, power
from acttutor.plots.shape import Leg, Move, legs
from acttutor.plots.sheet import plain
from acttutor.plots.ticks import linear_ticks, usable

_MOST_LEGS = 6
_BETWEEN = 2  # blanks between two columns of a table


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text: the header names the x axis and every series."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sentence(figure: Figure, tr: Translator) -> str:
    """What there is to see, computed from the curves: one sentence for each."""
    _ = tr.gettext
    told = [_told(figure, series, tr) for series in figure.series]
    if figure.cursor is not None and figure.series:
        told.append(_cursor_told(figure, tr))
    return _(" ").join(told) if told else _("There is nothing in this figure.")


def table(figure: Figure, tr: Translator, rows: int = 9) -> Table:
    """Every series at about `rows` round values of x, and at the cursor."""
    xs = _table_xs(figure, rows)
    write = _writer(figure)
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


def _writer(figure: Figure) -> Callable[[float], str]:
    return power if figure.log10_y else number


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


def _told(figure: Figure, series: Series, tr: Translator) -> str:
    _ = tr.gettext
    finite = [
        (x, y) for x, y in zip(series.xs, series.ys, strict=False) if math.isfinite(x) and math.isfinite(y)
    ]
    if not finite:
        return _("{curve} has no values here.").format(curve=series.label)
    write, axis = _writer(figure), figure.x_label or "x"
    if len(finite) == 1 or series.style is not Style.LINE:
        return _extremes_told(series.label, finite, axis, write, tr)
    found = legs(series)
    if len(found) == 1 and found[0].move is Move.STAY:
        return _("{curve} is {y} everywhere from {axis} = {a} to {b}.").format(
            curve=series.label,
            y=write(finite[0][1]),
            axis=axis,
            a=number(finite[0][0]),
            b=number(finite[-1][0]),
        )
    if len(found) > _MOST_LEGS:
        return _extremes_told(series.label, finite, axis, write, tr)
    highest = max(leg.stop[1] for leg in found)
    lowest = min(leg.stop[1] for leg in found)
    start = found[0].start
    parts = [
        _("{curve} is {y} at {axis} = {x}").format(
            curve=series.label, y=write(start[1]), axis=axis, x=number(start[0])
        )
    ]
    starts_level = found[0].move is Move.STAY
    if starts_level:
        parts = [
            _("{curve} stays at {y} from {axis} = {a} to {b}").format(
                curve=series.label,
                y=write(start[1]),
                axis=axis,
                a=number(start[0]),
                b=number(found[0].stop[0]),
            )
        ]
        found = found[1:]
    parts.extend(
        _leg_told(leg, after, highest > start[1], lowest < start[1], (lowest, highest), axis, write, tr)
        for leg, after in zip(found, [*found[1:], None], strict=True)
    )
    if starts_level:
        return _("{parts}.").format(parts=_(", then ").join(parts))
    return _("{start}, {parts}.").format(start=parts[0], parts=_(", then ").join(parts[1:]))


def _leg_told(
    leg: Leg,
    after: Leg | None,
    has_high: bool,
    has_low: bool,
    bounds: tuple[float, float],
    axis: str,
    write: Callable[[float], str],
    tr: Translator,
) -> str:
    _ = tr.gettext
    lowest, highest = bounds
    facts = {"y": write(leg.stop[1]), "axis": axis, "x": number(leg.stop[0]), "from": write(leg.start[1])}
    turns = after is not None and after.move not in (leg.move, Move.STAY, Move.JUMP)
    if leg.move is Move.RISE:
        if turns and has_high and leg.stop[1] == highest:
            return _("rises to its largest value {y} at {axis} = {x}").format(**facts)
        return _("rises to {y} at {axis} = {x}").format(**facts)
    if leg.move is Move.FALL:
        if turns and has_low and leg.stop[1] == lowest:
            return _("falls to its smallest value {y} at {axis} = {x}").format(**facts)
        return _("falls to {y} at {axis} = {x}").format(**facts)
    if leg.move is Move.JUMP:
        return _("jumps from {from} to {y} at {axis} = {x}").format(**facts)
    return _("stays at {y} up to {axis} = {x}").format(**facts)


def _extremes_told(
    curve: str,
    finite: Sequence[tuple[float, float]],
    axis: str,
    write: Callable[[float], str],
    tr: Translator,
) -> str:
    _ = tr.gettext
    low, high = min(finite, key=lambda point: point[1]), max(finite, key=lambda point: point[1])
    first, last = finite[0], finite[-1]
    return _(
        "{curve} goes from {first} at {axis} = {a} to {last} at {axis} = {b}; "
        "its smallest value is {low} at {axis} = {c}, its largest {high} at {axis} = {d}."
    ).format(
        curve=curve,
        axis=axis,
        first=write(first[1]),
        a=number(first[0]),
        last=write(last[1]),
        b=number(last[0]),
        low=write(low[1]),
        c=number(low[0]),
        high=write(high[1]),
        d=number(high[0]),
    )


def _cursor_told(figure: Figure, tr: Translator) -> str:
    _ = tr.gettext
    cursor = figure.cursor if figure.cursor is not None else 0.0
    write = _writer(figure)
    values = _(", ").join(
        _("{curve} = {y}").format(curve=series.label, y=write(value_at(series, cursor)))
        for series in figure.series
    )
    return _("At {axis} = {x}: {values}.").format(axis=figure.x_label or "x", x=number(cursor), values=values)
