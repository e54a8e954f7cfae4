"""Linear models with three kinds of heads, and the data they are tried on.

Inputs are `(…, samples, inputs)` with a last column of ones, weights `(…, inputs, outputs)`.
"""

import numpy as np
from numpy.typing import NDArray

from acttutor.nn.arrays import Array, as_array
from acttutor.nn.losses import Loss, gradient, sigmoid


def with_ones(x: Array) -> Array:
    """`x` with a last column of ones, so that a bias is a weight."""
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)


def slope(loss: Loss, weights: Array, x: Array, targets: Array) -> Array:
    """The gradient of a mean loss by the weights; a row of targets that sums to s counts s times for cross-entropy.

    With soft or empty rows the derivative of −Σ t·log p is s·p − t, which is p − t only for rows that sum to 1.
    """
    outputs = x @ weights
    if loss is Loss.CROSS_ENTROPY:
        total = targets.sum(axis=-1, keepdims=True)
        by_outputs = total * gradient(loss, outputs, targets / np.where(total > 0.0, total, 1.0))
    else:
        by_outputs = gradient(loss, outputs, targets)
    return np.asarray(x.swapaxes(-1, -2) @ by_outputs)


def logistic_fit(x: Array, labels: Array, steps: int = 30) -> Array:
    """The weights `(inputs,)` that minimise the binary cross-entropy, by Newton's method from 0.

    Bishop, Pattern Recognition and Machine Learning, 2006, §4.3.3.
    """
    weights = np.zeros(x.shape[-1])
    for _ in range(steps):
        p = sigmoid(x @ weights)
        hessian = (x * (p * (1.0 - p))[:, None]).T @ x + 1e-9 * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, x.T @ (p - labels))
    return weights


def one_hot(classes: NDArray[np.int64], count: int) -> Array:
    """Class numbers `(…)` as rows `(…, count)` of zeros and a one."""
    return as_array(classes[..., None] == np.arange(count))
