"""Deep plain networks: which activation and first weights let them learn, and what rescues one that is stuck."""

import numpy as np

from acttutor.experiments.datasets import spirals
from acttutor.experiments.mlp import Setting, mean_losses, mlp, trained
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss
from acttutor.nn.network import Norm
from acttutor.nn.training import Points

_INPUTS, _WIDTH = 16, 16
_DATA_SEED = 0
_CLIP = 1.0
_METRIC = N_("cross-entropy on the training points")


def _points(n: int) -> Points:
    """Two spirals, lifted to as many inputs as the layers have units by one fixed random matrix."""
    rng = np.random.default_rng(_DATA_SEED)
    flat = spirals(rng, n)
    return Points(flat.x @ rng.standard_normal((2, _INPUTS)), flat.y)


def _widths(hidden: int) -> tuple[int, ...]:
    return (_INPUTS, *[_WIDTH] * hidden, 1)


def _plain(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Twenty hidden layers, 150 steps of Adam at 0.005, gradients clipped to norm 1."""
    points, widths = _points(150), _widths(20)
    arms = {
        "sigmoid-xavier": Setting(mlp("sigmoid", widths, Loss.BCE), 0.005),
        "tanh-xavier": Setting(mlp("tanh", widths, Loss.BCE), 0.005),
        "relu-he": Setting(mlp("relu", widths, Loss.BCE), 0.005, "he"),
        "relu-small": Setting(mlp("relu", widths, Loss.BCE), 0.005, "xavier", 0.1),
    }
    found = trained(tuple(arms.values()), seeds, points, 150, report, clip=_CLIP)
    return dict(zip(arms, mean_losses(found, points, len(arms)), strict=True))


DEEP_PLAIN = Experiment(
    id="deep-plain",
    question=N_("A plain network has 20 hidden layers. Which activation and first weights let it learn?"),
    setup=N_(
        "Two spirals lifted to 16 inputs, 150 fixed points, 20 hidden layers of 16 units, 150 steps of Adam at "
        "0.005 with gradients clipped to norm 1. A loss of 0.6931 (ln 2) means that nothing was learnt."
    ),
    arms=(
        Arm("sigmoid-xavier", N_("sigmoid, Xavier")),
        Arm("tanh-xavier", N_("tanh, Xavier")),
        Arm("relu-he", N_("ReLU, He")),
        Arm("relu-small", N_("ReLU, weights ten times too small")),
    ),
    winners=("tanh-xavier", "relu-he"),
    metric=_METRIC,
    better=Better.LOWER,
    graded=True,
    source="Glorot & Bengio 2010, AISTATS; He et al. 2015, arXiv:1502.01852, §2.2",
    compute=_plain,
)


def _rescue(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Sixteen sigmoid layers; 120 steps of Adam at 0.005, twice as many where it is trained longer."""
    points, widths = _points(200), _widths(16)
    stuck = mlp("sigmoid", widths, Loss.BCE)
    once = {
        "higher-rate": Setting(stuck, 0.05),
        "batch-norm": Setting(mlp("sigmoid", widths, Loss.BCE, norm=Norm.BATCH), 0.005),
        "residual": Setting(mlp("sigmoid", widths, Loss.BCE, residual=True), 0.005),
    }
    short = trained(tuple(once.values()), seeds, points, 120, report, clip=_CLIP, shares=(0.0, 0.6))
    long = trained((Setting(stuck, 0.005),), seeds, points, 240, report, clip=_CLIP, shares=(0.6, 1.0))
    scores = dict(zip(once, mean_losses(short, points, len(once)), strict=True))
    return {"longer": mean_losses(long, points, 1)[0], **scores}


DEEP_SIGMOID_RESCUE = Experiment(
    id="deep-sigmoid-rescue",
    question=N_(
        "A network of 16 sigmoid layers is stuck at a loss of ln 2, and sigmoid has to stay. What helps?"
    ),
    setup=N_(
        "Two spirals lifted to 16 inputs, 200 fixed points, 16 hidden layers of 16 sigmoids, Xavier, 120 steps of "
        "Adam at 0.005 with gradients clipped to norm 1; 240 steps where it is trained longer."
    ),
    arms=(
        Arm("higher-rate", N_("a learning rate ten times higher")),
        Arm("longer", N_("twice as many steps")),
        Arm("batch-norm", N_("batch normalisation")),
        Arm("residual", N_("residual connections")),
    ),
    winners=("batch-norm", "residual"),
    metric=_METRIC,
    better=Better.LOWER,
    graded=True,
    source="Ioffe & Szegedy 2015, arXiv:1502.03167; He et al. 2016, arXiv:1512.03385",
    compute=_rescue,
)

EXPERIMENTS = (DEEP_PLAIN, DEEP_SIGMOID_RESCUE)
