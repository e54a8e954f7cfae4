"""A sheet of terminal cells: characters with their ink, drawn over each other, read out as runs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from acttutor.plots.palette import Ink

_BRAILLE = 0x2800
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_POWERS = re.compile(f"[{_RAISED}]+")
_LOWERED = str.maketrans(_RAISED, "0123456789-")
_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "η": "eta",
    "θ": "theta",
    "λ": "lambda",
    "μ": "mu",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "π": "pi",
    "Σ": "sum",
    "Φ": "Phi",
}
_SIGNS = {
    "′": "'",
    "−": "-",
    "–": "-",
    "×": "x",
    "·": "*",
    "∘": "o",
    "‖": "|",
    "∞": "inf",
    "…": "~",
    "─": "-",
    "″": "''",
    "√": "sqrt",
    "±": "+-",
    "½": "1/2",
    "≈": "~",
    "≥": ">=",
    "≤": "<=",
    "→": "->",
    "←": "<-",
    "✓": "*",
    "✗": "x",
    "•": "-",
    "∂": "d",
    "“": '"',
    "”": '"',
}
_SUBSCRIPTS = {chr(0x2080 + digit): str(digit) for digit in range(10)} | {"ᵢ": "i", "ₙ": "n"}
_WORDS = {**_GREEK, **_SIGNS, **_SUBSCRIPTS}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one ink."""

    text: str
    ink: Ink


class Sheet:
    """`width` x `height` cells, row 0 on top; writing outside is cut off, wide characters take two cells."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._text = [[" "] * width for _ in range(height)]
        self._ink = [[Ink.BLANK] * width for _ in range(height)]

    def is_blank(self, column: int, row: int) -> bool:
        """Whether the cell is inside and nothing has been drawn there."""
        return 0 <= column < self.width and 0 <= row < self.height and self._ink[row][column] is Ink.BLANK

    def put(self, column: int, row: int, character: str, of: Ink) -> None:
        """Draw one narrow character; braille on braille adds its dots to those already there."""
        if not (0 <= column < self.width and 0 <= row < self.height):
            return
        there = self._text[row][column]
        if is_braille(character) and is_braille(there):
            character = chr(ord(character) | ord(there))
        self._text[row][column] = character
        self._ink[row][column] = of

    def write(self, column: int, row: int, text: str, of: Ink) -> None:
        """Write text from `column` on."""
        if not 0 <= row < self.height:
            return
        for character in text:
            width = cell_len(character)
            if width and column >= 0 and column + width <= self.width:
                self._text[row][column] = character
                self._ink[row][column] = of
                if width == 2:
                    self._text[row][column + 1] = ""
                    self._ink[row][column + 1] = of
            column += width

    def rows(self) -> tuple[tuple[Span, ...], ...]:
        """Every row as runs of one ink, each row exactly `width` cells."""
        return tuple(_spans(texts, inks) for texts, inks in zip(self._text, self._ink, strict=True))


def is_braille(character: str) -> bool:
    """Whether the character is one of the 256 braille patterns."""
    return len(character) == 1 and _BRAILLE <= ord(character) < _BRAILLE + 256


def fit(text: str, width: int, *, ascii_only: bool = False) -> str:
    """`text` in at most `width` cells, an ellipsis at the end where something had to go."""
    text = plain(text) if ascii_only else text
    if cell_len(text) <= width:
        return text
    return "" if width < 1 else set_cell_size(text, width - 1).rstrip() + ("~" if ascii_only else "…")


def plain(text: str) -> str:
    """`text` without characters of ambiguous width: σ′ becomes sigma', 10⁻⁵ becomes 10^-5.

    Chinese text stays, its characters are wide everywhere; any other character that ASCII lacks becomes `?`.
    """
    text = _POWERS.sub(lambda match: "^" + match[0].translate(_LOWERED), text)
    text = "".join(_WORDS.get(character, character) for character in text)
    return "".join(
        character if character.isascii() or cell_len(character) == 2 else "?" for character in text
    )


def _spans(texts: list[str], inks: list[Ink]) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = 0
    for index in range(1, len(inks) + 1):
        if index == len(inks) or inks[index] is not inks[start]:
            spans.append(Span("".join(texts[start:index]), inks[start]))
            start = index
    return tuple(spans)
