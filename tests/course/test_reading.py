"""Lessons as plain text: everything told, nothing drawn, no escape sequence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.formula import width
from acttutor.course.library import load_course
from acttutor.course.model import Language
from acttutor.course.plain import COLUMNS, plain_line, plain_lines, wrapped
from acttutor.course.reading import plain_text
from acttutor.course.text import is_clean
from tests.course.fuzz_lessons import run
from tests.course.minimal import spoilt, write_course


def read(tmp_path: Path, files: dict[str, str] | None = None) -> str:
    root = write_course(tmp_path, files) if files else write_course(tmp_path)
    return plain_text(load_course(root, Language.EN).course.lesson("slopes"))


def test_every_part_of_a_lesson_is_told(tmp_path: Path) -> None:
    text = read(tmp_path)
    for part in (
        "1  Slopes",
        "What a slope is.",
        "- Read a slope",
        "1. The first page",
        "The slope of σ(x) is small.",
        "    σ'(x) ≤ 1/4",
        "Plot: ",
        "Two curves.",
        "Claim: The slope never exceeds 0.25. [computed now: 0.25]",
        "See a page (https://example.org/slopes).",
        "    a = b",
        "Predict: How large is it at 0?",
        "Answer: [computed now: 0.25] A quarter.",
        "Gradient flow: ",
        "relu + he",
        "Network to step through: 1 input; layer 1: 1 × σ; loss mse.",
        "1. Where is it largest?",
        "    a) At 0",
        "    (more than one may be right)",
        "3. How large is σ'(0)?",
        "    (answer with a number)",
        "- Newton 1687",
    ):
        assert part in text, part
    assert "```" not in text
    assert "{#" not in text


def test_the_right_answer_of_a_graded_question_is_not_given_away(tmp_path: Path) -> None:
    assert "By symmetry." not in read(tmp_path)


def test_a_claim_that_does_not_hold_says_so(tmp_path: Path) -> None:
    text = " ".join(read(tmp_path, spoilt("equals: 0.25", "equals: 0.5")).split())
    assert "[computed now: 0.25 (the claim does not hold)]" in text


@pytest.mark.parametrize("language", list(Language))
def test_the_shipped_lessons_fit_into_their_column_without_an_escape(language: Language) -> None:
    for lesson in load_course(None, language).course.lessons:
        text = plain_text(lesson)
        assert is_clean(text)
        too_wide = [line for line in text.split("\n") if width(line) > COLUMNS + 6]
        assert too_wide == []


def test_chinese_wraps_by_cells_and_never_begins_a_line_with_punctuation() -> None:
    lines = wrapped("很深的网络为什么几乎学不动，其中多少来自曲线、多少来自权重。" * 5, 20)
    assert all(width(line) <= 22 for line in lines)
    assert not any(line[0] in "，。、；：" for line in lines)
    assert "".join(lines) == "很深的网络为什么几乎学不动，其中多少来自曲线、多少来自权重。" * 5


def test_a_line_break_between_chinese_characters_is_no_space() -> None:
    assert plain_line("梯度\n消失\nis here") == "梯度消失 is here"


def test_lists_quotations_tables_and_code_keep_their_shape() -> None:
    text = (
        "1. one\n2. two\n   - inner\n\n> said\n\n"
        "| a | 梯度 |\n|---|---|\n| long cell | b |\n\n```text\n  code\n```\n\n---\n\n"
        "*em* `code` ~~gone~~\\\nnext"
    )
    assert plain_lines(text) == [
        "1. one",
        "2. two",
        "   - inner",
        "",
        "> said",
        "",
        "a          梯度",
        "---------  ----",
        "long cell  b",
        "",
        "  code",
        "",
        "--------",
        "",
        "em code gone next",
    ]


@given(st.text(max_size=120))
def test_any_markdown_becomes_clean_lines(text: str) -> None:
    lines = plain_lines(text)
    assert all(is_clean(line) and "\n" not in line for line in lines)


def test_mutated_lessons_are_reported_and_never_raise() -> None:
    outcome = run(60, seed=3)
    assert outcome.reported > 40
    assert outcome.read > 20


def test_a_reveal_of_several_parts_keeps_their_shape(tmp_path: Path) -> None:
    reveal = "reveal: |\n  A quarter.\n\n  | z | slope |\n  |---|---|\n  | 0 | 0.25 |\n"
    text = read(tmp_path, spoilt("reveal: A quarter.\n", reveal, "01-slopes/lesson.en.md"))
    assert "Answer: [computed now: 0.25] A quarter.\n\nz  slope\n-  -----\n0  0.25\n" in text


def test_the_identity_is_called_by_its_name(tmp_path: Path) -> None:
    files = spoilt(
        "      activation: sigmoid\n  loss", "      activation: identity\n  loss", "01-slopes/lesson.en.md"
    )
    assert "layer 1: 1 × identity; loss mse" in read(tmp_path, files)


def test_chinese_is_told_with_full_width_marks(tmp_path: Path) -> None:
    files = spoilt("    - units: 1\n", "    - units: 2\n      activation: tanh\n    - units: 1\n")
    files = {name: text.replace("[[[2]]]", "[[[2, 2]], [[1], [1]]]") for name, text in files.items()}
    text = plain_text(load_course(write_course(tmp_path, files), Language.ZH).course.lesson("slopes"))
    for part in ("曲线图：", "论断：", "先猜：", "答案：", "tanh；第 2 层"):
        assert part in text.replace("\n", ""), part
    assert ": " not in text.split("1. 第一页")[1].split("## ")[0].replace("https://", "")
