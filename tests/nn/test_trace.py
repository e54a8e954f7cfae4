import math

import numpy as np
import pytest
from hypothesis import given, settings
from texicode.pipeline import render_tex_rows

from acttutor.errors import UserError
from acttutor.nn.activations import apply
from acttutor.nn.entry_formulas import number
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss, Penalty, Regularization
from acttutor.nn.network import Network, Norm, Parameters, gradients
from acttutor.nn.trace import OperationKind, Phase, TrainingStep, numbers, recompute, trace
from tests.nn.random_networks import step_of, steps

KIND = OperationKind


def layer(units, *activations, **more):
    return Layer(units, tuple(apply(name) for name in activations), **more)


def example(loss=Loss.BCE, regularization=None, **more):
    """Two inputs, two hidden ReLU units, one output: the network of the simulator's sketch."""
    last = {Loss.BCE: "sigmoid", Loss.MSE: "tanh"}[loss]
    network = Network(2, (layer(2, "relu"), layer(1, last)), loss)
    parameters = Parameters(
        (np.array([[0.5, 0.3], [1.0, -0.4]]), np.array([[1.2], [-0.7]])),
        (np.array([0.1, 0.2]), np.array([0.05])),
        ((), ()),
    )
    x, y = np.array([[0.31, -0.8]]), np.array([[1.0]])
    return trace(TrainingStep(network, parameters, x, y, 0.1, regularization or Regularization(), **more))


def by_hand(traced, operation):
    """The value of an operation by its kind, in code that shares nothing with the package but the activations."""
    read = [traced.tensor(name) for name in operation.reads]
    network, samples = traced.network, len(traced.y)
    place = network.layers[(operation.layer or 1) - 1]
    match operation.kind:
        case KIND.LINEAR:
            return read[0] @ read[1] + read[2]
        case KIND.ACTIVATION | KIND.ACTIVATION_GRADIENT | KIND.PARAMETER_GRADIENT:
            return by_hand_through_activation(traced, operation, place)
        case KIND.LOSS if network.loss is Loss.MSE:
            return np.sum((read[0] - read[1]) ** 2) / 2 / samples
        case KIND.LOSS if network.loss is Loss.BCE:
            p = 1 / (1 + np.exp(-read[0]))
            return -np.sum(read[1] * np.log(p) + (1 - read[1]) * np.log(1 - p)) / samples
        case KIND.LOSS:
            return (
                -np.sum(read[1] * np.log(np.exp(read[0]) / np.exp(read[0]).sum(1, keepdims=True))) / samples
            )
        case KIND.LOSS_GRADIENT:
            predictions = {
                Loss.MSE: lambda: read[0],
                Loss.BCE: lambda: 1 / (1 + np.exp(-read[0])),
                Loss.CROSS_ENTROPY: lambda: np.exp(read[0]) / np.exp(read[0]).sum(1, keepdims=True),
            }
            return (predictions[network.loss]() - read[1]) / samples
        case KIND.WEIGHT_GRADIENT:
            return read[0].T @ read[1]
        case KIND.BIAS_GRADIENT:
            return read[0].sum(axis=0)
        case KIND.PENALTY_GRADIENT:
            shape = np.sign(read[0]) if traced.regularization.kind is Penalty.L1 else read[0]
            return traced.regularization.rate * shape
        case KIND.INPUT_GRADIENT:
            return read[0] @ read[1].T + (read[2] if place.residual else 0)
        case KIND.WEIGHT_UPDATE | KIND.BIAS_UPDATE | KIND.PARAMETER_UPDATE:
            return read[0] - traced.learning_rate * sum(read[1:])


def by_hand_through_activation(traced, operation, place):
    values = {name: traced.tensor(name) for name in operation.reads}
    z = values[f"z{operation.layer}"]
    above = values.get(f"da{operation.layer}")
    if place.vector:
        if operation.kind is KIND.ACTIVATION:
            return np.array([place.activations[0].value(row) for row in z]) + added(place, operation, values)
        jacobians = [place.activations[0].derivative(row) for row in z]
        return np.array([jacobian.T @ row for jacobian, row in zip(jacobians, above, strict=True)])
    result, total = np.empty_like(z), 0.0
    for unit in range(place.units):
        applied = place.activations[unit if place.mixed else 0]
        start = f"p{operation.layer}.{unit + 1}." if place.mixed else f"p{operation.layer}."
        learned = {
            name[len(start) :]: float(value) for name, value in values.items() if name.startswith(start)
        }
        applied = applied.with_params(learned)
        if operation.kind is KIND.ACTIVATION:
            result[:, unit] = applied.value(z[:, unit])
        elif operation.kind is KIND.ACTIVATION_GRADIENT:
            result[:, unit] = above[:, unit] * applied.derivative(z[:, unit])
        elif operation.writes.startswith(f"d{start}"):
            slopes = applied.parameter_derivatives(z[:, unit])[operation.writes[len(start) + 1 :]]
            total += above[:, unit] @ slopes
    if operation.kind is KIND.PARAMETER_GRADIENT:
        return total
    return result + added(place, operation, values)


def added(place, operation, values):
    forward = operation.kind is KIND.ACTIVATION
    return values[f"a{operation.layer - 1}"] if place.residual and forward else 0


@settings(max_examples=120, deadline=None)
@given(steps())
def test_every_value_is_what_an_independent_computation_makes_of_its_reads(step):
    traced = trace(step)
    for operation in traced.operations:
        np.testing.assert_allclose(operation.value, by_hand(traced, operation), rtol=1e-9, atol=1e-12)


@settings(max_examples=80, deadline=None)
@given(steps())
def test_every_operation_recomputes_to_the_same_bits_from_its_reads_alone(step):
    traced = trace(step)
    for operation in traced.operations:
        assert np.array_equal(recompute(traced, operation.index), operation.value)


@settings(max_examples=80, deadline=None)
@given(steps())
def test_traced_gradients_and_loss_are_those_of_the_backward_pass(step):
    traced = trace(step)
    expected = gradients(step.network, step.parameters, step.x, step.y)
    assert traced.loss == pytest.approx(float(expected.loss), rel=1e-12)
    assert list(traced.gradients) == list(expected.named())
    for name, value in expected.named().items():
        np.testing.assert_allclose(traced.gradients[name], value, rtol=1e-12, atol=1e-14)


@settings(max_examples=60, deadline=None)
@given(steps())
def test_parameters_after_are_parameters_minus_rate_times_gradient_and_penalty(step):
    traced = trace(step)
    for name, value in step.parameters.named().items():
        penalty = step.regularization.gradient(value) if name.startswith("W") else 0.0
        expected = value - step.learning_rate * (traced.gradients[name] + penalty)
        np.testing.assert_allclose(traced.parameters_after[name], expected, rtol=1e-12, atol=1e-14)


@settings(max_examples=60, deadline=None)
@given(steps())
def test_an_operation_reads_only_what_earlier_operations_wrote_and_writes_something_new(step):
    traced = trace(step)
    there = set(traced.initial)
    for operation in traced.operations:
        assert set(operation.reads) <= there
        assert operation.writes not in there
        there.add(operation.writes)
        assert set(traced.tensors_at(operation.index)) == there
    phases = [operation.phase for operation in traced.operations]
    assert phases == sorted(phases, key=list(Phase).index)
    assert [operation.index for operation in traced.operations] == list(range(len(phases)))


def test_a_step_of_two_layers_is_these_operations():
    found = [(o.phase, o.layer, o.kind, o.reads, o.writes) for o in example().operations]
    forward, backward, update = Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE
    assert found == [
        (forward, 1, KIND.LINEAR, ("a0", "W1", "b1"), "z1"),
        (forward, 1, KIND.ACTIVATION, ("z1",), "a1"),
        (forward, 2, KIND.LINEAR, ("a1", "W2", "b2"), "z2"),
        (forward, 2, KIND.ACTIVATION, ("z2",), "a2"),
        (Phase.LOSS, None, KIND.LOSS, ("z2", "y"), "L"),
        (backward, 2, KIND.LOSS_GRADIENT, ("z2", "y"), "dz2"),
        (backward, 2, KIND.WEIGHT_GRADIENT, ("a1", "dz2"), "dW2"),
        (backward, 2, KIND.BIAS_GRADIENT, ("dz2",), "db2"),
        (backward, 2, KIND.INPUT_GRADIENT, ("dz2", "W2"), "da1"),
        (backward, 1, KIND.ACTIVATION_GRADIENT, ("da1", "z1"), "dz1"),
        (backward, 1, KIND.WEIGHT_GRADIENT, ("a0", "dz1"), "dW1"),
        (backward, 1, KIND.BIAS_GRADIENT, ("dz1",), "db1"),
        (update, 1, KIND.WEIGHT_UPDATE, ("W1", "dW1"), "W1'"),
        (update, 1, KIND.BIAS_UPDATE, ("b1", "db1"), "b1'"),
        (update, 2, KIND.WEIGHT_UPDATE, ("W2", "dW2"), "W2'"),
        (update, 2, KIND.BIAS_UPDATE, ("b2", "db2"), "b2'"),
    ]


def test_mse_passes_through_the_last_activation_and_a_penalty_has_its_own_operation():
    traced = example(Loss.MSE, Regularization(Penalty.L2, 0.5))
    found = {o.writes: o for o in traced.operations}
    assert found["da2"].kind is KIND.LOSS_GRADIENT
    assert found["dz2"].reads == ("da2", "z2")
    assert found["dR1"].reads == ("W1",)
    assert found["W1'"].reads == ("W1", "dW1", "dR1")
    assert found["b1'"].reads == ("b1", "db1")


def test_learned_parameters_are_read_where_they_are_used_and_updated():
    network = Network(
        2, (layer(2, "prelu", "relu", train_params=True), layer(1, "elu", train_params=True)), Loss.MSE
    )
    found = {o.writes: o for o in trace(step_of(network, 0)).operations}
    assert found["a1"].reads == ("z1", "p1.1.a")
    assert found["dz2"].reads == ("da2", "z2", "p2.alpha")
    assert found["dp1.1.a"].kind is KIND.PARAMETER_GRADIENT
    assert found["dp1.1.a"].reads == ("da1", "z1", "p1.1.a")
    assert found["p2.alpha'"].reads == ("p2.alpha", "dp2.alpha")


def test_step_back_restores_the_previous_tensors():
    traced = example()
    before = traced.tensors_at(5)
    assert "dz2" in before
    assert "dW2" not in before
    assert set(traced.tensors_at(6)) - set(before) == {"dW2"}
    assert list(traced.tensors_at(-1)) == ["a0", "y", "W1", "b1", "W2", "b2"]


def test_tensors_cannot_be_changed_by_their_readers():
    traced = example()
    for value in traced.tensors_at(len(traced.operations) - 1).values():
        with pytest.raises(ValueError, match="read-only"):
            value[...] = 0.0


def test_a_later_change_of_the_input_arrays_leaves_the_trace_alone():
    network = Network(1, (layer(1, "tanh"),), Loss.MSE)
    step = step_of(network, 0)
    traced = trace(step)
    kept = traced.tensor("W1").copy()
    step.parameters.weights[0][...] = 9.0
    assert np.array_equal(traced.tensor("W1"), kept)


def test_an_unknown_tensor_gets_a_suggestion():
    with pytest.raises(UserError, match="did you mean dW1"):
        example().tensor("dw1")


@pytest.mark.parametrize("norm", [Norm.BATCH, Norm.LAYER])
def test_a_normalised_layer_is_refused_by_its_number(norm):
    network = Network(2, (layer(2, "tanh"), layer(2, "tanh", norm=norm)), Loss.MSE)
    with pytest.raises(UserError, match=f"layer 2: a trace cannot show {norm}"):
        trace(step_of(network, 0))


@pytest.mark.parametrize("extreme", [1e308, math.inf, math.nan])
def test_overflow_and_nan_run_through_the_whole_trace_silently(extreme):
    network = Network(2, (layer(2, "prelu", train_params=True), layer(2, "softmax")), Loss.CROSS_ENTROPY)
    step = step_of(network, 0)
    traced = trace(TrainingStep(network, step.parameters, np.full((3, 2), extreme), step.y, 0.1))
    for operation in traced.operations:
        assert np.array_equal(recompute(traced, operation.index), operation.value, equal_nan=True)
        numbers(traced, operation.index, (0,) * operation.value.ndim)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"x": np.zeros((1, 3))}, "each x needs 2 numbers"),
        ({"y": np.zeros((1, 2))}, "each y needs 1 numbers"),
        ({"x": np.zeros((2, 2))}, "2 x for 1 y"),
        ({"x": np.zeros((0, 2)), "y": np.zeros((0, 1))}, "0 x for 0 y"),
        ({"y": np.full((1, 1), 2.0)}, "bce needs targets"),
    ],
)
def test_data_that_does_not_fit_the_network_is_refused(change, says):
    step = example().step
    given = {"x": step.x, "y": step.y, **change}
    with pytest.raises(UserError, match=says):
        TrainingStep(step.network, step.parameters, given["x"], given["y"], 0.1)


def entry_formulas(traced):
    return {o.writes: numbers(traced, o.index, (0,) * o.value.ndim) for o in traced.operations}


def test_numbers_spell_out_one_entry():
    found = entry_formulas(example(regularization=Regularization(Penalty.L1, 0.01)))
    relu = r"\mathrm{ReLU}"
    inside = r"0.31 \cdot 0.5 + (-0.8) \cdot 1 + 0.1"
    assert found["z1"] == f"z_{{1,1}} = {inside} = -0.545"
    assert found["a1"] == f"h_{{1}} = {relu}({inside}) = {relu}(-0.545) = 0"
    # The second hidden unit gives 0.31·0.3 + 0.8·0.4 + 0.2 = 0.613, the logit −0.7·0.613 + 0.05 = −0.3791.
    assert found["z2"] == r"z_{2,1} = 0 \cdot 1.2 + 0.613 \cdot (-0.7) + 0.05 = -0.3791"
    assert found["dz2"] == (
        r"\frac{\partial L}{\partial z_{2,1}} = \frac{1}{1} (\sigma(-0.3791) - 1)"
        r" = \frac{1}{1} (0.4063 - 1) = -0.5937"
    )
    assert found["da1"] == r"\frac{\partial L}{\partial h_{1}} = (-0.5937) \cdot 1.2 = -0.7124"
    assert found["dz1"] == (
        rf"\frac{{\partial L}}{{\partial z_{{1,1}}}} = (-0.7124) \cdot {relu}'(-0.545) = (-0.7124) \cdot 0 = 0"
    )
    assert found["dR1"] == r"\frac{\partial R}{\partial W_{1,1,1}} = 0.01 \cdot \mathrm{sign}(0.5) = 0.01"
    assert found["W1'"] == r"W_{1,1,1}' = 0.5 - 0.1 \cdot (0 + 0.01) = 0.499"
    assert found["b2'"] == r"b_{2,1}' = 0.05 - 0.1 \cdot (-0.5937) = 0.1094"


def test_long_sums_are_cut_in_the_middle():
    network = Network(9, (layer(1, "tanh"),), Loss.MSE)
    traced = trace(step_of(network, 0))
    formula = numbers(traced, 0, (0, 0))
    assert formula.count(r"\cdot") == 4
    assert r"\dots" in formula


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.123456, "0.1235"),
        (-0.0, "0"),
        (1.0, "1"),
        (1.234567e-9, r"1.235 \cdot 10^{-9}"),
        (-2e20, r"-2 \cdot 10^{20}"),
        (math.inf, r"\infty"),
        (-math.inf, r"-\infty"),
        (math.nan, r"\mathrm{nan}"),
    ],
)
def test_numbers_have_four_significant_digits(value, shown):
    assert number(value) == shown


def drawn(formula):
    rows = render_tex_rows(formula, False)
    assert rows, formula
    assert not rows[0].startswith("TeXicode"), (formula, rows)
    return rows


@settings(max_examples=60, deadline=None)
@given(steps())
def test_every_formula_can_be_drawn_and_is_short_enough(step):
    traced = trace(step)
    for operation in traced.operations:
        entry = tuple(size - 1 for size in operation.value.shape)
        for formula in (operation.formula, numbers(traced, operation.index, entry)):
            drawn(formula)
            assert len(formula) <= 500


def test_formulas_use_the_names_of_the_tensors():
    found = {o.writes: o.formula for o in example(Loss.MSE, Regularization(Penalty.L2, 0.5)).operations}
    assert found["z1"] == "z_1 = a_0 W_1 + b_1"
    assert found["a1"] == r"a_1 = \mathrm{ReLU}(z_1)"
    assert found["L"] == r"L = \frac{1}{2 N} \sum (a_2 - y)^2"
    assert (
        found["dz2"] == r"\frac{\partial L}{\partial z_2} = \frac{\partial L}{\partial a_2} \odot \tanh'(z_2)"
    )
    assert found["dW1"] == r"\frac{\partial L}{\partial W_1} = a_0^\top \frac{\partial L}{\partial z_1}"
    assert found["b1'"] == r"b_1' = b_1 - \eta \frac{\partial L}{\partial b_1}"
    assert found["dR1"] == r"\frac{\partial R}{\partial W_1} = \lambda W_1"


def test_a_composition_is_spelt_out():
    network = Network(1, (layer(1, "sigmoid(relu)"),), Loss.MSE)
    found = {o.writes: o.formula for o in trace(step_of(network, 0)).operations}
    assert found["a1"] == r"a_1 = \sigma(\mathrm{ReLU}(z_1))"
    assert found["dz1"].endswith(r"(\sigma \circ \mathrm{ReLU})'(z_1)")
