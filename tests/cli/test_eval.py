"""`acttutor activations` and `acttutor eval`, run as commands."""

import json
import math

import pytest
from click.testing import CliRunner, Result

from acttutor.cli.main import root
from acttutor.nn.activations import Kind, apply, names
from tests.nn.activation_samples import load

REFERENCE = load("reference.json")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(root, list(arguments), prog_name="acttutor")


def evaluate(*arguments: str) -> dict:  # type: ignore[type-arg]
    result = run("eval", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    return json.loads(result.stdout)


@pytest.mark.parametrize("key", REFERENCE)
def test_eval_prints_the_reference_numbers(key: str) -> None:
    entry = REFERENCE[key]
    if "vectors" in entry:
        for case in entry["vectors"]:
            found = evaluate(key, *map(repr, case["z"]))
            assert found["value"] == pytest.approx(case["value"], abs=1e-12)
            for row, expected in zip(found["derivative"], case["jacobian"], strict=True):
                assert row == pytest.approx(expected, abs=1e-12)
        return
    params = [f"--param={name}={value!r}" for name, value in entry["params"].items()]
    found = evaluate(entry["activation"], *map(repr, entry["x"]), *params)
    assert found["x"] == entry["x"]
    assert found["params"] == entry["params"]
    assert found["value"] == pytest.approx(entry["value"], rel=1e-13, abs=0)
    assert found["derivative"] == pytest.approx(entry["derivative"], rel=1e-13, abs=0)
    for name, expected in entry["param_derivatives"].items():
        assert found["param_derivatives"][name] == pytest.approx(expected, rel=1e-13, abs=0)


def test_negative_numbers_need_no_dashes_before_them() -> None:
    for arguments in (("-1", "-.5", "-1e-3", "-inf"), ("--", "-1", "-.5", "-1e-3", "-inf")):
        result = run("eval", "--json", "relu", *arguments)
        assert json.loads(result.stdout)["value"] == [0.0, 0.0, 0.0, 0.0]
        assert json.loads(result.stdout)["x"] == [-1.0, -0.5, -0.001, "-inf"]


def test_non_finite_numbers_are_words_in_json() -> None:
    found = evaluate("selu", "nan", "inf", "-inf", "1.7976931348623157e308")
    assert found["x"][:3] == ["nan", "inf", "-inf"]
    assert found["value"] == ["nan", "inf", pytest.approx(-1.7580993408473766), "inf"]


def test_eval_always_prints_lists_and_the_canonical_name() -> None:
    found = evaluate("LReLU", "-2")
    assert found["activation"] == "leaky_relu"
    assert list(found) == ["activation", "params", "x", "value", "derivative", "param_derivatives"]
    assert found["value"] == [-0.02]
    assert found["param_derivatives"] == {"alpha": [-2.0]}


def test_a_composition_takes_prefixed_parameters() -> None:
    found = evaluate("swish(elu)", "-1", "--param", "outer.beta=2", "--param", "inner.alpha=0.5")
    expected = apply("swish", {"beta": 2.0}).value(apply("elu", {"alpha": 0.5}).value(-1.0))
    assert found["value"] == [float(expected)]
    assert set(found["param_derivatives"]) == {"outer.beta", "inner.alpha"}


@pytest.mark.parametrize("name", names(Kind.ELEMENTWISE, Kind.VECTOR))
def test_the_printed_table_holds_the_same_numbers(name: str) -> None:
    result = run("eval", name, "-0.5", "2")
    assert result.exit_code == 0
    printed = [float(cell) for line in result.stdout.splitlines()[2:] for cell in line.split()]
    for value in apply(name).value([-0.5, 2.0]):
        assert float(value) in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("swihs", "1"), "did you mean swish?"),
        (("elu", "1", "--param", "alhpa=1"), "did you mean alpha?"),
        (("elu", "1", "--param", "alpha=-1"), "at least 0"),
        (("elu", "1", "--param", "alpha=nan"), "not nan"),
        (("elu", "1", "--param", "alpha"), "alpha=0.1"),
        (("elu", "1", "--param", "alpha=two"), "'two' is no number"),
        (("elu", "1", "--param", "alpha=1", "--param", "alpha=2"), "twice"),
        (("elu", "one"), "'one' is no number"),
        (("elu",), "X..."),
        (("maxout", "1"), "maxout"),
        (("sigmoid(softmax)", "1"), "softmax"),
        (("\x1b[31mrelu", "1"), "\\x1b"),
    ],
)
def test_mistakes_are_one_line_on_stderr_and_exit_code_2(arguments: tuple[str, ...], told: str) -> None:
    result = run("eval", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_registry_is_printed_as_a_table_that_fits_a_terminal() -> None:
    lines = run("activations").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["name", *names()]
    assert max(map(len, lines)) <= 80


def test_the_registry_is_printed_as_json() -> None:
    result = run("activations", "--json")
    entries = {entry["name"]: entry for entry in json.loads(result.stdout)}
    assert tuple(entries) == names()
    assert entries["sigmoid"]["largest_slope"] == 0.25
    assert entries["elu"]["parameters"][0]["high"] == "inf"
    assert entries["maxout"]["kind"] == "card"
    assert entries["relu"]["gain"] == pytest.approx(math.sqrt(2.0))
