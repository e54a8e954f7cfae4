import math

import numpy as np
import pytest
from hypothesis import given, settings

from acttutor.errors import UserError
from acttutor.nn.activations import Activation, Applied, apply, get
from acttutor.nn.init import initial, parse
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss
from acttutor.nn.network import (
    Network,
    Norm,
    Parameters,
    check_parameters,
    forward,
    gradients,
    inputs_of,
    loss_of,
)
from tests.nn.random_networks import networks, step_of, steps


def layer(units, *activations, **more):
    return Layer(units, tuple(apply(name) for name in activations), **more)


def test_forward_and_backward_of_a_small_network_agree_with_the_sums_done_by_hand():
    network = Network(2, (layer(2, "tanh", "relu"), layer(1, "sigmoid")), Loss.MSE)
    W1, b1, W2, b2 = (
        np.array([[0.5, -0.3], [0.2, 0.8]]),
        np.array([0.1, 0.2]),
        np.array([[1.5], [-2.0]]),
        np.array([0.3]),
    )
    x1, x2, y = 0.7, 0.4, 0.9
    h1 = math.tanh(x1 * 0.5 + x2 * 0.2 + 0.1)
    h2 = x1 * -0.3 + x2 * 0.8 + 0.2
    out = 1 / (1 + math.exp(-(1.5 * h1 - 2.0 * h2 + 0.3)))
    dz = (out - y) * out * (1 - out)
    parameters = Parameters((W1, W2), (b1, b2), ((), ()))
    x, target = np.array([[x1, x2]]), np.array([[y]])
    assert forward(network, parameters, x).a[1].item() == pytest.approx(out, rel=1e-15)
    found = gradients(network, parameters, x, target)
    assert found.loss.item() == pytest.approx(0.5 * (out - y) ** 2, rel=1e-14)
    assert found.weights[1].ravel() == pytest.approx([dz * h1, dz * h2], rel=1e-14)
    d1, d2 = dz * 1.5 * (1 - h1**2), dz * -2.0
    assert found.weights[0] == pytest.approx(np.array([[x1 * d1, x1 * d2], [x2 * d1, x2 * d2]]), rel=1e-13)
    assert found.biases[0] == pytest.approx([d1, d2], rel=1e-13)
    assert found.biases[1] == pytest.approx([dz], rel=1e-13)


def test_each_unit_of_a_mixed_layer_has_its_own_activation():
    mixed = layer(4, "relu", "mish", "relu", "tanh")
    z = np.array([[-1.0, 0.5, 2.0, 0.3]])
    expected = [apply(name).value(z[0, unit]) for unit, name in enumerate(["relu", "mish", "relu", "tanh"])]
    assert np.array_equal(mixed.activate(z, ()), [expected])


def test_learned_parameters_are_shared_in_a_uniform_layer_and_each_units_own_in_a_mixed_one():
    network = Network(
        1,
        (layer(3, "prelu", train_params=True), layer(3, "swish", "relu", "acon_c", train_params=True)),
        Loss.MSE,
    )
    names = list(initial(network, parse("he"), 0).named())
    assert names == ["W1", "b1", "p1.a", "W2", "b2", "p2.1.beta", "p2.3.p1", "p2.3.p2", "p2.3.beta"]
    mixed_alike = Network(1, (layer(2, "prelu", "prelu", train_params=True),), Loss.MSE)
    assert list(initial(mixed_alike, parse("he"), 0).named()) == ["W1", "b1", "p1.1.a", "p1.2.a"]
    assert list(initial(Network(1, (layer(2, "prelu"),), Loss.MSE), parse("he"), 0).named()) == ["W1", "b1"]


def test_a_learned_value_takes_the_place_of_the_one_in_the_layer():
    prelu = layer(2, "prelu", train_params=True)
    network = Network(1, (prelu,), Loss.MSE)
    parameters = initial(network, parse("he"), 0).replaced(
        {"W1": np.array([[1.0, -1.0]]), "p1.a": np.asarray(0.5)}
    )
    assert forward(network, parameters, np.array([[-2.0]])).a[0].tolist() == [[-1.0, 2.0]]


@settings(max_examples=60, deadline=None)
@given(networks())
def test_naming_and_replacing_parameters_is_lossless(network):
    parameters = initial(network, parse("he"), 0)
    doubled = parameters.replaced({name: 2 * value for name, value in parameters.named().items()})
    assert list(doubled.named()) == list(parameters.named())
    for name, value in parameters.named().items():
        assert np.array_equal(doubled.named()[name], 2 * value)
    check_parameters(network, doubled)


@settings(max_examples=60, deadline=None)
@given(steps())
def test_a_leading_axis_of_networks_gives_the_same_as_one_network_at_a_time(step):
    if any(layer.train_params for layer in step.network.layers):
        return
    other = step_of(step.network, seed=1).parameters
    both = Parameters(
        tuple(np.stack(pair) for pair in zip(step.parameters.weights, other.weights, strict=True)),
        tuple(np.stack(pair) for pair in zip(step.parameters.biases, other.biases, strict=True)),
        step.parameters.activation,
    )
    together = gradients(step.network, both, step.x, step.y)
    for index, parameters in enumerate((step.parameters, other)):
        alone = gradients(step.network, parameters, step.x, step.y)
        np.testing.assert_allclose(together.loss[index], alone.loss, rtol=1e-12)
        for name, value in alone.named().items():
            np.testing.assert_allclose(together.named()[name][index], value, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("norm", [Norm.BATCH, Norm.LAYER])
@pytest.mark.parametrize("loss", [Loss.MSE, Loss.BCE])
def test_gradients_through_normalisation_are_the_slopes_of_the_loss(norm, loss):
    last = layer(3, "sigmoid", norm=norm)
    network = Network(3, (layer(3, "tanh", norm=norm, residual=True), last), loss)
    step = step_of(network, 4, samples=5)
    found = gradients(network, step.parameters, step.x, step.y).named()
    for name, value in step.parameters.named().items():
        for entry in np.ndindex(value.shape):
            by = np.zeros_like(value)
            by[entry] = 1e-5
            up, down = (step.parameters.replaced({name: value + sign * by}) for sign in (1, -1))
            slope = (loss_of(network, up, step.x, step.y) - loss_of(network, down, step.x, step.y)) / 2e-5
            assert found[name][entry] == pytest.approx(slope, rel=1e-7, abs=1e-8)


def test_normalised_pre_activations_have_mean_0_and_variance_1_along_their_axis():
    network = Network(
        3, (layer(4, "identity", norm=Norm.BATCH), layer(4, "identity", norm=Norm.LAYER)), Loss.MSE
    )
    step = step_of(network, 0, samples=6)
    batch, per_sample = forward(network, step.parameters, step.x).seen
    for values, axis in ((batch, 0), (per_sample, 1)):
        assert values.mean(axis=axis) == pytest.approx(0, abs=1e-12)
        assert values.var(axis=axis) == pytest.approx(1, abs=1e-2)


def test_a_residual_layer_adds_its_input():
    network = Network(2, (layer(2, "relu", residual=True),), Loss.MSE)
    parameters = Parameters((-np.eye(2),), (np.zeros(2),), ((),))
    assert forward(network, parameters, np.array([[1.0, 3.0]])).a[0].tolist() == [[1.0, 3.0]]


def test_features_are_computed_from_the_two_raw_inputs():
    names = ("x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY")
    network = Network(2, (layer(1, "identity"),), Loss.MSE, names)
    expected = [2.0, -3.0, 4.0, 9.0, -6.0, math.sin(2.0), math.sin(-3.0)]
    assert inputs_of(network, np.array([[2.0, -3.0]])).tolist() == [expected]


@pytest.mark.parametrize("extreme", [1e308, -1e308, math.inf, math.nan])
@pytest.mark.parametrize("loss", list(Loss))
def test_values_beyond_float64_pass_silently(extreme, loss):
    last = {Loss.MSE: "identity", Loss.BCE: "sigmoid", Loss.CROSS_ENTROPY: "softmax"}[loss]
    network = Network(2, (layer(3, "gelu", "prelu", "softplus", train_params=True), layer(2, last)), loss)
    step = step_of(network, 0)
    found = gradients(network, step.parameters, np.full((3, 2), extreme), step.y)
    assert found.weights[0].shape == (2, 3)


@pytest.mark.parametrize(
    ("build", "where", "says"),
    [
        (
            lambda: Network(1, (layer(1, "relu"),), Loss.BCE),
            "layer 1",
            "bce needs sigmoid in the last layer, not relu",
        ),
        (
            lambda: Network(1, (layer(2, "sigmoid"),), Loss.CROSS_ENTROPY),
            "layer 1",
            "cross_entropy needs softmax",
        ),
        (lambda: Network(2, (layer(2, "sigmoid", "tanh"),), Loss.BCE), "layer 1", "not sigmoid, tanh"),
        (lambda: Network(2, (layer(2, "sigmoid", residual=True),), Loss.BCE), "layer 1", "residual"),
        (
            lambda: Network(2, (layer(2, "tanh"), layer(3, "tanh", residual=True)), Loss.MSE),
            "layer 2",
            "2 inputs",
        ),
        (lambda: Network(0, (layer(1, "tanh"),), Loss.MSE), "inputs", "at least 1"),
        (lambda: Network(1, (), Loss.MSE), "layers", "at least one layer"),
        (lambda: Network(3, (layer(1, "tanh"),), Loss.MSE, ("x",)), "inputs", "2 raw inputs"),
        (lambda: Network(2, (layer(1, "tanh"),), Loss.MSE, ("xSquare",)), "features", "xSquared"),
        (lambda: Network(2, (layer(1, "tanh"),), Loss.MSE, ("x", "x")), "features", "twice"),
        (lambda: layer(0, "tanh"), "units", "at least 1"),
        (lambda: layer(3, "tanh", "relu"), "activation", "2 activations for 3 units"),
        (lambda: layer(2, "tanh", "softmax"), "activation", "softmax works on a whole layer"),
    ],
)
def test_a_network_that_cannot_work_is_refused_with_its_place(build, where, says):
    with pytest.raises(UserError) as caught:
        build()
    assert caught.value.where == where
    assert says in str(caught.value)


def test_maxout_is_refused_as_a_layer():
    maxout = get("maxout")
    assert isinstance(maxout, Activation)
    with pytest.raises(UserError, match="maxout cannot be used in a layer"):
        Layer(1, (Applied(maxout),))


def test_bce_takes_a_mixed_last_layer_of_sigmoids():
    assert Network(1, (layer(2, "sigmoid", "sigmoid"),), Loss.BCE).loss is Loss.BCE


@pytest.mark.parametrize(
    ("weights", "biases", "says"),
    [
        ([np.zeros((2, 2))], [np.zeros(3)], "weights are 2 x 2 and should be 2 x 3"),
        ([np.zeros((2, 3))], [np.zeros(2)], "biases are 2 and should be 3"),
        ([np.zeros((2, 3))] * 2, [np.zeros(3)], "weights for 2 layers"),
    ],
)
def test_parameters_of_the_wrong_shape_are_refused(weights, biases, says):
    network = Network(2, (layer(3, "tanh"),), Loss.MSE)
    with pytest.raises(UserError, match=says):
        check_parameters(network, Parameters(tuple(weights), tuple(biases), ((),)))
