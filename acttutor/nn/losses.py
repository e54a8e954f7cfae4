"""What training minimises: three losses with their gradients, and the penalty on weights beside them.

Outputs and targets are `(…, samples, outputs)`; a loss is a mean over samples, of the leading shape `(…)`.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from acttutor.errors import UserError
from acttutor.nn.arrays import Array


class Loss(StrEnum):
    """The losses a network can be trained with."""

    MSE = "mse"
    BCE = "bce"
    CROSS_ENTROPY = "cross_entropy"

    @property
    def on_logits(self) -> bool:
        """Whether the loss is computed from the last pre-activations, skipping the last activation.

        Only so does a confident mistake keep a finite loss and a gradient: σ(z) rounds to 0 or 1, z does not.
        """
        return self is not Loss.MSE


class Penalty(StrEnum):
    """What is added to the gradient of each weight to keep weights small."""

    NONE = "none"
    L1 = "l1"
    L2 = "l2"


@dataclass(frozen=True, slots=True)
class Regularization:
    """A penalty on weights, never on biases or activation parameters: rate·Σ|w| (l1) or rate·½Σw² (l2)."""

    kind: Penalty = Penalty.NONE
    rate: float = 0.0

    @property
    def active(self) -> bool:
        """Whether there is a penalty at all."""
        return self.kind is not Penalty.NONE

    def value(self, weights: Array) -> Array:
        """The penalty of one weight matrix `(…, fan_in, fan_out)`, of shape `(…)`."""
        if self.kind is Penalty.L1:
            return np.asarray(self.rate * np.abs(weights).sum(axis=(-2, -1)))
        if self.kind is Penalty.L2:
            return np.asarray(self.rate * 0.5 * np.square(weights).sum(axis=(-2, -1)))
        return np.zeros(weights.shape[:-2])

    def gradient(self, weights: Array) -> Array:
        """The derivative of `value` by each weight; at a weight of exactly 0 the l1 penalty has slope 0."""
        if self.kind is Penalty.L1:
            return np.asarray(self.rate * np.sign(weights))
        if self.kind is Penalty.L2:
            return np.asarray(self.rate * weights)
        return np.zeros_like(weights)


NO_REGULARIZATION = Regularization()


def sigmoid(z: Array) -> Array:
    """σ(z) from the exponential of −|z|, which cannot overflow."""
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1.0, small) / (1.0 + small))


def softmax(z: Array) -> Array:
    """Softmax over the last axis, shifted by the largest logit so that no exponential overflows."""
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def value(loss: Loss, outputs: Array, targets: Array) -> Array:
    """The mean loss over samples; `outputs` are activations for `mse` and logits for the other two.

    `mse` is half the squared error summed over outputs; `bce` is summed over outputs; `cross_entropy` takes
    rows of probabilities (one-hot or soft).
    """
    with np.errstate(all="ignore"):
        if loss is Loss.MSE:
            per_sample = 0.5 * np.square(outputs - targets).sum(axis=-1)
        elif loss is Loss.BCE:
            terms = np.maximum(outputs, 0.0) - targets * outputs + np.log1p(np.exp(-np.abs(outputs)))
            per_sample = terms.sum(axis=-1)
        else:
            shifted = outputs - outputs.max(axis=-1, keepdims=True)
            log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
            per_sample = -(targets * log_probabilities).sum(axis=-1)
        return np.asarray(per_sample.mean(axis=-1))


def gradient(loss: Loss, outputs: Array, targets: Array) -> Array:
    """The derivative of `value` by each entry of `outputs`: (prediction − target) / samples for all three.

    That they agree is why σ goes with `bce` and softmax with `cross_entropy` (Bishop, PRML, 2006, §5.2).
    """
    with np.errstate(all="ignore"):
        return raw_gradient(loss, outputs, targets)


def raw_gradient(loss: Loss, outputs: Array, targets: Array) -> Array:
    """`gradient` for the inner loop of training, which has silenced NumPy's signals once for all."""
    if loss is Loss.MSE:
        predictions = outputs
    elif loss is Loss.BCE:
        predictions = sigmoid(outputs)
    else:
        predictions = softmax(outputs)
    difference: Array = predictions - targets
    difference /= targets.shape[-2]
    return difference


def check_targets(loss: Loss, targets: Array) -> None:
    """Refuse targets the loss has no meaning for.

    Raises UserError naming the first sample at fault: `bce` needs values from 0 to 1, `cross_entropy` rows of
    probabilities that sum to 1 (to 1e-9, so that its gradient is exact).
    """
    if loss is Loss.MSE:
        return
    outside = ~((targets >= 0.0) & (targets <= 1.0)).all(axis=-1)
    if loss is Loss.CROSS_ENTROPY:
        outside |= ~(np.abs(targets.sum(axis=-1) - 1.0) <= 1e-9)
    if outside.any():
        sample = int(np.argwhere(outside)[0][-1]) + 1
        wanted = (
            "values from 0 to 1" if loss is Loss.BCE else "probabilities that sum to 1, such as [0, 1, 0]"
        )
        raise UserError(f"{loss} needs targets that are {wanted}", where=f"sample {sample}, y")
