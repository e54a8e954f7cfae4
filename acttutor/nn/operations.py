"""The kinds of operation a training step is made of, and how each computes its value from what it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from acttutor.errors import UserError
from acttutor.nn import losses
from acttutor.nn.arrays import Array
from acttutor.nn.layer import Learned
from acttutor.nn.losses import NO_REGULARIZATION, Regularization
from acttutor.nn.network import Network, Parameters, check_parameters, linear


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
    Raises UserError for shapes that do not fit and for targets the loss has no meaning for.
    """

    network: Network
    parameters: Parameters
    x: Array
    y: Array
    learning_rate: float
    regularization: Regularization = NO_REGULARIZATION

    def __post_init__(self) -> None:
        check_parameters(self.network, self.parameters)
        outputs = self.network.layers[-1].units
        if self.x.ndim != 2 or self.x.shape[1] != self.network.inputs:
            raise UserError(f"each x needs {self.network.inputs} numbers", where="data")
        if self.y.ndim != 2 or self.y.shape[1] != outputs:
            raise UserError(f"each y needs {outputs} numbers, one per unit of the last layer", where="data")
        if len(self.x) != len(self.y) or not len(self.x):
            raise UserError(f"{len(self.x)} x for {len(self.y)} y", where="data", hint="at least one of each")
        losses.check_targets(self.network.loss, self.y)


@dataclass(frozen=True, slots=True)
class Planned:
    """An operation before its value is known."""

    phase: Phase
    layer: int | None
    kind: OperationKind
    reads: tuple[str, ...]
    writes: str

    @property
    def number(self) -> int:
        """The layer, for operations that have one; ValueError for the loss."""
        if self.layer is None:
            raise ValueError(f"{self.kind} belongs to no layer")
        return self.layer


def evaluate(step: TrainingStep, planned: Planned, tensors: Mapping[str, Array]) -> Array:
    """The value of an operation; `tensors` need hold only what it reads.

    Besides these it may use what is no tensor: the kind of loss, the activations, the learning rate, the
    penalty.
    """
    with np.errstate(all="ignore"):
        if planned.kind is OperationKind.LOSS:
            return losses.value(step.network.loss, tensors[planned.reads[0]], tensors["y"])
        if planned.kind is OperationKind.LOSS_GRADIENT:
            return losses.gradient(step.network.loss, tensors[planned.reads[0]], tensors["y"])
        return _evaluate_in_layer(step, planned, tensors)


def _evaluate_in_layer(step: TrainingStep, planned: Planned, tensors: Mapping[str, Array]) -> Array:
    number = planned.number
    layer = step.network.layers[number - 1]
    z, da, dz, below, w = f"z{number}", f"da{number}", f"dz{number}", f"a{number - 1}", f"W{number}"
    match planned.kind:
        case OperationKind.LINEAR:
            return linear(tensors[below], tensors[w], tensors[f"b{number}"])
        case OperationKind.ACTIVATION:
            activated = layer.activate(tensors[z], learned_of(step, number, tensors))
            return activated + tensors[below] if layer.residual else activated
        case OperationKind.ACTIVATION_GRADIENT:
            return layer.pull_back(tensors[z], learned_of(step, number, tensors), tensors[da])
        case OperationKind.PARAMETER_GRADIENT:
            found = layer.learned_gradients(tensors[z], learned_of(step, number, tensors), tensors[da])
            return next(item.value for item in found if f"d{item.key(number)}" == planned.writes)
        case OperationKind.WEIGHT_GRADIENT:
            return np.asarray(np.swapaxes(tensors[below], -1, -2) @ tensors[dz])
        case OperationKind.BIAS_GRADIENT:
            return np.asarray(tensors[dz].sum(axis=-2))
        case OperationKind.PENALTY_GRADIENT:
            return step.regularization.gradient(tensors[w])
        case OperationKind.INPUT_GRADIENT:
            passed = tensors[dz] @ np.swapaxes(tensors[w], -1, -2)
            return np.asarray(passed + tensors[da] if layer.residual else passed)
        case _:
            parameter, *slopes = (tensors[name] for name in planned.reads)
            return np.asarray(parameter - step.learning_rate * sum(slopes[1:], slopes[0]))


def learned_of(step: TrainingStep, number: int, tensors: Mapping[str, Array]) -> tuple[Learned, ...]:
    """The learned activation parameters of a layer, with the values read."""
    return tuple(
        replace(item, value=tensors[item.key(number)]) for item in step.parameters.activation[number - 1]
    )
