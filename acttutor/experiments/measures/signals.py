"""Signals and gradients in networks that are not plain random stacks, and whether the gradients are right at all."""

import statistics
from itertools import pairwise

import numpy as np

from acttutor.experiments.arguments import Arguments, number, whole, word
from acttutor.experiments.measures.base import ACTIVATION, Measure
from acttutor.nn import gradcheck
from acttutor.nn import init as initialization
from acttutor.nn.activations import apply
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network, Parameters
from acttutor.nn.operations import TrainingStep

_RECURRENT_BATCH = 32


def _gradient_check_error(args: Arguments) -> float:
    """The largest relative error of backpropagation in 2-4-3-1 against central differences, away from kinks."""
    rng = np.random.default_rng(0)
    widths, hidden = (2, 4, 3, 1), args.activation()
    layers = (Layer(4, (hidden,)), Layer(3, (hidden,)), Layer(1, (apply("identity"),)))
    initializer = initialization.parse("he")
    parameters = Parameters(
        tuple(initializer.draw(rng, fan_in, fan_out) for fan_in, fan_out in pairwise(widths)),
        tuple(rng.standard_normal(units) for units in widths[1:]),
        ((), (), ()),
    )
    x, y = rng.standard_normal((8, 2)), rng.standard_normal((8, 1))
    checks = gradcheck.check(TrainingStep(Network(2, layers, Loss.MSE), parameters, x, y, 0.0))
    return max(entry.relative_error for entry in checks if not entry.near_kink)


def _spread_across_samples(args: Arguments) -> float:
    """The mean over units of the standard deviation over 64 N(0, 1) samples, after `depth` layers without biases."""
    applied, width = args.activation(), args.whole("width")
    initializer = initialization.parse(args.text("init"), args.number("gain"))
    found = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        signal = rng.standard_normal((64, width))
        for _ in range(args.whole("depth")):
            signal = applied.value(signal @ initializer.draw(rng, width, width))
        found.append(float(signal.std(axis=0).mean()))
    return statistics.median(found)


def _recurrent_gradient(args: Arguments) -> float:
    """h_t = f(W h_(t-1) + U x_t), W ~ gain·N(0, 1/n), U ~ N(0, 1/n), x_t ~ N(0, 1), h_0 = 0, n = 64 numbers.

    A random vector is sent back through all the steps (Pascanu, Mikolov & Bengio, 2013, arXiv:1211.5063, §2).
    """
    applied, gain, steps, n = args.activation(), args.number("gain"), args.whole("steps"), 64
    found = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        recurrent, inward = gain * rng.standard_normal((n, n)) / n**0.5, rng.standard_normal((n, n)) / n**0.5
        gradient = start = rng.standard_normal((_RECURRENT_BATCH, n))
        state, slopes = np.zeros((_RECURRENT_BATCH, n)), []
        with np.errstate(all="ignore"):
            for _ in range(steps):
                z = state @ recurrent + rng.standard_normal((_RECURRENT_BATCH, n)) @ inward
                state = applied.value(z)
                slopes.append(applied.derivative(z))
            for slope in reversed(slopes):
                gradient = (gradient * slope) @ recurrent.T
        found.append(float(np.linalg.norm(gradient) / np.linalg.norm(start)))
    return statistics.median(found)


MEASURES = (
    Measure(
        "gradient_check_error",
        "the largest error of backpropagation against finite differences in a small network",
        (ACTIVATION,),
        _gradient_check_error,
    ),
    Measure(
        "spread_across_samples",
        "how much a unit of the last layer of a random stack differs from sample to sample",
        (
            ACTIVATION,
            word("init", "xavier"),
            number("gain", 1.0),
            whole("depth", 20, high=1000),
            whole("width", 16, high=512),
        ),
        _spread_across_samples,
    ),
    Measure(
        "recurrent_gradient",
        "‖dL/dh₀‖/‖dL/dh_T‖ of a recurrent network of 64 units, median over seeds 0 to 5",
        (ACTIVATION, number("gain", 1.0), whole("steps", 50, high=1000)),
        _recurrent_gradient,
    ),
)
