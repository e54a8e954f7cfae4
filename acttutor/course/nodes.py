"""The tree that a document becomes before anything in it is believed: nodes of three kinds, with places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from acttutor.course.text import clean, unsafe_characters

MAX_DEPTH = 20
MAX_BYTES = 1_000_000


class Severity(StrEnum):
    """Whether a problem makes a document unusable."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where (1-based), what, and what would be right."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        advice = f" ({self.suggestion})" if self.suggestion else ""
        return f"{self.path}:{self.line}:{self.column}: {self.code}: {self.message}{advice}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; the schema says what it means. `quoted` tells `"true"` from `true`.

    A missing YAML value and JSON's null are the unquoted empty text.
    """

    text: str
    line: int
    column: int
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is no value at all, as after `key:`."""
        return not self.text and not self.quoted


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; no key twice."""

    entries: tuple[Entry, ...]
    line: int
    column: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, in the order of the file."""
        return tuple(entry.key.text for entry in self.entries)

    def get(self, key: str) -> Node | None:
        """The value of a key, or None when the key is not there."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


Node = Scalar | Sequence | Mapping


def locate(node: Node, *steps: str | int) -> Node:
    """The node that keys and list places lead to from `node`, or the last one on the way that is there."""
    for step in steps:
        if isinstance(node, Mapping) and isinstance(step, str):
            below = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            below = node.items[step]
        else:
            below = None
        if below is None:
            break
        node = below
    return node


@dataclass(slots=True)
class Report:
    """Collects the problems of one file while it is read."""

    path: str
    problems: list[Problem]

    def error(self, line: int, column: int, code: str, message: str, suggestion: str = "") -> None:
        """Note an error and go on."""
        self.problems.append(Problem(self.path, line, column, code, Severity.ERROR, message, suggestion))


def build_mapping(pairs: Iterable[tuple[Node, Node]], line: int, column: int, report: Report) -> Mapping:
    """A mapping of the pairs that can stand; a key that is no plain text or comes twice is reported."""
    entries: list[Entry] = []
    first_lines: dict[str, int] = {}
    for key, value in pairs:
        if not isinstance(key, Scalar):
            report.error(key.line, key.column, "key", "a key must be a plain word, not a list or mapping")
        elif key.empty:
            report.error(key.line, key.column, "key", "a key is missing before the colon")
        elif key.text == "<<" and not key.quoted:
            report.error(
                key.line, key.column, "merge-key", "merge keys (<<) are not allowed", "write the keys out"
            )
        elif key.text in first_lines:
            report.error(
                key.line,
                key.column,
                "duplicate-key",
                f"{key.text} is given twice, first in line {first_lines[key.text]}",
                "keep one of them",
            )
        else:
            first_lines[key.text] = key.line
            entries.append(Entry(key, value))
    return Mapping(tuple(entries), line, column)


def check_scalar(scalar: Scalar, report: Report) -> Scalar:
    """The scalar, cleaned; a character that an escape such as `\\e` smuggled in is reported."""
    if not scalar.quoted:
        return scalar
    unsafe = next(unsafe_characters(scalar.text), None)
    name = unsafe.name if unsafe else "U+000D CARRIAGE RETURN" if "\r" in scalar.text else ""
    if not name:
        return scalar
    report.error(scalar.line, scalar.column, "character", f"this text contains {name}, which is not allowed")
    return replace(scalar, text=clean(scalar.text))


def check_text(text: str, report: Report, line: int, column: int) -> bool:
    """Whether a text may be parsed at all: not too long, no character that steers a terminal."""
    if len(text) > MAX_BYTES:
        report.error(line, column, "size", f"the file is larger than {MAX_BYTES // 1_000_000} MB")
        return False
    unsafe = list(unsafe_characters(text))
    for found in unsafe[:20]:
        report.error(
            line + found.line - 1, column + found.column - 1, "character", f"{found.name} is not allowed"
        )
    return not unsafe


def too_deep(report: Report, line: int, column: int) -> None:
    """Report nesting beyond `MAX_DEPTH`."""
    report.error(line, column, "depth", f"nested deeper than {MAX_DEPTH} levels")
