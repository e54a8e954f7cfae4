"""JSON, strictly as RFC 8259 has it, into the same tree as YAML, with the same places."""

import json
import re
from dataclasses import dataclass

from acttutor.course.nodes import (
    MAX_DEPTH,
    Node,
    Report,
    Scalar,
    Sequence,
    build_mapping,
    check_scalar,
    check_text,
    too_deep,
)

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.+-])")
_WORD = re.compile(r"[A-Za-z]+")


class _NotJsonError(Exception):
    """The text stops being JSON at `at`."""

    def __init__(self, at: int, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.suggestion = suggestion


class _TooDeepError(Exception):
    """Reading stops at nesting beyond the limit; the problem has been reported."""


@dataclass(slots=True)
class _Reader:
    """A cursor over the text; depth is bounded, so recursion is too."""

    text: str
    report: Report
    at: int = 0
    depth: int = 0
    line: int = 1
    line_start: int = 0
    seen: int = 0

    def place(self, at: int) -> tuple[int, int]:
        """The 1-based line and column of an index that is not before the last one asked for."""
        breaks = self.text.count("\n", self.seen, at)
        if breaks:
            self.line += breaks
            self.line_start = self.text.rindex("\n", self.seen, at) + 1
        self.seen = at
        return self.line, at - self.line_start + 1

    def skip_space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def peek(self) -> str:
        """The next character after white space, or an empty text at the end."""
        self.skip_space()
        return self.text[self.at : self.at + 1]

    def expect(self, characters: str, message: str, suggestion: str = "") -> str:
        """Step over one of the characters."""
        character = self.peek()
        if not character or character not in characters:
            raise _NotJsonError(
                self.at, message if character else f"the file ends too early: {message}", suggestion
            )
        self.at += 1
        return character

    def value(self) -> Node:
        """Read one value."""
        character = self.peek()
        place = self.place(self.at)
        if character in ("{", "["):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                too_deep(self.report, *place)
                raise _TooDeepError
            self.at += 1
            node = self.mapping(place) if character == "{" else self.sequence(place)
            self.depth -= 1
            return node
        if character == '"':
            return self.string()
        return self.literal(place)

    def mapping(self, place: tuple[int, int]) -> Node:
        pairs: list[tuple[Node, Node]] = []
        if self.peek() == "}":
            self.at += 1
            return build_mapping(pairs, *place, self.report)
        while True:
            if self.peek() != '"':
                raise _NotJsonError(
                    self.at, "expected a key in double quotes", _trailing_comma_advice(self.peek(), "}")
                )
            key = self.string()
            self.expect(":", f"expected a colon after the key {key.text}")
            pairs.append((key, self.value()))
            if self.expect(",}", "expected a comma or }", "put a comma between entries") == "}":
                return build_mapping(pairs, *place, self.report)

    def sequence(self, place: tuple[int, int]) -> Node:
        items: list[Node] = []
        if self.peek() == "]":
            self.at += 1
            return Sequence((), *place)
        while True:
            if items and self.peek() == "]":
                raise _NotJsonError(self.at, "expected a value", _trailing_comma_advice("]", "]"))
            items.append(self.value())
            if self.expect(",]", "expected a comma or ]", "put a comma between items") == "]":
                return Sequence(tuple(items), *place)

    def string(self) -> Scalar:
        """Read a text in double quotes."""
        place = self.place(self.at)
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise _NotJsonError(self.at, "this text is not closed, or has a line end or a wrong escape in it")
        self.at = found.end()
        return check_scalar(Scalar(json.loads(found[0]), *place, quoted=True), self.report)

    def literal(self, place: tuple[int, int]) -> Scalar:
        """Read a number, true, false or null."""
        found = _NUMBER.match(self.text, self.at) or _WORD.match(self.text, self.at)
        if found is None:
            what = (
                f"expected a value, not {self.peek()}"
                if self.peek()
                else "the file ends where a value should be"
            )
            raise _NotJsonError(self.at, what)
        text = found[0]
        if text[0].isalpha() and text not in ("true", "false", "null"):
            raise _NotJsonError(
                self.at, f"{text} is no JSON value", "put text in double quotes; numbers are finite"
            )
        self.at = found.end()
        return Scalar("" if text == "null" else text, *place)


def _trailing_comma_advice(found: str, closing: str) -> str:
    return "leave out the last comma" if found == closing else ""


def read_json(text: str, report: Report) -> Node | None:
    """The tree of a JSON text, or None when it cannot be read; problems go into the report. Never raises."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not check_text(text, report, 1, 1):
        return None
    reader = _Reader(text, report)
    try:
        if not reader.peek():
            report.error(1, 1, "empty", "there is nothing here")
            return None
        node = reader.value()
        if reader.peek():
            raise _NotJsonError(reader.at, "there is more after the end of the value", "keep to one value")
    except _TooDeepError:
        return None
    except _NotJsonError as error:
        report.error(*reader.place(error.at), "syntax", error.message, error.suggestion)
        return None
    return node
