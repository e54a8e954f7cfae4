"""The slips of somebody who writes a course by the guide alone: each is told once, and at its cause."""

from pathlib import Path

import pytest

from acttutor.course.document import Problem, parse_yaml
from acttutor.course.library import load_course
from acttutor.course.lint import check
from acttutor.course.lint_comments import check_comments
from acttutor.course.model import Language, QuestionType
from acttutor.course.outline import outline
from acttutor.course.parser import Source, parse_lesson
from tests.course.lint_rules import EN, QUESTIONS, ZH, Rule, assert_found, rule
from tests.course.minimal import LESSON_EN, line_of, spoilt, translated, write_course

GLOSSARY = "glossary.yaml"

SLIPS = (
    rule("comment", EN, "caption: Two curves.", "caption: Two # curves.", "# curves.", "put the text in quotes"),
    rule("comment", EN, "title: Slopes", "title: Slopes # steep", "# steep", "not shown"),
    rule("comment", EN, "  - Read a slope", "  - Read a # slope", "# slope", "after |"),
    rule("comment", QUESTIONS, "why: By symmetry.", "why: By\n      symmetry. # so", "# so", "is a comment"),
    rule("comment", "course.yaml", "en: Slope\n", "en: Slope # x\n", "# x", "is a comment"),
    rule("comment", GLOSSARY, "en: bend", "en: bend # x", "# x", "is a comment"),
    rule("comment", "source-claims.yaml", "is a half.", "is # a half.", "# a half", "is a comment"),
    rule("table", EN, "reveal: A quarter.", "reveal: |\n  | a | b |\n  |---|---|", "| a |", "no tables"),
    rule("syntax", EN, "caption: Two", "\tcaption: Two", "\tcaption", "a tab indents here (use spaces)"),
    rule("syntax", EN, "    derivative: true", "  \tderivative: true", "\tderivative", "use spaces"),
    rule("syntax", EN, "summary: What", "\tsummary: What", "\tsummary", "use spaces"),
    rule("syntax", "course.yaml", "  zh: 一门课", "\tzh: 一门课", "\tzh", "a tab indents here (use spaces)"),
    rule("syntax", GLOSSARY, "        How fast", "\tHow fast", "\tHow", "a tab indents here (use spaces)"),
    rule("syntax", QUESTIONS, "  The weight is", "The weight is", "The weight is", "text after | must be indented"),
    rule("syntax", QUESTIONS, "    {w} × {steep}", "    so\n   {w} × {steep}", "{w} × {steep}", "text after | must be"),
    rule("syntax", GLOSSARY, "        How fast", "How fast", "How fast", "text after | must be indented"),
    rule("syntax", ZH, "caption: 两条", "caption：两条", "：两条", "the full-width ： (U+FF1A) after caption"),
    rule("syntax", EN, "text: The slope", "text: *The* slope", "* slope", "text that begins with * needs quotes"),
    rule("alias", QUESTIONS, "text: At 1", "text: *one", "*one", "text that begins with * needs quotes"),
    rule("syntax", EN, "text: The slope", "text: & the slope", " the slope never", "begins with & needs quotes"),
    rule("tag", QUESTIONS, "text: At 1", "text: !one", "!one", "text that begins with ! needs quotes"),
    rule("value", QUESTIONS, "  - Think of", "  - Hint: think of", "Hint: think", "in quotes or after |"),
    rule("value", QUESTIONS, '"{w}"\n    b', "{w}\n    b", "{w}\n    b", "in quotes or after |"),
    rule("measure", EN, "x: 0", "z: 0", "0\n  tolerance: 0.01", "slope has no argument 'z' (did you mean x?)"),
    rule("measure", QUESTIONS, 'b: "{steep}"', 'e: "{steep}"', '"{steep}"\n  dec', "no argument 'e' (did you mean b?)"),
)  # fmt: skip


@pytest.mark.parametrize("case", SLIPS, ids=[f"{index}-{case.code}" for index, case in enumerate(SLIPS)])
def test_a_slip_is_told_where_it_was_made(case: Rule, tmp_path: Path) -> None:
    assert_found(case, tmp_path)


def problems(tmp_path: Path, files: dict[str, str]) -> list[Problem]:
    return check(write_course(tmp_path, files), static=True)


@pytest.mark.parametrize(
    ("old", "begun", "seen"),
    [
        ("caption: Two curves.\n```\n", "```plot", "```claim"),
        ("Let them **guess** first.\n```\n", "```note", "## The second page"),
        ("  tolerance: 1e-12\n```\n", "```claim", "```note"),
        ("a = b\n```\n", "```math", "```predict"),
        ("depth: 4\nwidth: 8\n```\n\n", "```flow", "```sim"),
    ],
)
def test_a_fence_left_open_is_the_only_problem_and_is_told_where_it_is_still_open(
    old: str, begun: str, seen: str, tmp_path: Path
) -> None:
    files = spoilt(old, old.removesuffix("\n").removesuffix("\n").removesuffix("```"), EN)
    found = problems(tmp_path, files)
    assert [(p.path, p.line, p.code) for p in found] == [(EN, line_of(files[EN], seen), "fence")]
    line = line_of(files[EN], begun)
    assert found[0].message == f"the fence begun in line {line} is still open here"
    assert "```" in found[0].suggestion


def test_a_question_left_open_is_told_and_the_others_are_still_checked(tmp_path: Path) -> None:
    files = spoilt("misconception: too-steep\n```\n", "misconception: too-steep\n", QUESTIONS)
    files[QUESTIONS] = files[QUESTIONS].replace("why: It is 1.", "wy: It is 1.")
    found = [(p.line, p.code) for p in problems(tmp_path, files)]
    assert (line_of(files[QUESTIONS], "```quiz\nid: both"), "fence") in found
    assert (line_of(files[QUESTIONS], "wy: It is 1."), "unknown-key") in found


def test_code_may_show_fences_and_headings() -> None:
    shown = "````text\n```plot\n## A page {#a}\n```\n````\n\n```md\n## A page {#a}\n```\n\nSee [a"
    assert parse_lesson(LESSON_EN.replace("See [a", shown), "lesson.md").problems == ()


def test_an_outline_does_not_guess_where_an_open_fence_ends() -> None:
    assert outline(LESSON_EN, "lesson.md") is not None
    assert outline(LESSON_EN.replace("guess** first.\n```\n", "guess** first.\n"), "lesson.md") is None


@pytest.mark.parametrize(
    "text",
    [
        'caption: "C # D"',
        "caption: 'C # D'  # quoted, so this is meant",
        "caption: |\n  C # D",
        "caption: C#D, no gap",
        "id: plain  # what is never shown may be explained",
        "tolerance: 0.1 # so",
        "why: two\n  lines, no comment\n# a comment of its own\nid: x",
    ],
)
def test_a_comment_that_cuts_no_text_is_no_problem(text: str) -> None:
    node, found = parse_yaml(text, "file.yaml")
    assert not found
    assert list(check_comments(node, Source("file.yaml", text, tuple(text.split("\n"))))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("interactive: true", "interactiv: true"),
        ("  measure: max_slope", "  mesure: max_slope"),
        ("caption: Two curves.", "caption：Two curves."),
        ("id: curve", "ident: curve"),
        ("  loss: mse", "  los: mse"),
        ("    x: 0", "    z: 0"),
        ("minutes: 5", "minuts: 5"),
        ("## The second page {#second}", "## The second page"),
    ],
)
@pytest.mark.parametrize("name", [EN, ZH])
def test_what_is_broken_in_one_language_is_not_held_against_the_other(
    old: str, new: str, name: str, tmp_path: Path
) -> None:
    files = spoilt("caption: Two", "interactive: true\ncaption: Two", EN)
    files[ZH] = translated(files[EN])
    if name == ZH:
        old, new = translated(old), translated(new)
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    found = problems(tmp_path, files)
    assert [p for p in found if p.path == name and p.code != "languages"]
    assert [str(p) for p in found if p.code == "languages"] == []


def test_a_foreseen_mistake_need_not_show_a_wrong_idea(tmp_path: Path) -> None:
    files = spoilt("      why: That is the value.\n      misconception: too-steep\n", "      why: A slip.\n")
    for name in (QUESTIONS, QUESTIONS.replace(".en.", ".zh.")):
        files[name] = files[name].replace("yet.\n    misconception: too-steep\n", "yet.\n")
    root = write_course(tmp_path, files)
    assert check(root, static=False) == []
    questions = load_course(root, Language.EN).course.lesson("slopes").questions
    numeric = next(question for question in questions if question.id == "number")
    assert numeric.template is not None
    assert numeric.template.mistakes[0].misconception is None
    order = next(question for question in questions if question.type is QuestionType.ORDER)
    assert order.order_mistakes[0].misconception is None
