"""Losses for outputs that are neither a class nor a plain number: counts, and a mean with its variance.

Everything is `(…, samples, 1)`; a loss is the mean over samples, of shape `(…)`.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss, gradient, softmax

Slope: TypeAlias = Callable[[Array, Array], Array]
"""(predictions, targets) -> the derivative of a mean loss by each prediction."""

_SMALLEST_RATE = 1e-12


def square(prediction: Array, target: Array) -> Array:
    """The mean square, without a half."""
    return np.asarray(np.square(prediction - target).mean(axis=(-2, -1)))


def square_slope(prediction: Array, target: Array) -> Array:
    """The derivative of `square` by each prediction."""
    return np.asarray(2.0 * (prediction - target) / target.shape[-2])


def poisson(rate: Array, count: Array) -> Array:
    """−log of the Poisson probability of each count, without log(count!), which no rate changes."""
    rate = np.maximum(rate, _SMALLEST_RATE)
    return np.asarray((rate - count * np.log(rate)).mean(axis=(-2, -1)))


def poisson_slope(rate: Array, count: Array) -> Array:
    """The derivative of `poisson` by each rate."""
    return np.asarray((1.0 - count / np.maximum(rate, _SMALLEST_RATE)) / count.shape[-2])


def poisson_deviance(rate: Array, truth: Array) -> Array:
    """Twice the log-likelihood lost by predicting `rate` where the rate is `truth`; 0 when they agree.

    McCullagh & Nelder, Generalized Linear Models, 2nd ed., 1989, §6.2.
    """
    return np.asarray(2.0 * (truth * np.log(truth / rate) - (truth - rate)).mean(axis=(-2, -1)))


def gaussian(mean: Array, variance: Array, target: Array) -> Array:
    """½ log v + ½ (y − m)²/v; NaN where a variance is negative, inf where it is 0."""
    return np.asarray(
        (0.5 * np.log(variance) + 0.5 * np.square(target - mean) / variance).mean(axis=(-2, -1))
    )


def gaussian_slopes(mean: Array, variance: Array, target: Array) -> tuple[Array, Array]:
    """The derivatives of `gaussian` by each mean and by each variance."""
    miss, samples = mean - target, target.shape[-2]
    by_variance = 0.5 / variance - 0.5 * np.square(miss / variance)
    return miss / variance / samples, by_variance / samples


def twice_softmax_slope(logits: Array, targets: Array) -> Array:
    """The derivative by the logits of a cross-entropy that applies softmax to what is a softmax already."""
    chances = softmax(logits)
    by_chances = gradient(Loss.CROSS_ENTROPY, chances, targets)
    return np.asarray(chances * (by_chances - (by_chances * chances).sum(axis=-1, keepdims=True)))
