"""A line that hangs: a mark at the left, the text behind it, further lines of the text under its first."""

from functools import lru_cache

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from acttutor.tui.line_breaks import broken

NARROWEST = 8
"""Cells for the text below which hanging would only make it worse."""


class Row(Visual):
    """What stands in a list or a column of reasons; lines break well in both languages."""

    def __init__(self, mark: Content, text: Content) -> None:
        self.mark = mark
        self.text = text
        self._at = lru_cache(maxsize=2)(self._laid_out)

    def styled(self, style: str) -> "Row":
        """The same row in a style."""
        return Row(self.mark.stylize(style), self.text.stylize(style))

    def _laid_out(self, width: int) -> Content:
        indent = self.mark.cell_length
        room = width - indent
        if room < NARROWEST:
            return self.mark + self.text
        first, *others = broken(self.text, room).wrap(room) or [Content()]
        return Content("\n").join([self.mark + first, *(Content(" " * indent) + line for line in others)])

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines."""
        return self._at(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All on one line."""
        return self.mark.cell_length + self.text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As many lines as it takes."""
        return self._at(width).get_height(rules, width)
