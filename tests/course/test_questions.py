"""Answers: what a typed number means, what counts as right, which reasons come back."""

import math
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.model import (
    Mistake,
    Number,
    NumericAnswer,
    Option,
    OrderMistake,
    Question,
    QuestionType,
    Template,
)
from acttutor.course.questions import (
    ChoiceResponse,
    NumericResponse,
    OrderResponse,
    judge,
    parse_number,
    presented,
)
from acttutor.errors import UserError


def question(
    type_: QuestionType, right: str = "a", numeric: NumericAnswer | None = None, ids: str = "abcd"
) -> Question:
    options = tuple(
        Option(id, f"text {id}", f"why {id}", id in right, None if id in right else f"wrong-{id}")
        for id in ids
    )
    return Question(
        id="asked",
        revision=1,
        type=type_,
        concept="slope",
        scenario=False,
        prompt="?",
        options=() if numeric else options,
        numeric=numeric,
        hints=(),
        evidence=None,
        line=1,
    )


def order(ids: str = "abcd") -> Question:
    mistakes = (
        OrderMistake("c", "a", "c needs a", "late-a"),
        OrderMistake("d", "b", "d needs b", "late-b"),
        OrderMistake("d", "a", "d needs a too", "late-a"),
    )
    return replace(question(QuestionType.ORDER, right=ids, ids=ids), order_mistakes=mistakes)


QUARTER = NumericAnswer(
    0.25,
    0.001,
    "a quarter",
    (Mistake(0.5, 0.01, "the value", "value-for-slope"), Mistake(0.51, 0.05, "close by", "near")),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/4", 0.25),
        ("0.25", 0.25),
        ("2.5e-1", 0.25),
        ("2.5E-1", 0.25),
        (".25", 0.25),
        ("０．２５", 0.25),
        ("１／４", 0.25),
        ("25%", 0.25),
        ("２５％", 0.25),
        ("10^-3", 0.001),
        ("10**-3", 0.001),
        ("10^(-3)", 0.001),
        ("10⁻³", 0.001),
        ("6×10⁻³", 0.006),
        ("6 x 10^-3", 0.006),
        ("6·10^-3", 0.006),
        ("6*10^-3", 0.006),
        ("−60.2", -60.2),
        ("–60.2", -60.2),
        ("+3", 3.0),
        (" 3 . 5 ", 3.5),
        ("½", 0.5),
        ("= 3", 3.0),
        ("≈0.3", 0.3),
        ("-2^2", -4.0),
        ("10²", 100.0),
        ("1e-61", 1e-61),
    ],
)
def test_a_number_is_understood_as_people_write_it(text: str, value: float) -> None:
    parsed = parse_number(text)
    assert parsed is not None
    assert math.isclose(parsed, value, rel_tol=1e-15)


@pytest.mark.parametrize(
    "text",
    ["", " ", "a quarter", "1,000", "1/0", "--1", "1e999", "10^999", "0^-1", "nan", "inf", "1_0", "1½", "1+1", "%", "٣",
     "(1)", "1/", "/4", "1//4", "2^3^4", "9" * 65, "0x10", "\x1b[31m1"],
)  # fmt: skip
def test_what_is_no_finite_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_back_as_itself(value: float) -> None:
    assert parse_number(repr(value)) == value


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or math.isfinite(value)


def test_the_one_right_option_is_right() -> None:
    judged = judge(question(QuestionType.CHOICE), ChoiceResponse(("a",)))
    assert judged.correct
    assert judged.misconceptions == ()


def test_a_wrong_option_tells_its_reason_first_and_its_misconception() -> None:
    judged = judge(question(QuestionType.CHOICE), ChoiceResponse(("c",)))
    assert not judged.correct
    assert [(reason.option, reason.given) for reason in judged.reasons] == [
        ("c", True),
        ("a", False),
        ("b", False),
        ("d", False),
    ]
    assert judged.misconceptions == ("wrong-c",)


@given(st.sets(st.sampled_from("abcd")), st.sets(st.sampled_from("abcd"), min_size=1))
def test_multiple_is_right_for_exactly_the_right_set(chosen: set[str], right: set[str]) -> None:
    asked = question(QuestionType.MULTIPLE, "".join(sorted(right)))
    judged = judge(asked, ChoiceResponse(tuple(sorted(chosen, reverse=True))))
    assert judged.correct == (chosen == right)
    assert set(judged.misconceptions) == {f"wrong-{id}" for id in chosen - right}


@pytest.mark.parametrize(
    ("text", "right"), [("1/4", True), ("0.251", True), ("0.2511", False), ("25 %", True)]
)
def test_a_number_is_right_within_its_tolerance(text: str, right: bool) -> None:
    assert judge(question(QuestionType.NUMERIC, numeric=QUARTER), NumericResponse(text)).correct is right


def test_a_tolerance_of_zero_forgives_rounding_only() -> None:
    exact = NumericAnswer(0.3, 0.0, "why")
    assert judge(question(QuestionType.NUMERIC, numeric=exact), NumericResponse("3*0.1")).correct
    assert not judge(question(QuestionType.NUMERIC, numeric=exact), NumericResponse("0.300001")).correct


def test_a_foreseen_mistake_is_named_and_the_nearest_one_wins() -> None:
    judged = judge(question(QuestionType.NUMERIC, numeric=QUARTER), NumericResponse("0.502"))
    assert [(reason.why, reason.correct, reason.given) for reason in judged.reasons] == [
        ("the value", False, True),
        ("a quarter", True, False),
    ]
    assert judged.misconceptions == ("value-for-slope",)


def test_an_unforeseen_number_tells_only_the_right_reason() -> None:
    judged = judge(question(QuestionType.NUMERIC, numeric=QUARTER), NumericResponse("7"))
    assert [reason.why for reason in judged.reasons] == ["a quarter"]
    assert not judged.correct


@pytest.mark.parametrize(
    ("asked", "response", "says"),
    [
        (question(QuestionType.CHOICE), ChoiceResponse(("z",)), "no option 'z'"),
        (question(QuestionType.CHOICE), NumericResponse("1"), "by its options"),
        (question(QuestionType.NUMERIC, numeric=QUARTER), ChoiceResponse(("a",)), "by a number"),
        (question(QuestionType.NUMERIC, numeric=QUARTER), NumericResponse("much"), "such as 0.25"),
        (question(QuestionType.ORDER), ChoiceResponse(("a",)), "by an order"),
        (question(QuestionType.CHOICE), OrderResponse(("a", "b", "c", "d")), "by its options"),
        (question(QuestionType.ORDER), OrderResponse(("a", "b", "c")), "every option once"),
        (question(QuestionType.ORDER), OrderResponse(("a", "b", "c", "c")), "every option once"),
        (question(QuestionType.ORDER), OrderResponse(("a", "b", "c", "x")), "no option 'x'"),
        (
            replace(question(QuestionType.NUMERIC), template=Template((), Number(1.0), 0.1, "")),
            NumericResponse("1"),
            "no numbers yet",
        ),
    ],
)
def test_a_response_that_cannot_be_judged_is_refused_in_one_line(
    asked: Question, response: ChoiceResponse | NumericResponse | OrderResponse, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        judge(asked, response)


def test_the_right_order_is_right_and_tells_why_each_stands_where_it_does() -> None:
    judged = judge(order(), OrderResponse(("a", "b", "c", "d")))
    assert judged.correct
    assert [(reason.option, reason.correct, reason.given) for reason in judged.reasons] == [
        (id, True, True) for id in "abcd"
    ]


@given(st.permutations("abcd"))
def test_an_order_shows_exactly_the_mistakes_it_makes(ids: list[str]) -> None:
    judged = judge(order(), OrderResponse(tuple(ids)))
    assert judged.correct == (ids == list("abcd"))
    made = [m for m in order().order_mistakes if ids.index(m.first) < ids.index(m.then)]
    told = [reason for reason in judged.reasons if not reason.option]
    assert [reason.why for reason in told] == [mistake.why for mistake in made]
    assert all(reason.given and not reason.correct for reason in told)
    assert set(judged.misconceptions) == {mistake.misconception for mistake in made}
    assert len(judged.misconceptions) == len(set(judged.misconceptions))
    steps = judged.reasons[len(told) :]
    assert [reason.option for reason in steps] == list("abcd")
    assert [reason.given for reason in steps] == [
        mine == right for mine, right in zip(ids, "abcd", strict=True)
    ]


@given(st.integers(0, 2**40), st.integers(3, 7))
def test_an_order_is_never_shown_in_the_right_order(seed: int, count: int) -> None:
    asked = question(QuestionType.ORDER, ids="abcdefg"[:count])
    shown = presented(asked, seed)
    assert shown != asked.options
    assert sorted(option.id for option in shown) == [option.id for option in asked.options]


@given(st.integers(-(2**70), 2**70))
def test_any_seed_shows_every_option_once(seed: int) -> None:
    shown = presented(question(QuestionType.CHOICE), seed)
    assert sorted(option.id for option in shown) == list("abcd")


def test_the_same_seed_shows_the_same_order_in_another_process() -> None:
    asked = question(QuestionType.CHOICE, ids="abcdefgh")
    here = "".join(option.id for option in presented(asked, 5))
    code = (
        "from tests.course.test_questions import *;"
        "print(''.join(o.id for o in presented(question(QuestionType.CHOICE, ids='abcdefgh'), 5)))"
    )
    there = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert here == there == "bcfgdhae"
    assert len({"".join(option.id for option in presented(asked, seed)) for seed in range(20)}) > 15
