"""Output heads for quantities that are no plain numbers, and the bug of a head that is put on twice."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from acttutor.experiments.models import likelihoods as like
from acttutor.experiments.models.descent import Arrays, minimise
from acttutor.experiments.models.linear import one_hot
from acttutor.experiments.models.perceptron import (
    EXP,
    LINEAR,
    RELU,
    TANH,
    Function,
    backward,
    forward,
    with_biases,
)
from acttutor.experiments.models.seeded import drawn, xavier
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss, gradient, softmax

_SOFTPLUS = Function.of(apply("softplus"))
_FLOOR = 1e-6
_RELU_ABOVE_FLOOR = Function(lambda z: RELU.value(z) + _FLOOR, RELU.slope)
_INVALID = 9e9
_SMALLEST_RATE = 1e-3


def _share(place: int, count: int) -> tuple[float, float]:
    return place / count, (place + 1) / count


def _rate(x: Array) -> Array:
    return np.asarray(np.exp(1.0 + 1.5 * np.sin(2.0 * x)))


def _counts(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Test deviance of four heads; predictions below 0.001 are raised to it, else a negative one costs infinity."""

    def draw(rng: np.random.Generator) -> tuple[Array, ...]:
        x = rng.uniform(-3.0, 3.0, (80, 1))
        return x, rng.poisson(_rate(x)).astype(np.float64), xavier(rng, 1, 32), xavier(rng, 32, 1)

    x, counts, first, second = drawn(seeds, draw)
    test = np.linspace(-3.0, 3.0, 400)[:, None]
    heads = {
        "linear-mse": (LINEAR, like.square_slope),
        "relu-mse": (RELU, like.square_slope),
        "softplus-poisson": (_SOFTPLUS, like.poisson_slope),
        "exp-poisson": (EXP, like.poisson_slope),
    }
    scores = {}
    for place, (arm, (head, slope)) in enumerate(heads.items()):

        def gradients(weights: Arrays, head: Function = head, slope: like.Slope = slope) -> Arrays:
            passed = forward(weights, x, TANH)
            rates = head.value(passed.outputs)
            by_output = slope(rates, counts) * head.slope(passed.outputs, rates)
            return backward(weights, x, passed, TANH, by_output)

        weights = minimise(
            with_biases(first, second), gradients, 0.02, 250, report, _share(place, len(heads))
        )
        predicted = head.value(forward(weights, test, TANH).outputs)
        scores[arm] = like.poisson_deviance(np.maximum(predicted, _SMALLEST_RATE), _rate(test))
    return scores


def _variances(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Test negative log-likelihood; 9·10⁹ where a variance that was not positive turned up, in training or test."""

    def draw(rng: np.random.Generator) -> tuple[Array, ...]:
        parts: list[Array] = []
        for count in (200, 500):
            x = rng.uniform(-3.0, 3.0, (count, 1))
            wave = np.sin(2.0 * x)
            parts += [x, wave + (0.25 + 0.2 * wave) * rng.standard_normal((count, 1))]
        return (*parts, xavier(rng, 1, 32), xavier(rng, 32, 2))

    x, y, test, truth, first, second = drawn(seeds, draw)
    heads = {"linear": LINEAR, "relu": _RELU_ABOVE_FLOOR, "softplus": _SOFTPLUS, "exp": EXP}
    scores = {}
    for place, (arm, head) in enumerate(heads.items()):
        valid = np.ones(len(seeds), dtype=np.bool_)

        def gradients(weights: Arrays, head: Function = head, valid: NDArray[np.bool_] = valid) -> Arrays:
            passed = forward(weights, x, TANH)
            mean, raw = passed.outputs[..., :1], passed.outputs[..., 1:]
            variance = head.value(raw)
            valid &= (variance > 0.0).all(axis=(-2, -1))
            by_mean, by_variance = like.gaussian_slopes(mean, variance, y)
            by_outputs = np.concatenate([by_mean, by_variance * head.slope(raw, variance)], axis=-1)
            return backward(weights, x, passed, TANH, by_outputs)

        weights = minimise(
            with_biases(first, second), gradients, 0.01, 300, report, _share(place, len(heads))
        )
        outputs = forward(weights, test, TANH).outputs
        variance = head.value(outputs[..., 1:])
        found = like.gaussian(outputs[..., :1], variance, truth)
        valid &= (variance > 0.0).all(axis=(-2, -1)) & np.isfinite(found)
        scores[arm] = np.where(valid, found, _INVALID)
    return scores


def _double_softmax(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Test negative log-likelihood after 15 steps, with three things fed to a loss that applies softmax itself."""

    def draw(rng: np.random.Generator) -> tuple[Array, ...]:
        centres = rng.standard_normal((10, 10))
        parts: list[Array] = []
        for count in (500, 2000):
            classes = rng.integers(0, 10, count)
            parts += [centres[classes] + 0.7 * rng.standard_normal((count, 10)), one_hot(classes, 10)]
        return (*parts, xavier(rng, 10, 32), xavier(rng, 32, 10))

    x, y, test, truth, first, second = drawn(seeds, draw)
    feeds: dict[str, like.Slope] = {
        "logits": partial(gradient, Loss.CROSS_ENTROPY),
        "softmax": like.twice_softmax_slope,
        "relu": lambda logits, targets: (
            gradient(Loss.CROSS_ENTROPY, RELU.value(logits), targets) * (logits > 0.0)
        ),
    }
    scores = {}
    for place, (arm, slope) in enumerate(feeds.items()):

        def gradients(weights: Arrays, slope: like.Slope = slope) -> Arrays:
            passed = forward(weights, x, RELU)
            return backward(weights, x, passed, RELU, slope(passed.outputs, y))

        weights = minimise(with_biases(first, second), gradients, 0.01, 15, report, _share(place, len(feeds)))
        outputs = forward(weights, test, RELU).outputs
        chances = softmax(RELU.value(outputs) if arm == "relu" else outputs)
        scores[arm] = -np.log((chances * truth).sum(axis=-1)).mean(axis=-1)
    return scores


REG_COUNTS = Experiment(
    id="reg-counts",
    question=N_("A network predicts how many events to expect, a count. Which output and loss?"),
    setup=N_(
        "Counts drawn from a Poisson distribution with rate exp(1 + 1.5 sin 2x), 80 training points on [−3, 3], a "
        "1-32-1 network with tanh, 250 steps of Adam with rate 0.02. Deviance is the log-likelihood that is lost, "
        "twice; predictions below 0.001 count as 0.001. The rate varies more than in the usual textbook example, "
        "which makes the difference between softplus and exp show on every seed."
    ),
    arms=(
        Arm("linear-mse", N_("linear + MSE")),
        Arm("relu-mse", "ReLU + MSE"),
        Arm("softplus-poisson", "softplus + Poisson"),
        Arm("exp-poisson", "exp + Poisson"),
    ),
    winners=("exp-poisson",),
    metric=N_("test deviance from the true rate"),
    better=Better.LOWER,
    graded=True,
    source="McCullagh & Nelder 1989, Generalized Linear Models, 2nd ed., ch. 6",
    compute=_counts,
)

VARIANCE_HEAD = Experiment(
    id="variance-head",
    question=N_("A network predicts a mean and a variance. Which activation belongs on the variance?"),
    setup=N_(
        "y = sin 2x with noise of sd 0.25 + 0.2 sin 2x, 200 training and 500 test points, a 1-32-2 network with tanh, "
        "Gaussian log-likelihood, 300 steps of Adam with rate 0.01. A seed on which a variance was not positive, or "
        "the likelihood no number, scores 9·10⁹. ReLU gets 10⁻⁶ added, else it would fail everywhere; its score swings "
        "from below 1 to above 10,000 with the number of points that are left on that floor."
    ),
    arms=(
        Arm("linear", N_("linear")),
        Arm("relu", "ReLU + 10⁻⁶"),
        Arm("softplus", "softplus"),
        Arm("exp", "exp"),
    ),
    winners=("softplus", "exp"),
    metric=N_("test negative log-likelihood"),
    better=Better.LOWER,
    graded=True,
    source="Nix & Weigend 1994, IEEE ICNN, 55-60; Lakshminarayanan et al. 2017, arXiv:1612.01474, §2.2",
    compute=_variances,
)

DOUBLE_SOFTMAX = Experiment(
    id="double-softmax",
    question=N_("The loss applies softmax itself, as most libraries' do. What do you feed it?"),
    setup=N_(
        "Ten blobs in ten dimensions, sd 0.7, 500 training and 2,000 test points, a 10-32-10 network with ReLU and "
        "Xavier weights, 15 steps of Adam with rate 0.01. The chances are softmax of the logits, and of their ReLU "
        "where that was trained. The gap shrinks with more steps."
    ),
    arms=(
        Arm("logits", N_("the logits")),
        Arm("softmax", N_("softmax of the logits")),
        Arm("relu", N_("ReLU of the logits")),
    ),
    winners=("logits",),
    metric=N_("test negative log-likelihood after 15 steps"),
    better=Better.LOWER,
    graded=True,
    source="Bridle 1990, Neurocomputing (NATO ASI 68), 227-236; PyTorch documentation, CrossEntropyLoss",
    compute=_double_softmax,
)

EXPERIMENTS = (DOUBLE_SOFTMAX, REG_COUNTS, VARIANCE_HEAD)
