"""What the shape of an activation does: where its middle lies, how often it bends, whether it has a slope at all."""

import numpy as np

from acttutor.experiments.models import convolution, unit
from acttutor.experiments.models.collocation import BENDS, solution_error
from acttutor.experiments.models.descent import Arrays, minimise
from acttutor.experiments.models.features import iterations
from acttutor.experiments.models.perceptron import (
    LINEAR,
    RELU,
    SIGMOID,
    TANH,
    Function,
    backward,
    forward,
    with_biases,
)
from acttutor.experiments.models.seeded import drawn, xavier
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.activations import Applied, apply
from acttutor.nn.arrays import Array, as_array
from acttutor.nn.losses import Loss, gradient

_RINGS_SEED, _RINGS_POINTS = 0, 300


def _conditioning(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Iterations to a ten-thousandth of the targets' variance, for three sets of features of the same numbers."""
    scores: dict[str, list[float]] = {"sigmoid": [], "sigmoid-centred": [], "tanh": []}
    for place, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        numbers, truth = rng.standard_normal((500, 20)), rng.standard_normal(20)
        raw = apply("sigmoid").value(numbers)
        sets = (raw, raw - raw.mean(axis=0), apply("tanh").value(numbers))
        for turn, (found, features) in enumerate(zip(scores.values(), sets, strict=True)):
            report((place + turn / len(sets)) / len(seeds))
            found.append(float(iterations(features, features @ truth, 1e-4)))
    return {arm: np.array(found) for arm, found in scores.items()}


def _rings(rng: np.random.Generator, count: int) -> tuple[Array, Array]:
    """Two rings of radius 1 and 1.7, sd 0.1, with labels 0 and 1 in a column."""
    labels = as_array(np.arange(count) % 2)
    angles = rng.uniform(0.0, 2.0 * np.pi, count)
    radii = np.where(labels == 1.0, 1.7, 1.0) + 0.1 * rng.standard_normal(count)
    return radii[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=-1), labels[:, None]


def _hidden_steps(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Training accuracy with three hidden units: the data is one and the same, first weights vary with the seed."""
    x, labels = _rings(np.random.default_rng(_RINGS_SEED), _RINGS_POINTS)
    first, second = drawn(seeds, lambda rng: (xavier(rng, 2, 16), xavier(rng, 16, 1)))
    step, window = apply("step"), apply("hard_tanh")
    hidden = {
        "step": Function.of(step),
        "straight-through": Function(step.value, lambda z, value: window.derivative(z)),
        "tanh": TANH,
    }
    scores = {}
    for place, (arm, function) in enumerate(hidden.items()):

        def gradients(weights: Arrays, function: Function = function) -> Arrays:
            passed = forward(weights, x, function)
            return backward(weights, x, passed, function, gradient(Loss.BCE, passed.outputs, labels))

        share = (place / len(hidden), (place + 1) / len(hidden))
        weights = minimise(with_biases(first, second), gradients, 0.02, 200, report, share)
        right = (forward(weights, x, function).outputs > 0.0) == (labels > 0.5)
        scores[arm] = right.mean(axis=(-2, -1))
    return scores


def _second_derivatives(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    scores = {arm: np.empty(len(seeds)) for arm in BENDS}
    for place, seed in enumerate(seeds):
        for turn, (arm, bend) in enumerate(BENDS.items()):
            report((place + turn / len(BENDS)) / len(seeds))
            scores[arm][place] = solution_error(np.random.default_rng(seed), bend)
    return scores


def _edges(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Test accuracy of a small convolutional network; one seed at a time, which keeps its arrays in the cache."""
    activations = {"none": LINEAR, "relu": RELU, "sigmoid": SIGMOID}
    scores = {arm: np.empty(len(seeds)) for arm in activations}
    runs = len(seeds) * len(activations)
    for place, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        (images, labels), (test, truth) = convolution.bars(rng, 300), convolution.bars(rng, 600)
        seen, test_seen = convolution.patches(images), convolution.patches(test)
        start = convolution.initial(rng)
        for turn, (arm, function) in enumerate(activations.items()):

            def gradients(
                current: Arrays, seen: Array = seen, labels: Array = labels, function: Function = function
            ) -> Arrays:
                return convolution.gradients(current, seen, labels, function)

            run = place * len(activations) + turn
            found = minimise(start, gradients, 0.01, 150, report, (run / runs, (run + 1) / runs))
            told = convolution.logits(found, test_seen, function) > 0.0
            scores[arm][place] = np.mean(told == (truth > 0.5))
    return scores


def _valley(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """Mean square error of one trained unit on |x|."""
    x = np.linspace(-3.0, 3.0, 60)
    (targets,) = drawn(seeds, lambda rng: (np.abs(x) + 0.02 * rng.standard_normal(x.size),))
    one, zero = np.ones((len(seeds), 1)), np.zeros((len(seeds), 1))
    fixed = {"relu": apply("relu"), "silu": apply("silu"), "leaky": apply("leaky_relu")}
    scores = {}
    for place, (arm, applied) in enumerate(fixed.items()):

        def gradients(current: Arrays, applied: Applied = applied) -> Arrays:
            return unit.gradients(current, x, targets, applied)

        found = minimise((one, zero, one), gradients, 0.05, 500, report, (place / 4, (place + 1) / 4))
        scores[arm] = np.square(unit.output(found, x, applied) - targets).mean(axis=-1)
    found = minimise(
        (one, zero, one, zero, one),
        lambda current: unit.acon_gradients(current, x, targets),
        0.05,
        500,
        report,
        (0.75, 1.0),
    )
    scores["acon-c"] = np.square(unit.acon_output(found, x) - targets).mean(axis=-1)
    return scores


ZERO_CENTRED = Experiment(
    id="zero-centred",
    question=N_(
        "20 features feed a linear layer that is trained by gradient descent. Which features let it learn fastest?"
    ),
    setup=N_(
        "20 numbers drawn from N(0, 1) in each of 500 rows, through sigmoid or tanh; targets are a random linear "
        "function of the features. Full-batch gradient descent with rate 1/L, the largest that is safe, until the mean "
        "square error is a ten-thousandth of the targets' variance."
    ),
    arms=(
        Arm("sigmoid", "sigmoid"),
        Arm("sigmoid-centred", N_("sigmoid − its mean")),
        Arm("tanh", "tanh"),
    ),
    winners=("tanh",),
    metric=N_("iterations"),
    better=Better.LOWER,
    graded=True,
    source="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, §4.3-4.4",
    compute=_conditioning,
)

STEP_HIDDEN = Experiment(
    id="step-hidden",
    question=N_("Hidden units that answer 0 or 1, trained by backpropagation: does it work?"),
    setup=N_(
        "Two rings of 300 points (the rings lie closer and the points are more than usual, so that no option but "
        "the best gets all of them), a 2-16-1 network, BCE, 200 steps of Adam with rate 0.02. Straight-through "
        "uses the slope 1 for |z| < 1 where the true slope is 0. Only the first weights vary with the seed."
    ),
    arms=(
        Arm("step", N_("step function")),
        Arm("straight-through", N_("straight-through step")),
        Arm("tanh", "tanh"),
    ),
    winners=("tanh",),
    metric=N_("training accuracy"),
    better=Better.HIGHER,
    graded=True,
    source="Bengio, Léonard & Courville 2013, arXiv:1308.3432",
    compute=_hidden_steps,
)

PINN = Experiment(
    id="pinn",
    question=N_(
        "The loss contains the second derivative of the network, u″ = −sin x. Which activation can solve it?"
    ),
    setup=N_(
        "u is 0 at 0 and π, the solution is sin x. One hidden layer of 40 random units and a straight line, the outer "
        "weights by least squares on 100 points and the two ends. u = 0 everywhere would score 0.706. Any activation "
        "with a continuous second derivative does as well as tanh."
    ),
    arms=(Arm("relu", "ReLU"), Arm("leaky", N_("Leaky ReLU")), Arm("elu", "ELU"), Arm("tanh", "tanh")),
    winners=("tanh",),
    metric=N_("root mean square error of u"),
    better=Better.LOWER,
    graded=True,
    source="Raissi, Perdikaris & Karniadakis 2019, J. Comput. Phys. 378, 686-707",
    compute=_second_derivatives,
)

CONV_ACTIVATION = Experiment(
    id="conv-activation",
    question=N_(
        "One convolution and global average pooling must tell horizontal from vertical bars, light or dark. What "
        "stands between them?"
    ),
    setup=N_(
        "10×10 images of noise with a bar of length 5, lighter or darker at random; 8 kernels of 3×3, 300 training and "
        "600 test images, BCE, 150 steps of Adam with rate 0.01. Half right is chance."
    ),
    arms=(Arm("none", N_("nothing")), Arm("relu", "ReLU"), Arm("sigmoid", "sigmoid")),
    winners=("relu",),
    metric=N_("test accuracy"),
    better=Better.HIGHER,
    graded=True,
    source="Jarrett, Kavukcuoglu, Ranzato & LeCun 2009, ICCV",
    compute=_edges,
)

ACON = Experiment(
    id="acon",
    question=N_("A single unit must take the shape of |x|, a V. Which activation lets it?"),
    setup=N_(
        "60 points on [−3, 3], noise of sd 0.02, one unit a·f(w·x) + c, 500 steps of Adam with rate 0.05. ACON-C "
        "learns p₁, p₂ and β in the place of w. The variance of |x| is 0.76. PReLU, whose slope can become −1, "
        "does it too."
    ),
    arms=(
        Arm("relu", "ReLU"),
        Arm("silu", "SiLU"),
        Arm("leaky", N_("Leaky ReLU")),
        Arm("acon-c", "ACON-C"),
    ),
    winners=("acon-c",),
    metric=N_("MSE"),
    better=Better.LOWER,
    graded=True,
    source="Ma, Zhang, Liu & Sun 2021, arXiv:2009.04759",
    compute=_valley,
)

EXPERIMENTS = (ZERO_CENTRED, STEP_HIDDEN, PINN, CONV_ACTIVATION, ACON)
