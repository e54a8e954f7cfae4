"""Predicting numbers: the output head has to match what the target can be, and smooth targets like smooth units."""

from collections.abc import Callable

import numpy as np

from acttutor.experiments.datasets import for_seeds
from acttutor.experiments.mlp import Setting, mean_squared_errors, mlp, trained
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss
from acttutor.nn.training import Points

_HEADS = {"linear": "identity", "relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid"}
_ERROR = N_("mean squared error on 400 test points")
_SOURCE = "Bishop 2006, Pattern Recognition and Machine Learning, §5.2"


def _head_errors(
    heads: tuple[str, ...],
    seeds: tuple[int, ...],
    target: Callable[[Array], Array],
    noise: float,
    limits: tuple[float, float],
    report: Report,
    *,
    count: int = 80,
    reach: float = 3.0,
    last: str = "xavier",
) -> dict[str, Array]:
    """Test errors of 1-32-1 tanh networks whose heads differ; Adam at 0.02, noise on the training targets."""

    def draw(rng: np.random.Generator) -> Points:
        x = rng.uniform(-reach, reach, (count, 1))
        return Points(x, np.clip(target(x) + noise * rng.standard_normal(x.shape), *limits))

    settings = tuple(
        Setting(mlp("tanh", (1, 32, 1), Loss.MSE, head=_HEADS[head]), 0.02, last=last) for head in heads
    )
    test = np.linspace(-reach, reach, 400)[:, None]
    found = trained(settings, seeds, for_seeds(seeds, draw), 300, report)
    errors = mean_squared_errors(found, Points(test, target(test)), len(settings))
    return dict(zip(heads, errors, strict=True))


def _signed(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    heads = ("linear", "relu", "tanh", "sigmoid")
    return _head_errors(heads, seeds, lambda x: 3.0 * np.sin(x), 0.1, (-np.inf, np.inf), report)


REG_SIGNED = Experiment(
    id="reg-signed",
    question=N_("The target is a number of either sign, between -3 and 3. Which output head?"),
    setup=N_(
        "y = 3 sin x with noise of deviation 0.1, 80 points, 1-32-1 with tanh, 300 steps of Adam at 0.02, tested "
        "on 400 points without noise."
    ),
    arms=(
        Arm("linear", N_("linear")),
        Arm("relu", N_("ReLU")),
        Arm("tanh", N_("tanh")),
        Arm("sigmoid", N_("sigmoid")),
    ),
    winners=("linear",),
    metric=_ERROR,
    better=Better.LOWER,
    graded=True,
    source=_SOURCE,
    compute=_signed,
)


def _share(x: Array) -> Array:
    """A proportion that comes close to both ends of (0, 1)."""
    return np.asarray(1.0 / (1.0 + np.exp(-4.0 * np.sin(2.0 * x))))


def _proportion(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    heads = ("linear", "relu", "sigmoid", "tanh")
    return _head_errors(heads, seeds, _share, 0.1, (0.0, 1.0), report)


REG_PROPORTION = Experiment(
    id="reg-proportion",
    question=N_("The target is a proportion, between 0 and 1. Which output head?"),
    setup=N_(
        "A wave between 0.02 and 0.98 with noise of deviation 0.1, cut to [0, 1], 80 points, 1-32-1 with tanh, "
        "300 steps of Adam at 0.02, tested on 400 points without noise."
    ),
    arms=(
        Arm("linear", N_("linear")),
        Arm("relu", N_("ReLU")),
        Arm("sigmoid", N_("sigmoid")),
        Arm("tanh", N_("tanh")),
    ),
    winners=("sigmoid",),
    metric=_ERROR,
    better=Better.LOWER,
    graded=True,
    source=_SOURCE,
    compute=_proportion,
)


def _plateaus(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    heads = ("linear", "relu", "sigmoid", "tanh")
    return _head_errors(
        heads,
        seeds,
        lambda x: np.tanh(2.0 * np.sin(2.0 * x)),
        0.05,
        (-1.0, 1.0),
        report,
        count=200,
        reach=2.0,
        # A head that starts steep may saturate on the wrong side and stay there.
        last="normal:0.05",
    )


REG_PM1 = Experiment(
    id="reg-pm1",
    question=N_("The target lies between -1 and 1, with flat stretches at both ends. Which output head?"),
    setup=N_(
        "y = tanh(2 sin 2x), x from -2 to 2, with noise of deviation 0.05, cut to [-1, 1], 200 points, 1-32-1 "
        "with tanh, 300 steps of Adam at 0.02, tested on 400 points without noise."
    ),
    arms=(
        Arm("linear", N_("linear")),
        Arm("relu", N_("ReLU")),
        Arm("sigmoid", N_("sigmoid")),
        Arm("tanh", N_("tanh")),
    ),
    winners=("tanh",),
    metric=_ERROR,
    better=Better.LOWER,
    graded=True,
    source=_SOURCE,
    compute=_plateaus,
)

EXPERIMENTS = (REG_SIGNED, REG_PROPORTION, REG_PM1)
