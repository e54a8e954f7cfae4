"""Numbers as people read them: few digits, real minus signs, powers of ten with raised exponents."""

from __future__ import annotations

import math

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 4, *, ascii_only: bool = False) -> str:
    """`value` with `digits` significant digits, integers whole: 0.25, −1.278, 1.93×10⁻²², 12345, ∞, –."""
    if math.isnan(value):
        return "-" if ascii_only else "–"
    minus = "-" if ascii_only else "−"
    sign = minus if value < 0 else ""
    size = abs(value)
    if math.isinf(size):
        return sign + ("inf" if ascii_only else "∞")
    if size == 0:
        return "0"
    if 1e-4 <= size < 1e6:
        return sign + (f"{size:.0f}" if size >= 10**digits - 0.5 else f"{size:.{digits}g}")
    mantissa, _, exponent = f"{size:.{digits - 1}e}".partition("e")
    return sign + _scientific(_trim(mantissa), int(exponent), ascii_only)


def power(exponent: float, *, ascii_only: bool = False) -> str:
    """Ten to the `exponent` as the label of an axis: 1, 10, 10⁻⁵, and 3.2×10⁻⁵ for an exponent between."""
    if exponent == -math.inf:
        return "0"
    if not math.isfinite(exponent):
        return number(exponent, ascii_only=ascii_only)
    whole = round(exponent)
    if abs(exponent - whole) < 1e-9:
        if whole in (0, 1):
            return str(10**whole)
        return f"1e{whole}" if ascii_only else "10" + str(whole).translate(_RAISED)
    below = math.floor(exponent)
    mantissa = _trim(f"{10.0 ** (exponent - below):.1f}")
    return (
        power(below + 1, ascii_only=ascii_only)
        if mantissa == "10"
        else _scientific(mantissa, below, ascii_only)
    )


def antilog(exponent: float, *, ascii_only: bool = False) -> str:
    """Ten to the `exponent` as a value to read: 0.032, 1.25, and a power of ten where it is very small or large."""
    if -4 < exponent < 6:
        return number(10.0**exponent, 3, ascii_only=ascii_only)
    return power(exponent, ascii_only=ascii_only)


def fixed(value: float, decimals: int, *, ascii_only: bool = False) -> str:
    """`value` with exactly `decimals` places, never a negative zero: for axes and sliders."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text if ascii_only else text.replace("-", "−")


def decimals(step: float) -> int:
    """How many decimal places tell multiples of `step` apart, at most 12: 0 for 5, 1 for 0.5, 2 for 0.25."""
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    scaled = step * 10.0**places
    return min(12, places + (abs(scaled - round(scaled)) > 1e-6))


def _scientific(mantissa: str, exponent: int, ascii_only: bool) -> str:
    if ascii_only:
        return f"{mantissa}e{exponent}"
    raised = str(exponent).translate(_RAISED)
    return f"10{raised}" if mantissa == "1" else f"{mantissa}×10{raised}"


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
