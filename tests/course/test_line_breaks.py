"""Lines break where a reader of Chinese or English expects it, and nothing but blanks is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.formula import width
from acttutor.course.line_breaks import break_offsets, joined, joins_without_space, needs_breaks, wrapped

MIXED = st.text(alphabet="梯度消失，。：（）「」 abz0.5×−σ\n", max_size=120)


@given(MIXED, st.integers(2, 60))
def test_wrapping_loses_only_blanks_and_is_too_wide_only_for_a_long_word(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line) <= columns or not any(gap in line.strip() for gap in (" ", "\n"))


@given(MIXED, st.integers(2, 60))
def test_hard_wrapping_is_never_too_wide(text: str, columns: int) -> None:
    lines = wrapped(text, columns, hard=True)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="梯度，。（）", max_size=80), st.integers(12, 40))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(text: str, columns: int) -> None:
    text = "梯" + text.replace("（", "（度") + "度"
    for line in wrapped(text, columns)[1:]:
        assert line[0] not in "，。）" or all(mark in "，。（）" for mark in line[:12])
        assert line[-1] not in "（"


def test_margins_stand_before_the_lines_and_count() -> None:
    assert wrapped("one two three four", 9, "- ", "  ") == ["- one two", "  three", "  four"]
    assert wrapped("梯度消失很慢", 8, "1. ", "   ") == ["1. 梯度", "   消失", "   很慢"]
    assert wrapped("   ", 9, "- ") == []


@given(MIXED, st.integers(2, 60))
def test_offsets_break_a_text_into_lines_that_fit(text: str, columns: int) -> None:
    offsets = [0, *break_offsets(text, columns), len(text)]
    assert offsets == sorted(set(offsets)) or not text
    for start, end in pairwise(offsets):
        for line in text[start:end].split("\n"):
            shown = line.strip()
            assert width(line.rstrip()) <= columns or " " not in shown


def test_cells_may_be_counted_in_another_way() -> None:
    assert break_offsets("abcd efgh", 9, cells=lambda text: 2 * len(text)) == (5,)
    assert break_offsets("abcd efgh", 9) == ()


def test_lines_of_a_paragraph_join_as_their_script_wants() -> None:
    assert joined("梯度\n消失，\n很慢") == "梯度消失，很慢"
    assert joined("so\nslow") == "so slow"
    assert joined("梯度\nvanish\n了") == "梯度 vanish 了"
    assert joins_without_space("，", "度")
    assert not joins_without_space("", "度")
    assert needs_breaks("a 梯")
    assert not needs_breaks("a b — c")
