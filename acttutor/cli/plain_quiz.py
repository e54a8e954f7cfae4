"""The quiz as a conversation in lines, for pipes and screen readers: whole lines out, whole lines in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from string import ascii_lowercase
from unicodedata import normalize

from acttutor.course.model import Course, Question, QuestionType
from acttutor.course.placeholders import shown
from acttutor.course.plain import plain_line, plain_lines, wrapped
from acttutor.course.questions import (
    ChoiceResponse,
    NumericResponse,
    OrderResponse,
    Reason,
    Response,
    parse_number,
)
from acttutor.errors import UserError
from acttutor.i18n import Translator
from acttutor.learner import session as sitting
from acttutor.learner.events import Confidence, Event
from acttutor.learner.session import Session, Stage

QUIT = "q"
HINT = "?"
_INDENT = " " * 5


class _QuitError(Exception):
    """The learner typed `q`, or the input ended."""


class PlainQuiz:
    """One sitting in lines.

    `ask` prints a line and gives the line that was typed, or None at the end of the input; `say` prints one;
    `keep` stores events and returns when they are committed.
    """

    def __init__(
        self,
        course: Course,
        tr: Translator,
        *,
        ask: Callable[[str], str | None],
        say: Callable[[str], None],
        keep: Callable[[Sequence[Event]], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._course = course
        self._tr = tr
        self._ask = ask
        self._say = say
        self._keep = keep
        self._clock = clock

    def run(self, session: Session) -> Session:
        """The sitting after it is done, `q` was typed or the input ended."""
        try:
            while session.stage is not Stage.DONE:
                self._put(session)
                session = self._answer(session)
                self._reveal(session)
                session = sitting.advance(session, self._clock())
        except _QuitError:
            self._say("")
        self._sum_up(session)
        return session

    def _put(self, session: Session) -> None:
        _ = self._tr.gettext
        number, total = session.position + 1, len(session.turns)
        lesson = self._course.lesson(session.turn.item.lesson).title
        heading = _("Question {number} of {total}: {lesson}").format(
            number=number, total=total, lesson=lesson
        )
        again = " " + _("(once more)") if session.turn.repeat else ""
        self._say(f"\n{heading}{again}\n")
        self._say("\n".join(plain_lines(session.question.prompt)))
        for letter, option in zip(ascii_lowercase, session.options, strict=False):
            self._say(_hang(f"  {letter}) ", option.text))

    def _answer(self, session: Session) -> Session:
        """Ask until there is an answer and a confidence, store both, and give the sitting after that."""
        while True:
            typed = self._line(self._invitation(session))
            if typed == HINT:
                session = self._hint(session)
                continue
            response = self._response(session, typed)
            if response is None:
                continue
            confidence = self._confidence()
            try:
                after, events = sitting.answer(session, response, confidence, self._clock())
            except UserError as error:
                self._say(str(error))
                continue
            self._keep(events)
            return after

    def _invitation(self, session: Session) -> str:
        _ = self._tr.gettext
        last = ascii_lowercase[max(0, len(session.options) - 1)]
        match session.question.type:
            case QuestionType.NUMERIC:
                wanted = _("Your number, such as 0.25 or 1/4")
            case QuestionType.MULTIPLE:
                wanted = _("All that are right, a to {last}, such as: a b").format(last=last)
            case QuestionType.ORDER:
                example = " ".join(reversed(ascii_lowercase[: len(session.options)]))
                wanted = _("All of them in the right order, such as: {example}").format(example=example)
            case QuestionType.CHOICE:
                wanted = _("Your answer, a to {last}").format(last=last)
        return _("{wanted} (? hint, q quit):").format(wanted=wanted)

    def _hint(self, session: Session) -> Session:
        after, events = sitting.hint(session)
        if not events:
            self._say(self._tr.gettext("There is no further hint."))
            return session
        self._keep(events)
        self._say(_hang(self._tr.gettext("Hint: "), after.hints_shown[-1]))
        return after

    def _response(self, session: Session, typed: str) -> Response | None:
        """What was typed as a response, or None, after saying why it is none."""
        _ = self._tr.gettext
        if session.question.type is QuestionType.NUMERIC:
            if parse_number(typed) is None:
                self._say(_("That is no number."))
                return None
            return NumericResponse(typed)
        letters = [letter for letter in typed if letter not in " ,;.、)"]
        known = dict(zip(ascii_lowercase, (option.id for option in session.options), strict=False))
        if not letters or any(letter not in known for letter in letters):
            self._say(_("That is none of the letters."))
            return None
        if session.question.type is QuestionType.ORDER:
            if sorted(letters) != sorted(known):
                self._say(_("Type each letter once."))
                return None
            return OrderResponse(tuple(known[letter] for letter in letters))
        if session.question.type is QuestionType.CHOICE and len(set(letters)) > 1:
            self._say(_("Only one is right: type one letter."))
            return None
        return ChoiceResponse(tuple(known[letter] for letter in dict.fromkeys(letters)))

    def _confidence(self) -> Confidence:
        _ = self._tr.gettext
        while True:
            typed = self._line(_("How sure are you? 1 guess, 2 think so, 3 sure:"))
            if typed in ("1", "2", "3"):
                return Confidence(int(typed))
            self._say(_("Type 1, 2 or 3."))

    def _reveal(self, session: Session) -> None:
        _ = self._tr.gettext
        outcome = session.outcome
        if outcome is None:
            return
        self._say("")
        self._say(_("✓ Right.") if outcome.judgement.correct else _("✗ Not right."))
        letters = {
            option.id: letter for letter, option in zip(ascii_lowercase, session.options, strict=False)
        }
        numeric = session.question.numeric
        if numeric is not None and not outcome.judgement.correct:
            self._say(_("The number is {value}.").format(value=shown(numeric.value, numeric.decimals)))
        if session.question.type is QuestionType.ORDER:
            self._reveal_order(session.question, outcome.judgement.reasons, letters)
            return
        for reason in outcome.judgement.reasons:
            self._say(self._reason(reason, letters))

    def _reveal_order(self, question: Question, reasons: Sequence[Reason], letters: dict[str, str]) -> None:
        """What was the wrong way round, then every step in its place and why it stands there."""
        _ = self._tr.gettext
        for reason in reasons:
            if not reason.option:
                self._say(_hang("  ", reason.why))
        self._say(_("The right order:"))
        for number, option in enumerate(question.options, 1):
            self._say(_hang(f"  {number}. {letters.get(option.id, '?')}) ", option.text))
            self._say(_hang(_INDENT, option.why))

    def _reason(self, reason: Reason, letters: dict[str, str]) -> str:
        _ = self._tr.gettext
        if not reason.option:
            return _hang("  ", reason.why)
        mark = _("right") if reason.correct else _("wrong")
        chosen = ", " + _("your choice") if reason.given else ""
        return _hang(f"  {letters.get(reason.option, '?')}) [{mark}{chosen}] ", reason.why)

    def _sum_up(self, session: Session) -> None:
        _ = self._tr.gettext
        result = sitting.summary(session, self._course)
        if not result.asked:
            self._say(_("Nothing was answered."))
            return
        self._say("\n" + _("Right at the first try: {n} of {m}.").format(n=result.right, m=result.asked))
        if result.recovered:
            self._say(_("Right at the second try: {n}.").format(n=result.recovered))
        for wrong in result.misconceptions:
            title = wrong.misconception.title
            page = self._page(wrong.misconception.repair_lesson, wrong.misconception.repair_page)
            self._say(_hang("  - ", _("{idea} (see {page})").format(idea=title, page=page)))
        if result.read_again is not None:
            page = self._page(result.read_again.lesson, result.read_again.page)
            self._say(_("To read again: {page}").format(page=page))

    def _page(self, lesson: str, page: str) -> str:
        """The titles of a lesson and its page; their ids where the course has no such page."""
        try:
            found = self._course.lesson(lesson)
            return f"{found.title}: {found.page(page).title}" if page else found.title
        except UserError:
            return f"{lesson}: {page}" if page else lesson

    def _line(self, prompt: str) -> str:
        """The next line, trimmed, in narrow small letters; `q` and the end of the input raise."""
        typed = self._ask(prompt)
        if typed is None:
            raise _QuitError
        line = normalize("NFKC", typed).strip().lower()
        if line in (QUIT, "quit", "exit"):
            raise _QuitError
        return line


def _hang(mark: str, markdown: str) -> str:
    """The text behind a mark, its further lines indented."""
    return "\n".join(wrapped(plain_line(markdown), first=mark, rest=_INDENT))
