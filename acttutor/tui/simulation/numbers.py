"""Numbers and tensors as the simulator writes them: four significant digits."""

import math

from acttutor.nn.arrays import Array
from acttutor.tui.stepper import Entry

DIGITS = 4


def short(value: float, digits: int = DIGITS) -> str:
    """A number with at most so many significant digits; no zeros behind, `nan`, `inf` and `-inf` as they are."""
    text = f"{value:.{digits}g}"
    mantissa, mark, exponent = text.partition("e")
    if mark:
        return f"{mantissa}e{int(exponent)}"
    return "0" if mantissa == "-0" else mantissa


def fitted(value: float, cells: int) -> str:
    """The number with as many significant digits, four at most, as fit into so many cells; never fewer than one."""
    for digits in range(DIGITS, 0, -1):
        text = short(value, digits)
        if len(text) <= cells:
            return text
    return text


def shape_text(array: Array) -> str:
    """`2x3`; a vector counts as one row, a single number as `1`."""
    return "x".join(map(str, array.shape)) or "1"


def array_text(array: Array, limit: int = 12) -> str:
    """The values in brackets, rows parted by semicolons; past `limit` of them an ellipsis stands for the rest."""
    if array.ndim == 0:
        return short(float(array))
    rows = array.reshape(-1, array.shape[-1])
    shown, left = [], limit
    for row in rows:
        if left <= 0:
            shown.append("…")
            break
        numbers = [short(float(value)) for value in row[:left]]
        left -= len(numbers)
        shown.append("  ".join(numbers if len(numbers) == len(row) else [*numbers, "…"]))
    return "[" + "; ".join(shown) + "]"


def entry_name(tensor: str, entry: Entry) -> str:
    """`W1[2,1]`: a tensor's name and an entry, counted from 1 as people do."""
    return f"{tensor}[{','.join(str(place + 1) for place in entry)}]" if entry else tensor


def same_number(typed: float, value: float) -> bool:
    """Whether a typed number is the value to 1 %: what four shown digits and a pocket calculator give."""
    return math.isclose(typed, value, rel_tol=0.01, abs_tol=1e-9)
