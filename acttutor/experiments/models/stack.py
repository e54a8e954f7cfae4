"""Deep stacks of equal layers without biases, run forwards only: what happens to a signal on its way."""

import math
from collections.abc import Iterator

import numpy as np

from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array

_SLICE = 16


def draws(seeds: tuple[int, ...], width: int, batch: int, layers: int) -> Iterator[tuple[Array, ...]]:
    """For every seed, N(0, 1) inputs `(batch, width)` and then the N(0, 1) matrices `(width, width)` of the layers."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        yield (
            rng.standard_normal((batch, width)),
            *(rng.standard_normal((width, width)) for _ in range(layers)),
        )


def forward(inputs: Array, weights: tuple[Array, ...], deviation: float, applied: Applied) -> Array:
    """The last activations `(batch, width)` of h ← f(h·W·deviation).

    The batch is taken in slices: products this small stay on one thread, where on a busy machine waking the
    others would cost a hundred times what they save.
    """
    signal = inputs.reshape(-1, math.gcd(len(inputs), _SLICE), inputs.shape[-1])
    for weight in weights:
        signal = applied.value(signal @ weight * deviation)
    return signal.reshape(inputs.shape)


def root_mean_square(values: Array) -> float:
    """√(mean of the squares) over everything, safe from over- and underflow of the squares."""
    largest = float(np.abs(values).max())
    if largest == 0.0 or not np.isfinite(largest):
        return largest
    return largest * float(np.sqrt(np.mean(np.square(values / largest))))
