"""Lines of Chinese break between characters, never before a closing mark, and never lose a character."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from acttutor.tui.line_breaks import broken, joins_without_space, needs_breaks

MIXED = st.text(alphabet="梯度消失，。：（）「」 abz0.5×−σ\n", max_size=200)


@given(MIXED, st.integers(12, 80))
def test_nothing_but_spaces_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = broken(Content(text), width).plain.split("\n")
    if needs_breaks(text):
        assert "".join("".join(lines).split()) == "".join(text.split())
        for line in lines:
            longest = max((cell_len(word) for word in line.split()), default=0)
            assert cell_len(line) <= width or longest > width - 2


def test_a_chinese_sentence_fills_its_lines() -> None:
    sentence = "所以 −3 和 −0.000003 指的是同一个方向，数值小会有什么代价取决于优化器。"
    lines = broken(Content(sentence), 30).plain.split("\n")
    assert all(cell_len(line) > 22 for line in lines[:-1])
    assert "−0.000003" in " ".join(lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "梯度消失，（反向传播）。" * 12
    for width in range(12, 60):
        for line in broken(Content(text), width).plain.split("\n"):
            assert line[0] not in "，。）"
            assert line[-1] not in "（"


def test_english_is_left_to_textual() -> None:
    content = Content("No Chinese here, nothing to do. " * 5)
    assert broken(content, 20) is content


def test_lines_join_without_a_space_between_chinese_only() -> None:
    assert joins_without_space("梯", "度")
    assert joins_without_space("，", "度")
    assert not joins_without_space("梯", "a")
    assert not joins_without_space("a", "b")
    assert not joins_without_space("", "度")
