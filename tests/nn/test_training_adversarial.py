"""Playground's rules once more, as a loop over single numbers that shares nothing with the library's arrays.

The two recorded runs have no L1 penalty, no linear output and no batch larger than the data; these runs do.
"""

import math
from itertools import pairwise

import numpy as np
import pytest

from acttutor.nn.activations import apply
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss, Penalty, Regularization
from acttutor.nn.network import Network, Parameters
from acttutor.nn.training import Accumulate, Plan, Points, start, train

FUNCTIONS = {
    "tanh": (math.tanh, lambda z: 1.0 - math.tanh(z) ** 2),
    "relu": (lambda z: max(0.0, z), lambda z: float(z > 0.0)),
    "sigmoid": (
        lambda z: 1.0 / (1.0 + math.exp(-z)),
        lambda z: math.exp(-z) / (1.0 + math.exp(-z)) ** 2,
    ),
    "identity": (lambda z: z, lambda z: 1.0),
}
SLOPES = {"none": lambda w: 0.0, "l1": lambda w: float((w > 0) - (w < 0)), "l2": lambda w: w}


def replay(weights, biases, kinds, points, rate, batch, penalty, strength, epochs):
    """`weights[layer][unit][input]`, changed in place; the links that died, as (layer, unit, input)."""
    layers = range(len(weights))
    sums = [[[0.0] * len(row) for row in layer] for layer in weights]
    bias_sums = [[0.0] * len(layer) for layer in biases]
    dead, waiting = set(), 0
    for _ in range(epochs):
        for count, (x, target) in enumerate(points, 1):
            outputs, totals = [list(x)], []
            for layer in layers:
                below = outputs[-1]
                totals.append(
                    [
                        biases[layer][unit] + sum(w * a for w, a in zip(row, below, strict=True))
                        for unit, row in enumerate(weights[layer])
                    ]
                )
                outputs.append([FUNCTIONS[kinds[layer]][0](z) for z in totals[-1]])
            above = [outputs[-1][0] - target]
            for layer in reversed(layers):
                slopes = [
                    g * FUNCTIONS[kinds[layer]][1](z) for g, z in zip(above, totals[layer], strict=True)
                ]
                above = [0.0] * len(outputs[layer])
                for unit, slope in enumerate(slopes):
                    bias_sums[layer][unit] += slope
                    for source, value in enumerate(outputs[layer]):
                        sums[layer][unit][source] += slope * value
                        above[source] += weights[layer][unit][source] * slope
            waiting += 1
            if count % batch:
                continue
            for layer in layers:
                for unit, row in enumerate(weights[layer]):
                    biases[layer][unit] -= rate * bias_sums[layer][unit] / waiting
                    bias_sums[layer][unit] = 0.0
                    for source, old in enumerate(row):
                        moved = old - rate * sums[layer][unit][source] / waiting
                        pulled = moved - rate * strength * SLOPES[penalty](old)
                        sums[layer][unit][source] = 0.0
                        if penalty == "l1" and moved * pulled < 0.0:
                            dead.add((layer, unit, source))
                        row[source] = 0.0 if (layer, unit, source) in dead else pulled
            waiting = 0
    return dead


@pytest.mark.parametrize("last", ["tanh", "identity"])
@pytest.mark.parametrize("penalty", SLOPES)
@pytest.mark.parametrize(("kind", "batch"), [("tanh", 7), ("relu", 10), ("sigmoid", 1), ("identity", 300)])
def test_playgrounds_rules_are_followed_where_no_run_was_recorded(kind, batch, penalty, last):
    rng = np.random.default_rng((batch, len(penalty), len(last)))
    widths, kinds = (3, 4, 3, 1), (kind, kind, last)
    weights = [rng.uniform(-0.5, 0.5, (out, into)).tolist() for into, out in pairwise(widths)]
    biases = [[0.1] * units for units in widths[1:]]
    x, y = rng.uniform(-2.0, 2.0, (23, 3)), rng.choice([-1.0, 1.0], (23, 1))
    network = Network(
        3, tuple(Layer(u, (apply(k),)) for u, k in zip(widths[1:], kinds, strict=True)), Loss.MSE
    )
    first = Parameters(
        tuple(np.array(matrix).T for matrix in weights),
        tuple(np.array(numbers) for numbers in biases),
        ((),) * len(kinds),
    )
    plan = Plan(
        learning_rate=0.05,
        batch_size=batch,
        shuffle=False,
        accumulate=Accumulate.CARRY,
        regularization=Regularization(Penalty(penalty), 0.0 if penalty == "none" else 0.1),
        sticky_zeros=True,
    )
    found = train(start([network], [first]), plan, Points(x, y), 20).of(0)
    points = list(zip(x.tolist(), y[:, 0].tolist(), strict=True))
    dead = replay(weights, biases, kinds, points, 0.05, batch, penalty, plan.regularization.rate, 20)
    for ours, theirs in zip(found.weights, weights, strict=True):
        assert np.abs(ours - np.array(theirs).T).max() < 1e-12
    for ours, theirs in zip(found.biases, biases, strict=True):
        assert np.abs(ours - np.array(theirs)).max() < 1e-12
    assert bool(dead) == (penalty == "l1" and batch <= len(x))
