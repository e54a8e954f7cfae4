"""Changing one number of a training step, with everything computed again; undo and reset."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from acttutor.course.questions import parse_number
from acttutor.errors import UserError
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array
from acttutor.nn.network import Network, Parameters
from acttutor.nn.trace import Operation, TrainingStep
from acttutor.tui.simulation.numbers import entry_name
from acttutor.tui.stepper import Entry


class Part(StrEnum):
    """What kind of thing can be changed."""

    PARAMETER = "parameter"
    INPUT = "input"
    TARGET = "target"
    LEARNING_RATE = "learning_rate"
    ACTIVATION = "activation"


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing that can be changed: an entry of the tensor `name`, the learning rate, or a unit's activation.

    `layer` counts from 1; for an activation `entry` is the unit, or empty where one serves the whole layer.
    """

    part: Part
    name: str = ""
    layer: int = 0
    entry: Entry = ()

    @property
    def label(self) -> str:
        """`W1[2,1]`, `x[1,2]`, or the name alone."""
        return entry_name(self.name, self.entry)


def spots(step: TrainingStep) -> tuple[Spot, ...]:
    """Everything that can be changed: parameters and activations layer by layer, inputs, targets, learning rate."""
    return tuple(_spots(step))


def spot_of(operation: Operation | None, entry: Entry) -> Spot | None:
    """The parameter that the entry under the cursor is about: of `dW1`, `dR1`, `W1'` an entry of `W1`."""
    if operation is None or operation.layer is None:
        return None
    name = operation.writes.removesuffix("'")
    name = f"W{name[2:]}" if name.startswith("dR") else name.removeprefix("d")
    return Spot(Part.PARAMETER, name, operation.layer, entry) if name[0] in "Wbp" else None


def _spots(step: TrainingStep) -> Iterator[Spot]:
    for number, layer in enumerate(step.network.layers, 1):
        for name, value in step.parameters.named().items():
            if name[1:].split(".")[0] == str(number):
                yield from (Spot(Part.PARAMETER, name, number, entry) for entry in np.ndindex(value.shape))
        units: tuple[Entry, ...] = tuple((unit,) for unit in range(layer.units)) if layer.mixed else ((),)
        yield from (Spot(Part.ACTIVATION, f"f{number}", number, unit) for unit in units)
    yield from (Spot(Part.INPUT, "x", 0, entry) for entry in np.ndindex(step.x.shape))
    yield from (Spot(Part.TARGET, "y", 0, entry) for entry in np.ndindex(step.y.shape))
    yield Spot(Part.LEARNING_RATE, "η")


def present(step: TrainingStep, spot: Spot) -> str:
    """What stands there now, as it would be typed."""
    match spot.part:
        case Part.PARAMETER:
            return f"{step.parameters.named()[spot.name][spot.entry]:.12g}"
        case Part.INPUT:
            return f"{step.x[spot.entry]:.12g}"
        case Part.TARGET:
            return f"{step.y[spot.entry]:.12g}"
        case Part.LEARNING_RATE:
            return f"{step.learning_rate:.12g}"
        case Part.ACTIVATION:
            layer = step.network.layers[spot.layer - 1]
            return layer.activations[spot.entry[0] if spot.entry else 0].name


def edited(step: TrainingStep, spot: Spot, text: str) -> TrainingStep:
    """The training step with `text` at that spot.

    Raises UserError when the text is no number, no activation, or means a network or data that cannot be computed.
    """
    if spot.part is Part.ACTIVATION:
        return _with_activation(step, spot, text.strip())
    value = parse_number(text)
    if value is None:
        raise UserError(
            f"{text.strip() or 'nothing'!r} is not a number", where=spot.label, hint="right: 0.5, -2, 1/3"
        )
    match spot.part:
        case Part.INPUT:
            return replace(step, x=_changed(step.x, spot.entry, value))
        case Part.TARGET:
            return replace(step, y=_changed(step.y, spot.entry, value))
        case Part.LEARNING_RATE:
            if value <= 0:
                raise UserError(f"a learning rate is greater than 0, not {value:g}", where=spot.label)
            return replace(step, learning_rate=value)
        case _:
            before = step.parameters.named()[spot.name]
            parameters = step.parameters.replaced({spot.name: _changed(before, spot.entry, value)})
            _check_learned(step.network, parameters)
            return replace(step, parameters=parameters)


def _changed(array: Array, entry: Entry, value: float) -> Array:
    copy = np.array(array, dtype=np.float64)
    copy[entry] = value
    return copy


def _check_learned(network: Network, parameters: Parameters) -> None:
    """A learned activation parameter must stay where its activation is defined; `with_params` refuses the others."""
    for number, learned in enumerate(parameters.activation, 1):
        layer = network.layers[number - 1]
        for item in learned:
            applied = layer.activations[(item.unit or 1) - 1]
            applied.with_params({item.name: float(item.value)})


def _with_activation(step: TrainingStep, spot: Spot, text: str) -> TrainingStep:
    applied = apply(text)
    place = spot.layer - 1
    layer = step.network.layers[place]
    unit = spot.entry[0] if spot.entry else 0
    activations = (*layer.activations[:unit], applied, *layer.activations[unit + 1 :])
    changed = replace(layer, activations=activations)
    layers = (*step.network.layers[:place], changed, *step.network.layers[place + 1 :])
    learned = step.parameters.activation
    parameters = replace(
        step.parameters, activation=(*learned[:place], changed.initial(), *learned[place + 1 :])
    )
    return replace(step, network=replace(step.network, layers=layers), parameters=parameters)


@dataclass(frozen=True, slots=True)
class History:
    """Training steps one after another, each one edit on; the first is what was loaded."""

    steps: tuple[TrainingStep, ...]

    @property
    def current(self) -> TrainingStep:
        """The training step as edited."""
        return self.steps[-1]

    @property
    def edited(self) -> bool:
        """Whether anything differs from what was loaded."""
        return len(self.steps) > 1

    def then(self, step: TrainingStep) -> "History":
        """One edit more."""
        return History((*self.steps, step))

    def undone(self) -> "History":
        """One edit less; the loaded step stays."""
        return History(self.steps[:-1]) if self.edited else self

    def reset(self) -> "History":
        """What was loaded, nothing else."""
        return History(self.steps[:1])
