"""Gradient descent and its two best-known refinements: how a gradient becomes a step.

Each optimizer works on flat arrays `(K, P)`, all parameters of K networks, and updates its `memory` (running
averages, `(slots, K, P)`) in place.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

import numpy as np

from acttutor.nn.arrays import Array


@dataclass(frozen=True, slots=True)
class Sgd:
    """Plain gradient descent on batches (Robbins & Monro, 1951): the step is rate · gradient."""

    slots: ClassVar[int] = 0

    def direction(self, gradient: Array, memory: Array, step: int) -> Array:
        """What the learning rate multiplies."""
        return gradient


@dataclass(frozen=True, slots=True)
class Momentum:
    """Gradient descent that keeps `momentum` of its last direction (Polyak, 1964)."""

    momentum: float = 0.9
    slots: ClassVar[int] = 1

    def direction(self, gradient: Array, memory: Array, step: int) -> Array:
        """What the learning rate multiplies: v ← μv + g."""
        velocity: Array = memory[0]
        velocity *= self.momentum
        velocity += gradient
        return velocity


@dataclass(frozen=True, slots=True)
class Adam:
    """Adam (Kingma & Ba, 2015, arXiv:1412.6980, algorithm 1), with both averages corrected for their start."""

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    slots: ClassVar[int] = 2

    def direction(self, gradient: Array, memory: Array, step: int) -> Array:
        """What the learning rate multiplies; `step` counts updates from 1."""
        mean, square = memory
        mean *= self.beta1
        mean += (1.0 - self.beta1) * gradient
        square *= self.beta2
        square += (1.0 - self.beta2) * np.square(gradient)
        scale = np.sqrt(square / (1.0 - self.beta2**step))
        scale += self.epsilon
        return np.asarray(mean / (1.0 - self.beta1**step) / scale)


Optimizer: TypeAlias = Sgd | Momentum | Adam
