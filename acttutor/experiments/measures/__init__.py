"""What a claim, a prediction or a question may have computed: named numbers, each from one module of this package.

A new measure is one `Measure` in the table at the end of the module it belongs to: its name, a summary of one line, its
arguments, and a function that reads them and returns a float. Reading checks them, so that a mistake is one line with a
suggestion. It is then known to `acttutor claims --measures`, to lessons and questions, and to the registry of claims.
Give it a test against a number that was found in another way.
"""

from collections.abc import Iterable

import numpy as np

from acttutor.errors import UserError, did_you_mean
from acttutor.experiments.arguments import Arguments, Given
from acttutor.experiments.measures import (
    arithmetic,
    attention,
    chains,
    collapse,
    conditioning,
    dead,
    evidence,
    fitting,
    functions,
    losses,
    mixed,
    signals,
)
from acttutor.experiments.measures.base import Measure

__all__ = ["Measure", "check", "find", "measure", "measures"]

_MEASURES: tuple[Measure, ...] = (
    *functions.MEASURES,
    *chains.MEASURES,
    *arithmetic.MEASURES,
    *losses.MEASURES,
    *collapse.MEASURES,
    *fitting.MEASURES,
    *signals.MEASURES,
    *dead.MEASURES,
    *attention.MEASURES,
    *conditioning.MEASURES,
    *mixed.MEASURES,
    *evidence.MEASURES,
)


def measures() -> tuple[Measure, ...]:
    """All measures, in the order in which `acttutor claims --measures` lists them."""
    return _MEASURES


def find(name: str, among: Iterable[Measure] = _MEASURES) -> Measure:
    """The measure of this name; raises UserError, with a suggestion, when there is none."""
    known = {entry.name: entry for entry in among}
    if name not in known:
        hint = did_you_mean(name, known) or "`acttutor claims --measures` lists them"
        raise UserError(f"there is no measure called {name!r}", where="measure", hint=hint)
    return known[name]


def measure(name: str, args: Given, among: Iterable[Measure] = _MEASURES) -> float:
    """The value of the measure `name` for these arguments; numbers may be given as text.

    Raises UserError, with a suggestion, for an unknown measure and for missing, unknown or wrong arguments, and
    where a number on the way is too large for float64.
    """
    entry = find(name, among)
    try:
        with np.errstate(all="ignore"):
            return float(entry.compute(Arguments(name, entry.parameters, args)))
    except OverflowError:
        raise UserError(
            f"{name}: a number on the way is too large", where="args", hint="smaller arguments"
        ) from None


def check(name: str, args: Given, among: Iterable[Measure] = _MEASURES) -> None:
    """Raises UserError for what `measure` would refuse before it computes."""
    entry = find(name, among)
    Arguments(name, entry.parameters, args).check()
