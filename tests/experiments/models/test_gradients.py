"""Gradients written by hand against finite differences, for several networks side by side."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from acttutor.experiments.models import attention, convolution, likelihoods, linear, logit, perceptron, unit
from acttutor.experiments.models.descent import Arrays
from acttutor.experiments.models.perceptron import Function
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss, gradient, value
from tests.experiments.models.finite import assert_agree, differences

_HEADS = {
    "linear": perceptron.LINEAR,
    "softplus": Function.of(apply("softplus")),
    "exp": perceptron.EXP,
}


def numbers(seed: int, *shapes: tuple[int, ...]) -> list[Array]:
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


def weights(seed: int, inputs: int, outputs: int) -> Arrays:
    """Two perceptrons with three hidden units, biases not 0."""
    return tuple(numbers(seed, (2, inputs, 3), (2, 1, 3), (2, 3, outputs), (2, 1, outputs)))


@pytest.mark.parametrize("name", ["relu", "tanh", "sigmoid", "identity"])
def test_the_plain_forms_are_those_of_the_registry(name: str) -> None:
    plain = {
        "relu": perceptron.RELU,
        "tanh": perceptron.TANH,
        "sigmoid": perceptron.SIGMOID,
        "identity": perceptron.LINEAR,
    }[name]
    z, applied = np.linspace(-5.0, 5.0, 101), apply(name)
    assert plain.value(z) == pytest.approx(applied.value(z), rel=1e-13, abs=1e-15)
    assert plain.slope(z, plain.value(z)) == pytest.approx(applied.derivative(z), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("loss", [Loss.BCE, Loss.CROSS_ENTROPY, Loss.MSE])
def test_a_perceptron(loss: Loss) -> None:
    (x,), y = numbers(0, (2, 5, 2)), linear.one_hot(np.array([[0, 1, 2, 1, 0]] * 2), 3)
    start = weights(1, 2, 3)

    def cost(current: Arrays) -> Array:
        return value(loss, perceptron.forward(current, x, perceptron.TANH).outputs, y)

    passed = perceptron.forward(start, x, perceptron.TANH)
    by_outputs = gradient(loss, passed.outputs, y)
    assert_agree(perceptron.backward(start, x, passed, perceptron.TANH, by_outputs), differences(cost, start))


@pytest.mark.parametrize("head", ["softplus", "exp"])
def test_the_poisson_likelihood_through_a_head(head: str) -> None:
    (z,), function = numbers(2, (2, 6, 1)), _HEADS[head]
    counts = np.array([[[0.0], [1.0], [2.0], [3.0], [0.0], [7.0]]] * 2)
    slope = likelihoods.poisson_slope(function.value(z), counts) * function.slope(z, function.value(z))
    assert_agree((slope,), differences(lambda at: likelihoods.poisson(function.value(at[0]), counts), (z,)))


def test_the_mean_square_has_no_half() -> None:
    prediction, target = numbers(3, (2, 4, 1), (2, 4, 1))
    assert_agree(
        (likelihoods.square_slope(prediction, target),),
        differences(lambda at: likelihoods.square(at[0], target), (prediction,)),
    )
    assert likelihoods.square(target + 2.0, target) == pytest.approx(4.0)


@pytest.mark.parametrize("head", ["softplus", "exp"])
def test_the_gaussian_likelihood_through_a_head(head: str) -> None:
    mean, z, y = numbers(4, (2, 5, 1), (2, 5, 1), (2, 5, 1))
    function = _HEADS[head]
    by_mean, by_variance = likelihoods.gaussian_slopes(mean, function.value(z), y)
    assert_agree(
        (by_mean, by_variance * function.slope(z, function.value(z))),
        differences(lambda at: likelihoods.gaussian(at[0], function.value(at[1]), y), (mean, z)),
    )


def test_softmax_put_on_twice() -> None:
    (z,), y = numbers(5, (2, 4, 3)), linear.one_hot(np.array([[0, 1, 2, 0]] * 2), 3)
    softmax = apply("softmax")
    assert_agree(
        (likelihoods.twice_softmax_slope(z, y),),
        differences(lambda at: value(Loss.CROSS_ENTROPY, softmax.value(at[0]), y), (z,)),
    )


def test_a_linear_model_whose_rows_of_targets_do_not_sum_to_1() -> None:
    x, start = numbers(6, (2, 5, 3), (2, 3, 4))
    shared = np.zeros((2, 5, 4))
    shared[:, 0, :2] = 0.5
    shared[:, 1, 3] = 1.0
    shared[:, 2] = (0.2, 0.1, 0.0, 0.3)

    def cost(current: Arrays) -> Array:
        outputs = x @ current[0]
        logs = outputs - np.log(np.exp(outputs).sum(axis=-1, keepdims=True))
        return np.asarray(-(shared * logs).sum(axis=-1).mean(axis=-1))

    assert_agree((linear.slope(Loss.CROSS_ENTROPY, start, x, shared),), differences(cost, (start,)))


def test_newton_leaves_a_logistic_fit_without_slope() -> None:
    rng = np.random.default_rng(7)
    x, labels = linear.with_ones(rng.standard_normal((60, 2))), (np.arange(60) % 2).astype(np.float64)
    found = linear.logistic_fit(x, labels)
    assert np.abs(linear.slope(Loss.BCE, found[:, None], x, labels[:, None])).max() < 1e-9


@pytest.mark.parametrize("loss", ["bce", "mse"])
def test_a_single_logit(loss: str) -> None:
    def cost(at: Arrays) -> Array:
        p = 1.0 / (1.0 + np.exp(-at[0]))
        return -np.log(p) if loss == "bce" else np.square(p - 1.0)

    for z in (-3.0, 0.5, 2.0):
        assert_agree((np.array([logit.slope(loss, z)]),), differences(cost, (np.array([z]),)))


@pytest.mark.parametrize("name", ["silu", "leaky_relu"])
def test_one_unit(name: str) -> None:
    x, applied = np.linspace(-3.0, 3.0, 8), apply(name)
    targets, *start = numbers(8, (2, 8), (2, 1), (2, 1), (2, 1))
    parameters = tuple(start)

    def cost(current: Arrays) -> Array:
        return np.square(unit.output(current, x, applied) - targets).mean(axis=-1)

    assert_agree(unit.gradients(parameters, x, targets, applied), differences(cost, parameters))


def test_one_unit_with_acon_c_and_the_registry_has_the_same() -> None:
    x = np.linspace(-3.0, 3.0, 8)
    targets, *start = numbers(9, (2, 8), *[(2, 1)] * 5)
    parameters = tuple(start)

    def cost(current: Arrays) -> Array:
        return np.square(unit.acon_output(current, x) - targets).mean(axis=-1)

    assert_agree(unit.acon_gradients(parameters, x, targets), differences(cost, parameters))
    scale, shift, first, second, beta = (float(part[0, 0]) for part in parameters)
    applied = apply("acon_c", {"p1": first, "p2": second, "beta": beta})
    assert unit.acon_output(parameters, x)[0] == pytest.approx(scale * applied.value(x) + shift)


@pytest.mark.parametrize("function", [perceptron.TANH, perceptron.SIGMOID, perceptron.LINEAR])
def test_a_convolution(function: Function) -> None:
    rng = np.random.default_rng(10)
    images, labels = convolution.bars(rng, 4)
    halves = [convolution.patches(half) for half in (images[:2], images[2:])]
    seen, parameters = np.concatenate(halves), convolution.initial(rng)

    def cost(current: Arrays) -> Array:
        outputs = convolution.logits(current, seen, function)
        return value(Loss.BCE, outputs[:, None], labels[:, None])

    assert_agree(convolution.gradients(parameters, seen, labels, function), differences(cost, parameters))


def small_lookup(seed: int) -> attention.Lookup:
    keys, queries, values, start = numbers(seed, (4, 5), (6, 5), (4, 3), (5, 5))
    return attention.Lookup(queries, keys, values, values[np.array([0, 1, 2, 3, 1, 0])], start)


def attention_loss(task: attention.Lookup, scale: float) -> Callable[[Arrays], Array]:
    softmax = apply("softmax")

    def cost(current: Arrays) -> Array:
        returned = softmax.value(scale * task.queries @ current[0] @ task.keys.T) @ task.values
        return value(Loss.MSE, returned, task.asked)

    return cost


def test_attention_by_its_products_and_by_its_matrix() -> None:
    task, scale = small_lookup(11), 0.4
    slope = attention.scores_slope(task.queries @ task.start @ task.keys.T, np.array(scale), task)
    by_matrix = task.queries.T @ slope @ task.keys
    assert_agree((by_matrix,), differences(attention_loss(task, scale), (task.start,)))


def test_training_on_the_products_is_training_on_the_matrix() -> None:
    task, scale, rate, matrix = small_lookup(12), 0.4, 2.0, small_lookup(12).start
    for _ in range(5):
        products = task.queries @ matrix @ task.keys.T
        move = task.queries.T @ attention.scores_slope(products, np.array(scale), task) @ task.keys
        matrix = matrix - rate * min(1.0, 1.0 / float(np.linalg.norm(move))) * move
    expected = attention.value_error(task.queries @ matrix @ task.keys.T, np.array(scale), task)
    found = attention.train(task, np.array([[scale]]), np.array([[rate]]), 5, lambda share: None)
    assert float(found) == pytest.approx(float(expected), rel=1e-10)
    assert math.isfinite(float(found))
