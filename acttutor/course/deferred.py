"""Parts of a course that are read when they are first asked for, so that opening it does not read every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

Fill = Callable[[], Mapping[str, object]]
"""Gives the fields that are still missing, by name."""


class Deferred:
    """A dataclass of which some fields may come later: the first that is asked for brings all that are missing.

    Made by its constructor it is a plain dataclass. Asking twice at once, from two threads, reads twice and
    gives the same.
    """

    __slots__ = ("_fill",)

    if not TYPE_CHECKING:  # a type checker knows the fields; with this it would believe in any other, too

        def __getattr__(self, name: str) -> object:
            if name == "_fill" or name not in type(self).__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            fields = self._fill()
            for field, value in fields.items():
                object.__setattr__(self, field, value)
            return fields[name]


D = TypeVar("D", bound=Deferred)


def deferred(type_: type[D], fill: Fill, **known: Any) -> D:
    """A `type_` of which only some fields are known; `fill` gives the others when one of them is asked for."""
    made = object.__new__(type_)
    for field, value in {**known, "_fill": fill}.items():
        object.__setattr__(made, field, value)
    return made
