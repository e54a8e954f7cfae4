"""The exact keys of a question, of every type."""

from decimal import Decimal
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from acttutor.course.keys import (
    Args,
    Drawn,
    Id,
    Keys,
    NotNegative,
    Positive,
    Text,
    VariableName,
    one_origin,
)
from acttutor.course.model_questions import QuestionType

MOST_CHOICES: Final = 1000
Decimals = Annotated[int, Meta(ge=0, le=12)]


class OptionKeys(Keys, frozen=True, kw_only=True):
    """One answer to a question."""

    id: Id
    correct: bool = False
    text: Text
    why: Annotated[Text, Meta(description="why it is right or wrong; in an order, why it stands there")]
    misconception: Annotated[Id | UnsetType, Meta(description="the wrong idea it catches")] = UNSET


class OrderMistakeKeys(Keys, frozen=True, kw_only=True):
    """In an order: two options the wrong way round."""

    first: Annotated[Id, Meta(description="the option the learner put earlier")]
    then: Annotated[Id, Meta(description="the option that belongs before it")]
    why: Annotated[Text, Meta(description="what goes wrong")]
    misconception: Annotated[
        Id | UnsetType, Meta(description="the wrong idea it shows; a mere slip shows none")
    ] = UNSET


class VariableKeys(Keys, frozen=True, kw_only=True):
    """One name of a template: `choices`; or `from`, `to`, `step`; or `measure` with `args`."""

    choices: Annotated[tuple[float, ...], Meta(description="2 or more numbers to draw from")] = ()
    low: Annotated[float | UnsetType, Meta(description="least number drawn")] = msgspec.field(
        name="from", default=UNSET
    )
    high: Annotated[float | UnsetType, Meta(description="greatest number drawn")] = msgspec.field(
        name="to", default=UNSET
    )
    step: Annotated[Positive | UnsetType, Meta(description="distance between them")] = UNSET
    measure: Annotated[Text | UnsetType, Meta(description="computed, not drawn")] = UNSET
    args: Annotated[Args, Meta(description='its arguments; "{name}" for a variable above')] = msgspec.field(
        default_factory=dict
    )
    decimals: Annotated[Decimals | UnsetType, Meta(description="how a computed one is shown")] = UNSET

    def __post_init__(self) -> None:
        """The values come from one place, and there are some to choose from."""
        stepped = [key for key in (self.low, self.high, self.step) if key is not UNSET]
        if bool(self.choices) + bool(stepped) + (self.measure is not UNSET) != 1:
            raise ValueError("give choices, or from, to and step, or a measure")
        if stepped and len(stepped) != 3:
            raise ValueError("from, to and step belong together")
        if self.measure is UNSET and (self.args or self.decimals is not UNSET):
            raise ValueError("args and decimals belong to a measure")
        if self.measure is UNSET and not 2 <= len(set(self.values())) <= MOST_CHOICES:
            raise ValueError(f"there must be 2 to {MOST_CHOICES} different numbers to draw from")

    def values(self) -> tuple[float, ...]:
        """The numbers to draw from, as they are written: 0.1, 0.3, 0.5 and not 0.30000000000000004."""
        if isinstance(self.low, UnsetType) or isinstance(self.high, UnsetType):
            return self.choices
        low, high = Decimal(repr(self.low)), Decimal(repr(self.high))
        step = Decimal(repr(self.step))
        count = min(int((high - low) / step) if high >= low else -1, MOST_CHOICES)
        return tuple(float(low + step * index) for index in range(count + 1))


class MistakeKeys(Keys, frozen=True, kw_only=True):
    """A foreseen wrong number: `value`, or `measure` with `args`."""

    value: Annotated[float | Drawn | UnsetType, Meta(description='a number, or "{name}"')] = UNSET
    measure: Annotated[Text | UnsetType, Meta(description="a name from `acttutor claims --measures`")] = UNSET
    args: Annotated[Args, Meta(description="its arguments by name")] = msgspec.field(default_factory=dict)
    tolerance: Annotated[NotNegative, Meta(description="absolute")]
    why: Annotated[Text, Meta(description="what went wrong")]
    misconception: Annotated[
        Id | UnsetType, Meta(description="the wrong idea it shows; a mere slip shows none")
    ] = UNSET

    def __post_init__(self) -> None:
        """The number comes from one place."""
        one_origin(self.value, self.measure, self.args)


class NumberKeys(Keys, frozen=True, kw_only=True):
    """The right number: `value`, or `measure` with `args`."""

    value: Annotated[float | Drawn | UnsetType, Meta(description='a number, or "{name}"')] = UNSET
    measure: Annotated[Text | UnsetType, Meta(description="a name from `acttutor claims --measures`")] = UNSET
    args: Annotated[Args, Meta(description='its arguments by name; "{name}" for a variable')] = msgspec.field(
        default_factory=dict
    )
    decimals: Annotated[Decimals | UnsetType, Meta(description="how it is shown; else six digits")] = UNSET
    tolerance: Annotated[NotNegative, Meta(description="absolute")]
    why: Annotated[Text, Meta(description="why this is the number")]
    mistakes: tuple[MistakeKeys, ...] = ()

    def __post_init__(self) -> None:
        """The number comes from one place."""
        one_origin(self.value, self.measure, self.args)


class QuizKeys(Keys, frozen=True, kw_only=True):
    """A graded question."""

    id: Annotated[Id, Meta(description="stable, unique in the course")]
    revision: Annotated[int, Meta(ge=1, description="raised when the question changes in substance")] = 1
    type: Annotated[QuestionType, Meta(description="how it is answered")]
    concept: Annotated[Id, Meta(description="the concept it asks about")]
    scenario: Annotated[bool, Meta(description="asks to apply, in a situation")] = False
    prompt: Text
    options: Annotated[
        tuple[OptionKeys, ...],
        Meta(description="2 to 8 for choice and multiple; 3 to 7 in the right order for order"),
    ] = ()
    mistakes: Annotated[tuple[OrderMistakeKeys, ...], Meta(description="for order, one or more")] = ()
    variables: Annotated[
        dict[VariableName, VariableKeys], Meta(description="for numeric: makes it a template")
    ] = msgspec.field(default_factory=dict)
    answer: Annotated[NumberKeys | UnsetType, Meta(description="for numeric")] = UNSET
    hints: tuple[Text, ...] = ()
    evidence: Annotated[
        Id | UnsetType,
        Meta(description="for choice and multiple: the experiment whose arms the options are"),
    ] = UNSET

    def __post_init__(self) -> None:
        """Each type has its own keys."""
        numeric, order = self.type is QuestionType.NUMERIC, self.type is QuestionType.ORDER
        if numeric and (self.answer is UNSET or self.options):
            raise ValueError("a numeric question has an answer and no options")
        if not numeric and (self.answer is not UNSET or self.variables):
            raise ValueError("answer and variables belong to a numeric question")
        least, most = (3, 7) if order else (2, 8)
        if not numeric and not least <= len(self.options) <= most:
            number = len(self.options)
            raise ValueError(f"a question of type {self.type} has {least} to {most} options, not {number}")
        if order != bool(self.mistakes):
            raise ValueError("mistakes (first, then) belong to an order question, which has one or more")
        if self.evidence is not UNSET and (numeric or order):
            raise ValueError("evidence belongs to a choice or multiple question")
