"""What layers without a non-linearity come to: one layer, exactly."""

import statistics

import numpy as np

from acttutor.experiments.arguments import Arguments, whole, word
from acttutor.experiments.measures.base import ACTIVATION, Measure
from acttutor.nn.arrays import Array
from acttutor.nn.normalization import Norm, normalize

_SEEDS = 5
_IMAGE = 12
_SAMPLES = 32
_DEPTH = whole("depth", 10, high=200)
_WIDTH = whole("width", 16, high=512)


def _layers(rng: np.random.Generator, depth: int, width: int) -> list[tuple[Array, Array]]:
    """Weights N(0, 1/width), which is Xavier's, and biases N(0, 1)."""
    return [
        (rng.standard_normal((width, width)) / width**0.5, rng.standard_normal(width)) for _ in range(depth)
    ]


def _linear_collapse_error(args: Arguments) -> float:
    """max |layer after layer - (x @ W + b)| with W the product of all weights."""
    errors = []
    depth, width = args.whole("depth"), args.whole("width")
    for seed in range(args.whole("seeds")):
        rng = np.random.default_rng(seed)
        signal = inputs = rng.standard_normal((_SAMPLES, width))
        weights, bias = np.eye(width), np.zeros(width)
        for matrix, shift in _layers(rng, depth, width):
            signal = signal @ matrix + shift
            weights, bias = weights @ matrix, bias @ matrix + shift
        errors.append(float(np.abs(signal - (inputs @ weights + bias)).max()))
    return statistics.median(errors)


def _additivity_defect(args: Arguments) -> float:
    """max |f(a+b) - f(a) - f(b) + f(0)|: 0 for every affine map.

    Every layer but the last is followed by the activation; `norm` normalises the pre-activations of every layer.
    """
    norm = Norm(args.text("norm"))
    applied, depth, width = args.activation(), args.whole("depth"), args.whole("width")
    defects = []
    for seed in range(_SEEDS):
        rng = np.random.default_rng(seed)
        a, b = rng.standard_normal((2, _SAMPLES, width))
        signal = np.stack([a + b, a, b, np.zeros_like(a)])
        for place, (matrix, shift) in enumerate(_layers(rng, depth, width), 1):
            signal = signal @ matrix + shift
            signal = signal if norm is Norm.NONE else normalize(signal, norm).values
            signal = applied.value(signal) if place < depth else signal
        defects.append(float(np.abs(signal[0] - signal[1] - signal[2] + signal[3]).max()))
    return statistics.median(defects)


def _bottleneck_rank(args: Arguments) -> float:
    width, narrow = args.whole("width"), args.whole("bottleneck")
    rng = np.random.default_rng(0)
    return float(
        np.linalg.matrix_rank(rng.standard_normal((width, narrow)) @ rng.standard_normal((narrow, width)))
    )


def _correlate(images: Array, kernel: Array) -> Array:
    """What deep learning calls a convolution, without padding, over the last two axes."""
    windows = np.lib.stride_tricks.sliding_window_view(images, kernel.shape, axis=(-2, -1))
    return np.asarray(np.einsum("...ij,ij->...", windows, kernel))


def _merged(first: Array, second: Array) -> Array:
    """The one kernel that does what two do one after the other: their full convolution."""
    size = first.shape[0] + second.shape[0] - 1
    merged = np.zeros((size, size))
    for row, column in np.ndindex(*second.shape):
        merged[row : row + first.shape[0], column : column + first.shape[1]] += second[row, column] * first
    return merged


def _conv_collapse_error(args: Arguments) -> float:
    """max |two 3x3 convolutions - the one 5x5 convolution they should be|, median over seeds 0 to 4."""
    zero, interior = args.text("padding") == "zero", args.text("region") == "interior"
    errors = []
    for seed in range(_SEEDS):
        rng = np.random.default_rng(seed)
        first, second = rng.standard_normal((2, 3, 3))
        images = rng.standard_normal((_SAMPLES, _IMAGE, _IMAGE))
        pad = ((0, 0), (1, 1), (1, 1)) if zero else ((0, 0), (0, 0), (0, 0))
        wide = ((0, 0), (2, 2), (2, 2)) if zero else pad
        twice = _correlate(np.pad(_correlate(np.pad(images, pad), first), pad), second)
        gaps = np.abs(twice - _correlate(np.pad(images, wide), _merged(first, second)))
        errors.append(float((gaps[:, 2:-2, 2:-2] if interior else gaps).max()))
    return statistics.median(errors)


def _conv_additivity_defect(args: Arguments) -> float:
    """max |c(a+b) - c(a) - c(b)| for a 3x3 convolution without a bias."""
    rng = np.random.default_rng(0)
    kernel, (a, b) = rng.standard_normal((3, 3)), rng.standard_normal((2, _SAMPLES, _IMAGE, _IMAGE))
    gap = _correlate(a + b, kernel) - _correlate(a, kernel) - _correlate(b, kernel)
    return float(np.abs(gap).max())


MEASURES = (
    Measure(
        "linear_collapse_error",
        "max |layers one by one - the one layer they make|, median over seeds 0, 1, …",
        (_DEPTH, _WIDTH, whole("seeds", 5, high=100)),
        _linear_collapse_error,
    ),
    Measure(
        "additivity_defect",
        "max |f(a+b) - f(a) - f(b) + f(0)| of layers with this activation, median over seeds 0 to 4",
        (ACTIVATION, _DEPTH, _WIDTH, word("norm", "none", choices=("none", "layer"))),
        _additivity_defect,
    ),
    Measure(
        "bottleneck_rank",
        "the rank of two linear layers, width to bottleneck to width",
        (_WIDTH, whole("bottleneck", 2, high=512)),
        _bottleneck_rank,
    ),
    Measure(
        "conv_collapse_error",
        "max |two 3x3 convolutions - one 5x5 convolution|, median over seeds 0 to 4",
        (
            word("padding", "valid", choices=("valid", "zero")),
            word("region", "all", choices=("all", "interior")),
        ),
        _conv_collapse_error,
    ),
    Measure(
        "conv_additivity_defect",
        "max |c(a+b) - c(a) - c(b)| of a 3x3 convolution c without bias",
        (),
        _conv_additivity_defect,
    ),
)
