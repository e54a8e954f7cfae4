"""Numbers as people read them, and axes that stop at them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.plots.numbers import antilog, decimals, fixed, number, power
from acttutor.plots.ticks import (
    check_range,
    linear_ticks,
    nice_limits,
    nice_step,
    power_ticks,
    usable,
    whole_ticks,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "0.25"),
        (-1.2784645, "−1.278"),
        (0.0, "0"),
        (-0.0, "0"),
        (12345.0, "12345"),
        (999999.6, "1000000"),
        (1.928e-22, "1.928×10⁻²²"),
        (1e-30, "10⁻³⁰"),
        (1e300, "10³⁰⁰"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "–"),
        (0.000123456, "0.0001235"),
    ],
)
def test_numbers_are_short_and_have_a_real_minus(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("exponent", "text"),
    [
        (0.0, "1"),
        (1.0, "10"),
        (-5.0, "10⁻⁵"),
        (-4.495, "3.2×10⁻⁵"),
        (-1.495, "3.2×10⁻²"),
        (12.0, "10¹²"),
        (-math.inf, "0"),
        (-7.00001, "10⁻⁷"),
        (-400.0, "10⁻⁴⁰⁰"),
    ],
)
def test_powers_of_ten_have_raised_exponents(exponent: float, text: str) -> None:
    assert power(exponent) == text


@pytest.mark.parametrize(
    ("exponent", "text"),
    [(-1.0, "0.1"), (0.1, "1.26"), (-11.24, "5.8×10⁻¹²"), (7.0, "10⁷"), (-math.inf, "0"), (math.nan, "–")],
)
def test_logarithms_are_read_as_the_numbers_they_stand_for(exponent: float, text: str) -> None:
    assert antilog(exponent) == text


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_written_number_is_ascii_when_asked_for_and_close_to_the_value(value: float) -> None:
    text = number(value, ascii_only=True)
    assert text.isascii()
    if math.isfinite(value):
        assert float(text) == pytest.approx(value, rel=1e-3, abs=0.0)


def test_fixed_numbers_never_are_minus_zero() -> None:
    assert fixed(-0.001, 2) == "0.00"
    assert fixed(-1.5, 1) == "−1.5"


@pytest.mark.parametrize(("step", "places"), [(1.0, 0), (5.0, 0), (0.5, 1), (0.25, 2), (2.5, 1), (0.02, 2)])
def test_decimals_tell_multiples_of_a_step_apart(step: float, places: int) -> None:
    assert decimals(step) == places


@given(st.floats(min_value=1e-250, max_value=1e250))
def test_a_nice_step_is_at_least_as_wide_and_at_most_two_and_a_half_times(rough: float) -> None:
    assert rough * (1 - 1e-6) <= nice_step(rough) <= rough * 2.5


@given(FINITE, FINITE, st.integers(min_value=2, max_value=12))
def test_ticks_lie_inside_the_limits_and_are_not_too_many(low: float, high: float, most: int) -> None:
    low, high = usable((low, high))
    for ticks in (linear_ticks(low, high, most), whole_ticks(low, high, most), power_ticks(low, high, most)):
        assert len(ticks) <= most + 1
        slack = (high - low) * 1e-6
        assert all(low - slack <= tick.at <= high + slack for tick in ticks)


@given(st.floats(min_value=-1e6, max_value=1e6), st.floats(min_value=1e-3, max_value=1e6))
def test_there_are_always_two_ticks_to_read_an_axis_by(low: float, span: float) -> None:
    low, high = usable((low, low + span))
    labels = [tick.label for tick in linear_ticks(low, high, 6)]
    assert len(labels) >= 2


@given(
    st.floats(min_value=-1e300, max_value=1e300),
    st.floats(min_value=1e-280, max_value=1e300),
    st.integers(min_value=5, max_value=12),
)
def test_ticks_are_spread_over_the_range_and_told_apart(low: float, span: float, most: int) -> None:
    high = low + span
    try:
        check_range(low, high)
    except UserError:
        return
    ticks = linear_ticks(low, high, most)
    assert len({tick.label for tick in ticks}) == len(ticks)
    assert len(ticks) >= most / 2 - 1
    assert ticks[-1].at - ticks[0].at >= (high / 4 - low / 4)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (0.0, 1.1e300, "too far"),
        (-1e308, 0.0, "too far"),
        (0.0, 1e-281, "too narrow"),
        (1.0, 1.0 + 5e-13, "too narrow"),
    ],
)
def test_a_range_that_would_be_replaced_is_refused(low: float, high: float, says: str) -> None:
    assert usable((low, high)) != (low, high) or high < 1e-280
    with pytest.raises(UserError, match=says):
        check_range(low, high)


@given(FINITE, FINITE)
def test_a_range_that_is_not_refused_is_drawn_as_it_is(low: float, high: float) -> None:
    try:
        check_range(low, high)
    except UserError:
        return
    assert usable((low, high)) == (low, high)


@given(FINITE, FINITE)
def test_nice_limits_hold_what_they_were_made_for(low: float, high: float) -> None:
    low, high = usable((low, high))
    bottom, top = nice_limits(low, high)
    slack = (high - low) * 1e-6
    assert bottom <= low + slack
    assert top >= high - slack
    assert top - bottom <= (high - low) * 1.6


@pytest.mark.parametrize(
    "limits", [(math.nan, 1.0), (1.0, 1.0), (2.0, 1.0), (-math.inf, math.inf), (1e-320, 2e-320)]
)
def test_limits_that_cannot_be_drawn_are_replaced(limits: tuple[float, float]) -> None:
    low, high = usable(limits, (3.0, math.nan, 5.0))
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < high


def test_bad_limits_fit_the_data() -> None:
    assert usable((math.nan, 0.0), (3.0, math.inf, 5.0)) == (3.0, 5.0)


def test_the_sigmoid_gets_quarters_and_an_even_axis_its_whole_steps() -> None:
    assert [tick.label for tick in linear_ticks(0.0, 1.0, 5)] == ["0.00", "0.25", "0.50", "0.75", "1.00"]
    assert [tick.label for tick in linear_ticks(-6.0, 6.0, 7)] == ["−6", "−4", "−2", "0", "2", "4", "6"]
    assert [tick.label for tick in linear_ticks(-8.0, 8.0, 8)] == ["−8", "−4", "0", "4", "8"]


def test_a_logarithmic_axis_says_powers_of_ten() -> None:
    assert [tick.label for tick in power_ticks(-20.0, 1.0, 5)] == ["10⁻²⁰", "10⁻¹⁵", "10⁻¹⁰", "10⁻⁵", "1"]


def test_the_first_layer_is_named() -> None:
    assert [tick.label for tick in whole_ticks(1.0, 30.0, 7)] == ["1", "5", "10", "15", "20", "25", "30"]
