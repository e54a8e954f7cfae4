import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.document import Problem, parse_json, parse_yaml
from acttutor.course.network_file import (
    Accumulate,
    Adam,
    Compat,
    NetworkFile,
    NetworkFileError,
    Sgd,
    from_node,
    load,
)
from acttutor.errors import UserError
from acttutor.nn.init import initial, parse
from acttutor.nn.losses import Loss, Penalty, Regularization
from acttutor.nn.normalization import Norm

FULL = """\
format: 1
inputs: 2
features: [x, y, xSquared]
layers:
  - {units: 4, activation: elu, params: {alpha: 0.5}, train_params: true}
  - {units: 4, activation: [relu, relu, mish, {name: prelu, params: {a: 0.1}}]}
  - {units: 4, activation: {name: tanh}, residual: true, norm: layer}
  - {units: 1, activation: sigmoid}
loss: bce
init: he
gain: 2
seed: 7
data:
  - {x: [0, 1], y: [1]}
  - {x: [1, 1], y: [0]}
  - {x: [1, 0], y: [1]}
optimizer: {kind: adam, beta1: 0.8}
learning_rate: 0.01
batch_size: 2
shuffle: false
accumulate: carry
regularization: {kind: l2, rate: 0.001}
epochs: 1e2
"""
SMALL = """\
inputs: 2
layers:
  - {units: 3, activation: tanh}
  - {units: 1, activation: linear}
data: [{x: [0, 1], y: [1]}]
"""


def network(text: str) -> NetworkFile:
    node, problems = parse_yaml(text, "net.yaml")
    assert node is not None
    assert not problems
    result, problems = from_node(node, "net.yaml")
    assert not problems
    assert result is not None
    return result


def problems_of(text: str) -> list[Problem]:
    node, found = parse_yaml(text, "net.yaml")
    assert node is not None
    assert not found
    result, problems = from_node(node, "net.yaml")
    assert result is None
    return problems


def test_every_key_of_the_schema_is_understood() -> None:
    file = network(FULL)
    layers = file.network.layers
    assert file.network.inputs == 2
    assert file.network.features == ("x", "y", "xSquared")
    assert file.network.widths == (3, 4, 4, 4, 1)
    assert file.network.loss is Loss.BCE
    assert layers[0].activations[0].params == (("alpha", 0.5),)
    assert layers[0].train_params
    assert [applied.name for applied in layers[1].activations] == ["relu", "relu", "mish", "prelu"]
    assert layers[1].activations[3].params == (("a", 0.1),)
    assert (layers[2].residual, layers[2].norm) == (True, Norm.LAYER)
    assert file.x.tolist() == [[0, 1], [1, 1], [1, 0]]
    assert file.y.tolist() == [[1], [0], [1]]
    training = file.training
    assert training.optimizer == Adam(beta1=0.8)
    assert (training.learning_rate, training.batch_size, training.epochs) == (0.01, 2, 100)
    assert (training.shuffle, training.accumulate) == (False, Accumulate.CARRY)
    assert training.regularization == Regularization(Penalty.L2, 0.001)


def test_what_is_left_out_has_its_default() -> None:
    file = network(SMALL)
    training = file.training
    assert file.network.loss is Loss.MSE
    assert file.seed == 0
    assert training.optimizer == Sgd()
    assert (training.shuffle, training.accumulate, training.compat) == (True, Accumulate.FRESH, None)
    assert (training.batch_size, training.epochs) == (None, 100)
    assert not training.regularization.active


def test_weights_that_are_not_given_are_drawn_with_the_seed() -> None:
    file = network(FULL)
    expected = initial(file.network, parse("he", 2.0), 7)
    for name, array in expected.named().items():
        np.testing.assert_array_equal(file.parameters.named()[name], array)


def test_given_weights_and_biases_stand_in_the_layout_of_the_file() -> None:
    file = network(
        SMALL + "weights: [[[1, 2, 3], [4, 5, 6]], [[7], [8], [9]]]\nbiases: [[.1, .2, .3], [-1]]\n"
    )
    assert file.parameters.weights[0].tolist() == [[1, 2, 3], [4, 5, 6]]
    assert file.parameters.weights[1].tolist() == [[7], [8], [9]]
    assert [biases.tolist() for biases in file.parameters.biases] == [[0.1, 0.2, 0.3], [-1]]


def test_given_weights_keep_biases_at_zero() -> None:
    file = network(SMALL + "weights: [[[1, 2, 3], [4, 5, 6]], [[7], [8], [9]]]\n")
    assert [biases.tolist() for biases in file.parameters.biases] == [[0, 0, 0], [0]]


def test_playground_compatibility_sets_playgrounds_own_defaults() -> None:
    file = network(SMALL + "compat: playground\nseed: 3\n")
    training = file.training
    assert training.compat is Compat.PLAYGROUND
    assert (training.shuffle, training.accumulate, training.batch_size) == (False, Accumulate.CARRY, 10)
    assert training.learning_rate == 0.03
    assert file.parameters.biases[0].tolist() == [0.1, 0.1, 0.1]
    expected = initial(file.network, parse("uniform:0.5"), 3)
    np.testing.assert_array_equal(file.parameters.weights[0], expected.weights[0])


def test_playground_compatibility_yields_to_given_weights_and_contradicts_shuffling() -> None:
    file = network(SMALL + "compat: playground\nbiases: [[1, 2, 3], [4]]\n")
    assert file.parameters.biases[0].tolist() == [1, 2, 3]
    problems = problems_of(SMALL + "compat: playground\nshuffle: true\naccumulate: fresh\n")
    assert [problem.suggestion for problem in problems] == ["shuffle: false", "accumulate: carry"]


def test_a_step_takes_the_first_batch_in_order() -> None:
    step = network(FULL.replace("kind: adam, beta1: 0.8", "kind: sgd")).step()
    assert step.x.tolist() == [[0, 1], [1, 1]]
    assert step.y.tolist() == [[1], [0]]
    assert step.learning_rate == 0.01
    assert step.regularization == Regularization(Penalty.L2, 0.001)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (FULL, "17:19", "optimizer.kind: one step is traced with sgd, not adam"),
        (SMALL.replace("data: [{x: [0, 1], y: [1]}]", ""), "1:1", "there is no data"),
        (SMALL.replace("data: [{x: [0, 1], y: [1]}]", "data:"), "5:6", "there is no data"),
    ],
)
def test_a_step_that_cannot_be_taken_says_why_and_where_in_the_file(
    text: str, place: str, message: str
) -> None:
    file = network(text)
    with pytest.raises(UserError, match=message) as caught:
        file.step()
    assert str(caught.value).startswith(f"net.yaml:{place}: ")
    assert caught.value.hint


def test_a_step_too_large_to_show_is_refused_before_it_is_computed() -> None:
    points = ", ".join(["{x: [0, 1], y: [1]}"] * 2001)
    text = SMALL.replace("units: 3", "units: 1000") + "batch_size: {size}\n"
    file = network(text.replace("{x: [0, 1], y: [1]}", points).replace("{size}", "2000"))
    with pytest.raises(
        UserError,
        match=r"^net\.yaml:6:13: batch_size: 2000 points make 2006000 activations, too many to show",
    ):
        file.step()
    assert len(replace(file, training=replace(file.training, batch_size=10)).step().x) == 10


@pytest.mark.parametrize(
    ("change", "key", "place", "suggestion"),
    [
        (("tanh", "tanhh"), "layers[0].activation", (3, 28), "did you mean tanh?"),
        (("tanh", "elu, params: {alhpa: 1}"), "layers[0].activation", (3, 28), "did you mean alpha?"),
        (
            ("tanh", "[tanh, relu]"),
            "layers[0].activation",
            (3, 28),
            "give one activation, or one for each unit",
        ),
        (("tanh", "[elu, elu, elu], params: {alpha: 1}"), "layers[0].params", (3, 53), "write {name"),
        (("tanh}", "tanh, residual: true}"), "layers[0]", (3, 5), "both must be equally many"),
        (("units: 3", "units: 0"), "layers[0].units", (3, 13), "a whole number ≥ 1"),
        (("units: 3", "unit: 3"), "layers[0].unit", (3, 6), "did you mean units?"),
        (("y: [1]", "y: [1, 2]"), "data[0].y", (5, 23), "give 1, one per unit of the last layer"),
        (("x: [0, 1]", "x: [0]"), "data[0].x", (5, 12), "give 2, one per input"),
        (("x: [0, 1]", "x: [0, .nan]"), "data[0].x[1]", (5, 16), "give a finite number"),
        (("data", "dtaa"), "dtaa", (5, 1), "did you mean data?"),
        (("data:", "init: hee\ndata:"), "init", (5, 7), "did you mean he?"),
        (("data:", "features: [x, z]\ndata:"), "features", (5, 11), "one of x, y"),
        (("data:", "loss: bce\ndata:"), "layers[1]", (4, 5), "activation: sigmoid"),
        (
            ("data:", "weights: [[[1, 2, 3], [4, 5]], [[7], [8], [9]]]\ndata:"),
            "weights[0][1]",
            (5, 23),
            "give 3",
        ),
        (("data:", "weights: [[[1, 2, 3]], [[7], [8], [9]]]\ndata:"), "weights[0]", (5, 11), "one per input"),
        (("data:", "weights: [[[1, 2, 3], [4, 5, 6]]]\ndata:"), "weights", (5, 10), "one entry per layer"),
        (
            ("data:", "biases: [[1, 2, 3], []]\ndata:"),
            "biases[1]",
            (5, 21),
            "give 1, one per unit of layer 2",
        ),
        (("data:", "regularization: {kind: l2}\ndata:"), "regularization", (5, 17), ""),
        (("data:", "optimizer: {kind: sdg}\ndata:"), "optimizer.kind", (5, 19), "did you mean sgd?"),
        (
            ("data:", "optimizer: {kind: sgd, beta1: 0.9}\ndata:"),
            "optimizer.beta1",
            (5, 24),
            "known keys: kind",
        ),
        (("data:", "format: 2\ndata:"), "format", (5, 9), "give 1"),
    ],
)
def test_a_mistake_is_told_with_its_key_its_place_and_what_would_be_right(
    change: tuple[str, str], key: str, place: tuple[int, int], suggestion: str
) -> None:
    problems = problems_of(SMALL.replace(*change, 1))
    found = [problem for problem in problems if (problem.line, problem.column) == place]
    assert found, problems
    assert key in found[0].message
    assert suggestion in found[0].suggestion


def test_one_broken_key_does_not_hide_what_is_wrong_elsewhere() -> None:
    problems = problems_of(SMALL.replace("tanh", "tanhh").replace("x: [0, 1]", "x: [0]") + "epochs: many\n")
    assert {problem.message.partition(":")[0] for problem in problems} == {"epochs", "layers[0].activation"}


def test_targets_without_meaning_for_the_loss_are_told_point_by_point() -> None:
    text = SMALL.replace("linear", "sigmoid") + "loss: bce\n"
    problems = problems_of(text.replace("y: [1]}]", "y: [1]}, {x: [0, 0], y: [2]}, {x: [0, 0], y: [-1]}]"))
    assert [problem.message.partition(":")[0] for problem in problems] == ["data[1].y", "data[2].y"]


def test_too_many_weights_are_refused_before_they_are_drawn() -> None:
    text = "inputs: 1\nlayers:\n" + "  - {units: 1000, activation: relu}\n" * 3
    assert "2001000 weights are too many" in problems_of(text)[0].message


def test_the_suffix_decides_between_yaml_and_json(tmp_path: Path) -> None:
    for name in ("net.yaml", "net.YML"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
        assert load(tmp_path / name).network.widths == (2, 3, 1)
    document = {"inputs": 1, "layers": [{"units": 1, "activation": "relu"}], "loss": None, "batch_size": None}
    (tmp_path / "net.json").write_text(json.dumps({**document, "loss": "mse"}), encoding="utf-8")
    assert load(tmp_path / "net.json").network.widths == (1, 1)
    (tmp_path / "net.txt").write_text(SMALL, encoding="utf-8")
    with pytest.raises(UserError, match=r"name it .yaml, .yml or .json"):
        load(tmp_path / "net.txt")


def test_a_file_that_is_not_there_is_a_user_error(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.yaml", tmp_path):
        with pytest.raises(UserError):
            load(path)


def test_loading_tells_every_problem_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "net.yaml"
    path.write_text("loss: mes\n" + SMALL.replace("units", "unit"), encoding="utf-8")
    with pytest.raises(NetworkFileError) as caught:
        load(path)
    places = [(problem.line, problem.column) for problem in caught.value.problems]
    assert places == sorted(places)
    assert len(places) == 5
    assert str(caught.value).startswith(f"{path}:1:7: ")


_KEYS = ["data", "weights", "biases", "loss", "optimizer", "regularization", "features", "init", "compat"]
_VALUES = [
    "relu",
    "elu",
    "softmax",
    "maxout",
    "sigmoid(relu)",
    "playground",
    "cross_entropy",
    "bce",
    "l2",
    "adam",
]
_words = st.sampled_from(
    [
        *_KEYS,
        *_VALUES,
        "inputs",
        "layers",
        "units",
        "activation",
        "x",
        "y",
        "kind",
        "rate",
        "true",
        "-1",
        "1e400",
    ]
)
_documents: st.SearchStrategy[Any] = st.recursive(
    _words | st.integers(-2, 3) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=5),
    max_leaves=15,
)
_layers = st.fixed_dictionaries(
    {"units": st.integers(1, 3), "activation": _documents},
    optional={"params": _documents, "residual": _documents},
)
_network_like = st.fixed_dictionaries(
    {"inputs": st.integers(1, 3), "layers": st.lists(_layers, max_size=3)},
    optional=dict.fromkeys(_KEYS, _documents),
)


@given(_documents | _network_like)
def test_no_document_makes_reading_a_network_raise(document: object) -> None:
    node, _ = parse_json(json.dumps(document), "net.json")
    assert node is not None
    result, problems = from_node(node, "net.json")
    assert (result is None) == bool(problems)
