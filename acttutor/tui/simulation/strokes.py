"""Lines between units, drawn in the cells between two columns: braille dots, or plain ASCII."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class Weight(IntEnum):
    """How much a line matters now; where lines cross, the one that matters more gives the cell its colour."""

    FAINT = 0
    ACTIVE = 1
    CHOSEN = 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from the left edge in row `start` to the right edge in row `end`; broken for a negative weight."""

    start: int
    end: int
    broken: bool
    weight: Weight


@dataclass(frozen=True, slots=True)
class Cell:
    """One drawn character and how much it matters."""

    character: str
    weight: Weight


Cells = Mapping[tuple[int, int], Cell]
"""Drawn cells by row and column; what is not in it is empty."""


@lru_cache(maxsize=256)
def drawn(strokes: tuple[Stroke, ...], width: int, *, ascii_only: bool) -> Cells:
    """All strokes in a gap `width` cells wide, the important ones on top."""
    ordered = sorted(strokes, key=lambda stroke: stroke.weight)
    return _in_ascii(ordered, width) if ascii_only else _in_braille(ordered, width)


def _in_braille(strokes: list[Stroke], width: int) -> Cells:
    """Dots; a level stroke that nothing crosses is a whole line, which is easier on the eye."""
    dots: dict[tuple[int, int], tuple[int, Weight]] = {}
    for stroke in strokes:
        for x, y in _points(stroke, width):
            key = (y // 4, x // 2)
            bits, weight = dots.get(key, (0, stroke.weight))
            dots[key] = (bits | _DOTS[y % 4][x % 2], max(weight, stroke.weight))
    slanted = [stroke for stroke in strokes if stroke.start != stroke.end]
    crossed = {(y // 4, x // 2) for stroke in slanted for x, y in _points(stroke, width)}
    lines = {
        (stroke.start, x): Cell(_level(stroke), stroke.weight)
        for stroke in strokes
        if stroke.start == stroke.end
        for x in range(width)
        if (stroke.start, x) not in crossed
    }
    return {key: Cell(chr(0x2800 + bits), weight) for key, (bits, weight) in dots.items()} | lines


def _level(stroke: Stroke) -> str:
    light, heavy = ("╌", "╍") if stroke.broken else ("─", "━")
    return heavy if stroke.weight is Weight.CHOSEN else light


def _points(stroke: Stroke, width: int) -> Iterator[tuple[int, int]]:
    """The dots of a stroke, two to a cell across and four down, from the middle of one row to that of the other."""
    across = 2 * width - 1
    top, bottom = 4 * stroke.start + 1.5, 4 * stroke.end + 1.5
    steps = max(across, abs(round(bottom - top)))
    for step in range(steps + 1):
        x = round(across * step / steps)
        if stroke.broken and x % 4 >= 2:
            continue
        yield x, int(top + (bottom - top) * step / steps + 0.5)


def _in_ascii(strokes: list[Stroke], width: int) -> Cells:
    cells: dict[tuple[int, int], Cell] = {}
    for stroke in strokes:
        sign = "-" if stroke.start == stroke.end else "\\" if stroke.end > stroke.start else "/"
        for x in range(width):
            if stroke.broken and x % 2:
                continue
            key = (round(stroke.start + (stroke.end - stroke.start) * (x + 0.5) / width), x)
            before = cells.get(key)
            character = sign if before is None or before.character == sign else "x"
            cells[key] = Cell(character, stroke.weight)
    return cells
