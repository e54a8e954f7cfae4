"""Numbers about one activation or two: values, slopes, bends, ranges, and means under a Gaussian."""

import math

import numpy as np

from acttutor.errors import UserError
from acttutor.experiments.arguments import Argument, Arguments, activation, number, word
from acttutor.experiments.bends import bend_sides, slope_sides
from acttutor.experiments.extremes import highest, lowest
from acttutor.experiments.measures.base import ACTIVATION, MEAN, STD, Measure, X
from acttutor.experiments.quadrature import Gaussian, boundaries, expectation, probability_at_least
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array

_AGREE = 1e-6
_NORMAL = (ACTIVATION, MEAN, STD)
_AT = (ACTIVATION, X)


def _max_slope(args: Arguments) -> float:
    return args.activation().sup_abs_derivative


def _min_slope(args: Arguments) -> float:
    applied = args.activation()
    return lowest(applied.derivative, applied.breaks)


def _min_value(args: Arguments) -> float:
    applied = args.activation()
    return lowest(applied.value, applied.breaks)


def _value(args: Arguments) -> float:
    return float(args.activation().value(args.number("x")))


def _slope(args: Arguments) -> float:
    return float(args.activation().derivative(args.number("x")))


def _parameter_slope(args: Arguments) -> float:
    applied, name = args.activation(), args.text("parameter")
    slopes = applied.parameter_derivatives(args.number("x"))
    if name not in slopes:
        takes = ", ".join(slopes) or "no parameters"
        raise UserError(
            f"{applied.name} has no parameter {name!r}", where="args", hint=f"{applied.name} takes {takes}"
        )
    return float(slopes[name])


def _slope_jump(args: Arguments) -> float:
    left, right = slope_sides(args.activation(), args.number("x"))
    return right - left


def _second_slope_jump(args: Arguments) -> float:
    """0 at the kink of ReLU: it has no second slope there, but beside it, on either side, one of 0."""
    left, right = bend_sides(args.activation(), args.number("x"))
    return right - left


def _second_slope(args: Arguments) -> float:
    applied, x = args.activation(), args.number("x")
    slopes, bends = slope_sides(applied, x), bend_sides(applied, x)
    for what, sides in (("slope", slopes), ("second slope", bends)):
        if abs(sides[1] - sides[0]) > _AGREE * max(1.0, abs(sides[0])):
            raise UserError(
                f"{applied.label} has no second slope at {x:g}: its {what} jumps from {sides[0]:g} to {sides[1]:g}",
                where="args",
                hint="another x",
            )
    return 0.5 * (bends[0] + bends[1])


def _normal(args: Arguments) -> Gaussian:
    return Gaussian(args.number("mean"), args.number("std"))


def _mean_value(args: Arguments) -> float:
    applied = args.activation()
    return expectation(applied.value, applied.breaks, _normal(args))


def _mean_slope(args: Arguments) -> float:
    applied = args.activation()
    return expectation(applied.derivative, applied.breaks, _normal(args))


def _mean_square_slope(args: Arguments) -> float:
    """What a layer multiplies the variance of the gradient by, weights apart: Glorot & Bengio, 2010, §4.2.1."""
    applied = args.activation()

    def squared(z: Array) -> Array:
        return np.square(applied.derivative(z))

    return expectation(squared, applied.breaks, _normal(args))


def _slope_probability(args: Arguments) -> float:
    applied = args.activation()
    return probability_at_least(applied.derivative, args.number("at_least"), applied.breaks, _normal(args))


def _probability_below(args: Arguments) -> float:
    applied = args.activation()

    def mirrored(z: Array) -> Array:
        return -applied.value(z)

    return probability_at_least(mirrored, -args.number("value"), applied.breaks, _normal(args))


def _slope_crossing(args: Arguments) -> float:
    """Where one slope jumps over the other they do not cross."""
    first, second = args.activation("a"), args.activation("b")
    breaks = {*first.breaks, *second.breaks}

    def difference(x: Array) -> Array:
        return first.derivative(x) - second.derivative(x)

    for x in boundaries(difference, 0.0, sorted(breaks)):
        jump = abs(float(difference(np.array(x * (1 + 1e-9)))) - float(difference(np.array(x * (1 - 1e-9)))))
        if x > 1e-6 and jump < 1e-6:
            return x
    raise UserError(f"the slopes of {first.label} and {second.label} do not cross for x > 0", where="args")


def _largest_gap(args: Arguments) -> float:
    first, second = args.activation("a"), args.activation("b")
    low, high = args.number("low"), args.number("high")
    if not low < high:
        raise UserError(f"largest_gap: low must be below high, not {low:g} and {high:g}", where="args")

    def gap(x: Array) -> Array:
        return np.abs(first.value(x) - second.value(x))

    return highest(gap, sorted({*first.breaks, *second.breaks}), low, high)


def _largest_input(args: Arguments) -> float:
    applied, level = args.activation(), args.number("slope")

    def steeper(x: Array) -> Array:
        return np.maximum(applied.derivative(x), applied.derivative(-x))

    sides = sorted({*applied.breaks, *(-point for point in applied.breaks)})
    ends = [x for x in boundaries(steeper, level, sides) if x > 0.0]
    if float(steeper(np.array(1e9))) >= level:
        raise UserError(
            f"the slope of {applied.label} never stays below {level:g}", where="args", hint="a larger slope"
        )
    return max(ends, default=0.0)


def _rounds_to_one(args: Arguments) -> float:
    """No sigmoid of exact arithmetic gets there; float64 has no number between 1 - 2⁻⁵³ and 1."""
    applied = args.activation()
    ends = [x for x in boundaries(applied.value, 1.0, applied.breaks) if x > 0.0]
    if not ends or float(applied.value(math.inf)) != 1.0:
        raise UserError(f"{applied.label} does not tend to 1", where="args", hint="sigmoid, for example")
    return ends[0]


def _tanh_as_sigmoid_error(args: Arguments) -> float:
    x = np.linspace(-20.0, 20.0, 4001)
    return float(np.abs(apply("tanh").value(x) - (2.0 * apply("sigmoid").value(2.0 * x) - 1.0)).max())


_A_B: tuple[Argument, Argument] = (activation("a"), activation("b"))

MEASURES = (
    Measure("max_slope", "sup |f'(x)|", (ACTIVATION,), _max_slope),
    Measure("min_slope", "inf f'(x)", (ACTIVATION,), _min_slope),
    Measure("min_value", "inf f(x)", (ACTIVATION,), _min_value),
    Measure("value", "f(x)", _AT, _value),
    Measure("slope", "f'(x)", _AT, _slope),
    Measure("slope_jump", "f'(x+) - f'(x-), from the right and from the left", _AT, _slope_jump),
    Measure("second_slope", "f''(x)", _AT, _second_slope),
    Measure(
        "second_slope_jump", "f''(x+) - f''(x-), from the right and from the left", _AT, _second_slope_jump
    ),
    Measure(
        "parameter_slope",
        "df/dp at x for the parameter p of this name",
        (ACTIVATION, word("parameter"), X),
        _parameter_slope,
    ),
    Measure("mean_value", "E[f(z)] for z ~ N(mean, std²)", _NORMAL, _mean_value),
    Measure("mean_slope", "E[f'(z)] for z ~ N(mean, std²)", _NORMAL, _mean_slope),
    Measure("mean_square_slope", "E[f'(z)²] for z ~ N(mean, std²)", _NORMAL, _mean_square_slope),
    Measure(
        "slope_probability",
        "P(f'(z) ≥ at_least) for z ~ N(mean, std²)",
        (ACTIVATION, number("at_least"), MEAN, STD),
        _slope_probability,
    ),
    Measure(
        "probability_below",
        "P(f(z) ≤ value) for z ~ N(mean, std²)",
        (ACTIVATION, number("value"), MEAN, STD),
        _probability_below,
    ),
    Measure("slope_crossing", "the smallest x > 0 where a'(x) = b'(x)", _A_B, _slope_crossing),
    Measure(
        "largest_gap",
        "max |a(x) - b(x)| for x from low to high",
        (*_A_B, number("low", -6.0), number("high", 6.0)),
        _largest_gap,
    ),
    Measure(
        "largest_input", "the |x| beyond which f'(x) < slope", (ACTIVATION, number("slope")), _largest_input
    ),
    Measure(
        "rounds_to_one", "the smallest x where f(x) is exactly 1 in float64", (ACTIVATION,), _rounds_to_one
    ),
    Measure("tanh_as_sigmoid_error", "max |tanh(x) - (2σ(2x) - 1)|", (), _tanh_as_sigmoid_error),
)
