"""Lesson markdown as plain text lines: wrapped by terminal cells, formulas in words, no mark-up left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markdown_it.token import Token

from acttutor.course.formula import linear, width
from acttutor.course.line_breaks import COLUMNS, joined, wrapped
from acttutor.course.links import web_address
from acttutor.course.parser import markdown
from acttutor.course.text import clean

__all__ = ["COLUMNS", "FenceLines", "inline_text", "plain_line", "plain_lines", "wrapped"]

_SOFT: Final = "\n"

FenceLines = Callable[[Token], Sequence[str] | None]
"""The lines that stand for a fence, or None for its text as it is."""


@dataclass(frozen=True, slots=True)
class _Margin:
    """What stands before the first line of a block, and before its other lines."""

    first: str = ""
    rest: str = ""

    def under(self, mark: str, *, repeat: bool = False) -> "_Margin":
        return _Margin(self.first + mark, self.rest + (mark if repeat else " " * len(mark)))


def plain_lines(text: str, fence: FenceLines = lambda token: None, columns: int = COLUMNS) -> list[str]:
    """The lines of some markdown; blocks are parted by empty lines."""
    lines: list[str] = []
    tokens = markdown().parse(clean(text))
    for block in _Writer(fence, columns).blocks(tokens):
        if lines and block:
            lines.append("")
        lines += block
    return lines


def plain_line(text: str) -> str:
    """Some markdown in one line, for a label or the text of an option."""
    return " ".join(" ".join(plain_lines(text, columns=10**6)).split())


class _Writer:
    """Turns tokens into groups of lines, one group for each block."""

    def __init__(self, fence: FenceLines, columns: int) -> None:
        self.fence = fence
        self.columns = columns

    def blocks(self, tokens: Sequence[Token]) -> Iterator[list[str]]:
        at = 0
        while at < len(tokens):
            end = _closing(tokens, at)
            yield self.block(tokens[at : end + 1], _Margin())
            at = end + 1

    def block(self, tokens: Sequence[Token], margin: _Margin) -> list[str]:
        head, inside = tokens[0], tokens[1:-1]
        match head.type:
            case "paragraph_open" | "heading_open":
                return wrapped(inline_text(inside[0]), self.columns, margin.first, margin.rest)
            case "bullet_list_open" | "ordered_list_open":
                return self.items(inside, margin)
            case "blockquote_open":
                return self.inner(inside, margin.under("> ", repeat=True))
            case "table_open":
                return [margin.rest + row for row in _table(inside)]
            case "fence" | "code_block":
                lines = self.fence(head)
                if lines is None:
                    lines = head.content.rstrip("\n").split("\n")
                return [f"{margin.rest}{line}".rstrip() for line in lines]
            case "math_block" | "math_block_label":
                return [f"{margin.rest}    {linear(head.content.strip())}"]
            case "hr":
                return [margin.rest + "-" * 8]
            case "inline":
                return wrapped(inline_text(head), self.columns, margin.first, margin.rest)
            case "front_matter":
                return []
            case _:
                return self.inner(inside, margin)

    def items(self, tokens: Sequence[Token], margin: _Margin) -> list[str]:
        lines: list[str] = []
        at = 0
        while at < len(tokens):
            end = _closing(tokens, at)
            mark = f"{tokens[at].info}. " if tokens[at].info else "- "
            lines += self.inner(tokens[at + 1 : end], margin.under(mark)) or [margin.first + mark.rstrip()]
            margin = replace(margin, first=margin.rest)
            at = end + 1
        return lines

    def inner(self, tokens: Sequence[Token], margin: _Margin) -> list[str]:
        """The blocks inside a list item or quotation."""
        lines: list[str] = []
        at = 0
        while at < len(tokens):
            end = _closing(tokens, at)
            lines += self.block(tokens[at : end + 1], margin)
            margin = replace(margin, first=margin.rest)
            at = end + 1
        return lines


def inline_text(token: Token) -> str:
    """The text of an inline token: emphasis dropped, formulas in words, web links with their address behind them."""
    parts: list[str] = []
    target = ""
    for child in token.children or ():
        match child.type:
            case "softbreak" | "hardbreak":
                parts.append(_SOFT)
            case "math_inline" | "math_inline_double":
                parts.append(linear(child.content))
            case "link_open":
                target = str(child.attrs.get("href", ""))
            case "link_close":
                parts.append(f" ({web})" if (web := web_address(target)) else "")
            case _:
                parts.append(child.content)
    return joined("".join(parts))


def _closing(tokens: Sequence[Token], at: int) -> int:
    """The index of the token that closes the one at `at`; the same where it needs no closing."""
    level = 0
    for index in range(at, len(tokens)):
        level += tokens[index].nesting
        if level <= 0:
            return index
    return len(tokens) - 1


def _table(tokens: Sequence[Token]) -> list[str]:
    """The rows of a table with aligned columns and a rule under the header."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(inline_text(token))
    columns = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (columns - len(row)) for row in rows]
    widths = [max(width(row[index]) for row in rows) for index in range(columns)]
    lines = [
        "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)) for row in rows
    ]
    rule = "  ".join("-" * w for w in widths)
    return [line.rstrip() for line in [*lines[:1], rule, *lines[1:]]] if rows else []
