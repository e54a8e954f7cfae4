"""Gradients on their way down: chains of single units, and random stacks of layers.

Random stacks: Glorot & Bengio, 2010, AISTATS, §4.2; He et al., 2015, arXiv:1502.01852, §2.2.
"""

import math
import statistics
from collections.abc import Callable

from acttutor.errors import UserError, did_you_mean
from acttutor.experiments.arguments import Arguments, flag, number, whole, word
from acttutor.experiments.measures.base import ACTIVATION, Measure
from acttutor.nn.depth import DepthProfile
from acttutor.nn.depth import measure as profile
from acttutor.nn.normalization import Norm

_DEEPEST = 100_000
_DEPTH = whole("depth")
_WEIGHT = number("weight", 1.0)
_Z = number("z", 0.0)

_STACK = (
    ACTIVATION,
    word("init", "xavier"),
    number("gain", 1.0),
    whole("depth", 30, low=2),
    whole("width", 64),
    whole("batch", 64),
    whole("seeds", 6, high=100),
    flag("residual"),
    word("norm", "none"),
)


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


def _median(args: Arguments, read: Callable[[DepthProfile], float]) -> float:
    """The median of a profile's number over seeds 0, 1, …"""
    norm = args.text("norm")
    if norm not in list(Norm):
        hint = did_you_mean(norm, Norm) or "none, batch or layer"
        raise UserError(f"{args.measure}: there is no norm called {norm!r}", where="args", hint=hint)
    return statistics.median(
        read(
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
            )
        )
        for seed in range(args.whole("seeds"))
    )


def _ten_to(exponent: float) -> float:
    try:
        return float(10.0**exponent)
    except OverflowError:
        return math.inf


def _depth_ratio_log10(args: Arguments) -> float:
    return _median(args, lambda found: found.log10_ratio)


def _depth_ratio(args: Arguments) -> float:
    return _ten_to(_depth_ratio_log10(args))


def _depth_factor(args: Arguments) -> float:
    return float(10.0 ** (_depth_ratio_log10(args) / (args.whole("depth") - 1)))


def _signal_ratio(args: Arguments) -> float:
    return _ten_to(_median(args, lambda found: found.layers[-1].log10_signal - found.layers[0].log10_signal))


def _weight_gradient_ratio(args: Arguments) -> float:
    return _ten_to(
        _median(
            args, lambda found: found.layers[0].log10_weight_gradient - found.layers[-1].log10_weight_gradient
        )
    )


MEASURES = (
    Measure(
        "chain_factor",
        "w·f'(z), what one layer of a chain multiplies the gradient by",
        (ACTIVATION, number("weight"), number("z")),
        _chain_factor,
    ),
    Measure("chain_gradient", "(w·f'(z))^depth", (ACTIVATION, _WEIGHT, _Z, _DEPTH), _chain_gradient),
    Measure(
        "chain_gradient_log10",
        "log10 |w·f'(z)|^depth",
        (ACTIVATION, _WEIGHT, _Z, _DEPTH),
        _chain_gradient_log10,
    ),
    Measure(
        "scalar_chain",
        "dh_n/dh_0 of h ← f(w·h), n = depth, h_0 = start",
        (ACTIVATION, number("weight"), _DEPTH, number("start", 1.0)),
        _scalar_chain,
    ),
    Measure("depth_ratio", "‖δ₁‖/‖δₙ‖ of a random stack, median over seeds 0, 1, …", _STACK, _depth_ratio),
    Measure("depth_ratio_log10", "log10 of depth_ratio", _STACK, _depth_ratio_log10),
    Measure("depth_factor", "depth_ratio per layer, its (depth-1)th root", _STACK, _depth_factor),
    Measure(
        "signal_ratio",
        "rms of layer n's output over rms of layer 1's, in such a stack",
        _STACK,
        _signal_ratio,
    ),
    Measure(
        "weight_gradient_ratio",
        "‖dL/dW₁‖/‖dL/dWₙ‖ of such a stack",
        _STACK,
        _weight_gradient_ratio,
    ),
    Measure(
        "float_underflow_depth",
        "the first n with factor^n = 0 in floating point",
        (number("factor"), whole("bits", 32, low=-math.inf)),
        _float_underflow_depth,
    ),
)
