"""What is to be seen of a network at a place in time: which layers, which units, which of their numbers.

How it looks is `drawing`'s matter.
"""

from dataclasses import dataclass

from acttutor.i18n import Translator
from acttutor.nn.arrays import Array
from acttutor.nn.trace import Operation, OperationKind
from acttutor.tui.simulation.units import Slope, slope_at
from acttutor.tui.simulation.words import activation_names
from acttutor.tui.stepper import PER_SAMPLE, Entry, Stepper

MOST_UNITS = 6
NARROWEST_COLUMN = 8
NARROWEST_GAP = 3
EVERY = -1
"""Stands for all units of a layer."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line beside a unit: the tensor it comes from, a short name, and the number."""

    tensor: str
    label: str
    value: float
    gradient: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as drawn; `number` counts from 0, `known` says that its value is computed."""

    number: int
    lines: tuple[Line, ...]
    known: bool
    slope: Slope


@dataclass(frozen=True, slots=True)
class Column:
    """A layer as drawn; layer 0 is the input. `hidden` counts units that are not drawn."""

    layer: int
    head: str
    units: tuple[Unit, ...]
    hidden: int


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A place in time and the space there is, in cells.

    `hidden` names a tensor whose value is not to be seen yet, since the learner is predicting it.
    """

    stepper: Stepper
    width: int
    height: int
    tr: Translator
    ascii_only: bool = False
    hidden: str = ""

    @property
    def operation(self) -> Operation | None:
        """The operation being looked at."""
        return self.stepper.current

    @property
    def sample(self) -> int:
        """The sample whose numbers are drawn, from 0."""
        return min(self.stepper.sample, len(self.stepper.trace.y) - 1)

    @property
    def active_layer(self) -> int | None:
        """The layer at work: where the current operation writes; None before the first."""
        operation = self.operation
        if operation is None:
            return None
        last = len(self.stepper.trace.network.layers)
        if operation.kind is OperationKind.INPUT_GRADIENT and operation.layer is not None:
            return operation.layer - 1
        return operation.layer if operation.layer is not None else last

    def columns(self) -> tuple[Column, ...]:
        network = self.stepper.trace.network
        known = self.stepper.tensors()
        first, last = self._window(len(network.layers) + 1)
        return tuple(self._column(layer, known) for layer in range(first, last))

    def _window(self, total: int) -> tuple[int, int]:
        """Which layers are drawn when not all fit: those around the one at work."""
        fitting = max(2, (self.width + NARROWEST_GAP) // (NARROWEST_COLUMN + NARROWEST_GAP))
        if total <= fitting:
            return 0, total
        centre = self.active_layer or 0
        first = min(max(centre - fitting // 2, 0), total - fitting)
        return first, first + fitting

    def _column(self, layer: int, known: dict[str, Array]) -> Column:
        network = self.stepper.trace.network
        total = network.widths[layer]
        most = max(1, min(MOST_UNITS, self.height - 1))
        if total > most:
            most = max(1, min(MOST_UNITS, self.height - 2))
        chosen = self._chosen_unit(layer)
        first = min(max(chosen - most + 1, 0), total - most) if total > most else 0
        units = tuple(self._unit(layer, unit, known) for unit in range(first, first + min(total, most)))
        _ = self.tr.gettext
        head = _("input") if layer == 0 else f"{layer} {activation_names(network.layers[layer - 1])}"
        return Column(layer, head, units, total - len(units))

    def _chosen_unit(self, layer: int) -> int:
        """The unit of this layer that the entry under the cursor belongs to, 0 when it belongs to another layer."""
        source, target = self.chosen_edge()
        if self.operation is None or self.operation.layer is None:
            return target if layer == len(self.stepper.trace.network.layers) else 0
        if layer == self.operation.layer and target >= 0:
            return target
        return source if layer == self.operation.layer - 1 and source >= 0 else 0

    def chosen_edge(self) -> Entry:
        """The units below and in the layer at work that the cursor means; EVERY stands for all of them."""
        operation, entry = self.operation, self.stepper.entry
        if operation is None or not entry:
            return (EVERY, EVERY)
        if operation.kind is OperationKind.INPUT_GRADIENT:
            return (entry[1], EVERY)
        if operation.kind in PER_SAMPLE:
            return (EVERY, entry[1])
        return (entry[0], entry[1]) if len(entry) == 2 else (EVERY, entry[0])

    def _unit(self, layer: int, unit: int, known: dict[str, Array]) -> Unit:
        sample = self.sample
        lines = []
        for tensor, label, gradient in (
            (f"z{layer}", "z", False),
            (f"a{layer}", "x" if layer == 0 else "a", False),
            (f"da{layer}", "da", True),
            (f"dz{layer}", "dz", True),
        ):
            if tensor in known and tensor != self.hidden:
                lines.append(Line(tensor, label, float(known[tensor][sample, unit]), gradient))
        done = f"a{layer}" in known and f"a{layer}" != self.hidden
        return Unit(unit, tuple(lines), done, self.slope(layer, unit) if done else Slope.ON)

    def slope(self, layer: int, unit: int) -> Slope:
        """What a unit's slope means for its gradient; inputs and logits, which need none, count as on."""
        trace = self.stepper.trace
        if layer == 0 or (layer == len(trace.network.layers) and trace.network.loss.on_logits):
            return Slope.ON
        return slope_at(trace, layer, (self.sample, unit))

    def fresh(self, tensor: str) -> bool:
        """Whether the current operation has just written this tensor."""
        return self.operation is not None and self.operation.writes == tensor and tensor != self.hidden

    def ever(self, layer: int) -> dict[str, Array]:
        """All tensors with one number a unit that this layer has by the end, whether known yet or not."""
        trace = self.stepper.trace
        names = (f"z{layer}", f"a{layer}", f"da{layer}", f"dz{layer}")
        return {
            name: value for name, value in trace.tensors_at(self.stepper.total - 1).items() if name in names
        }
