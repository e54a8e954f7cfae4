"""One epoch of training against a loop written by hand: at most 2.2 times it; 16 networks at most 1.6 times one.

2-4-2-1, 250 points, batches of 10. Run: python tests/benchmarks/bench_training.py
"""

import statistics
import time

import numpy as np

from acttutor.nn.activations import apply
from acttutor.nn.init import initial, parse
from acttutor.nn.losses import Loss
from acttutor.nn.network import Layer, Network
from acttutor.nn.training import Plan, Points, start, train

BUDGET_BARE, BUDGET_MANY = 2.2, 1.6
POINTS, BATCH, RATE, EPOCHS, ROUNDS, MANY = 250, 10, 0.03, 20, 15, 16
FUNCTIONS = {
    "tanh": (np.tanh, lambda z, a: 1.0 - a * a),
    "relu": (lambda z: np.maximum(z, 0.0), lambda z, a: (z > 0.0).astype(np.float64)),
}
RNG = np.random.default_rng(0)
X = RNG.normal(size=(POINTS, 2))
Y = np.sign(X[:, :1] * X[:, 1:])


def network(activation: str) -> Network:
    """The network of the budget."""
    hidden = apply(activation)
    return Network(2, (Layer(4, (hidden,)), Layer(2, (hidden,)), Layer(1, (apply("tanh"),))), Loss.MSE)


def bare(activation: str) -> float:
    """Seconds an epoch of the shortest loop one would write, shuffling included."""
    value, slope = FUNCTIONS[activation]
    functions = [(value, slope), (value, slope), FUNCTIONS["tanh"]]
    weights = [RNG.normal(size=shape) * 0.5 for shape in ((2, 4), (4, 2), (2, 1))]
    biases = [np.zeros(units) for units in (4, 2, 1)]
    began = time.perf_counter()
    for _ in range(EPOCHS):
        order = RNG.permutation(POINTS)
        for first in range(0, POINTS, BATCH):
            batch = order[first : first + BATCH]
            a, y = X[batch], Y[batch]
            seen, outputs = [], [a]
            for (f, _slope), w, b in zip(functions, weights, biases, strict=True):
                z = a @ w + b
                a = f(z)
                seen.append(z)
                outputs.append(a)
            delta = (a - y) / len(batch)
            for layer in (2, 1, 0):
                delta = delta * functions[layer][1](seen[layer], outputs[layer + 1])
                weight_slope, bias_slope = outputs[layer].T @ delta, delta.sum(axis=0)
                if layer:
                    delta = delta @ weights[layer].T
                weights[layer] -= RATE * weight_slope
                biases[layer] -= RATE * bias_slope
    return (time.perf_counter() - began) / EPOCHS


def ours(activations: list[str]) -> float:
    """Seconds an epoch of as many networks, each with weights and an order of its own."""
    networks = [network(name) for name in activations]
    first = start(
        networks,
        [initial(one, parse("xavier"), seed) for seed, one in enumerate(networks)],
        range(len(networks)),
    )
    plan, points = Plan(learning_rate=RATE, batch_size=BATCH), Points(X, Y)
    began = time.perf_counter()
    train(first, plan, points, EPOCHS)
    return (time.perf_counter() - began) / EPOCHS


def main() -> None:
    """Measure all side by side, round by round, and print the medians and the ratios."""
    for name in FUNCTIONS:
        rounds = [(bare(name), ours([name]), ours([name] * MANY)) for _ in range(ROUNDS)]
        ratios = sorted(one / by_hand for by_hand, one, _many in rounds)
        many = sorted(sixteen / one for _by_hand, one, sixteen in rounds)
        print(
            f"{name}: bare {1e3 * statistics.median(r[0] for r in rounds):.2f} ms an epoch, ours"
            f" {statistics.median(ratios):.2f} times [{ratios[0]:.2f}, {ratios[-1]:.2f}] (budget {BUDGET_BARE}),"
            f" {MANY} at once {statistics.median(many):.2f} times one [{many[0]:.2f}, {many[-1]:.2f}]"
            f" (budget {BUDGET_MANY})"
        )
    mixed = ["relu", "tanh", "leaky_relu", "sigmoid"] * (MANY // 4)
    rounds = [(statistics.mean(ours([name]) for name in mixed[:4]), ours(mixed)) for _ in range(ROUNDS)]
    print(f"four kinds of {MANY // 4}: {statistics.median(m / one for one, m in rounds):.2f} times one")


if __name__ == "__main__":
    main()
