"""Losses on logits, their slopes, and the floors that mistakes put under them.

Sigmoid and softmax with their cross-entropies: Bishop, Pattern Recognition and Machine Learning (2006), §4.3 and §5.2.
Classes are counted from 1; a logit that is not given is -inf, so that its class does not exist.
"""

import math

import numpy as np

from acttutor.errors import UserError
from acttutor.experiments.arguments import Arguments, number, whole, word
from acttutor.experiments.measures.base import Measure
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array

_MOST_STEPS = 1_000_000
_LOGITS = ("z1", "z2", "z3", "z4")
_CLASSES = (
    number("z1"),
    number("z2"),
    number("z3", -math.inf, absent=True),
    number("z4", -math.inf, absent=True),
)
_INDEX = whole("index", high=len(_LOGITS))
_LOGIT = number("logit")
_TARGET = number("target", low=0.0, high=1.0)


def _softplus(z: float) -> float:
    return float(apply("softplus").value(z))


def _sigmoid(z: float) -> float:
    return float(apply("sigmoid").value(z))


def _bce_of(logit: float, target: float) -> float:
    """-y ln σ(z) - (1-y) ln σ(-z), from the softplus: σ rounds to 0 or 1, this does not."""
    return target * _softplus(-logit) + (1.0 - target) * _softplus(logit)


def _bce(args: Arguments) -> float:
    return _bce_of(args.number("logit"), args.number("target"))


def _difference(args: Arguments) -> float:
    """σ(z) - y as (1-y)σ(z) - yσ(-z), which keeps its digits when both are near 1."""
    logit, target = args.number("logit"), args.number("target")
    return (1.0 - target) * _sigmoid(logit) - target * _sigmoid(-logit)


def _mse_sigmoid_slope(args: Arguments) -> float:
    return _difference(args) * float(apply("sigmoid").derivative(args.number("logit")))


def _logits(args: Arguments) -> Array:
    return np.array([args.number(name) for name in _LOGITS])


def _class(args: Arguments, name: str, logits: Array) -> int:
    """The place of a class in `logits`, from 0."""
    chosen = args.whole(name)
    if logits[chosen - 1] == -math.inf:
        raise UserError(
            f"{args.measure}: {name} is {chosen}, but there is no z{chosen}",
            where="args",
            hint=f"give z{chosen}, or a class that has a logit",
        )
    return chosen - 1


def _softmax(args: Arguments) -> float:
    logits = _logits(args)
    return float(apply("softmax").value(logits)[_class(args, "index", logits)])


def _cross_entropy(args: Arguments) -> float:
    logits = _logits(args)
    return -float(apply("log_softmax").value(logits)[_class(args, "index", logits)])


def _cross_entropy_slope(args: Arguments) -> float:
    logits = _logits(args)
    right, of = _class(args, "index", logits), _class(args, "of", logits)
    probabilities = apply("softmax").value(logits)
    if of == right:
        return -float(np.delete(probabilities, right).sum())
    return float(probabilities[of])


def _double_softmax_floor(args: Arguments) -> float:
    """ln(1 + (K-1)/e): the first softmax is certain and right, and the loss takes the softmax of that again."""
    certain = np.zeros(args.whole("classes"))
    certain[0] = 1.0
    return -float(apply("log_softmax").value(certain)[0])


def _double_sigmoid_floor(args: Arguments) -> float:
    """The logit of the loss is itself a sigmoid, so it lies between 0 and 1; the loss is convex in it."""
    target = args.number("target")
    if target in (0.0, 1.0):
        return _bce_of(target, target)
    return _bce_of(min(max(math.log(target / (1.0 - target)), 0.0), 1.0), target)


def _sigmoid_relu_floor(args: Arguments) -> float:
    """On class 0: the logit is a ReLU, so it is at least 0, where the loss is smallest."""
    logits = apply("relu").value(np.linspace(-10.0, 10.0, 2001))
    return float(apply("softplus").value(logits).min())


def _logit_steps(args: Arguments) -> float:
    """Gradient descent on one logit whose target is 1; the square is (σ(z) - 1)², without a half."""
    logit, rate, squared = args.number("start"), args.number("rate"), args.text("loss") == "mse"
    for step in range(_MOST_STEPS):
        if logit >= 0.0:
            return step
        chance = _small_sigmoid(logit)
        miss = 1.0 - chance
        logit += rate * miss * (2.0 * chance * miss if squared else 1.0)
    return math.inf


def _small_sigmoid(z: float) -> float:
    small = math.exp(z)
    return small / (1.0 + small)


MEASURES = (
    Measure("bce", "-y ln σ(z) - (1-y) ln(1-σ(z))", (_LOGIT, _TARGET), _bce),
    Measure("bce_slope", "the slope of bce by the logit: σ(z) - y", (_LOGIT, _TARGET), _difference),
    Measure(
        "mse_sigmoid_slope",
        "the slope of ½(σ(z) - y)² by the logit: (σ(z) - y)σ'(z)",
        (_LOGIT, _TARGET),
        _mse_sigmoid_slope,
    ),
    Measure("softmax", "p of class `index`: e^z_index / Σ e^z_j", (_INDEX, *_CLASSES), _softmax),
    Measure("cross_entropy", "-ln p of class `index`, the right one", (_INDEX, *_CLASSES), _cross_entropy),
    Measure(
        "cross_entropy_slope",
        "the slope of cross_entropy by the logit of class `of`: p_of - [of = index]",
        (_INDEX, whole("of", high=len(_LOGITS)), *_CLASSES),
        _cross_entropy_slope,
    ),
    Measure(
        "double_softmax_floor",
        "the least cross-entropy when softmax is applied twice",
        (whole("classes", low=2, high=1_000_000),),
        _double_softmax_floor,
    ),
    Measure(
        "double_sigmoid_floor",
        "the least bce when the sigmoid is applied twice",
        (_TARGET,),
        _double_sigmoid_floor,
    ),
    Measure(
        "sigmoid_relu_floor",
        "the least bce on class 0 of an output sigmoid(relu(z))",
        (),
        _sigmoid_relu_floor,
    ),
    Measure(
        "logit_steps",
        "steps of gradient descent until σ(z) passes ½ when the target is 1; loss bce or mse",
        (
            number("start", low=-20.0),
            word("loss", choices=("bce", "mse")),
            number("rate", 0.1, positive=True),
        ),
        _logit_steps,
    ),
)
