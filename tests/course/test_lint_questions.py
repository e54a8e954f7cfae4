"""The checker on orders and on numbers that are drawn: what is wrong in any draw is found at its key."""

from pathlib import Path

import pytest

from acttutor.course.document import Severity
from acttutor.course.lint import check
from tests.course.lint_rules import QUESTIONS, QUESTIONS_ZH, Rule, assert_found, rule
from tests.course.minimal import spoilt, write_course

ORDER = (
    rule("options", QUESTIONS, "text: Take the input", "text: Take it\n    correct: true", "true\n    why: Every",
         "right order"),
    rule("options", QUESTIONS, "    text: Take the input", "    text: Take it\n    misconception: too-steep",
         "too-steep\n    why: Every", "has no misconception"),
    rule("reference", QUESTIONS, "first: product", "first: prodct", "prodct\n", "did you mean product?"),
    rule("reference", QUESTIONS, "then: curve", "then: curves", "curves\n", "did you mean curve?"),
    rule("mistake", QUESTIONS, "first: product\n    then: curve", "first: curve\n    then: product",
         "curve\n    then", "curve before product is right"),
    rule("mistake", QUESTIONS, "then: curve", "then: product", "product\n    then", "product before product"),
    rule("missing-key", QUESTIONS, "    why: There is no height yet.\n", "", "first: product", "why is missing"),
    rule("reference", QUESTIONS, "yet.\n    misconception: too-steep", "yet.\n    misconception: too-step",
         "too-step\n```", "did you mean too-steep?"),
    rule("value", QUESTIONS, "  - id: product\n    text: Multiply height and rest\n    why: It needs the height.\n",
         "", "id: steps", "3 to 7 options, not 2"),
    rule("duplicate-id", QUESTIONS, "  - id: curve\n", "  - id: input\n", "input\n    text: Read", "another id"),
    rule("value", QUESTIONS, "type: order", "type: choice", "id: steps", "belong to an order question"),
)  # fmt: skip

DRAWN = (
    rule("placeholder", QUESTIONS, "weight is {w}", "weight is {v}", "{v}", "the variables are w, z, steep"),
    rule("placeholder", QUESTIONS, "slope at {z}", "slope at {answer}", "{answer}.\n```", "gives the answer away"),
    rule("placeholder", QUESTIONS, "{w} × {steep} =", "{w} × {step} =", "{step} =", "did you mean steep?"),
    rule("placeholder", QUESTIONS, 'a: "{w}"', 'a: "{u}"', '"{u}"', "{u} is no variable here"),
    rule("placeholder", QUESTIONS, 'x: "{z}"', 'x: "{steep}"', '"{steep}"\n    decimals', "w, z"),
    rule("placeholder", QUESTIONS, 'value: "{w}"', 'value: "{x}"', '"{x}"\n      tol', "is no variable here"),
    rule("placeholder", QUESTIONS, "  w:\n", "  answer:\n    choices:\n      - 1\n      - 2\n  w:\n",
         "choices:\n      - 1\n      - 2", "cannot be called answer"),
    rule("unused", QUESTIONS, "  w:\n", "  idle:\n    choices:\n      - 1\n      - 2\n  w:\n",
         "choices:\n      - 1\n      - 2", "nothing uses the variable idle"),
    rule("value", QUESTIONS, "    step: 0.5\n", "", "from: 0.5\n    to: 2", "belong together"),
    rule("value", QUESTIONS, "    step: 0.5\n", "    step: 5\n", "from: 0.5\n    to: 2", "2 to 1000 different"),
    rule("value", QUESTIONS, "    step: 0.5\n", "    step: 0\n", "0\n  z:", "a finite number > 0"),
    rule("value", QUESTIONS, "    step: 0.5\n", "    step: 0.5\n    measure: slope\n", "from: 0.5\n    to: 2",
         "or a measure"),
    rule("value", QUESTIONS, "  w:\n    from", "  W:\n    from", "W:\n    from", "a letter first"),
    rule("measure", QUESTIONS, "measure: product", "measure: prodct", "prodct\n", "did you mean product?"),
    rule("measure", QUESTIONS, 'b: "{steep}"', 'z: "{steep}"', "product\n  args", "needs the argument b"),
    rule("draw", QUESTIONS, "measure: product\n  args:\n    a: \"{w}\"\n    b: \"{steep}\"",
         "measure: power\n  args:\n    base: 10\n    exponent: 400", "measure: power", "comes to inf"),
    rule("draw", QUESTIONS, '    a: "{w}"\n    b: "{steep}"', '    a: -1\n    b: "{z}"\n    c: "{w}"',
         "measure: product", "minus zero"),
    rule("draw", QUESTIONS, "    decimals: 4\nanswer", "    decimals: 0\nanswer", "measure: slope\n    args:\n"
         "      activation: sigmoid\n      x: \"{z}\"", "is shown as 0"),
    rule("tolerance", QUESTIONS, "tolerance: 0.001\n  why: |", "tolerance: 0.000001\n  why: |",
         "0.000001", "which counts as wrong"),
    rule("mistake", QUESTIONS, 'value: "{w}"', 'value: "{answer}"', 'value: "{answer}"', "in every draw"),
    rule("formula", QUESTIONS, "What is $w \\sigma'({z})$", "What is $\\nope{z}$", "\\nope", "nope"),
    rule("value", QUESTIONS, "type: numeric\nconcept: slope\nprompt: |\n  The weight",
         "type: choice\nconcept: slope\nprompt: |\n  The weight", "id: drawn", "belong to a numeric question"),
    rule("mistake", QUESTIONS, "value: 0.5", "value: 0.2501", "value: 0.2501", "counts as right"),
)  # fmt: skip


@pytest.mark.parametrize("case", [*ORDER, *DRAWN], ids=lambda case: f"{case.code}: {case.says}")
def test_a_broken_question_is_reported_where_it_is_broken(case: Rule, tmp_path: Path) -> None:
    assert_found(case, tmp_path)


def test_a_mistake_that_is_right_in_some_draws_only_is_no_problem(tmp_path: Path) -> None:
    files = spoilt('value: "{w}"', "value: 0.25")
    assert check(write_course(tmp_path, files), static=False) == []


def test_static_knows_the_arguments_of_drawn_numbers_without_drawing(tmp_path: Path) -> None:
    wrong = spoilt('    b: "{steep}"', '    bb: "{steep}"')
    assert {p.code for p in check(write_course(tmp_path / "a", wrong), static=True)} == {"measure"}
    infinite = spoilt("    decimals: 4\nanswer", "    decimals: 0\nanswer")
    assert check(write_course(tmp_path / "b", infinite), static=True) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("      - -1\n", "      - -3\n", "variables.z.choices[0] is -3, not -1"),
        ("    step: 0.5\n", "    step: 0.25\n", "variables.w.step is 0.25, not 0.5"),
        ("    decimals: 4\nanswer", "    decimals: 3\nanswer", "variables.steep.decimals is 3, not 4"),
        ("  tolerance: 0.001\n  why: |", "  tolerance: 0.002\n  why: |", "answer.tolerance is 0.002, not 0.001"),
        ("weight is {w} and", "weight is 2 and", "the prompt does not tell {w}"),
        ("first: product\n    then: curve", "first: product\n    then: input", "mistakes[0].then is input, not curve"),
        ("evidence: confident-wrong", "evidence: multiclass", "evidence is multiclass, not confident-wrong"),
    ],
)  # fmt: skip
def test_both_languages_draw_the_same_numbers_and_cite_the_same_evidence(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    problems = check(write_course(tmp_path, spoilt(old, new, QUESTIONS_ZH)), static=True)
    assert any(p.code == "languages" and p.path == QUESTIONS_ZH and says in p.message for p in problems), (
        problems
    )


def test_an_unused_variable_is_worth_a_warning_only(tmp_path: Path) -> None:
    files = spoilt("  w:\n", "  idle:\n    choices:\n      - 1\n      - 2\n  w:\n")
    problems = check(write_course(tmp_path, files), static=False)
    assert {(p.code, p.severity) for p in problems} == {("unused", Severity.WARNING)}
