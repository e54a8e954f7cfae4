"""Network files whose data is generated: points and targets on the scale of the loss, and mistakes at their keys."""

import numpy as np
import pytest

from acttutor.course.document import Problem, parse_yaml
from acttutor.course.network_file import Generated, NetworkFile, from_node
from acttutor.nn.datasets import dataset
from acttutor.nn.trace import trace

# The example of the design, as it stands there, but for the layer that a trace cannot show.
DESIGN = """\
format: 1
inputs: 2
features: [x, y, xSquared]
layers:
  - {units: 4, activation: elu, params: {alpha: 1.0}, train_params: false}
  - {units: 4, activation: [relu, relu, mish, {name: prelu, params: {a: 0.1}}]}
  - {units: 4, activation: tanh, residual: true, norm: none}
  - {units: 1, activation: sigmoid}
loss: bce
init: he
seed: 7
data: {dataset: xor, n: 500, noise: 0.1, seed: 7}
optimizer: {kind: sgd}
learning_rate: 0.1
batch_size: 10
shuffle: true
accumulate: fresh
regularization: {kind: l2, rate: 0.001}
epochs: 100
"""
SMALL = """\
inputs: 2
layers:
  - {units: 3, activation: relu}
  - {units: 1, activation: tanh}
loss: mse
data: {dataset: circle, n: 40, noise: 0.1, seed: 3}
"""


def read(text: str) -> tuple[NetworkFile | None, list[Problem]]:
    node, problems = parse_yaml(text, "net.yaml")
    assert node is not None
    assert not problems
    return from_node(node, "net.yaml")


def network(text: str) -> NetworkFile:
    result, problems = read(text)
    assert not problems
    assert result is not None
    return result


def test_the_points_are_those_of_the_data_set() -> None:
    file = network(DESIGN)
    made = dataset("xor", 500, 0.1, 7)
    assert file.generated == Generated("xor", 500, 0.1, 7)
    assert np.array_equal(file.x, made.x)
    assert np.array_equal(file.y, made.y)


def test_a_step_takes_the_first_batch_and_can_be_traced() -> None:
    step = network(DESIGN).step()
    made = dataset("xor", 500, 0.1, 7)
    assert np.array_equal(step.x, made.x[:10])
    assert np.array_equal(step.y, made.y[:10])
    taken = trace(step)
    assert taken.tensor("a0").shape == (10, 3)
    assert 0.0 < taken.loss < 5.0


@pytest.mark.parametrize(
    ("last", "loss", "more", "targets"),
    [
        ("sigmoid", "bce", "", {0.0, 1.0}),
        ("sigmoid", "bce", "compat: playground", {0.0, 1.0}),
        ("sigmoid", "mse", "", {0.0, 1.0}),
        ("linear", "mse", "", {0.0, 1.0}),
        ("relu", "mse", "", {0.0, 1.0}),
        ("tanh", "mse", "", {-1.0, 1.0}),
        ("hard_tanh", "mse", "", {-1.0, 1.0}),
        ("softsign", "mse", "", {-1.0, 1.0}),
        ("linear", "mse", "compat: playground", {-1.0, 1.0}),
    ],
)
def test_classes_are_on_the_scale_of_the_loss_and_the_last_layer(
    last: str, loss: str, more: str, targets: set[float]
) -> None:
    file = network(SMALL.replace("tanh", last).replace("loss: mse", f"loss: {loss}") + more)
    assert set(file.y.ravel()) == targets
    assert np.array_equal(file.y > 0.5, dataset("circle", 40, 0.1, 3).y == 1.0)


def test_cross_entropy_has_one_output_for_each_class() -> None:
    text = SMALL.replace("{units: 1, activation: tanh}", "{units: 2, activation: softmax}")
    file = network(text.replace("mse", "cross_entropy"))
    assert np.array_equal(file.y[:, [1]], dataset("circle", 40, 0.1, 3).y)
    assert np.array_equal(file.y.sum(axis=1), np.ones(40))


@pytest.mark.parametrize("more", ["", "compat: playground"])
@pytest.mark.parametrize("name", ["reg-plane", "reg-gauss"])
def test_numbers_to_predict_are_used_as_they_are(name: str, more: str) -> None:
    file = network(SMALL.replace("circle", name) + more)
    assert np.array_equal(file.y, dataset(name, 40, 0.1, 3).y)


@pytest.mark.parametrize(
    ("change", "place", "says", "hint"),
    [
        (("circle", "circel"), (6, 17), "data.dataset: unknown data set 'circel'", "did you mean circle?"),
        (("dataset: circle", "dataset: xorr"), (6, 17), "unknown data set 'xorr'", "did you mean xor?"),
        (
            ("noise: 0.1", "noise: 0.6"),
            (6, 39),
            "data.noise: noise goes from 0 to 0.5, not 0.6",
            "noise: 0.1",
        ),
        (("n: 40", "n: 0"), (6, 28), "data.n", ""),
        (("inputs: 2", "inputs: 3"), (6, 17), "circle has 2 inputs, the network 3", "inputs: 2"),
        (("units: 1", "units: 2"), (6, 17), "needs 1 output, not the 2 of the last layer", "units: 1"),
        (
            ("tanh}\nloss: mse", "softmax}\nloss: cross_entropy"),
            (6, 17),
            "circle with cross_entropy needs 2 outputs, not the 1 of the last layer",
            "units: 2",
        ),
        (
            ("tanh}\nloss: mse\ndata: {dataset: circle", "sigmoid}\nloss: bce\ndata: {dataset: reg-plane"),
            (6, 17),
            "reg-plane has numbers to predict, and bce needs classes",
            "loss: mse",
        ),
    ],
)
def test_what_does_not_fit_is_told_at_its_key(
    change: tuple[str, str], place: tuple[int, int], says: str, hint: str
) -> None:
    result, problems = read(SMALL.replace(*change, 1))
    assert result is None
    assert [(problem.line, problem.column) for problem in problems] == [place]
    assert says in problems[0].message
    assert hint in problems[0].suggestion
