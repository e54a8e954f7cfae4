"""The commands a formula may use, after "LaTeX2e: An unofficial reference manual", Math formulas."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol as one character, and in plain ASCII for terminals and tools that know nothing else."""

    text: str
    ascii: str


def _table(rows: str) -> dict[str, Sign]:
    signs = {}
    for row in rows.strip().splitlines():
        name, text, *ascii_text = row.split()
        signs[name] = Sign(text, ascii_text[0] if ascii_text else name)
    return signs


_GREEK: Final = _table(
    """
alpha α
beta β
gamma γ
delta δ
epsilon ϵ
varepsilon ε
zeta ζ
eta η
theta θ
vartheta ϑ
iota ι
kappa κ
lambda λ
mu μ
nu ν
xi ξ
pi π
rho ρ
sigma σ
tau τ
upsilon υ
phi ϕ
varphi φ
chi χ
psi ψ
omega ω
Gamma Γ
Delta Δ
Theta Θ
Lambda Λ
Xi Ξ
Pi Π
Sigma Σ
Upsilon Υ
Phi Φ
Psi Ψ
Omega Ω
"""
)

_RELATIONS: Final = _table(
    """
le ≤ <=
leq ≤ <=
ge ≥ >=
geq ≥ >=
ne ≠ !=
neq ≠ !=
approx ≈ ~
equiv ≡ ==
sim ∼ ~
simeq ≃ ~
propto ∝ ~
ll ≪ <<
gg ≫ >>
in ∈ in
notin ∉ not-in
to → ->
rightarrow → ->
leftarrow ← <-
gets ← <-
mapsto ↦ ->
Rightarrow ⇒ =>
Leftarrow ⇐ <=
Leftrightarrow ⇔ <=>
iff ⟷ <=>
longrightarrow ⟶ -->
subset ⊂ subset
subseteq ⊆ subset
mid ∣ |
parallel ∥ ||
perp ⟂ perp
"""
)

_OPERATORS: Final = _table(
    """
cdot ⋅ *
times × x
div ÷ /
pm ± +-
mp ∓ -+
odot ⊙ .*
otimes ⊗ (x)
oplus ⊕ (+)
circ ∘ o
ast ∗ *
cap ∩ cap
cup ∪ cup
setminus ⧵ \\
land ∧ and
lor ∨ or
"""
)

_OTHERS: Final = _table(
    """
partial ∂ d
nabla ∇ grad
infty ∞ inf
sum ∑
prod ∏
int ∫
ell ℓ l
prime ′ '
top ⊤ T
bot ⊥ bot
forall ∀
exists ∃
emptyset ∅ {}
neg ¬ not
lnot ¬ not
dots … ...
ldots … ...
cdots ⋯ ...
vdots ⋮ :
ddots ⋱ ...
langle ⟨ <
rangle ⟩ >
lfloor ⌊ floor(
rfloor ⌋ )
lceil ⌈ ceil(
rceil ⌉ )
lvert | |
rvert | |
vert | |
lVert ‖ ||
rVert ‖ ||
Vert ‖ ||
| ‖ ||
{ { {
} } }
lbrace { {
rbrace } }
lbrack [ [
rbrack ] ]
% % %
# # #
$ $ $
& & &
_ _ _
Re ℜ Re
Im ℑ Im
hbar ℏ hbar
uparrow ↑ up
downarrow ↓ down
bullet • *
star ⋆ *
checkmark ✓ yes
square □ []
Box □ []
"""
)

SYMBOLS: Final = {**_GREEK, **_RELATIONS, **_OPERATORS, **_OTHERS}
RELATIONS: Final = frozenset({"=", "<", ">", *(sign.text for sign in _RELATIONS.values())})
"""Characters with space on both sides."""
OPERATORS: Final = frozenset({"+", "-", *(sign.text for sign in _OPERATORS.values())})
"""Characters with space on both sides where something stands before them."""

FUNCTIONS: Final = frozenset(
    {
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "inf",
        "ker",
        "lg",
        "lim",
        "ln",
        "log",
        "max",
        "min",
        "Pr",
        "sec",
        "sin",
        "sinh",
        "sup",
        "tan",
        "tanh",
    }
)
SPACES: Final = frozenset({",", ":", ";", "!", " ", ">", "quad", "qquad"})
STYLES_WITHOUT_ARGUMENT: Final = frozenset(
    {"displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "nolimits", "limits"}
)
FRACTIONS: Final = frozenset({"frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom"})
ACCENTS: Final = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0304",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
}
"""Accents and the combining characters that draw them."""
WORDS: Final = frozenset({"text", "textrm", "textbf", "textit", "mathrm", "operatorname"})
ALPHABETS: Final = frozenset(
    {
        "mathbf",
        "mathbb",
        "mathcal",
        "mathit",
        "mathsf",
        "mathtt",
        "mathfrak",
        "mathscr",
        "boldsymbol",
        "mathnormal",
    }
)
SIZES: Final = frozenset(
    {"big", "bigl", "bigr", "Big", "Bigl", "Bigr", "bigg", "biggl", "biggr", "Bigg", "Biggl", "Biggr"}
)
ENVIRONMENTS: Final = ("cases", "aligned", "matrix", "pmatrix", "bmatrix", "vmatrix")
DELIMITERS: Final = {
    "(": "(",
    ")": ")",
    "[": "[",
    "]": "]",
    "|": "|",
    "/": "/",
    ".": "",
    "<": "⟨",
    ">": "⟩",
    "\\{": "{",
    "\\}": "}",
    "\\lbrace": "{",
    "\\rbrace": "}",
    "\\|": "‖",
    "\\Vert": "‖",
    "\\lVert": "‖",
    "\\rVert": "‖",
    "\\vert": "|",
    "\\lvert": "|",
    "\\rvert": "|",
    "\\langle": "⟨",
    "\\rangle": "⟩",
    "\\lfloor": "⌊",
    "\\rfloor": "⌋",
    "\\lceil": "⌈",
    "\\rceil": "⌉",
}
MEANT_ESCAPED: Final = {
    "%": "`%` begins a comment in LaTeX; write `\\%`",
    "#": "`#` is special in LaTeX; write `\\#`",
    "$": "`$` ends a formula; write `\\$`",
    "&": "`&` parts cells only inside \\begin{aligned}, \\begin{cases} or a matrix; write `\\&`",
}
"""Characters that LaTeX would not print, and what was probably meant."""


def all_names() -> Iterator[str]:
    """Every command name, without its backslash: the candidates for a suggestion."""
    yield from SYMBOLS
    for group in (FUNCTIONS, FRACTIONS, ACCENTS, WORDS, ALPHABETS, STYLES_WITHOUT_ARGUMENT):
        yield from group
    yield from ("sqrt", "left", "right", "begin", "end", "quad", "qquad")
