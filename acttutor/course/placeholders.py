"""The `{name}` in the texts of a template: found, told apart from LaTeX, and filled with numbers.

In words `{{` and `}}` stand for braces. In a formula braces are LaTeX, so only the name of a variable is
replaced, and it keeps its braces: `x^{z}` becomes `x^{-2}`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

ANSWER: Final = "answer"
"""The placeholder of the right number."""

_DRAWN: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_IN_WORDS: Final = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_]*)\}")
_FORMULA: Final = re.compile(r"(?<!\\)(?P<mark>\$\$?)(?=[^$]).+?(?<!\\)(?P=mark)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One `{name}` in a text, and the index of its brace."""

    name: str
    at: int


def drawn_name(text: str) -> str | None:
    """The name in a text that is nothing but `{name}`."""
    match = _DRAWN.fullmatch(text.strip())
    return match[1] if match else None


def placeholders(text: str, names: Collection[str]) -> Iterator[Placeholder]:
    """Every placeholder of a text; in a formula only those that are among `names`, since others are LaTeX."""
    for start, part, formula in _parts(text):
        for match in (_DRAWN if formula else _IN_WORDS).finditer(part):
            if match[1] is not None and (not formula or match[1] in names):
                yield Placeholder(match[1], start + match.start())


def filled(text: str, shown: Mapping[str, str]) -> str:
    """The text with numbers for its placeholders; an unknown one stays as it is."""

    def in_words(match: re.Match[str]) -> str:
        return match[0][0] if match[1] is None else shown.get(match[1], match[0])

    def in_formula(match: re.Match[str]) -> str:
        value = shown.get(match[1])
        return match[0] if value is None else f"{{{value.replace('−', '-')}}}"

    return "".join(
        (_DRAWN.sub(in_formula, part) if formula else _IN_WORDS.sub(in_words, part))
        for _, part, formula in _parts(text)
    )


def shown(value: float, decimals: int | None = None) -> str:
    """A number as a text shows it: at most so many decimals, or six digits; a true minus sign, no −0."""
    text = f"{value:.6g}" if decimals is None else f"{value:.{decimals}f}"
    if decimals and "." in text:
        text = text.rstrip("0").rstrip(".")
    mantissa, exponential, exponent = text.partition("e")
    if exponential:
        text = f"{mantissa}e{int(exponent)}"
    return "0" if text == "-0" else text.replace("-", "−")


def _parts(text: str) -> Iterator[tuple[int, str, bool]]:
    """The text in pieces, each with its place and whether it is a formula."""
    end = 0
    for match in _FORMULA.finditer(text):
        if match.start() > end:
            yield end, text[end : match.start()], False
        yield match.start(), match[0], True
        end = match.end()
    if end < len(text):
        yield end, text[end:], False
