"""How far a run is."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text
from textual.renderables.bar import Bar
from textual.widgets import ProgressBar


class AsciiBar(Bar):
    """`####----`, for terminals whose line characters are of doubtful width."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The bar."""
        width = self.width or options.max_width
        done = min(width, max(0, round(self.highlight_range[1])))
        yield Text("#" * done + "-" * (width - done), style=self.highlight_style, end="")


class TrialBar(ProgressBar):
    """Textual's progress bar over a share from 0 to 1."""

    DEFAULT_CSS = """
    TrialBar { width: 100%; }
    TrialBar Bar { width: 1fr; max-width: 60; }
    """

    def __init__(self) -> None:
        super().__init__(total=1.0, show_eta=False)


class AsciiTrialBar(TrialBar):
    """The same in ASCII."""

    BAR_RENDERABLE = AsciiBar


def trial_bar(*, ascii_only: bool) -> TrialBar:
    """The bar for a terminal."""
    return AsciiTrialBar() if ascii_only else TrialBar()
