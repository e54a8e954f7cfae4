"""One training step, operation by operation."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from acttutor.nn.arrays import Array
from acttutor.nn.losses import NO_REGULARIZATION, Regularization
from acttutor.nn.network import Network, Parameters


class Phase(StrEnum):
    """The four parts of a training step, in their order."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"


class OperationKind(StrEnum):
    """What one operation computes."""

    LINEAR = "linear"
    ACTIVATION = "activation"
    LOSS = "loss"
    LOSS_GRADIENT = "loss_gradient"
    ACTIVATION_GRADIENT = "activation_gradient"
    WEIGHT_GRADIENT = "weight_gradient"
    BIAS_GRADIENT = "bias_gradient"
    PARAMETER_GRADIENT = "parameter_gradient"
    PENALTY_GRADIENT = "penalty_gradient"
    INPUT_GRADIENT = "input_gradient"
    WEIGHT_UPDATE = "weight_update"
    BIAS_UPDATE = "bias_update"
    PARAMETER_UPDATE = "parameter_update"


@dataclass(frozen=True, slots=True, eq=False)
class TrainingStep:
    """What one step needs: a network with its parameters, one batch, and how to update.

    `x` is `(samples, network.inputs)`, raw even where the network has features; `y` is `(samples, outputs)`.
    """

    network: Network
    parameters: Parameters
    x: Array
    y: Array
    learning_rate: float
    regularization: Regularization = NO_REGULARIZATION


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One operation: it reads the tensors named in `reads` and writes the tensor named `writes`, whose value is `value`.

    `layer` counts from 1 and is None for the loss itself; `formula` is LaTeX.
    """

    index: int
    phase: Phase
    layer: int | None
    kind: OperationKind
    formula: str
    reads: tuple[str, ...]
    writes: str
    value: Array


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A training step taken apart; every tensor is kept, so that time can run backwards.

    `gradients` is keyed `W1`, `b1`, `p1.alpha` and leaves the penalty out; `parameters_after` has the same keys.
    """

    step: TrainingStep
    operations: tuple[Operation, ...]
    loss: float
    gradients: Mapping[str, Array]
    parameters_after: Mapping[str, Array]
