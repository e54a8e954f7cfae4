"""Gradients by depth: from the last layer back to the first, as powers of ten."""

import math

from acttutor.i18n import translator
from acttutor.nn.activations import apply
from acttutor.nn.depth import DepthLayer, DepthProfile, measure
from acttutor.plots.depth import depth_figure
from acttutor.plots.describe import sentence
from acttutor.plots.figure import Role
from acttutor.plots.render import render

EN = translator("en")


def profile(*deltas: float) -> DepthProfile:
    return DepthProfile(tuple(DepthLayer(0.0, delta, 0.0, 0.0, 0.0) for delta in deltas))


def test_norms_are_relative_to_the_last_layer_and_run_backwards() -> None:
    (series,) = depth_figure([("a", profile(-5.0, -3.0, 2.0))], EN).series
    assert series.xs == (3.0, 2.0, 1.0)
    assert series.ys == (0.0, -5.0, -7.0)


def test_the_last_layer_stands_at_the_left() -> None:
    lines = render(depth_figure([("a", measure(apply("sigmoid"), depth=20))], EN), 72, 16).split("\n")
    numbers = [int(word) for word in lines[-1].split() if word.isdigit()]
    assert numbers == sorted(numbers, reverse=True)
    assert (numbers[0], numbers[-1]) == (20, 1)


def test_a_vanished_stack_has_the_colour_of_what_has_vanished() -> None:
    figure = depth_figure(
        [("kept", profile(-0.5, 0.0)), ("gone", profile(-9.0, 0.0)), ("grown", profile(4.0, 0.0))], EN
    )
    roles = [series.role for series in figure.series]
    assert roles[1] is Role.WRONG
    assert Role.WRONG not in (roles[0], roles[2])
    assert len(set(roles)) == 3


def test_a_gradient_of_exactly_zero_is_a_gap() -> None:
    figure = depth_figure([("a", profile(-math.inf, -2.0, 0.0))], EN)
    assert figure.series[0].ys == (0.0, -2.0, -math.inf)
    assert all(math.isfinite(limit) for limit in figure.y_limits)
    assert render(figure, 60, 12)


def test_all_gradients_zero_is_drawn_as_nothing() -> None:
    figure = depth_figure([("a", profile(-math.inf, -math.inf))], EN)
    assert sentence(figure, EN) == "a has no values here."
    assert render(figure, 60, 12)


def test_one_layer_and_no_stack_at_all_can_be_drawn() -> None:
    assert render(depth_figure([("a", profile(0.0))], EN), 60, 12)
    assert render(depth_figure([], EN), 60, 12)


def test_a_deep_sigmoid_is_told_in_powers_of_ten() -> None:
    measured = measure(apply("sigmoid"), depth=30)
    told = sentence(depth_figure([("sigmoid", measured)], EN), EN)
    assert told.startswith("sigmoid is 1 at layer = 30, falls to ")
    assert (
        f"×10⁻{str(-math.floor(measured.log10_ratio)).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
        in told
    )
