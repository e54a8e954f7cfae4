"""Asks before it shows: the answer is locked in, then what was predicted appears beside it."""

from dataclasses import dataclass
from math import isfinite, log10
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from acttutor.course.model import PredictAnswer, PredictBlock, Scale
from acttutor.course.questions import parse_number
from acttutor.errors import UserError
from acttutor.experiments.measures import measure
from acttutor.i18n import Translator
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.claim_view import number_text
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.line_input import LineInput
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.question_view import LETTERS

_EXACT = 0.005
"""A guess is exact when it is off by no more than half a percent: three digits, rounded, are always."""


def verdict(answer: PredictAnswer, guess: float, truth: float, translator: Translator) -> str:
    """How near a guess came, in words: a difference, or orders of magnitude on a logarithmic scale."""
    _ = translator.gettext
    if answer.scale is Scale.LOG10 and guess > 0 and truth > 0:
        orders = abs(log10(guess) - log10(truth))
        if orders <= answer.tolerance:
            return _("Very close.")
        return _("Off by {orders:.1f} powers of ten.").format(orders=orders)
    if abs(guess - truth) <= _EXACT * abs(truth):
        return _("Exactly that.")
    if abs(guess - truth) <= answer.tolerance:
        return _("Very close.")
    if isfinite(guess) and truth != 0 and guess / truth > 0:
        factor = guess / truth
        if factor >= 1:
            return _("Too large by a factor of {factor:.3g}.").format(factor=factor)
        return _("Too small by a factor of {factor:.3g}.").format(factor=1 / factor)
    return _("Off by {difference:.3g}.").format(difference=abs(guess - truth))


class PredictView(Vertical):
    """Never graded: predicting wrong and seeing why is how it works."""

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    PredictView {
        height: auto;
        border-left: outer $accent;
        padding: 0 1;
        #guess { border: none; height: 1; padding: 0; background: $panel; width: 40; }
        #answer { margin-top: 1; }
        #revealed { height: auto; }
    }
    """

    @dataclass
    class Locked(Message):
        """The learner has committed to a prediction."""

        block: PredictBlock
        response: str

    @dataclass
    class _Found(Message, bubble=False):
        text: Content

    def __init__(
        self, block: PredictBlock, translator: Translator, figure: Widget | None, locked: str | None
    ) -> None:
        super().__init__()
        self.block = block
        self.translator = translator
        self._figure = figure
        self._locked = locked

    def on_blur(self) -> None:
        """It took the keys only to keep the place after an answer; nothing is left to do here."""
        self.can_focus = False

    def compose(self) -> ComposeResult:
        """The question, and a place for the guess; or, when it was answered before, the answer."""
        _ = self.translator.gettext
        yield Prose(
            Content.assemble((f"? {_('Predict')}  ", "bold $accent"))
            + inline_content(self.block.prompt.strip()),
            id="prompt",
        )
        if self.block.answer is not None:
            yield LineInput(
                id="guess",
                placeholder=_("your guess, then enter"),
                value=self._locked or "",
                disabled=self._locked is not None,
                select_on_focus=False,
            )
        else:
            yield ChoiceList(self._lines(), id="choices")
        yield Prose(id="answer")
        yield Vertical(id="revealed")

    def _lines(self) -> list[Content]:
        return [
            Content.assemble((f"{LETTERS[n]}  ", "bold")) + inline_content(option.text.strip())
            for n, option in enumerate(self.block.options)
        ]

    def on_mount(self) -> None:
        """Show what was found out before."""
        if self._locked is not None:
            self._reveal(self._locked)
        else:
            self.query_one("#answer").display = False

    @on(Input.Submitted, "#guess")
    def _guessed(self, event: Input.Submitted) -> None:
        event.stop()
        _ = self.translator.gettext
        if parse_number(event.value) is None:
            answer = self.query_one("#answer", Prose)
            answer.display = True
            answer.show(
                Content.styled(
                    _("That is not a number yet. Right would be 0.25, 1/4 or 2.5e-1."), "$text-warning"
                )
            )
            return
        self._lock(event.value)

    @on(ChoiceList.OptionSelected, "#choices")
    def _chosen(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        if self._locked is None:
            self._lock(self.block.options[event.option_index].id)

    def _lock(self, response: str) -> None:
        self._locked = response
        self.post_message(self.Locked(self.block, response))
        self._reveal(response)

    @work(thread=True, exclusive=True, group="predict")
    def _reveal(self, response: str) -> None:
        _ = self.translator.gettext
        answer = self.block.answer
        if answer is None:
            self.post_message(self._Found(self._option_verdict(response)))
            return
        guess = parse_number(response)
        try:
            truth = measure(answer.measure, dict(answer.args))
        except UserError as error:
            self.post_message(self._Found(Content(str(error))))
            return
        text = Content.assemble(
            (_("computed now: {value}").format(value=number_text(truth)), "bold"),
            f"   {_('you said {guess}').format(guess=response)}   ",
            (verdict(answer, guess, truth, self.translator) if guess is not None else "", "$accent"),
        )
        self.post_message(self._Found(text))

    def _option_verdict(self, response: str) -> Content:
        _ = self.translator.gettext
        chosen = next((option for option in self.block.options if option.id == response), None)
        right = next(option for option in self.block.options if option.correct)
        letter = LETTERS[self.block.options.index(right)]
        if chosen is right:
            return Content.styled(_("✓ You saw it coming."), "bold $success")
        return Content.assemble((_("It is {letter}: ").format(letter=letter), "bold")) + inline_content(
            right.text.strip()
        )

    @on(_Found)
    async def _show(self, event: "PredictView._Found") -> None:
        event.stop()
        answer = self.query_one("#answer", Prose)
        answer.display = True
        answer.show(event.text)
        held = self.has_focus_within
        for asked in self.query("#choices, #guess"):
            asked.disabled = True
        if held:
            self.can_focus = True
            self.focus(scroll_visible=False)
        revealed = self.query_one("#revealed", Vertical)
        if not revealed.children:
            reveal = Prose(inline_content(self.block.reveal.strip()))
            await revealed.mount(*([reveal, self._figure] if self._figure is not None else [reveal]))
