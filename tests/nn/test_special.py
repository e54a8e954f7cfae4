"""Special functions: relative accuracy in the tails, against 60-digit values and identities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.nn.special import (
    erfc,
    erfcx,
    exp_times,
    gate_times,
    half_gauss,
    normal_below,
    quiet,
    quotient,
    root_slope,
    sigmoid,
    sigmoid_slope,
    sigmoid_times,
    two_product,
)
from tests.nn.activation_samples import assert_close, load

TAILS = load("tails.json")
NUMBERS = st.floats(-700.0, 700.0)


def test_erfc_agrees_to_the_last_digits_in_both_tails() -> None:
    x, expected = np.array(TAILS["erfc"]).T
    assert_close(erfc(x), expected, 1e-14)


def test_erfcx_agrees_to_the_last_digits_on_all_three_pieces() -> None:
    x, expected = np.array(TAILS["erfcx"]).T
    assert_close(erfcx(x), expected, 2e-15)


@given(st.floats(-26.0, 26.0))
def test_erfc_agrees_with_the_c_library(x: float) -> None:
    assert float(erfc(np.array(x))) == pytest.approx(math.erfc(x), rel=2e-14, abs=0)


@given(st.floats(-8.0, 8.0))
def test_the_two_tails_of_the_normal_distribution_sum_to_one(x: float) -> None:
    both = normal_below(np.array([x, -x]))
    assert both.sum() == pytest.approx(1.0, abs=4e-16)


@given(st.floats(-38.0, 38.0))
def test_the_gaussian_keeps_its_digits_where_the_square_is_large(x: float) -> None:
    from fractions import Fraction

    exponent = -(Fraction(x) ** 2) / 2
    high = float(exponent)
    expected = math.exp(high) * math.exp(float(exponent - Fraction(high)))
    assert float(half_gauss(np.array(x), 2.0)) == pytest.approx(expected, rel=1e-15, abs=1e-323)


@given(st.floats(-1e150, 1e150), st.floats(-1e150, 1e150))
def test_a_product_and_its_error_are_exact(a: float, b: float) -> None:
    from fractions import Fraction

    product, error = two_product(a, b)
    if abs(float(product)) > 1e-250 and abs(float(product)) < 1e300:
        assert Fraction(float(product)) + Fraction(float(error)) == Fraction(a) * Fraction(b)


@given(st.floats(-1e100, 1e100), st.floats(1e-100, 1e100))
def test_a_quotient_and_its_error_are_as_good_as_twice_the_digits(x: float, divisor: float) -> None:
    from fractions import Fraction

    if abs(x) < 1e-100:
        return
    ratio, error = quotient(np.array(x), divisor)
    exact = Fraction(x) / Fraction(divisor)
    found = Fraction(float(ratio)) + Fraction(float(error))
    assert abs(found - exact) <= abs(exact) * Fraction(1, 10**30)


@given(NUMBERS)
def test_sigmoid_of_opposite_numbers_sums_to_one(u: float) -> None:
    assert float(sigmoid(np.array(u)) + sigmoid(np.array(-u))) == pytest.approx(1.0, abs=3e-16)


@given(NUMBERS)
def test_the_slope_of_the_sigmoid_is_the_product_of_both_tails(u: float) -> None:
    product = sigmoid(np.array(u)) * sigmoid(np.array(-u))
    assert float(sigmoid_slope(np.array(u))) == pytest.approx(float(product), rel=2e-15, abs=0)
    assert float(root_slope(np.array(u)) ** 2) == pytest.approx(float(product), rel=2e-15, abs=0)


def test_factors_reach_a_value_before_it_underflows() -> None:
    with quiet():
        u = np.array(-1000.0)
        expected = 1e200 * math.exp(-500.0) * math.exp(-500.0)
        assert float(exp_times(1e200, u)) == pytest.approx(expected, rel=1e-13, abs=0)
        assert float(sigmoid_times(1e200, u)) == pytest.approx(expected, rel=1e-13, abs=0)
        assert float(gate_times(1e200, u)) == pytest.approx(-999.0 * expected, rel=1e-13, abs=0)


def test_a_rounding_error_of_the_argument_shifts_the_result_by_its_slope() -> None:
    u, low = np.array([-3.0, -0.5, 0.5, 2.0]), 1e-9
    assert np.allclose(sigmoid_times(1.0, u, low), sigmoid(u + low), rtol=1e-15, atol=0)
    assert np.allclose(root_slope(u, low), np.sqrt(sigmoid_slope(u + low)), rtol=1e-15, atol=0)


@pytest.mark.parametrize("function", [sigmoid, sigmoid_slope, erfc, erfcx, normal_below, root_slope])
def test_nan_stays_nan(function) -> None:  # type: ignore[no-untyped-def]
    with quiet():
        assert np.isnan(function(np.array(np.nan)))
