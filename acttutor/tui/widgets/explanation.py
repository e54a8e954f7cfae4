"""What comes after an answer: the verdict, the reasons, and what can be done with them."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from acttutor.errors import UserError
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.learner.session import Outcome
from acttutor.tui.trials import EVIDENCE_SEEDS, TrialStage, trial_of
from acttutor.tui.widgets.answering import LETTERS
from acttutor.tui.widgets.bringing import bring_soon
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.reasons import reasons_told
from acttutor.tui.widgets.trial_view import TrialView


class Explanation(Vertical):
    """Every reason; below them the experiment behind the answer, or the same question with other numbers.

    `shown` are the ids of the options in the order they were shown, which gives their letters; `place` names the
    question for the room's experiments.
    """

    DEFAULT_CSS = """
    Explanation {
        height: auto;
        margin-top: 1;
        .reason { height: auto; }
        #another, TrialView { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "test", N_("put it to the test")),
        Binding("n", "another", N_("another one")),
        Binding("escape", "stop_test", N_("stop"), key_display="esc"),
    ]

    class AnotherWanted(Message):
        """The learner wants the question once more, with other numbers."""

    def __init__(
        self,
        outcome: Outcome,
        shown: Sequence[str],
        translator: Translator,
        *,
        place: str,
        another: bool,
        ascii_only: bool,
    ) -> None:
        super().__init__()
        self.outcome = outcome
        self.translator = translator
        self._letters = dict(zip(shown, LETTERS, strict=False))
        self._place = place
        self._another = another
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        """Verdict, reasons, what can be done."""
        question = self.outcome.turn.question
        yield from reasons_told(question, self.outcome.judgement, self._letters, self.translator)
        yield from self._offers(question.evidence)

    def _offers(self, evidence: str | None) -> Iterator[TrialView | ChoiceList]:
        _ = self.translator.gettext
        if self._another:
            line = Content.assemble(("n  ", "bold"), _("another one, with other numbers"))
            yield ChoiceList([line], id="another")
        if evidence is None:
            return
        try:
            trial = trial_of(self._place, evidence, tuple(self._letters), EVIDENCE_SEEDS)
        except UserError:  # the check of the course names it; the question is whole without it
            return
        yield TrialView(
            trial,
            self.translator,
            invitation=_("put it to the test"),
            letters=self._letters,
            ascii_only=self._ascii,
        )

    # keys --------------------------------------------------------------------------------------------------

    def take_keys(self) -> None:
        """Keep the place where the answer was given, and show what is said to it."""
        self.can_focus = True
        self.focus(scroll_visible=False)
        bring_soon(self)

    def on_blur(self) -> None:
        """It took the keys only to keep the place; there is nothing to come back for."""
        self.can_focus = False

    @property
    def test(self) -> TrialView | None:
        """The experiment behind the answer, where there is one."""
        return next(iter(self.query(TrialView)), None)

    def action_test(self) -> None:
        """Put it to the test."""
        if self.test is not None:
            self.test.action_run()

    def action_stop_test(self) -> None:
        """Stop the test."""
        if self.test is not None:
            self.test.action_stop()

    @on(ChoiceList.OptionSelected, "#another")
    def _another_selected(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.action_another()

    def action_another(self) -> None:
        """Once more, with other numbers."""
        self.post_message(self.AnotherWanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done here and now."""
        match action:
            case "test":
                return self.can_test
            case "stop_test":
                return self.test is not None and self.test.trial.stage is TrialStage.RUNNING
            case "another":
                return self._another
            case _other:
                return True

    @property
    def can_test(self) -> bool:
        """Whether there is an experiment that does not run already."""
        return self.test is not None and self.test.trial.stage is not TrialStage.RUNNING
