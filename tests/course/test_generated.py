"""Numbers that are drawn: the same for a seed everywhere, right in every draw, told in every text."""

import math
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.generated import DrawError, draw, instance
from acttutor.course.model import (
    Number,
    Question,
    QuestionType,
    Template,
    TemplateMistake,
    Variable,
)
from acttutor.course.placeholders import filled, placeholders, shown
from acttutor.course.questions import NumericResponse, judge, parse_number, presented
from acttutor.errors import UserError

TEMPLATE = Template(
    variables=(
        Variable("z", (-2.0, 0.0, 1.0)),
        Variable("above", (0.1, 0.3, 0.5)),
        Variable("slope", (), Number(None, "slope", (("activation", "sigmoid"), ("x", "{z}"))), 4),
    ),
    answer=Number(None, "product", (("a", "{above}"), ("b", "{slope}"))),
    tolerance=0.002,
    why="Gradient × slope = {above} × {slope} = {answer}.",
    mistakes=(
        TemplateMistake(Number("{above}"), 0.002, "That is {above}.", "slope-forgotten"),
        TemplateMistake(Number(None, "product", (("a", "{answer}"), ("b", 1.001))), 0.002, "Near.", "near"),
    ),
    decimals=4,
)


def question(template: Template | None = TEMPLATE, id: str = "drawn") -> Question:
    return Question(
        id=id,
        revision=1,
        type=QuestionType.NUMERIC,
        concept="slope",
        scenario=False,
        prompt="At z = {z} the gradient {above} arrives. How large is $\\sigma'({z})$ times that?",
        options=(),
        numeric=None,
        hints=("First the slope at {z}.",),
        evidence=None,
        line=1,
        template=template,
    )


@given(st.integers(0, 2**40))
def test_an_instance_is_concrete_and_its_shown_answer_is_right(seed: int) -> None:
    asked = instance(question(), seed)
    assert asked.template is None
    assert asked.numeric is not None
    texts = (asked.prompt, *asked.hints, asked.numeric.why, *(m.why for m in asked.numeric.mistakes))
    assert not any(name in text for text in texts for name in ("{z}", "{above}", "{slope}", "{answer}"))
    answer = shown(asked.numeric.value, asked.numeric.decimals)
    assert asked.numeric.why.endswith(f"= {answer}.")
    assert judge(asked, NumericResponse(answer)).correct
    made = draw(TEMPLATE, "drawn", seed)
    z, above = made.values["z"], made.values["above"]
    assert z in (-2.0, 0.0, 1.0)
    assert above in (0.1, 0.3, 0.5)
    slope = math.exp(-z) / (1 + math.exp(-z)) ** 2
    assert math.isclose(made.values["slope"], slope, rel_tol=1e-12)
    assert math.isclose(asked.numeric.value, above * slope, rel_tol=1e-12)


@given(st.integers(0, 2**40))
def test_a_mistake_that_would_count_as_right_is_dropped_and_the_others_are_caught(seed: int) -> None:
    asked = instance(question(), seed)
    assert asked.numeric is not None
    assert [mistake.misconception for mistake in asked.numeric.mistakes] == ["slope-forgotten"]
    judged = judge(asked, NumericResponse(f"{asked.numeric.mistakes[0].value}"))
    assert not judged.correct
    assert judged.misconceptions == ("slope-forgotten",)


def test_seeds_give_different_numbers_and_every_choice_comes() -> None:
    prompts = {instance(question(), seed).prompt for seed in range(200)}
    assert len(prompts) == 9
    assert {instance(question(id="other"), seed).prompt for seed in range(9)} != {
        instance(question(), seed).prompt for seed in range(9)
    }


def test_the_same_seed_gives_the_same_question_in_another_process() -> None:
    code = "from tests.course.test_generated import *; print(instance(question(), 5).prompt)"
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert there.strip() == instance(question(), 5).prompt
    assert there.startswith("At z = 0 the gradient 0.1 arrives.")


def test_a_question_without_variables_is_computed_and_its_braces_stay() -> None:
    fixed = Template((), Number(None, "slope", (("activation", "sigmoid"), ("x", 0.0))), 0.001, "{so} it is")
    asked = instance(replace(question(fixed), prompt="A set {1, 2}, {{x}} and {z}?"), 3)
    assert asked.numeric is not None
    assert asked.numeric.value == 0.25
    assert asked.numeric.why == "{so} it is"
    assert asked.prompt == "A set {1, 2}, {{x}} and {z}?"


def test_a_question_that_draws_nothing_is_its_own_instance() -> None:
    plain = replace(question(None), prompt="Is {z} a brace?")
    assert instance(plain, 4) is plain
    assert presented(question(), 3) == ()
    assert question().generated
    assert not plain.generated


def test_what_cannot_be_computed_says_which_number_it_is() -> None:
    broken = replace(TEMPLATE, answer=Number(None, "product", (("a", "{none}"), ("b", 1.0))))
    with pytest.raises(DrawError) as refused:
        draw(broken, "drawn", 0)
    assert refused.value.steps == ("answer",)
    wrong = replace(TEMPLATE.mistakes[0], number=Number(None, "nothing"))
    with pytest.raises(DrawError) as refused:
        draw(replace(TEMPLATE, mistakes=(TEMPLATE.mistakes[0], wrong)), "drawn", 0)
    assert refused.value.steps == ("answer", "mistakes", 1)


def test_an_answer_that_is_no_finite_number_is_refused() -> None:
    endless = replace(TEMPLATE, answer=Number(None, "power", (("base", 10.0), ("exponent", 400.0))))
    with pytest.raises(UserError, match="comes to inf"):
        instance(question(endless), 0)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.5, None, "0.5"),
        (-2.0, None, "−2"),
        (1e-7, None, "1e−7"),
        (1234567.0, None, "1.23457e6"),
        (0.10499, 4, "0.105"),
        (0.10499, 2, "0.1"),
        (-0.00001, 4, "0"),
        (-0.0, None, "0"),
        (100.0, 0, "100"),
        (1200.0, 2, "1200"),
    ],
)
def test_a_number_is_shown_as_a_person_would_write_it(value: float, decimals: int | None, text: str) -> None:
    assert shown(value, decimals) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 9))
def test_what_is_shown_is_read_back_within_its_decimals(value: float, decimals: int) -> None:
    read = parse_number(shown(value, decimals))
    assert read is not None
    assert abs(read - value) <= 0.5 * 10**-decimals + 1e-9 * abs(value)


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("{w} and {z}", "3 and −2"),
        ("{{w}} is {w}", "{w} is 3"),
        ("{{1, 2}}", "{1, 2}"),
        ("{other} stays", "{other} stays"),
        ("$x^{z}$", "$x^{-2}$"),
        ("$\\frac{w}{1 + e^{-z}}$", "$\\frac{3}{1 + e^{-z}}$"),
        ("$\\sqrt{{w}}$", "$\\sqrt{{3}}$"),
        ("$$\n\\frac{z}{w}\n$$ {z}", "$$\n\\frac{-2}{3}\n$$ −2"),
        ("costs \\$ {w} and \\$ {z}", "costs \\$ 3 and \\$ −2"),
        ("`{w}`", "`3`"),
    ],
)
def test_numbers_fill_words_and_formulas_each_in_their_way(text: str, becomes: str) -> None:
    assert filled(text, {"w": "3", "z": "−2"}) == becomes


def test_placeholders_are_found_in_words_and_those_of_variables_in_formulas() -> None:
    text = "{a} {{b}} $\\frac{c}{d}$ {e}"
    assert [(found.name, text[found.at]) for found in placeholders(text, ("a", "d"))] == [
        ("a", "{"),
        ("d", "{"),
        ("e", "{"),
    ]


@given(st.text("{}$\\ab z\n", max_size=30))
def test_any_text_can_be_filled(text: str) -> None:
    filled(text, {"a": "1", "z": "−2"})
    assert all(text[found.at] == "{" for found in placeholders(text, ("a", "z")))
