"""What a learner did, as small immutable facts; everything else about a learner is derived from them.

An event is never changed and never taken back. Its fields have JSON types only, so that the stored body of
an event, a line of an export and the value in memory are the same thing. A field may be added with a
default (older bodies then read as that default); none is ever renamed or given another meaning.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Annotated

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=2000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Confidence(IntEnum):
    """How sure a learner says to be, before seeing whether the answer is right."""

    GUESS = 1
    THINK = 2
    SURE = 3


class Answered(msgspec.Struct, frozen=True, tag="answered", tag_field="kind"):
    """A question was answered; holds all that a schedule needs to be computed from scratch later.

    `response` is what was chosen (option ids joined by commas, of an order question in their order) or typed.
    `revision` is the question's at that time. `seed` gave the order of the options and the numbers of a
    template. `seconds` ran from the question being shown to the answer.
    `hints` counts the hints seen first. `repeat` marks the second try within one session, right after the
    reasons were read.
    """

    question: Name
    revision: Count
    concept: Name
    lesson: Name
    response: Text
    correct: bool
    confidence: Confidence | None = None
    misconceptions: tuple[Name, ...] = ()
    seed: int = 0
    seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    hints: Count = 0
    repeat: bool = False


class HintShown(msgspec.Struct, frozen=True, tag="hint-shown", tag_field="kind"):
    """Hint number `index` (from 0) of a question was shown."""

    question: Name
    index: Count


class LessonOpened(msgspec.Struct, frozen=True, tag="lesson-opened", tag_field="kind"):
    """A lesson was opened."""

    lesson: Name


class PageOpened(msgspec.Struct, frozen=True, tag="page-opened", tag_field="kind"):
    """A page came on screen: where the learner continues next time."""

    lesson: Name
    page: Name


class PageRead(msgspec.Struct, frozen=True, tag="page-read", tag_field="kind"):
    """A page was read to its end and left forwards."""

    lesson: Name
    page: Name


class BlockSeen(msgspec.Struct, frozen=True, tag="block-seen", tag_field="kind"):
    """A live block of a page was used."""

    lesson: Name
    page: Name
    block: Name


class PredictionLocked(msgspec.Struct, frozen=True, tag="prediction-locked", tag_field="kind"):
    """A prediction was locked in, before the page showed what is true; never graded."""

    lesson: Name
    block: Name
    response: Text


class SettingChanged(msgspec.Struct, frozen=True, tag="setting-changed", tag_field="kind"):
    """A setting (`language`, `theme`) was given a value."""

    name: Name
    value: Text


Event = (
    Answered
    | HintShown
    | LessonOpened
    | PageOpened
    | PageRead
    | BlockSeen
    | PredictionLocked
    | SettingChanged
)


class Record(msgspec.Struct, frozen=True):
    """An event with its name and its moment.

    `id` is unique on all machines and sorts in the order of recording (see `ids.py`); `at` is in UTC, exact
    to the microsecond.
    """

    id: str
    at: datetime
    event: Event


_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode(event: Event) -> bytes:
    """The event as a JSON object with its `kind`.

    Raises ValueError for an event that could not be read back: a programming error, caught before it is
    stored.
    """
    body = _ENCODER.encode(event)
    if _DECODER.decode(body) != event:
        raise ValueError(f"an event that does not survive JSON: {event!r}")
    return body


def decode(body: bytes | str) -> Event:
    """The event of a JSON body; msgspec.DecodeError (a ValueError) when it is none."""
    return _DECODER.decode(body)


def kind(event: Event) -> str:
    """The name of the kind of event, as stored."""
    return str(event.__struct_config__.tag)
