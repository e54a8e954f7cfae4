"""When a claim with a number holds."""

import math
from dataclasses import dataclass

from acttutor.errors import UserError


@dataclass(frozen=True, slots=True)
class Bound:
    """What a measured value must satisfy: one of `equals` (± an absolute `tolerance`), `below`, `above`, `between`.

    `below` and `above` are strict, the ends of `between` belong to it. Raises UserError when none or several are given.
    """

    equals: float | None = None
    tolerance: float = 0.0
    below: float | None = None
    above: float | None = None
    between: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        given = [name for name in ("equals", "below", "above", "between") if getattr(self, name) is not None]
        if len(given) != 1:
            raise UserError(
                f"a claim needs exactly one of equals, below, above and between, not {' and '.join(given) or 'none'}",
                where="check",
            )
        if not self.tolerance >= 0.0:
            raise UserError(f"a tolerance cannot be {self.tolerance:g}", where="check", hint="0 or more")
        if self.between is not None and not self.between[0] <= self.between[1]:
            raise UserError("between lists the lower bound first", where="check")

    def __str__(self) -> str:
        if self.equals is not None:
            return f"= {self.equals:g} ± {self.tolerance:g}"
        if self.below is not None:
            return f"< {self.below:g}"
        if self.above is not None:
            return f"> {self.above:g}"
        low, high = self.between or (math.nan, math.nan)
        return f"{low:g} … {high:g}"


def holds(bound: Bound, value: float) -> bool:
    """Whether `value` satisfies the bound; NaN satisfies none."""
    if bound.equals is not None:
        return bound.equals - bound.tolerance <= value <= bound.equals + bound.tolerance
    if bound.below is not None:
        return value < bound.below
    if bound.above is not None:
        return value > bound.above
    low, high = bound.between or (math.nan, math.nan)
    return low <= value <= high
