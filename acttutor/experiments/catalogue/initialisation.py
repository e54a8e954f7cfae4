"""What the first weights decide before any training: how far a signal reaches, which networks are born dead."""

import math

import numpy as np

from acttutor.experiments.models import born
from acttutor.experiments.models.stack import draws, forward, root_mean_square
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array

_WIDTH, _BATCH = 128, 128


def _signal_drift(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """|log10(rms(h₃₀)/rms(x))| for four standard deviations of the same random weights."""
    relu = apply("relu")
    deviations = {
        "tiny": 0.01,
        "unit": 1.0,
        "xavier": math.sqrt(1.0 / _WIDTH),
        "he": math.sqrt(2.0 / _WIDTH),
    }
    scores = {arm: np.empty(len(seeds)) for arm in deviations}
    for place, (inputs, *weights) in enumerate(draws(seeds, _WIDTH, _BATCH, 30)):
        for turn, (arm, deviation) in enumerate(deviations.items()):
            report((place + turn / len(deviations)) / len(seeds))
            last = forward(inputs, tuple(weights), deviation, relu)
            scores[arm][place] = abs(math.log10(root_mean_square(last) / root_mean_square(inputs)))
    return scores


def _spread_drift(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """|ln(standard deviation of h₅₀)| for five pairs of activation and first weights."""
    stacks = {
        "selu-lecun": ("selu", 1.0),
        "selu-he": ("selu", 2.0),
        "relu-lecun": ("relu", 1.0),
        "relu-he": ("relu", 2.0),
        "tanh-xavier": ("tanh", 1.0),
    }
    scores = {arm: np.empty(len(seeds)) for arm in stacks}
    for place, (inputs, *weights) in enumerate(draws(seeds, _WIDTH, _BATCH, 50)):
        for turn, (arm, (name, variance)) in enumerate(stacks.items()):
            report((place + turn / len(stacks)) / len(seeds))
            last = forward(inputs, tuple(weights), math.sqrt(variance / _WIDTH), apply(name))
            scores[arm][place] = abs(math.log(float(last.std())))
    return scores


def _born_dead(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    activations = {"relu": apply("relu"), "leaky": apply("leaky_relu"), "tanh": apply("tanh")}
    scores = {arm: np.empty(len(seeds)) for arm in activations}
    for place, seed in enumerate(seeds):
        inputs, weights = born.draw(np.random.default_rng(seed), 4, 20, 100, 64)
        for turn, (arm, applied) in enumerate(activations.items()):
            report((place + turn / len(activations)) / len(seeds))
            scores[arm][place] = born.dead_share(inputs, weights, applied)
    return scores


INIT_FOR_RELU = Experiment(
    id="init-for-relu",
    question=N_(
        "A ReLU network has 30 layers of 128 units. Which first weights keep the signal at its size?"
    ),
    setup=N_(
        "30 layers of 128 units without biases, 128 inputs drawn from N(0, 1), no training. The same random "
        "matrices are scaled in four ways. A score of 3 means that the signal left a thousand times too small "
        "or too large."
    ),
    arms=(
        Arm("tiny", N_("std 0.01")),
        Arm("unit", N_("std 1")),
        Arm("xavier", N_("Xavier √(1/n)")),
        Arm("he", N_("He √(2/n)")),
    ),
    winners=("he",),
    metric=N_("powers of ten the signal is off after 30 layers"),
    better=Better.LOWER,
    graded=True,
    source="He et al. 2015, arXiv:1502.01852, §2.2; Glorot & Bengio 2010, AISTATS, §4.2",
    compute=_signal_drift,
)

BORN_DEAD = Experiment(
    id="born-dead",
    question=N_(
        "A network is very narrow and deep, 20 layers of 4 units. How often does it give 0 for every input, before "
        "any training?"
    ),
    setup=N_(
        "100 networks per seed, 4 inputs, 20 layers of 4 units, He weights, biases 0, 64 inputs drawn from N(0, 1). "
        "A network is born dead when its last layer is exactly 0 on all of them."
    ),
    arms=(Arm("relu", "ReLU"), Arm("leaky", N_("Leaky ReLU")), Arm("tanh", "tanh")),
    winners=("leaky", "tanh"),
    metric=N_("share of networks born dead"),
    better=Better.LOWER,
    graded=True,
    source="Lu, Shin, Su & Karniadakis 2019, arXiv:1903.06733",
    compute=_born_dead,
)

SELU_STATS = Experiment(
    id="selu-stats",
    question=N_(
        "50 plain layers without normalisation: with which activation and first weights do the activations keep a "
        "spread near 1?"
    ),
    setup=N_(
        "50 layers of 128 units without biases, 128 inputs drawn from N(0, 1), no training. The score is |ln sd| of "
        "the last activations: 0 is perfect, 2.3 is a factor of ten. It says nothing about what training would "
        "make of them."
    ),
    arms=(
        Arm("selu-lecun", "SELU + LeCun"),
        Arm("selu-he", "SELU + He"),
        Arm("relu-lecun", "ReLU + LeCun"),
        Arm("relu-he", "ReLU + He"),
        Arm("tanh-xavier", "tanh + Xavier"),
    ),
    winners=("selu-lecun",),
    metric=N_("|ln sd| of layer 50"),
    better=Better.LOWER,
    graded=True,
    source="Klambauer, Unterthiner, Mayr & Hochreiter 2017, arXiv:1706.02515",
    compute=_spread_drift,
)

EXPERIMENTS = (INIT_FOR_RELU, BORN_DEAD, SELU_STATS)
