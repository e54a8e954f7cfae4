"""A network drawn as rows of styled text.

Nothing here knows Textual: a style is a word that the view turns into a theme colour, and whatever a colour says, a
sign says too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from acttutor.nn.trace import OperationKind, Phase
from acttutor.tui.simulation.cells import cells, cut, padded
from acttutor.tui.simulation.numbers import fitted
from acttutor.tui.simulation.scene import EVERY, NARROWEST_COLUMN, NARROWEST_GAP, Column, Line, Scene, Unit
from acttutor.tui.simulation.strokes import Stroke, Weight, drawn
from acttutor.tui.simulation.units import Slope

WIDEST_GAP = 22
NUMBER_CELLS = 9
"""The longest number with four digits that is common: `-1.234e-5`."""

NARROWEST = 2 * NARROWEST_COLUMN + NARROWEST_GAP
"""Cells below which nothing is drawn: two layers must fit."""

MOST_LINES = 4
"""Lines of a unit: z, a, and the gradients of both."""


class Style(StrEnum):
    """What a piece of the drawing stands for."""

    PLAIN = "plain"
    MUTED = "muted"
    VALUE = "value"
    GRADIENT = "gradient"
    FRESH_VALUE = "fresh-value"
    FRESH_GRADIENT = "fresh-gradient"
    CURSOR_VALUE = "cursor-value"
    CURSOR_GRADIENT = "cursor-gradient"
    HEAD = "head"
    HEAD_ACTIVE = "head-active"
    EDGE = "edge"
    EDGE_VALUE = "edge-value"
    EDGE_GRADIENT = "edge-gradient"
    CHOSEN_VALUE = "chosen-value"
    CHOSEN_GRADIENT = "chosen-gradient"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one style."""

    text: str
    style: Style = Style.PLAIN


Row = tuple[Piece, ...]


def rows(scene: Scene) -> tuple[Row, ...]:
    """The scene in exactly `height` rows of at most `width` cells; the first row heads the columns."""
    if scene.height < 2 or scene.width < NARROWEST:
        return ((),) * max(scene.height, 0)
    return _Layout(scene, scene.columns()).rows()


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """Puts columns and the lines between them into rows."""

    scene: Scene
    columns: tuple[Column, ...]

    @property
    def backward(self) -> bool:
        operation = self.scene.operation
        return operation is not None and operation.phase in (Phase.BACKWARD, Phase.UPDATE)

    @property
    def body(self) -> int:
        return self.scene.height - 1

    def rows(self) -> tuple[Row, ...]:
        target = self._target_lines()
        widths, gap, target_width, roomy = self._widths(target)
        grid = [list[Piece]() for _ in range(self.scene.height)]
        positions = [self._positions(column) for column in self.columns]
        for place, column in enumerate(self.columns):
            if place:
                edges = self._edges(
                    self.columns[place - 1], column, positions[place - 1], positions[place], gap
                )
                for row, pieces in enumerate(edges, 1):
                    grid[row].extend(pieces)
            grid[0].append(self._head(column, widths[place] + (gap if place < len(self.columns) - 1 else 0)))
            for row, pieces in enumerate(
                self._column_rows(column, positions[place], widths[place], roomy), 1
            ):
                grid[row].extend(pieces)
        if target and self.columns[-1].layer == len(self.scene.stepper.trace.network.layers):
            self._add_target(grid, target, positions[-1], target_width)
        return tuple(tuple(row) for row in grid)

    def _widths(self, targets: tuple[float, ...]) -> tuple[tuple[int, ...], int, int, bool]:
        """Cells of each column, of the gap between two, of the targets; and whether columns have what they want."""
        count = len(self.columns)
        wide = [self._wanted_width(column) for column in self.columns]
        gaps = (count - 1) * NARROWEST_GAP
        needed = self._target_width(targets)
        target_width = needed if self.scene.width >= count * 9 + gaps + needed else 0
        space = self.scene.width - target_width
        if sum(wide) + gaps <= space:
            return tuple(wide), min(WIDEST_GAP, (space - sum(wide)) // max(count - 1, 1)), target_width, True
        return ((space - gaps) // count,) * count, NARROWEST_GAP, target_width, False

    def _wanted_width(self, column: Column) -> int:
        """Cells for everything the column will ever show, so that nothing moves while numbers appear."""
        layer, ever = column.layer, self.scene.ever(column.layer)
        lengths = [
            len(fitted(float(value), NUMBER_CELLS))
            for tensor in ever.values()
            for value in tensor[self.scene.sample]
        ]
        for unit in column.units:
            note = self._note_text(self.scene.slope(layer, unit.number))
            value = fitted(float(ever[f"a{layer}"][self.scene.sample, unit.number]), NUMBER_CELLS)
            lengths.append(len(value) + 1 + cells(note) if note else 0)
        several = 2 if len(column.units) + column.hidden > 1 else 0
        return max(several + 5 + max(lengths), 9)

    def _target_width(self, targets: tuple[float, ...]) -> int:
        """Cells for the targets and the loss, with their names, and for the word above them."""
        longest = max(len(fitted(value, NUMBER_CELLS)) for value in (*targets, self.scene.stepper.trace.loss))
        return max(4 + longest, 2 + cells(self.scene.tr.gettext("target")))

    def _positions(self, column: Column) -> tuple[int, ...]:
        """The first body row of each unit, the layer centred with room for all lines of its last unit."""
        count = len(column.units)
        space = self.body - (1 if column.hidden else 0)
        pitch = max(1, min(space // count, MOST_LINES + 1))
        used = (count - 1) * pitch + min(pitch, MOST_LINES)
        top = max(0, (space - used) // 2)
        return tuple(top + pitch * place for place in range(count))

    # columns -----------------------------------------------------------------------------------------------

    def _head(self, column: Column, width: int) -> Piece:
        """What stands above a column; the layer at work is marked."""
        if column.layer != self.scene.active_layer:
            return Piece(padded(f"  {column.head}", width), Style.HEAD)
        mark = ">" if self.scene.ascii_only else "▸"
        return Piece(padded(f"{mark} {column.head}", width), Style.HEAD_ACTIVE)

    def _column_rows(
        self, column: Column, positions: tuple[int, ...], width: int, roomy: bool
    ) -> Iterator[list[Piece]]:
        body: list[list[Piece]] = [[Piece(" " * width)] for _ in range(self.body)]
        pitch = positions[1] - positions[0] if len(positions) > 1 else self.body
        for unit, top in zip(column.units, positions, strict=True):
            lines = self._shown(unit, min(pitch, self.body - top))
            for offset, line in enumerate(lines or (None,)):
                body[top + offset] = self._unit_line(column, unit, line, offset, width, roomy)
        if column.hidden:
            _ = self.scene.tr.gettext
            more = _("+{n} more").format(n=column.hidden)
            body[-1] = [Piece(padded(more, width), Style.MUTED)]
        yield from body

    def _shown(self, unit: Unit, space: int) -> tuple[Line, ...]:
        """The lines there is space for, the newest first to stay: forward before backward, in the order computed."""
        if len(unit.lines) <= space:
            return unit.lines
        forward = [line for line in unit.lines if not line.gradient]
        gradients = [line for line in unit.lines if line.gradient]
        if space == 1:
            return (gradients if self.backward and gradients else forward)[-1:]  # type: ignore[return-value]
        kept = [*forward[-1:], *gradients[-1:]] if space == 2 and gradients else unit.lines[-space:]
        return tuple(kept[:space])

    def _unit_line(
        self, column: Column, unit: Unit, line: Line | None, offset: int, width: int, roomy: bool
    ) -> list[Piece]:
        several = roomy and len(column.units) + column.hidden > 1
        glyph = self._glyph(unit)
        lead = (f"{unit.number + 1}" if several else "") if offset == 0 else ""
        pieces = [Piece(lead.rjust(2) if several else "", Style.MUTED)]
        off = unit.slope is Slope.OFF
        pieces.append(Piece(f"{glyph} " if offset == 0 else "  ", Style.OFF if off else Style.PLAIN))
        space = width - sum(len(piece.text) for piece in pieces)
        if line is not None:
            label = _label(line, space)
            room = min(NUMBER_CELLS, space - len(label))
            number = cut(fitted(line.value, room), room)
            style = self._line_style(column, unit, line)
            pieces += [Piece(label, Style.MUTED), Piece(number, style)]
            space -= len(label) + len(number)
            note = self._note(unit, line)
            if note and cells(note) + 1 <= space:
                pieces.append(Piece(f" {note}", Style.OFF))
                space -= cells(note) + 1
        pieces.append(Piece(" " * space))
        return [piece for piece in pieces if piece.text]

    def _glyph(self, unit: Unit) -> str:
        if not unit.known:
            return "." if self.scene.ascii_only else "·"
        if unit.slope is Slope.OFF:
            return "o" if self.scene.ascii_only else "○"
        return "*" if self.scene.ascii_only else "●"

    def _note(self, unit: Unit, line: Line) -> str:
        """Two or three letters beside the value that say why the gradient stops here."""
        return self._note_text(unit.slope) if line.label == "a" else ""

    def _note_text(self, slope: Slope) -> str:
        _ = self.scene.tr.gettext
        return {Slope.OFF: _("off"), Slope.SATURATED: _("flat"), Slope.ON: ""}[slope]

    def _line_style(self, column: Column, unit: Unit, line: Line) -> Style:
        scene = self.scene
        if scene.fresh(line.tensor):
            if scene.stepper.entry and scene.stepper.entry[-1] == unit.number:
                return Style.CURSOR_GRADIENT if line.gradient else Style.CURSOR_VALUE
            return Style.FRESH_GRADIENT if line.gradient else Style.FRESH_VALUE
        operation = scene.operation
        if operation is not None and line.tensor not in operation.reads:
            return Style.MUTED
        return Style.GRADIENT if line.gradient else Style.VALUE

    # edges -------------------------------------------------------------------------------------------------

    def _edges(
        self, left: Column, right: Column, starts: tuple[int, ...], ends: tuple[int, ...], gap: int
    ) -> list[list[Piece]]:
        weights = self.scene.stepper.trace.tensor(f"W{right.layer}")
        operation = self.scene.operation
        at_work = (
            operation is not None and operation.layer == right.layer and operation.kind not in _WITHOUT_EDGES
        )
        source, target = self.scene.chosen_edge()
        strokes = []
        for one, start in zip(left.units, starts, strict=True):
            for other, end in zip(right.units, ends, strict=True):
                chosen = at_work and source in (EVERY, one.number) and target in (EVERY, other.number)
                weight = Weight.CHOSEN if chosen else Weight.ACTIVE if at_work else Weight.FAINT
                strokes.append(Stroke(start, end, float(weights[one.number, other.number]) < 0, weight))
        drawn_cells = drawn(tuple(strokes), gap - 1, ascii_only=self.scene.ascii_only)
        rows = []
        for row in range(self.body):
            pieces = []
            for x in range(gap - 1):
                cell = drawn_cells.get((row, x))
                pieces.append(Piece(cell.character, self._edge_style(cell.weight)) if cell else Piece(" "))
            rows.append([*pieces, Piece(" ")])
        return rows

    def _edge_style(self, weight: Weight) -> Style:
        if weight is Weight.FAINT:
            return Style.EDGE
        if weight is Weight.CHOSEN:
            return Style.CHOSEN_GRADIENT if self.backward else Style.CHOSEN_VALUE
        return Style.EDGE_GRADIENT if self.backward else Style.EDGE_VALUE

    # targets -----------------------------------------------------------------------------------------------

    def _target_lines(self) -> tuple[float, ...]:
        stepper = self.scene.stepper
        sample = self.scene.sample
        return tuple(float(value) for value in stepper.trace.y[sample])

    def _add_target(
        self, grid: list[list[Piece]], targets: tuple[float, ...], positions: tuple[int, ...], width: int
    ) -> None:
        if not width:
            return
        scene = self.scene
        known = scene.stepper.tensors()
        operation = scene.operation
        reading = operation is not None and "y" in operation.reads
        _ = scene.tr.gettext
        grid[0].append(Piece(f"  {_('target')}", Style.HEAD_ACTIVE if reading else Style.HEAD))
        for unit, top in zip(self.columns[-1].units, positions, strict=True):
            style = Style.VALUE if reading else Style.MUTED
            grid[top + 1] += [
                Piece("  y ", Style.MUTED),
                Piece(fitted(targets[unit.number], width - 4), style),
            ]
        if "L" in known and scene.hidden != "L":
            row = max(positions) + 2
            fresh = scene.fresh("L")
            style = Style.CURSOR_VALUE if fresh else Style.VALUE if reading else Style.MUTED
            if row < len(grid):
                grid[row] += [Piece("  L ", Style.MUTED), Piece(fitted(float(known["L"]), width - 4), style)]


_WITHOUT_EDGES = frozenset(
    {
        OperationKind.ACTIVATION,
        OperationKind.ACTIVATION_GRADIENT,
        OperationKind.BIAS_GRADIENT,
        OperationKind.BIAS_UPDATE,
        OperationKind.PARAMETER_GRADIENT,
        OperationKind.PARAMETER_UPDATE,
    }
)


def _label(line: Line, space: int) -> str:
    """The name in front of a number, as long as there is space for; at the least, a gradient is told from a value."""
    number = len(fitted(line.value, NUMBER_CELLS))
    if space >= 3 + number:
        return f"{line.label:<2} "
    if space >= 2 + min(number, 5):
        return f"{line.label:<2}"
    return "d" if line.gradient else ""
