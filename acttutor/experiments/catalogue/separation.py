"""What a hidden activation makes possible: separating what no line separates."""

import numpy as np

from acttutor.experiments.datasets import clouds, for_seeds, ridge, rings
from acttutor.experiments.mlp import (
    Setting,
    mean_losses,
    mean_squared_errors,
    mlp,
    trained,
)
from acttutor.experiments.models.descent import Arrays, minimise
from acttutor.experiments.models.perceptron import (
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
from acttutor.nn import losses
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss
from acttutor.nn.training import Points, Sgd


def _xor(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """The four points of XOR, all at once; 400 steps of Adam at 0.05."""
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    points = Points(corners, np.array([[0.0], [1.0], [1.0], [0.0]]))
    linear = Setting(mlp("identity", (2, 8, 8, 1), Loss.BCE), 0.05)
    arms = (
        Setting(mlp("relu", (2, 8, 1), Loss.BCE), 0.05, "he"),
        Setting(mlp("tanh", (2, 8, 1), Loss.BCE), 0.05),
    )
    straight = trained((linear,), seeds, points, 400, report, shares=(0.0, 0.4))
    bent = trained(arms, seeds, points, 400, report, shares=(0.4, 1.0))
    relu, tanh = mean_losses(bent, points, 2)
    return {"no-activation": mean_losses(straight, points, 1)[0], "relu": relu, "tanh": tanh}


XOR = Experiment(
    id="xor",
    question=N_("A network must learn XOR. Which hidden layer can do it?"),
    setup=N_(
        "The four points of XOR; 2-8-1 with an activation, 2-8-8-1 without one; Xavier, He for ReLU; 400 steps of "
        "Adam at 0.05. A loss of 0.6931 (ln 2) is what guessing gives."
    ),
    arms=(
        Arm("no-activation", N_("two layers without activation")),
        Arm("relu", N_("ReLU")),
        Arm("tanh", N_("tanh")),
    ),
    winners=("relu", "tanh"),
    metric=N_("cross-entropy after 400 steps"),
    better=Better.LOWER,
    graded=True,
    source="Minsky & Papert 1969, Perceptrons; Rumelhart, Hinton & Williams 1986, Nature 323",
    compute=_xor,
)


def _hidden_softmax(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Three rings, 240 fixed points; 200 steps of Adam at 0.01."""
    points = rings(np.random.default_rng(0), 240, classes=3)
    arms = {
        "relu": Setting(mlp("relu", (2, 32, 32, 3), Loss.CROSS_ENTROPY), 0.01, "he"),
        "tanh": Setting(mlp("tanh", (2, 32, 32, 3), Loss.CROSS_ENTROPY), 0.01),
        "softmax": Setting(mlp("softmax", (2, 32, 32, 3), Loss.CROSS_ENTROPY), 0.01),
    }
    found = trained(tuple(arms.values()), seeds, points, 200, report)
    return dict(zip(arms, mean_losses(found, points, len(arms)), strict=True))


HIDDEN_SOFTMAX = Experiment(
    id="hidden-softmax",
    question=N_("Somebody used softmax as the hidden activation of a classifier. What would be better?"),
    setup=N_(
        "Three concentric rings, 240 fixed points, 2-32-32-3 with softmax and cross-entropy at the output, "
        "200 steps of Adam at 0.01; Xavier, He for ReLU."
    ),
    arms=(Arm("relu", N_("ReLU")), Arm("tanh", N_("tanh")), Arm("softmax", N_("softmax"))),
    winners=("relu", "tanh"),
    metric=N_("cross-entropy on the training points"),
    better=Better.LOWER,
    graded=True,
    source="Goodfellow, Bengio & Courville 2016, Deep Learning, §6.3",
    compute=_hidden_softmax,
)


def _sigmoid_relu(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Two overlapping clouds; the probability is σ(z) or σ(ReLU(z)), the loss its cross-entropy."""
    points = for_seeds(seeds, lambda rng: clouds(rng, 200))
    first, second = drawn(seeds, lambda rng: (xavier(rng, 2, 16), xavier(rng, 16, 1)))
    scores = {}
    for place, (arm, head) in enumerate({"sigmoid": LINEAR, "sigmoid-relu": RELU}.items()):

        def gradients(weights: Arrays, head: Function = head) -> Arrays:
            passed = forward(weights, points.x, TANH)
            logits = head.value(passed.outputs)
            by_logits = losses.gradient(Loss.BCE, logits, points.y)
            return backward(weights, points.x, passed, TANH, by_logits * head.slope(passed.outputs, logits))

        share = (place / 2, (place + 1) / 2)
        weights = minimise(with_biases(first, second), gradients, 0.02, 200, report, share)
        logits = head.value(forward(weights, points.x, TANH).outputs)
        scores[arm] = losses.value(Loss.BCE, logits, points.y)
    return scores


SIGMOID_RELU = Experiment(
    id="sigmoid-relu",
    question=N_("A yes-no output is computed as σ(ReLU(z)). Does the ReLU in between hurt?"),
    setup=N_(
        "Two overlapping clouds, 200 points, 2-16-1 with tanh, 200 steps of Adam at 0.02 on the cross-entropy of "
        "the probability. With the ReLU it can never fall below one half."
    ),
    arms=(Arm("sigmoid", N_("σ(z)")), Arm("sigmoid-relu", N_("σ(ReLU(z))"))),
    winners=("sigmoid",),
    metric=N_("cross-entropy on the training points"),
    better=Better.LOWER,
    graded=True,
    source="Bishop 2006, Pattern Recognition and Machine Learning, §4.3.2",
    compute=_sigmoid_relu,
)

_RATES = (0.1, 0.3)


def _shallow(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """A smooth target of 8 inputs, 200 fixed points; plain gradient descent, 300 steps, the better of two rates."""
    points = ridge(np.random.default_rng(1), 200)
    kinds = {"sigmoid": "xavier", "tanh": "xavier", "relu": "xavier"}
    # The loss has a half that the squared error has not, so its gradient is half as long.
    settings = tuple(
        Setting(mlp(kind, (8, 16, 16, 1), Loss.MSE), 2.0 * rate, init)
        for kind, init in kinds.items()
        for rate in _RATES
    )
    found = trained(settings, seeds, points, 300, report, optimizer=Sgd())
    errors = mean_squared_errors(found, points, len(settings))
    best = errors.reshape(len(kinds), len(_RATES), len(seeds)).min(axis=1)
    return dict(zip(kinds, best, strict=True))


SHALLOW_TANH_SIGMOID = Experiment(
    id="shallow-tanh-sigmoid",
    question=N_(
        "A network with two hidden layers learns a smooth function by plain gradient descent. Sigmoid or tanh?"
    ),
    setup=N_(
        "A smooth function of 8 inputs, 200 fixed points, 8-16-16-1, Xavier, 300 steps on all points with the "
        "better of the rates 0.1 and 0.3."
    ),
    arms=(Arm("sigmoid", N_("sigmoid")), Arm("tanh", N_("tanh")), Arm("relu", N_("ReLU"))),
    winners=("tanh",),
    metric=N_("mean squared error on the training points"),
    better=Better.LOWER,
    graded=True,
    source="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, §4.4",
    compute=_shallow,
)

EXPERIMENTS = (XOR, HIDDEN_SOFTMAX, SIGMOID_RELU, SHALLOW_TANH_SIGMOID)
