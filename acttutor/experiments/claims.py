"""A claim with a number: what is said, how it is computed, and when it holds.

The registry of claims is `acttutor.experiments.source_claims`.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from acttutor.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from acttutor.experiments.measures import Measure

Arguments: TypeAlias = tuple[tuple[str, str | float], ...]


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

    @property
    def mapping(self) -> dict[str, float | list[float]]:
        """The bound by the names that a claim block gives it: `{"equals": 0.25, "tolerance": 0.001}`."""
        if self.equals is not None:
            return {"equals": self.equals, "tolerance": self.tolerance}
        if self.below is not None:
            return {"below": self.below}
        if self.above is not None:
            return {"above": self.above}
        return {"between": list(self.between or ())}

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


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement with a number in it, marked for translation, and how to find out whether it is true.

    `number` is that of the claim of the source text which it states or corrects, as its audit counts them; an id
    begins with it. `paper` is where the fact was first published, if it was.
    """

    id: str
    number: int
    statement: str
    measure: str
    args: Arguments
    bound: Bound
    paper: str = ""

    @property
    def source(self) -> str:
        """`claim 27`, and the paper behind it."""
        return f"claim {self.number}; {self.paper}" if self.paper else f"claim {self.number}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim and the number that its measure gave."""

    claim: Claim
    measured: float

    @property
    def holds(self) -> bool:
        """Whether the number satisfies the bound."""
        return holds(self.claim.bound, self.measured)


def claim(
    id: str,
    statement: str,
    measure: str,
    bound: Bound,
    /,
    *,
    paper: str = "",
    **args: str | float,
) -> Claim:
    """A claim whose number stands before the first hyphen of its id; further arguments go to the measure."""
    return Claim(id, int(id.partition("-")[0]), statement, measure, tuple(args.items()), bound, paper)


def exactly(value: float, tolerance: float = 0.0) -> Bound:
    """Equal to `value`, give or take an absolute `tolerance`."""
    return Bound(equals=value, tolerance=tolerance)


def between(low: float, high: float) -> Bound:
    """From `low` to `high`."""
    return Bound(between=(low, high))


def below(limit: float) -> Bound:
    """Strictly below `limit`."""
    return Bound(below=limit)


def above(limit: float) -> Bound:
    """Strictly above `limit`."""
    return Bound(above=limit)


def investigate(claim: Claim, measures: "Iterable[Measure] | None" = None) -> Finding:
    """Compute the number of a claim, now; raises UserError when its measure cannot be computed.

    `measures` are those that claims may use: all of them, unless others are given.
    """
    from acttutor.experiments.measures import measure
    from acttutor.experiments.measures import measures as known

    try:
        return Finding(
            claim, measure(claim.measure, dict(claim.args), known() if measures is None else measures)
        )
    except UserError as error:
        raise UserError(error.message, where=f"claim {claim.id}", hint=error.hint) from None


def chosen(claims: Iterable[Claim], beginnings: Iterable[str]) -> tuple[Claim, ...]:
    """The claims whose id begins with one of the given texts, all of them when none is given.

    A whole number chooses the claims of that number only. Raises UserError for a text that chooses nothing.
    """
    everything, wanted = tuple(claims), tuple(beginnings)
    for text in wanted:
        if not any(_begins(claim, text) for claim in everything):
            hint = did_you_mean(text, [claim.id for claim in everything]) or "`acttutor claims` lists them"
            raise UserError(f"there is no claim whose id begins with {text!r}", hint=hint)
    return tuple(claim for claim in everything if not wanted or any(_begins(claim, text) for text in wanted))


def _begins(claim: Claim, text: str) -> bool:
    return str(claim.number) == text if text.isdecimal() else claim.id.startswith(text.lower())
