"""Attention scores before and after scaling: Vaswani et al., 2017, arXiv:1706.03762, §3.2.1 and footnote 4."""

import statistics

import numpy as np

from acttutor.experiments.arguments import Arguments, flag, whole
from acttutor.experiments.measures.base import Measure
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array

_KEYS, _QUERIES, _VALUE, _SEEDS = 32, 200, 8, 6
_ARGUMENTS = (whole("d", high=4096), flag("scaled"))


def _scores(args: Arguments, rng: np.random.Generator) -> Array:
    """q·k for 200 queries and 32 keys ~ N(0, I), over √d if scaled."""
    d = args.whole("d")
    queries, keys = rng.standard_normal((_QUERIES, d)), rng.standard_normal((_KEYS, d))
    return np.asarray(queries @ keys.T / (np.sqrt(d) if args.flag("scaled") else 1.0))


def _score_std(args: Arguments) -> float:
    return statistics.median(
        float(_scores(args, np.random.default_rng(seed)).std()) for seed in range(_SEEDS)
    )


def _score_gradient(args: Arguments) -> float:
    """The median over queries of max |dL/dscore|, where a gradient N(0, I) arrives at the attention's output.

    The output is softmax(scores) @ values with values ~ N(0, I) of 8 numbers.
    """
    found = []
    for seed in range(_SEEDS):
        rng = np.random.default_rng(seed)
        weights = apply("softmax").value(_scores(args, rng))
        values, arriving = rng.standard_normal((_KEYS, _VALUE)), rng.standard_normal((_QUERIES, _VALUE))
        by_weight = arriving @ values.T
        by_score = weights * (by_weight - (weights * by_weight).sum(axis=1, keepdims=True))
        found.append(float(np.median(np.abs(by_score).max(axis=1))))
    return statistics.median(found)


MEASURES = (
    Measure(
        "score_std",
        "the standard deviation of q·k for q, k ~ N(0, I) of d numbers, over √d if scaled",
        _ARGUMENTS,
        _score_std,
    ),
    Measure(
        "score_gradient",
        "the largest slope of a loss behind the attention by a score, median over queries",
        _ARGUMENTS,
        _score_gradient,
    ),
)
