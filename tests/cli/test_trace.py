import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from acttutor.cli.main import root
from acttutor.cli.trace import brief

NETWORK = """\
inputs: 2
layers:
  - {units: 3, activation: [relu, mish, {name: prelu, params: {a: 0.1}}], train_params: true}
  - {units: 1, activation: sigmoid}
loss: bce
seed: 7
data: [{x: [0, 1], y: [1]}, {x: [1, 1], y: [0]}]
learning_rate: 0.5
regularization: {kind: l2, rate: 0.01}
"""


def run(
    tmp_path: Path, text: str, *options: str, before: tuple[str, ...] = (), name: str = "net.yaml"
) -> Result:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(root, [*before, "trace", str(path), *options], prog_name="acttutor")


@pytest.fixture
def document(tmp_path: Path) -> Any:
    result = run(tmp_path, NETWORK, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_json_has_the_documented_keys(document: Any) -> None:
    assert list(document) == ["operations", "loss", "gradients", "parameters_after"]
    for index, operation in enumerate(document["operations"]):
        assert list(operation) == ["index", "phase", "layer", "kind", "formula", "reads", "writes", "value"]
        assert operation["index"] == index
    assert [operation["layer"] for operation in document["operations"] if operation["kind"] == "loss"] == [
        None
    ]
    assert list(document["gradients"]) == list(document["parameters_after"])
    assert list(document["gradients"]) == ["W1", "b1", "p1.3.a", "W2", "b2"]


def test_parameters_after_are_parameters_minus_rate_times_gradient_and_penalty(document: Any) -> None:
    written = {operation["writes"]: np.array(operation["value"]) for operation in document["operations"]}
    for layer in ("1", "2"):
        gradient = np.array(document["gradients"][f"W{layer}"])
        before = written[f"dR{layer}"] / 0.01  # the l2 penalty's gradient is rate times the weights
        after = before - 0.5 * (gradient + written[f"dR{layer}"])
        np.testing.assert_allclose(document["parameters_after"][f"W{layer}"], after, rtol=1e-12, atol=1e-15)


def test_yaml_and_json_files_give_the_same_trace(tmp_path: Path, document: Any) -> None:
    as_json = {
        "inputs": 2,
        "layers": [
            {
                "units": 3,
                "activation": ["relu", "mish", {"name": "prelu", "params": {"a": 0.1}}],
                "train_params": True,
            },
            {"units": 1, "activation": "sigmoid"},
        ],
        "loss": "bce",
        "seed": 7,
        "data": [{"x": [0, 1], "y": [1]}, {"x": [1, 1], "y": [0]}],
        "learning_rate": 0.5,
        "regularization": {"kind": "l2", "rate": 0.01},
    }
    result = run(tmp_path, json.dumps(as_json), "--json", name="net.json")
    assert json.loads(result.stdout) == document


def test_numbers_beyond_float64_are_strings_in_json(tmp_path: Path) -> None:
    text = "inputs: 1\nlayers: [{units: 1, activation: linear}]\nweights: [[[1e300]]]\ndata: [{x: [1e300], y: [0]}]\n"
    result = run(tmp_path, text, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["operations"][0]["value"] == [["inf"]]


OVERFLOWING = """\
inputs: 2
layers: [{units: 2, activation: relu}, {units: 1, activation: sigmoid}]
loss: bce
weights: [[[1e200, 1], [1, 1]], [[1e200], [1]]]
data: [{x: [0, 1], y: [1]}, {x: [1e10, 1], y: [1]}]
"""


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_where_numbers_overflow_first_is_told_beside_the_trace(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    result = run(tmp_path, OVERFLOWING, *options)
    assert result.exit_code == 0
    assert "nan" in result.stdout
    assert result.stderr == (
        f"acttutor: {tmp_path / 'net.yaml'}: z2 overflowed in operation 2 (weighted sum): z2[2, 1] = inf; "
        "smaller weights or inputs help\n"
    )


def test_features_that_overflow_are_told_too(tmp_path: Path) -> None:
    text = OVERFLOWING.replace("inputs: 2", "inputs: 2\nfeatures: [x, ySquared]").replace(
        "[0, 1]", "[0, -1e200]"
    )
    result = run(tmp_path, text)
    assert "a0 overflowed before the first operation: a0[1, 2] = inf" in result.stderr


def test_a_generated_data_set_is_traced_on_its_first_batch(tmp_path: Path) -> None:
    text = NETWORK.replace(
        "[{x: [0, 1], y: [1]}, {x: [1, 1], y: [0]}]",
        "{dataset: spiral, n: 50, noise: 0.1, seed: 3}\nbatch_size: 10",
    )
    result = run(tmp_path, text, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    first = json.loads(result.stdout)["operations"][0]
    assert np.shape(first["value"]) == (10, 3)
    assert run(tmp_path, text).stdout.splitlines()[0].startswith("network 2-3-1, loss bce, 10 samples")


def test_the_table_shows_every_operation_under_its_phase(tmp_path: Path, document: Any) -> None:
    result = run(tmp_path, NETWORK)
    lines = result.stdout.splitlines()
    assert lines[0] == "network 2-3-1, loss bce, 2 samples, learning rate 0.5"
    assert [line for line in lines if line in ("forward", "loss", "backward", "update")] == [
        "forward",
        "loss",
        "backward",
        "update",
    ]
    rows = [line for line in lines if line[:4].strip().isdigit()]
    assert [int(row[:4]) for row in rows] == list(range(len(document["operations"])))
    for row, operation in zip(rows, document["operations"], strict=True):
        assert operation["writes"] in row
    assert all(len(row) <= 80 for row in rows)
    assert f"{document['loss']:.6g}" in lines[-1]


def test_the_table_is_ascii_when_asked(tmp_path: Path) -> None:
    result = run(tmp_path, NETWORK, before=("--ascii",))
    assert result.exit_code == 0
    assert result.stdout.isascii()


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        (NETWORK.replace("mish", "mihs"), ":3:35: ", "layers[0].activation[1]: "),
        (NETWORK.replace("seed: 7", "sead: 7"), ":6:1: ", "unknown key sead (did you mean seed?)"),
        (NETWORK.replace("y: [0]}", "y: [0, 1]}"), ":7:44: ", "data[1].y: 2 numbers (give 1"),
        (NETWORK.replace("seed: 7", "seed: [7"), ":7:5: ", "begun in line 6"),
        (
            NETWORK.replace("seed: 7", "optimizer: {kind: adam}"),
            ":6:19: ",
            "optimizer.kind: one step is traced with sgd",
        ),
        (NETWORK.replace("seed: 7", "seed: &a 7"), ":6:7: ", "anchors are not allowed"),
        (NETWORK.replace("train_params: true", "norm: batch"), ":3:5: ", "layers[0]: a trace"),
        (NETWORK.replace("data:", "dtaa:"), ":7:1: ", "unknown key dtaa (did you mean data?)"),
        (NETWORK.partition("data:")[0], ":1:1: ", "data: there is no data"),
        (
            NETWORK.replace("[{x: [0, 1], y: [1]}, {x: [1, 1], y: [0]}]", "{dataset: xorr}"),
            ":7:17: ",
            "unknown data set 'xorr' (did you mean xor?)",
        ),
        (
            NETWORK.replace("data:", "weights: [[[1, 2, 3]], [[1], [2], [3]]]\ndata:"),
            ":7:11: ",
            "weights[0]: 1 rows",
        ),
        ("", ":1:1: ", "there is nothing here"),
    ],
)
def test_a_malformed_file_is_told_with_path_line_key_and_what_would_be_right(
    tmp_path: Path, text: str, where: str, said: str
) -> None:
    result = run(tmp_path, text, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert f"net.yaml{where}" in result.stderr
    assert said in result.stderr


def test_many_problems_are_told_one_a_line_and_the_rest_are_counted(tmp_path: Path) -> None:
    result = run(tmp_path, "inputs: 1\nlayers:\n" + "  - {units: 0}\n" * 30)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1].endswith("net.yaml: 40 more problems")


@pytest.mark.parametrize("name", ["net.txt", "net"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    result = run(tmp_path, NETWORK, name=name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "name it .yaml, .yml or .json" in result.stderr


def test_a_missing_file_is_one_line_and_exit_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(root, ["trace", str(tmp_path / "nowhere.yaml")])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "nowhere.yaml" in result.stderr


def test_a_tensor_is_shown_whole_while_it_is_small() -> None:
    assert brief(np.array(0.5)) == "0.5"
    assert brief(np.array([[1.0, -2.0], [0.1234567, 1e-9]])) == "1  -2  0.1235  1e-09"
    assert brief(np.arange(9.0).reshape(3, 3)) == "0 … 8"
