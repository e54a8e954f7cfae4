"""The options of an experiment side by side: drawn, or told in a table."""

from textual import events
from textual.content import Content

from acttutor.i18n import Translator
from acttutor.plots.arms import Comparison, arms_figure, arms_table, metric_text
from acttutor.plots.describe import text_table
from acttutor.plots.sheet import plain
from acttutor.tui.line_breaks import broken
from acttutor.tui.widgets.plot import PlotView


class ArmsPlot(PlotView):
    """A plot whose columns are options and not numbers: there is no x to move along, so no cursor.

    In words it is the metric and a table; the sentence stands beside it at all times.
    """

    DEFAULT_CSS = """
    ArmsPlot {
        height: 10;
        &.-tall { height: 15; }
    }
    """

    def __init__(self, comparison: Comparison, translator: Translator, *, ascii_only: bool = False) -> None:
        figure = arms_figure(comparison, translator, ascii_only=ascii_only)
        super().__init__(figure, translator=translator, ascii_only=ascii_only)
        self.comparison = comparison

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and right are left to whoever holds the plot."""
        return False if action in ("move", "to_edge") else super().check_action(action, parameters)

    def _point(self, event: events.MouseEvent) -> None:
        """The mouse has nothing to point at."""

    def _told(self, width: int) -> tuple[str, ...]:
        tr = self.translator
        assert tr is not None
        metric = metric_text(self.comparison, tr)
        metric = plain(metric) if self.ascii_only else metric
        table = arms_table(self.comparison, tr, ascii_only=self.ascii_only)
        lines = text_table(table, width, ascii_only=self.ascii_only)
        return (*(line.plain.rstrip() for line in broken(Content(metric), width).wrap(width)), "", *lines)
