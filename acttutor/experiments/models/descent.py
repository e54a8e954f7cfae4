"""Full-batch training of a few arrays at once: whatever axes they lead with, each number moves on its own."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from acttutor.experiments.outcome import Report, paced
from acttutor.nn.arrays import Array
from acttutor.nn.optimizers import Adam

Arrays: TypeAlias = tuple[Array, ...]


def minimise(
    start: Arrays,
    gradients: Callable[[Arrays], Arrays],
    rate: float,
    steps: int,
    report: Report,
    share: tuple[float, float] = (0.0, 1.0),
) -> Arrays:
    """The arrays after `steps` steps of Adam; `report` is led from the first to the second `share`."""
    adam = Adam()
    memories = [np.zeros((adam.slots, *array.shape)) for array in start]
    current = start
    for step in paced(steps, report, *share):
        moves = zip(current, gradients(current), memories, strict=True)
        current = tuple(
            array - rate * adam.direction(gradient, memory, step + 1) for array, gradient, memory in moves
        )
    return current
