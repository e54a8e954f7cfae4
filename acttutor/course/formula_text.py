"""A formula's tree written out again: as LaTeX that texicode draws well, or as one line of words."""

from __future__ import annotations

from typing import Final

from acttutor.course import latex_names as names
from acttutor.course.latex import (
    Accent,
    Fence,
    Fraction,
    Grid,
    Root,
    Row,
    Script,
    Space,
    Styled,
    Symbol,
    Tree,
    Words,
)

_GROWING: Final = {"{": "\\{", "}": "\\}", "‖": "\\Vert", "⟨": "\\langle", "⟩": "\\rangle"}
_BRACKETS: Final = {"pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|")}
_OPENING: Final = frozenset("([{,;⟨⌊⌈|‖")
# What texicode calls by another name; it draws a letter as it stands.
_RENAMED: Final = {
    "Theta": "Θ",
    "lVert": "\\Vert ",
    "rVert": "\\Vert ",
    "checkmark": "\\surd ",
    "square": "\\Box ",
    "overline": "bar",
}
_TRANSPOSED: Final = Symbol("⊤", "top")


def whole_in_latex(tree: Tree) -> str:
    """LaTeX of a whole formula: without braces round it, since texicode allows environments only there."""
    return _spaced(tree.items, small=False) if isinstance(tree, Row) else in_latex(tree)


def in_latex(tree: Tree, *, small: bool = False) -> str:
    """LaTeX for texicode; relations and binary operators get their space, but not in scripts (`small`)."""
    match tree:
        case Symbol(text, command):
            return _RENAMED.get(command, f"\\{command} ") if command else _GROWING.get(text, text) + " "
        case Space(command):
            return f"\\{command} " if command != "!" else ""
        case Words(_, text):
            return "\\text{" + text + "}"
        case Row(items):
            return "{" + _spaced(items, small=small) + "}"
        case Fraction(numerator, denominator, binomial):
            parts = (f"{{{in_latex(part, small=True)}}}" for part in (numerator, denominator))
            return ("\\binom" if binomial else "\\frac") + "".join(parts)
        case Root(body, degree):
            index = f"[{in_latex(degree, small=True)}]" if degree is not None else ""
            return f"\\sqrt{index}{{{in_latex(body, small=True)}}}"
        case Accent(command, body):
            return f"\\{_RENAMED.get(command, command)}{{{in_latex(body, small=True)}}}"
        case Styled(_, body):
            return f"\\mathrm{{{in_latex(body, small=small)}}}"
        case Script(base, above, below):
            raised = Symbol("T") if above == _TRANSPOSED else above
            down = f"_{{{in_latex(below, small=True)}}}" if below is not None else ""
            up = f"^{{{in_latex(raised, small=True)}}}" if raised is not None else ""
            written = in_latex(base, small=small)
            # Beside a symbol texicode swaps the two when both are one line high, so they are nested.
            return f"{{{written}{down}}}{up}" if down and up and not _is_sum(base) else written + down + up
        case Fence(left, right, body):
            opening, closing = (_GROWING.get(side, side) or "." for side in (left, right))
            return f"\\left{opening} {in_latex(body, small=small)}\\right{closing} "
        case Grid(environment, rows):
            cells = ("&".join(in_latex(cell, small=small) for cell in row) for row in rows)
            joined = "\\\\".join(cells)
            return f"\\begin{{{environment}}}{joined}\\end{{{environment}}}"


def _spaced(items: tuple[Tree, ...], *, small: bool) -> str:
    """The items as LaTeX, with thin spaces round relations, binary operators and names."""
    written = []
    for position, item in enumerate(items):
        latex = in_latex(item, small=small)
        if not small and _takes_space(items, position):
            latex = f"\\,{latex}\\,"
        elif position and _would_run_together(items[position - 1], item):
            latex = f"\\,{latex}"
        written.append(latex)
    return "".join(written)


def _takes_space(items: tuple[Tree, ...], position: int) -> bool:
    item = items[position]
    if not isinstance(item, Symbol):
        return False
    if item.text in names.RELATIONS:
        return True
    if item.text not in names.OPERATORS or position == 0:
        return False
    before = items[position - 1]
    if not isinstance(before, Symbol):
        return not isinstance(before, Space)
    return before.text not in names.RELATIONS | names.OPERATORS | _OPENING


def in_words(tree: Tree, *, ascii_only: bool = False) -> str:
    """One line: fractions with a slash, scripts with ^ and _, brackets where the layout carried meaning."""
    return " ".join(_Speaker(ascii_only).say(tree).split())


class _Speaker:
    """Says a tree, in Unicode or in ASCII."""

    def __init__(self, ascii_only: bool) -> None:
        self.ascii_only = ascii_only
        self.small = False

    def say(self, tree: Tree) -> str:
        match tree:
            case Symbol(text, command):
                return self.sign(text, command)
            case Space():
                return " "
            case Words(command, text):
                return text if command == "operatorname" else f" {text} "
            case Row(items):
                return self.row(items)
            case Fraction(numerator, denominator, binomial):
                if binomial:
                    return f"binom({self.say(numerator)}, {self.say(denominator)})"
                return f"{self.grouped(numerator)}/{self.grouped(denominator)}"
            case Root(body, degree):
                index = self.say(degree) if degree is not None else ""
                return f"{'sqrt' if self.ascii_only else '√'}{index}({self.say(body)})"
            case Accent(command, body):
                said = self.say(body)
                if self.ascii_only or len(said) != 1:
                    return f"{command}({said})"
                return said + names.ACCENTS[command]
            case Styled(_, body):
                return self.say(body)
            case Script(base, above, below):
                return self.say(base) + self.script("_", below) + self.script("^", above)
            case Fence(left, right, body):
                return self.sign(left, "") + self.say(body).strip() + self.sign(right, "")
            case Grid(environment, rows):
                return self.grid(environment, rows)

    def row(self, items: tuple[Tree, ...]) -> str:
        said: list[str] = []
        for position, item in enumerate(items):
            word = self.say(item)
            if not self.small and _takes_space(items, position):
                word = f" {word} "
            elif isinstance(item, Symbol) and item.text == ",":
                word = ", "
            elif said and _would_run_together(items[position - 1], item):
                word = f" {word}"
            said.append(word)
        return "".join(said)

    def script(self, mark: str, tree: Tree | None) -> str:
        if tree is None:
            return ""
        if tree == _TRANSPOSED:
            return "^T"
        outer, self.small = self.small, True
        said = self.grouped(tree)
        self.small = outer
        return mark + said

    def grouped(self, tree: Tree) -> str:
        """In brackets, unless it is one symbol, number or word."""
        said = " ".join(self.say(tree).split())
        plain = said.replace(".", "").replace("'", "")
        return said if plain.isalnum() and (plain.isdigit() or len(plain) == 1) else f"({said})"

    def sign(self, text: str, command: str) -> str:
        if not self.ascii_only or text.isascii():
            return text
        if command:
            said = names.SYMBOLS[command].ascii
        else:
            said = next((sign.ascii for sign in names.SYMBOLS.values() if sign.text == text), "?")
        return f" {said} " if len(said) > 1 and said.isalpha() else said

    def grid(self, environment: str, rows: tuple[tuple[Tree, ...], ...]) -> str:
        """Rows parted by semicolons; the cells of a matrix and of cases by commas."""
        comma = " " if environment == "aligned" else ", "
        said = "; ".join(comma.join(self.say(cell).strip() for cell in row) for row in rows)
        if environment == "aligned":
            return said
        opening, closing = _BRACKETS.get(environment, ("{", "}"))
        return f"{opening}{said}{closing}"


_SUMS: Final = frozenset("∑∏∫")


def _would_run_together(before: Tree, item: Tree) -> bool:
    """Whether two neighbours would read as one word: a name beside a letter, or a sum and what is summed."""
    if _is_name(before) or _is_sum(before):
        return not (isinstance(item, Fence | Space) or (isinstance(item, Symbol) and not _is_letter(item)))
    if _is_name(item):
        return not isinstance(before, Space | Symbol) or _is_letter(before)
    return False


def _is_name(tree: Tree) -> bool:
    base = tree.base if isinstance(tree, Script) else tree
    return isinstance(base, Words) and base.command == "operatorname"


def _is_sum(tree: Tree) -> bool:
    base = tree.base if isinstance(tree, Script) else tree
    return isinstance(base, Symbol) and base.text in _SUMS


def _is_letter(tree: Tree) -> bool:
    return isinstance(tree, Symbol) and tree.text.isalnum()
