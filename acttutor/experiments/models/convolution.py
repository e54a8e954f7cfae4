"""One convolution, an activation, global average pooling, one logit: images are told apart by their edges.

Kernels are `(channels, 9)`; images enter as their 3×3 patches in groups of 50 images, `(groups, 9, images ·
positions)`, which keeps each product small enough for the cache and for one thread. Parameters are `(kernels,
biases, read-out weights, read-out bias)`.
"""

import math

import numpy as np

from acttutor.experiments.models.descent import Arrays
from acttutor.experiments.models.perceptron import Function
from acttutor.nn.arrays import Array, as_array
from acttutor.nn.losses import Loss, gradient

SIDE, BAR, KERNEL, CHANNELS = 10, 5, 3, 8
POSITIONS = (SIDE - KERNEL + 1) ** 2
_NOISE, _GROUP = 0.3, 50


def bars(rng: np.random.Generator, count: int) -> tuple[Array, Array]:
    """Images `(count, 10, 10)` of noise with one bar, darker or lighter than it; 1 for a horizontal one."""
    horizontal = rng.integers(0, 2, count)
    images = _NOISE * rng.standard_normal((count, SIDE, SIDE))
    contrast = rng.choice([-1.0, 1.0], count)
    line, start = rng.integers(0, SIDE, count), rng.integers(0, SIDE - BAR + 1, count)
    for place in range(count):
        along = slice(start[place], start[place] + BAR)
        where = (line[place], along) if horizontal[place] else (along, line[place])
        images[(place, *where)] += contrast[place]
    return images, horizontal.astype(np.float64)


def patches(images: Array) -> Array:
    """Every 3×3 patch as a column, `(groups, 9, images of the group · positions)`; groups are of equal size."""
    size = math.gcd(len(images), _GROUP)
    windows = np.lib.stride_tricks.sliding_window_view(images, (KERNEL, KERNEL), axis=(1, 2))
    rows = windows.reshape(-1, size * POSITIONS, KERNEL * KERNEL)
    return np.ascontiguousarray(rows.swapaxes(-1, -2))


def initial(rng: np.random.Generator) -> Arrays:
    """First parameters: He for the kernels, Xavier for the read-out, biases 0."""
    kernels = rng.standard_normal((CHANNELS, KERNEL * KERNEL)) * np.sqrt(2.0 / KERNEL**2)
    weights = rng.standard_normal(CHANNELS) * np.sqrt(2.0 / (CHANNELS + 1))
    return kernels, np.zeros((CHANNELS, 1)), weights, np.zeros(1)


def logits(parameters: Arrays, seen: Array, activation: Function) -> Array:
    """One logit per image."""
    return _read_out(parameters, _pooled(activation.value(_convolved(parameters, seen))))


def gradients(parameters: Arrays, seen: Array, labels: Array, activation: Function) -> Arrays:
    """The gradient of the mean binary cross-entropy by each parameter."""
    z = _convolved(parameters, seen)
    values = activation.value(z)
    pooled = _pooled(values)
    outputs = _read_out(parameters, pooled)
    by_logit = gradient(Loss.BCE, outputs[:, None], labels[:, None])[:, 0]
    in_groups = by_logit.reshape(len(seen), 1, -1)
    by_pooled = parameters[2][:, None] * in_groups / POSITIONS
    slopes = activation.slope(z, values).reshape(*by_pooled.shape, POSITIONS)
    delta = (slopes * by_pooled[..., None]).reshape(z.shape)
    return (
        (delta @ seen.swapaxes(-1, -2)).sum(axis=0),
        delta.sum(axis=(0, 2))[:, None],
        (pooled * in_groups).sum(axis=(0, 2)),
        by_logit.sum(keepdims=True),
    )


def _convolved(parameters: Arrays, seen: Array) -> Array:
    """Pre-activations `(groups, channels, images · positions)`."""
    return as_array(parameters[0] @ seen + parameters[1])


def _pooled(values: Array) -> Array:
    """The mean over positions, `(groups, channels, images)`."""
    return as_array(values.reshape(*values.shape[:2], -1, POSITIONS).mean(axis=-1))


def _read_out(parameters: Arrays, pooled: Array) -> Array:
    """Logits `(images,)` from pooled values."""
    return as_array((parameters[2][:, None] * pooled).sum(axis=1).ravel() + parameters[3])
