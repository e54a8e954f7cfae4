"""The arms of an experiment, drawn, told and in a table."""

import math

import pytest

from acttutor.i18n import translator
from acttutor.plots.arms import ArmScores, Comparison, arms_figure, arms_sentence, arms_table, metric_text
from acttutor.plots.figure import Figure, Marker, Role, Style
from acttutor.plots.render import render

_ENGLISH = translator("en")


def comparison(
    *arms: tuple[str, tuple[float, ...], bool], wins: int | None = 2, higher: bool = False
) -> Comparison:
    return Comparison(tuple(ArmScores(*arm) for arm in arms), "test loss", higher, wins)


def figure(*arms: tuple[float, ...]) -> Figure:
    """The figure of arms with these scores, the first of them the winner."""
    labelled = ((chr(ord("a") + place), scores, place == 0) for place, scores in enumerate(arms))
    return arms_figure(comparison(*labelled), _ENGLISH)


def test_every_seed_is_a_point_in_the_column_of_its_arm_and_the_median_is_marked() -> None:
    drawn = figure((0.3, 0.1, 0.2), (0.9, 0.7, 0.8))
    assert [sorted(series.ys) for series in drawn.series] == [[0.1, 0.2, 0.3], [0.7, 0.8, 0.9]]
    assert [set(series.xs) for series in drawn.series] == [{1.0}, {2.0}]
    assert [(end.x, end.y, end.filled) for series in drawn.series for end in series.ends] == [
        (1.0, 0.2, True),
        (2.0, 0.8, True),
    ]
    assert all(series.style is Style.POINTS for series in drawn.series)


def test_a_winner_is_told_by_sign_and_shape_and_not_by_colour_alone() -> None:
    winner, other, third = figure((0.1,), (0.9,), (0.8,)).series
    assert (winner.label, winner.role, winner.marker) == ("1 ✓ a", Role.RIGHT, Marker.CIRCLE)
    assert (other.label, other.marker) == ("2 b", Marker.CROSS)
    assert len({winner.role, other.role, third.role}) == 3


def test_in_ascii_the_sign_is_one_that_ascii_has() -> None:
    shown = comparison(("a", (1.0,), True), ("b", (2.0,), False))
    text = render(arms_figure(shown, _ENGLISH, ascii_only=True), 70, 12, ascii_only=True)
    assert text.isascii()
    assert "1 * a" in text
    assert arms_table(shown, _ENGLISH, ascii_only=True).rows[0][0] == "* 1"


def test_scores_over_more_than_two_decades_stand_on_powers_of_ten() -> None:
    drawn = figure((0.001, 0.002), (0.5, 0.9))
    assert drawn.log10_y
    assert drawn.series[0].ys == pytest.approx((-3.0, math.log10(0.002)))
    assert drawn.y_limits == (-3.0, 0.0)


def test_scores_over_less_or_below_0_stand_on_a_plain_axis() -> None:
    assert not figure((0.01, 0.02), (0.5, 0.9)).log10_y
    assert not figure((-0.001, 0.002), (0.5, 900.0)).log10_y


def test_a_score_of_0_lies_at_the_bottom_of_powers_of_ten() -> None:
    drawn = figure((0.0, 0.0), (0.001, 5.0))
    assert drawn.log10_y
    assert set(drawn.series[0].ys) == {drawn.y_limits[0]}


def test_an_arm_out_of_all_proportion_leaves_room_for_the_others() -> None:
    drawn = figure((-0.9, -0.8), (-0.7, -0.5), (9e9, 9e9))
    low, high = drawn.y_limits
    assert -1.5 < low <= -0.9
    assert -0.5 <= high < 1.0
    assert set(drawn.series[2].ys) == {high}


def test_an_arm_far_below_is_drawn_at_the_bottom() -> None:
    drawn = figure((0.9, 0.8), (0.7, 0.5), (-9e9, -9e9))
    assert drawn.y_limits[0] > 0.0
    assert set(drawn.series[2].ys) == {drawn.y_limits[0]}


@pytest.mark.parametrize(
    "arms",
    [
        ((1.0,), (1.0,)),
        ((0.0, 0.0), (0.0, 0.0)),
        ((math.inf, math.inf), (1.0, 2.0)),
        ((-math.inf,), (math.inf,)),
        ((1e300, 1e300), (1e-300, 1e-300), (0.0, 5.0)),
        ((-1e308,), (1e308,)),
        ((1.0,), (2.0,), (3.0,), (4.0,), (5.0,), (6.0,), (7.0,)),
        ((1.0,),),
    ],
)
def test_whatever_the_scores_are_they_can_be_drawn(arms: tuple[tuple[float, ...], ...]) -> None:
    drawn = figure(*arms)
    low, high = drawn.y_limits
    assert all(low <= y <= high for series in drawn.series for y in series.ys)
    for width, height in ((80, 16), (20, 5), (200, 60)):
        assert len(render(drawn, width, height).split("\n")) == height


def test_the_sentence_gives_the_medians_winners_first_and_the_wins() -> None:
    shown = comparison(
        ("linear + MSE", (0.16, 0.167, 0.2), False), ("sigmoid + BCE", (0.114, 0.11, 0.12), True), wins=3
    )
    assert (
        arms_sentence(shown, _ENGLISH) == "sigmoid + BCE reached 0.114, linear + MSE 0.167, on 3 of 3 seeds."
    )


def test_the_sentence_says_when_wins_are_too_few_to_count_on() -> None:
    shown = comparison(("a", (0.5,) * 9, True), ("b", (0.4,) * 9, False), wins=5)
    assert arms_sentence(shown, _ENGLISH) == "a reached 0.5, b 0.4, but only on 5 of 9 seeds."


def test_arms_whose_names_have_commas_are_kept_apart() -> None:
    shown = comparison(("a, b", (0.5,), True), ("c", (0.6,), False), wins=1)
    assert arms_sentence(shown, _ENGLISH) == "a, b reached 0.5; c 0.6, on 1 of 1 seeds."


def test_the_sentence_says_when_there_is_no_clear_winner() -> None:
    shown = comparison(("a", (0.5,), False), ("b", (0.4,), False), wins=None)
    assert arms_sentence(shown, _ENGLISH) == "a reached 0.5, b 0.4: there is no clear winner."


def test_the_table_has_a_row_for_every_arm() -> None:
    shown = comparison(("a", (1.0, 3.0, 2.0), True), ("b", (-4.0, math.inf, 9e9), False))
    table = arms_table(shown, _ENGLISH)
    assert table.header == ("", "option", "median", "lowest", "highest")
    assert table.rows == (("✓ 1", "a", "2", "1", "3"), ("  2", "b", "9×10⁹", "−4", "∞"))


def test_the_metric_says_which_way_is_good() -> None:
    assert metric_text(comparison(("a", (1.0,), True)), _ENGLISH) == "test loss (lower is better)"
    assert metric_text(comparison(("a", (1.0,), True), higher=True), _ENGLISH) == (
        "test loss (higher is better)"
    )
