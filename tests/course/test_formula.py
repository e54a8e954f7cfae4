"""Formulas: what is accepted, how they look, how they sound, and that nothing breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.formula import check, draw, inline, linear, render, width
from acttutor.course.latex_names import SYMBOLS
from acttutor.course.text import is_clean


def drawn(latex: str) -> str:
    return "\n".join(line.rstrip() for line in draw(latex).lines)


def test_a_fraction_is_drawn_on_three_lines_of_equal_width() -> None:
    drawing = draw(r"\sigma(x)=\frac{1}{1+e^{-x}}")
    assert drawing.drawn
    assert len(drawing.lines) == 3
    assert {width(line) for line in drawing.lines} == {drawing.width}
    assert drawing.lines[1].startswith("σ(x) = ╶")


@pytest.mark.parametrize(
    ("latex", "one_line"),
    [
        (r"\delta_l = (\delta_{l+1} \cdot W^\top) \odot f'(z_l)", "δₗ = (δₗ₊₁ ⋅ Wᵀ) ⊙ f'(zₗ)"),
        (r"W_{l+1}^2", "Wₗ₊₁²"),
        (r"\left\|\delta_1\right\|", "‖δ₁‖"),
        (r"\lVert x \rVert_2", "‖x‖₂"),
        (r"\operatorname{ReLU}(x)=\max(0,x)", "ReLU(x) = max(0,x)"),
        (r"0.25^{100}\approx 6.2\times10^{-61}", "0.25¹⁰⁰ ≈ 6.2 × 10⁻⁶¹"),
        (r"x \sin x", "x sin x"),
        (r"\Theta \to \infty", "Θ → ∞"),
        (r"\hat{y}", "ŷ"),
        (r"a < -b", "a < -b"),
    ],
)
def test_scripts_relations_and_names_are_drawn_as_people_write_them(latex: str, one_line: str) -> None:
    assert drawn(latex) == one_line
    assert inline(latex) == one_line


def test_cases_and_aligned_lines_are_drawn() -> None:
    assert drawn(r"f(x)=\begin{cases}x & x>0\\ \alpha(e^x-1) & x\le 0\end{cases}").splitlines() == [
        "       ⎧x          x > 0",
        "f(x) = ⎩α(eˣ - 1)  x ≤ 0",
    ]
    assert "a = b" in drawn(r"\begin{aligned}a&=b\\c&=d\end{aligned}").splitlines()


def test_wide_characters_keep_the_lines_of_a_drawing_aligned() -> None:
    drawing = draw(r"\text{梯度}=\frac{\text{输出}+1}{2}")
    assert drawing.drawn
    assert {width(line) for line in drawing.lines} == {drawing.width}
    assert "梯度" in drawing.lines[1]
    assert drawing.lines[1].index("╶") == len("梯度 = ")


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\sigma(x)=\frac{1}{1+e^{-x}}", "σ(x) = 1/(1 + e^(-x))"),
        (r"\frac{\partial a_l}{\partial a_{l-1}} = w_l", "(∂a_l)/(∂a_(l-1)) = w_l"),
        (r"f(x)=\begin{cases}x & x>0\\ 0 & x\le 0\end{cases}", "f(x) = {x, x > 0; 0, x ≤ 0}"),
        (r"\prod_{l=1}^{n} w_l f'(z_l)", "∏_(l=1)^n w_lf'(z_l)"),
        (r"\sqrt{2/\pi}", "√(2/π)"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\ln 2 + \max(0, x)", "ln 2 + max(0, x)"),
        (r"\mathbb{E}[f'(z)]", "E[f'(z)]"),
        (r"W^\top", "W^T"),
    ],
)
def test_a_formula_is_said_in_one_line(latex: str, said: str) -> None:
    assert linear(latex) == said


def test_in_ascii_every_sign_is_spelt() -> None:
    assert linear(r"\sigma \le \frac{1}{4}", ascii_only=True) == "sigma <= 1/4"
    assert all(sign.ascii.isascii() for sign in SYMBOLS.values())


@pytest.mark.parametrize(
    ("latex", "offset", "says"),
    [
        (r"\frac{1", 5, "nothing closes this"),
        ("a}", 1, "closes nothing"),
        ("a^b^c", 3, "second `^`"),
        ("x^", 1, "needs something after it"),
        (r"\sigmoid", 0, "unknown command"),
        (r"\begin{foo}x\end{foo}", 0, "unknown environment"),
        (r"\begin{cases}x", 0, "is missing"),
        (r"\begin{cases}x\end{aligned}", 0, "closed by"),
        (r"\left( x", 0, "`\\right` is missing"),
        (r"\right)", 0, "closes nothing"),
        (r"\left x", 0, "needs a delimiter"),
        ("50%", 2, r"write `\%`"),
        ("a & b", 2, r"write `\&`"),
        (r"a \\ b", 2, "breaks lines only"),
        (r"\text x", 0, "needs braces"),
    ],
)
def test_what_is_wrong_is_told_at_its_character(latex: str, offset: int, says: str) -> None:
    (problem,) = check(latex)
    assert (problem.offset, says in problem.message) == (offset, True), problem


def test_the_depth_of_twenty_is_allowed_and_no_more() -> None:
    def nested(levels: int) -> str:
        return "{" * levels + "x" + "}" * levels

    assert check(nested(19)) == ()
    assert "20 deep" in check(nested(20))[0].message
    assert "20 deep" in check(r"\frac{1}{" * 30 + "x" + "}" * 30)[0].message
    assert "20 deep" in check("^".join("x" for _ in range(2)) + r"\sqrt" * 60 + "x")[0].message


def test_five_hundred_characters_are_allowed_and_no_more() -> None:
    assert check("x" * 500) == ()
    assert "at most 500" in check("x" * 501)[0].message
    assert draw("x" * 501).drawn is False


def test_what_cannot_be_drawn_is_shown_as_its_source() -> None:
    assert draw(r"\undefined{x}").lines == (r"\undefined{x}",)
    assert draw(r"\frac{1").drawn is False
    assert inline(r"\frac{1") == r"\frac{1"


def test_a_drawing_wider_than_the_column_is_told_in_one_line() -> None:
    assert render(r"\frac{1}{2}", 2) == (linear(r"\frac{1}{2}"),)
    assert len(render(r"\frac{1}{2}")) == 3


def test_escape_sequences_never_get_through() -> None:
    latex = "a\x1b[31m\u202eb\x9b1m"
    assert is_clean("\n".join(draw(latex).lines))
    assert is_clean(linear(latex))


_PIECES = st.sampled_from(
    [*(f"\\{name} " for name in SYMBOLS), "\\frac", "\\sqrt", "[", "]", "{", "}", "^", "_", "'", "&", "\\\\", "\\left(",
     "\\right)", "\\begin{cases}", "\\end{cases}", "\\begin{pmatrix}", "\\end{pmatrix}", "\\text{if}", "\\hat", "x",
     "1", " ", "+", "=", "梯", "\\big(", "\\binom", "\\mathbb", "\\operatorname{f}", "\\quad ", "~", "|", "\x1b"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_arrangement_of_commands_is_drawn_or_shown_but_never_raises(latex: str) -> None:
    drawing = draw(latex)
    assert {width(line) for line in drawing.lines} == {drawing.width}
    assert all(is_clean(line) for line in drawing.lines)
    assert is_clean(linear(latex))
    assert "\n" not in linear(latex) + inline(latex)
    assert linear(latex, ascii_only=True).isascii() or "梯" in latex


@given(st.text(max_size=60))
def test_any_text_is_drawn_or_shown_but_never_raises(latex: str) -> None:
    check(latex)
    assert is_clean("\n".join(draw(latex).lines))
    assert is_clean(linear(latex))
