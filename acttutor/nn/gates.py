"""Activations that multiply x by a smooth switch: SiLU, Swish, the ACON family, GELU's tanh form.

ACON (Ma, Zhang, Liu & Sun 2021, section 3) is the smooth maximum of two lines, p₁x and p₂x:
f(x) = (p₁-p₂)x·σ(u) + p₂x with u = β(p₁-p₂)x. It is computed as p₁x·σ(u) + p₂x·σ(-u), a weighted mean of the
two lines, so that nothing cancels but what cancels in truth. With h(u) = d(uσ(u))/du the slope is
p₁h(u) + p₂h(-u).
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from acttutor.nn.arrays import Array
from acttutor.nn.kinds import Params
from acttutor.nn.special import gate_times, root_slope, sigmoid, sigmoid_slope, sigmoid_times, two_product

# The extremes of h(u), reached at u = ±2.3993572805154675: sup and inf of silu'.
GATE_MAX = 1.0998393201288669
GATE_MIN = 1.0 - GATE_MAX

_SQRT_EIGHT_OVER_PI = 1.5957691216057308
_SQRT_EIGHT_OVER_PI_LOW = -9.96930880911092e-17
_CUBIC = 0.044715
_CUBIC_LOW = 2.1960211427085595e-18


def silu(x: Array, params: Params) -> Array:
    """xσ(x)."""
    return sigmoid_times(x, x)


def silu_slope(x: Array, params: Params) -> Array:
    """σ(x)(1 + xσ(-x))."""
    return gate_times(1.0, x)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The two slopes of an ACON, β(p₁-p₂) as (high + low) · 2^exponent, p₁-p₂ as spread · 2^spread_exponent.

    Kept apart like this, no product of them over- or underflows before x comes in.
    """

    p1: float
    p2: float
    high: float
    low: float
    exponent: int
    spread: float
    spread_exponent: int

    @property
    def straight(self) -> bool:
        """Whether f is a straight line: β = 0 or p₁ = p₂."""
        return self.high == 0.0

    @property
    def mean(self) -> float:
        """The slope where f is straight."""
        return 0.5 * self.p1 + 0.5 * self.p2

    def scaled(self, power: int) -> "_Lines":
        """The two lines times 2^power, their switch as it was."""
        return replace(
            self,
            p1=math.ldexp(self.p1, power),
            p2=math.ldexp(self.p2, power),
            spread_exponent=self.spread_exponent + power,
        )

    def switch(self, x: Array) -> tuple[Array, Array]:
        """u and its rounding error."""
        if self.straight:
            return np.where(np.isnan(x), x, 0.0), np.zeros_like(x)
        mantissa, power = np.frexp(x)
        product, error = two_product(self.high, mantissa)
        error = error + self.low * mantissa
        power = power + self.exponent
        u = np.ldexp(product, power)
        # Where σ is 0 or 1 to the last digit the rounding error does not matter and may not even be finite.
        return u, np.where(np.abs(u) < 2000.0, np.ldexp(error, power), 0.0)


def _lines(p1: float, p2: float, beta: float) -> _Lines:
    shift = 2 if max(abs(p1), abs(p2)) > 1e300 else 0
    a, b = math.ldexp(p1, -shift), math.ldexp(p2, -shift)
    spread = a - b
    # The rounding error of a - b (Knuth's two-sum).
    back = spread - a
    rest = (a - (spread - back)) + (-b - back)
    mantissa, power = math.frexp(spread)
    rest = math.ldexp(rest, -power)
    beta_mantissa, beta_power = math.frexp(beta)
    product, error = two_product(beta_mantissa, mantissa)
    return _Lines(
        p1,
        p2,
        float(product),
        float(error) + beta_mantissa * rest,
        power + beta_power + shift,
        mantissa,
        power + shift,
    )


def _weighted_line(slope: float, x: Array, u: Array, low: Array) -> Array:
    """slope · x · σ(u + low), in the order in which nothing over- or underflows on the way."""
    if slope == 0.0:
        return np.where(np.isnan(x), x, 0.0)
    steep = abs(slope) > np.abs(x)
    return np.where(
        steep,
        sigmoid_times(slope, u, low) * x,
        sigmoid_times(x, u, low) * slope,
    )


def _acon(x: Array, lines: _Lines) -> Array:
    if lines.straight:
        return lines.mean * x if lines.mean else np.where(np.isnan(x), x, 0.0)
    u, low = lines.switch(x)
    total = _mixture(x, lines, u, low)
    lost = np.isnan(total) & ~np.isnan(x)
    if lost.any():
        # Two lines beyond float64 that pull apart: compare them at a smaller scale, then come back.
        scaled = _mixture(np.ldexp(x, -1000), lines.scaled(-500), u, low)
        total = np.where(lost, np.ldexp(scaled, 1500), total)
    return total


def _mixture(x: Array, lines: _Lines, u: Array, low: Array) -> Array:
    """p₁x·σ(u) + p₂x·σ(-u); for small u as ½(p₁+p₂)x + ½(p₁-p₂)x·tanh(u/2): exact for p₂ = -p₁ too."""
    apart = _weighted_line(lines.p1, x, u, low) + _weighted_line(lines.p2, x, -u, -low)
    mantissa, power = np.frexp(x)
    lean = np.ldexp(0.5 * lines.spread * np.tanh(0.5 * u) * mantissa, power + lines.spread_exponent)
    return np.where(np.abs(u) < 1.0, lines.mean * x + lean, apart)


def _acon_slope(x: Array, lines: _Lines) -> Array:
    u, low = lines.switch(x)
    shift = 2 if max(abs(lines.p1), abs(lines.p2)) > 1e300 else 0
    small = lines.scaled(-shift)
    apart = gate_times(small.p1, u, low) + gate_times(small.p2, -u, -low)
    # h(±u) = ½ ± k(u): for small u the halves are summed exactly, as in the mixture.
    k = 0.5 * np.tanh(0.5 * u) + u * sigmoid_slope(u)
    near = small.mean + np.ldexp(small.spread * k, small.spread_exponent)
    slope: Array = np.ldexp(np.where(np.abs(u) < 1.0, near, apart), shift)
    return slope


def _by_beta(x: Array, lines: _Lines) -> Array:
    """((p₁-p₂)x)²σ(u)σ(-u)."""
    u, low = lines.switch(x)
    root = root_slope(u, low)
    mantissa, power = np.frexp(x)
    damped = np.where(root == 0.0, 0.0, mantissa * root)
    weighted: Array = np.ldexp(lines.spread * damped, power + lines.spread_exponent)
    return np.square(weighted)


def acon_a(x: Array, params: Params) -> Array:
    """xσ(βx): Swish under its ACON name."""
    return _acon(x, _lines(1.0, 0.0, params["beta"]))


def acon_a_slope(x: Array, params: Params) -> Array:
    """σ(u)(1 + uσ(-u)), u = βx."""
    return _acon_slope(x, _lines(1.0, 0.0, params["beta"]))


def acon_a_params(x: Array, params: Params) -> dict[str, Array]:
    """∂f/∂β = x²σ(u)σ(-u)."""
    return {"beta": _by_beta(x, _lines(1.0, 0.0, params["beta"]))}


def acon_b(x: Array, params: Params) -> Array:
    """(1-p)xσ(β(1-p)x) + px."""
    return _acon(x, _lines(1.0, params["p"], params["beta"]))


def acon_b_slope(x: Array, params: Params) -> Array:
    """h(u) + p·h(-u), u = β(1-p)x."""
    return _acon_slope(x, _lines(1.0, params["p"], params["beta"]))


def acon_b_params(x: Array, params: Params) -> dict[str, Array]:
    """∂f/∂p = x·h(-u) and ∂f/∂β = ((1-p)x)²σ(u)σ(-u)."""
    lines = _lines(1.0, params["p"], params["beta"])
    u, low = lines.switch(x)
    return {"p": gate_times(x, -u, -low), "beta": _by_beta(x, lines)}


def acon_c(x: Array, params: Params) -> Array:
    """(p₁-p₂)xσ(β(p₁-p₂)x) + p₂x."""
    return _acon(x, _lines(params["p1"], params["p2"], params["beta"]))


def acon_c_slope(x: Array, params: Params) -> Array:
    """p₁h(u) + p₂h(-u), u = β(p₁-p₂)x."""
    return _acon_slope(x, _lines(params["p1"], params["p2"], params["beta"]))


def acon_c_params(x: Array, params: Params) -> dict[str, Array]:
    """∂f/∂p₁ = x·h(u), ∂f/∂p₂ = x·h(-u), ∂f/∂β = ((p₁-p₂)x)²σ(u)σ(-u)."""
    lines = _lines(params["p1"], params["p2"], params["beta"])
    u, low = lines.switch(x)
    return {
        "p1": gate_times(x, u, low),
        "p2": gate_times(x, -u, -low),
        "beta": _by_beta(x, lines),
    }


def acon_steepest(p1: float, p2: float, beta: float) -> float:
    """sup |f'| of an ACON (Ma et al. 2021, section 3.2: 1.0998p₁ - 0.0998p₂ or its mirror image)."""
    if beta == 0.0 or p1 == p2:
        return abs(0.5 * p1 + 0.5 * p2)
    return max(abs(GATE_MAX * p1 + GATE_MIN * p2), abs(GATE_MAX * p2 + GATE_MIN * p1))


def gelu_tanh(x: Array, params: Params) -> Array:
    """x/2·(1 + tanh(√(2/π)(x + 0.044715x³))) = xσ(u), u twice the argument of tanh."""
    u, low = _gelu_switch(x)
    return sigmoid_times(x, u, low)


def gelu_tanh_slope(x: Array, params: Params) -> Array:
    """σ(u) + xu'σ(u)σ(-u) = σ(u)(1 + xu'σ(-u))."""
    u, low = _gelu_switch(x)
    bounded = np.clip(x, -64.0, 64.0)
    lean = bounded * _SQRT_EIGHT_OVER_PI * (1.0 + 3.0 * _CUBIC * bounded * bounded)
    return sigmoid_times(1.0 + lean * sigmoid(-u), u, low)


def _gelu_switch(x: Array) -> tuple[Array, Array]:
    # σ is 0 or 1 to the last digit long before |x| = 64. exp(u) needs u to more than its usual digits.
    bounded = np.clip(x, -64.0, 64.0)
    square, square_low = two_product(bounded, bounded)
    bend, bend_low = two_product(square, _CUBIC)
    bend_low = bend_low + square_low * _CUBIC + square * _CUBIC_LOW
    inner = 1.0 + bend
    back = inner - 1.0
    inner_low = (1.0 - (inner - back)) + (bend - back) + bend_low
    cubic, cubic_low = two_product(bounded, inner)
    cubic_low = cubic_low + bounded * inner_low
    u, u_low = two_product(cubic, _SQRT_EIGHT_OVER_PI)
    return u, u_low + cubic_low * _SQRT_EIGHT_OVER_PI + cubic * _SQRT_EIGHT_OVER_PI_LOW
