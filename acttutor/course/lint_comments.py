"""Texts that lose their end: in a plain YAML text everything after ` #` is a comment."""

import re
from collections.abc import Iterator
from typing import Final

from acttutor.course.document import Mapping, Node, Problem, Scalar, Sequence
from acttutor.course.parser import Source
from acttutor.course.places import warning

# Keys whose values are read by people; after an id or a number a comment is meant.
_READ: Final = frozenset(
    {
        "caption",
        "en",
        "hints",
        "label",
        "objectives",
        "prompt",
        "reveal",
        "source",
        "sources",
        "statement",
        "summary",
        "text",
        "title",
        "why",
        "zh",
    }
)
_COMMENT: Final = re.compile(r"(?:^|\s)(?=#)")


def check_comments(node: Node | None, source: Source, key: str = "") -> Iterator[Problem]:
    """Every text of a tree that is cut by a comment, told where the comment begins."""
    match node:
        case Mapping():
            for entry in node.entries:
                yield from check_comments(entry.value, source, entry.key.text)
        case Sequence():
            for item in node.items:
                yield from check_comments(item, source, key)
        case Scalar() if key in _READ and not node.quoted and (at := _comment_after(node, source.lines)):
            message = "everything after ' #' is a comment and is not shown"
            yield warning(source.path, at, "comment", message, "put the text in quotes or after |")


def _comment_after(text: Scalar, lines: tuple[str, ...]) -> tuple[int, int] | None:
    """Line and column of the comment on the last line of a plain text, which may go on over several."""
    left, begin = len("".join(text.text.split())), text.column - 1
    for number in range(text.line, len(lines) + 1):
        line = lines[number - 1]
        comment = _COMMENT.search(line, begin)
        left -= len("".join(line[begin : comment.start() if comment else None].split()))
        if comment is not None and left <= 0:
            return number, comment.end() + 1
        if left <= 0:
            return None
        begin = 0
    return None
