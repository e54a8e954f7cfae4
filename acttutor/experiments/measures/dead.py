"""Units that never fire, and inputs that push all weights of a unit the same way."""

import numpy as np

from acttutor.errors import UserError
from acttutor.experiments.arguments import Arguments, number, whole
from acttutor.experiments.measures.base import ACTIVATION, Measure
from acttutor.nn import init as initialization
from acttutor.nn.activations import apply
from acttutor.nn.layer import Layer
from acttutor.nn.network import Loss, Network, Parameters, gradients

_UNITS = 4096
_BATCH = 32
_MOST_NUMBERS = 30_000_000
_DRAWS = 2_000_000


def _never_active(args: Arguments) -> float:
    """The fraction of 4096 fresh units with He's weights whose z is <= 0 on the whole batch of N(shift, 1) inputs."""
    inputs, batch = args.whole("inputs"), args.whole("batch")
    rng = np.random.default_rng(args.whole("seed"))
    x = rng.standard_normal((batch, inputs)) + args.number("shift")
    weights = initialization.parse("he").draw(rng, inputs, _UNITS)
    return float((x @ weights + args.number("bias") <= 0.0).all(axis=0).mean())


def _dead_gradient(args: Arguments) -> float:
    """The largest |gradient| by an incoming weight of 32 ReLU units with this bias, over 128 inputs in [-1, 1]².

    The network is 2-32-1 with a linear output and a target of its own; weights are He's, seed 0.
    """
    rng = np.random.default_rng(0)
    x = rng.uniform(-1.0, 1.0, (128, 2))
    y = np.sin(3.0 * x[:, :1]) + 0.5 * x[:, 1:]
    network = Network(2, (Layer(32, (apply("relu"),)), Layer(1, (apply("identity"),))), Loss.MSE)
    he = initialization.parse("he")
    parameters = Parameters(
        (he.draw(rng, 2, 32), he.draw(rng, 32, 1)),
        (np.full(32, args.number("bias")), np.zeros(1)),
        ((), ()),
    )
    return float(np.abs(gradients(network, parameters, x, y).weights[0]).max())


def _born_dead(args: Arguments) -> float:
    """The fraction of He-initialised networks, biases 0, whose output is exactly 0 on all of 32 N(0, 1) inputs.

    Lu, Shin, Su & Karniadakis, 2019, arXiv:1903.06733.
    """
    applied, width, depth, inits = (
        args.activation(),
        args.whole("width"),
        args.whole("depth"),
        args.whole("inits"),
    )
    if inits * width * max(width, _BATCH) > _MOST_NUMBERS:
        raise UserError(
            f"born_dead: {inits} networks of width {width} do not fit in memory here", where="args"
        )
    rng = np.random.default_rng(0)
    spread = initialization.parse("he").deviation(width, width)
    signal = rng.standard_normal((inits, _BATCH, width))
    alive = inits
    for _ in range(depth):
        weights = spread * rng.standard_normal((signal.shape[0], width, width))
        signal = applied.value(signal @ weights)
        lives = signal.any(axis=(1, 2))
        signal, alive = signal[lives], int(lives.sum())
    return 1.0 - alive / inits


def _same_sign(args: Arguments) -> float:
    """The share of cases in which no two of a unit's weight gradients Σ δ·x pull in opposite directions.

    Inputs are f(u), u ~ N(0, 1); δ ~ N(delta_mean, 1), one for each sample of the batch; zeros side with either.
    """
    applied, inputs, batch = args.activation(), args.whole("inputs"), args.whole("batch")
    cases = min(max(_DRAWS // (inputs * batch), 500), 40_000)
    rng = np.random.default_rng(0)
    x = applied.value(rng.standard_normal((cases, batch, inputs)))
    delta = rng.standard_normal((cases, 1, batch)) + args.number("delta_mean")
    pulls = (delta @ x)[:, 0, :]
    return float(((pulls >= 0.0).all(axis=1) | (pulls <= 0.0).all(axis=1)).mean())


MEASURES = (
    Measure(
        "never_active",
        "the fraction of fresh ReLU units that are off for a whole batch of N(shift, 1) inputs",
        (
            number("shift", 0.0),
            number("bias", 0.0),
            whole("inputs", 64, high=1024),
            whole("batch", 64, high=1024),
            whole("seed", 0, low=0),
        ),
        _never_active,
    ),
    Measure(
        "dead_gradient",
        "max |dL/dw| of ReLU units whose bias keeps them off on all data",
        (number("bias", -5.0),),
        _dead_gradient,
    ),
    Measure(
        "born_dead",
        "the fraction of networks that output 0 for every input from the start",
        (
            ACTIVATION,
            whole("width", high=256),
            whole("depth", high=200),
            whole("inits", 400, high=10_000),
        ),
        _born_dead,
    ),
    Measure(
        "same_sign",
        "the share of cases where all weight gradients of a unit have one sign",
        (
            ACTIVATION,
            whole("inputs", 10, high=1000),
            whole("batch", 1, high=1000),
            number("delta_mean", 0.0),
        ),
        _same_sign,
    ),
)
