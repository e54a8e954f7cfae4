"""Questions as plain data: options, numbers, orders, and templates from which numbers are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from acttutor.errors import UserError, did_you_mean

Arguments = tuple[tuple[str, str | float], ...]
"""The arguments of a measure by name, in the order they were written; in a template also `{name}`."""


class QuestionType(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question, why it is right or wrong, and the misconception a wrong one catches.

    In an order question an option is one step, `why` says why it stands where it does, and all are `correct`.
    """

    id: str
    text: str
    why: str
    correct: bool = False
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class OrderMistake:
    """Two steps the wrong way round: the learner put `first` before `then`."""

    first: str
    then: str
    why: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A number that comes out when one particular thing goes wrong."""

    value: float
    tolerance: float
    why: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class NumericAnswer:
    """The right number, within an absolute tolerance, why it is right, and the wrong numbers foreseen.

    `decimals` says how it is shown; None for six significant digits.
    """

    value: float
    tolerance: float
    why: str
    mistakes: tuple[Mistake, ...] = ()
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is written (`value`), or drawn (`{name}`), or what a measure computes."""

    value: float | str | None = None
    measure: str = ""
    args: Arguments = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """One name in a template: drawn from `choices`, or else computed, and shown with `decimals`."""

    name: str
    choices: tuple[float, ...] = ()
    number: Number | None = None
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class TemplateMistake:
    """A foreseen wrong number, still to be computed."""

    number: Number
    tolerance: float
    why: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """How the answer of a numeric question comes about: drawn variables, then what is computed from them.

    Without variables every draw is the same: the number is then only computed when the question is asked.
    """

    variables: tuple[Variable, ...]
    answer: Number
    tolerance: float
    why: str
    mistakes: tuple[TemplateMistake, ...] = ()
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `options` for choice, multiple and order (in the right order), else `numeric` or `template`.

    A question with a `template` is not asked as it stands: `generated.instance` makes it concrete.
    """

    id: str
    revision: int
    type: QuestionType
    concept: str
    scenario: bool
    prompt: str
    options: tuple[Option, ...]
    numeric: NumericAnswer | None
    hints: tuple[str, ...]
    evidence: str | None
    line: int
    order_mistakes: tuple[OrderMistake, ...] = ()
    template: Template | None = None

    @property
    def generated(self) -> bool:
        """Whether another seed may give other numbers."""
        return self.template is not None and bool(self.template.variables)

    def option(self, id: str) -> Option:
        """The option called `id`; a UserError when the question has no such option."""
        for option in self.options:
            if option.id == id:
                return option
        hint = did_you_mean(id, (option.id for option in self.options))
        raise UserError(f"no option {id!r}", where=self.id, hint=hint, title="Option not found")
