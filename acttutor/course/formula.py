"""Formulas for eyes and ears: checked, drawn as lines of Unicode, or said in one line of text.

A formula is first read into a tree of our own (`latex.read`), then written out again for the texicode
package, which draws it. Whatever texicode cannot draw is shown as the LaTeX it was written in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import combining, east_asian_width, normalize

from acttutor.course.formula_text import in_words, whole_in_latex
from acttutor.course.latex import FormulaError, FormulaProblem, read
from acttutor.course.text import clean

# texicode counts a character as one cell. A wide character is followed by this letter while it draws, which
# nothing else uses (Latin epigraphic letter sideways I), so that both its cells are counted.
_SECOND_CELL: Final = "\ua7f7"

# The mathematical alphabets lie beyond the basic plane, where many terminal fonts have nothing.
_STYLED_LETTER: Final = re.compile("[\U0001d400-\U0001d7ff\u210e]")

_RAISED: Final = str.maketrans("𐞥𐞲", "qy")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as lines of equal width in terminal cells; `drawn` is false where it is the LaTeX source."""

    lines: tuple[str, ...]
    width: int
    drawn: bool = True


def check(latex: str) -> tuple[FormulaProblem, ...]:
    """Everything wrong with a formula, in the order of its source; empty when it can be drawn."""
    try:
        _, problems = read(latex)
    except FormulaError as error:
        return (error.problem,)
    return problems


def draw(latex: str) -> Drawing:
    """The formula in two dimensions; the LaTeX source, cleaned, where it is wrong or cannot be drawn."""
    latex = clean(latex)
    try:
        tree, problems = read(latex)
    except FormulaError:
        return _source(latex)
    if problems:
        return _source(latex)
    return _drawn(whole_in_latex(tree)) or _source(latex)


def render(latex: str, max_width: int | None = None) -> tuple[str, ...]:
    """The lines of `draw`; one line of words where the drawing is wider than `max_width` cells."""
    drawing = draw(latex)
    if max_width is not None and drawing.drawn and drawing.width > max_width:
        return (linear(latex),)
    return drawing.lines


def inline(latex: str) -> str:
    """The formula in one line: as it is drawn where that is one line high, else in words."""
    drawing = draw(latex)
    return drawing.lines[0] if drawing.drawn and len(drawing.lines) == 1 else linear(latex)


def linear(latex: str, *, ascii_only: bool = False) -> str:
    """The formula as one line a screen reader can say, `σ(x) = 1/(1 + e^(-x))`; the source where it is wrong.

    With `ascii_only` the signs are spelt: `sigma(x)`, `<=`.
    """
    latex = clean(latex)
    try:
        tree, _ = read(latex)
    except FormulaError:
        return " ".join(latex.split())
    return normalize("NFC", in_words(tree, ascii_only=ascii_only))


def width(text: str) -> int:
    """How many terminal cells a line takes: two for a wide character, none for a combining one."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _source(latex: str) -> Drawing:
    lines = tuple(line.strip() for line in latex.strip().split("\n"))
    widest = max(map(width, lines))
    return Drawing(tuple(_padded(line, widest) for line in lines), widest, drawn=False)


def _drawn(latex: str) -> Drawing | None:
    rows = _texicode_rows(re.sub("[^\x00-\u10ff]", _with_second_cell, latex))
    if rows is None:
        return None
    lines = [_plain(row) for row in rows]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        return None
    margin = min(len(line) - len(line.lstrip(" ")) for line in lines if line.strip())
    lines = [line[margin:].rstrip(" ") for line in lines]
    widest = max(map(width, lines))
    return Drawing(tuple(_padded(line, widest) for line in lines), widest)


def _with_second_cell(match: re.Match[str]) -> str:
    return match[0] + _SECOND_CELL if width(match[0]) == 2 else match[0]


def _plain(row: str) -> str:
    letters = _STYLED_LETTER.sub(lambda match: normalize("NFKC", match[0]), row)
    composed = normalize("NFC", letters.replace(_SECOND_CELL, "").translate(_RAISED))
    return clean(composed).replace("\n", " ")


def _padded(line: str, cells: int) -> str:
    return line + " " * (cells - width(line))


def _texicode_rows(latex: str) -> list[str] | None:
    """What texicode draws, or None where it raises: ValueError on purpose, the others through its tables."""
    from texicode.lexer import lexer
    from texicode.parser import parse
    from texicode.renderer import render

    try:
        return ["".join(row) for row in render(parse(lexer(latex, False), False), False)]
    except (ValueError, LookupError, TypeError, AttributeError, UnboundLocalError, RecursionError):
        return None
