"""Plain arithmetic, and one unit, one weight, one step: what learners compute by hand."""

import math

from acttutor.errors import UserError
from acttutor.experiments.arguments import Arguments, number, whole
from acttutor.experiments.measures.base import ACTIVATION, Measure

_EPSILON = 1e-8
_MOST_STEPS = 100_000
_INPUTS = (number("w1"), number("x1"), number("w2", 0.0), number("x2", 0.0), number("bias", 0.0))


def _sum_of(args: Arguments) -> float:
    return math.fsum(args.number(name) for name in "abcd")


def _product(args: Arguments) -> float:
    return math.prod(args.number(name) for name in "abcd")


def _quotient(args: Arguments) -> float:
    divisor = args.number("b")
    if divisor == 0.0:
        raise UserError("quotient: b must not be 0", where="args")
    return args.number("a") / divisor


def _power(args: Arguments) -> float:
    base, exponent = args.number("base"), args.number("exponent")
    if base == 0.0 and exponent < 0.0:
        raise UserError("power: base must not be 0 when the exponent is below 0", where="args")
    if base < 0.0 and exponent != int(exponent):
        raise UserError(
            f"power: exponent must be a whole number when base is below 0, not {exponent:g}", where="args"
        )
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0.0 and exponent % 2 else math.inf


def _half_squared_error(args: Arguments) -> float:
    """The loss `mse` of one sample with one output, as networks here are trained with it."""
    return 0.5 * (args.number("prediction") - args.number("target")) ** 2


def _pre_activation(args: Arguments) -> float:
    weighted = (args.number("w1") * args.number("x1"), args.number("w2") * args.number("x2"))
    return math.fsum((*weighted, args.number("bias")))


def _unit_output(args: Arguments) -> float:
    return float(args.activation().value(_pre_activation(args)))


def _hidden_delta(args: Arguments) -> float:
    """δ of a unit with one unit above it: Rumelhart, Hinton & Williams, 1986, Nature 323."""
    slope = float(args.activation().derivative(args.number("z")))
    return args.number("delta_above") * args.number("weight") * slope


def _weight_gradient(args: Arguments) -> float:
    """dL/dw = δ·a, for one sample: Rumelhart, Hinton & Williams, 1986, Nature 323."""
    return args.number("delta") * args.number("input")


def _sgd_step(args: Arguments) -> float:
    return args.number("weight") - args.number("rate") * args.number("gradient")


def _adam_distance(args: Arguments) -> float:
    """Adam as published (Kingma & Ba, 2015, arXiv:1412.6980, algorithm 1): β₁ 0.9, β₂ 0.999, ε 1e-8."""
    gradient, rate = args.number("gradient"), args.number("rate")
    mean, square, distance = 0.0, 0.0, 0.0
    for step in range(1, args.whole("steps") + 1):
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        corrected, scale = mean / (1.0 - 0.9**step), math.sqrt(square / (1.0 - 0.999**step))
        distance += abs(rate * corrected / (scale + _EPSILON))
    return distance


def _relu_signal_factor(args: Arguments) -> float:
    """Half of E[z²] survives a ReLU (He et al., 2015, arXiv:1502.01852, §2.2)."""
    return math.sqrt(args.number("variance_times_fan_in") / 2.0)


def _he_std(args: Arguments) -> float:
    """He et al., 2015, arXiv:1502.01852, §2.2."""
    return math.sqrt(2.0 / args.whole("fan_in"))


def _xavier_std(args: Arguments) -> float:
    """Glorot & Bengio, 2010, AISTATS, §4.2.1."""
    return math.sqrt(2.0 / (args.whole("fan_in") + args.whole("fan_out")))


def _lecun_std(args: Arguments) -> float:
    """LeCun et al., Efficient BackProp, 1998, §4.6."""
    return math.sqrt(1.0 / args.whole("fan_in"))


MEASURES = (
    Measure(
        "sum_of",
        "a + b + c + d",
        (number("a"), number("b"), number("c", 0.0), number("d", 0.0)),
        _sum_of,
    ),
    Measure(
        "product",
        "a·b·c·d",
        (number("a"), number("b"), number("c", 1.0), number("d", 1.0)),
        _product,
    ),
    Measure("quotient", "a/b", (number("a"), number("b")), _quotient),
    Measure("power", "base^exponent", (number("base"), number("exponent")), _power),
    Measure(
        "half_squared_error",
        "½(prediction - target)²",
        (number("prediction"), number("target")),
        _half_squared_error,
    ),
    Measure("pre_activation", "z = w1·x1 + w2·x2 + bias", _INPUTS, _pre_activation),
    Measure("unit_output", "f(w1·x1 + w2·x2 + bias)", (ACTIVATION, *_INPUTS), _unit_output),
    Measure(
        "hidden_delta",
        "δ at z: delta_above·weight·f'(z)",
        (ACTIVATION, number("z"), number("weight"), number("delta_above")),
        _hidden_delta,
    ),
    Measure(
        "weight_gradient",
        "dL/dw = δ of the unit above · its input",
        (number("delta"), number("input")),
        _weight_gradient,
    ),
    Measure(
        "sgd_step",
        "the new weight: weight - rate·gradient",
        (number("weight"), number("gradient"), number("rate")),
        _sgd_step,
    ),
    Measure(
        "adam_distance",
        "how far Adam moves a weight under a constant gradient",
        (number("gradient"), whole("steps", high=_MOST_STEPS), number("rate", 0.01)),
        _adam_distance,
    ),
    Measure("he_std", "√(2/fan_in)", (whole("fan_in"),), _he_std),
    Measure("xavier_std", "√(2/(fan_in + fan_out))", (whole("fan_in"), whole("fan_out")), _xavier_std),
    Measure("lecun_std", "√(1/fan_in)", (whole("fan_in"),), _lecun_std),
    Measure(
        "relu_signal_factor",
        "what a ReLU layer multiplies rms(h) by: √(fan_in·variance of the weights/2)",
        (number("variance_times_fan_in", low=0.0),),
        _relu_signal_factor,
    ),
)
