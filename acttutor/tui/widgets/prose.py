"""Running text that breaks its lines well in both languages."""

from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets import Static

from acttutor.tui.line_breaks import broken, needs_breaks


class Prose(Static):
    """A text of our own or of a lesson; never read as markup."""

    DEFAULT_CSS = """
    Prose { height: auto; }
    """

    def __init__(
        self, content: Content | str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        self._text = Content(content) if isinstance(content, str) else content
        super().__init__(self._text, id=id, classes=classes, markup=False)

    def show(self, content: Content | str) -> None:
        """Show another text."""
        self._text = Content(content) if isinstance(content, str) else content
        self.update(self._text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines the text takes once it is broken for this width."""
        if not needs_breaks(self._text.plain):
            return super().get_content_height(container, viewport, width)
        return broken(self._text, width).plain.count("\n") + 1

    def render(self) -> VisualType:
        """The text, broken for the width there is."""
        return broken(self._text, self.content_size.width)
