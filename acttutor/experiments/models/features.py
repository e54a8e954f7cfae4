"""A linear layer on fixed features, trained by gradient descent: how long it takes depends on their shape."""

import numpy as np

from acttutor.nn.arrays import Array

MOST_ITERATIONS = 20_000


def iterations(features: Array, targets: Array, goal: float) -> int:
    """Iterations of full-batch gradient descent from 0 with rate 1/L until the mean square error is small.

    L is the largest eigenvalue of the Hessian; small is `goal` times the variance of the targets. `features` are
    `(rows, columns)`, a constant one is added; at most 20,000 iterations.
    """
    columns = np.hstack([features, np.ones((len(features), 1))])
    hessian = columns.T @ columns / len(columns)
    towards = columns.T @ targets / len(columns)
    rate = 1.0 / float(np.linalg.eigvalsh(hessian)[-1])
    weights = np.zeros(columns.shape[1])
    square, enough = float(np.mean(np.square(targets))), goal * float(targets.var())
    for iteration in range(MOST_ITERATIONS):
        bent = hessian @ weights
        if (
            float(weights @ (bent - 2.0 * towards)) + square <= enough
        ):  # the mean square error, multiplied out
            return iteration
        weights = weights - rate * (bent - towards)
    return MOST_ITERATIONS
