"""The quiz: one question at a time, its reasons, and at the end what it showed."""

from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from acttutor.errors import UserError
from acttutor.i18n.marks import N_
from acttutor.learner import session as sitting
from acttutor.learner.events import Confidence
from acttutor.learner.session import Session, Stage
from acttutor.tui.screens.trial_room import TrialRoom
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.explanation import Explanation
from acttutor.tui.widgets.question_view import QuestionView


class QuizScreen(TrialRoom):
    """Holds a sitting; every answer is stored before its reasons are shown.

    After an answer enter always goes on, whatever is still being put to the test.
    """

    CSS_PATH = "../quiz.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "test", N_("put it to the test")),
        Binding("right,n,enter", "next", N_("next question"), key_display="enter"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._lesson = ""
        self._concept = ""
        self._problem = ""
        self._view: QuestionView | None = None

    # the sitting -------------------------------------------------------------------------------------------

    def start(self, *, lesson: str = "", concept: str = "") -> None:
        """Begin a sitting on a lesson, a concept, or the whole course."""
        self._lesson, self._concept = lesson, concept
        self._session = None
        self._problem = ""
        if self.is_mounted:
            self._begin()
            self.call_after_refresh(self._show)

    def _begin(self) -> None:
        now = datetime.now(UTC)
        seed = self.tutor.setup.seed if self.tutor.setup.seed is not None else int(now.timestamp())
        concept = self._concept or self.tutor.setup.concept or None
        try:
            items = sitting.items(self.tutor.course, concept=concept, lesson=self._lesson or None)
        except UserError as error:
            self._problem = str(error)
            items = ()
        self._session = sitting.start(items, self.tutor.progress, seed, now) if items else None
        self._view = None

    def title_text(self) -> str:
        """`Quiz · 3 of 10`."""
        _ = self.translator.gettext
        if self._session is None or self._session.stage is Stage.DONE:
            return _("Quiz")
        where = _("{n} of {total}").format(n=self._session.position + 1, total=len(self._session.turns))
        return f"{_('Quiz')} · {where}"

    def help_text(self) -> str:
        """How a question is answered."""
        _ = self.translator.gettext
        return _(
            "Choose with a letter, or arrows and enter; then say how sure you are with 1, 2 or 3. "
            "What you get wrong comes back at the end; what you were sure of and got wrong comes first next time. "
            "Where an answer can be put to the test, x runs the experiment behind it; enter goes on meanwhile."
        )

    # drawing -----------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        """One scrolling column."""
        yield VerticalScroll(id="quiz")

    def on_mount(self) -> None:
        """The first question."""
        if self._session is None:
            self._begin()
        self._show()

    async def on_screen_resume(self) -> None:
        """A finished sitting makes room for a new one."""
        await super().on_screen_resume()
        self.retitle()

    def recomposed(self) -> None:
        """The same question in the other language."""
        if self._session is not None:
            self._session = sitting.translated(self._session, self.tutor.course)
        self._show()

    def _show(self) -> None:
        self.run_worker(self._draw(), exclusive=True, group="quiz")

    async def _draw(self) -> None:
        column = self.query_one("#quiz", VerticalScroll)
        await column.remove_children()
        self.retitle()
        session = self._session
        place = _place(session) if session is not None else ""
        self.trials_at_page(place)
        column.can_focus = session is None  # while a question asks, the keys are its own
        if session is None:
            await column.mount(Static(Content(self._empty_text())))
            column.focus()
        elif session.stage is Stage.DONE:
            await self._draw_summary(column, session)
        else:
            await self._draw_question(column, session, place)
        self.refresh_bindings()

    async def _draw_question(self, column: VerticalScroll, session: Session, place: str) -> None:
        """The question as it was left: a language switch or a visit to another room takes nothing away."""
        view = QuestionView(
            session.question,
            session.options,
            self.translator,
            place=place,
            draft=self._view.draft if self._view is not None else None,
            outcome=session.outcome,
            ascii_only=self.tutor.setup.ascii,
            id="question",
        )
        self._view = view
        parts = [Static(self._note(), classes="quiet")] if session.turn.repeat else []
        await column.mount(*parts, view, Static(id="go-on", classes="quiet"))
        if session.outcome is not None:
            self._offer_next()
        else:
            view.focus_answer()

    def _note(self) -> Content:
        return Content(self.translator.gettext("Once more, now that you know the reasons:"))

    def _empty_text(self) -> str:
        _ = self.translator.gettext
        if self._problem:
            return self._problem
        return _("There are no questions here yet. They come with the lessons: press esc and open one.")

    def _offer_next(self) -> None:
        _ = self.translator.gettext
        self.query_one("#go-on", Static).update(Content(_("enter: go on")))
        column = self.query_one("#quiz", VerticalScroll)
        column.can_focus = True
        column.focus()
        self.retitle()
        self.refresh_bindings()

    async def _draw_summary(self, column: VerticalScroll, session: Session) -> None:
        _ = self.translator.gettext
        summary = sitting.summary(session, self.tutor.course)
        lines = [
            Content.styled(
                _("{right} of {asked} right at the first try").format(
                    right=summary.right, asked=summary.asked
                ),
                "bold",
            )
        ]
        if summary.missed:
            text = _("{n} of {total} misses put right at the second try")
            lines.append(Content(text.format(n=summary.recovered, total=len(summary.missed))))
        if summary.misconceptions:
            lines += [Content(""), Content.styled(_("Wrong ideas that showed"), "bold")]
            for shown in summary.misconceptions:
                sure = f"  {_('and you were sure')}" if shown.confident else ""
                lines.append(Content.assemble(f"• {shown.misconception.title}", (sure, "$text-warning")))
        self._next_steps: list[tuple[str, str, str]] = []
        if summary.read_again is not None:
            lesson = self.tutor.course.lesson(summary.read_again.lesson)
            page = summary.read_again.page
            title = lesson.page(page).title if page else lesson.title
            self._next_steps.append((_("Read again: {title}").format(title=title), lesson.id, page))
        self._next_steps.append((_("Another round"), "", "again"))
        self._next_steps.append((_("Home"), "", "home"))
        choices = ChoiceList((Content(text) for text, _l, _p in self._next_steps), id="next-steps")
        await column.mount(Static(Content("\n").join(lines), id="summary"), choices)
        choices.highlighted = 0
        choices.focus()

    # answering ---------------------------------------------------------------------------------------------

    @on(QuestionView.HintTaken)
    def _hint(self) -> None:
        if self._session is not None:
            self._session, events = sitting.hint(self._session)
            self.tutor.record(*events)

    @on(QuestionView.Answered)
    async def _answered(self, event: QuestionView.Answered) -> None:
        if self._session is None:
            return
        now = datetime.now(UTC)
        self._session, events = sitting.answer(
            self._session, event.response, Confidence(event.confidence), now
        )
        self.tutor.record(*events)
        outcome = self._session.outcome
        if outcome is not None:
            await event.view.reveal(outcome)
            self._offer_next()

    def action_next(self) -> None:
        """On to the next question, once the reasons of this one are there."""
        if self._session is not None and self._session.stage is Stage.REVEALED:
            self._session = sitting.advance(self._session, datetime.now(UTC))
            self._view = None
            self._show()

    def action_test(self) -> None:
        """Put the answer to the test; the keys stay where they are."""
        if self._explanation is not None:
            self._explanation.action_test()

    @property
    def _explanation(self) -> Explanation | None:
        return self._view.explanation if self._view is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going on is offered only when there is something to go on from, a test where there is one."""
        if action == "next":
            return self._session is not None and self._session.stage is Stage.REVEALED
        if action == "test":
            return self._explanation is not None and self._explanation.can_test
        return super().check_action(action, parameters)

    @on(ChoiceList.OptionSelected, "#next-steps")
    def _next_step(self, event: ChoiceList.OptionSelected) -> None:
        _text, lesson, page = self._next_steps[event.option_index]
        if lesson:
            self.tutor.open_lesson(lesson, page)
        elif page == "again":
            self._begin()
            self._show()
        else:
            self.tutor.go("home")


def _place(session: Session) -> str:
    """The question on screen, as the room's experiments know it."""
    return f"{session.shown_at.isoformat()}/{session.position}"
