"""The LaTeX of formulas, read into a tree: commands are known, braces match, depth is bounded.

Lessons come from strangers and formulas are drawn by another package, so what is drawn is never the source
but a tree made here, written out again. The tree is also what a screen reader is told (`formula.linear`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from acttutor.course import latex_names as names
from acttutor.errors import did_you_mean

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 20


@dataclass(frozen=True, slots=True)
class FormulaProblem:
    """One thing wrong with a formula: at which character of its source (0-based), and what would be right."""

    offset: int
    message: str
    suggestion: str = ""


class FormulaError(ValueError):
    """A formula that cannot be read; carries the problem."""

    def __init__(self, problem: FormulaProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Symbol:
    """One character; `command` is the LaTeX name it was written by, empty for a plain character."""

    text: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Horizontal space that was asked for."""

    command: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text or an operator name, as in `\\text{if}` and `\\operatorname{ReLU}`."""

    command: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Things side by side."""

    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """Numerator over denominator; over each other without a line for a binomial."""

    numerator: Tree
    denominator: Tree
    binomial: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or with a degree another one."""

    body: Tree
    degree: Tree | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """A hat, bar, dot … over a body."""

    command: str
    body: Tree


@dataclass(frozen=True, slots=True)
class Styled:
    """A body in another alphabet."""

    command: str
    body: Tree


@dataclass(frozen=True, slots=True)
class Script:
    """A base with what stands above and below at its right; the base may be empty."""

    base: Tree
    above: Tree | None
    below: Tree | None


@dataclass(frozen=True, slots=True)
class Fence:
    """A body between delimiters that grow with it; a delimiter may be empty."""

    left: str
    right: str
    body: Tree


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and cells of an environment."""

    environment: str
    rows: tuple[tuple[Tree, ...], ...]


Tree = Symbol | Space | Words | Row | Fraction | Root | Accent | Styled | Script | Fence | Grid


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    offset: int


def read(latex: str) -> tuple[Tree, tuple[FormulaProblem, ...]]:
    """The tree of a formula and what is wrong with it; unknown commands are shown as they were written.

    Raises FormulaError where no tree can be made: too long, too deep, or something unclosed.
    """
    if len(latex) > MAX_LENGTH:
        raise FormulaError(
            FormulaProblem(MAX_LENGTH, f"formula of {len(latex)} characters, at most {MAX_LENGTH} are drawn")
        )
    reader = _Reader(latex)
    tree = reader.row("")
    return tree, tuple(reader.problems)


@dataclass(slots=True)
class _Reader:
    """Recursive descent over the source; each level of braces, arguments and environments is one of depth."""

    latex: str
    at: int = 0
    depth: int = 0
    problems: list[FormulaProblem] = field(default_factory=list)

    def row(self, stop: str, opened: int | None = None) -> Row:
        """Everything up to the `stop` token (or the end, for an empty one), which is consumed.

        `opened` is where what the stop closes begins, when that is not the character before.
        """
        start = max(self.at - 1, 0) if opened is None else opened
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(start, f"nested more than {MAX_DEPTH} deep")
        items: list[Tree] = []
        while True:
            token = self.next()
            if token is None:
                if stop:
                    raise self.error(start, f"nothing closes this: `{stop}` is missing")
                break
            if token.text == stop:
                break
            items.append(self.scripts(self.item(token)))
        self.depth -= 1
        return Row(tuple(items))

    def item(self, token: _Token) -> Tree:
        """What begins with `token`."""
        text = token.text
        if text.startswith("\\"):
            return self.command(token)
        if text == "{":
            return self.row("}")
        if text == "}":
            raise self.error(token.offset, "this `}` closes nothing")
        if text == "~":
            return Space(",")
        if text in "^_":
            self.at = token.offset
            return Row(())
        if text in names.MEANT_ESCAPED:
            self.problem(token.offset, names.MEANT_ESCAPED[text])
        return Symbol(text)

    def scripts(self, base: Tree) -> Tree:
        """The base with the super- and subscripts that follow it."""
        above: Tree | None = None
        below: Tree | None = None
        while (token := self.peek()) is not None and token.text in ("^", "_", "'", "\\limits", "\\nolimits"):
            self.next()
            if token.text.startswith("\\"):
                continue
            if token.text == "'":
                base = Row((base, Symbol("'"))) if above is None else base
                if above is not None:
                    self.problem(token.offset, "a prime after a superscript; write it before the ^")
                continue
            if (above if token.text == "^" else below) is not None:
                raise self.error(
                    token.offset, f"a second `{token.text}` on one symbol; braces say which belongs to which"
                )
            script = self.argument(token)
            if token.text == "^":
                above = script
            else:
                below = script
        return base if above is None and below is None else Script(base, above, below)

    def argument(self, owner: _Token) -> Tree:
        """The one token or braced group that belongs to `owner`."""
        token = self.next()
        if token is None or token.text in ("}", "^", "_", "&", "\\\\", "\\right", "\\end"):
            raise self.error(owner.offset, f"`{owner.text}` needs something after it, in braces")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(owner.offset, f"nested more than {MAX_DEPTH} deep")
        tree = self.item(token)
        self.depth -= 1
        return tree

    def command(self, token: _Token) -> Tree:
        """The meaning of a command with its arguments."""
        name = token.text[1:]
        if name in names.SYMBOLS:
            return Symbol(names.SYMBOLS[name].text, name)
        if name in names.FUNCTIONS:
            return Words("operatorname", name)
        if name in names.SPACES:
            return Space(name)
        if name in names.STYLES_WITHOUT_ARGUMENT:
            return Row(())
        if name in names.FRACTIONS:
            numerator = self.argument(token)
            return Fraction(numerator, self.argument(token), binomial="binom" in name)
        if name == "sqrt":
            degree = self.row("]") if self.skip("[") else None
            return Root(self.argument(token), degree)
        if name in names.ACCENTS:
            return Accent(name, self.argument(token))
        if name in names.WORDS:
            return Words(name, self.raw_braces(token))
        if name in names.ALPHABETS:
            return Styled(name, self.argument(token))
        if name in names.SIZES:
            return Symbol(self.delimiter(token))
        if name == "left":
            return self.fence(token)
        if name == "begin":
            return self.grid(token)
        self.problem(*_unknown(token))
        return Words("text", token.text)

    def fence(self, token: _Token) -> Tree:
        left = self.delimiter(token)
        body = self.row("\\right", token.offset)
        return Fence(left, self.delimiter(_Token("\\right", self.at)), body)

    def grid(self, token: _Token) -> Tree:
        name = self.raw_braces(token)
        if name not in names.ENVIRONMENTS:
            raise self.error(
                token.offset, f"unknown environment `{name}`", did_you_mean(name, names.ENVIRONMENTS)
            )
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(token.offset, f"nested more than {MAX_DEPTH} deep")
        rows: list[tuple[Tree, ...]] = []
        cells: list[Tree] = []
        items: list[Tree] = []
        while True:
            part = self.next()
            if part is None:
                raise self.error(token.offset, f"nothing closes this: `\\end{{{name}}}` is missing")
            if part.text == "&":
                cells, items = [*cells, Row(tuple(items))], []
            elif part.text in ("\\\\", "\\end"):
                rows.append((*cells, Row(tuple(items))))
                cells, items = [], []
                if part.text == "\\end":
                    break
            else:
                items.append(self.scripts(self.item(part)))
        end = self.raw_braces(_Token("\\end", self.at))
        if end != name:
            raise self.error(token.offset, f"`\\begin{{{name}}}` is closed by `\\end{{{end}}}`")
        self.depth -= 1
        last_is_empty = len(rows) > 1 and all(cell == Row(()) for cell in rows[-1])
        return Grid(name, tuple(rows[:-1] if last_is_empty else rows))

    def delimiter(self, owner: _Token) -> str:
        """The character of a delimiter; empty for the invisible `.`."""
        token = self.next()
        if token is None or token.text not in names.DELIMITERS:
            raise self.error(
                owner.offset, f"`{owner.text}` needs a delimiter after it: ( ) [ ] \\{{ \\}} | \\| or ."
            )
        return names.DELIMITERS[token.text]

    def raw_braces(self, owner: _Token) -> str:
        """The text between braces, as it stands."""
        if not self.skip("{"):
            raise self.error(owner.offset, f"`{owner.text}` needs braces after it")
        start, level = self.at, 1
        while self.at < len(self.latex):
            character = self.latex[self.at]
            level += (character == "{") - (character == "}")
            self.at += 1
            if level == 0:
                return " ".join(self.latex[start : self.at - 1].replace("{", "").replace("}", "").split("\n"))
        raise self.error(start - 1, "nothing closes this: `}` is missing")

    def skip(self, text: str) -> bool:
        """Consumes the next token when it is `text`."""
        token = self.peek()
        if token is not None and token.text == text:
            self.next()
            return True
        return False

    def peek(self) -> _Token | None:
        at = self.at
        token = self.next()
        self.at = at
        return token

    def next(self) -> _Token | None:
        """The next token; white space between tokens means nothing in mathematics."""
        latex, length = self.latex, len(self.latex)
        while self.at < length and latex[self.at].isspace():
            self.at += 1
        if self.at >= length:
            return None
        start = self.at
        self.at += 1
        if latex[start] == "\\":
            while self.at < length and latex[self.at].isascii() and latex[self.at].isalpha():
                self.at += 1
            if self.at == start + 1:
                self.at = min(self.at + 1, length)
        return _Token(latex[start : self.at], start)

    def problem(self, offset: int, message: str, suggestion: str = "") -> None:
        self.problems.append(FormulaProblem(offset, message, suggestion))

    def error(self, offset: int, message: str, suggestion: str = "") -> FormulaError:
        return FormulaError(FormulaProblem(offset, message, suggestion))


def _unknown(token: _Token) -> tuple[int, str, str]:
    name = token.text[1:]
    if token.text == "\\\\":
        return token.offset, "`\\\\` breaks lines only inside \\begin{aligned} or \\begin{cases}", ""
    if name in ("right", "end"):
        return token.offset, f"`\\{name}` closes nothing", ""
    # The case of a letter makes another symbol, so it counts here.
    nearest = get_close_matches(name, tuple(names.all_names()), n=1)
    advice = f"did you mean \\{nearest[0]}?" if nearest else ""
    return token.offset, f"unknown command `{token.text}`", advice
