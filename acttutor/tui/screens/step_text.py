"""The whole training step in words, for those who would rather read it, or have it read to them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class StepTextScreen(ModalScreen[None]):
    """A long text over the room."""

    CSS_PATH = "../simulator.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,t", "dismiss", show=False)]

    def __init__(self, title: str, subtitle: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._subtitle = subtitle
        self._text = text

    def compose(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(id="text-card", classes="card") as card:
            card.border_title = Content(self._title)
            card.border_subtitle = Content(self._subtitle)
            yield Static(Content(self._text), id="step-text")

    def on_mount(self) -> None:
        """The arrow keys scroll at once."""
        self.query_one("#text-card").focus()
