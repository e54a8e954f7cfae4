"""Measures on random networks and data, held against the audit's independent numbers and against theory."""

import math

import pytest

from acttutor.errors import UserError
from acttutor.experiments.measures import measure

Args = dict[str, str | float]


@pytest.mark.parametrize(
    ("name", "args", "low", "high"),
    [
        ("linear_collapse_error", {}, 1e-16, 2e-14),
        ("linear_collapse_error", {"depth": 1}, 0.0, 1e-15),
        ("additivity_defect", {"activation": "identity"}, 0.0, 1e-13),
        ("additivity_defect", {"activation": "relu"}, 0.02, 0.3),
        ("additivity_defect", {"activation": "identity", "depth": 1, "norm": "layer"}, 0.9, 1.1),
        ("bottleneck_rank", {}, 2, 2),
        ("bottleneck_rank", {"width": 8, "bottleneck": 12}, 8, 8),
        ("conv_collapse_error", {}, 1e-16, 2e-14),
        ("conv_collapse_error", {"padding": "zero", "region": "interior"}, 1e-16, 2e-14),
        ("conv_collapse_error", {"padding": "zero"}, 3.62, 16.41),
        ("conv_additivity_defect", {}, 0.0, 2e-14),
        ("xor_linear_accuracy", {}, 0.75, 0.75),
        ("xor_linear_error", {}, 0.25 - 1e-12, 0.25 + 1e-12),
        ("xor_product_error", {}, 0.0, 1e-25),
        ("xor_relu_error", {}, 0.0, 0.0),
        ("approximation_error", {"activation": "identity", "width": 80}, 1.1866, 1.1867),
        ("approximation_error", {"activation": "relu", "width": 5}, 0.5052, 0.7379),
        ("approximation_error", {"activation": "relu", "width": 320}, 0.00236, 0.003154),
        ("approximation_error", {"activation": "tanh", "width": 320}, 0.000346, 0.000517),
        ("approximation_error", {"activation": "step", "width": 320}, 0.035, 0.0553),
        ("approximation_error_outside", {"activation": "relu", "width": 80}, 8.0, 37.14),
        ("approximation_error_outside", {"activation": "tanh", "width": 80}, 2.12, 4.814),
        ("polynomial_error", {"degree": 1}, 1.18665, 1.18666),
        ("polynomial_error", {"degree": 2}, 0.797493, 0.797495),
        ("never_active", {}, 0.0, 0.0),
        ("never_active", {"shift": 3}, 0.18, 0.24),
        ("never_active", {"bias": -5}, 0.94, 1.0),
        ("dead_gradient", {}, 0.0, 0.0),
        ("dead_gradient", {"bias": 0}, 0.01, 1.0),
        ("born_dead", {"activation": "relu", "width": 4, "depth": 10}, 0.18, 0.31),
        ("born_dead", {"activation": "relu", "width": 4, "depth": 20}, 0.52, 0.66),
        ("born_dead", {"activation": "relu", "width": 8, "depth": 100}, 0.22, 0.36),
        ("born_dead", {"activation": "leaky", "width": 4, "depth": 20}, 0.0, 0.0),
        ("same_sign", {"activation": "sigmoid"}, 1.0, 1.0),
        ("same_sign", {"activation": "relu"}, 1.0, 1.0),
        ("same_sign", {"activation": "sigmoid", "batch": 64}, 0.50, 0.59),
        ("same_sign", {"activation": "relu", "batch": 64}, 0.06, 0.115),
        ("same_sign", {"activation": "tanh", "batch": 64}, 0.0, 0.006),
        ("same_sign", {"activation": "relu", "batch": 64, "delta_mean": 1}, 1.0, 1.0),
        ("score_std", {"d": 1024}, 31.0, 33.5),
        ("score_std", {"d": 1024, "scaled": "true"}, 0.97, 1.05),
        ("score_gradient", {"d": 1024}, 2.7e-5, 3.6e-4),
        ("score_gradient", {"d": 1024, "scaled": "true"}, 0.3386, 0.3952),
        ("score_gradient", {"d": 16}, 0.3932, 0.4778),
        ("condition_number", {"features": "sigmoid"}, 811, 959),
        ("condition_number", {"features": "centred"}, 32.2, 36.3),
        ("condition_number", {"features": "tanh"}, 3.65, 4.07),
        ("condition_number", {"features": "relu"}, 59.6, 65.4),
        ("gd_iterations", {"features": "sigmoid"}, 728, 1322),
        ("gd_iterations", {"features": "centred"}, 112, 122),
        ("gd_iterations", {"features": "tanh"}, 11, 12),
        ("gd_iterations", {"features": "relu"}, 67, 112),
        ("gradient_check_error", {"activation": "tanh"}, 0.0, 1e-7),
        ("gradient_check_error", {"activation": "relu"}, 0.0, 1e-7),
        ("spread_across_samples", {"activation": "sigmoid"}, 3e-14, 3e-12),
        ("recurrent_gradient", {"activation": "tanh"}, 4.4e-11, 2.9e-10),
        ("recurrent_gradient", {"activation": "tanh", "gain": 3}, 2.0e5, 1.97e6),
        ("recurrent_gradient", {"activation": "sigmoid"}, 1.3e-35, 7.7e-34),
        ("signal_ratio", {"activation": "relu"}, 1.7e-5, 4.9e-5),
        ("signal_ratio", {"activation": "sigmoid"}, 0.96, 1.01),
        ("weight_gradient_ratio", {"activation": "sigmoid"}, 5.5e-19, 1.8e-18),
        ("weight_gradient_ratio", {"activation": "tanh"}, 0.9, 1.64),
        ("depth_ratio", {"activation": "relu", "init": "he", "norm": "batch"}, 152, 254),
    ],
)
def test_random_networks_behave_as_the_audit_found(name: str, args: Args, low: float, high: float) -> None:
    assert low <= measure(name, args) <= high


def test_a_single_sample_of_symmetric_inputs_agrees_as_often_as_coins_do() -> None:
    # 2 of 2^n patterns of signs agree; 40,000 cases have a standard deviation of 0.0017 here.
    found = measure("same_sign", {"activation": "tanh", "inputs": 4})
    assert found == pytest.approx(2.0**-3, abs=0.007)


def test_scores_grow_like_the_root_of_the_dimension() -> None:
    for d in (4, 64, 400):
        assert measure("score_std", {"d": d}) == pytest.approx(math.sqrt(d), rel=0.12)
        assert measure("score_std", {"d": d, "scaled": "true"}) == pytest.approx(1.0, rel=0.12)


def test_never_active_units_are_those_the_normal_distribution_leaves_off() -> None:
    # One input, one sample, no shift: off for half of all weights. A bias of -b: P(z <= b), z ~ N(0, 2x²).
    assert measure("never_active", {"batch": 1}) == pytest.approx(0.5, abs=0.03)


def test_born_dead_follows_from_one_layer_when_there_is_one_unit() -> None:
    # One unit over 32 inputs of both signs is off on all of them for no weight; from layer 2 on for half of them.
    found = measure("born_dead", {"activation": "relu", "width": 1, "depth": 2, "inits": 4000})
    assert found == pytest.approx(0.5, abs=0.03)


def test_width_helps_only_where_the_activation_bends() -> None:
    for name, helped in (("tanh", True), ("gelu", True), ("identity", False)):
        narrow, wide = (measure("approximation_error", {"activation": name, "width": w}) for w in (5, 80))
        assert (wide < 0.1 * narrow) is helped


@pytest.mark.parametrize(("a", "b", "expected"), [(0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 0)])
def test_a_rectifier_is_and_not(a: float, b: float, expected: float) -> None:
    assert measure("and_not", {"a": a, "b": b}) == expected


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("linear_collapse_error", {"seeds": 2}),
        ("born_dead", {"activation": "relu", "width": 4, "depth": 6}),
        ("same_sign", {"activation": "tanh", "batch": 3}),
        ("score_gradient", {"d": 32}),
        ("gd_iterations", {"features": "relu"}),
        ("recurrent_gradient", {"activation": "tanh", "steps": 5}),
        ("never_active", {"shift": 1}),
    ],
)
def test_a_measure_with_chance_in_it_gives_the_same_number_again(name: str, args: Args) -> None:
    assert measure(name, args) == measure(name, args)


@pytest.mark.parametrize(
    ("name", "args", "told"),
    [
        ("born_dead", {"activation": "relu", "width": 256, "depth": 3, "inits": 10_000}, "do not fit"),
        ("born_dead", {"activation": "relu", "width": 4, "depth": 300}, "depth must be at most 200"),
        ("conv_collapse_error", {"padding": "same"}, "one of valid, zero"),
        ("conv_collapse_error", {"region": "interor"}, "did you mean interior?"),
        ("condition_number", {"features": "center"}, "did you mean centred?"),
        ("score_std", {"d": 4, "scaled": "yes"}, "true or false"),
        ("approximation_error", {"activation": "relu", "width": 0}, "at least 1"),
        ("spread_across_samples", {"activation": "tanh", "init": "xaver"}, "did you mean xavier?"),
        ("additivity_defect", {"activation": "relu", "norm": "lier"}, "did you mean layer?"),
    ],
)
def test_wrong_arguments_are_answered_with_what_would_be_right(name: str, args: Args, told: str) -> None:
    with pytest.raises(UserError) as caught:
        measure(name, args)
    assert told in str(caught.value)
