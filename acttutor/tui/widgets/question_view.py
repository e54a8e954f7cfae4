"""One question: the options, how sure you are, then the reasons.

The view asks and shows; it never judges and never stores. Whoever holds it commits the answer first and then
calls `reveal`, so that no feedback is seen before the answer is safe.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from acttutor.course.model import Option, Question, QuestionType
from acttutor.course.questions import ChoiceResponse, Judgement, NumericResponse, Response, parse_number
from acttutor.i18n import Translator
from acttutor.tui.marks import N_
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.prose import Prose

LETTERS = "ABCDEFGH"


class Stage(StrEnum):
    """Where the learner is in the question."""

    ANSWER = "answer"
    CONFIDENCE = "confidence"
    REVEALED = "revealed"


class QuestionView(Vertical):
    """Options by letter, arrows or mouse; then 1, 2 or 3 for how sure; then every reason."""

    DEFAULT_CSS = """
    QuestionView {
        height: auto;
        border-left: outer $primary;
        padding: 0 1;
        #prompt { margin-bottom: 1; }
        #options { max-height: 100%; }
        #number { border: none; height: 1; padding: 0; background: $panel; width: 64; max-width: 100%; }
        #hint { color: $text-accent; display: none; }
        #sure { margin-top: 1; }
        #verdict { margin-top: 1; }
        #after { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(letter.lower(), f"letter({n})", show=False) for n, letter in enumerate(LETTERS[:6])),
        *(Binding(str(level), f"confidence({level})", show=False) for level in (1, 2, 3)),
        Binding("h", "hint", N_("hint"), priority=True),
        Binding("down", "hint", N_("hint"), show=False),
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

    def __init__(
        self,
        question: Question,
        options: Sequence[Option],
        translator: Translator,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.question = question
        self.options = tuple(options)
        self.translator = translator
        self.stage = Stage.ANSWER
        self._response: Response | None = None
        self._chosen: set[str] = set()
        self._hints = 0

    # asking ------------------------------------------------------------------------------------------------

    def on_blur(self) -> None:
        """It took the keys only to keep the place after an answer; nothing is left to do here."""
        self.can_focus = False

    def compose(self) -> ComposeResult:
        """The prompt and a way to answer."""
        _ = self.translator.gettext
        yield Prose(inline_content(self.question.prompt.strip()), id="prompt")
        if self.question.type is QuestionType.NUMERIC:
            yield Input(
                id="number",
                placeholder=_("a number, such as 0.25, 1/4 or 2.5e-1; then enter"),
                select_on_focus=False,
            )
        else:
            yield ChoiceList(self._option_lines(), id="options")
        yield Prose(self._instruction(), id="instruction", classes="quiet")
        yield Prose(id="hint")
        yield Vertical(id="after")

    def _instruction(self) -> Content:
        _ = self.translator.gettext
        match self.question.type:
            case QuestionType.MULTIPLE:
                return Content(_("Tick every right one with its letter or space, then enter."))
            case QuestionType.CHOICE:
                return Content(_("Choose with a letter, or arrows and enter."))
            case _other:
                return Content(_("arrow down: a hint") if self.question.hints else "")

    def _option_lines(self) -> list[Content]:
        lines = [self._option_text(n, option) for n, option in enumerate(self.options)]
        if self.question.hints:
            lines.append(Content.styled(f"h  {self.translator.gettext('a hint, please')}", "dim"))
        return lines

    def _option_text(self, number: int, option: Option) -> Content:
        mark = ""
        if self.question.type is QuestionType.MULTIPLE:
            mark = "[x] " if option.id in self._chosen else "[ ] "
        return Content.assemble((f"{LETTERS[number]}  ", "bold"), mark) + inline_content(option.text.strip())

    def focus_answer(self) -> None:
        """Put the cursor where the answer goes."""
        self.query_one("#number, #options").focus()

    def action_letter(self, number: int) -> None:
        """A letter chooses, or ticks where several may be right."""
        if self.stage is not Stage.ANSWER or number >= len(self.options):
            return
        options = self.query_one("#options", ChoiceList)
        options.highlighted = number
        if self.question.type is QuestionType.MULTIPLE:
            self._toggle(number)
        else:
            self._choose(number)

    def on_key(self, event: object) -> None:
        """Space ticks where several may be right."""
        if getattr(event, "key", "") == "space" and self.question.type is QuestionType.MULTIPLE:
            options = self.query_one("#options", ChoiceList)
            highlighted = options.highlighted
            if self.stage is Stage.ANSWER and options.has_focus and highlighted is not None:
                if highlighted < len(self.options):
                    self._toggle(highlighted)
                event.stop()  # type: ignore[attr-defined]

    def _toggle(self, number: int) -> None:
        self._chosen ^= {self.options[number].id}
        options = self.query_one("#options", ChoiceList)
        options.replace_option_prompt_at_index(number, self._option_text(number, self.options[number]))

    @on(ChoiceList.OptionSelected, "#options")
    def _option_selected(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        if self.stage is not Stage.ANSWER:
            return
        if event.option_index >= len(self.options):
            self.action_hint()
        elif self.question.type is QuestionType.CHOICE:
            self._choose(event.option_index)
        elif self._chosen:
            ids = tuple(option.id for option in self.options if option.id in self._chosen)
            self._ask_confidence(ChoiceResponse(ids))
        else:
            self._toggle(event.option_index)

    def _choose(self, number: int) -> None:
        self._chosen = {self.options[number].id}
        self._ask_confidence(ChoiceResponse((self.options[number].id,)))

    @on(Input.Submitted, "#number")
    def _number_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        _ = self.translator.gettext
        if self.stage is not Stage.ANSWER:
            return
        if parse_number(event.value) is None:
            message = _("That is not a number yet. Right would be 0.25, 1/4 or 2.5e-1.")
            self.query_one("#instruction", Prose).show(Content.styled(message, "$text-warning"))
            return
        self._ask_confidence(NumericResponse(event.value))

    def action_hint(self) -> None:
        """Show the next hint."""
        if self.stage is Stage.REVEALED or self._hints >= len(self.question.hints):
            return
        hints = [inline_content(text.strip()) for text in self.question.hints[: self._hints + 1]]
        hint = self.query_one("#hint", Prose)
        hint.display = True
        hint.show(Content("\n").join(hints))
        self.post_message(self.HintTaken(self.question, self._hints))
        self._hints += 1
        if self._hints == len(self.question.hints):
            for options in self.query("#options").results(ChoiceList):
                options.remove_option_at_index(len(self.options))

    # how sure ----------------------------------------------------------------------------------------------

    def _ask_confidence(self, response: Response) -> None:
        _ = self.translator.gettext
        self.stage = Stage.CONFIDENCE
        self._response = response
        self._freeze()
        levels = (_("a guess"), _("I think so"), _("sure"))
        lines = [Content.assemble((f"{n}  ", "bold"), level) for n, level in enumerate(levels, 1)]
        after = self.query_one("#after", Vertical)
        self.query_one("#instruction", Prose).show(Content.styled(_("How sure are you?"), "bold"))
        sure = ChoiceList(lines, id="sure")
        after.mount(sure)
        sure.highlighted = 1
        self.call_after_refresh(sure.focus)
        self.call_after_refresh(sure.scroll_visible)

    def _freeze(self) -> None:
        if self.question.type is QuestionType.NUMERIC:
            self.query_one("#number", Input).disabled = True
            return
        options = self.query_one("#options", ChoiceList)
        for number, option in enumerate(self.options):
            chosen = option.id in self._chosen
            text = self._option_text(number, option)
            options.replace_option_prompt_at_index(number, text.stylize("bold" if chosen else "dim"))
        options.can_focus = False
        if options.option_count > len(self.options):
            options.remove_option_at_index(len(self.options))

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits belong to the question only while it asks how sure; letters only while it asks."""
        if action == "confidence":
            return self.stage is Stage.CONFIDENCE
        if action == "letter":
            return self.stage is Stage.ANSWER and self.question.type is not QuestionType.NUMERIC
        if action == "hint":
            return self.stage is Stage.ANSWER and bool(self.question.hints)
        return True

    # reasons -----------------------------------------------------------------------------------------------

    async def reveal(self, judgement: Judgement) -> None:
        """Right or wrong, the reason for the answer given, then the others'."""
        _ = self.translator.gettext
        self.stage = Stage.REVEALED
        after = self.query_one("#after", Vertical)
        if self.has_focus_within:
            self.can_focus = True
            self.focus(scroll_visible=False)
        await after.remove_children()
        self.query_one("#instruction").display = False
        if judgement.correct:
            head = Content.styled(_("✓ Right"), "bold $success")
        else:
            head = Content.styled(_("✗ Not quite"), "bold $error")
        parts = [Prose(head, id="verdict")]
        for reason in judgement.reasons:
            mark, style = ("✓", "$success") if reason.correct else ("✗", "$error")
            label = f"{self._label(reason.option)} " if reason.option else ""
            body = Content.assemble((f"{mark} {label}", style)) + inline_content(reason.why.strip())
            parts.append(Prose(body if reason.given else body.stylize("dim"), classes="reason"))
        await after.mount_all(parts)
        self.call_after_refresh(self._show_verdict)

    def _show_verdict(self) -> None:
        for verdict in self.query("#verdict"):
            verdict.scroll_visible(top=False)

    def _label(self, option_id: str) -> str:
        for number, option in enumerate(self.options):
            if option.id == option_id:
                return LETTERS[number]
        return ""
