"""Special functions and the extra digits behind them, vectorised, for float64.

Everything here keeps its *relative* accuracy where values are tiny. Three dangers are met on the way: an
argument rounded before it goes into exp costs |argument| · 2⁻⁵³ (so products are carried with their rounding
error), exp underflows before the product it belongs to does (so it is applied in two halves), and 0 · inf is
NaN where the limit is 0.

Functions expect floating-point signals to be silenced by the caller (`quiet`) and map NaN to NaN.
"""

import math

import numpy as np

from acttutor.nn.arrays import Array

SQRT_HALF = math.sqrt(0.5)
INVERSE_SQRT_PI = 1.0 / math.sqrt(math.pi)
INVERSE_SQRT_TWO_PI = 1.0 / math.sqrt(2.0 * math.pi)

# Rational minimax approximations of W. J. Cody, "Rational Chebyshev Approximations for the Error Function",
# Mathematics of Computation 23 (1969), 631-637. Highest power first, for Horner's rule.
# erf(x)/x in x², |x| <= 0.46875:
_ERF_TOP = (
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_ERF_BOTTOM = (
    1.0,
    2.36012909523441209e1,
    2.44024637934444173e2,
    1.28261652607737228e3,
    2.84423683343917062e3,
)
# exp(x²) erfc(x) in x, 0.46875 <= x <= 4:
_MIDDLE_TOP = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3,
)
_MIDDLE_BOTTOM = (
    1.0,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3,
)
# x²(1/sqrt(pi) - x exp(x²) erfc(x)) in 1/x², x >= 4:
_FAR_TOP = (
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
)
_FAR_BOTTOM = (
    1.0,
    2.56852019228982242e0,
    1.87295284992346725e0,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
)


def quiet() -> np.errstate:
    """Silences NumPy's floating-point signals: over- and underflow are answers here, not accidents."""
    return np.errstate(all="ignore")


def horner(coefficients: tuple[float, ...], x: Array) -> Array:
    """The polynomial with these coefficients, highest power first."""
    result = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        result = result * x + coefficient
    return result


def two_product(a: Array | float, b: Array | float) -> tuple[Array, Array]:
    """a·b rounded, and its rounding error (Dekker 1971); the error is given as 0 where it cannot be had."""
    product = np.asarray(np.multiply(a, b))
    a_high, a_low = _split(a)
    b_high, b_low = _split(b)
    error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return product, np.where(np.isfinite(error), error, 0.0)


def _split(a: Array | float) -> tuple[Array, Array]:
    scaled = np.multiply(a, 134217729.0)  # 2^27 + 1: two halves of 26 bits each
    high = np.asarray(scaled - (scaled - a))
    return high, np.asarray(a - high)


def quotient(x: Array, divisor: float) -> tuple[Array, Array]:
    """x/divisor rounded, and its rounding error; 0 as error where it cannot be had."""
    ratio = x / divisor
    product, error = two_product(ratio, divisor)
    rest = ((x - product) - error) / divisor
    return ratio, np.where(np.isfinite(rest) & (np.abs(rest) <= np.abs(ratio)), rest, 0.0)


def exp_times(factor: Array | float, u: Array, low: Array | float = 0.0) -> Array:
    """factor · exp(u + low) for u <= 0, without underflow before the product itself underflows."""
    half = np.exp(0.5 * u)
    return np.where(half == 0.0, 0.0, (factor * half) * half * (1.0 + low))


def sigmoid(u: Array) -> Array:
    """1/(1+e^-u), accurate in both tails."""
    small = np.exp(-np.abs(u))
    return np.where(u < 0.0, small, 1.0) / (1.0 + small)


def sigmoid_slope(u: Array) -> Array:
    """σ(u)σ(-u), the derivative of the sigmoid: never 1 - σ of a rounded σ, which is 0 from u = 37 on."""
    small = np.exp(-np.abs(u))
    return small / np.square(1.0 + small)


def sigmoid_times(factor: Array | float, u: Array, low: Array | float = 0.0) -> Array:
    """factor · σ(u + low), `low` being the rounding error of u."""
    half = np.exp(-0.5 * np.abs(u))
    small = half * half
    inner = np.where(u < 0.0, half, 1.0)
    result = (factor * inner) * inner / (1.0 + small)
    result = np.where(inner == 0.0, 0.0, result)
    return result * (1.0 + low * np.where(u < 0.0, 1.0, small) / (1.0 + small))


def gate_times(factor: Array | float, u: Array, low: Array | float = 0.0) -> Array:
    """factor · d(uσ(u))/du = factor · σ(u)(1 + uσ(-u)), the slope of the swish gate."""
    half = np.exp(-0.5 * np.abs(u))
    small = half * half
    negative = u < 0.0
    inner = np.where(negative, half, 1.0)
    lean = np.where(negative, u, np.where(small == 0.0, 0.0, u * small)) / (1.0 + small)
    result = ((factor * inner) * (1.0 + lean)) * inner / (1.0 + small)
    result = np.where(inner == 0.0, 0.0, result)
    return result * (1.0 + low * np.where(negative, 1.0, 0.0))


def root_slope(u: Array, low: Array | float = 0.0) -> Array:
    """sqrt(σ(u)σ(-u)): its square times a huge factor needs no intermediate that over- or underflows."""
    half = np.exp(-0.5 * np.abs(u))
    small = half * half
    correction = 0.5 * low * np.sign(u) * (small - 1.0) / (1.0 + small)
    return half / (1.0 + small) * (1.0 + correction)


def erfcx(x: Array) -> Array:
    """exp(x²)·erfc(x) for x >= 0 (Cody 1969), relative error below 1e-15; falls like 1/(x sqrt(pi))."""
    near = np.minimum(x, 0.46875)
    squared = near * near
    erf = near * horner(_ERF_TOP, squared) / horner(_ERF_BOTTOM, squared)
    middle = np.clip(x, 0.46875, 4.0)
    far = np.maximum(x, 4.0)
    inverse = np.square(1.0 / far)
    bend = inverse * horner(_FAR_TOP, inverse) / horner(_FAR_BOTTOM, inverse)
    return np.where(
        x <= 0.46875,
        np.exp(squared) * (1.0 - erf),
        np.where(
            x <= 4.0,
            horner(_MIDDLE_TOP, middle) / horner(_MIDDLE_BOTTOM, middle),
            (INVERSE_SQRT_PI - bend) / far,
        ),
    )


def half_gauss(x: Array, divisor: float) -> Array:
    """exp(-x²/divisor), relative error below 1e-15 however large x² is, for a divisor that is a power of 2.

    x is cut to a multiple of 1/16, whose square is exact, and the small rest goes into a factor of its own;
    x² rounded would cost x² · 2⁻⁵³, which is 1e-13 in the tails.
    """
    bounded = np.clip(x, -64.0, 64.0)
    coarse = np.trunc(bounded * 16.0) / 16.0
    rest = (bounded - coarse) * (bounded + coarse)
    return np.exp(-coarse * coarse / divisor) * np.exp(-rest / divisor)


def erfc(x: Array) -> Array:
    """1 - erf(x) with relative error below 1e-14 in the tail; raises nothing, NaN to NaN."""
    tail = erfcx(np.abs(x))
    half = half_gauss(x, 2.0)
    tail = (tail * half) * half
    return np.where(x < 0.0, 2.0 - tail, tail)


def normal_density(x: Array) -> Array:
    """φ(x) = exp(-x²/2)/sqrt(2π)."""
    return half_gauss(x, 2.0) * INVERSE_SQRT_TWO_PI


def normal_below(x: Array) -> Array:
    """Φ(x) = ½ erfc(-x/√2), the Gaussian distribution function, relatively accurate in the left tail."""
    tail = gauss_times(0.5 * erfcx(np.abs(x) * SQRT_HALF), x)
    return np.where(x < 0.0, tail, 1.0 - tail)


def gauss_times(factor: Array | float, x: Array) -> Array:
    """factor · exp(-x²/2), without underflow before the product itself underflows."""
    half = half_gauss(x, 4.0)
    return np.where(half == 0.0, 0.0, (factor * half) * half)
