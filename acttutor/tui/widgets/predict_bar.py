"""A number to be typed before it is shown."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from acttutor.course.questions import parse_number
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.nn.trace import Operation
from acttutor.tui.simulation.numbers import entry_name, short
from acttutor.tui.simulation.prediction import Verdict, explain, judge
from acttutor.tui.stepper import Stepper
from acttutor.tui.widgets.line_input import LineInput


class PredictBar(Vertical):
    """Asks for the next number, judges what is typed and tells which factor was left out. Hidden until it asks."""

    DEFAULT_CSS = """
    PredictBar {
        display: none;
        height: auto;
        padding: 0 1;
        background: $panel;
        #predict-input { border: none; height: 1; padding: 0; background: $surface; width: 1fr; }
        #predict-words { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("stop predicting"), key_display="esc"),
        Binding("up", "entry(-1)", N_("number before"), key_display="↑"),
        Binding("down", "entry(1)", N_("next number"), key_display="↓"),
    ]

    @dataclass
    class Changed(Message):
        """The place in time to show now; `hiding` keeps its result back, `hint` shows what it is made of."""

        stepper: Stepper
        hiding: bool
        hint: bool

    def __init__(self, translator: Translator, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.translator = translator
        self._stepper: Stepper | None = None
        self._answered = False

    def compose(self) -> ComposeResult:
        """A line that says how it stands, and one to type in."""
        yield Static(id="predict-words", markup=False)
        yield LineInput(id="predict-input", select_on_focus=False)

    def start(self, stepper: Stepper) -> None:
        """Ask for the number after this place."""
        self._ask(stepper.forward())

    def _ask(self, stepper: Stepper) -> None:
        _ = self.translator.gettext
        self._stepper, self._answered = stepper, False
        more = _("up and down: another one") if self._operation.value.size > 1 else ""
        words = Content.assemble(
            (_("Predict {entry}").format(entry=self._entry_name), "bold $accent"),
            (f"   {more}", "$foreground 60%"),
        )
        self._say(words, _("type it, then enter; enter alone shows it; esc stops"))
        self._post(hiding=True)

    @property
    def _operation(self) -> Operation:
        assert self._stepper is not None
        operation = self._stepper.current
        assert operation is not None
        return operation

    @property
    def _entry_name(self) -> str:
        assert self._stepper is not None
        return entry_name(self._operation.writes, self._stepper.entry)

    def _say(self, words: Content, placeholder: str) -> None:
        self.display = True
        self.query_one("#predict-words", Static).update(words)
        box = self.query_one("#predict-input", Input)
        box.placeholder = placeholder
        box.value = ""
        box.focus()

    def _post(self, *, hiding: bool, hint: bool = False) -> None:
        assert self._stepper is not None
        self.post_message(self.Changed(self._stepper, hiding, hint))

    @on(Input.Submitted, "#predict-input")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        stepper = self._stepper
        if stepper is None:
            return
        if self._answered:
            if stepper.upcoming is None:
                self.action_close()
            else:
                self.start(stepper)
            return
        self._judge(stepper, event.value.strip())

    def _judge(self, stepper: Stepper, text: str) -> None:
        _ = self.translator.gettext
        if not text:
            self._reveal(_("It is {entry} = {value}"), "bold")
            return
        typed = parse_number(text)
        if typed is None:
            self._refuse(_("That is not a number yet. Right would be 0.25, 1/4 or 2.5e-1."))
            return
        found = judge(stepper.trace, self._operation, stepper.entry, typed)
        if found.right:
            self._reveal(_("✓ Right: {entry} = {value}"), "bold $success")
            return
        self._refuse(self._words(found))
        self._post(hiding=True, hint=True)

    def _words(self, found: Verdict) -> str:
        _ = self.translator.gettext
        if found.slip is not None:
            return explain(found.slip, self._operation, self.translator)
        if found.near:
            return _("Close, but not within 1 %: keep four digits on the way.")
        return _("Not that. Below is what it is made of.")

    def _refuse(self, words: str) -> None:
        self.query_one("#predict-words", Static).update(Content.styled(f"✗ {words}", "bold $error"))

    def _reveal(self, words: str, style: str) -> None:
        assert self._stepper is not None
        _ = self.translator.gettext
        self._answered = True
        value = short(float(self._operation.value[self._stepper.entry]))
        text = words.format(entry=self._entry_name, value=value)
        self._say(Content.styled(text, style), _("enter: the next number; esc stops"))
        self._post(hiding=False)

    def action_entry(self, by: int) -> None:
        """Another number of the same tensor."""
        if self._stepper is not None and not self._answered:
            self._ask(self._stepper.look(self._stepper.cursor + by))

    def action_close(self) -> None:
        """Stop asking; a number not answered is not computed yet."""
        if self._stepper is not None and not self._answered:
            self._stepper = self._stepper.back()
        self.close()
        self._post(hiding=False)

    def close(self) -> None:
        """Put the bar away."""
        self.display = False
        if self.query_one("#predict-input").has_focus:
            self.screen.set_focus(None)
