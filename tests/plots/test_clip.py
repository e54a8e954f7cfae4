"""What reaches plotext lies on the canvas, whatever the data was."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from acttutor.plots.clip import Frame, beads, clip_segment, dashes, points, strokes
from acttutor.plots.ticks import usable

ANY = st.floats(allow_nan=True, allow_infinity=True)
CELLS = st.floats(min_value=-1e9, max_value=1e9)
SIZES = st.integers(min_value=2, max_value=120)


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    x_limits, y_limits = (usable((draw(ANY), draw(ANY))) for _ in range(2))
    return Frame(draw(SIZES), draw(SIZES), x_limits, y_limits, draw(st.booleans()))


def lists() -> SearchStrategy[tuple[float, ...]]:
    return st.lists(ANY, max_size=20).map(tuple)


@given(frames(), lists(), lists())
def test_every_stroke_lies_on_the_canvas(frame: Frame, xs: tuple[float, ...], ys: tuple[float, ...]) -> None:
    lines = strokes(frame, xs, ys)
    spots = [spot for line in (*lines, *dashes(lines, 6.0, 4.0)) for spot in line]
    for x, y in (*spots, *beads(lines, 4.0), *points(frame, xs, ys)):
        assert 0.0 <= x <= frame.width - 1
        assert 0.0 <= y <= frame.height - 1


@given(CELLS, CELLS, CELLS, CELLS)
def test_a_segment_is_cut_to_the_points_of_it_that_are_inside(
    x: float, y: float, x2: float, y2: float
) -> None:
    piece = clip_segment((x, y), (x2, y2), 50.0, 20.0)
    inside = [
        (x + part * (x2 - x), y + part * (y2 - y))
        for part in (step / 400 for step in range(401))
        if 0.0 <= x + part * (x2 - x) <= 50.0 and 0.0 <= y + part * (y2 - y) <= 20.0
    ]
    if piece is None:
        assert not inside
        return
    (left, low), (right, high) = piece
    for spot_x, spot_y in inside:
        assert min(left, right) - 1e-6 <= spot_x <= max(left, right) + 1e-6
        assert min(low, high) - 1e-6 <= spot_y <= max(low, high) + 1e-6


def test_a_segment_inside_comes_back_unchanged() -> None:
    assert clip_segment((1.0, 2.0), (49.0, 19.0), 50.0, 20.0) == ((1.0, 2.0), (49.0, 19.0))


def test_a_segment_that_passes_by_the_corner_is_left_out() -> None:
    assert clip_segment((-5.0, 18.0), (5.0, 28.0), 50.0, 20.0) is None


def test_a_diagonal_through_the_canvas_is_cut_on_both_sides() -> None:
    assert clip_segment((-10.0, -10.0), (30.0, 30.0), 50.0, 20.0) == ((0.0, 0.0), (20.0, 20.0))


def test_a_number_that_is_not_finite_is_a_gap() -> None:
    frame = Frame(11, 5, (0.0, 10.0), (0.0, 4.0))
    lines = strokes(frame, (0.0, 1.0, 2.0, 3.0, 4.0, 5.0), (1.0, 2.0, math.nan, 3.0, math.inf, 0.0))
    assert lines == (((0.0, 1.0), (1.0, 2.0)), ((3.0, 3.0),), ((5.0, 0.0),))


def test_a_line_that_leaves_and_comes_back_is_two_strokes() -> None:
    frame = Frame(11, 5, (0.0, 10.0), (0.0, 4.0))
    lines = strokes(frame, (0.0, 4.0, 8.0), (0.0, 8.0, 0.0))
    assert lines == (((0.0, 0.0), (2.0, 4.0)), ((6.0, 4.0), (8.0, 0.0)))


def test_a_reversed_axis_puts_the_largest_x_at_the_left() -> None:
    frame = Frame(11, 5, (0.0, 10.0), (0.0, 4.0), reverse_x=True)
    assert strokes(frame, (0.0, 10.0), (0.0, 4.0)) == (((10.0, 0.0), (0.0, 4.0)),)
    assert frame.x_at(0) == 10.0
    assert frame.x_at(10) == 0.0


def test_limits_and_data_near_the_end_of_float64_do_not_overflow() -> None:
    frame = Frame(11, 5, usable((-1.7e308, 1.7e308)), usable((-1e308, 1e308)))
    ((start, stop),) = strokes(frame, (-1e308, 1e308), (-1e308, 1e308))
    assert start == (0.0, 0.0)
    assert stop == pytest.approx((10.0, 4.0), rel=1e-6)


def test_ten_thousand_points_are_thinned_without_losing_a_spike() -> None:
    frame = Frame(50, 20, (0.0, 9999.0), (0.0, 1.0))
    ys = [0.0] * 10_000
    ys[5003] = 1.0
    lines = strokes(frame, tuple(map(float, range(10_000))), tuple(ys))
    spots = [spot for line in lines for spot in line]
    assert len(spots) <= 4 * 2 * frame.width
    assert max(y for _, y in spots) == 19.0


def test_dashes_and_gaps_have_the_lengths_asked_for() -> None:
    pieces = dashes((((0.0, 0.0), (10.0, 0.0)),), 6.0, 4.0)  # twenty half columns
    assert pieces == (((0.0, 0.0), (3.0, 0.0)), ((5.0, 0.0), (8.0, 0.0)), ((10.0, 0.0), (10.0, 0.0)))


def test_beads_lie_equally_far_apart_around_a_corner() -> None:
    found = beads((((0.0, 0.0), (2.0, 0.0), (2.0, 1.0)),), 4.0)
    assert found == ((0.0, 0.0), (2.0, 0.0), (2.0, 1.0))
