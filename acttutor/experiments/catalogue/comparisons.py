"""Hidden activations side by side on small problems: one clear winner, and two that have none."""

from collections.abc import Callable, Mapping

import numpy as np

from acttutor.experiments.datasets import ridges, sines, spirals
from acttutor.experiments.mlp import Setting, accuracies, mean_squared_errors, mlp, trained
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss
from acttutor.nn.training import Points

_TESTED = 1000
_ERROR = N_("mean squared error on 1,000 test points")


def _split(
    seeds: tuple[int, ...], learnt: Callable[[int], Points], tested: Callable[[int], Points]
) -> tuple[Points, Points]:
    """Training and test points of every seed."""
    sets = []
    for draw in (learnt, tested):
        drawn = [draw(seed) for seed in seeds]
        sets.append(Points(np.stack([one.x for one in drawn]), np.stack([one.y for one in drawn])))
    return sets[0], sets[1]


def _test_errors(
    kinds: Mapping[str, str],
    seeds: tuple[int, ...],
    draw: Callable[[np.random.Generator, int, float], Points],
    count: int,
    noise: float,
    rate: float,
    report: Report,
) -> dict[str, Array]:
    """Test errors of 4-32-32-1 networks of several kinds; He, 300 steps of Adam."""
    learnt, tested = _split(
        seeds,
        lambda seed: draw(np.random.default_rng((seed, 1)), count, noise),
        lambda seed: draw(np.random.default_rng((seed, 2)), _TESTED, 0.0),
    )
    settings = tuple(
        Setting(mlp(kind, (4, 32, 32, 1), Loss.MSE), rate, "he", last="lecun") for kind in kinds.values()
    )
    found = trained(settings, seeds, learnt, 300, report)
    return dict(zip(kinds, mean_squared_errors(found, tested, len(settings)), strict=True))


def _smooth(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    kinds = {"relu": "relu", "leaky": "leaky_relu", "smooth": "mish", "sigmoid": "sigmoid"}
    return _test_errors(kinds, seeds, sines, 120, 0.14, 0.005, report)


SMOOTH_REGRESSION = Experiment(
    id="smooth-regression",
    question=N_("A small network learns a smooth function from few points. Which hidden activation?"),
    setup=N_(
        "y = 1.4 Σ sin 2xᵢ of 4 inputs with noise of deviation 0.14, 120 points, 4-32-32-1, He, 300 steps of Adam "
        "at 0.005, tested on 1,000 points without noise."
    ),
    arms=(
        Arm("relu", N_("ReLU")),
        Arm("leaky", N_("Leaky ReLU, slope 0.01")),
        Arm("smooth", N_("Mish, a smooth one")),
        Arm("sigmoid", N_("sigmoid")),
    ),
    winners=("smooth",),
    metric=_ERROR,
    better=Better.LOWER,
    graded=True,
    source="Misra 2020, arXiv:1908.08681; Elfwing, Uchibe & Doya 2018, arXiv:1702.03118",
    compute=_smooth,
)


def _piecewise(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    kinds = {"relu": "relu", "mish": "mish", "mixed": "+".join(["relu"] * 7 + ["mish"] * 3)}
    return _test_errors(kinds, seeds, ridges, 200, 0.1, 0.01, report)


MIXED_PIECEWISE = Experiment(
    id="mixed-piecewise",
    question=N_("Does a layer of 70% ReLU and 30% Mish beat a layer of one kind?"),
    setup=N_(
        "y = |x₁| + |x₂| + max(x₃, x₄) with noise of deviation 0.1, 200 points, 4-32-32-1, He, 300 steps of Adam at "
        "0.01, tested on 1,000 points without noise."
    ),
    arms=(
        Arm("relu", N_("ReLU")),
        Arm("mish", N_("Mish")),
        Arm("mixed", N_("70% ReLU, 30% Mish")),
    ),
    winners=(),
    metric=_ERROR,
    better=Better.LOWER,
    graded=False,
    source="Misra 2020, arXiv:1908.08681",
    compute=_piecewise,
)


def _classification(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Three spirals, 120 points; test accuracy on 1,500 others."""
    learnt, tested = _split(
        seeds,
        lambda seed: spirals(np.random.default_rng((seed, 1)), 120, arms=3, turns=0.75, noise=0.04),
        lambda seed: spirals(np.random.default_rng((seed, 2)), 1500, arms=3, turns=0.75, noise=0.04),
    )
    kinds = {
        "relu": ("relu", "he"),
        "leaky": ("leaky_relu", "he"),
        "gelu": ("gelu", "he"),
        "tanh": ("tanh", "xavier"),
    }
    settings = tuple(
        Setting(mlp(kind, (2, 32, 32, 3), Loss.CROSS_ENTROPY), 0.01, first) for kind, first in kinds.values()
    )
    found = trained(settings, seeds, learnt, 150, report)
    return dict(zip(kinds, accuracies(found, tested, len(settings)), strict=True))


DEFAULT_CHOICE = Experiment(
    id="default-choice",
    question=N_("A small classifier: ReLU, Leaky ReLU, GELU or tanh?"),
    setup=N_(
        "Three interleaved spirals, 120 points, 2-32-32-3, 150 steps of Adam at 0.01, tested on 1,500 points; He, "
        "Xavier for tanh."
    ),
    arms=(
        Arm("relu", N_("ReLU")),
        Arm("leaky", N_("Leaky ReLU, slope 0.01")),
        Arm("gelu", N_("GELU")),
        Arm("tanh", N_("tanh")),
    ),
    winners=(),
    metric=N_("accuracy on 1,500 test points"),
    better=Better.HIGHER,
    graded=False,
    source="Ramachandran, Zoph & Le 2017, arXiv:1710.05941",
    compute=_classification,
)

EXPERIMENTS = (SMOOTH_REGRESSION, MIXED_PIECEWISE, DEFAULT_CHOICE)
