"""Bringing something that has just appeared before the reader's eyes."""

from textual.containers import ScrollableContainer
from textual.errors import NoWidget
from textual.widget import Widget


def in_sight(widget: Widget) -> bool:
    """Whether any of it is seen."""
    try:
        return bool(widget.screen.find_widget(widget).visible_region)
    except NoWidget:
        return False


def bring(widget: Widget) -> None:
    """Scroll until all of it is seen, or where there is no room for all of it, its beginning.

    To be called once the widget has its size: two refreshes after what it shows was mounted.
    """
    around = next((node for node in widget.ancestors if isinstance(node, ScrollableContainer)), None)
    widget.scroll_visible(top=around is not None and widget.size.height > around.size.height)


def bring_soon(widget: Widget) -> None:
    """The same for what is just being mounted."""
    widget.call_after_refresh(widget.call_after_refresh, bring, widget)
