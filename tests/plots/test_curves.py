"""Curves are sampled where a terminal can show them, exact in between, and broken where they jump."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.nn.activations import Kind, apply, names
from acttutor.plots.curves import Curve, curves, grid
from acttutor.plots.figure import End, Role, Series, Style, readings, value_at


def curve(name: str, derivative: bool = False, **params: float) -> Curve:
    return Curve(apply(name, params), derivative)


@pytest.mark.parametrize("name", names(Kind.ELEMENTWISE))
def test_every_activation_can_be_drawn_with_its_derivative(name: str) -> None:
    figure = curves([curve(name), curve(name, True)], -6.0, 6.0, columns=40)
    low, high = figure.y_limits
    for series in figure.series:
        assert list(series.xs) == sorted(series.xs)
        assert all(low <= y <= high for y in series.ys if math.isfinite(y))
        assert len(series.xs) < 120


def test_a_curve_is_the_function_at_its_samples_and_between_them() -> None:
    (series,) = curves([curve("sigmoid", True)], -4.0, 4.0, columns=10).series
    assert series.ys == tuple(apply("sigmoid").derivative(np.array(series.xs)))
    assert value_at(series, 0.123) == float(apply("sigmoid").derivative([0.123])[0])


def test_a_jump_is_a_gap_with_a_filled_and_an_open_end() -> None:
    (series,) = curves([curve("relu", True)], -2.0, 2.0, columns=10).series
    assert series.ends == (End(0.0, 0.0, True), End(0.0, 1.0, False))
    assert math.isnan(series.ys[series.xs.index(0.0)])
    assert value_at(series, 0.0) == 0.0


def test_a_kink_without_a_jump_is_one_sharp_corner() -> None:
    (series,) = curves([curve("relu")], -1.0, 2.0, columns=7).series
    assert 0.0 in series.xs
    assert series.ends == ()
    assert all(math.isfinite(y) for y in series.ys)


@given(
    st.floats(min_value=-1e300, max_value=1e300),
    st.floats(min_value=-1e300, max_value=1e300),
    st.integers(min_value=1, max_value=50),
)
def test_the_grid_goes_from_limit_to_limit_without_turning_back(a: float, b: float, columns: int) -> None:
    low, high = min(a, b), max(a, b)
    if high - low < max(abs(low), abs(high)) * 1e-9 or high == low:
        return
    xs = grid(low, high, columns)
    assert (xs[0], xs[-1]) == (low, high)
    assert (np.diff(xs) >= 0).all()


def test_the_grid_has_zero_and_round_numbers() -> None:
    xs = grid(-6.0, 6.0, 100).tolist()
    assert 0.0 in xs
    assert 0.06 in xs


@pytest.mark.parametrize("limits", [(1.0, 1.0), (2.0, 1.0), (math.nan, 1.0), (0.0, math.inf)])
def test_a_range_that_is_none_is_refused(limits: tuple[float, float]) -> None:
    with pytest.raises(UserError, match="the lower one first"):
        curves([curve("relu")], *limits)


def test_softmax_has_no_curve_and_says_why() -> None:
    with pytest.raises(UserError, match="whole vector"):
        curves([curve("softmax")])


def test_a_huge_range_is_drawn_too() -> None:
    figure = curves([curve("relu"), curve("gelu", True)], -1e300, 1e300)
    assert all(math.isfinite(limit) for limit in (*figure.x_limits, *figure.y_limits))


def test_a_function_and_its_derivative_have_the_colours_of_the_course() -> None:
    first, second = curves([curve("tanh"), curve("tanh", True)]).series
    assert (first.role, second.role) == (Role.VALUE, Role.DERIVATIVE)
    assert (first.label, second.label) == ("tanh", "tanh′")


def test_curves_over_each_other_differ_in_colour_and_in_marker() -> None:
    specs = [curve(name) for name in ("sigmoid", "tanh", "relu", "gelu", "mish")]
    series = curves(specs).series
    assert len({one.role for one in series}) == 5
    assert len({one.marker for one in series}) == 5


def test_changed_parameters_stand_behind_the_prime() -> None:
    assert curve("elu", True, alpha=2.0).name == "ELU′ alpha=2"
    assert Curve(apply("elu"), True, "mine").name == "mine"


def test_a_flat_curve_gets_an_axis_with_zero_on_it() -> None:
    low, high = curves([curve("relu", True)], 1.0, 2.0).y_limits
    assert low == 0.0
    assert high >= 1.0


def test_values_between_samples_are_interpolated_and_gaps_are_not() -> None:
    series = Series("a", (0.0, 1.0, 2.0, 3.0), (0.0, 10.0, math.nan, 5.0))
    assert value_at(series, 0.25) == 2.5
    assert value_at(series, 1.0) == 10.0
    assert math.isnan(value_at(series, 1.5))
    assert math.isnan(value_at(series, 7.0))


def test_points_answer_with_the_nearest_one() -> None:
    assert value_at(Series("a", (1.0, 2.0), (10.0, 20.0), style=Style.POINTS), 1.4) == 10.0


def test_readings_are_in_the_order_of_the_curves() -> None:
    figure = curves([curve("sigmoid"), curve("sigmoid", True)])
    assert [(one.label, one.y) for one in readings(figure, 0.0)] == [("σ", 0.5), ("σ′", 0.25)]
