"""From the keys of a question to the model: as many right options as its type has, orders, templates.

Nothing is computed here: the numbers of a question come about when it is asked (`generated.py`), so that
reading a course stays quick; the checker computes them all.
"""

from msgspec import UnsetType

from acttutor.course.keys import Args, given
from acttutor.course.making import Making, arguments
from acttutor.course.model_questions import (
    Mistake,
    Number,
    NumericAnswer,
    Option,
    OrderMistake,
    Question,
    QuestionType,
    Template,
    TemplateMistake,
    Variable,
)
from acttutor.course.placeholders import ANSWER, drawn_name
from acttutor.course.places import Step
from acttutor.course.question_keys import MistakeKeys, NumberKeys, QuizKeys, VariableKeys
from acttutor.errors import did_you_mean


def question(making: Making, body: QuizKeys) -> Question:
    """The question of a quiz block; what in it means nothing is noted in `making`."""
    _check_options(making, body)
    _check_order(making, body)
    answer = given(body.answer)
    template = _template(making, body, answer) if answer is not None else None
    numeric = _written(template) if template is not None else None
    return Question(
        id=body.id,
        revision=body.revision,
        type=body.type,
        concept=body.concept,
        scenario=body.scenario,
        prompt=body.prompt.strip(),
        options=tuple(
            Option(
                part.id,
                part.text.strip(),
                part.why.strip(),
                part.correct or body.type is QuestionType.ORDER,
                given(part.misconception),
            )
            for part in body.options
        ),
        numeric=numeric,
        hints=tuple(hint.strip() for hint in body.hints),
        evidence=given(body.evidence),
        line=making.parsed.line,
        order_mistakes=tuple(
            OrderMistake(part.first, part.then, part.why.strip(), given(part.misconception))
            for part in body.mistakes
        ),
        template=template if numeric is None else None,
    )


def _check_options(making: Making, body: QuizKeys) -> None:
    """As many right ones as the type has; a wrong one names what it catches; in an order there is neither."""
    right = sum(option.correct for option in body.options)
    if body.type is QuestionType.CHOICE and right != 1:
        making.error(("options",), "options", f"{right} options are correct", "exactly one must be")
    if body.type is QuestionType.MULTIPLE and right == 0:
        making.error(
            ("options",), "options", "no option is correct", "mark the right ones with correct: true"
        )
    making.unique(("options",), tuple(option.id for option in body.options))
    for index, option in enumerate(body.options):
        if body.type is QuestionType.ORDER:
            for key, found in (("correct", option.correct), ("misconception", given(option.misconception))):
                if found:
                    message = f"an option of an order question has no {key}"
                    making.error(
                        ("options", index, key), "options", message, "list the options in the right order"
                    )
        elif not option.correct and given(option.misconception) is None:
            message = f"the wrong option {option.id} names no misconception"
            making.error(
                ("options", index), "misconception", message, "add misconception: with one of course.yaml"
            )


def _check_order(making: Making, body: QuizKeys) -> None:
    """Each mistake of an order is one: it names two options, the later one first."""
    ids = tuple(option.id for option in body.options)
    for index, mistake in enumerate(body.mistakes):
        unknown = False
        for key, id in (("first", mistake.first), ("then", mistake.then)):
            if id not in ids:
                unknown = True
                advice = did_you_mean(id, ids) or f"the options are {', '.join(ids)}"
                making.error(("mistakes", index, key), "reference", f"there is no option {id}", advice)
        if not unknown and ids.index(mistake.first) <= ids.index(mistake.then):
            message = f"{mistake.first} before {mistake.then} is right"
            making.error(
                ("mistakes", index, "first"), "mistake", message, "name the later option under first"
            )


def _template(making: Making, body: QuizKeys, answer: NumberKeys) -> Template:
    known: tuple[str, ...] = ()
    variables = []
    for name, keys in body.variables.items():
        if name == ANSWER:
            message = "a variable cannot be called answer"
            making.error(("variables", name), "placeholder", message, "{answer} is the right number")
        variables.append(_variable(making, name, keys, known))
        known = (*known, name)
    right = _number(making, answer, ("answer",), known)
    mistakes = tuple(
        TemplateMistake(
            _number(making, mistake, ("answer", "mistakes", index), (*known, ANSWER) if known else ()),
            mistake.tolerance,
            mistake.why.strip(),
            given(mistake.misconception),
        )
        for index, mistake in enumerate(answer.mistakes)
    )
    decimals = given(answer.decimals)
    return Template(tuple(variables), right, answer.tolerance, answer.why.strip(), mistakes, decimals)


def _variable(making: Making, name: str, keys: VariableKeys, known: tuple[str, ...]) -> Variable:
    measure = given(keys.measure)
    if measure is None:
        return Variable(name, keys.values())
    _check_args(making, keys.args, ("variables", name, "args"), known)
    return Variable(name, (), Number(None, measure, arguments(keys.args)), given(keys.decimals))


def _number(
    making: Making, body: NumberKeys | MistakeKeys, steps: tuple[Step, ...], known: tuple[str, ...]
) -> Number:
    value = None if isinstance(body.value, UnsetType) else body.value
    if isinstance(value, str):
        _check_drawn(making, value, (*steps, "value"), known)
    _check_args(making, body.args, (*steps, "args"), known)
    return Number(value, given(body.measure) or "", arguments(body.args))


def _check_args(making: Making, args: Args, steps: tuple[Step, ...], known: tuple[str, ...]) -> None:
    for key, value in args.items():
        if isinstance(value, str):
            _check_drawn(making, value, (*steps, key), known)


def _check_drawn(making: Making, text: str, steps: tuple[Step, ...], known: tuple[str, ...]) -> None:
    """A `{name}` in the place of a number is a variable that stands above."""
    name = drawn_name(text)
    if name is not None and name not in known:
        listed = f"the variables above are {', '.join(known)}" if known else "no variable stands above it"
        making.error(steps, "placeholder", f"{text} is no variable here", did_you_mean(name, known) or listed)


def _written(template: Template) -> NumericAnswer | None:
    """The answer where every number is written in the file, so that nothing is to be computed or drawn."""
    value = template.answer.value
    if template.variables or not isinstance(value, float):
        return None
    mistakes = []
    for mistake in template.mistakes:
        wrong = mistake.number.value
        if not isinstance(wrong, float):
            return None
        mistakes.append(Mistake(wrong, mistake.tolerance, mistake.why, mistake.misconception))
    return NumericAnswer(value, template.tolerance, template.why, tuple(mistakes), template.decimals)
