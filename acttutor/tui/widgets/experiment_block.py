"""An experiment on a lesson page, to be run by the reader."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from acttutor.course.model import ExperimentBlock
from acttutor.errors import UserError
from acttutor.i18n import Translator
from acttutor.plots.sheet import plain
from acttutor.tui.trials import trial_of
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.trial_view import TrialView


class ExperimentBlockView(Vertical):
    """The question, what is compared, a run, its result; the author's caption below."""

    DEFAULT_CSS = """
    ExperimentBlockView {
        height: auto;
        border-left: outer $secondary;
        padding: 0 1;
        &:focus-within { border-left: outer $primary; }
        .question { text-style: bold; }
        .caption { color: $text-muted; }
        .problem { color: $text-warning; }
    }
    """

    def __init__(
        self, block: ExperimentBlock, lesson: str, translator: Translator, *, ascii_only: bool = False
    ) -> None:
        super().__init__()
        self.block = block
        self.translator = translator
        self._lesson = lesson
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        """Question, trial, caption; or what is wrong with the name of the experiment."""
        _ = self.translator.gettext
        block = self.block
        try:
            trial = trial_of(f"{self._lesson}/{block.id}", block.experiment, block.arms, block.seeds)
        except UserError as error:
            yield Prose(str(error), classes="problem")
            return
        question = _(trial.whole.question)
        yield Prose(Content(plain(question) if self._ascii else question), classes="question")
        yield TrialView(trial, self.translator, invitation=_("run it"), ascii_only=self._ascii)
        if block.caption:
            yield Prose(inline_content(block.caption.strip()), classes="caption")
