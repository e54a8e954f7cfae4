"""Lines of Chinese for Textual, which breaks lines at spaces only.

A Chinese sentence, which has none, would move to the next line as if it were one word. Where a line may break is
known to `acttutor.course.line_breaks`; here it is done to Textual's content, in the cells that Textual counts.
"""

from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

from acttutor.course.line_breaks import break_offsets, joins_without_space, needs_breaks

__all__ = ["broken", "joins_without_space", "needs_breaks"]


def broken(content: Content, width: int) -> Content:
    """The content with its lines broken for a width; unchanged where it has no Chinese."""
    if width < 2 or not needs_breaks(content.plain):
        return content
    offsets = _offsets(content.plain, width)
    if not offsets:
        return content
    return Content("\n").join(line.rstrip() for line in content.divide(offsets))


@lru_cache(maxsize=512)
def _offsets(text: str, width: int) -> tuple[int, ...]:
    return break_offsets(text, width, cell_len)
