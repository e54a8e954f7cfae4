"""Measures that learners compute by hand: arithmetic, one unit, one step, losses, and curves of one activation."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.experiments.measures import measure
from acttutor.nn.activations import apply

SIGMA_2 = 0.8807970779778823

numbers = st.floats(-20.0, 20.0)


@pytest.mark.parametrize(
    ("name", "args", "expected", "tolerance"),
    [
        ("sum_of", {"a": 1, "b": "2.5"}, 3.5, 0),
        ("sum_of", {"a": 1e16, "b": 1, "c": -1e16, "d": 1}, 2.0, 0),
        ("product", {"a": 3, "b": -0.5}, -1.5, 0),
        ("product", {"a": 3, "b": -0.5, "c": 4, "d": 2}, -12.0, 0),
        ("quotient", {"a": 1, "b": 8}, 0.125, 0),
        ("power", {"base": 0.25, "exponent": 100}, 6.223015277861142e-61, 0),
        ("power", {"base": 0.9, "exponent": 100}, 2.6561398887587544e-05, 1e-18),
        ("power", {"base": -2, "exponent": 3}, -8.0, 0),
        ("power", {"base": -10, "exponent": 309}, -math.inf, 0),
        ("power", {"base": -10, "exponent": 310}, math.inf, 0),
        ("half_squared_error", {"prediction": 0.7, "target": 1}, 0.045, 1e-15),
        ("pre_activation", {"w1": 0.5, "x1": 2, "w2": -1, "x2": 3, "bias": 0.25}, -1.75, 0),
        ("pre_activation", {"w1": 0.5, "x1": 2}, 1.0, 0),
        ("unit_output", {"activation": "sigmoid", "w1": 1, "x1": 2}, SIGMA_2, 1e-15),
        ("unit_output", {"activation": "leaky", "alpha": 0.1, "w1": 1, "x1": -2, "bias": 1}, -0.1, 1e-15),
        ("hidden_delta", {"activation": "sigmoid", "z": 0, "weight": 2, "delta_above": 0.1}, 0.05, 1e-16),
        ("hidden_delta", {"activation": "relu", "z": -1, "weight": 2, "delta_above": 0.1}, 0.0, 0),
        ("weight_gradient", {"delta": -0.2, "input": 0.5}, -0.1, 0),
        ("sgd_step", {"weight": 1, "gradient": -0.5, "rate": 0.1}, 1.05, 1e-15),
        ("he_std", {"fan_in": 8}, 0.5, 0),
        ("xavier_std", {"fan_in": 64, "fan_out": 64}, 0.125, 0),
        ("lecun_std", {"fan_in": 64}, 0.125, 0),
        ("relu_signal_factor", {"variance_times_fan_in": 2}, 1.0, 0),
        ("relu_signal_factor", {"variance_times_fan_in": 1}, math.sqrt(0.5), 1e-16),
        ("split_units", {"channels": 64, "percent": 70}, 44, 0),
        ("split_units", {"channels": 64, "percent": 70, "rounding": "round"}, 45, 0),
        ("split_units", {"channels": 100, "percent": 29}, 28, 0),
        ("split_units", {"channels": 100, "percent": 29, "rounding": "round"}, 29, 0),
        ("glu_output", {"value": -3, "gate": 0}, -1.5, 0),
        ("glu_output", {"value": 2, "gate": 2, "activation": "silu"}, 4 * SIGMA_2, 1e-15),
        ("learned_parameters", {"activation": "relu,mish"}, 0, 0),
        ("learned_parameters", {"activation": "acon_c"}, 3, 0),
        ("learned_parameters", {"activation": "prelu,relu"}, 1, 0),
        ("conv_parameters", {"channels": "3,64,128"}, 75648, 0),
        ("conv_parameters", {"channels": "1,2", "kernel": 5}, 52, 0),
    ],
)
def test_what_is_computed_by_hand_comes_out(
    name: str, args: dict[str, str | float], expected: float, tolerance: float
) -> None:
    found = measure(name, args)
    assert found == expected or abs(found - expected) <= tolerance


@given(st.floats(-12.0, 2.0), st.sampled_from([-1.0, 1.0]), st.integers(1, 300))
def test_adam_moves_a_weight_equally_far_for_almost_every_gradient(
    magnitude: float, sign: float, steps: int
) -> None:
    gradient = sign * 10.0**magnitude
    expected = steps * 0.01 * abs(gradient) / (abs(gradient) + 1e-8)
    assert measure("adam_distance", {"gradient": gradient, "steps": steps}) == pytest.approx(
        expected, rel=1e-9
    )


@pytest.mark.parametrize(("gradient", "distance"), [(1, 0.5), (1e-6, 0.495), (1e-8, 0.25), (1e-10, 0.005)])
def test_fifty_adam_steps_go_as_far_as_the_audit_found(gradient: float, distance: float) -> None:
    assert measure("adam_distance", {"gradient": gradient, "steps": 50}) == pytest.approx(distance, rel=0.02)


@given(numbers, st.floats(0.0, 1.0))
def test_losses_on_a_logit_and_their_slopes_belong_together(logit: float, target: float) -> None:
    def slope(name: str) -> float:
        ends = [_loss(name, logit + step, target) for step in (-1e-5, 1e-5)]
        return (ends[1] - ends[0]) / 2e-5

    args = {"logit": logit, "target": target}
    assert measure("bce", args) == pytest.approx(_loss("bce", logit, target), rel=1e-9, abs=1e-9)
    assert measure("bce_slope", args) == pytest.approx(slope("bce"), abs=1e-7)
    assert measure("mse_sigmoid_slope", args) == pytest.approx(slope("mse"), abs=1e-8)


def _loss(name: str, logit: float, target: float) -> float:
    p = 1.0 / (1.0 + math.exp(-logit))
    if name == "mse":
        return 0.5 * (p - target) ** 2
    # ln(1-p) as ln p - z: 1 - p itself loses digits near 1.
    return -(target * math.log(p) + (1.0 - target) * (math.log(p) - logit))


def test_a_confident_mistake_keeps_its_digits() -> None:
    assert measure("bce", {"logit": 800, "target": 0}) == 800.0
    assert measure("bce_slope", {"logit": 40, "target": 1}) == pytest.approx(-math.exp(-40), rel=1e-12)


@given(st.lists(st.floats(-30.0, 30.0), min_size=2, max_size=4), st.data())
def test_softmax_and_its_loss_match_their_definition(logits: list[float], data: st.DataObject) -> None:
    right, of = (data.draw(st.integers(1, len(logits))) for _ in range(2))
    p = np.exp(logits) / np.sum(np.exp(logits))
    args: dict[str, str | float] = {f"z{place}": z for place, z in enumerate(logits, 1)}
    args["index"] = right
    assert measure("softmax", args) == pytest.approx(p[right - 1], rel=1e-12)
    assert measure("cross_entropy", args) == pytest.approx(-math.log(p[right - 1]), rel=1e-9, abs=1e-12)
    expected = p[of - 1] - (of == right)
    assert measure("cross_entropy_slope", {**args, "of": of}) == pytest.approx(expected, abs=1e-14)


def test_a_class_without_a_logit_has_no_share() -> None:
    two = {"index": 2, "z1": 0, "z2": 1.3}
    assert measure("softmax", two) == measure("softmax", {**two, "z3": "-inf"})
    assert measure("softmax", two) == pytest.approx(1 / (1 + math.exp(-1.3)), rel=1e-15)
    assert measure("softmax", {"index": 1, "z1": 1000, "z2": 1001, "z3": 1002}) == pytest.approx(
        0.09003, abs=5e-6
    )


@given(st.floats(-8.0, 8.0), st.integers(2, 500))
def test_nothing_gets_below_the_floors_of_the_usual_mistakes(logit: float, classes: int) -> None:
    squashed = 1.0 / (1.0 + math.exp(-logit))
    for target in (0.0, 0.3, 0.6, 1.0):
        floor = measure("double_sigmoid_floor", {"target": target})
        assert _loss("bce", squashed, target) >= floor - 1e-12
    assert _loss("bce", max(logit, 0.0), 0.0) >= measure("sigmoid_relu_floor", {}) - 1e-12
    floor = measure("double_softmax_floor", {"classes": classes})
    assert floor == pytest.approx(math.log(1 + (classes - 1) / math.e), rel=1e-12)


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("double_softmax_floor", {"classes": 10}, 1.4612),
        ("double_sigmoid_floor", {"target": 1}, 0.3133),
        ("double_sigmoid_floor", {"target": 0}, 0.6931),
        ("sigmoid_relu_floor", {}, 0.6931),
        ("logit_steps", {"start": -8, "loss": "bce"}, 90),
        ("logit_steps", {"start": -8, "loss": "mse"}, 15041),
        ("logit_steps", {"start": -5, "loss": "mse"}, 831),
        ("logit_steps", {"start": -2, "loss": "bce"}, 29),
        ("logit_steps", {"start": 1, "loss": "bce"}, 0),
        ("logit_steps", {"start": -20, "loss": "mse"}, math.inf),
        ("min_value", {"activation": "gelu"}, -0.16997),
        ("min_value", {"activation": "silu"}, -0.27846),
        ("min_value", {"activation": "mish"}, -0.30884),
        ("min_value", {"activation": "hard_swish"}, -0.375),
        ("min_value", {"activation": "elu", "alpha": 2}, -2.0),
        ("min_value", {"activation": "sigmoid(relu)"}, 0.5),
        ("min_value", {"activation": "leaky"}, -math.inf),
        ("min_slope", {"activation": "gelu"}, -0.1289),
        ("min_slope", {"activation": "silu"}, -0.0998),
        ("min_slope", {"activation": "hard_swish"}, -0.5),
        ("min_slope", {"activation": "acon_c", "p1": 1.2, "p2": -0.8}, -0.99968),
        ("min_slope", {"activation": "leaky", "alpha": 0.2}, 0.2),
        ("min_slope", {"activation": "softplus"}, 0.0),
        ("largest_gap", {"a": "acon_a", "b": "relu", "a.beta": 100}, 0.0027846),
        ("largest_gap", {"a": "acon_b", "b": "identity", "a.p": 1}, 0.0),
        ("largest_gap", {"a": "acon_b", "b": "relu", "a.p": 1}, 6.0),
        ("largest_gap", {"a": "acon_b", "b": "silu", "a.p": 0}, 0.0),
        ("largest_gap", {"a": "relu", "b": "leaky", "low": -1, "high": 2}, 0.01 * 0.99 + 0.0001),
        ("second_slope_jump", {"activation": "elu", "x": 0}, -1.0),
        ("second_slope_jump", {"activation": "gelu", "x": 0}, 0.0),
        ("second_slope_jump", {"activation": "relu", "x": 0}, 0.0),
        ("slope_jump", {"activation": "relu", "x": 0}, 1.0),
        ("slope_jump", {"activation": "elu", "alpha": 2, "x": 0}, -1.0),
        ("slope_jump", {"activation": "hard_swish", "x": 3}, -0.5),
        ("second_slope", {"activation": "relu", "x": 1}, 0.0),
        ("second_slope", {"activation": "gelu", "x": 0}, math.sqrt(2 / math.pi)),
        ("rounds_to_one", {"activation": "sigmoid"}, 36.74),
        ("rounds_to_one", {"activation": "tanh"}, 19.0),
        ("rounds_to_one", {"activation": "hard_sigmoid"}, 3.0),
        ("probability_below", {"activation": "relu", "value": 0}, 0.5),
        ("probability_below", {"activation": "sigmoid(relu)", "value": 0.5}, 0.5),
        ("probability_below", {"activation": "sigmoid", "value": 0}, 0.0),
        ("probability_below", {"activation": "identity", "value": 3, "mean": 1, "std": 2}, 0.84134),
        ("parameter_slope", {"activation": "prelu", "parameter": "a", "x": -2}, -2.0),
        ("parameter_slope", {"activation": "prelu", "parameter": "a", "x": 2}, 0.0),
        ("tanh_as_sigmoid_error", {}, 0.0),
    ],
)
def test_curves_and_floors_have_the_numbers_of_the_audit(
    name: str, args: dict[str, str | float], expected: float
) -> None:
    found = measure(name, args)
    assert found == expected or abs(found - expected) <= 5e-5 * max(1.0, abs(expected)) * (
        20 if name == "rounds_to_one" else 1
    )


@given(st.floats(-3.0, 3.0))
def test_second_slopes_match_closed_forms(x: float) -> None:
    t = math.tanh(x)
    assert measure("second_slope", {"activation": "tanh", "x": x}) == pytest.approx(
        -2 * t * (1 - t * t), abs=1e-9
    )
    density = math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    assert measure("second_slope", {"activation": "gelu", "x": x}) == pytest.approx(
        density * (2 - x * x), abs=1e-9
    )


@given(
    st.sampled_from(["sigmoid", "tanh", "softplus", "elu"]),
    st.floats(-2.0, 2.0),
    st.floats(0.2, 3.0),
    st.data(),
)
def test_the_share_below_a_value_is_that_of_the_inputs_below_it(
    name: str, mean: float, std: float, data: st.DataObject
) -> None:
    x = data.draw(st.floats(-3.0, 3.0))
    assume(name != "elu" or abs(x) > 1e-3)
    args = {"activation": name, "value": float(apply(name).value(x)), "mean": mean, "std": std}
    expected = 0.5 * math.erfc((mean - x) / (std * math.sqrt(2.0)))
    assert measure("probability_below", args) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "args", "told"),
    [
        ("quotient", {"a": 1, "b": 0}, "b must not be 0"),
        ("power", {"base": 0, "exponent": -1}, "base must not be 0"),
        ("power", {"base": -2, "exponent": 0.5}, "exponent must be a whole number"),
        ("sum_of", {"a": 1, "b": 1, "c": "-inf"}, "c must be a finite number"),
        ("product", {"a": 1}, "needs the argument b"),
        ("adam_distance", {"gradient": 1, "steps": 1e6}, "steps must be at most 100000"),
        ("he_std", {"fan_in": 0}, "fan_in must be at least 1"),
        ("relu_signal_factor", {"variance_times_fan_in": -1}, "at least 0"),
        ("bce", {"logit": 0, "target": 2}, "target must be at most 1"),
        ("softmax", {"index": 3, "z1": 0, "z2": 0}, "give z3"),
        ("softmax", {"index": 5, "z1": 0, "z2": 0}, "index must be at most 4"),
        ("softmax", {"index": 1, "z1": 0, "z2": 0, "z3": "inf"}, "z3 must be a finite number"),
        ("cross_entropy_slope", {"index": 1, "of": 4, "z1": 0, "z2": 0}, "of is 4, but there is no z4"),
        ("double_softmax_floor", {"classes": 1}, "at least 2"),
        ("logit_steps", {"start": -8, "loss": "bse"}, "did you mean"),
        ("second_slope", {"activation": "elu", "x": 0}, "second slope jumps"),
        ("second_slope", {"activation": "relu", "x": 0}, "slope jumps from 0 to 1"),
        ("largest_gap", {"a": "relu", "b": "elu", "low": 1, "high": 1}, "low must be below high"),
        ("parameter_slope", {"activation": "prelu", "parameter": "alpha", "x": 1}, "prelu takes a"),
        ("parameter_slope", {"activation": "relu", "parameter": "a", "x": 1}, "takes no parameters"),
        ("rounds_to_one", {"activation": "relu"}, "does not tend to 1"),
        ("split_units", {"channels": 64, "percent": 170}, "percent must be at most 100"),
        ("split_units", {"channels": 64, "percent": 70, "rounding": "trunkate"}, "did you mean truncate?"),
        ("conv_parameters", {"channels": "3;64"}, "3,64,128 for example"),
    ],
)
def test_wrong_arguments_are_answered_with_what_would_be_right(
    name: str, args: dict[str, str | float], told: str
) -> None:
    with pytest.raises(UserError) as caught:
        measure(name, args)
    assert told in str(caught.value)
