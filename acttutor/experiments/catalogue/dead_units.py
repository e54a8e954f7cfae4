"""Units that never fire: what kills them, and which repair really brings them back."""

from dataclasses import replace

import numpy as np

from acttutor.experiments.datasets import wave_plane
from acttutor.experiments.mlp import Setting, mean_squared_errors, mlp, trained
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network
from acttutor.nn.training import Points

_DATA_SEED = 3
_METRIC = N_("mean squared error on the training points")
_SOURCE = "Lu et al. 2020, arXiv:1903.06733; Maas et al. 2013, §2"


def _points(shift: float = 0.0) -> Points:
    return wave_plane(np.random.default_rng(_DATA_SEED), shift=shift)


def _shallow(activation: str) -> Network:
    return mlp(activation, (2, 32, 1), Loss.MSE)


def _deep(activation: str) -> Network:
    return mlp(activation, (2, 32, 32, 1), Loss.MSE)


def _scores(
    arms: dict[str, Setting], seeds: tuple[int, ...], points: Points, steps: int, report: Report
) -> dict[str, Array]:
    found = trained(tuple(arms.values()), seeds, points, steps, report)
    return dict(zip(arms, mean_squared_errors(found, points, len(arms)), strict=True))


def _rate(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """The target lies around 3, so that the first steps are large; Adam, 200 steps."""
    arms = {
        "keep": Setting(_deep("relu"), 0.4, "he", last="lecun"),
        "leaky": Setting(_deep("leaky_relu"), 0.4, "he", last="lecun"),
        "lower-rate": Setting(_deep("relu"), 0.02, "he", last="lecun"),
    }
    return _scores(arms, seeds, _points(3.0), 200, report)


DEAD_LR = Experiment(
    id="dead-lr",
    question=N_(
        "A ReLU network is trained with Adam at a learning rate of 0.4. Most units never fire, and the loss is "
        "stuck. Which change helps most?"
    ),
    setup=N_(
        "y = sin(3x₁) + x₂/2 + 3 on 128 fixed points, 2-32-32-1, He, 200 steps of Adam on all points. Predicting "
        "the mean gives an error of 0.531. Rates of 0.3 and 0.01 give the same order, a little less clearly."
    ),
    arms=(
        Arm("keep", N_("keep ReLU and the rate of 0.4")),
        Arm("leaky", N_("Leaky ReLU, rate 0.4")),
        Arm("lower-rate", N_("keep ReLU, rate 0.02")),
    ),
    winners=("lower-rate",),
    metric=_METRIC,
    better=Better.LOWER,
    graded=True,
    source=_SOURCE,
    compute=_rate,
)


def _bias(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Hidden biases of -5 shut every unit on every point; Adam at 0.01, 300 steps (600 for `longer`)."""
    points = _points()
    dead = Setting(_shallow("relu"), 0.01, "he", bias=-5.0)
    arms = {
        "higher-rate": replace(dead, rate=0.1),
        "leaky": replace(dead, network=_shallow("leaky_relu")),
        "reset-bias": replace(dead, bias=0.1),
    }
    longer = trained((dead,), seeds, points, 600, report, shares=(0.0, 0.4))
    found = trained(tuple(arms.values()), seeds, points, 300, report, shares=(0.4, 1.0))
    scores = dict(zip(arms, mean_squared_errors(found, points, len(arms)), strict=True))
    return {"longer": mean_squared_errors(longer, points, 1)[0], **scores}


DEAD_BIAS = Experiment(
    id="dead-bias",
    question=N_(
        "All hidden biases were set to -5, and the gradient of the hidden weights is exactly 0. What repairs it?"
    ),
    setup=N_(
        "y = sin(3x₁) + x₂/2 on 128 fixed points, 2-32-1, He, Adam at 0.01, 300 steps, 600 where it is trained "
        "longer. Predicting the mean gives 0.531, the best straight fit 0.152."
    ),
    arms=(
        Arm("longer", N_("keep ReLU, train twice as long")),
        Arm("higher-rate", N_("keep ReLU, rate times 10")),
        Arm("leaky", N_("switch to Leaky ReLU")),
        Arm("reset-bias", N_("set the hidden biases to 0.1")),
    ),
    winners=("reset-bias",),
    metric=_METRIC,
    better=Better.LOWER,
    graded=True,
    source=_SOURCE,
    compute=_bias,
)


def _activation_only(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    arms = {
        "relu": Setting(_shallow("relu"), 0.01, "he", bias=-4.0),
        "leaky": Setting(_shallow("leaky_relu"), 0.01, "he", bias=-4.0),
    }
    return _scores(arms, seeds, _points(), 300, report)


DEAD_RELU_VS_LEAKY = Experiment(
    id="dead-relu-vs-leaky",
    question=N_("All hidden biases start at -4, and only the activation may be changed. ReLU or Leaky ReLU?"),
    setup=N_(
        "y = sin(3x₁) + x₂/2 on 128 fixed points, 2-32-1, He, Adam at 0.01, 300 steps. Predicting the mean gives "
        "0.531, the best straight fit 0.152."
    ),
    arms=(Arm("relu", N_("ReLU")), Arm("leaky", N_("Leaky ReLU, slope 0.01"))),
    winners=("leaky",),
    metric=_METRIC,
    better=Better.LOWER,
    graded=True,
    source=_SOURCE,
    compute=_activation_only,
)


def _shift(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """The inputs of the same problem moved to 20 ± 1; Adam at 0.01, 200 steps."""
    plain = _points()
    moved = Points(plain.x + 20.0, plain.y)
    standard = Points((plain.x - plain.x.mean(axis=0)) / plain.x.std(axis=0), plain.y)
    arms = {
        "relu-raw": Setting(_deep("relu"), 0.01, "he"),
        "leaky-raw": Setting(_deep("leaky_relu"), 0.01, "he"),
        "tanh-raw": Setting(_deep("tanh"), 0.01),
        "standardise": Setting(_deep("relu"), 0.01, "he"),
    }
    x = np.stack([standard.x if arm == "standardise" else moved.x for arm in arms for _seed in seeds])
    y = np.broadcast_to(plain.y, (len(x), *plain.y.shape))
    points = Points(x, y)
    found = trained(tuple(arms.values()), seeds, points, 200, report)
    return dict(zip(arms, mean_squared_errors(found, points, len(arms)), strict=True))


INPUT_SHIFT = Experiment(
    id="input-shift",
    question=N_(
        "The inputs lie around +20 and were not standardised; a ReLU network learns badly. What is the best "
        "first move?"
    ),
    setup=N_(
        "y = sin(3(x₁ - 20)) + (x₂ - 20)/2 on 128 fixed points with both inputs between 19 and 21, 2-32-32-1, "
        "200 steps of Adam at 0.01; He, Xavier for tanh."
    ),
    arms=(
        Arm("relu-raw", N_("keep ReLU and the raw inputs")),
        Arm("leaky-raw", N_("Leaky ReLU on the raw inputs")),
        Arm("tanh-raw", N_("tanh on the raw inputs")),
        Arm("standardise", N_("standardise the inputs, keep ReLU")),
    ),
    winners=("standardise",),
    metric=_METRIC,
    better=Better.LOWER,
    graded=True,
    source="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, §4.3",
    compute=_shift,
)

EXPERIMENTS = (DEAD_LR, DEAD_BIAS, DEAD_RELU_VS_LEAKY, INPUT_SHIFT)
