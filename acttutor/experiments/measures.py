"""What a claim, a prediction or a question may have computed: named numbers about activations, chains and depth."""

import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from acttutor.errors import UserError, did_you_mean
from acttutor.experiments.arguments import Argument, Arguments, Given, Type, signature
from acttutor.experiments.quadrature import Gaussian, boundaries, expectation, probability_at_least
from acttutor.nn.arrays import Array

_ACTIVATION = Argument("activation", Type.ACTIVATION)
_MEAN = Argument("mean", Type.NUMBER, 0.0)
_STD = Argument("std", Type.NUMBER, 1.0, positive=True)
_DEPTH = Argument("depth", Type.WHOLE, low=1)
_DEEPEST = 100_000

_STACK = (
    _ACTIVATION,
    Argument("init", Type.TEXT, "xavier"),
    Argument("gain", Type.NUMBER, 1.0),
    Argument("depth", Type.WHOLE, 30, low=2),
    Argument("width", Type.WHOLE, 64, low=1),
    Argument("batch", Type.WHOLE, 64, low=1),
    Argument("seeds", Type.WHOLE, 6, low=1),
    Argument("residual", Type.FLAG, "false"),
    Argument("norm", Type.TEXT, "none"),
)
_MOST_SEEDS = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """One named number: its arguments (an activation's own parameters may be added), and how it is computed."""

    name: str
    summary: str
    parameters: tuple[Argument, ...]
    compute: Callable[[Arguments], float]

    @property
    def signature(self) -> str:
        """`mean_slope(activation, mean=0, std=1)`."""
        return signature(self.name, self.parameters)


def measures() -> tuple[Measure, ...]:
    """All measures, in the order in which `acttutor claims --measures` lists them."""
    return _MEASURES


def measure(name: str, args: Given) -> float:
    """The value of the measure `name` for these arguments; numbers may be given as text.

    Raises UserError, with a suggestion, for an unknown measure and for missing, unknown or wrong arguments.
    """
    known = {entry.name: entry for entry in _MEASURES}
    if name not in known:
        hint = did_you_mean(name, known) or "the measures are " + ", ".join(known)
        raise UserError(f"there is no measure called {name!r}", where="measure", hint=hint)
    entry = known[name]
    return float(entry.compute(Arguments(name, entry.parameters, args)))


def _max_slope(args: Arguments) -> float:
    return args.activation().sup_abs_derivative


def _value(args: Arguments) -> float:
    return float(args.activation().value(args.number("x")))


def _slope(args: Arguments) -> float:
    return float(args.activation().derivative(args.number("x")))


def _normal(args: Arguments) -> Gaussian:
    return Gaussian(args.number("mean"), args.number("std"))


def _mean_value(args: Arguments) -> float:
    applied = args.activation()
    return expectation(applied.value, applied.breaks, _normal(args))


def _mean_slope(args: Arguments) -> float:
    applied = args.activation()
    return expectation(applied.derivative, applied.breaks, _normal(args))


def _mean_square_slope(args: Arguments) -> float:
    applied = args.activation()

    def squared(z: Array) -> Array:
        return np.square(applied.derivative(z))

    return expectation(squared, applied.breaks, _normal(args))


def _slope_probability(args: Arguments) -> float:
    applied = args.activation()
    return probability_at_least(applied.derivative, args.number("at_least"), applied.breaks, _normal(args))


def _chain_factor(args: Arguments) -> float:
    return args.number("weight") * float(args.activation().derivative(args.number("z")))


def _chain_gradient(args: Arguments) -> float:
    factor, depth = _chain_factor(args), args.whole("depth")
    try:
        return float(factor**depth)
    except OverflowError:
        return -math.inf if factor < 0.0 and depth % 2 else math.inf


def _chain_gradient_log10(args: Arguments) -> float:
    factor = _chain_factor(args)
    return args.whole("depth") * math.log10(abs(factor)) if factor else -math.inf


def _scalar_chain(args: Arguments) -> float:
    applied, weight = args.activation(), args.number("weight")
    height, depth = args.number("start"), args.whole("depth")
    if depth > _DEEPEST:
        raise UserError(f"scalar_chain: depth must be at most {_DEEPEST}, not {depth}", where="args")
    # Mantissa and exponent apart: the product may leave float64 on the way and come back.
    mantissa, exponent = 1.0, 0
    for _ in range(depth):
        z = weight * height
        step, power = math.frexp(mantissa * weight)
        mantissa, more = math.frexp(step * float(applied.derivative(z)))
        exponent += power + more
        height = float(applied.value(z))
    try:
        return math.ldexp(mantissa, exponent)
    except OverflowError:
        return math.copysign(math.inf, mantissa)


def _slope_crossing(args: Arguments) -> float:
    first, second = args.activation("a"), args.activation("b")
    breaks = {*first.breaks, *second.breaks}

    def difference(x: Array) -> Array:
        return first.derivative(x) - second.derivative(x)

    for x in boundaries(difference, 0.0, sorted(breaks)):
        jump = abs(float(difference(np.array(x * (1 + 1e-9)))) - float(difference(np.array(x * (1 - 1e-9)))))
        if x > 1e-6 and jump < 1e-6:
            return x
    raise UserError(f"the slopes of {first.label} and {second.label} do not cross for x > 0", where="args")


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


def _float_underflow_depth(args: Arguments) -> float:
    factor, bits = args.number("factor"), args.whole("bits")
    if not 0.0 < factor < 1.0:
        raise UserError(
            f"float_underflow_depth: factor must lie between 0 and 1, not {factor:g}", where="args"
        )
    if bits not in (32, 64):
        raise UserError(f"float_underflow_depth: bits must be 32 or 64, not {bits}", where="args")
    # Half the smallest subnormal, 2^-149 or 2^-1074, is where rounding (to even) gives 0.
    smallest = -150.0 if bits == 32 else -1075.0
    return math.ceil(smallest / math.log2(factor))


def _depth_ratio_log10(args: Arguments) -> float:
    from acttutor.nn.depth import measure as profile
    from acttutor.nn.normalization import Norm

    norm = args.text("norm")
    if norm not in list(Norm):
        hint = did_you_mean(norm, Norm) or "none, batch or layer"
        raise UserError(f"{args.measure}: there is no norm called {norm!r}", where="args", hint=hint)
    seeds = args.whole("seeds")
    if seeds > _MOST_SEEDS:
        raise UserError(f"{args.measure}: seeds must be at most {_MOST_SEEDS}, not {seeds}", where="args")
    ratios = [
        profile(
            args.activations(),
            depth=args.whole("depth"),
            width=args.whole("width"),
            batch=args.whole("batch"),
            init=args.text("init"),
            gain=args.number("gain"),
            residual=args.flag("residual"),
            norm=Norm(norm),
            seed=seed,
        ).log10_ratio
        for seed in range(seeds)
    ]
    return statistics.median(ratios)


def _depth_ratio(args: Arguments) -> float:
    try:
        return float(10.0 ** _depth_ratio_log10(args))
    except OverflowError:
        return math.inf


def _depth_factor(args: Arguments) -> float:
    return float(10.0 ** (_depth_ratio_log10(args) / (args.whole("depth") - 1)))


_MEASURES = (
    Measure("max_slope", "sup |f'(x)|", (_ACTIVATION,), _max_slope),
    Measure("value", "f(x)", (_ACTIVATION, Argument("x", Type.NUMBER)), _value),
    Measure("slope", "f'(x)", (_ACTIVATION, Argument("x", Type.NUMBER)), _slope),
    Measure("mean_value", "E[f(z)] for z ~ N(mean, std²)", (_ACTIVATION, _MEAN, _STD), _mean_value),
    Measure("mean_slope", "E[f'(z)] for z ~ N(mean, std²)", (_ACTIVATION, _MEAN, _STD), _mean_slope),
    Measure(
        "mean_square_slope",
        "E[f'(z)²] for z ~ N(mean, std²)",
        (_ACTIVATION, _MEAN, _STD),
        _mean_square_slope,
    ),
    Measure(
        "slope_probability",
        "P(f'(z) ≥ at_least) for z ~ N(mean, std²)",
        (_ACTIVATION, Argument("at_least", Type.NUMBER), _MEAN, _STD),
        _slope_probability,
    ),
    Measure(
        "chain_factor",
        "w·f'(z), what one layer of a chain multiplies the gradient by",
        (_ACTIVATION, Argument("weight", Type.NUMBER), Argument("z", Type.NUMBER)),
        _chain_factor,
    ),
    Measure(
        "chain_gradient",
        "(w·f'(z))^depth",
        (_ACTIVATION, Argument("weight", Type.NUMBER, 1.0), Argument("z", Type.NUMBER, 0.0), _DEPTH),
        _chain_gradient,
    ),
    Measure(
        "chain_gradient_log10",
        "log10 |w·f'(z)|^depth",
        (_ACTIVATION, Argument("weight", Type.NUMBER, 1.0), Argument("z", Type.NUMBER, 0.0), _DEPTH),
        _chain_gradient_log10,
    ),
    Measure(
        "scalar_chain",
        "dh_n/dh_0 of h ← f(w·h), n = depth, h_0 = start",
        (_ACTIVATION, Argument("weight", Type.NUMBER), _DEPTH, Argument("start", Type.NUMBER, 1.0)),
        _scalar_chain,
    ),
    Measure(
        "depth_ratio",
        "‖δ₁‖/‖δₙ‖ of a random stack, median over seeds 0, 1, …",
        _STACK,
        _depth_ratio,
    ),
    Measure("depth_ratio_log10", "log10 of depth_ratio", _STACK, _depth_ratio_log10),
    Measure("depth_factor", "depth_ratio per layer, its (depth-1)th root", _STACK, _depth_factor),
    Measure(
        "slope_crossing",
        "the smallest x > 0 where a'(x) = b'(x)",
        (Argument("a", Type.ACTIVATION), Argument("b", Type.ACTIVATION)),
        _slope_crossing,
    ),
    Measure(
        "largest_input",
        "the |x| beyond which f'(x) < slope",
        (_ACTIVATION, Argument("slope", Type.NUMBER)),
        _largest_input,
    ),
    Measure(
        "float_underflow_depth",
        "the first n with factor^n = 0 in floating point",
        (Argument("factor", Type.NUMBER), Argument("bits", Type.WHOLE, 32)),
        _float_underflow_depth,
    ),
)
