import math

import numpy as np
import pytest
from hypothesis import given, settings

from acttutor.nn import gradcheck
from acttutor.nn.activations import apply
from acttutor.nn.gradcheck import check
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss
from acttutor.nn.network import Gradients, Network, Parameters, gradients
from acttutor.nn.operations import TrainingStep
from tests.nn.random_networks import ELEMENTWISE, LAST, step_of, steps


def network_with(applied, loss, train_params):
    last = Layer(2, (apply(LAST[loss]),)) if LAST[loss] else Layer(2, (applied,), train_params=train_params)
    return Network(2, (Layer(3, (applied,), train_params=train_params), last), loss)


@pytest.mark.parametrize("loss", list(Loss))
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_backpropagation_agrees_with_finite_differences_for_every_activation_and_loss(name, loss):
    # Two seeds: inputs and weights of usual size, and large ones that reach the saturated parts.
    far = 0
    for seed, gain in ((1, 1.0), (2, 3.0), (3, 2.0)):
        checks = check(step_of(network_with(apply(name), loss, True), seed, gain=gain))
        clear = [one for one in checks if not one.near_kink]
        far += len(clear)
        assert max((one.relative_error for one in clear), default=0.0) < 1e-7
    assert far > 0


@settings(max_examples=80, deadline=None)
@given(steps())
def test_backpropagation_agrees_with_finite_differences_for_random_networks(step):
    for one in check(step):
        assert one.near_kink or one.relative_error < 1e-7, one


def test_every_entry_of_every_parameter_is_checked_once():
    mixed = Layer(3, (apply("prelu"), apply("relu"), apply("swish")), train_params=True)
    step = step_of(Network(2, (mixed, Layer(1, (apply("sigmoid"),))), Loss.BCE), 0)
    found = [(one.name, one.entry) for one in check(step)]
    assert found == [
        *(("W1", entry) for entry in np.ndindex(2, 3)),
        *(("b1", entry) for entry in np.ndindex(3)),
        ("p1.1.a", ()),
        ("p1.3.beta", ()),
        *(("W2", entry) for entry in np.ndindex(3, 1)),
        ("b2", (0,)),
    ]


def test_a_wrong_gradient_is_found(monkeypatch):
    def forgetful(network, parameters, x, y) -> Gradients:
        found = gradients(network, parameters, x, y)
        return Gradients(tuple(w * 1.001 for w in found.weights), found.biases, found.activation, found.loss)

    monkeypatch.setattr(gradcheck, "gradients", forgetful)
    network = Network(2, (Layer(2, (apply("tanh"),)),), Loss.MSE)
    errors = {one.name: one.relative_error for one in check(step_of(network, 0))}
    assert errors["W1"] > 1e-5
    assert errors["b1"] < 1e-7


def relu_step(bias):
    network = Network(1, (Layer(1, (apply("relu"),)), Layer(1, (apply("identity"),))), Loss.MSE)
    parameters = Parameters((np.eye(1), np.eye(1)), (np.array([bias]), np.zeros(1)), ((), ()))
    return TrainingStep(network, parameters, np.array([[1.0]]), np.array([[3.0]]), 0.1)


@pytest.mark.parametrize(("bias", "near"), [(-1.0, True), (-1.0005, True), (-1.01, False), (0.5, False)])
def test_nearness_to_a_kink_is_reported_for_the_parameters_below_it(bias, near):
    found = {one.name: one.near_kink for one in check(relu_step(bias))}
    assert found == {"W1": near, "b1": near, "W2": False, "b2": False}


def test_at_the_kink_itself_the_two_differ():
    worst = max(check(relu_step(-1.0)), key=lambda one: one.relative_error)
    assert worst.name in ("W1", "b1")
    assert worst.analytic == 0.0
    assert worst.numeric == pytest.approx(-1.5, rel=1e-3)


def test_values_beyond_float64_give_nan_and_no_warning():
    step = relu_step(0.0)
    wild = TrainingStep(step.network, step.parameters, np.array([[math.inf]]), step.y, 0.1)
    assert any(math.isnan(one.relative_error) for one in check(wild))
