"""Attention: why scores are divided by √d, and why their weights are a softmax."""

from collections.abc import Callable
from functools import partial

import numpy as np

from acttutor.experiments.models import attention, pooling
from acttutor.experiments.models.seeded import drawn
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array
from acttutor.nn.losses import softmax

_RATES = (0.3, 1.0, 3.0)
_SCALES, _OFFSETS = (0.5, 1.0, 2.0, 4.0), (-4.0, -2.0, 0.0)


def _scales(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """The final error with the best of three rates; arms, rates and seeds are axes of one array."""
    scales = {"none": 1.0, "sqrt-d": attention.LENGTH**-0.5, "d": 1.0 / attention.LENGTH}
    task = attention.Lookup(*drawn(seeds, attention.lookup))
    scale = np.array([*scales.values()])[:, None, None, None, None]
    rate = np.array(_RATES)[:, None, None, None]
    errors = attention.train(task, scale, rate, 80, report)
    return dict(zip(scales, errors.min(axis=1), strict=True))


def _pools(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Test error of the best weighting of each kind, chosen on the training set."""
    sigmoid, relu = apply("sigmoid"), apply("relu")
    kinds: dict[str, tuple[Callable[[Array], Array], ...]] = {
        "softmax": tuple(partial(_scaled, softmax, a, 0.0) for a in _SCALES),
        "mean": (lambda s: np.full_like(s, 1.0 / pooling.ITEMS),),
        "sigmoid": tuple(partial(_scaled, sigmoid.value, a, b) for a in _SCALES for b in _OFFSETS),
        "relu": (relu.value,),
    }
    scores = {arm: np.empty(len(seeds)) for arm in kinds}
    for place, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        scored, *train = pooling.scored_items(rng, pooling.TRAIN)
        scored_test, *test = pooling.scored_items(rng, pooling.TEST)
        for turn, (arm, weightings) in enumerate(kinds.items()):
            report((place + turn / len(kinds)) / len(seeds))
            choices = ((weighting(scored), weighting(scored_test)) for weighting in weightings)
            scores[arm][place] = pooling.pooled_error(choices, (train[0], train[1]), (test[0], test[1]))
    return scores


def _scaled(function: Callable[[Array], Array], scale: float, offset: float, scores: Array) -> Array:
    return function(scale * scores + offset)


ATTN_SCALE = Experiment(
    id="attn-scale",
    question=N_(
        "Attention over vectors of length d = 256 is trained through the value it returns. What are the scores "
        "divided by?"
    ),
    setup=N_(
        "16 keys, 128 queries that are noisy rotated keys, values of length 16, scores = q·W·k with W drawn from "
        "N(0, 1/d). 80 steps of gradient descent on W, clipped to norm 1, best of the rates 0.3, 1 and 3 for each "
        "option. Where the loss stands on the attention weights themselves, scaling does not help like this."
    ),
    arms=(Arm("none", N_("by nothing")), Arm("sqrt-d", N_("by √d")), Arm("d", N_("by d"))),
    winners=("sqrt-d",),
    metric=N_("mean square error of the value"),
    better=Better.LOWER,
    graded=True,
    source="Vaswani et al. 2017, arXiv:1706.03762, §3.2.1",
    compute=_scales,
)

ATTN_POOL = Experiment(
    id="attn-pool",
    question=N_("Of 16 items, one matches the query. What turns the scores into the weights of a sum?"),
    setup=N_(
        "16 keys of length 16 with a value each, the query is one of the keys with noise of sd 0.5, scores are divided "
        "by √d. A line from the weighted sum to the value asked for, whose variance is 1, is fitted on 500 examples "
        "and tested on 4,000. Softmax may scale the scores, sigmoid scale and shift them, best on the training set."
    ),
    arms=(
        Arm("softmax", "softmax"),
        Arm("mean", N_("plain mean")),
        Arm("sigmoid", "sigmoid"),
        Arm("relu", "ReLU"),
    ),
    winners=("softmax",),
    metric=N_("test MSE"),
    better=Better.LOWER,
    graded=True,
    source="Bahdanau, Cho & Bengio 2015, arXiv:1409.0473, §3.1; Vaswani et al. 2017, arXiv:1706.03762",
    compute=_pools,
)

EXPERIMENTS = (ATTN_SCALE, ATTN_POOL)
