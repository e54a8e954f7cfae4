"""One sitting of questions, as pure transitions: nothing is read, written or drawn here.

The caller holds a `Session`, calls a transition, *stores the events it gives back*, and only then draws:
that order is what makes an answer safe before its feedback is seen. A transition that makes no sense now
(answering twice, going on before answering) changes nothing and gives no events, so that a double key press
is harmless.

What is asked, and in which order:

1. questions last answered wrong while sure (confident misses), the longest ago first;
2. other questions last answered wrong, or whose revision has changed since, the longest ago first;
3. questions never seen, in the order of the course, since later ones build on earlier ones;
4. questions last answered right, but guessed or with a hint, the longest ago first;
5. the rest, the longest ago first.

Confident misses lead because a wrong idea held with confidence is the one most readily put right once it is
seen to be wrong (Butterfield & Metcalfe 2001, "Errors committed with high confidence are hypercorrected",
Journal of Experimental Psychology: Learning, Memory, and Cognition 27(6)). A missed question returns once at
the end, with its options in another order; that second try is marked as a repeat and counts for no mastery.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from zlib import crc32

from acttutor.course.generated import instance
from acttutor.course.model import Course, Misconception, Option, Question
from acttutor.course.questions import Judgement, NumericResponse, Response, judge, presented
from acttutor.errors import UserError, did_you_mean
from acttutor.learner.events import Answered, Confidence, Event, HintShown
from acttutor.learner.progress import Progress

LIMIT = 10
"""How many questions a sitting asks, repeats not counted."""

LONGEST_RESPONSE = 500
"""Characters of a typed answer that are kept."""


class Stage(StrEnum):
    """Where in a sitting the learner is."""

    ASKING = "asking"
    REVEALED = "revealed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Item:
    """A question and the id of the lesson it belongs to."""

    question: Question
    lesson: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One asking of a question; `seed` gives the order of its options, and the numbers of a template."""

    item: Item
    seed: int
    repeat: bool = False

    @property
    def question(self) -> Question:
        """The question with this seed's numbers. Raises UserError where they cannot be computed."""
        return instance(self.item.question, self.seed)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options in the order they are shown; empty for a number."""
        return presented(self.item.question, self.seed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one turn went."""

    turn: Turn
    response: Response
    judgement: Judgement
    confidence: Confidence | None
    hints: int


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting: its turns, the one at `position` (0-based), and the outcomes so far, in order.

    `hints` counts those shown for the current turn, which came on screen at `shown_at`.
    """

    seed: int
    turns: tuple[Turn, ...]
    shown_at: datetime
    position: int = 0
    hints: int = 0
    outcomes: tuple[Outcome, ...] = ()

    @property
    def stage(self) -> Stage:
        """Whether a question waits for its answer, its reasons are shown, or all is over."""
        if self.position >= len(self.turns):
            return Stage.DONE
        return Stage.REVEALED if len(self.outcomes) > self.position else Stage.ASKING

    @property
    def turn(self) -> Turn:
        """The current turn; a ValueError when the sitting is over."""
        if self.stage is Stage.DONE:
            raise ValueError("the sitting is over")
        return self.turns[self.position]

    @property
    def question(self) -> Question:
        """The question of the current turn, with its numbers; a ValueError when the sitting is over."""
        return self.turn.question

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of the current turn in the order they are shown."""
        return self.turn.options

    @property
    def hints_shown(self) -> tuple[str, ...]:
        """The hints of the current turn that were asked for."""
        return self.question.hints[: self.hints]

    @property
    def outcome(self) -> Outcome | None:
        """How the current turn went, once it was answered."""
        return self.outcomes[self.position] if self.stage is Stage.REVEALED else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A misconception that showed in a sitting, how often, and whether the learner was sure of it."""

    misconception: Misconception
    times: int
    confident: bool


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """The one place to read again; `page` is empty for the beginning of the lesson."""

    lesson: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a sitting showed: right first tries of all, misses, misconceptions (gravest first), a page."""

    right: int
    asked: int
    missed: tuple[Item, ...]
    recovered: int
    misconceptions: tuple[Shown, ...]
    read_again: ReadAgain | None


def items(course: Course, *, concept: str | None = None, lesson: str | None = None) -> tuple[Item, ...]:
    """The questions of a course, or of one concept or lesson, in the order of the course.

    Raises UserError, with the nearest name, for a concept or lesson that the course does not have.
    """
    known = [each.id for each in course.concepts]
    if concept is not None and concept not in known:
        hint = did_you_mean(concept, known) or f"concepts are {', '.join(known)}"
        raise UserError(f"no concept {concept!r}", hint=hint, title="Concept not found")
    lessons = (course.lesson(lesson),) if lesson is not None else course.lessons
    return tuple(
        Item(question, each.id)
        for each in lessons
        for question in each.all_questions()
        if concept is None or question.concept == concept
    )


def start(
    items: Sequence[Item], progress: Progress, seed: int, now: datetime, *, limit: int = LIMIT
) -> Session:
    """A sitting over at most `limit` of the questions, chosen and ordered by the rule above.

    A question whose numbers cannot be computed is passed over: it has no answer to be right.
    """
    by_urgency = sorted(items, key=lambda item: _urgency(item.question, progress))
    turns = (Turn(item, _seed(seed, item.question.id)) for item in by_urgency)
    return Session(seed, tuple(islice(filter(_can_be_asked, turns), max(limit, 0))), now)


def answer(
    session: Session, response: Response, confidence: Confidence | None, now: datetime
) -> tuple[Session, tuple[Event, ...]]:
    """The sitting with the current question answered, and what to store before the reasons are drawn.

    A miss is put at the end once more. Raises the UserError of `judge` for a response that is none (an
    unknown option, a text that is no number); the question then still waits.
    """
    if session.stage is not Stage.ASKING:
        return session, ()
    turn = session.turn
    question = turn.question
    judgement = judge(question, response)
    event = Answered(
        question=question.id,
        revision=question.revision,
        concept=question.concept,
        lesson=turn.item.lesson,
        response=_text(response),
        correct=judgement.correct,
        confidence=confidence,
        misconceptions=tuple(judgement.misconceptions),
        seed=turn.seed,
        seconds=max(0.0, round((now - session.shown_at).total_seconds(), 3)),
        hints=session.hints,
        repeat=turn.repeat,
    )
    turns = session.turns
    if not judgement.correct and not turn.repeat:
        turns = (*turns, Turn(turn.item, _other_seed(turn), repeat=True))
    outcome = Outcome(turn, response, judgement, confidence, session.hints)
    return replace(session, turns=turns, outcomes=(*session.outcomes, outcome)), (event,)


def hint(session: Session) -> tuple[Session, tuple[Event, ...]]:
    """The sitting with one more hint shown, if the question has one left, and what to store."""
    if session.stage is not Stage.ASKING or session.hints >= len(session.question.hints):
        return session, ()
    event = HintShown(session.question.id, session.hints)
    return replace(session, hints=session.hints + 1), (event,)


def advance(session: Session, now: datetime) -> Session:
    """The sitting at its next question, or done, once the current one was answered."""
    if session.stage is not Stage.REVEALED:
        return session
    return replace(session, position=session.position + 1, hints=0, shown_at=now)


def translated(session: Session, course: Course) -> Session:
    """The same sitting with the words of the course in another language; ids, order and outcomes stay."""
    known = {item.question.id: item for item in items(course)}

    def told(turn: Turn) -> Turn:
        return replace(turn, item=known.get(turn.item.question.id, turn.item))

    def judged(outcome: Outcome) -> Outcome:
        turn = told(outcome.turn)
        return replace(outcome, turn=turn, judgement=judge(turn.question, outcome.response))

    try:
        outcomes = tuple(judged(outcome) for outcome in session.outcomes)
    except UserError:  # a question that differs between the languages: what was said stays as it was said
        return session
    return replace(session, turns=tuple(told(turn) for turn in session.turns), outcomes=outcomes)


def summary(session: Session, course: Course) -> Summary:
    """What the sitting showed so far; the course knows the misconceptions and where they are repaired.

    What to read again is the repair page of the gravest misconception: held with confidence before not, then
    shown more often, then earlier. After a miss without a known misconception it is that question's lesson.
    """
    first = [outcome for outcome in session.outcomes if not outcome.turn.repeat]
    missed = tuple(outcome.turn.item for outcome in first if not outcome.judgement.correct)
    shown = _shown(session.outcomes, course)
    again: ReadAgain | None = None
    if shown:
        again = ReadAgain(shown[0].misconception.repair_lesson, shown[0].misconception.repair_page)
    elif missed:
        again = ReadAgain(missed[0].lesson)
    return Summary(
        right=len(first) - len(missed),
        asked=len(first),
        missed=missed,
        recovered=sum(outcome.turn.repeat and outcome.judgement.correct for outcome in session.outcomes),
        misconceptions=shown,
        read_again=again,
    )


def _shown(outcomes: Sequence[Outcome], course: Course) -> tuple[Shown, ...]:
    known = {misconception.id: misconception for misconception in course.misconceptions}
    times: dict[str, int] = {}
    confident: set[str] = set()
    for outcome in outcomes:
        for name in outcome.judgement.misconceptions:
            times[name] = times.get(name, 0) + 1
            if outcome.confidence is Confidence.SURE:
                confident.add(name)
    shown = [Shown(known[name], count, name in confident) for name, count in times.items() if name in known]
    return tuple(sorted(shown, key=lambda one: (not one.confident, -one.times)))


def _urgency(question: Question, progress: Progress) -> tuple[int, float]:
    """The place of a question in the rule above; sorting by it is stable, so ties keep the course's order."""
    history = progress.questions.get(question.id)
    if history is None:
        return 3, 0.0
    age = history.at.timestamp()
    if history.confident_miss:
        return 1, age
    if not history.correct or history.revision != question.revision:
        return 2, age
    if history.hints or history.confidence is Confidence.GUESS:
        return 4, age
    return 5, age


def _seed(*parts: int | str) -> int:
    """A seed for one turn, the same on every machine."""
    return crc32(":".join(map(str, parts)).encode())


def _other_seed(turn: Turn) -> int:
    """A seed that shows other numbers, or the options in another order, than this turn did, where it can."""
    seed, shown = turn.seed, turn.question.prompt
    for attempt in range(20):
        seed = _seed(turn.seed, turn.item.question.id, attempt)
        other = replace(turn, seed=seed)
        if _can_be_asked(other) and (other.options != turn.options or other.question.prompt != shown):
            return seed
    return seed if _can_be_asked(replace(turn, seed=seed)) else turn.seed


def _can_be_asked(turn: Turn) -> bool:
    """Whether the numbers of the question can be computed for this seed."""
    try:
        return turn.question.template is None
    except UserError:
        return False


def _text(response: Response) -> str:
    """The response as it is stored; a lone surrogate from a broken pipe is no text and becomes `?`."""
    text = response.text.strip() if isinstance(response, NumericResponse) else ",".join(response.ids)
    return text[:LONGEST_RESPONSE].encode("utf-8", "replace").decode()
