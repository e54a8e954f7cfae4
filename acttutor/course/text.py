"""Cleaning of text from strangers: what could steer a terminal or lie about reading order is dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import name

# C0 but newline, DEL, C1; line and paragraph separators, which some software takes for line ends; bidi marks,
# embeddings, overrides and isolates (Boucher & Anderson 2021, "Trojan Source"); the byte order mark; lone
# surrogates, which cannot be printed at all; the tag characters, which are invisible text.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_END = re.compile("\r\n?")
_TAB = "    "


@dataclass(frozen=True, slots=True)
class Unsafe:
    """One character that may not stand in a lesson: where (1-based) and what it is called."""

    line: int
    column: int
    name: str


def clean(text: str) -> str:
    """The text as it may reach a terminal: `\\n` line ends, tabs as four spaces, unsafe characters dropped.

    Lines are neither joined nor split, so line numbers stay those of the file.
    """
    return _UNSAFE.sub("", _LINE_END.sub("\n", text).replace("\t", _TAB))


def unsafe_characters(text: str) -> Iterator[Unsafe]:
    """Every unsafe character of a file, in order; tabs and CR LF line ends are not among them."""
    for number, line in enumerate(_LINE_END.sub("\n", text).split("\n"), 1):
        for match in _UNSAFE.finditer(line):
            if match[0] != "\t":
                yield Unsafe(number, match.start() + 1, _called(match[0]))


def is_clean(text: str) -> bool:
    """Whether `clean` would leave the text as it is."""
    return clean(text) == text


def _called(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if character == "\x1b":
        return f"{code} ESCAPE"
    title = name(character, "")
    if title:
        return f"{code} {title}"
    return f"{code} control character" if ord(character) < 0xA0 else f"{code} invisible character"
