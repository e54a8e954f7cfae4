"""Narrow deep networks at birth: how many of them say the same for every input, whatever it is?"""

import math

import numpy as np

from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array


def draw(
    rng: np.random.Generator, width: int, layers: int, networks: int, batch: int
) -> tuple[Array, list[Array]]:
    """Inputs `(batch, width)` and, for every layer, He weights `(networks, width, width)`."""
    inputs = rng.standard_normal((batch, width))
    deviation = math.sqrt(2.0 / width)
    return inputs, [rng.standard_normal((networks, width, width)) * deviation for _ in range(layers)]


def dead_share(inputs: Array, weights: list[Array], applied: Applied) -> float:
    """The share of networks whose last layer is 0 for every input."""
    signal = inputs
    for layer in weights:
        signal = applied.value(signal @ layer)
    return float(np.mean(~signal.any(axis=(-2, -1))))
