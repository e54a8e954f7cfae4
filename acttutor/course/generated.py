"""Numeric questions whose numbers are drawn: a template and a seed make one concrete question.

The same seed gives the same question on every machine: of Python's generator only `random()` is used, whose
sequence is promised not to change (https://docs.python.org/3/library/random.html, "Notes on Reproducibility").
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from acttutor.course.computing import computed
from acttutor.course.model_questions import Mistake, Number, NumericAnswer, Question, Template
from acttutor.course.placeholders import ANSWER, drawn_name, filled, shown
from acttutor.course.questions import within
from acttutor.errors import UserError


class DrawError(UserError):
    """A number of a template that cannot be computed; `steps` lead to it from the top of the question."""

    def __init__(self, cause: UserError, steps: tuple[str | int, ...]) -> None:
        super().__init__(cause.message, where=cause.where, hint=cause.hint)
        self.steps = steps


@dataclass(frozen=True, slots=True)
class Draw:
    """What one seed gives: the numbers by name, the right answer, what each mistake comes to."""

    values: Mapping[str, float]
    shown: Mapping[str, str]
    answer: float
    mistakes: tuple[float, ...]


def instance(question: Question, seed: int) -> Question:
    """The question as it is asked: numbers drawn by the seed, computed, and written into its texts.

    A question without a template is its own instance. Foreseen mistakes that would count as right, or that
    no number stands for, are dropped for this draw. Raises UserError where a measure refuses its arguments or
    the answer is no finite number.
    """
    template = question.template
    if template is None:
        return question
    made = draw(template, question.id, seed)
    if not math.isfinite(made.answer):
        raise UserError(f"the answer comes to {made.answer}", where=question.id)
    told = dict(made.shown)

    def fill(text: str) -> str:
        return filled(text, told) if template.variables else text

    mistakes = tuple(
        Mistake(value, mistake.tolerance, fill(mistake.why), mistake.misconception)
        for mistake, value in zip(template.mistakes, made.mistakes, strict=True)
        if math.isfinite(value) and not within(value, made.answer, template.tolerance)
    )
    numeric = NumericAnswer(made.answer, template.tolerance, fill(template.why), mistakes, template.decimals)
    return replace(
        question,
        prompt=fill(question.prompt),
        hints=tuple(map(fill, question.hints)),
        numeric=numeric,
        template=None,
    )


def draw(template: Template, id: str, seed: int) -> Draw:
    """The numbers that a seed gives to the template of the question `id`.

    Raises DrawError where a measure refuses its arguments.
    """
    generator = Random(f"{id}:{seed}")
    values: dict[str, float] = {}
    texts: dict[str, str] = {}
    for variable in template.variables:
        if variable.number is not None:
            values[variable.name] = _evaluated(variable.number, values, "variables", variable.name)
        else:
            values[variable.name] = variable.choices[int(generator.random() * len(variable.choices))]
        texts[variable.name] = shown(values[variable.name], variable.decimals)
    answer = _evaluated(template.answer, values, "answer")
    texts[ANSWER] = shown(answer, template.decimals)
    if not math.isfinite(answer):  # nothing can be said of mistakes then, and measures would refuse it
        return Draw(values, texts, answer, (math.nan,) * len(template.mistakes))
    known = {**values, ANSWER: answer}
    mistakes = tuple(
        _evaluated(wrong.number, known, "answer", "mistakes", index)
        for index, wrong in enumerate(template.mistakes)
    )
    return Draw(values, texts, answer, mistakes)


def _evaluated(number: Number, values: Mapping[str, float], *steps: str | int) -> float:
    try:
        return evaluated(number, values)
    except UserError as cause:
        raise DrawError(cause, steps) from cause


def evaluated(number: Number, values: Mapping[str, float]) -> float:
    """What a number of a template comes to for these drawn values; UserError for a name that has none."""
    if number.value is not None:
        return _replaced(number.value, values)
    args = tuple((name, _argument(value, values)) for name, value in number.args)
    return computed(number.measure, args)


def _argument(value: str | float, values: Mapping[str, float]) -> str | float:
    return value if isinstance(value, str) and drawn_name(value) is None else _replaced(value, values)


def _replaced(value: str | float, values: Mapping[str, float]) -> float:
    if not isinstance(value, str):
        return value
    name = drawn_name(value)
    if name is None or name not in values:
        raise UserError(f"{value} is no number here", where="variables")
    return values[name]
