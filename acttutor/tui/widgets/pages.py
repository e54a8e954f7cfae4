"""The pages of a lesson that are mounted: one is shown, its neighbours wait hidden."""

from collections.abc import Container, Sequence

from textual.containers import Vertical
from textual.widget import Widget

from acttutor.course.model import Page
from acttutor.tui.widgets.page_view import PageView


def page_id(index: int) -> str:
    """The id of the widget that shows the page with this index."""
    return f"page-{index}"


class Pages(Vertical):
    """Widgets by the index of their page; what stands behind the last page is no `PageView`."""

    DEFAULT_CSS = """
    Pages { width: 1fr; height: 100%; }
    """

    def view(self, index: int) -> Widget | None:
        """The widget of a page, if it is mounted."""
        return next((child for child in self.children if child.id == page_id(index)), None)

    @property
    def current(self) -> Widget | None:
        """The widget that is shown."""
        return next((child for child in self.children if child.display), None)

    def turn_to(self, view: Widget) -> None:
        """Show one, hide the others."""
        for child in self.children:
            child.display = child is view

    async def keep(self, indices: Container[int]) -> None:
        """Take away what is hidden and not among these."""
        for child in list(self.children):
            if not child.display and _index(child) not in indices:
                await child.remove()

    async def reread(self, pages: Sequence[Page]) -> int:
        """Show the pages as they read now; gives the index at which what is shown belongs.

        A page whose text is the same is left alone. One that is not a page any more, or has become one, goes.
        """
        shown = self.current
        at = len(pages)
        if isinstance(shown, PageView):
            ids = [page.id for page in pages]
            at = ids.index(shown.page.id) if shown.page.id in ids else min(_index(shown), len(ids) - 1)
        for child in list(self.children):
            if isinstance(child, PageView) and _index(child) < len(pages):
                await child.show(pages[_index(child)])
            else:
                await child.remove()
        return at


def _index(child: Widget) -> int:
    return int((child.id or page_id(0)).rpartition("-")[2])
