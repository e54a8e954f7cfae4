"""Fences that somebody forgot to close: found where the next block or page begins, and closed there.

Markdown lets such a fence run on to the next closing line, so that whatever it swallows is read as a part of it.
"""

import re
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from acttutor.course.blocks import BLOCK_NAMES

_PAGE: Final = re.compile(r"## +\S.*\{#[^{}]*\}\s*")
_FENCE: Final = re.compile(r"(?P<mark>`{3,})[a-z]+\s*")
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class OpenFence:
    """A fence that is still open where something else begins; lines are 1-based."""

    begun: int
    seen: int
    mark: str


def mend(text: str, parser: MarkdownIt) -> tuple[str, list[Token], tuple[OpenFence, ...]]:
    """The text with forgotten ends put in, its tokens, and where they were forgotten.

    The line before what comes next becomes the end of the fence, so that all lines keep their numbers.
    """
    found: list[OpenFence] = []
    tokens = parser.parse(text)
    while len(found) < _MOST and (fence := _first(tokens)) is not None:
        found.append(fence)
        lines = text.split("\n")
        # A fence that has no line of its own left for an end is taken out.
        lines[fence.seen - 2] = fence.mark if fence.seen - 1 > fence.begun else ""
        text = "\n".join(lines)
        tokens = parser.parse(text)
    return text, tokens, tuple(found)


def begins_anew(line: str, mark: str) -> bool:
    """Whether a line inside the fence of a live block, begun with `mark`, begins another fence or a page."""
    fence = _FENCE.fullmatch(line)
    return bool(_PAGE.fullmatch(line)) or (fence is not None and len(fence["mark"]) >= len(mark))


def _first(tokens: list[Token]) -> OpenFence | None:
    for token in tokens:
        if token.type != "fence" or token.level or token.map is None or token.markup[0] != "`":
            continue
        if token.info.strip() not in BLOCK_NAMES:  # code may show any fence and heading
            continue
        for number, line in enumerate(token.content.split("\n"), token.map[0] + 2):
            if begins_anew(line, token.markup):
                return OpenFence(token.map[0] + 1, number, token.markup)
    return None
