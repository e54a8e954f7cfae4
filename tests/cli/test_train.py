import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from acttutor.cli.main import root

RECORDED = sorted((Path(__file__).parents[1] / "nn" / "data" / "playground").glob("*.json"))
SMALL = """\
inputs: 2
layers:
  - {units: 3, activation: prelu, train_params: true}
  - {units: 1, activation: sigmoid}
loss: bce
data: {dataset: xor, n: 40, noise: 0.1, seed: 3}
learning_rate: 0.3
batch_size: 8
epochs: 12
seed: 5
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


def invoke(*arguments):
    return CliRunner().invoke(root, [*map(str, arguments)])


def as_file(recorded, path):
    """A recorded run of Playground as a network file, weights turned from [unit][input] to [from][to]."""
    config = recorded["config"]
    layers = [{"units": units, "activation": config["act"].lower()} for units in config["shape"]]
    document = {
        "inputs": 2,
        "layers": [*layers, {"units": 1, "activation": "tanh"}],
        "weights": [
            [list(row) for row in zip(*matrix, strict=True)] for matrix in recorded["init"]["weights"]
        ],
        "biases": recorded["init"]["biases"],
        "data": [{"x": point[:2], "y": point[2:]} for point in recorded["train"]],
        "compat": "playground",
    }
    if "lr" in config:
        document["learning_rate"] = config["lr"]
    if "batch" in config:
        document["batch_size"] = config["batch"]
    if "reg" in config:
        document["regularization"] = {"kind": config["reg"].lower(), "rate": config["rr"]}
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_compat_playground_follows_the_recorded_runs(path, tmp_path):
    recorded = json.loads(path.read_text())
    epochs = ",".join(str(checkpoint["epoch"]) for checkpoint in recorded["checkpoints"])
    result = invoke("train", as_file(recorded, tmp_path / "net.json"), "--checkpoints", epochs, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)["checkpoints"]
    for ours, theirs in zip(found, recorded["checkpoints"], strict=True):
        assert ours["epoch"] == theirs["epoch"]
        assert ours["loss"] == pytest.approx(theirs["train_loss"], abs=1e-12)
        for mine, matrix in zip(ours["weights"], theirs["weights"], strict=True):
            for row, wanted in zip(mine, zip(*matrix, strict=True), strict=True):
                assert row == pytest.approx(list(wanted), abs=1e-12)
        for mine, wanted in zip(ours["biases"], theirs["biases"], strict=True):
            assert mine == pytest.approx(wanted, abs=1e-12)


def test_the_last_epoch_is_the_default_and_checkpoints_do_not_change_the_run(small):
    last = json.loads(invoke("train", small, "--json").stdout)
    assert [one["epoch"] for one in last["checkpoints"]] == [12]
    assert last["diverged"] is None
    assert set(last["checkpoints"][0]) == {"epoch", "loss", "weights", "biases", "parameters"}
    assert set(last["checkpoints"][0]["parameters"]) == {"p1.a"}
    stops = json.loads(invoke("train", small, "--checkpoints", "12,0,5,5", "--json").stdout)["checkpoints"]
    assert [one["epoch"] for one in stops] == [0, 5, 12]
    assert stops[-1] == last["checkpoints"][0]
    assert stops[0]["loss"] > stops[-1]["loss"]


def test_people_are_told_what_was_trained_and_how_the_loss_fell(small):
    result = invoke("train", small, "--epochs", 30, "--checkpoints", "10,30")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "network 2-3-1, loss bce, 40 points, learning rate 0.3, seed 5" in lines[0]
    assert [line.split()[1] for line in lines if line.startswith("epoch ")] == ["0", "10", "30"]
    assert any("loss" in line and "┤" in line for line in lines) or "loss" in lines[1]
    assert result.stderr == ""


def test_a_diverging_run_says_where_and_ends_with_exit_code_1(small):
    small.write_text(SMALL.replace("bce", "mse").replace("sigmoid", "identity").replace("0.3\n", "90.0\n"))
    result = invoke("train", small, "--epochs", 200, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)["diverged"]
    assert told["epoch"] >= 1
    assert "learning rate (now 90)" in told["advice"]
    assert f"diverged in epoch {told['epoch']}, batch {told['batch']}" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--checkpoints", "5,x"], "'x' is no epoch"),
        (["--checkpoints", "5", "--epochs", "3"], "epoch 5 comes after the last one"),
        (["--epochs", "0"], "0"),
    ],
)
def test_wrong_epochs_are_one_clear_line(small, arguments, wanted):
    result = invoke("train", small, *arguments)
    assert result.exit_code == 2
    assert wanted in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_file_without_points_is_told_so(small):
    small.write_text("\n".join(line for line in SMALL.splitlines() if not line.startswith("data")))
    result = invoke("train", small)
    assert result.exit_code == 2
    assert "there is no data" in result.stderr


def test_a_closed_stderr_is_no_reason_to_fail(small):
    import subprocess
    import sys

    command = f'"{sys.executable}" -m acttutor train "{small}" --json 2>&-'
    result = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0
    assert json.loads(result.stdout)["checkpoints"][0]["epoch"] == 12
