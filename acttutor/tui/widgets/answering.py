"""What a question and the place where it is answered tell each other."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from textual.message import Message

from acttutor.course.questions import Response

LETTERS = "ABCDEFGH"
"""What options are called, in the order in which they are shown."""


@dataclass
class Given(Message):
    """The learner hands an answer in."""

    response: Response


@dataclass
class Refused(Message):
    """What was handed in is no answer yet; `text` says what would be one."""

    text: str


@dataclass
class HintWanted(Message):
    """The learner asks for a hint."""


class Stage(StrEnum):
    """Where the learner is in the question."""

    ANSWER = "answer"
    CONFIDENCE = "confidence"
    REVEALED = "revealed"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a learner has done so far on a question, to go on from when its view is made anew.

    `given` holds the ids chosen or in their order, or what was typed; `begun` is when the question first had
    the learner's attention.
    """

    stage: Stage = Stage.ANSWER
    given: tuple[str, ...] = ()
    hints: int = 0
    begun: datetime | None = None
