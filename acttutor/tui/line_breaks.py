"""Where a line of mixed Chinese and Latin text may break.

Textual breaks lines at spaces only, so a Chinese sentence, which has none, moves to the next line as if it were one
word. Here a break is allowed between any two Chinese characters, but no line begins with a closing mark or ends with
an opening one (the core of the W3C's "Requirements for Chinese Text Layout").
"""

import re
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6"
_CLOSING = "，。、；：！？）》」』】〉〕％…—·”’"
_OPENING = "（《「『【〈〔“‘"
_CHUNK = re.compile(
    rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*\s*|[{_OPENING}{_CLOSING}]+\s*|\s+"
)
_HAS_WIDE = re.compile(f"[{_WIDE}]")


def needs_breaks(text: str) -> bool:
    """Whether a text has Chinese in it; one that has none is well served by Textual."""
    return _HAS_WIDE.search(text) is not None


def joins_without_space(before: str, after: str) -> bool:
    """Whether two characters at the two sides of a line end belong together with no space between them."""
    return bool(before and after) and all(
        _HAS_WIDE.match(one) or one in _CLOSING + _OPENING for one in (before, after)
    )


@lru_cache(maxsize=512)
def break_offsets(text: str, width: int) -> tuple[int, ...]:
    """Where to begin new lines so that each is at most `width` cells wide, wherever a break is allowed."""
    offsets: list[int] = []
    for match in _paragraphs(text):
        column = 0
        for chunk in _CHUNK.finditer(text, *match):
            wide = cell_len(chunk[0].rstrip())
            if column and column + wide > width:
                offsets.append(chunk.start())
                column = 0
            column += cell_len(chunk[0])
    return tuple(offsets)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def broken(content: Content, width: int) -> Content:
    """The content with its lines broken for a width; unchanged where it has no Chinese."""
    if width < 2 or not needs_breaks(content.plain):
        return content
    offsets = break_offsets(content.plain, width)
    if not offsets:
        return content
    return Content("\n").join(line.rstrip() for line in content.divide(offsets))
