"""Attention as a lookup: queries that ask for one of the keys, and what comes back as the value.

Trained here is W in scores = scale · Q W Kᵀ, by gradient descent on the value's error. The loss sees W only
through A = Q W Kᵀ, and a gradient step on W moves A by −rate · (Q Qᵀ)(∂L/∂A)(K Kᵀ). So the steps are taken on A,
which is small, and are the very steps that W would have taken; ‖∂L/∂W‖ for the clipping comes with them.
"""

from dataclasses import dataclass

import numpy as np

from acttutor.experiments.outcome import Report, paced
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss, gradient, softmax

LENGTH, KEYS, QUERIES, VALUES = 256, 16, 128, 16
_NOISE, _CLIP = 0.3, 1.0


@dataclass(frozen=True, slots=True)
class Lookup:
    """A lookup task: queries `(…, queries, d)`, keys `(…, keys, d)`, their values, and the values asked for."""

    queries: Array
    keys: Array
    values: Array
    asked: Array
    start: Array


def lookup(rng: np.random.Generator) -> tuple[Array, ...]:
    """The parts of a `Lookup`: queries are their keys with some noise, rotated; W starts at N(0, 1/d)."""
    keys = rng.standard_normal((KEYS, LENGTH))
    rotation = np.linalg.qr(rng.standard_normal((LENGTH, LENGTH)))[0]
    which = rng.integers(0, KEYS, QUERIES)
    queries = (keys[which] + _NOISE * rng.standard_normal((QUERIES, LENGTH))) @ rotation
    values = rng.standard_normal((KEYS, VALUES))
    return queries, keys, values, values[which], rng.standard_normal((LENGTH, LENGTH)) / np.sqrt(LENGTH)


def scores_slope(products: Array, scale: Array, task: Lookup) -> Array:
    """∂L/∂A for A = Q W Kᵀ `(…, queries, keys)`; L is half the squared error, summed over values, mean over queries."""
    weights = softmax(scale * products)
    by_weights = gradient(Loss.MSE, weights @ task.values, task.asked) @ task.values.swapaxes(-1, -2)
    inner = by_weights - (by_weights * weights).sum(axis=-1, keepdims=True)
    return np.asarray(scale * weights * inner)


def value_error(products: Array, scale: Array, task: Lookup) -> Array:
    """The mean square error of the values that come back, of the leading shape."""
    returned = softmax(scale * products) @ task.values
    return np.asarray(np.square(returned - task.asked).mean(axis=(-2, -1)))


def train(task: Lookup, scale: Array, rate: Array, steps: int, report: Report) -> Array:
    """The final `value_error` after clipped gradient descent on W; `scale` and `rate` broadcast over the task."""
    products = task.queries @ task.start @ task.keys.swapaxes(-1, -2)
    among_queries = task.queries @ task.queries.swapaxes(-1, -2)
    among_keys = task.keys @ task.keys.swapaxes(-1, -2)
    products = np.broadcast_to(products, np.broadcast_shapes(products.shape, scale.shape, rate.shape))
    for _ in paced(steps, report):
        slope = scores_slope(products, scale, task)
        move = among_queries @ slope @ among_keys
        norm = np.sqrt((slope * move).sum(axis=(-2, -1), keepdims=True))
        products = products - rate * np.minimum(1.0, _CLIP / np.maximum(norm, 1e-300)) * move
    return value_error(products, scale, task)
