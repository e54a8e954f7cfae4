"""Outputs that choose: one of two, one of many, any number of many, and what the loss must be told."""

import numpy as np
from numpy.typing import NDArray

from acttutor.experiments.models.descent import Arrays, minimise
from acttutor.experiments.models.linear import logistic_fit, one_hot, slope, with_ones
from acttutor.experiments.models.logit import steps_to_even_odds
from acttutor.experiments.models.seeded import drawn
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.arrays import Array, as_array
from acttutor.nn.losses import Loss, sigmoid, softmax

_LOGIT, _LOGIT_RATE, _MOST_STEPS = -8.0, 0.1, 50_000
_RATE, _STEPS = 0.05, 300


def _outliers(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Test Brier scores of a linear fit, the same cut at 0, and a logistic fit."""
    scores: dict[str, list[float]] = {"linear-mse": [], "relu-mse": [], "sigmoid-bce": []}
    towards = np.full(2, np.sqrt(0.5))
    for place, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)

        def draw(count: int, rng: np.random.Generator = rng) -> tuple[Array, Array]:
            labels = as_array(np.arange(count) % 2)
            return (2.0 * labels - 1.0)[:, None] * towards + rng.standard_normal((count, 2)), labels

        (near, labels), far = draw(300), 8.0 * towards + rng.standard_normal((30, 2))
        x, y = with_ones(np.vstack([near, far])), np.concatenate([labels, np.ones(30)])
        test, truth = draw(4000)
        line = with_ones(test) @ np.linalg.lstsq(x, y, rcond=None)[0]
        predictions = (line, np.maximum(line, 0.0), sigmoid(with_ones(test) @ logistic_fit(x, y)))
        for turn, (found, predicted) in enumerate(zip(scores.values(), predictions, strict=True)):
            report((place + turn / len(scores)) / len(seeds))
            found.append(float(np.mean(np.square(predicted - truth))))
    return {arm: np.array(found) for arm, found in scores.items()}


def _recovery(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Steps until p = 0.5; nothing is random, so the one answer is every seed's."""
    shares = {"bce": (0.0, 0.1), "mse": (0.1, 1.0)}
    return {
        arm: np.full(
            len(seeds), float(steps_to_even_odds(arm, _LOGIT, _LOGIT_RATE, _MOST_STEPS, report, share))
        )
        for arm, share in shares.items()
    }


def _fits(x: Array, targets: dict[Loss, Array], report: Report) -> dict[Loss, Array]:
    """Linear models `(seeds, inputs, outputs)` trained from 0 with Adam, one for each loss."""
    fits = {}
    for place, (loss, wanted) in enumerate(targets.items()):
        start = np.zeros((len(x), x.shape[-1], wanted.shape[-1]))

        def gradients(current: Arrays, loss: Loss = loss, wanted: Array = wanted) -> Arrays:
            return (slope(loss, current[0], x, wanted),)

        share = (place / len(targets), (place + 1) / len(targets))
        (fits[loss],) = minimise((start,), gradients, _RATE, _STEPS, report, share)
    return fits


def _multiclass(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Test negative log-likelihood of linear models with three heads, probabilities brought to a sum of 1."""
    angles = 2.0 * np.pi * np.arange(5) / 5
    centres = 2.0 * np.stack([np.cos(angles), np.sin(angles)], axis=-1)

    def draw(rng: np.random.Generator) -> tuple[Array, ...]:
        parts: list[Array] = []
        for count in (250, 2000):
            classes = rng.integers(0, 5, count)
            parts += [
                with_ones(centres[classes] + 0.9 * rng.standard_normal((count, 2))),
                one_hot(classes, 5),
            ]
        return tuple(parts)

    x, y, test, truth = drawn(seeds, draw)
    fits = _fits(x, dict.fromkeys((Loss.CROSS_ENTROPY, Loss.BCE, Loss.MSE), y), report)

    def surprise(positive: Array) -> Array:
        shares = positive / positive.sum(axis=-1, keepdims=True)
        return as_array(-np.log((shares * truth).sum(axis=-1)).mean(axis=-1))

    return {
        "softmax": surprise(softmax(test @ fits[Loss.CROSS_ENTROPY])),
        "sigmoids": surprise(sigmoid(test @ fits[Loss.BCE])),
        "linear-mse": surprise(np.maximum(test @ fits[Loss.MSE], 1e-6)),
    }


def _multilabel(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Share of test rows on which all six labels are right."""
    inputs, labels = 10, 6

    def draw(rng: np.random.Generator) -> tuple[Array, ...]:
        teacher = rng.standard_normal((inputs, labels))
        parts: list[Array] = []
        for count in (300, 2000):
            x = rng.standard_normal((count, inputs))
            strength = x @ teacher + 0.8 * rng.standard_normal((count, labels))
            parts += [with_ones(x), (strength > 0.15 * np.sqrt(inputs)).astype(np.float64)]
        return tuple(parts)

    x, y, test, truth = drawn(seeds, draw)
    shared = y / np.maximum(y.sum(axis=-1, keepdims=True), 1.0)
    fits = _fits(x, {Loss.BCE: y, Loss.CROSS_ENTROPY: shared}, report)

    def exact(on: NDArray[np.bool_]) -> Array:
        return as_array((on == (truth > 0.5)).all(axis=-1).mean(axis=-1))

    shares = softmax(test @ fits[Loss.CROSS_ENTROPY])
    tuned = np.max([exact(shares > threshold) for threshold in np.linspace(0.01, 0.5, 50)], axis=0)
    return {
        "sigmoids": exact(sigmoid(test @ fits[Loss.BCE]) > 0.5),
        "softmax-half": exact(shares > 0.5),
        "softmax-tuned": tuned,
    }


BINARY_OUTLIERS = Experiment(
    id="binary-outliers",
    question=N_(
        "Two classes, one output. A few training points lie far out on the right side. Which output and loss still "
        "give good probabilities?"
    ),
    setup=N_(
        "300 points around (−0.7, −0.7) and (0.7, 0.7), sd 1, and 30 points of class 1 around a place eight units "
        "out in its own direction; 4,000 test points without such. One linear layer, each loss brought to its "
        "minimum. The Brier score is the mean square of probability − label."
    ),
    arms=(
        Arm("linear-mse", N_("linear + MSE")),
        Arm("relu-mse", N_("ReLU of the linear fit")),
        Arm("sigmoid-bce", "sigmoid + BCE"),
    ),
    winners=("sigmoid-bce",),
    metric=N_("test Brier score"),
    better=Better.LOWER,
    graded=True,
    source="Bishop 2006, Pattern Recognition and Machine Learning, §4.1.3",
    compute=_outliers,
)

CONFIDENT_WRONG = Experiment(
    id="confident-wrong",
    question=N_(
        "A sigmoid output is sure of the wrong class: its logit is −8 and the label is 1. Which loss gets it out?"
    ),
    setup=N_(
        "One logit that starts at −8, label 1, gradient descent with rate 0.1, at most 50,000 steps. MSE is "
        "(p − 1)². Nothing is random here: all seeds give the same number."
    ),
    arms=(Arm("bce", N_("BCE on the logit")), Arm("mse", N_("MSE on the probability"))),
    winners=("bce",),
    metric=N_("steps until p = 0.5"),
    better=Better.LOWER,
    graded=True,
    source="Nielsen 2015, Neural Networks and Deep Learning, ch. 3; Bishop 2006, PRML, §4.3.2",
    compute=_recovery,
)

MULTICLASS = Experiment(
    id="multiclass",
    question=N_(
        "Five classes, of which exactly one is right. Which output layer gives the best probabilities?"
    ),
    setup=N_(
        "Five blobs on a circle of radius 2, sd 0.9, 250 training and 2,000 test points, linear logits, 300 steps of "
        "Adam with rate 0.05. Where the five outputs do not sum to 1 they are divided by their sum. The accuracies "
        "are about the same; with a large network that overfits, softmax need not be ahead."
    ),
    arms=(
        Arm("softmax", N_("softmax + cross-entropy")),
        Arm("sigmoids", N_("5 sigmoids + BCE")),
        Arm("linear-mse", N_("linear + MSE")),
    ),
    winners=("softmax",),
    metric=N_("test negative log-likelihood"),
    better=Better.LOWER,
    graded=True,
    source="Bridle 1990, Neurocomputing (NATO ASI 68), 227-236; Bishop 2006, PRML, §4.3.4",
    compute=_multiclass,
)

MULTILABEL = Experiment(
    id="multilabel",
    question=N_("Six labels, any number of which can be on together. Which output layer gets all six right?"),
    setup=N_(
        "10 inputs, 6 labels from random linear rules with some noise, each on for a little less than half of the "
        "points; 300 training and 2,000 test points, linear logits, 300 steps of Adam with rate 0.05. For softmax "
        "the labels that are on share a probability of 1. The best threshold is chosen on the test set itself, which "
        "favours softmax."
    ),
    arms=(
        Arm("sigmoids", N_("6 sigmoids + BCE")),
        Arm("softmax-half", N_("softmax over 0.5")),
        Arm("softmax-tuned", N_("softmax over the best threshold")),
    ),
    winners=("sigmoids",),
    metric=N_("share of test points with all six labels right"),
    better=Better.HIGHER,
    graded=True,
    source="Bishop 2006, Pattern Recognition and Machine Learning, §5.2",
    compute=_multilabel,
)

EXPERIMENTS = (BINARY_OUTLIERS, CONFIDENT_WRONG, MULTICLASS, MULTILABEL)
