"""The data sets: their shapes, their bounds, and that without noise each label follows from the place."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.nn.datasets import MOST_POINTS, DataKind, Dataset, dataset, kind_of, names

CLASSES = ("circle", "xor", "gauss", "spiral", "moons")
NUMBERS = ("reg-plane", "reg-gauss")
NOISES = st.floats(0.0, 0.5)


def test_the_six_of_playground_and_moons_are_there() -> None:
    assert sorted(names()) == sorted((*CLASSES, *NUMBERS))
    assert [kind_of(name) for name in CLASSES] == [DataKind.CLASSIFICATION] * 5
    assert [kind_of(name) for name in NUMBERS] == [DataKind.REGRESSION] * 2


@given(st.sampled_from(names()), st.integers(1, 300), NOISES, st.integers(0, 2**64))
def test_any_size_noise_and_seed_gives_so_many_finite_points(
    name: str, n: int, noise: float, seed: int
) -> None:
    made = dataset(name, n, noise, seed)
    assert (made.name, made.x.shape, made.y.shape) == (name, (n, 2), (n, 1))
    assert np.isfinite(made.x).all()
    assert np.isfinite(made.y).all()
    if made.kind is DataKind.CLASSIFICATION:
        assert set(made.y.ravel()) <= {0.0, 1.0}


@given(st.sampled_from(names()), st.integers(1, 50), NOISES, st.integers(0, 1000))
def test_the_same_seed_gives_the_same_points_and_another_seed_others(
    name: str, n: int, noise: float, seed: int
) -> None:
    first, again, other = (dataset(name, n, noise, chosen) for chosen in (seed, seed, seed + 1))
    assert np.array_equal(first.x, again.x)
    assert np.array_equal(first.y, again.y)
    if n >= 10:  # a spiral without noise has its points where they are, but in another order
        assert not np.array_equal(first.x, other.x)


def test_first_draws_are_what_they_were() -> None:
    """Machines must agree: these are the numbers of PCG64 under this order of drawing."""
    made = dataset("xor", 3, 0.0, 7)
    rng = np.random.default_rng(7)
    raw = rng.uniform(-5.0, 5.0, (3, 2))
    rng.uniform(-5.0, 5.0, (3, 2))
    assert np.array_equal(made.x, (raw + 0.3 * np.sign(raw))[rng.permutation(3)])


@given(st.sampled_from(("circle", "gauss", "spiral", "moons")), st.integers(1, 301), st.integers(0, 50))
def test_both_classes_are_equally_many(name: str, n: int, seed: int) -> None:
    assert dataset(name, n, 0.0, seed).y.sum() == math.ceil(n / 2)


@pytest.mark.parametrize("noise", [0.0, 0.25, 0.5])
def test_the_classes_of_xor_are_about_equally_many(noise: float) -> None:
    assert abs(dataset("xor", 10_000, noise).y.mean() - 0.5) < 0.02


@pytest.mark.parametrize("name", CLASSES)
def test_a_first_batch_has_both_classes(name: str) -> None:
    """Playground makes one class after the other and shuffles; a batch of one class would teach a bias."""
    assert 0.1 < dataset(name, 500, 0.1).y[:30].mean() < 0.9


def true_class(made: Dataset) -> np.ndarray:
    """The class from the place alone."""
    x, y = made.x[:, 0], made.x[:, 1]
    distance = np.hypot(x, y)
    match made.name:
        case "circle":
            return distance < 2.5
        case "xor":
            return x * y > 0
        case "gauss":
            return x + y > 0
        case "spiral":
            # Along an arm the angle from the second axis is 3.5π times the share of the radius.
            along = np.arctan2(x, y) - 1.75 * 2 * np.pi * distance / 5
            return np.cos(along) > 0
        case _:
            upper = np.abs(distance - 1) < 1e-9
            return ~(upper & (y >= 0))


@pytest.mark.parametrize("name", CLASSES)
def test_without_noise_the_place_tells_the_class(name: str) -> None:
    made = dataset(name, 5_000, 0.0, 3)
    right = (true_class(made) == (made.y[:, 0] == 1.0)).mean()
    # The centre of the spiral belongs to both arms; the blobs of `gauss` are four deviations from the border.
    assert right >= {"gauss": 0.999, "spiral": 0.999}.get(name, 1.0)


@pytest.mark.parametrize("name", ["circle", "xor", "gauss"])
def test_noise_makes_some_labels_disagree_with_the_place(name: str) -> None:
    shares = []
    for noise in (0.1, 0.5):
        made = dataset(name, 20_000, noise, 1)
        shares.append((true_class(made) != (made.y[:, 0] == 1.0)).mean())
    assert 0.0 < shares[0] < shares[1] < 0.5


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_circle_is_a_disk_and_a_ring_with_a_gap_whatever_the_noise(noise: float) -> None:
    distance = np.hypot(*dataset("circle", 4_000, noise).x.T)
    assert distance.max() <= 5.0
    assert not ((distance > 2.5) & (distance < 3.5)).any()
    # Uniform in the radius: as many points within 1.25 as between 1.25 and 2.5.
    assert (distance < 1.25).mean() == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_xor_leaves_a_cross_empty(noise: float) -> None:
    away = np.abs(dataset("xor", 4_000, noise).x)
    assert away.min() >= 0.3
    assert 5.0 < away.max() <= 5.3


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gauss_has_two_blobs_that_noise_widens(noise: float, variance: float) -> None:
    made = dataset("gauss", 40_000, noise)
    for label, centre in ((1.0, 2.0), (0.0, -2.0)):
        blob = made.x[made.y[:, 0] == label]
        assert blob.mean(axis=0) == pytest.approx([centre, centre], abs=0.05)
        assert blob.var(axis=0) == pytest.approx([variance, variance], rel=0.05)


def test_spiral_steps_out_evenly_in_one_and_three_quarter_turns() -> None:
    made = dataset("spiral", 200)
    for label, start in ((1.0, 0.0), (0.0, math.pi)):
        arm = made.x[made.y[:, 0] == label]
        arm = arm[np.argsort(np.hypot(*arm.T))]
        share = np.arange(100) / 100
        turn = start + 3.5 * math.pi * share
        assert arm == pytest.approx(
            5 * share[:, None] * np.stack([np.sin(turn), np.cos(turn)], -1), abs=1e-12
        )


def test_spiral_noise_moves_each_coordinate_by_at_most_itself() -> None:
    still, moved = (dataset("spiral", 500, noise, 9) for noise in (0.0, 0.4))
    away = np.abs(moved.x - still.x)
    assert 0.35 < away.max() <= 0.4


def test_moons_are_two_half_circles() -> None:
    made = dataset("moons", 500)
    upper, lower = made.x[made.y[:, 0] == 0.0], made.x[made.y[:, 0] == 1.0]
    assert np.hypot(*upper.T) == pytest.approx(1.0)
    assert np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5) == pytest.approx(1.0)
    assert upper[:, 1].min() >= 0.0
    assert lower[:, 1].max() <= 0.5


def test_the_plane_is_the_sum_of_the_coordinates() -> None:
    made = dataset("reg-plane", 1_000, 0.0)
    assert made.y[:, 0] == pytest.approx(made.x.sum(axis=1) / 10)
    assert np.abs(made.x).max() <= 6.0
    off = dataset("reg-plane", 1_000, 0.5)
    assert 0.3 < np.abs(off.y[:, 0] - off.x.sum(axis=1) / 10).max() <= 0.6


def test_six_bumps_of_alternating_sign_fall_straight_to_zero() -> None:
    made = dataset("reg-gauss", 4_000, 0.0)
    assert np.abs(made.y).max() <= 1.0
    centres = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
    expected = np.zeros(len(made.x))
    for cx, cy, sign in centres:
        bump = np.maximum(0.0, 1 - np.hypot(made.x[:, 0] - cx, made.x[:, 1] - cy) / 2)
        expected = np.where(bump > np.abs(expected), sign * bump, expected)
    assert made.y[:, 0] == pytest.approx(expected)
    assert (made.y == 0).mean() > 0.3


def test_classes_come_as_signs_and_as_two_columns_too() -> None:
    made = dataset("circle", 50)
    assert np.array_equal(made.signed, np.where(made.y == 1.0, 1.0, -1.0))
    assert np.array_equal(made.one_hot.argmax(axis=1), made.y[:, 0])
    plane = dataset("reg-plane", 50)
    assert np.array_equal(plane.signed, plane.y)


@pytest.mark.parametrize("name", ["reg_plane", "Reg-Plane", " reg-plane"])
def test_a_name_may_be_written_as_people_write_it(name: str) -> None:
    assert dataset(name, 5).name == "reg-plane"


@pytest.mark.parametrize(
    ("arguments", "where", "says", "hint"),
    [
        (("xorr",), "dataset", "unknown data set 'xorr'", "did you mean xor?"),
        (("zzz",), "dataset", "unknown", "one of circle, xor, gauss"),
        (("xor", 0), "n", "1 to 100000 points, not 0", ""),
        (("xor", MOST_POINTS + 1), "n", "not 100001", ""),
        (("xor", 5, -0.1), "noise", "from 0 to 0.5, not -0.1", ""),
        (("xor", 5, 0.51), "noise", "not 0.51", ""),
        (("xor", 5, math.nan), "noise", "not nan", ""),
        (("xor", 5, 0.0, -1), "seed", "at least 0, not -1", ""),
    ],
)
def test_what_cannot_be_made_is_refused_by_the_name_of_the_argument(
    arguments: tuple[str, int, float, int], where: str, says: str, hint: str
) -> None:
    with pytest.raises(UserError, match=says) as caught:
        dataset(*arguments)
    assert caught.value.where == where
    assert hint in caught.value.hint
