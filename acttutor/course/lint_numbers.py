"""Whether the numbers of numeric questions are right in every draw: computed, finite, shown well, told apart."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from acttutor.course.assemble import block as assembled
from acttutor.course.document import Problem, Scalar, Sequence
from acttutor.course.generated import Draw, DrawError, draw
from acttutor.course.keys import given
from acttutor.course.known import Known
from acttutor.course.lint_claims import blamed, misnamed, uses
from acttutor.course.lint_text import check_prose
from acttutor.course.model_blocks import QuizBlock
from acttutor.course.model_questions import Number, Question, Template, TemplateMistake
from acttutor.course.parser import ParsedBlock, Source
from acttutor.course.placeholders import ANSWER, drawn_name, filled, placeholders
from acttutor.course.places import Step, error, node_at, place, told, warning
from acttutor.course.question_keys import QuizKeys
from acttutor.course.questions import parse_number, within
from acttutor.errors import did_you_mean

DRAWS: Final = 24
"""Seeds on which every template is tried."""


def check_numbers(block: ParsedBlock, source: Source, ids: Known, static: bool) -> Iterator[Problem]:
    """The placeholders of a numeric question, and unless `static` what its seeds draw."""
    quiz = block.keys
    if not isinstance(quiz, QuizKeys):
        return
    if quiz.variables:
        yield from _check_placeholders(block, quiz, source)
    made, problems = assembled(block, source.path)
    if isinstance(made, QuizBlock) and not problems and not static:
        yield from _check_question(block, _with_template(made.question), source, ids)


def _with_template(question: Question) -> Question:
    """A question whose numbers are all written, as a template: then all are checked in one way."""
    numeric = question.numeric
    if numeric is None:
        return question
    mistakes = tuple(
        TemplateMistake(_written(wrong.value), wrong.tolerance, wrong.why, wrong.misconception)
        for wrong in numeric.mistakes
    )
    template = Template(
        (), _written(numeric.value), numeric.tolerance, numeric.why, mistakes, numeric.decimals
    )
    return replace(question, numeric=None, template=template)


def _written(value: float) -> Number:
    return Number(value)


def _check_question(block: ParsedBlock, question: Question, source: Source, ids: Known) -> Iterator[Problem]:
    template = question.template
    if template is None:
        return
    draws: list[Draw] = []
    for seed in range(DRAWS if template.variables else 1):
        try:
            draws.append(draw(template, question.id, seed))
        except DrawError as cause:
            yield from _refused(block, cause, source.path)
            return
    for made in draws:
        problem = _draw_problem(block, template, made, source.path)
        if problem is not None:
            yield problem
            break
    yield from _check_mistakes(block, template, draws, source.path)
    if template.variables:
        yield from _check_filled(block, draws[0], source, ids)


def _refused(block: ParsedBlock, cause: DrawError, path: str) -> Iterator[Problem]:
    use = next((use for use in uses(block) if use.steps == cause.steps), None)
    at = blamed(use, cause, block) if use is not None else place(block.node, *cause.steps)
    yield told(path, at, "measure", cause)
    if use is not None:
        yield from misnamed(use, block, path)


def _draw_problem(block: ParsedBlock, template: Template, made: Draw, path: str) -> Problem | None:
    """The first thing wrong with one draw."""
    drawn = ", ".join(f"{name} = {made.shown[name]}" for name in made.values)
    when = f" when {drawn}" if drawn else ""
    answer = place(block.node, "answer")
    if not math.isfinite(made.answer):
        message = f"the answer comes to {made.answer}{when}"
        return error(path, answer, "draw", message, "draw other numbers")
    for name, value in (*made.values.items(), (ANSWER, made.answer)):
        at = answer if name == ANSWER else place(block.node, "variables", name)
        if not math.isfinite(value):
            return error(path, at, "draw", f"{name} comes to {value}{when}", "draw other numbers")
        if value == 0 and math.copysign(1, value) < 0:
            message = f"{name} comes to minus zero{when}"
            return error(path, at, "draw", message, "draw numbers of which none is 0")
        if value != 0 and made.shown[name] == "0":
            message = f"{name}, {value:.3g}, is shown as 0{when}"
            return error(path, at, "draw", message, "raise decimals, or draw other numbers")
    printed = parse_number(made.shown[ANSWER])
    if printed is None or not within(printed, made.answer, template.tolerance):
        message = (
            f"the answer {made.answer:.10g} is shown as {made.shown[ANSWER]}, which counts as wrong{when}"
        )
        at = place(block.node, "answer", "tolerance")
        return error(path, at, "tolerance", message, "raise tolerance or decimals")
    return None


def _check_mistakes(
    block: ParsedBlock, template: Template, draws: list[Draw], path: str
) -> Iterator[Problem]:
    """A mistake must be wrong in at least one draw."""
    for index in range(len(template.mistakes)):
        at = place(block.node, "answer", "mistakes", index)
        wrong, right = draws[0].mistakes[index], draws[0].answer
        if not any(math.isfinite(made.mistakes[index]) for made in draws):
            message = f"this mistake comes to {wrong}"
            yield error(path, at, "mistake", message, "choose another mistake")
        elif all(within(made.mistakes[index], made.answer, template.tolerance) for made in draws):
            always = " in every draw" if template.variables else ""
            message = f"this mistake, {wrong:.6g}, counts as right{always}: the answer is {right:.6g}"
            suggestion = "choose another mistake or a smaller tolerance of the answer"
            yield error(path, at, "mistake", message, suggestion)


def _check_placeholders(block: ParsedBlock, quiz: QuizKeys, source: Source) -> Iterator[Problem]:
    """Every `{name}` in the texts is a variable, and every variable is used."""
    names = tuple(quiz.variables)
    used = set(_used_in_args(quiz))
    for text, may_tell in _texts(block):
        known = (*names, ANSWER) if may_tell else names
        for found in placeholders(text.text, (*names, ANSWER)):
            used.add(found.name)
            if found.name in known:
                continue
            at = source.find(f"{{{found.name}}}", text.line)
            if found.name == ANSWER:
                yield error(source.path, at, "placeholder", "{answer} gives the answer away", "remove it")
            else:
                listed = f"the variables are {', '.join(names)}; write {{{{ for a brace"
                advice = did_you_mean(found.name, names) or listed
                yield error(source.path, at, "placeholder", f"there is no variable {found.name}", advice)
    for name in names:
        if name not in used:
            at = place(block.node, "variables", name)
            yield warning(source.path, at, "unused", f"nothing uses the variable {name}", "remove it")


def _used_in_args(quiz: QuizKeys) -> Iterator[str]:
    values: list[object] = [value for keys in quiz.variables.values() for value in keys.args.values()]
    if (answer := given(quiz.answer)) is not None:
        values += [answer.value, *answer.args.values()]
        for mistake in answer.mistakes:
            values += [mistake.value, *mistake.args.values()]
    for value in values:
        name = drawn_name(value) if isinstance(value, str) else None
        if name is not None:
            yield name


def _texts(block: ParsedBlock) -> Iterator[tuple[Scalar, bool]]:
    """The texts of a numeric question, and whether each is seen after the answer only."""
    ways: list[tuple[Step, ...]] = [("prompt",), ("answer", "why")]
    hints, mistakes = node_at(block.node, "hints"), node_at(block.node, "answer", "mistakes")
    ways += [("hints", index) for index in range(_length(hints))]
    ways += [("answer", "mistakes", index, "why") for index in range(_length(mistakes))]
    for way in ways:
        text = node_at(block.node, *way)
        if isinstance(text, Scalar):
            yield text, way[0] == "answer"


def _length(node: object) -> int:
    return len(node.items) if isinstance(node, Sequence) else 0


def _check_filled(block: ParsedBlock, made: Draw, source: Source, ids: Known) -> Iterator[Problem]:
    """The formulas of the texts are still formulas once numbers stand in them."""
    for text, _ in _texts(block):
        if not list(check_prose(text.text, text.line, source, ids)):
            yield from check_prose(filled(text.text, made.shown), text.line, source, ids)
