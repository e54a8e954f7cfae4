"""Mastery is the documented formula, and behaves as a learner would call fair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.learner.events import Answered, Confidence
from acttutor.learner.mastery import (
    ConceptHistory,
    Mastery,
    after_answer,
    mastery,
    mastery_of,
    mastery_over,
    points,
)
from acttutor.learner.progress import progress

from .samples import answered, recorded

RIGHT = answered(confidence=Confidence.SURE)
WRONG = answered(correct=False, confidence=Confidence.SURE)

answers = st.lists(
    st.builds(
        lambda correct, confidence, hints: answered(correct=correct, confidence=confidence, hints=hints),
        st.booleans(),
        st.none() | st.sampled_from(list(Confidence)),
        st.integers(0, 3),
    ),
    max_size=30,
)


def history_of(given: list[Answered]) -> ConceptHistory:
    history = ConceptHistory()
    for answer in given:
        history = after_answer(history, answer)
    return history


@given(answers)
def test_mastery_is_the_formula_of_its_docstring(given: list[Answered]) -> None:
    weights = [0.7 ** (len(given) - 1 - place) for place in range(len(given))]
    average = sum(w * points(a) for w, a in zip(weights, given, strict=True)) / sum(weights) if given else 0.0
    expected = average * min(1.0, len(given) / 5)
    found = mastery_of(history_of(given))
    assert found.value == pytest.approx(expected, abs=1e-12)
    assert found.answers == len(given)
    assert 0 <= found.value <= 1
    assert found.dots == int(found.value * 5 + 0.5) <= 5


@given(answers)
def test_a_right_and_sure_answer_never_lowers_it_and_a_wrong_one_never_raises_it(
    given: list[Answered],
) -> None:
    before = mastery_of(history_of(given)).value
    assert mastery_of(history_of([*given, RIGHT])).value >= before - 1e-12
    assert mastery_of(history_of([*given, WRONG])).value <= before + 1e-12


@pytest.mark.parametrize("count", range(6))
def test_each_right_and_sure_answer_is_a_dot(count: int) -> None:
    assert mastery_of(history_of([RIGHT] * count)).dots == count


def test_recent_answers_weigh_more() -> None:
    assert mastery_of(history_of([WRONG, RIGHT])).value > mastery_of(history_of([RIGHT, WRONG])).value


def test_guesses_and_hints_earn_less() -> None:
    sure, think, guess = (points(answered(confidence=level)) for level in reversed(Confidence))
    assert sure == 1.0
    assert sure > think > guess > 0.7
    assert points(answered(confidence=None)) == think
    assert points(answered(confidence=Confidence.SURE, hints=2)) == pytest.approx(0.64)
    assert points(WRONG) == 0.0


def test_concepts_are_kept_apart_and_together_they_are_the_mean() -> None:
    done = progress(recorded([RIGHT] * 5 + [answered(concept="c2", correct=False)]))
    found = mastery(done)
    assert found["c1"] == Mastery(1.0, 5, 5)
    assert found["c2"] == Mastery(0.0, 1, 0)
    assert mastery_over(done, ["c1", "c2"]).value == pytest.approx(0.5)
    assert mastery_over(done, ["c1", "never"]).dots == 3  # 2.5 dots, rounded up
    assert mastery_over(done, []) == Mastery(0.0, 0, 0)
