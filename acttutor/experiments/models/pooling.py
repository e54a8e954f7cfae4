"""Pooling of values by their scores: how much of the one value asked for comes through."""

from collections.abc import Iterable

import numpy as np

from acttutor.nn.arrays import Array

LENGTH, ITEMS, TRAIN, TEST = 16, 16, 500, 4000
_NOISE = 0.5


def scored_items(rng: np.random.Generator, count: int) -> tuple[Array, Array, Array]:
    """Scores and values `(count, items)` and the values asked for `(count,)`.

    A query is one of the keys, which are N(0, 1) vectors, with some noise; a score is key · query / √d.
    """
    keys = rng.standard_normal((count, ITEMS, LENGTH))
    values = rng.standard_normal((count, ITEMS))
    which = rng.integers(0, ITEMS, count)
    queries = keys[np.arange(count), which] + _NOISE * rng.standard_normal((count, LENGTH))
    scores = (keys @ queries[:, :, None])[:, :, 0] / np.sqrt(LENGTH)
    return scores, values, values[np.arange(count), which]


def read_out(weights: Array, values: Array) -> Array:
    """What a linear read-out sees: the pooled value Σ weight · value, and 1, as columns `(count, 2)`."""
    pooled = (weights * values).sum(axis=-1)
    return np.stack([pooled, np.ones_like(pooled)], axis=-1)


def pooled_error(
    choices: Iterable[tuple[Array, Array]], train: tuple[Array, Array], test: tuple[Array, Array]
) -> float:
    """The test error of the best of some weightings, read out by least squares; best is chosen on the training set.

    Each choice is the weights on the training and on the test set; `train` and `test` are values and targets.
    """
    found: list[tuple[float, float]] = []
    for on_train, on_test in choices:
        seen = read_out(on_train, train[0])
        fit = np.linalg.lstsq(seen, train[1], rcond=None)[0]
        errors = (np.square(seen @ fit - train[1]), np.square(read_out(on_test, test[0]) @ fit - test[1]))
        found.append((float(errors[0].mean()), float(errors[1].mean())))
    return min(found)[1]
