"""`acttutor depth`: norms by layer as numbers, in words and drawn, and the chain of single units."""

import json
import math
import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from itertools import pairwise
from statistics import median
from typing import Any

import pytest
from click.testing import CliRunner, Result

from acttutor.cli.main import root
from acttutor.nn.activations import apply
from acttutor.nn.depth import measure, scalar_chain
from acttutor.nn.normalization import Norm


def run(*arguments: str, before: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(root, [*before, "depth", *arguments], prog_name="acttutor")


def document(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_json_has_the_documented_keys() -> None:
    found = document("elu", "--depth", "3", "--width", "5", "--batch", "7", "--param", "alpha=0.5")
    assert {key: value for key, value in found.items() if key not in ("layers", "ratio_log10", "factor")} == {
        "activation": "elu",
        "params": {"alpha": 0.5},
        "init": "xavier",
        "gain": 1.0,
        "depth": 3,
        "width": 5,
        "batch": 7,
        "residual": False,
        "norm": "none",
        "seed": 0,
    }
    assert list(found)[-3:] == ["layers", "ratio_log10", "factor"]
    assert [layer["layer"] for layer in found["layers"]] == [1, 2, 3]
    for layer in found["layers"]:
        assert list(layer) == ["layer", "log10_signal", "log10_delta", "dead", "saturated"]
    deltas = [layer["log10_delta"] for layer in found["layers"]]
    assert found["ratio_log10"] == deltas[0] - deltas[-1]
    assert found["factor"] == pytest.approx(10 ** (found["ratio_log10"] / 2))


def test_every_option_reaches_the_measurement() -> None:
    found = document(
        "relu,elu", "--depth", "4", "--width", "6", "--batch", "5", "--init", "normal:0.3", "--gain", "1.5",
        "--residual", "--norm", "layer", "--seed", "9", "--param", "elu.alpha=2",
    )  # fmt: skip
    profile = measure(
        (apply("relu"), apply("elu", {"alpha": 2.0})),
        depth=4,
        width=6,
        batch=5,
        init="normal:0.3",
        gain=1.5,
        residual=True,
        norm=Norm.LAYER,
        seed=9,
    )
    assert (found["activation"], found["params"]) == ("relu,elu", {"elu.alpha": 2.0})
    assert [layer["log10_delta"] for layer in found["layers"]] == [one.log10_delta for one in profile.layers]
    assert [layer["saturated"] for layer in found["layers"]] == [one.saturated for one in profile.layers]


@pytest.mark.parametrize(
    ("arguments", "low", "high"),
    [
        (("sigmoid",), 1e-19, 3e-18),
        (("tanh",), 0.07, 0.4),
        (("relu", "--init", "he"), 0.3, 3.0),
        (("relu", "--init", "he", "--gain", "2"), 1e7, math.inf),
    ],
)
def test_thirty_layers_keep_the_share_of_the_gradient_that_is_known(
    arguments: tuple[str, ...], low: float, high: float
) -> None:
    ratios = [10 ** document(*arguments, "--seed", str(seed))["ratio_log10"] for seed in range(6)]
    assert low <= median(ratios) <= high


@pytest.mark.parametrize(
    "arguments",
    [
        ("sigmoid",),
        ("relu", "--init", "he", "--gain", "3"),
        ("leaky_relu", "--init", "normal:0.01"),
    ],
)
def test_a_thousand_layers_lose_no_number_to_the_float64_range(arguments: tuple[str, ...]) -> None:
    found = document(*arguments, "--depth", "1000")
    assert len(found["layers"]) == 1000
    for layer in found["layers"]:
        assert isinstance(layer["log10_signal"], float)
        assert isinstance(layer["log10_delta"], float)
    assert abs(found["ratio_log10"]) > 320
    # Step by step all the way: no jump where a range was left.
    deltas = [layer["log10_delta"] for layer in found["layers"]]
    assert max(abs(one - next_one) for one, next_one in pairwise(deltas)) < 3.0


def test_a_hundred_layers_are_measured_in_less_than_a_fifth_of_a_second() -> None:
    def seconds() -> float:
        before = time.perf_counter()
        measure(apply("relu"), depth=100, init="he")
        return time.perf_counter() - before

    assert min(seconds() for _ in range(5)) < 0.2


def test_no_gradient_is_minus_infinity_in_words() -> None:
    found = document("step", "--depth", "2")
    assert [layer["log10_delta"] for layer in found["layers"]] == ["-inf", "-inf"]
    assert found["ratio_log10"] == "nan"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sigmoid",), r"From layer 30 down to layer 1 the gradient shrinks to 8×10⁻¹⁹ of its size: × 0\.238"),
        (("relu", "--init", "he", "--gain", "2"), r"the gradient grows to \S+10⁸ times its size: × 2\.\d+ a layer\."),
        (("relu", "--init", "he"), r"the gradient about keeps its size, at \S+ of it: × (0\.9|1\.0)\d* a layer\."),
        (("step",), r"No gradient gets through even the last layer: every slope there is 0\."),
        (("tanh", "--init", "normal:0"), r"No gradient reaches layer 1: it is exactly 0 from layer 29 down\."),
        (("relu", "--depth", "1"), r"With one layer there is nothing to compare\."),
    ],
)  # fmt: skip
def test_a_sentence_says_what_it_means(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    assert re.search(told, " ".join(result.stdout.split("\n\n")[-1].split()))


def test_the_first_line_says_what_was_measured() -> None:
    assert run("relu", "--depth", "2").stdout.splitlines()[0] == (
        "ReLU, 2 layers, 64 units each, 64 samples, xavier, seed 0"
    )
    told = run(
        "elu,relu", "--depth", "1", "--gain", "2", "--residual", "--norm", "batch", "--seed", "4", "--init", "He"
    ).stdout.splitlines()[0]  # fmt: skip
    assert told.endswith(
        "1 layer, 64 units each, 64 samples, he, gain 2, residual, batch normalisation, seed 4"
    )


def rows(*arguments: str) -> list[list[str]]:
    lines = run(*arguments).stdout.splitlines()
    return [line.split() for line in lines if line[:8].strip().isdigit()]


def test_the_table_holds_the_numbers_of_some_layers_or_of_every_one() -> None:
    found = document("sigmoid", "--depth", "40")["layers"]
    every = rows("sigmoid", "--depth", "40", "--table")
    assert [row[0] for row in every] == [str(number) for number in range(1, 41)]
    for row, layer in zip(every, found, strict=True):
        assert float(row[2].replace("−", "-")) == pytest.approx(layer["log10_delta"], abs=0.005)
        assert row[4] == f"{layer['saturated']:.0%}"
    some = rows("sigmoid", "--depth", "40")
    assert len(some) == 11
    assert (some[0], some[-1]) == (every[0], every[-1])


def test_ascii_is_ascii() -> None:
    for arguments in (("sigmoid", "--depth", "5"), ("sigmoid", "--chain")):
        result = run(*arguments, before=("--ascii",))
        assert result.exit_code == 0
        assert result.stdout.isascii()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("more", [(), ("--chain",)])
def test_a_terminal_gets_a_drawing_of_both_curves(more: tuple[str, ...]) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "acttutor", "depth", "sigmoid", *more],
        stdout=theirs,
        stdin=theirs,
        env={**os.environ, "NO_COLOR": "1"},
    )
    os.close(theirs)
    output = b""
    with suppress(OSError):  # which is how Linux ends a pseudo-terminal
        while part := os.read(ours, 65536):
            output += part
    os.close(ours)
    assert process.wait() == 0
    for label in ("h from 1", "all at z = 0") if more else ("signal", "gradient"):
        assert re.search(f"(──|╌╌) {label}", output.decode())


def test_a_chain_gives_both_gradients_as_numbers() -> None:
    found = document("tanh", "--chain", "--depth", "5", "--weight", "-1.5", "--z", "0.4", "--start", "0.2")
    assert list(found) == [
        "activation", "params", "weight", "depth", "z", "factor", "gradient", "log10_gradient", "start", "layers",
    ]  # fmt: skip
    factor = -1.5 * (1 - math.tanh(0.4) ** 2)
    assert found["factor"] == pytest.approx(factor)
    assert found["gradient"] == pytest.approx(factor**5)
    assert found["log10_gradient"] == pytest.approx(5 * math.log10(-factor))
    links = scalar_chain(apply("tanh"), -1.5, 5, 0.2)
    assert [layer["value"] for layer in found["layers"]] == [link.value for link in links]
    assert [layer["gradient"] for layer in found["layers"]] == [link.gradient for link in links]
    assert list(found["layers"][0]) == ["layer", "value", "factor", "gradient", "log10_gradient"]


def test_a_chain_is_told_in_words() -> None:
    lines = run("sigmoid", "--chain", "--depth", "100").stdout.splitlines()
    assert lines[0] == "σ, one unit a layer, weight 1"
    last = " ".join(lines[lines.index("") + 1 :][lines[lines.index("") + 1 :].index("") :])
    assert re.fullmatch(
        r" Every layer at z = 0: the gradient is multiplied by 0\.25 a layer, by 6\.2×10⁻⁶¹ in 100 layers\. "
        r"From h = 1, each layer f\(w·h\): after 100 layers h = 0\.659, and dh/dh0 is \S+⁻⁶⁵\.",
        last,
    )


def test_a_chain_of_a_thousand_layers_keeps_its_logarithm() -> None:
    found = document("sigmoid", "--chain", "--depth", "1000")
    assert found["gradient"] == 0.0
    assert found["log10_gradient"] == pytest.approx(1000 * math.log10(0.25))
    assert found["layers"][-1]["log10_gradient"] < -600


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rellu",), "did you mean relu?"),
        (("maxout",), "only described"),
        (("relu,",), "for example relu,mish"),
        (("relu", "--depth", "0"), "--depth"),
        (("relu", "--depth", "1001"), "1<=x<=1000"),
        (("relu", "--width", "513"), "1<=x<=512"),
        (("relu", "--width", "0"), "--width"),
        (("relu", "--batch", "-1"), "--batch"),
        (("relu", "--seed", "-1"), "--seed"),
        (("relu", "--init", "hee"), "did you mean he?"),
        (("relu", "--init", "normal"), "normal:0.1"),
        (("relu", "--gain", "nan"), "finite"),
        (("relu", "--norm", "bacth"), "'batch'"),
        (("relu", "--param", "alpha=1"), "alpha"),
        (("relu", "--depth", "1000", "--width", "512", "--batch", "4096"), "fewer layers, units or samples"),
        (("relu", "--weight", "2"), "--weight needs --chain"),
        (("relu", "--chain", "--width", "2"), "--width does not go with --chain"),
        (("softmax", "--chain"), "one name, such as sigmoid"),
        (("relu,mish", "--chain"), "one name, such as sigmoid"),
        (("relu", "--chain", "--weight", "inf"), "--weight: it must be a finite number"),
        ((), "NAME"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_exit_code_2(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_measuring_does_not_import_textual() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from acttutor.cli.main import root;"
        "r = CliRunner().invoke(root, ['depth', 'relu', '--depth', '3']); assert r.exit_code == 0;"
        "assert 'textual' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
