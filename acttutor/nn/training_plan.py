"""How networks are trained, and on what: data only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from acttutor.nn.arrays import Array
from acttutor.nn.losses import NO_REGULARIZATION, Regularization
from acttutor.nn.optimizers import Optimizer, Sgd


class Accumulate(StrEnum):
    """What happens to the gradients of an incomplete last batch of an epoch.

    `fresh`: they make an update of their own. `carry`: they wait and are averaged with the first batch of the
    next epoch.
    """

    FRESH = "fresh"
    CARRY = "carry"


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    `learning_rate` is one number, or one for each network. `batch_size` None means all points at once. `clip`
    scales a network's mean gradient down to that norm where it is longer. With `sticky_zeros` an l1 penalty
    that would carry a weight across zero sets it to zero, where it then stays, as TensorFlow Playground does;
    without, the penalty is a plain subgradient.
    """

    optimizer: Optimizer = field(default_factory=Sgd)
    learning_rate: float | tuple[float, ...] = 0.1
    batch_size: int | None = None
    shuffle: bool = True
    accumulate: Accumulate = Accumulate.FRESH
    regularization: Regularization = NO_REGULARIZATION
    clip: float | None = None
    sticky_zeros: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What is learnt: raw inputs `(n, inputs)` and targets `(n, outputs)`, or `(K, n, …)`, each network its own."""

    x: Array
    y: Array

    def of(self, places: Sequence[int]) -> "Points":
        """The points of the networks at these places; shared ones stay shared."""
        x, y = (array if array.ndim == 2 else array[list(places)] for array in (self.x, self.y))
        return Points(x, y)
