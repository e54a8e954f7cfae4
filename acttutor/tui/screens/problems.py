"""The problems of a course's files as a list, for whoever is writing it."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from acttutor.course.document import Problem, Severity
from acttutor.i18n import Translator
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.preview_line import problem_count


class ProblemsScreen(ModalScreen[Problem]):
    """Gives back the problem that was chosen; those of the open lesson come first."""

    CSS_PATH = "../lookup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,exclamation_mark", "dismiss", show=False),
    ]

    def __init__(self, problems: Sequence[Problem], folder: str, translator: Translator) -> None:
        super().__init__()
        self._problems = sorted(problems, key=lambda problem: not problem.path.startswith(f"{folder}/"))
        self._translator = translator

    def compose(self) -> ComposeResult:
        """The list, `path:line:column: code: message` as the checker prints it."""
        _ = self._translator.gettext
        with Vertical(classes="card -broad") as card:
            card.border_title = Content(problem_count(len(self._problems), self._translator))
            card.border_subtitle = Content(_("enter opens the page, esc closes"))
            yield ChoiceList(
                Content.styled(str(problem), "$text-error" if problem.severity is Severity.ERROR else "")
                for problem in self._problems
            )

    @on(ChoiceList.OptionSelected)
    def _selected(self, event: ChoiceList.OptionSelected) -> None:
        self.dismiss(self._problems[event.option_index])
