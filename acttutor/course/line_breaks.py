"""Where a line of mixed Chinese and Latin text may break, for screens and plain text alike.

Chinese has no spaces, so a break is allowed between any two of its characters; but no line begins with a closing
mark or ends with an opening one (the core of the W3C's "Requirements for Chinese Text Layout"). Latin words
break at their spaces.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from acttutor.course.formula import width

COLUMNS: Final = 72
"""How wide the text of a lesson is."""

Cells = Callable[[str], int]
"""How many terminal cells a text takes."""

_WIDE: Final = "\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_CLOSING: Final = "，。、；：！？）》」』】〉〕％…—·”’"
_OPENING: Final = "（《「『【〈〔“‘"
_CHUNK: Final = re.compile(
    rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*\s*|[{_OPENING}{_CLOSING}]+\s*|\s+"
)
_HAS_WIDE: Final = re.compile(f"[{_WIDE}]")


def needs_breaks(text: str) -> bool:
    """Whether a text has Chinese in it, between whose characters lines may break."""
    return _HAS_WIDE.search(text) is not None


def joins_without_space(before: str, after: str) -> bool:
    """Whether two characters at the two sides of a line end belong together with no space between them."""
    return bool(before and after) and all(
        _HAS_WIDE.match(one) or one in _CLOSING + _OPENING for one in (before, after)
    )


def joined(lines: str) -> str:
    """The lines of a paragraph as one: a space for each line end, or nothing between two wide characters."""
    parts = [" ".join(part.split()) for part in lines.split("\n")]
    text = ""
    for part in parts:
        gap = "" if not text or not part or joins_without_space(text[-1], part[0]) else " "
        text += gap + part
    return text


def break_offsets(text: str, columns: int, cells: Cells = width) -> tuple[int, ...]:
    """Where to begin new lines so that each takes at most `columns` cells, wherever a break is allowed.

    The text's own line ends stay; a chunk that is wider than a line stands alone.
    """
    offsets: list[int] = []
    for start, end in _lines(text):
        used = 0
        for chunk in _CHUNK.finditer(text, start, end):
            if used and used + cells(chunk[0].rstrip()) > columns:
                offsets.append(chunk.start())
                used = 0
            used += cells(chunk[0])
    return tuple(offsets)


def wrapped(
    text: str,
    columns: int = COLUMNS,
    first: str = "",
    rest: str = "",
    *,
    hard: bool = False,
    cells: Cells = width,
) -> list[str]:
    """Text as lines of at most `columns` cells, the first beginning with `first`, the others with `rest`.

    A word that is wider than a line stands alone and sticks out, or is broken anywhere where `hard`. No line
    comes out of a text of blanks.
    """
    lines: list[str] = []
    line, used = first, False
    for chunk in _chunks(text, columns - cells(rest), cells, hard):
        if chunk.isspace():
            line += chunk if used else ""
            continue
        if used and cells(line) + cells(chunk.rstrip()) > columns:
            lines.append(line.rstrip())
            line = rest
        line, used = line + chunk, True
    return [*lines, line.rstrip()] if used else lines


def _chunks(text: str, columns: int, cells: Cells, hard: bool) -> Iterator[str]:
    for match in _CHUNK.finditer(text):
        if not hard or cells(match[0].rstrip()) <= columns:
            yield match[0]
        else:
            yield from match[0]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
