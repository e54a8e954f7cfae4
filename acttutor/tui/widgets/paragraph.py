"""A paragraph of markdown that breaks its lines as `Prose` does; apart from it, since home needs no markdown."""

from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets._markdown import MarkdownParagraph

from acttutor.tui.line_breaks import broken, needs_breaks


class ProseParagraph(MarkdownParagraph):
    """A paragraph of a lesson."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines the paragraph takes once it is broken for this width."""
        if not needs_breaks(self._content.plain):
            return super().get_content_height(container, viewport, width)
        return broken(self._content, width).plain.count("\n") + 1

    def render(self) -> VisualType:
        """The paragraph, broken for the width there is."""
        return broken(self._content, self.content_size.width)
