"""The arguments of a measure: declared once, checked once, with errors that say what would be right."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from acttutor.errors import UserError, did_you_mean
from acttutor.nn.activations import Applied, Kind, apply

Given: TypeAlias = Mapping[str, str | float]


class Type(StrEnum):
    """What an argument is."""

    ACTIVATION = "activation"
    NUMBER = "number"
    WHOLE = "whole number"
    FLAG = "true or false"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument a measure takes; required when it has no default.

    A number lies from `low` to `high` (both belong to it) or, when `positive`, above 0; where `absent` is set, -inf
    is allowed too and means that there is no such number. A word is one of `choices`, if there are any.
    """

    name: str
    type: Type
    default: str | float | None = None
    low: float = -math.inf
    high: float = math.inf
    positive: bool = False
    absent: bool = False
    choices: tuple[str, ...] = ()


def number(
    name: str,
    default: float | None = None,
    *,
    low: float = -math.inf,
    high: float = math.inf,
    positive: bool = False,
    absent: bool = False,
) -> Argument:
    """An argument that is a number."""
    return Argument(name, Type.NUMBER, default, low, high, positive, absent)


def whole(name: str, default: int | None = None, *, low: float = 1, high: float = math.inf) -> Argument:
    """An argument that is a whole number."""
    return Argument(name, Type.WHOLE, default, low, high)


def flag(name: str) -> Argument:
    """An argument that is true or false, and false when it is not given."""
    return Argument(name, Type.FLAG, "false")


def word(name: str, default: str | None = None, *, choices: tuple[str, ...] = ()) -> Argument:
    """An argument that is a word."""
    return Argument(name, Type.TEXT, default, choices=choices)


def activation(name: str = "activation", default: str | None = None) -> Argument:
    """An argument that names an activation."""
    return Argument(name, Type.ACTIVATION, default)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments given to one measure, read by type; raises UserError where something is missing or wrong."""

    measure: str
    declared: tuple[Argument, ...]
    given: Given
    _known: dict[str, Argument] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {argument.name: argument for argument in self.declared})
        for argument in self.declared:
            if argument.default is None and argument.name not in self.given:
                raise UserError(
                    f"{self.measure} needs the argument {argument.name}", where="args", hint=usage(self)
                )
        self._refuse_unknown()

    def number(self, name: str) -> float:
        """A finite number, or -inf where the argument may be absent."""
        argument = self._known[name]
        raw = self._raw(name)
        try:
            value = float(raw)
        except ValueError:
            value = math.nan
        if argument.absent and value == -math.inf:
            return value
        if not math.isfinite(value):
            raise self._wrong(name, raw, "a finite number")
        if argument.positive and not value > 0.0:
            raise self._wrong(name, raw, "a number above 0")
        if value < argument.low:
            raise self._wrong(name, raw, f"at least {argument.low:g}")
        if value > argument.high:
            raise self._wrong(name, raw, f"at most {argument.high:g}")
        return value

    def whole(self, name: str) -> int:
        """A whole number."""
        value = self.number(name)
        if value != int(value):
            raise self._wrong(name, self._raw(name), "a whole number")
        return int(value)

    def flag(self, name: str) -> bool:
        """True or false, as YAML and people write it."""
        raw = str(self._raw(name)).strip().lower()
        if raw not in ("true", "false"):
            raise self._wrong(name, raw, "true or false")
        return raw == "true"

    def text(self, name: str) -> str:
        """A word, one of the argument's choices if it has any."""
        text = str(self._raw(name)).strip()
        choices = self._known[name].choices
        if choices and text not in choices:
            hint = did_you_mean(text, choices) or "one of " + ", ".join(choices)
            raise UserError(f"{self.measure}: there is no {name} called {text!r}", where="args", hint=hint)
        return text

    def activation(self, name: str = "activation") -> Applied:
        """An elementwise activation with its parameters: given by their names, or as `a.alpha` where there are two."""
        several = sum(argument.type is Type.ACTIVATION for argument in self.declared) > 1
        prefix = f"{name}." if several else ""
        params = {
            key.removeprefix(prefix): self._float(key)
            for key in self.given
            if key not in self._known and key.startswith(prefix)
        }
        applied = apply(self.text(name), params)
        if applied.activation.kind is not Kind.ELEMENTWISE:
            raise UserError(
                f"{self.measure} needs a function of one number, and {applied.name} is none", where="args"
            )
        return applied

    def activations(self, name: str = "activation") -> tuple[Applied, ...]:
        """Several activations of a mixed layer, `relu,mish`, or one with its parameters."""
        parts = self.text(name).split(",")
        if len(parts) == 1:
            return (self.activation(name),)
        return tuple(apply(part) for part in parts)

    def check(self) -> None:
        """Read every argument once, as computing would; raises UserError for the first that is wrong."""
        for argument in self.declared:
            match argument.type:
                case Type.ACTIVATION:
                    self.activations(argument.name)
                case Type.NUMBER:
                    self.number(argument.name)
                case Type.WHOLE:
                    self.whole(argument.name)
                case Type.FLAG:
                    self.flag(argument.name)
                case Type.TEXT:
                    self.text(argument.name)

    def _raw(self, name: str) -> str | float:
        raw = self.given.get(name, self._known[name].default)
        if raw is None:
            raise UserError(f"{self.measure} needs the argument {name}", where="args", hint=usage(self))
        return raw

    def _float(self, key: str) -> float:
        try:
            return float(self.given[key])
        except ValueError:
            raise self._wrong(key, self.given[key], "a number") from None

    def _wrong(self, name: str, raw: str | float, right: str) -> UserError:
        return UserError(f"{self.measure}: {name} must be {right}, not {raw!r}", where="args")

    def _refuse_unknown(self) -> None:
        allowed = list(self._known)
        for argument in self.declared:
            if argument.type is Type.ACTIVATION and argument.name in self.given:
                several = sum(other.type is Type.ACTIVATION for other in self.declared) > 1
                prefix = f"{argument.name}." if several else ""
                for part in str(self.given[argument.name]).split(","):
                    allowed += [prefix + parameter for parameter, _ in apply(part).params]
        for name in self.given:
            if name not in allowed:
                hint = did_you_mean(name, allowed) or usage(self)
                raise UserError(f"{self.measure} has no argument {name!r}", where="args", hint=hint)


def usage(arguments: Arguments) -> str:
    """`chain_factor(activation, weight, z)`, with defaults."""
    return signature(arguments.measure, arguments.declared)


def signature(measure: str, declared: tuple[Argument, ...]) -> str:
    """`mean_slope(activation, mean=0, std=1)`."""
    return f"{measure}({', '.join(_shown(argument) for argument in declared)})"


def _shown(argument: Argument) -> str:
    if argument.default is None:
        return argument.name
    default = argument.default if isinstance(argument.default, str) else f"{argument.default:g}"
    return f"{argument.name}={default}"
