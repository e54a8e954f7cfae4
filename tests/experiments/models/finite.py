"""Central finite differences, which every gradient written by hand is held against."""

from collections.abc import Callable

import numpy as np

from acttutor.experiments.models.descent import Arrays
from acttutor.nn.arrays import Array

_STEP = 1e-5


def differences(loss: Callable[[Arrays], Array], arrays: Arrays) -> Arrays:
    """∂(Σ loss)/∂ every entry, each by (L(x + h) − L(x − h)) / 2h."""
    found = []
    for place, array in enumerate(arrays):
        slopes = np.empty_like(array)
        for entry in np.ndindex(array.shape):
            ends = []
            for step in (_STEP, -_STEP):
                moved = [other.copy() for other in arrays]
                moved[place][entry] += step
                ends.append(float(np.sum(loss(tuple(moved)))))
            slopes[entry] = (ends[0] - ends[1]) / (2.0 * _STEP)
        found.append(slopes)
    return tuple(found)


def assert_agree(gradients: Arrays, by_differences: Arrays) -> None:
    """That both are the same to 1e-7, relative where they are large, and that there is something to compare."""
    for gradient, other in zip(gradients, by_differences, strict=True):
        assert gradient.shape == other.shape
        scale = np.maximum(1.0, np.abs(other))
        assert np.abs((gradient - other) / scale).max() < 1e-7
    assert any(np.abs(gradient).max() > 1e-3 for gradient in gradients)
