"""A network to step through in the middle of a lesson page."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from acttutor.course.model import SimBlock
from acttutor.errors import UserError
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.nn.trace import trace
from acttutor.tui.stepper import Stepper
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.network_view import NetworkView, height_of
from acttutor.tui.widgets.operation_view import OperationView
from acttutor.tui.widgets.phase_bar import PhaseBar

LINES_ON_A_PAGE = 22
"""As if the screen had so many lines: the block shares its page with text."""


class StepButton(Static):
    """A word that does something when it is clicked."""

    DEFAULT_CSS = """
    StepButton {
        width: auto;
        padding: 0 1;
        margin-right: 1;
        background: $panel;
        color: $primary;
        &:hover { background: $primary; color: $background; }
    }
    """

    @dataclass
    class Pressed(Message):
        """It was clicked; `action` names what it does."""

        action: str

    def __init__(self, label: str, action: str) -> None:
        super().__init__(Content(label), markup=False)
        self.action = action

    def on_click(self, event: Click) -> None:
        """Say so."""
        event.stop()
        self.post_message(self.Pressed(self.action))


class SimBlockView(Vertical, can_focus=True):
    """The network and the operation at hand; it owns its keys while it has the focus."""

    DEFAULT_CSS = """
    SimBlockView {
        height: auto;
        border-left: outer $border;
        padding: 0 1;
        &:focus { border-left: outer $primary; }
        PhaseBar, NetworkView, OperationView { padding: 0; }
        OperationView { height: 8; margin-top: 1; }
        .caption { height: auto; color: $text-muted; }
        .buttons { height: 1; }
        .problem { height: auto; color: $error; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,enter", "step(1)", N_("step"), key_display="→"),
        Binding("left,backspace", "step(-1)", N_("step back"), key_display="←"),
        Binding("up", "entry(-1)", N_("another number"), key_display="↑", show=False),
        Binding("down", "entry(1)", N_("another number"), key_display="↓", show=False),
        Binding(
            "right_square_bracket,shift+right", "phase(1)", N_("next phase"), key_display="]", show=False
        ),
        Binding(
            "left_square_bracket,shift+left", "phase(-1)", N_("phase before"), key_display="[", show=False
        ),
        Binding("home", "step(-9999)", N_("to the beginning"), show=False),
        Binding("end", "step(9999)", N_("to the end"), show=False),
        Binding("s", "open", N_("full simulator")),
        Binding("escape", "release", N_("back to the page"), show=False),
    ]

    @dataclass
    class OpenInSimulator(Message):
        """The learner wants this network in the full simulator."""

        block: SimBlock

    def __init__(self, block: SimBlock, translator: Translator, *, ascii_only: bool = False) -> None:
        super().__init__()
        self.block = block
        self.translator = translator
        self.ascii_only = ascii_only
        self.problem = ""
        self.stepper: Stepper | None = None
        try:
            self.stepper = Stepper(trace(block.network.step()))
        except UserError as error:
            self.problem = str(error)

    def compose(self) -> ComposeResult:
        """Phases, network, operation, buttons; or what is wrong with the network."""
        if self.stepper is None:
            yield Static(Content(self.problem), classes="problem")
            return
        _ = self.translator.gettext
        back, on_ = ("<", ">") if self.ascii_only else ("◂", "▸")
        yield PhaseBar(self.translator, ascii_only=self.ascii_only)
        yield NetworkView(self.translator, ascii_only=self.ascii_only)
        yield OperationView(self.translator, ascii_only=self.ascii_only, compact=True)
        with Horizontal(classes="buttons"):
            yield StepButton(f"{back} {_('step back')}", "step(-1)")
            yield StepButton(f"{_('step')} {on_}", "step(1)")
            yield StepButton(_("s  full simulator"), "open")
        if self.block.caption:
            yield Static(inline_content(self.block.caption.strip()), classes="caption")

    def on_mount(self) -> None:
        """Draw the place."""
        if self.stepper is not None:
            self.query_one(NetworkView).styles.height = height_of(self.stepper.trace.network, LINES_ON_A_PAGE)
            self._show(self.stepper)

    def _show(self, stepper: Stepper) -> None:
        self.stepper = stepper
        self.query_one(PhaseBar).show(stepper)
        self.query_one(NetworkView).show(stepper)
        self.query_one(OperationView).show(stepper)

    @on(StepButton.Pressed)
    async def _pressed(self, event: StepButton.Pressed) -> None:
        event.stop()
        self.focus()
        await self.run_action(event.action)

    @on(PhaseBar.Chosen)
    def _chosen(self, event: PhaseBar.Chosen) -> None:
        event.stop()
        if self.stepper is not None:
            self._show(self.stepper.at(event.index))

    def action_step(self, by: int) -> None:
        """So many operations on, or back."""
        if self.stepper is not None:
            self._show(self.stepper.at(self.stepper.index + by))

    def action_phase(self, by: int) -> None:
        """To the next phase, or to the one before."""
        if self.stepper is not None:
            self._show(self.stepper.next_phase() if by > 0 else self.stepper.previous_phase())

    def action_entry(self, by: int) -> None:
        """Another number of the tensor just written."""
        if self.stepper is not None:
            self._show(self.stepper.look(self.stepper.cursor + by))

    def action_open(self) -> None:
        """Into the full simulator."""
        if self.stepper is not None:
            self.post_message(self.OpenInSimulator(self.block))

    def action_release(self) -> None:
        """Give the keys back to the page."""
        self.screen.set_focus(None)
