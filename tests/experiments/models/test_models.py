"""What the small models are: their data, their closed forms, their limits."""

import numpy as np
import pytest

from acttutor.experiments.models import attention, born, collocation, convolution, features, likelihoods
from acttutor.experiments.models.descent import minimise
from acttutor.experiments.models.linear import with_ones
from acttutor.experiments.models.logit import steps_to_even_odds
from acttutor.experiments.models.pooling import pooled_error
from acttutor.experiments.models.recurrent import largest_gated_states, largest_states
from acttutor.experiments.models.seeded import drawn, xavier
from acttutor.experiments.models.stack import forward, root_mean_square
from acttutor.experiments.outcome import silent
from acttutor.nn.activations import apply

_WHOLE = (0.0, 1.0)


def test_each_seed_draws_the_same_whoever_is_beside_it() -> None:
    (alone,) = drawn((5,), lambda rng: (xavier(rng, 3, 4),))
    (company,) = drawn((1, 5, 9), lambda rng: (xavier(rng, 3, 4),))
    assert np.array_equal(company[1], alone[0])
    assert not np.array_equal(company[0], company[1])


def test_xavier_weights_have_the_spread_they_are_named_for() -> None:
    spread = float(xavier(np.random.default_rng(0), 300, 100).std())
    assert spread == pytest.approx(np.sqrt(2.0 / 400.0), rel=0.01)


def test_adam_finds_the_bottom_of_a_bowl_for_every_network() -> None:
    bottom = np.array([[1.0, -2.0], [3.0, 0.5]])
    (found,) = minimise((np.zeros((2, 2)),), lambda at: (2.0 * (at[0] - bottom),), 0.05, 800, silent)
    assert found == pytest.approx(bottom, abs=1e-4)


def test_the_first_step_of_adam_is_the_rate_in_every_direction() -> None:
    (found,) = minimise((np.zeros(3),), lambda at: (np.array([1e-3, -5.0, 1e4]),), 0.1, 1, silent)
    assert found == pytest.approx([-0.1, 0.1, -0.1], rel=1e-4)


def test_a_root_mean_square_survives_numbers_whose_squares_do_not() -> None:
    assert root_mean_square(np.array([3e200, 4e200])) == pytest.approx(np.sqrt(12.5) * 1e200)
    assert root_mean_square(np.array([3e-200, 4e-200])) == pytest.approx(np.sqrt(12.5) * 1e-200)
    assert root_mean_square(np.zeros(3)) == 0.0


def test_a_stack_is_its_layers_one_after_the_other() -> None:
    rng = np.random.default_rng(1)
    x, first, second = (rng.standard_normal((4, 4)) for _ in range(3))
    expected = np.tanh(np.tanh(x @ first * 0.5) @ second * 0.5)
    assert forward(x, (first, second), 0.5, apply("tanh")) == pytest.approx(expected)


def test_a_network_is_dead_when_it_is_0_for_every_input() -> None:
    inputs = np.ones((2, 2))
    weights = [np.stack([np.eye(2), -np.eye(2)])]
    assert born.dead_share(inputs, weights, apply("relu")) == 0.5
    assert born.dead_share(inputs, weights, apply("leaky_relu")) == 0.0


def test_deviance_is_0_at_the_truth_and_positive_beside_it() -> None:
    truth = np.array([[1.0], [4.0]])
    assert likelihoods.poisson_deviance(truth, truth) == 0.0
    assert likelihoods.poisson_deviance(truth * 1.1, truth) > 0.0
    assert likelihoods.poisson_deviance(truth * 0.9, truth) > 0.0


def test_a_negative_variance_has_no_likelihood() -> None:
    with np.errstate(invalid="ignore"):
        assert np.isnan(likelihoods.gaussian(np.zeros((1, 1)), np.array([[-0.1]]), np.zeros((1, 1))))


@pytest.mark.parametrize(
    ("loss", "start", "steps"), [("bce", -8.0, 90), ("bce", -2.0, 29), ("mse", -2.0, 78)]
)
def test_steps_that_a_logit_needs(loss: str, start: float, steps: int) -> None:
    assert steps_to_even_odds(loss, start, 0.1, 1000, silent) == steps


def test_a_logit_that_does_not_make_it_takes_all_steps() -> None:
    assert steps_to_even_odds("mse", -8.0, 0.1, 100, silent) == 100


def test_descent_on_features_that_stand_apart_takes_one_iteration() -> None:
    """Orthogonal columns of one length have a Hessian with one eigenvalue: rate 1/L goes straight there."""
    columns = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
    assert features.iterations(columns, columns @ np.array([2.0, -1.0]), 1e-6) == 1


def test_descent_on_features_that_lean_on_each_other_takes_long() -> None:
    narrow = np.array([[1.0, 1.01], [1.0, -0.99], [-1.0, 1.0], [-1.0, -1.0]]) @ np.diag([1.0, 0.05])
    assert features.iterations(narrow, narrow @ np.array([0.0, 1.0]), 1e-4) > 500


@pytest.mark.parametrize("arm", sorted(collocation.BENDS))
def test_second_derivatives_are_those_of_the_activation(arm: str) -> None:
    bend, name = collocation.BENDS[arm], {"leaky": "leaky_relu"}.get(arm, arm)
    z, step = np.linspace(-3.05, 3.05, 62), 1e-5
    by_differences = (apply(name).derivative(z + step) - apply(name).derivative(z - step)) / (2.0 * step)
    assert bend.second(z) == pytest.approx(by_differences, abs=1e-7)


def test_without_a_second_derivative_the_fit_is_no_better_than_0() -> None:
    nothing = np.sqrt(np.mean(np.square(np.sin(np.linspace(0.0, np.pi, collocation.FINE)))))
    error = collocation.solution_error(np.random.default_rng(0), collocation.BENDS["relu"])
    assert error == pytest.approx(nothing, rel=1e-6)


def test_a_bar_is_five_pixels_long_and_lies_as_its_label_says() -> None:
    images, labels = convolution.bars(np.random.default_rng(2), 200)
    sums = np.abs(images.sum(axis=2)).max(axis=1) - np.abs(images.sum(axis=1)).max(axis=1)
    assert np.mean((sums > 0.0) == (labels == 1.0)) > 0.95
    assert 0.3 < labels.mean() < 0.7


def test_patches_are_the_windows_of_the_images() -> None:
    images = np.arange(200.0).reshape(2, 10, 10)
    seen = convolution.patches(images)
    assert seen.shape == (1, 9, 2 * convolution.POSITIONS)
    assert seen[0, :, 0] == pytest.approx(images[0, :3, :3].ravel())
    assert seen[0, :, -1] == pytest.approx(images[1, 7:, 7:].ravel())
    assert convolution.patches(np.zeros((100, 10, 10))).shape == (2, 9, 50 * convolution.POSITIONS)


def test_a_state_that_only_shrinks_stays_small_whatever_the_activation() -> None:
    states = {"tanh": apply("tanh"), "linear": apply("identity")}
    quiet = largest_states(0, 0.1, states, silent, _WHOLE)
    loud = largest_states(0, 1.5, states, silent, _WHOLE)
    assert quiet["linear"] < 6.0
    assert loud["linear"] > 1e30
    assert loud["tanh"] < 1.0


def test_a_gate_between_0_and_1_keeps_the_state_between_minus_1_and_1() -> None:
    gates = {name: apply(name) for name in ("sigmoid", "hard_sigmoid", "tanh")}
    found = largest_gated_states(3, gates, silent, _WHOLE)
    assert found["sigmoid"] <= 1.0
    assert found["hard_sigmoid"] <= 1.0
    assert found["tanh"] > 1e50


def test_attention_that_looks_at_the_right_key_makes_no_error() -> None:
    task = attention.Lookup(*attention.lookup(np.random.default_rng(4)))
    right = np.where((task.asked[:, None] == task.values[None]).all(axis=-1), 100.0, 0.0)
    assert float(attention.value_error(right, np.array(1.0), task)) < 1e-20


def test_pooling_with_all_weight_on_the_right_item_makes_no_error() -> None:
    rng = np.random.default_rng(5)
    values, right = rng.standard_normal((50, 4)), np.eye(4)[rng.integers(0, 4, 50)]
    asked = (values * right).sum(axis=1)
    even = np.full_like(right, 0.25)
    assert pooled_error([(right, right)], (values, asked), (values, asked)) < 1e-20
    assert pooled_error([(even, even)], (values, asked), (values, asked)) > 0.1
    assert pooled_error([(even, even), (right, right)], (values, asked), (values, asked)) < 1e-20


def test_a_column_of_ones_stands_at_the_end() -> None:
    assert with_ones(np.zeros((2, 3, 4)))[..., -1] == pytest.approx(np.ones((2, 3)))
