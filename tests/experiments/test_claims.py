"""When a claim holds."""

import math

import pytest

from acttutor.errors import UserError
from acttutor.experiments.claims import Bound, holds


@pytest.mark.parametrize(
    ("bound", "yes", "no"),
    [
        (Bound(equals=0.25, tolerance=0.01), (0.25, 0.26, 0.24), (0.2601, 0.2399, math.inf)),
        (Bound(equals=75), (75.0,), (75.0000001,)),
        (Bound(equals=math.inf), (math.inf,), (1e308, -math.inf)),
        (Bound(below=1.0), (0.999, -math.inf), (1.0, 2.0)),
        (Bound(above=1.0), (1.001, math.inf), (1.0, 0.0)),
        (Bound(between=(1.0, 2.0)), (1.0, 1.5, 2.0), (0.999, 2.001)),
    ],
)
def test_a_bound_holds_inside_and_nowhere_else(
    bound: Bound, yes: tuple[float, ...], no: tuple[float, ...]
) -> None:
    assert all(holds(bound, value) for value in yes)
    assert not any(holds(bound, value) for value in (*no, math.nan))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"equals": 1.0, "below": 2.0},
        {"equals": 1.0, "tolerance": -1.0},
        {"equals": 1.0, "tolerance": math.nan},
        {"between": (2.0, 1.0)},
    ],
)
def test_a_bound_that_says_nothing_or_two_things_is_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UserError):
        Bound(**wrong)


def test_bounds_read_like_what_they_say() -> None:
    assert str(Bound(equals=0.25, tolerance=1e-12)) == "= 0.25 ± 1e-12"
    assert str(Bound(below=3.0)) == "< 3"
    assert str(Bound(above=3.0)) == "> 3"
    assert str(Bound(between=(0.9, 1.1))) == "0.9 … 1.1"
