"""Whether what a lesson says of numbers is true: claims are computed, predictions can be."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from acttutor.course.assemble import bound
from acttutor.course.blocks import ClaimKeys, PredictKeys
from acttutor.course.computing import computed
from acttutor.course.document import Problem
from acttutor.course.keys import Args, given
from acttutor.course.making import arguments
from acttutor.course.model_blocks import Scale
from acttutor.course.model_questions import Arguments
from acttutor.course.parser import ParsedBlock
from acttutor.course.placeholders import drawn_name
from acttutor.course.places import Step, error, node_at, place, told
from acttutor.course.question_keys import QuizKeys
from acttutor.errors import UserError, did_you_mean
from acttutor.experiments import measures
from acttutor.experiments.arguments import Arguments as Declared
from acttutor.experiments.arguments import Type
from acttutor.experiments.claims import Bound, holds

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
    """Measures and arguments exist; unless `static`, they can be computed and claims hold.

    The numbers of questions are computed by `lint_numbers`.
    """
    for use in uses(block):
        try:
            if static:
                check_arguments(use.measure, dict(use.args))
            elif not isinstance(block.keys, QuizKeys):
                yield from _check_value(use, computed(use.measure, use.args), block, path)
        except UserError as cause:
            yield told(path, blamed(use, cause, block), "measure", cause)
            yield from misnamed(use, block, path)


def uses(block: ParsedBlock) -> Iterator[Use]:
    """Every measure a block names."""
    match block.keys:
        case ClaimKeys(check=check):
            yield Use(("check",), check.measure, arguments(check.args), bound(check))
        case PredictKeys(answer=predicted) if (number := given(predicted)) is not None:
            yield Use(("answer",), number.measure, arguments(number.args), scale=number.scale)
        case QuizKeys() as quiz:
            yield from _question_uses(quiz)
        case _:
            return


def _question_uses(quiz: QuizKeys) -> Iterator[Use]:
    for name, variable in quiz.variables.items():
        if (measure := given(variable.measure)) is not None:
            yield Use(("variables", name), measure, arguments(variable.args))
    answer = given(quiz.answer)
    if answer is None:
        return
    if (measure := given(answer.measure)) is not None:
        yield Use(("answer",), measure, arguments(answer.args))
    for index, mistake in enumerate(answer.mistakes):
        if (measure := given(mistake.measure)) is not None:
            yield Use(("answer", "mistakes", index), measure, arguments(mistake.args))


def check_arguments(name: str, args: Args) -> None:
    """Raises UserError, with a suggestion, for what `measure` would refuse before it computes.

    An argument that is drawn, `{name}`, has no number yet: only that there is such an argument is checked.
    """
    drawn = {key for key, value in args.items() if isinstance(value, str) and drawn_name(value) is not None}
    if not drawn:
        measures.check(name, args)
        return
    declared = measures.find(name).parameters
    Declared(name, declared, args)
    Declared(
        name,
        tuple(argument for argument in declared if argument.name not in drawn),
        {key: value for key, value in args.items() if key not in drawn},
    ).check()


def misnamed(use: Use, block: ParsedBlock, path: str) -> Iterator[Problem]:
    """The arguments that a measure does not have, where it lacks others: one may stand for the other."""
    try:
        declared = measures.find(use.measure).parameters
    except UserError:
        return
    lacking = [part for part in declared if part.default is None and part.name not in dict(use.args)]
    if not lacking or any(part.type is Type.ACTIVATION for part in lacking):
        return  # without its activation nobody knows which parameters there are
    filled: dict[str, str | float] = {part.name: 0.0 for part in lacking}
    needed = {part.name: value for part in declared if (value := dict(use.args).get(part.name)) is not None}
    for name, value in use.args:
        try:
            Declared(use.measure, declared, {**needed, **filled, name: value})
        except UserError as cause:
            names = [part.name for part in lacking]
            advice = did_you_mean(name, names) or f"did you mean {' or '.join(names)}?"
            yield error(path, place(block.node, *use.steps, "args", name), "measure", cause.message, advice)


def blamed(use: Use, cause: UserError, block: ParsedBlock) -> tuple[int, int]:
    """The argument that the message names, where it is written; else the measure."""
    for name, _ in use.args:
        key = (*use.steps, "args", name)
        if node_at(block.node, *key) is not None and re.search(rf"\b{re.escape(name)}\b", cause.message):
            return place(block.node, *key)
    return place(block.node, *use.steps, "measure")


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
