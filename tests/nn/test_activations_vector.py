"""Softmax and log-softmax: values, Jacobians, shifts, overflow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.nn.activations import apply, get
from tests.nn.activation_samples import load

VECTORS = {key: entry["vectors"] for key, entry in load("reference.json").items() if "vectors" in entry}
CASES = [(name, case) for name, cases in VECTORS.items() for case in cases]
LOGITS = st.lists(st.floats(-1e308, 1e308), min_size=1, max_size=8).map(np.array)
MODERATE = st.lists(st.floats(-30.0, 30.0), min_size=1, max_size=6).map(np.array)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_reference_vectors_are_met(name: str, case) -> None:  # type: ignore[no-untyped-def]
    found = apply(name)
    assert np.abs(found.value(case["z"]) - case["value"]).max() <= 1e-12
    assert np.abs(found.derivative(case["z"]) - case["jacobian"]).max() <= 1e-12


@given(LOGITS)
def test_softmax_of_any_finite_logits_is_a_distribution_without_a_warning(z) -> None:  # type: ignore[no-untyped-def]
    with np.errstate(all="raise"):
        s = apply("softmax").value(z)
        jacobian = apply("softmax").derivative(z)
        logarithm = apply("log_softmax").value(z)
        assert not np.isnan(apply("log_softmax").derivative(z)).any()
    assert s.sum() == pytest.approx(1.0, abs=1e-15 * len(s))
    assert (s >= 0.0).all()
    assert (logarithm <= 0.0).all()
    assert jacobian.sum(axis=-1) == pytest.approx(0.0, abs=1e-15)
    assert jacobian.sum(axis=-2) == pytest.approx(0.0, abs=1e-15)


@given(MODERATE, st.floats(-1000.0, 1000.0))
def test_a_shift_of_all_logits_changes_nothing(z, shift: float) -> None:  # type: ignore[no-untyped-def]
    for name in ("softmax", "log_softmax"):
        assert apply(name).value(z + shift) == pytest.approx(apply(name).value(z), abs=1e-11)


@given(MODERATE)
def test_the_logarithm_belongs_to_the_softmax(z) -> None:  # type: ignore[no-untyped-def]
    assert np.exp(apply("log_softmax").value(z)) == pytest.approx(apply("softmax").value(z), rel=1e-13, abs=0)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@given(z=MODERATE)
def test_jacobians_are_the_limit_of_differences(name: str, z) -> None:  # type: ignore[no-untyped-def]
    jacobian = apply(name).derivative(z)
    for j in range(z.size):
        step = np.zeros_like(z)
        step[j] = 1e-5
        difference = (apply(name).value(z + step) - apply(name).value(z - step)) / 2e-5
        assert jacobian[:, j] == pytest.approx(difference, abs=1e-8)


@given(st.floats(-700.0, 700.0))
def test_two_classes_are_a_sigmoid(x: float) -> None:
    second = float(apply("softmax").value([0.0, x])[1])
    assert second == pytest.approx(float(apply("sigmoid").value(x)), rel=1e-14, abs=0)


def test_a_nearly_certain_class_keeps_its_digits() -> None:
    assert apply("log_softmax").value([0.0, -50.0])[0] == pytest.approx(
        -1.9287498479639178e-22, rel=1e-13, abs=0
    )
    assert apply("softmax").derivative([0.0, -50.0])[0, 0] == pytest.approx(
        1.9287498479639178e-22, rel=1e-13, abs=0
    )


def test_every_row_of_a_batch_is_its_own_vector() -> None:
    batch = np.array([[[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]], [[-1.0, 5.0, 2.0], [9.0, 9.0, 1.0]]])
    for name in ("softmax", "log_softmax"):
        whole = apply(name)
        assert whole.derivative(batch).shape == (2, 2, 3, 3)
        for i, j in np.ndindex(2, 2):
            assert np.array_equal(whole.value(batch)[i, j], whole.value(batch[i, j]))
            assert np.array_equal(whole.derivative(batch)[i, j], whole.derivative(batch[i, j]))


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        ([np.inf, 0.0], [1.0, 0.0]),
        ([-np.inf, 0.0], [0.0, 1.0]),
        ([1e308, -1e308], [1.0, 0.0]),
        ([7.0], [1.0]),
        ([np.inf, np.inf], [np.nan, np.nan]),
        ([np.nan, 0.0], [np.nan, np.nan]),
        ([np.nan, np.inf], [np.nan, np.nan]),
    ],
)
def test_infinite_logits_give_the_limit_where_there_is_one(z: list[float], expected: list[float]) -> None:
    assert np.array_equal(apply("softmax").value(z), expected, equal_nan=True)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_pulling_a_gradient_back_is_multiplying_it_by_the_jacobian(name):
    rng = np.random.default_rng(2)
    z, gradient = 5.0 * rng.standard_normal((4, 3, 6)), rng.standard_normal((4, 3, 6))
    functions = get(name).computable()
    expected = np.einsum("...i,...ij->...j", gradient, functions.derivative(z, {}))
    assert functions.pull_back(z, gradient, {}) == pytest.approx(expected, rel=1e-12, abs=1e-15)
