"""Batch and layer normalisation of pre-activations, without a learned scale or shift.

Ioffe & Szegedy, Batch Normalization, 2015, arXiv:1502.03167, §3; Ba, Kiros & Hinton, Layer Normalization,
2016, arXiv:1607.06450, §3.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from acttutor.nn.arrays import Array

EPSILON = 1e-5


class Norm(StrEnum):
    """Over what a pre-activation is normalised: over the samples of a batch, or over the units of a layer."""

    NONE = "none"
    BATCH = "batch"
    LAYER = "layer"


@dataclass(frozen=True, slots=True, eq=False)
class Normalized:
    """Normalised pre-activations, and what their gradient needs."""

    values: Array
    inverse_deviation: Array
    axis: int

    def backward(self, gradient: Array) -> Array:
        """The gradient by the values before normalisation, from that by the values after it, same shape."""
        mean = gradient.mean(axis=self.axis, keepdims=True)
        along = (gradient * self.values).mean(axis=self.axis, keepdims=True)
        return np.asarray(self.inverse_deviation * (gradient - mean - self.values * along))


def normalize(z: Array, norm: Norm) -> Normalized:
    """`z` `(…, samples, units)` with mean 0 and variance 1 along the axis that `norm` (not NONE) names."""
    axis = -2 if norm is Norm.BATCH else -1
    centred = z - z.mean(axis=axis, keepdims=True)
    inverse_deviation = 1.0 / np.sqrt(np.square(centred).mean(axis=axis, keepdims=True) + EPSILON)
    return Normalized(centred * inverse_deviation, inverse_deviation, axis)
