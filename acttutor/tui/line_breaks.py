"""Lines of Chinese for Textual, which breaks lines at spaces only.

A Chinese sentence, which has none, would move to the next line as if it were one word. Where a line may break is
known to `acttutor.course.line_breaks`; here it is done to Textual's content, in the cells that Textual counts. That
module is imported with the first text that is not plain ASCII, since home is painted without any.
"""

from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

__all__ = ["broken", "joins_without_space", "needs_breaks"]


def needs_breaks(text: str) -> bool:
    """Whether a text has Chinese in it, between whose characters lines may break."""
    if text.isascii():
        return False
    from acttutor.course import line_breaks

    return line_breaks.needs_breaks(text)


def joins_without_space(before: str, after: str) -> bool:
    """Whether two characters at the two sides of a line end belong together with no space between them."""
    if (before + after).isascii():
        return False
    from acttutor.course import line_breaks

    return line_breaks.joins_without_space(before, after)


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
    from acttutor.course.line_breaks import break_offsets

    return break_offsets(text, width, cell_len)
