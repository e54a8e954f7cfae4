"""What the mean of the inputs does to gradient descent: LeCun, Bottou, Orr & Müller, Efficient BackProp (1998), §4.3.

Least squares y = w·x + b on 500 rows of 20 features of u ~ N(0, 1); medians over seeds 0 to 5.
"""

import statistics

import numpy as np

from acttutor.experiments.arguments import Arguments, word
from acttutor.experiments.measures.base import Measure
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array

_ROWS, _INPUTS, _SEEDS = 500, 20, 6
_GOAL = 1e-4
_FEATURES = (word("features", choices=("sigmoid", "centred", "tanh", "relu")),)


def _problem(features: str, seed: int) -> tuple[Array, Array]:
    """Features with a column of ones `(rows, inputs + 1)`, and targets made from them by random weights."""
    rng = np.random.default_rng(seed)
    u = rng.standard_normal((_ROWS, _INPUTS))
    x = apply("sigmoid" if features == "centred" else features).value(u)
    if features == "centred":
        x = x - x.mean(axis=0)
    return np.column_stack([x, np.ones(_ROWS)]), x @ rng.standard_normal(_INPUTS)


def _condition_number(args: Arguments) -> float:
    """Largest over smallest eigenvalue of the Hessian."""
    found = []
    for seed in range(_SEEDS):
        x, _ = _problem(args.text("features"), seed)
        values = np.linalg.eigvalsh(x.T @ x)
        found.append(float(values[-1] / values[0]))
    return statistics.median(found)


def _gd_iterations(args: Arguments) -> float:
    """Full-batch steps of 1/λ_max from weights 0 until MSE <= 1e-4 of the target's variance."""
    found = []
    for seed in range(_SEEDS):
        x, y = _problem(args.text("features"), seed)
        values, vectors = np.linalg.eigh(x.T @ x / _ROWS)
        # Along each eigenvector the error shrinks by (1 - λ/λ_max) a step.
        start = vectors.T @ np.linalg.lstsq(x, -y, rcond=None)[0]
        remaining = np.square(start) * values
        goal, steps = _GOAL * float(y.var()), 0
        shrink = np.square(1.0 - values / values[-1])
        while remaining.sum() > goal:
            remaining = remaining * shrink
            steps += 1
        found.append(steps)
    return statistics.median(found)


MEASURES = (
    Measure(
        "condition_number",
        "the Hessian's largest over smallest eigenvalue, for a linear layer on such features",
        _FEATURES,
        _condition_number,
    ),
    Measure(
        "gd_iterations",
        "steps of gradient descent until such a layer has learnt 99.99% of the variance",
        _FEATURES,
        _gd_iterations,
    ),
)
