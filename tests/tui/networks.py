"""Networks the simulator's tests step through."""

from itertools import pairwise

import numpy as np

from acttutor.nn.activations import apply
from acttutor.nn.losses import NO_REGULARIZATION, Loss, Penalty, Regularization
from acttutor.nn.network import Layer, Network, Parameters
from acttutor.nn.trace import Trace, TrainingStep, trace


def step_of(
    widths: tuple[int, ...],
    activations: tuple[str, ...],
    *,
    loss: Loss = Loss.MSE,
    samples: int = 2,
    seed: int = 0,
    penalty: Regularization = NO_REGULARIZATION,
    residual: bool = False,
    train_params: bool = False,
) -> TrainingStep:
    """A training step with drawn weights; one activation name a layer, comma-separated where units differ."""
    rng = np.random.default_rng(seed)
    layers = tuple(
        Layer(
            units,
            tuple(map(apply, names.split(","))),
            residual=residual and units == below,
            train_params=train_params,
        )
        for below, units, names in zip(widths[:-1], widths[1:], activations, strict=True)
    )
    parameters = Parameters(
        tuple(rng.normal(size=(below, units)) for below, units in pairwise(widths)),
        tuple(rng.normal(size=units) for units in widths[1:]),
        tuple(layer.initial() for layer in layers),
    )
    x = rng.normal(size=(samples, widths[0]))
    y = np.eye(widths[-1])[rng.integers(0, widths[-1], samples)] if widths[-1] > 1 else np.ones((samples, 1))
    return TrainingStep(Network(widths[0], layers, loss), parameters, x, y, 0.1, penalty)


def traced(*args: tuple[int, ...] | tuple[str, ...], **kwargs: object) -> Trace:
    """The trace of `step_of`."""
    return trace(step_of(*args, **kwargs))  # type: ignore[arg-type]


def mixed() -> Trace:
    """Two samples through a mixed layer, with a penalty and learned activation parameters: every kind of operation."""
    penalty = Regularization(Penalty.L2, 0.01)
    return trace(
        step_of((2, 3, 2, 1), ("relu,tanh,prelu", "mish", "sigmoid"), penalty=penalty, train_params=True)
    )


def off_unit() -> Trace:
    """One sample, two ReLU units of which the first is off."""
    network = Network(2, (Layer(2, (apply("relu"),)), Layer(1, (apply("sigmoid"),))), Loss.MSE)
    parameters = Parameters(
        (np.array([[0.31, 0.64], [-0.8, 0.2]]), np.array([[0.7], [-0.9]])),
        (np.array([0.1, 0.1]), np.array([-0.2])),
        ((), ()),
    )
    return trace(TrainingStep(network, parameters, np.array([[0.5, 1.0]]), np.array([[1.0]]), 0.5))
