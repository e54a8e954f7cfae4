"""The registry of activations: the door through which everything else gets them.

apply("elu", {"alpha": 0.5}).value(x)        apply("sigmoid(relu)").derivative(x)
"""

from collections.abc import Mapping
from functools import lru_cache

from acttutor.errors import UserError, did_you_mean
from acttutor.nn.catalogue import ENTRIES
from acttutor.nn.composition import compose
from acttutor.nn.kinds import Activation, Applied, Card, Functions, Kind, Parameter

__all__ = [
    "Activation",
    "Applied",
    "Card",
    "Functions",
    "Kind",
    "Parameter",
    "activations",
    "apply",
    "get",
    "names",
]

_DEEPEST = 6
_BY_NAME = {entry.name: entry for entry in ENTRIES}
_BY_ALIAS = {alias: entry for entry in ENTRIES for alias in (entry.name, *entry.aliases)}


def names(*kinds: Kind) -> tuple[str, ...]:
    """All names in the registry's order, or those of the given kinds only."""
    return tuple(entry.name for entry in activations(*kinds))


def activations(*kinds: Kind) -> tuple[Activation, ...]:
    """All entries in the registry's order, or those of the given kinds only."""
    return tuple(entry for entry in ENTRIES if not kinds or entry.kind in kinds)


def get(name: str) -> Activation:
    """The activation of this name, alias (`lrelu`, `logistic`), or composition (`sigmoid(relu)`).

    Case, spaces and hyphens do not matter. Raises UserError, with a suggestion, when there is none.
    """
    return _parsed(name.strip(), _DEEPEST)


def apply(text: str, params: Mapping[str, float] | None = None) -> Applied:
    """The activation `text` with `params` over its defaults; in a composition `outer.alpha`, `inner.alpha`.

    Raises UserError for an unknown name or parameter, a value outside the domain, and what is only a card.
    """
    activation = get(text)
    if activation.kind is Kind.CARD:
        raise UserError(
            f"{activation.name} is only described here: it is a layer with weights of its own",
        )
    return Applied(activation, tuple(activation.resolved(params).items()))


@lru_cache(maxsize=256)
def _parsed(text: str, depth: int) -> Activation:
    if not text.endswith(")"):
        return _single(text)
    outer, bracket, inner = text[:-1].partition("(")
    if not bracket:
        raise UserError(f"{_shown(text)} has a closing bracket too many")
    if depth == 0:
        raise UserError(f"{_shown(text)} is nested more than {_DEEPEST} deep")
    return compose(_single(outer), _parsed(inner.strip(), depth - 1))


def _single(text: str) -> Activation:
    key = text.strip().lower().replace("-", "_").replace(" ", "_")
    if key in _BY_ALIAS:
        return _BY_ALIAS[key]
    hint = did_you_mean(key, _BY_ALIAS) if len(key) <= 64 else ""
    raise UserError(
        f"there is no activation called {_shown(text)}",
        hint=hint or "`acttutor activations` lists them",
    )


def _shown(text: str) -> str:
    """A name as an error message quotes it: escaped, and not longer than a line."""
    return repr(text if len(text) <= 64 else text[:61] + "...")
