"""A place in a training step, moved forwards and backwards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.nn.trace import Phase
from acttutor.tui.stepper import PER_SAMPLE, Stepper
from tests.tui.networks import mixed, off_unit, traced

MIXED = mixed()
MOVES = (
    "forward",
    "back",
    "first",
    "last",
    "next_phase",
    "previous_phase",
    "next_entry",
    "previous_entry",
    "end_of_phase",
)


def test_nothing_is_computed_before_the_first_step() -> None:
    stepper = Stepper(MIXED)
    assert stepper.current is None
    assert set(stepper.tensors()) == set(MIXED.initial)


def test_step_back_restores_the_previous_tensors() -> None:
    stepper = Stepper(MIXED)
    for _ in MIXED.operations:
        later = stepper.forward()
        assert later.back().tensors().keys() == stepper.tensors().keys()
        assert later.tensors().keys() - stepper.tensors().keys() == {
            later.current.writes if later.current else ""
        }
        stepper = later
    assert stepper.upcoming is None


def test_time_ends_at_both_ends() -> None:
    stepper = Stepper(MIXED)
    assert stepper.back() is stepper
    assert stepper.last().forward().index == stepper.total


@given(st.lists(st.sampled_from(MOVES), max_size=40))
def test_any_walk_keeps_place_and_entry_inside(moves: list[str]) -> None:
    stepper = Stepper(MIXED)
    for move in moves:
        stepper = getattr(stepper, move)()
        assert 0 <= stepper.index <= stepper.total
        if stepper.current is not None:
            assert np.isfinite(stepper.current.value[stepper.entry])
        assert 0 <= stepper.sample < len(MIXED.y)


@given(st.integers(0, len(MIXED.operations)))
def test_the_counts_of_the_phases_add_up_to_the_place(index: int) -> None:
    counts = Stepper(MIXED).at(index).counts()
    assert sum(count.done for count in counts) == index
    assert sum(count.total for count in counts) == len(MIXED.operations)
    assert [count.phase for count in counts] == list(Phase)


def test_phase_jumps_stop_at_the_first_operation_of_each_phase() -> None:
    stepper, seen = Stepper(off_unit()), []
    while stepper.upcoming is not None:
        stepper = stepper.next_phase()
        seen.append((stepper.index, stepper.phase))
    assert seen[:4] == [(1, "forward"), (5, "loss"), (6, "backward"), (14, "update")]
    back = []
    while stepper.index:
        stepper = stepper.previous_phase()
        back.append(stepper.index)
    assert back == [14, 6, 5, 1, 0]


def test_the_end_of_a_phase_is_its_last_operation() -> None:
    stepper = Stepper(off_unit()).end_of_phase()
    assert (stepper.index, stepper.phase) == (4, Phase.FORWARD)
    assert stepper.end_of_phase().phase is Phase.LOSS


def test_the_entry_cursor_visits_every_entry_once_and_comes_round() -> None:
    stepper = Stepper(MIXED).forward()
    assert stepper.current is not None
    entries = []
    for _ in range(stepper.current.value.size):
        entries.append(stepper.entry)
        stepper = stepper.next_entry()
    assert entries == list(np.ndindex(stepper.current.value.shape))
    assert stepper.entry == entries[0]
    assert stepper.previous_entry().entry == entries[-1]


def test_the_sample_looked_at_stays_the_same_from_step_to_step() -> None:
    stepper = Stepper(MIXED).forward().look(5)
    assert stepper.entry == (1, 2)
    while stepper.upcoming is not None:
        stepper = stepper.forward()
        assert stepper.sample == 1
        if stepper.current is not None and stepper.current.kind in PER_SAMPLE:
            assert stepper.entry[0] == 1


@pytest.mark.parametrize("index", range(len(MIXED.operations) + 1))
def test_another_trace_is_entered_at_the_same_place(index: int) -> None:
    smaller = traced((1, 1, 1), ("relu", "sigmoid"), samples=1)
    moved = Stepper(MIXED).at(index).on(smaller)
    assert moved.index == min(index, len(smaller.operations))
    assert moved.sample == 0
    if moved.current is not None:
        assert moved.current.value[moved.entry] == moved.current.value.ravel()[0]


def test_looking_before_the_first_step_changes_nothing() -> None:
    stepper = Stepper(MIXED)
    assert stepper.next_entry() is stepper
    assert stepper.entry == ()
