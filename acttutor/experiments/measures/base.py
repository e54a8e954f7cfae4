"""What a measure is, and the arguments that many measures share."""

from collections.abc import Callable
from dataclasses import dataclass

from acttutor.experiments.arguments import Argument, Arguments, activation, number, signature

ACTIVATION = activation()
X = number("x")
MEAN = number("mean", 0.0)
STD = number("std", 1.0, positive=True)


@dataclass(frozen=True, slots=True)
class Measure:
    """One named number: its arguments (an activation's own parameters may be added), and how it is computed."""

    name: str
    summary: str
    parameters: tuple[Argument, ...]
    compute: Callable[[Arguments], float]

    @property
    def signature(self) -> str:
        """`mean_slope(activation, mean=0, std=1)`."""
        return signature(self.name, self.parameters)
