"""The form of a question gives nothing away: neither where the right answer stands, nor how long it is."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.formula import width
from acttutor.course.library import load_course, shipped_root
from acttutor.course.model import Language, Question, QuestionType
from acttutor.course.plain import plain_line
from acttutor.course.questions import presented

SEEDS = range(100)
LEAST_P = 0.001
MOST_BY_LENGTH = 0.40


def chi_square_p(statistic: float, freedom: int) -> float:
    """The probability of so large a chi-square by chance: the regularised upper gamma Q(k/2, x/2).

    Series below x = a + 1 and Lentz's continued fraction above (Press et al., Numerical Recipes, §6.2).
    """
    a, x = freedom / 2, statistic / 2
    if x <= 0:
        return 1.0
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        step = a
        while abs(term) > 1e-16 * abs(total):
            step += 1
            term *= x / step
            total += term
        return 1 - scale * total
    b = x + 1 - a
    c, d = 1e300, 1 / b
    fraction = d
    for n in range(1, 10_000):
        factor = -n * (n - a)
        b += 2
        d, c = 1 / (factor * d + b), b + factor / c
        fraction *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return scale * fraction


def pooled_statistic(counts: Iterable[Sequence[int]]) -> tuple[float, int]:
    """The chi-square of several rows of counts against evenness in each, and its degrees of freedom."""
    statistic, freedom = 0.0, 0
    for row in counts:
        expected = sum(row) / len(row)
        statistic += sum((count - expected) ** 2 / expected for count in row)
        freedom += len(row) - 1
    return statistic, freedom


def choices(language: Language) -> list[Question]:
    """The single-choice questions of the shipped course."""
    course = load_course(shipped_root(), language).course
    return [question for question in course.questions() if question.type is QuestionType.CHOICE]


@pytest.mark.parametrize(
    ("statistic", "freedom", "p"),
    [(3.841458820694124, 1, 0.05), (16.26623619, 3, 0.001), (18.307, 10, 0.05), (124.342, 100, 0.05), (0.0, 4, 1.0),
     (1.386294361, 2, 0.5), (1000.0, 900, 0.01098)],
)  # fmt: skip
def test_the_probability_of_a_chi_square_is_that_of_the_tables(
    statistic: float, freedom: int, p: float
) -> None:
    assert math.isclose(chi_square_p(statistic, freedom), p, rel_tol=5e-3)


@given(st.floats(0.01, 400))
def test_two_degrees_of_freedom_are_an_exponential(statistic: float) -> None:
    assert math.isclose(chi_square_p(statistic, 2), math.exp(-statistic / 2), rel_tol=1e-9)


def test_a_leaning_of_a_tenth_would_be_found() -> None:
    even, leaning = [[25, 25, 25, 25]] * 50, [[28, 24, 24, 24]] * 200
    assert chi_square_p(*pooled_statistic(even)) > 0.99
    rows = [sum(column) for column in zip(*leaning, strict=True)]
    assert chi_square_p(*pooled_statistic([rows])) < LEAST_P


def test_right_answers_stand_evenly_in_all_places() -> None:
    """Per question over 100 seeds, pooled; and the places of all questions with equally many options together."""
    questions = choices(Language.EN)
    assert questions
    rows, together = [], {}
    for question in questions:
        places = Counter(
            next(place for place, option in enumerate(presented(question, seed)) if option.correct)
            for seed in SEEDS
        )
        row = [places[place] for place in range(len(question.options))]
        rows.append(row)
        total = together.setdefault(len(row), [0] * len(row))
        together[len(row)] = [a + b for a, b in zip(total, row, strict=True)]
    assert chi_square_p(*pooled_statistic(rows)) > LEAST_P
    assert chi_square_p(*pooled_statistic(together.values())) > LEAST_P


@pytest.mark.parametrize("language", list(Language))
def test_the_longest_option_is_no_way_to_answer(language: Language) -> None:
    """Who always picks the longest option, in terminal cells, scores below 40%; ties are shared."""
    questions = choices(language)
    score = 0.0
    for question in questions:
        lengths = [width(plain_line(option.text)) for option in question.options]
        longest = [
            option for option, cells in zip(question.options, lengths, strict=True) if cells == max(lengths)
        ]
        score += sum(option.correct for option in longest) / len(longest)
    telling = [question.id for question in questions if _right_is_longest(question)]
    assert score / len(questions) < MOST_BY_LENGTH, f"the right option is the longest of {telling}"


def _right_is_longest(question: Question) -> bool:
    longest = max(question.options, key=lambda option: width(plain_line(option.text)))
    return longest.correct
