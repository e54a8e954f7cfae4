"""Names sort in the order of recording; directories are where they should be."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.learner.ids import is_id, microseconds, moment, next_id
from acttutor.learner.paths import data_directory

from .samples import NOON, at


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=20), st.integers(0, 99))
def test_names_grow_whatever_the_clock_does(clock: list[int], seed: int) -> None:
    entropy = random.Random(seed).getrandbits
    names: list[str] = []
    for seconds in clock:
        names.append(next_id(at(seconds), names[-1] if names else None, entropy))
    assert names == sorted(set(names))
    assert all(is_id(name) for name in names)


def test_names_of_two_machines_sort_by_time() -> None:
    assert next_id(at(1), None, lambda _: 2**80 - 1) < next_id(at(1.001), None, lambda _: 0)


def test_two_copies_of_a_store_go_on_with_different_names() -> None:
    last = next_id(NOON, None, lambda _: 5)
    assert next_id(at(-9), last, lambda _: 1) != next_id(at(-9), last, lambda _: 2)


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_kept_to_the_microsecond(when) -> None:
    assert moment(microseconds(when)) == when


@pytest.mark.parametrize("text", ["", "x", "8" + "0" * 25, "0" * 25, "0" * 25 + "U", "0" * 25 + "a"])
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert not is_id(text)


def test_the_default_profile_lives_in_the_directory_itself(tmp_path: Path) -> None:
    assert data_directory(override=tmp_path) == tmp_path
    assert data_directory("ann-2", tmp_path) == tmp_path / "profile-ann-2"


def test_without_an_override_the_platform_decides(isolated_home: Path) -> None:
    assert isolated_home in data_directory().parents


@pytest.mark.parametrize("name", ["", "../up", "a b", "é", "x" * 33, "a/b", "a\n"])
def test_a_name_that_could_lead_elsewhere_is_no_profile(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="profile"):
        data_directory(name, tmp_path)
