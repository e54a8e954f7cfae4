"""One sentence with a number, and the same number computed now."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from acttutor.course.model import ClaimBlock
from acttutor.errors import UserError
from acttutor.experiments.claims import holds
from acttutor.experiments.measures import measure
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.prose import Prose

_LONGEST_WHOLE = 1e9


def number_text(value: float) -> str:
    """A number as a reader wants it: whole where it is whole, else six significant digits."""
    if value.is_integer() and abs(value) < _LONGEST_WHOLE:
        return f"{value + 0.0:,.0f}"  # no minus before a zero
    return f"{value:.6g}"


class ClaimView(Widget, can_focus=True):
    """The claim, its verdict, and on request how it was computed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("v,enter", "how", N_("how"), key_display="v")]
    DEFAULT_CSS = """
    ClaimView {
        height: auto;
        padding: 0 1;
        border-left: outer $secondary;
        &:focus { background: $panel; border-left: outer $primary; }
        #verdict { color: $text-muted; }
        #how { display: none; color: $text-muted; }
        &.-how #how { display: block; }
    }
    """

    def __init__(self, block: ClaimBlock, translator: Translator) -> None:
        super().__init__()
        self.block = block
        self.translator = translator

    def compose(self) -> ComposeResult:
        """The sentence; the number comes when it is there."""
        _ = self.translator.gettext
        yield Prose(inline_content(self.block.text.strip()), id="text")
        yield Prose(Content(_("computing …")), id="verdict")
        yield Prose(Content(self._how()), id="how")

    def on_mount(self) -> None:
        """Compute."""
        self.compute()

    @work(thread=True, exclusive=True, group="claim")
    def compute(self) -> None:
        """The measure, in a thread: some take a tenth of a second."""
        check = self.block.check
        try:
            value = measure(check.measure, dict(check.args))
        except UserError as error:
            self.app.call_from_thread(self._show, Content(str(error)))
            return
        _ = self.translator.gettext
        if holds(check.bound, value):
            verdict = Content.assemble(
                ("✓ ", "$success"),
                _("computed now: {value}").format(value=number_text(value)),
                ("   v", "$primary"),
                f" {_('how')}",
            )
        else:
            verdict = Content.assemble(
                ("✗ ", "$error"),
                _("computed now: {value}: this sentence does not hold").format(value=number_text(value)),
            )
        self.app.call_from_thread(self._show, verdict)

    def _show(self, verdict: Content) -> None:
        if self.is_mounted:
            self.query_one("#verdict", Prose).show(verdict)

    def _how(self) -> str:
        check = self.block.check
        arguments = ", ".join(f"{name}={value}" for name, value in check.args)
        return f"{check.measure}({arguments})  {check.bound}"

    def action_how(self) -> None:
        """Show or hide how it was computed."""
        self.toggle_class("-how")
