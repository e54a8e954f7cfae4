"""Whether what a lesson says of numbers is true: claims are computed, predictions and answers can be."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from acttutor.course.assemble import arguments, bound, computed
from acttutor.course.blocks import ClaimKeys, PredictKeys, given
from acttutor.course.document import Problem
from acttutor.course.model import Arguments, Scale
from acttutor.course.parser import ParsedBlock
from acttutor.course.places import Step, error, node_at, place, told
from acttutor.errors import UserError, did_you_mean
from acttutor.experiments.arguments import Arguments as Declared
from acttutor.experiments.arguments import Type
from acttutor.experiments.claims import Bound, holds
from acttutor.experiments.measures import measures

_BOUNDS: Final = ("equals", "below", "above", "between")


@dataclass(frozen=True, slots=True)
class Use:
    """One place in a block that names a measure, and the bound its value must keep, if any."""

    steps: tuple[Step, ...]
    measure: str
    args: Arguments
    bound: Bound | None = None
    scale: Scale = Scale.LINEAR


def check_measures(block: ParsedBlock, path: str, static: bool) -> Iterator[Problem]:
    """Measures and arguments exist; unless `static`, they can be computed and claims hold."""
    for use in uses(block):
        try:
            if static:
                check_arguments(use.measure, dict(use.args))
            else:
                yield from _check_value(use, computed(use.measure, use.args), block, path)
        except UserError as cause:
            yield told(path, _blamed(use, cause, block), "measure", cause)


def uses(block: ParsedBlock) -> Iterator[Use]:
    """Every measure a block names; those of questions are computed when they are assembled."""
    match block.keys:
        case ClaimKeys(check=check):
            yield Use(("check",), check.measure, arguments(check.args), bound(check))
        case PredictKeys(answer=predicted) if (number := given(predicted)) is not None:
            yield Use(("answer",), number.measure, arguments(number.args), scale=number.scale)
        case _:
            return


def check_arguments(name: str, args: dict[str, str | float]) -> None:
    """Raises UserError, with a suggestion, for what `measure` would refuse before it computes."""
    entry = next((entry for entry in measures() if entry.name == name), None)
    if entry is None:
        names = tuple(entry.name for entry in measures())
        hint = did_you_mean(name, names) or f"the measures are {', '.join(names)}"
        raise UserError(f"there is no measure called {name!r}", where="measure", hint=hint)
    declared = Declared(entry.name, entry.parameters, args)
    for argument in entry.parameters:
        if argument.name in args:
            match argument.type:
                case Type.NUMBER:
                    declared.number(argument.name)
                case Type.WHOLE:
                    declared.whole(argument.name)
                case Type.FLAG:
                    declared.flag(argument.name)


def _check_value(use: Use, value: float, block: ParsedBlock, path: str) -> Iterator[Problem]:
    if use.bound is not None and not holds(use.bound, value):
        key = next((k for k in _BOUNDS if node_at(block.node, *use.steps, k) is not None), "measure")
        message = f"measured {value:.10g}, which is not {use.bound}"
        yield error(
            path, place(block.node, *use.steps, key), "claim-false", message, "correct text and bound"
        )
    if use.bound is None and not _predictable(value, use.scale):
        message = f"the number to predict is {value:g}, which {use.scale} cannot compare"
        at = place(block.node, *use.steps, "measure")
        yield error(path, at, "measure", message, "choose arguments that give a finite number")


def _predictable(value: float, scale: Scale) -> bool:
    return math.isfinite(value) and (scale is not Scale.LOG10 or value > 0)


def _blamed(use: Use, cause: UserError, block: ParsedBlock) -> tuple[int, int]:
    """The argument that the message names, where it is written; else the measure."""
    for name, _ in use.args:
        key = (*use.steps, "args", name)
        if node_at(block.node, *key) is not None and re.search(rf"\b{re.escape(name)}\b", cause.message):
            return place(block.node, *key)
    return place(block.node, *use.steps, "measure")
