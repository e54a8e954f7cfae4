"""A line for a number."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from acttutor.course.questions import NumericResponse, parse_number
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.tui.widgets.answering import Given, HintWanted, Refused
from acttutor.tui.widgets.line_input import LineInput


class NumberAnswer(LineInput):
    """What is typed must be a number; enter hands it in, and arrow down asks for a hint, since letters are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("done"), key_display="enter"),
        Binding("down", "hint", N_("hint"), key_display="↓"),
    ]

    def __init__(self, translator: Translator, *, hints: bool, given: str = "") -> None:
        _ = translator.gettext
        super().__init__(
            given,
            placeholder=_("a number, such as 0.25, 1/4 or 2.5e-1; then enter"),
            select_on_focus=False,
            id="number",
        )
        self.translator = translator
        self._more_hints = hints

    @property
    def given(self) -> tuple[str, ...]:
        """What stands in the line."""
        return (self.value,) if self.value else ()

    def response(self) -> NumericResponse | None:
        """The number, once it is one."""
        return NumericResponse(self.value) if parse_number(self.value) is not None else None

    def freeze(self) -> None:
        """The answer is given."""
        self.disabled = True

    def drop_hint(self) -> None:
        """There is no further hint."""
        self._more_hints = False
        self.refresh_bindings()

    def action_hint(self) -> None:
        """Ask for a hint."""
        self.post_message(HintWanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A hint is offered while there is one."""
        return self._more_hints if action == "hint" else super().check_action(action, parameters)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        _ = self.translator.gettext
        response = self.response()
        if response is None:
            text = _("That is not a number yet. Right would be 0.25, 1/4 or 2.5e-1.")
            self.post_message(Refused(text))
        else:
            self.post_message(Given(response))
