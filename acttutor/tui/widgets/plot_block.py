"""A plot on a lesson page: the curves, and sliders for what the reader may change."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from acttutor.course.figures import Knob, knobs, plot_figure
from acttutor.course.model import PlotBlock
from acttutor.i18n import Translator
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.plot import PlotView
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.slider import Slider


class PlotBlockView(Vertical):
    """The figure is made anew at every slider step; nothing else is."""

    DEFAULT_CSS = """
    PlotBlockView {
        height: auto;
        PlotView { height: 12; }
        .caption { height: auto; color: $text-muted; padding: 0 1; }
    }
    """

    def __init__(self, block: PlotBlock, translator: Translator, *, ascii_only: bool = False) -> None:
        super().__init__()
        self.block = block
        self.translator = translator
        self._ascii = ascii_only
        self._knobs: tuple[Knob, ...] = knobs(block) if block.interactive else ()
        self._turned: dict[tuple[str, str], float] = {}

    def compose(self) -> ComposeResult:
        """Plot, sliders, caption."""
        yield PlotView(plot_figure(self.block), translator=self.translator, ascii_only=self._ascii)
        for number, knob in enumerate(self._knobs):
            yield Slider(
                f"{knob.activation} {knob.name}",
                knob.value,
                knob.low,
                knob.high,
                ascii_only=self._ascii,
                id=f"knob-{number}",
            )
        if self.block.caption:
            yield Prose(inline_content(self.block.caption.strip()), classes="caption")

    @on(Slider.Changed)
    def _turn(self, event: Slider.Changed) -> None:
        event.stop()
        knob = self._knobs[int((event.slider.id or "knob-0").removeprefix("knob-"))]
        self._turned[knob.activation, knob.name] = event.value
        view = self.query_one(PlotView)
        view.figure = plot_figure(self.block, columns=max(20, view.content_size.width), turned=self._turned)
