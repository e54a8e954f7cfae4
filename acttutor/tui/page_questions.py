"""The questions on the pages of a lesson: each is asked once while its page is open, and stays as it was left.

A question on a page is a sitting of its own with one turn. Its seed comes from how often the learner has answered
it, so that numbers which are drawn stay the same while the page is open and are new when it is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zlib import crc32

from acttutor.course.model import Question
from acttutor.course.questions import judge
from acttutor.errors import UserError
from acttutor.learner import session as sitting
from acttutor.learner.events import Confidence, Event
from acttutor.learner.session import Item, Outcome, Session, Turn
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.question_view import QuestionView

if TYPE_CHECKING:
    from acttutor.tui.app import ActtutorApp

ONE_ORDER = 0
"""Options on a page keep one order: the page is reread, not sat as a test."""

_TRIES = 20


@dataclass(slots=True)
class _Asked:
    session: Session
    view: QuestionView


class PageQuestions:
    """Makes the widgets of questions and knows how far each is."""

    def __init__(self) -> None:
        self._asked: dict[str, _Asked] = {}

    def widget(self, question: Question, lesson: str, tutor: "ActtutorApp") -> QuestionView | Prose:
        """The question as the learner left it while its page was open, or asked anew.

        Where its numbers cannot be computed, what is wrong stands in its place.
        """
        item = Item(question, lesson)
        before = self._asked.get(question.id)
        try:
            if before is None:
                history = tutor.progress.questions.get(question.id)
                session = _sitting(item, _seed(question, history.answers if history else 0))
                return self._show(session, tutor, None)
            return self._show(_told(before.session, item), tutor, before.view)
        except UserError as error:
            return Prose(str(error), classes="problem")

    def _show(self, session: Session, tutor: "ActtutorApp", before: QuestionView | None) -> QuestionView:
        turn = session.turn
        view = QuestionView(
            turn.question if turn.item.question.generated else turn.item.question,
            turn.options,
            tutor.translator,
            place=f"{turn.item.lesson}/{turn.item.question.id}",
            draft=before.draft if before is not None else None,
            outcome=session.outcome,
            another=turn.item.question.generated,
            ascii_only=tutor.setup.ascii,
        )
        self._asked[turn.item.question.id] = _Asked(session, view)
        return view

    def hint(self, question: Question) -> tuple[Event, ...]:
        """A hint of the question was shown: what to store."""
        asked = self._asked[question.id]
        asked.session, events = sitting.hint(asked.session)
        return events

    def answer(self, event: QuestionView.Answered, now: datetime) -> tuple[Outcome | None, tuple[Event, ...]]:
        """How an answer went, and what to store before that is shown."""
        asked = self._asked[event.question.id]
        session = replace(asked.session, shown_at=event.view.begun or now)
        asked.session, events = sitting.answer(session, event.response, Confidence(event.confidence), now)
        return asked.session.outcome, events

    async def another(self, view: QuestionView, tutor: "ActtutorApp") -> None:
        """The same question with other numbers, in the place of the one that was answered.

        As it comes right after the reasons were read, it is recorded as a repeat.
        """
        parent = view.parent
        before = self._asked.get(view.question.id)
        if before is None or before.view is not view or parent is None:
            return
        turn = before.session.turns[0]
        session = Session(turn.seed, (_other(turn),), datetime.now(UTC))
        fresh = self._show(session, tutor, None)
        with tutor.batch_update():
            await view.parent.mount(fresh, after=view)  # type: ignore[union-attr]
            fresh.focus_answer()
            await view.remove()

    def keep(self, views: Iterable[QuestionView]) -> None:
        """Forget the questions whose views are gone: they are asked anew when their page is opened again."""
        here = {view.question.id for view in views}
        self._asked = {id: asked for id, asked in self._asked.items() if id in here}


def _sitting(item: Item, seed: int) -> Session:
    return Session(seed, (Turn(item, seed),), datetime.now(UTC))


def _seed(question: Question, answers: int) -> int:
    return crc32(f"{question.id}:{answers}".encode()) if question.generated else ONE_ORDER


def _other(turn: Turn) -> Turn:
    """The question with numbers that read differently, where there are any that can be computed."""
    shown = turn.question.prompt
    for attempt in range(_TRIES):
        other = replace(turn, seed=crc32(f"{turn.seed}:{attempt}".encode()), repeat=True)
        try:
            if other.question.prompt != shown:
                return other
        except UserError:
            continue
    return replace(turn, repeat=True)


def _told(session: Session, item: Item) -> Session:
    """The sitting with the question as it now reads: in another language, or after its file was changed.

    What was answered is judged again; where the answer does not fit the question any more, it is asked anew.
    """
    turn = replace(session.turn, item=item)
    asked = replace(session, turns=(turn,), outcomes=())
    outcome = session.outcome
    if outcome is None:
        return asked
    try:
        judgement = judge(turn.question, outcome.response)
    except UserError:
        return asked
    return replace(asked, outcomes=(replace(outcome, turn=turn, judgement=judgement),))
