"""What is wrong with a text that is no YAML, in the words of whoever has to put it right."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

import yaml

from acttutor.course.nodes import Report

# What PyYAML says, and what a person would have to do. First match wins; the text is a part of its message.
_ADVICE: Final = (
    ("while scanning an alias", "text that begins with * needs quotes"),
    ("while scanning an anchor", "text that begins with & needs quotes"),
    ("while scanning a directive", "text that begins with % needs quotes"),
    ("while scanning a tag", "text that begins with ! needs quotes"),
    (
        "mapping values are not allowed",
        "put the text in quotes, or after `|` on lines of its own, if it has a colon",
    ),
    ("could not find expected ':'", "every key ends in a colon and a space"),
    ("cannot start any token", "indent with spaces, and put text that begins with @, ` or % in quotes"),
    ("but found '-'", "the items of a list stand in one column"),
    (
        "expected <block end>",
        "lines of one level begin in one column, and quotes close at the end of the value",
    ),
    ("expected ',' or", "close the bracket, and separate what is in it with commas"),
    ("unexpected end of stream", "a quote or bracket is not closed"),
    ("unknown escape character", "use single quotes, or `|`, for text with backslashes"),
)

TAB_INDENTS: Final = ("a tab indents here", "use spaces")
"""Message and suggestion for what `tab_in` finds."""

_INDENT_TAB: Final = re.compile(r" *(?P<tab>\t)\s*\S")
_FULL_WIDTH: Final = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_][\w-]*)(?P<colon>：)", re.ASCII)
_TEXT_HEAD: Final = re.compile(r"(?P<indent> *)(?P<items>(?:- +)*)(?:[^\s:#][^:#]*:\s+)?[|>][-+0-9]*\s*")
_STRUCTURE: Final = re.compile(r" *(?:[\w\"'{}.-]+:(?:\s|$)|- |-$|#)")


class Mark(Protocol):
    """Both of PyYAML's marks: a 0-based place in a text."""

    line: int
    column: int


def tab_in(lines: Sequence[str]) -> tuple[int, int] | None:
    """Line and column (1-based) of the first tab that indents, or None."""
    for number, line in enumerate(lines, 1):
        if (found := _INDENT_TAB.match(line)) is not None:
            return number, found.start("tab") + 1
    return None


def report_syntax(
    error: yaml.MarkedYAMLError,
    text: str,
    report: Report,
    place: Callable[[Mark | None], tuple[int, int]],
) -> None:
    """Tell an error of PyYAML: by its cause where the text shows it, else in PyYAML's words with advice.

    `place` turns a mark in the text into a place in the file.
    """
    mark = error.problem_mark or error.context_mark
    at = place(mark)
    lines = text.split("\n")
    last = mark.line if mark is not None else 0
    first = error.context_mark.line if error.context_mark is not None else last
    origin, side = at[0] - last, at[1] - (mark.column if mark is not None else 0)
    for number, column, message, advice in _causes(lines, min(first, last), last):
        report.error(origin + number, side + column, "syntax", message, advice)
        return
    message = " ".join(" ".join(part for part in (error.context, error.problem) if part).split())
    advice = next((advice for part, advice in _ADVICE if part in message), "")
    if error.context_mark is not None:
        begun, _ = place(error.context_mark)
        message += f", begun in line {begun}" if begun != at[0] else ""
    report.error(*at, "syntax", message, advice)


def _causes(lines: list[str], first: int, last: int) -> Iterator[tuple[int, int, str, str]]:
    """What the lines (0-based, up to the one of the error) show to be wrong, likeliest first."""
    if (tab := tab_in(lines[: last + 1])) is not None:
        yield tab[0] - 1, tab[1] - 1, *TAB_INDENTS
    for number in range(first, min(last + 1, len(lines))):
        if (found := _FULL_WIDTH.match(lines[number])) is not None:
            message = f"the full-width ： (U+FF1A) after {found['key']} is no colon of YAML"
            yield number, found.start("colon"), message, "write : and a space"
    if (outdented := _outdented(lines, last)) is not None:
        number, mark = outdented
        column = len(lines[number]) - len(lines[number].lstrip())
        yield (
            number,
            column,
            f"text after {mark} must be indented",
            "every line of it two spaces further than its key",
        )


def _outdented(lines: list[str], last: int) -> tuple[int, str] | None:
    """The first line, up to the last one, that seems to belong to a text after `|` and stands too far left."""
    for number, line in enumerate(lines[: last + 1]):
        head = _TEXT_HEAD.fullmatch(line)
        if head is None:
            continue
        outside, inside = len(head["indent"]) + len(head["items"]), -1
        for below in range(number + 1, min(last + 1, len(lines))):
            text = lines[below]
            if not text.strip():
                continue
            indent = len(text) - len(text.lstrip(" "))
            if inside < 0 and indent > outside:
                inside = indent
            if inside < 0 or indent < inside:
                if not _STRUCTURE.match(text):
                    return below, "|" if "|" in line else ">"
                break
    return None
