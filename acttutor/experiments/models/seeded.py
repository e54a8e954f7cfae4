"""What is random in an experiment: drawn seed by seed, then stacked, so that no seed knows of the others."""

import math
from collections.abc import Callable

import numpy as np

from acttutor.nn.arrays import Array


def drawn(
    seeds: tuple[int, ...], draw: Callable[[np.random.Generator], tuple[Array, ...]]
) -> tuple[Array, ...]:
    """The arrays that `draw` makes, each with a leading axis of seeds; every seed has a generator of its own."""
    draws = [draw(np.random.default_rng(seed)) for seed in seeds]
    return tuple(np.stack(parts) for parts in zip(*draws, strict=True))


def xavier(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Weights `(fan_in, fan_out)` of std √(2/(fan_in + fan_out)) (Glorot & Bengio, 2010)."""
    return rng.standard_normal((fan_in, fan_out)) * math.sqrt(2.0 / (fan_in + fan_out))
