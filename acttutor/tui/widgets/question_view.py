"""One question: its answer, how sure you are, then the reasons, then the evidence for whoever wants it.

The view asks and shows; it never judges and never stores. Whoever holds it commits the answer first and then
calls `reveal`, so that no feedback is seen before the answer is safe.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from acttutor.course.model import Option, Question, QuestionType
from acttutor.course.questions import NumericResponse, Response
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.learner.session import Outcome
from acttutor.tui.widgets.answering import LETTERS, Draft, Given, HintWanted, Refused, Stage
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.explanation import Explanation
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.number_answer import NumberAnswer
from acttutor.tui.widgets.option_answer import OptionAnswer
from acttutor.tui.widgets.order_list import OrderList
from acttutor.tui.widgets.prose import Prose

__all__ = ["LETTERS", "QuestionView", "Stage"]

Answer = OptionAnswer | NumberAnswer | OrderList


class QuestionView(Vertical):
    """Options by letter, arrows or mouse; then 1, 2 or 3 for how sure; then every reason."""

    DEFAULT_CSS = """
    QuestionView {
        height: auto;
        border-left: outer $primary;
        padding: 0 1;
        #prompt { margin-bottom: 1; }
        #options { max-height: 100%; scrollbar-size-vertical: 0; }
        #number { border: none; height: 1; padding: 0; background: $panel; width: 64; max-width: 100%; }
        #hint { color: $text-accent; display: none; }
        #sure { margin-top: 1; }
        #after { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(letter.lower(), f"letter({n})", show=False) for n, letter in enumerate(LETTERS[:7])),
        *(Binding(str(level), f"confidence({level})", show=False) for level in (1, 2, 3)),
        Binding("h", "hint", N_("hint"), priority=True),
    ]

    @dataclass
    class Answered(Message):
        """The learner has answered and said how sure they are (1 guess, 2 think, 3 sure)."""

        view: "QuestionView"
        question: Question
        response: Response
        confidence: int

        @property
        def control(self) -> "QuestionView":
            """The view that asks."""
            return self.view

    @dataclass
    class HintTaken(Message):
        """A hint was shown; `index` counts from 0."""

        question: Question
        index: int

    @dataclass
    class AnotherWanted(Message):
        """The learner wants the question once more, with other numbers."""

        view: "QuestionView"

    def __init__(
        self,
        question: Question,
        options: Sequence[Option],
        translator: Translator,
        *,
        place: str,
        draft: Draft | None = None,
        outcome: Outcome | None = None,
        another: bool = False,
        ascii_only: bool = False,
        id: str | None = None,
    ) -> None:
        """`place` names the question for the room's experiments; `outcome` shows it answered from the start."""
        super().__init__(id=id)
        draft = draft or (Draft() if outcome is None else Draft(Stage.REVEALED, _answered(outcome.response)))
        self.question = question
        self.options = tuple(options)
        self.translator = translator
        self.stage = draft.stage
        self.begun = draft.begun
        self._place = place
        self._outcome = outcome
        self._another = another
        self._ascii = ascii_only
        self._hints = draft.hints
        self._response: Response | None = None
        self.answer = self._answer_part(draft.given)

    @property
    def draft(self) -> Draft:
        """What was done so far."""
        return Draft(self.stage, self.answer.given, self._hints, self.begun)

    # asking ------------------------------------------------------------------------------------------------

    def _answer_part(self, given: Sequence[str]) -> Answer:
        question, tr = self.question, self.translator
        hints = self._hints < len(question.hints)
        match question.type:
            case QuestionType.NUMERIC:
                return NumberAnswer(tr, hints=hints, given="".join(given))
            case QuestionType.ORDER:
                return OrderList(self.options, tr, hints=hints, given=given, ascii_only=self._ascii)
            case QuestionType.MULTIPLE | QuestionType.CHOICE:
                several = question.type is QuestionType.MULTIPLE
                return OptionAnswer(self.options, tr, several=several, hints=hints, given=given)

    def compose(self) -> ComposeResult:
        """The prompt and a way to answer."""
        yield Prose(inline_content(self.question.prompt.strip()), id="prompt")
        yield self.answer
        yield Prose(self._instruction(), id="instruction", classes="quiet")
        yield Prose(id="hint")
        yield Vertical(id="after")

    async def on_mount(self) -> None:
        """Where it was left."""
        self._show_hints()
        if self._outcome is not None:
            await self.reveal(self._outcome)
        elif self.stage is Stage.CONFIDENCE and (response := self.answer.response()) is not None:
            self._ask_confidence(response)

    def on_descendant_focus(self) -> None:
        """The learner turns to the question."""
        self.begun = self.begun or datetime.now(UTC)

    def _instruction(self) -> Content:
        _ = self.translator.gettext
        match self.question.type:
            case QuestionType.MULTIPLE:
                return Content(_("Tick every right one with its letter or space, then enter."))
            case QuestionType.CHOICE:
                return Content(_("Choose with a letter, or arrows and enter."))
            case QuestionType.ORDER:
                return Content(_("Space picks a step up, arrows carry it, space puts it down; then enter."))
            case QuestionType.NUMERIC:
                return Content(_("arrow down: a hint") if self._hints < len(self.question.hints) else "")

    def focus_answer(self) -> None:
        """Put the cursor where the answer goes."""
        for sure in self.query("#sure"):
            sure.focus()
            return
        self.answer.focus()

    def action_letter(self, number: int) -> None:
        """A letter chooses, or ticks where several may be right."""
        if isinstance(self.answer, OptionAnswer):
            self.answer.choose(number)

    @on(Given)
    def _given(self, event: Given) -> None:
        event.stop()
        if self.stage is Stage.ANSWER:
            self._ask_confidence(event.response)

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        event.stop()
        self.query_one("#instruction", Prose).show(Content.styled(event.text, "$text-warning"))

    @on(HintWanted)
    def _hint_wanted(self, event: HintWanted) -> None:
        event.stop()
        self.action_hint()

    def action_hint(self) -> None:
        """Show the next hint."""
        if self.stage is Stage.REVEALED or self._hints >= len(self.question.hints):
            return
        self.post_message(self.HintTaken(self.question, self._hints))
        self._hints += 1
        self._show_hints()
        if self._hints == len(self.question.hints):
            self.answer.drop_hint()

    def _show_hints(self) -> None:
        hint = self.query_one("#hint", Prose)
        hint.display = self._hints > 0
        texts = self.question.hints[: self._hints]
        hint.show(Content("\n").join(inline_content(text.strip()) for text in texts))

    # how sure ----------------------------------------------------------------------------------------------

    def _ask_confidence(self, response: Response) -> None:
        _ = self.translator.gettext
        self.stage = Stage.CONFIDENCE
        self._response = response
        held = self.has_focus_within
        self.answer.freeze()
        levels = (_("a guess"), _("I think so"), _("sure"))
        sure = ChoiceList(
            [Content.assemble((f"{n}  ", "bold"), level) for n, level in enumerate(levels, 1)], id="sure"
        )
        self.query_one("#instruction", Prose).show(Content.styled(_("How sure are you?"), "bold"))
        self.query_one("#after", Vertical).mount(sure)
        sure.highlighted = 1
        if held:
            self.call_after_refresh(sure.focus)
            self.call_after_refresh(sure.scroll_visible)

    @on(ChoiceList.OptionSelected, "#sure")
    def _sure_selected(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.action_confidence(event.option_index + 1)

    def action_confidence(self, level: int) -> None:
        """Say how sure, which hands the answer over."""
        if self.stage is not Stage.CONFIDENCE or self._response is None:
            return
        self.stage = Stage.REVEALED
        self.post_message(self.Answered(self, self.question, self._response, level))

    # reasons -----------------------------------------------------------------------------------------------

    async def reveal(self, outcome: Outcome) -> None:
        """Right or wrong, the reason for the answer given, the others', and what can be done now."""
        self.stage = Stage.REVEALED
        held = self.has_focus_within
        self.answer.freeze()
        if isinstance(self.answer, OrderList):
            self.answer.mark([option.id for option in self.question.options])
        self.query_one("#instruction").display = False
        explanation = Explanation(
            outcome,
            [option.id for option in self.options],
            self.translator,
            place=self._place,
            another=self._another,
            ascii_only=self._ascii,
        )
        after = self.query_one("#after", Vertical)
        await after.remove_children()
        await after.mount(explanation)
        self.refresh_bindings()
        if held:
            explanation.take_keys()

    @property
    def explanation(self) -> Explanation | None:
        """What is said after the answer, once it is."""
        return next(iter(self.query(Explanation)), None)

    @on(Explanation.AnotherWanted)
    def _another_wanted(self, event: Explanation.AnotherWanted) -> None:
        event.stop()
        self.post_message(self.AnotherWanted(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every key belongs to the question only while it means something there."""
        match action:
            case "confidence":
                return self.stage is Stage.CONFIDENCE
            case "letter":
                return self.stage is Stage.ANSWER and isinstance(self.answer, OptionAnswer)
            case "hint":
                return self.stage is Stage.ANSWER and self._hints < len(self.question.hints)
            case _other:
                return True


def _answered(response: Response) -> tuple[str, ...]:
    return (response.text,) if isinstance(response, NumericResponse) else response.ids
