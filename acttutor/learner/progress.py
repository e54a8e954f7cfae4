"""What a learner has done so far, derived from the events and from nothing else.

`progress(records)` folds events in the order of recording. `extend` goes on from an earlier result, and gives
exactly what folding everything from the start would. Only first tries count as answers: a question that comes
back at the end of the same session, right after its reasons were read, shows short-term memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from acttutor.learner.events import (
    Answered,
    BlockSeen,
    Confidence,
    Event,
    HintShown,
    LessonOpened,
    PageOpened,
    PageRead,
    PredictionLocked,
    Record,
    SettingChanged,
)
from acttutor.learner.mastery import ConceptHistory, after_answer
from acttutor.learner.store import EventStore, Snapshot

SNAPSHOT = "progress-1"
"""The name of the saved fold; its number is raised whenever the fold or the shape of `Progress` changes."""

SNAPSHOT_EVERY = 200
"""How many events may have to be folded anew at the next start."""


class Position(msgspec.Struct, frozen=True):
    """A page of a lesson."""

    lesson: str
    page: str


class LessonHistory(msgspec.Struct, frozen=True):
    """What was done in one lesson; `page` is the one last on screen, empty before any was."""

    page: str = ""
    pages_read: frozenset[str] = frozenset()
    blocks_seen: frozenset[str] = frozenset()
    predictions: dict[str, str] = {}


class QuestionHistory(msgspec.Struct, frozen=True):
    """The first tries at one question: how many, and how the latest went."""

    answers: int
    correct: bool
    confidence: Confidence | None
    hints: int
    revision: int
    at: datetime

    @property
    def confident_miss(self) -> bool:
        """Whether the learner was sure, and wrong."""
        return not self.correct and self.confidence is Confidence.SURE


class Calibration(msgspec.Struct, frozen=True):
    """How often something was said with one confidence, and how often it was then right."""

    said: int = 0
    right: int = 0


class Progress(msgspec.Struct, frozen=True):
    """Everything the screens ask about a learner; a plain value, small however many events it came from.

    `answers` and `right` count first tries; `calibration` is keyed by confidence (1, 2, 3), `concepts` and
    `questions` by id. `last_id` is the greatest id folded in.
    """

    settings: dict[str, str] = {}
    resume: Position | None = None
    lessons: dict[str, LessonHistory] = {}
    concepts: dict[str, ConceptHistory] = {}
    questions: dict[str, QuestionHistory] = {}
    calibration: dict[int, Calibration] = {}
    misconceptions: dict[str, int] = {}
    answers: int = 0
    right: int = 0
    last_id: str = ""

    def setting(self, name: str) -> str | None:
        """The latest value of a setting, or None when it was never changed."""
        return self.settings.get(name)

    def pages_read(self, lesson: str) -> frozenset[str]:
        """The ids of the pages of a lesson that were read."""
        return self.lesson(lesson).pages_read

    def prediction(self, lesson: str, block: str) -> str | None:
        """What was locked in for a predict block; the first one stays."""
        return self.lesson(lesson).predictions.get(block)

    @property
    def predictions(self) -> Mapping[tuple[str, str], str]:
        """All locked predictions by lesson and block."""
        return {
            (lesson, block): response
            for lesson, history in self.lessons.items()
            for block, response in history.predictions.items()
        }

    def lesson(self, lesson: str) -> LessonHistory:
        """What was done in a lesson; an empty history when it was never opened."""
        return self.lessons.get(lesson, LessonHistory())


def progress(records: Iterable[Record]) -> Progress:
    """The progress that the records, in the order of recording, amount to."""
    return extend(Progress(), records)


def extend(base: Progress, records: Iterable[Record]) -> Progress:
    """The progress after some more records, each recorded after all that are in `base`."""
    fold = _Fold(base)
    for record in records:
        fold.take(record)
    return fold.result()


def load(store: EventStore) -> Progress:
    """The progress of a store: from its saved fold and what was added since, or from scratch.

    The saved fold is not used when an event came in that belongs before its end, as after an import.
    """
    snapshot = store.snapshot(SNAPSHOT)
    base, seq = Progress(), 0
    if snapshot is not None:
        try:
            base, seq = msgspec.json.decode(snapshot.body, type=Progress), snapshot.seq
        except ValueError:  # an unreadable saved fold costs time, never progress
            base, seq = Progress(), 0
    rows = store.tail(seq)
    if seq and rows and rows[0][1].id <= base.last_id:
        base, seq, rows = Progress(), 0, store.tail(0)
    result = extend(base, (record for _, record in rows))
    if store.saved and len(rows) >= SNAPSHOT_EVERY:
        last = max(seq for seq, _ in rows)
        store.save_snapshot(SNAPSHOT, Snapshot(last, msgspec.json.encode(result)))
    return result


class _Fold:
    """The one place with changing state: copies the parts of a progress once, then takes events in place."""

    def __init__(self, base: Progress) -> None:
        self.base = base
        self.settings = dict(base.settings)
        self.resume = base.resume
        self.concepts = dict(base.concepts)
        self.questions = dict(base.questions)
        self.calibration = dict(base.calibration)
        self.misconceptions = dict(base.misconceptions)
        self.answers = base.answers
        self.right = base.right
        self.last_id = base.last_id
        self.pages = {name: lesson.page for name, lesson in base.lessons.items()}
        self.read = {name: set(lesson.pages_read) for name, lesson in base.lessons.items()}
        self.seen = {name: set(lesson.blocks_seen) for name, lesson in base.lessons.items()}
        self.predicted = {name: dict(lesson.predictions) for name, lesson in base.lessons.items()}

    def take(self, record: Record) -> None:
        self.last_id = max(self.last_id, record.id)
        event: Event = record.event
        match event:
            case Answered():
                if not event.repeat:
                    self._answer(event, record.at)
            case LessonOpened(lesson):
                self.pages.setdefault(lesson, "")
            case PageOpened(lesson, page):
                self.pages[lesson] = page
                self.resume = Position(lesson, page)
            case PageRead(lesson, page):
                self.pages.setdefault(lesson, "")
                self.read.setdefault(lesson, set()).add(page)
            case BlockSeen(lesson, _, block):
                self.pages.setdefault(lesson, "")
                self.seen.setdefault(lesson, set()).add(block)
            case PredictionLocked(lesson, block, response):
                self.pages.setdefault(lesson, "")
                self.predicted.setdefault(lesson, {}).setdefault(block, response)
            case SettingChanged(name, value):
                self.settings[name] = value
            case HintShown():
                pass  # the answer that follows counts its hints

    def _answer(self, event: Answered, at: datetime) -> None:
        self.answers += 1
        self.right += event.correct
        before = self.questions.get(event.question)
        self.questions[event.question] = QuestionHistory(
            answers=1 + (before.answers if before else 0),
            correct=event.correct,
            confidence=event.confidence,
            hints=event.hints,
            revision=event.revision,
            at=at,
        )
        self.concepts[event.concept] = after_answer(self.concepts.get(event.concept, ConceptHistory()), event)
        if event.confidence is not None:
            level = int(event.confidence)
            said = self.calibration.get(level, Calibration())
            self.calibration[level] = Calibration(said.said + 1, said.right + event.correct)
        for name in event.misconceptions:
            self.misconceptions[name] = self.misconceptions.get(name, 0) + 1

    def result(self) -> Progress:
        lessons = {
            name: LessonHistory(
                page=page,
                pages_read=frozenset(self.read.get(name, ())),
                blocks_seen=frozenset(self.seen.get(name, ())),
                predictions=self.predicted.get(name, {}),
            )
            for name, page in self.pages.items()
        }
        return Progress(
            settings=self.settings,
            resume=self.resume,
            lessons=lessons,
            concepts=self.concepts,
            questions=self.questions,
            calibration=self.calibration,
            misconceptions=self.misconceptions,
            answers=self.answers,
            right=self.right,
            last_id=self.last_id,
        )
