import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from acttutor.errors import UserError
from acttutor.nn import losses
from acttutor.nn.losses import Loss, Penalty, Regularization

outputs = arrays(np.float64, (2, 3), elements=st.floats(-30, 30))


def test_mse_is_half_the_squared_error_summed_over_outputs_and_averaged_over_samples():
    a = np.array([[1.0, 2.0], [0.0, 0.0]])
    y = np.array([[0.0, 0.0], [3.0, 0.0]])
    assert losses.value(Loss.MSE, a, y) == (0.5 * (1 + 4) + 0.5 * 9) / 2


def test_bce_sums_over_outputs_and_averages_over_samples():
    z = np.array([[0.3, -1.2], [2.0, 0.0]])
    y = np.array([[1.0, 0.0], [0.25, 1.0]])
    expected = 0.0
    for logit, target in zip(z.ravel(), y.ravel(), strict=True):
        p = 1 / (1 + math.exp(-logit))
        expected -= (target * math.log(p) + (1 - target) * math.log(1 - p)) / 2
    assert losses.value(Loss.BCE, z, y) == pytest.approx(expected, rel=1e-14)


def test_cross_entropy_is_minus_the_log_probability_of_the_class():
    z = np.array([[1.0, 2.0, 3.0]])
    total = sum(math.exp(value) for value in (1, 2, 3))
    assert losses.value(Loss.CROSS_ENTROPY, z, np.array([[0.0, 1.0, 0.0]])) == pytest.approx(
        -math.log(math.exp(2) / total), rel=1e-14
    )


def test_a_confident_mistake_keeps_a_finite_loss_and_a_full_gradient():
    z, y = np.array([[-800.0]]), np.array([[1.0]])
    assert losses.value(Loss.BCE, z, y) == 800.0
    assert losses.gradient(Loss.BCE, z, y) == -1.0
    z, y = np.array([[-800.0, 0.0]]), np.array([[1.0, 0.0]])
    assert losses.value(Loss.CROSS_ENTROPY, z, y) == 800.0
    assert losses.gradient(Loss.CROSS_ENTROPY, z, y).tolist() == [[-1.0, 1.0]]


@pytest.mark.parametrize("loss", list(Loss))
@given(z=outputs, seed=st.integers(0, 1000))
def test_the_gradient_is_the_slope_of_the_loss(loss, z, seed):
    y = np.random.default_rng(seed).dirichlet(np.ones(3), size=2)
    gradient = losses.gradient(loss, z, y)
    for entry in np.ndindex(z.shape):
        by = np.zeros_like(z)
        by[entry] = 1e-5
        slope = (losses.value(loss, z + by, y) - losses.value(loss, z - by, y)) / 2e-5
        assert gradient[entry] == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("loss", list(Loss))
def test_a_leading_axis_of_networks_gives_a_loss_and_a_gradient_each(loss):
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(4, 5, 3)), np.eye(3)[[0, 1, 2, 0, 1]]
    assert np.array_equal(losses.value(loss, z, y), [losses.value(loss, one, y) for one in z])
    assert np.array_equal(losses.gradient(loss, z, y), [losses.gradient(loss, one, y) for one in z])


@pytest.mark.parametrize("loss", list(Loss))
@pytest.mark.parametrize("extreme", [math.inf, -math.inf, math.nan, 1e308, -1e308])
def test_extreme_outputs_pass_silently(loss, extreme):
    z = np.array([[extreme, 0.0], [1.0, extreme]])
    assert losses.value(loss, z, np.eye(2)).shape == ()
    assert losses.gradient(loss, z, np.eye(2)).shape == (2, 2)


@pytest.mark.parametrize("kind", [Penalty.L1, Penalty.L2])
def test_the_penalty_gradient_is_the_slope_of_the_penalty(kind):
    weights = np.array([[0.5, -0.3], [1.2, -2.0]])
    penalty = Regularization(kind, 0.1)
    for entry in np.ndindex(weights.shape):
        by = np.zeros_like(weights)
        by[entry] = 1e-6
        slope = (penalty.value(weights + by) - penalty.value(weights - by)) / 2e-6
        assert penalty.gradient(weights)[entry] == pytest.approx(slope, abs=1e-9)


def test_without_a_penalty_nothing_is_added():
    none = Regularization()
    assert not none.active
    assert none.value(np.ones((2, 2))) == 0.0
    assert not none.gradient(np.ones((2, 2))).any()


@pytest.mark.parametrize(
    ("loss", "targets", "place"),
    [
        (Loss.BCE, [[0.0], [1.5]], "sample 2"),
        (Loss.BCE, [[-0.1], [1.0]], "sample 1"),
        (Loss.CROSS_ENTROPY, [[0.0, 1.0], [1.0, 1.0]], "sample 2"),
        (Loss.CROSS_ENTROPY, [[1.5, -0.5]], "sample 1"),
        (Loss.BCE, [[math.nan]], "sample 1"),
    ],
)
def test_targets_the_loss_cannot_take_are_refused_at_their_sample(loss, targets, place):
    with pytest.raises(UserError) as caught:
        losses.check_targets(loss, np.array(targets))
    assert caught.value.where.startswith(place)
    assert loss in str(caught.value)


def test_soft_targets_and_any_regression_target_are_accepted():
    losses.check_targets(Loss.CROSS_ENTROPY, np.array([[0.1, 0.2, 0.7]]))
    losses.check_targets(Loss.BCE, np.array([[0.0, 1.0, 0.3]]))
    losses.check_targets(Loss.MSE, np.array([[-7.0]]))
