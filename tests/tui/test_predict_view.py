"""How near a guess came, in words, and how numbers are shown."""

import pytest

from acttutor.course.model import PredictAnswer, Scale
from acttutor.i18n import translator
from acttutor.tui.widgets.claim_view import number_text
from acttutor.tui.widgets.predict_view import verdict


def said(guess: float, truth: float, tolerance: float, scale: Scale = Scale.LINEAR) -> str:
    answer = PredictAnswer("value", (), tolerance, scale)
    return verdict(answer, guess, truth, translator("en"))


@pytest.mark.parametrize(
    ("guess", "truth", "tolerance", "words"),
    [
        (0.25, 0.25, 0.01, "Exactly that."),
        (3.05, 3.0486, 0.1, "Exactly that."),
        (0.0, 0.0, 0.01, "Exactly that."),
        (0.5, 0.5925, 0.1, "Very close."),
        (0.5, 0.5, 0.0, "Exactly that."),
        (0.5, 1.0, 0.1, "Too small by a factor of 2."),
        (3.0, 1.0, 0.1, "Too large by a factor of 3."),
        (0.5, -0.25, 0.1, "Off by 0.75."),
        (0.5, 0.0, 0.1, "Off by 0.5."),
    ],
)
def test_a_guess_is_exact_only_where_it_is_and_close_within_the_tolerance(
    guess: float, truth: float, tolerance: float, words: str
) -> None:
    assert said(guess, truth, tolerance) == words


def test_on_a_logarithmic_scale_powers_of_ten_count() -> None:
    assert said(1e-6, 9.5e-7, 0.3, Scale.LOG10) == "Very close."
    assert said(1e-3, 1e-6, 0.3, Scale.LOG10) == "Off by 3.0 powers of ten."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (4718592.0, "4,718,592"),
        (15041.0, "15,041"),
        (2.0, "2"),
        (-3.0, "-3"),
        (0.0, "0"),
        (-0.0, "0"),
        (1e12, "1e+12"),
        (0.2066208, "0.206621"),
        (9.5367431640625e-07, "9.53674e-07"),
        (411.0416, "411.042"),
    ],
)
def test_a_whole_number_is_shown_whole(value: float, shown: str) -> None:
    assert number_text(value) == shown
