"""Questions put to a learner: the order of the options, what a typed number means, right or wrong and why."""

import math
import re
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize
from zlib import crc32

from acttutor.course.model_questions import Mistake, NumericAnswer, Option, Question, QuestionType
from acttutor.errors import UserError

_LONGEST_NUMBER: Final = 64
_DECIMAL: Final = r"(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_TERM: Final = re.compile(
    rf"(?P<sign>[+-]*)(?P<base>{_DECIMAL})(?:\^(?P<exponent>[+-]?{_DECIMAL}))?(?P<percent>%?)", re.ASCII
)
_SUPERSCRIPTS: Final = re.compile("[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_VULGAR_AFTER_DIGIT: Final = re.compile("[0-9０-９][¼-¾⅐-⅞]")
_TIMES_X: Final = re.compile(r"(?<=[\d.])x(?=10\^)", re.ASCII)
_SIGNS: Final = str.maketrans("−–—×·⋅∗⁄÷", "---****//")
# Tolerances are written in decimal, and 0.3 - 0.1 is not 0.2; a few roundings more are forgiven.
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class ChoiceResponse:
    """The ids of the options a learner chose, in any order."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumericResponse:
    """The number a learner typed, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class OrderResponse:
    """The ids of all options of an order question, in the order a learner put them."""

    ids: tuple[str, ...]


Response = ChoiceResponse | NumericResponse | OrderResponse


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one answer is right or wrong; `option` is empty for a number, `given` says it was the learner's.

    In an order question a mistake has no `option` either; the options follow in the right order, each `given`
    where the learner had it in its place.
    """

    option: str
    why: str
    correct: bool
    given: bool
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Right or wrong, the reasons (those of what was answered first), and which wrong ideas showed."""

    correct: bool
    reasons: tuple[Reason, ...]
    misconceptions: tuple[str, ...]


def presented(question: Question, seed: int) -> tuple[Option, ...]:
    """The options in the order this seed gives them; the same on every machine, another for each question.

    The options of an order question are never shown in the right order.
    """
    from numpy.random import default_rng  # a quiz begins long after the first screen; numpy need not be there

    if len(question.options) < 2:
        return question.options
    generator = default_rng([seed % 2**64, crc32(question.id.encode())])
    while True:
        order = generator.permutation(len(question.options))
        shown = tuple(question.options[index] for index in order)
        if question.type is not QuestionType.ORDER or shown != question.options:
            return shown


def judge(question: Question, response: Response) -> Judgement:
    """Whether a response is right, and why; `multiple` wants exactly the right options, `order` every option.

    Raises UserError for an option the question lacks, for a text that is no number, for an order that leaves
    one out, and for a response of another kind; also for a template, which is judged by its `instance`.
    """
    if question.template is not None:
        raise UserError("this question has no numbers yet", where=question.id)
    if question.type is QuestionType.NUMERIC:
        if question.numeric is None or not isinstance(response, NumericResponse):
            raise UserError("this question is answered by a number", where=question.id)
        value = parse_number(response.text)
        if value is None:
            raise UserError(
                f"{response.text.strip()!r} is no number",
                where=question.id,
                hint="such as 0.25, 1/4 or 2.5e-1",
            )
        return _judge_number(question.numeric, value)
    if question.type is QuestionType.ORDER:
        if not isinstance(response, OrderResponse):
            raise UserError("this question is answered by an order", where=question.id)
        return _judge_order(question, response)
    if not isinstance(response, ChoiceResponse):
        raise UserError("this question is answered by its options", where=question.id)
    return _judge_choice(question, response)


def parse_number(text: str) -> float | None:
    """The finite number a learner meant, or None where it is none.

    Understands `0.25`, `.25`, `1/4`, `2.5e-1`, `25%`, `10^-3`, `6×10⁻³` and full-width digits: products and
    quotients of powers are worked out, sums are not.
    """
    if len(text) > _LONGEST_NUMBER or _VULGAR_AFTER_DIGIT.search(text):
        return None
    raised = _SUPERSCRIPTS.sub(lambda match: "^" + match[0], text)
    plain = "".join(normalize("NFKC", raised).translate(_SIGNS).lower().split())
    plain = _TIMES_X.sub("*", plain.lstrip("=≈~").replace("**", "^"))
    plain = re.sub(r"\^\(([^()]*)\)", r"^\1", plain)
    parts = re.split(r"([*/])", plain)
    value = _term(parts[0])
    for operator, part in zip(parts[1::2], parts[2::2], strict=True):
        factor = _term(part)
        if value is None or factor is None or (operator == "/" and factor == 0):
            return None
        value = value * factor if operator == "*" else value / factor
    return value if value is not None and math.isfinite(value) else None


def within(value: float, target: float, tolerance: float) -> bool:
    """Whether a value lies within an absolute tolerance of its target, roundings forgiven."""
    return abs(value - target) <= tolerance + _ROUNDING * max(abs(value), abs(target))


def _term(text: str) -> float | None:
    match = _TERM.fullmatch(text)
    if match is None or len(match["sign"]) > 1:
        return None
    try:
        value = math.pow(float(match["base"]), float(match["exponent"] or 1))
    except (OverflowError, ValueError):
        return None
    signed = -value if match["sign"] == "-" else value
    return signed / 100 if match["percent"] else signed


def _judge_choice(question: Question, response: ChoiceResponse) -> Judgement:
    chosen = tuple(question.option(id) for id in dict.fromkeys(response.ids))
    others = tuple(option for option in question.options if option not in chosen)
    reasons = tuple(
        Reason(option.id, option.why, option.correct, option in chosen, option.misconception)
        for option in chosen + others
    )
    right = {option.id for option in question.options if option.correct}
    wrong_ideas = (option.misconception for option in chosen if not option.correct and option.misconception)
    return Judgement({option.id for option in chosen} == right, reasons, tuple(dict.fromkeys(wrong_ideas)))


def _judge_order(question: Question, response: OrderResponse) -> Judgement:
    """Right in exactly the right order; otherwise every foreseen mistake that it shows comes first."""
    right = tuple(option.id for option in question.options)
    places = {question.option(id).id: place for place, id in enumerate(response.ids)}
    if sorted(response.ids) != sorted(right):
        raise UserError("an order has every option once", where=question.id, hint=f"there are {len(right)}")
    made = [m for m in question.order_mistakes if places[m.first] < places[m.then]]
    mistakes = tuple(Reason("", mistake.why, False, True, mistake.misconception) for mistake in made)
    reasons = tuple(
        Reason(option.id, option.why, True, places[option.id] == place)
        for place, option in enumerate(question.options)
    )
    wrong_ideas = (mistake.misconception for mistake in made if mistake.misconception)
    return Judgement(response.ids == right, mistakes + reasons, tuple(dict.fromkeys(wrong_ideas)))


def _judge_number(answer: NumericAnswer, value: float) -> Judgement:
    if within(value, answer.value, answer.tolerance):
        return Judgement(True, (Reason("", answer.why, True, True),), ())
    right = Reason("", answer.why, True, False)
    mistake = _mistake(answer, value)
    if mistake is None:
        return Judgement(False, (right,), ())
    made = Reason("", mistake.why, False, True, mistake.misconception)
    return Judgement(False, (made, right), (mistake.misconception,) if mistake.misconception else ())


def _mistake(answer: NumericAnswer, value: float) -> Mistake | None:
    """The foreseen mistake nearest to the value, among those whose tolerance it keeps."""
    fitting = [mistake for mistake in answer.mistakes if within(value, mistake.value, mistake.tolerance)]
    return min(fitting, key=lambda mistake: abs(value - mistake.value), default=None)
