"""The gradient's size at every layer of a deep stack, on a lesson page."""

from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from acttutor.course.figures import deeper, flow_profiles
from acttutor.course.model import FlowBlock
from acttutor.i18n import Translator
from acttutor.plots.depth import depth_figure
from acttutor.plots.figure import Figure
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.plot import PlotView
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.slider import Slider

SHALLOWEST, DEEPEST = 2, 100


class FlowBlockView(Vertical):
    """Measured in a thread; a slider changes the number of layers."""

    DEFAULT_CSS = """
    FlowBlockView {
        height: auto;
        PlotView { height: 14; }
        .caption { height: auto; color: $text-muted; padding: 0 1; }
    }
    """

    @dataclass
    class Measured(Message):
        """The stacks were measured at a depth."""

        figure: Figure
        depth: int

    def __init__(self, block: FlowBlock, translator: Translator, *, ascii_only: bool = False) -> None:
        super().__init__()
        self.block = block
        self.translator = translator
        self._ascii = ascii_only
        self._depth = block.depth

    def compose(self) -> ComposeResult:
        """Plot, slider, caption."""
        _ = self.translator.gettext
        yield PlotView(translator=self.translator, ascii_only=self._ascii)
        if self.block.interactive:
            yield Slider(_("layers"), self.block.depth, SHALLOWEST, DEEPEST, step=1, ascii_only=self._ascii)
        if self.block.caption:
            yield Prose(inline_content(self.block.caption.strip()), classes="caption")

    def on_mount(self) -> None:
        """Measure at the author's depth."""
        self.measure(self._depth)

    @work(thread=True, exclusive=True, group="flow")
    def measure(self, depth: int) -> None:
        """Some hundredths of a second a stack."""
        figure = depth_figure(flow_profiles(deeper(self.block, depth)), self.translator)
        self.post_message(self.Measured(figure, depth))

    @on(Measured)
    def _show(self, event: Measured) -> None:
        event.stop()
        if event.depth == self._depth:
            self.query_one(PlotView).figure = event.figure

    @on(Slider.Changed)
    def _deeper(self, event: Slider.Changed) -> None:
        event.stop()
        self._depth = round(event.value)
        self.measure(self._depth)
