"""`acttutor plot` draws, tells and gives numbers, and says in one line what it cannot do."""

import json
import os
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from acttutor.cli.main import root
from acttutor.nn.activations import apply


def run(*arguments: str) -> Result:
    return CliRunner().invoke(root, arguments, prog_name="acttutor")


def lines_of(*arguments: str) -> list[str]:
    result = run("plot", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.removesuffix("\n").split("\n")


@pytest.mark.parametrize(("width", "height"), [(20, 5), (80, 24), (33, 11), (400, 150)])
def test_the_drawing_has_the_size_asked_for(width: int, height: int) -> None:
    lines = lines_of("sigmoid", "--derivative", "--size", f"{width}x{height}")
    assert len(lines) == height
    assert all(cell_len(line) <= width for line in lines)


def test_without_a_terminal_it_is_plain_text_of_80_by_20() -> None:
    lines = lines_of("relu")
    assert len(lines) == 20
    assert "\x1b" not in "".join(lines)


def test_several_names_are_drawn_over_each_other() -> None:
    drawn = "\n".join(lines_of("sigmoid", "tanh", "relu", "--size", "80x24"))
    assert all(label in drawn for label in ("── σ", "╌╌ tanh", "·· ReLU"))


def test_derivatives_come_beside_their_functions() -> None:
    drawn = "\n".join(lines_of("sigmoid", "--derivative"))
    assert "── σ" in drawn
    assert "╌╌ σ′" in drawn


@pytest.mark.parametrize("arguments", [("--range", "-8:8"), ("--range=-8:8",)])
def test_a_range_may_begin_with_a_minus(arguments: tuple[str, ...]) -> None:
    last = lines_of("tanh", *arguments, "--size", "60x10")[-1].split()
    assert (last[0], last[-2], last[-1]) == ("−8", "8", "x")


def test_json_gives_the_numbers_that_are_drawn() -> None:
    result = run("plot", "elu", "--derivative", "--param", "elu.alpha=2", "--range", "-3:1", "--json")
    data = json.loads(result.stdout)
    assert data["range"] == [-3.0, 1.0]
    assert (data["x"][0], data["x"][-1]) == (-3.0, 1.0)
    value, slope = data["curves"]
    assert (value["name"], value["derivative"], slope["derivative"]) == ("elu", False, True)
    assert value["params"] == {"alpha": 2.0}
    elu = apply("elu", {"alpha": 2.0})
    assert value["y"] == elu.value(data["x"]).tolist()
    assert slope["y"] == elu.derivative(data["x"]).tolist()


def test_json_keeps_numbers_that_json_lacks_as_words() -> None:
    result = run("plot", "softplus", "elu", "--range", "-1e308:1e308", "--json")
    assert result.exit_code == 0
    for curve in json.loads(result.stdout)["curves"]:
        assert all(isinstance(y, float) or y in ("nan", "inf", "-inf") for y in curve["y"])


def test_a_table_says_the_same_in_words() -> None:
    told = "\n".join(lines_of("sigmoid", "--derivative", "--table"))
    assert "rises to its largest value 0.25 at x = 0" in told
    assert re.search(r"^ *0 +0\.5 +0\.25$", told, re.MULTILINE)


def test_parameters_of_a_composition_are_outer_and_inner() -> None:
    result = run(
        "plot", "elu(leaky_relu)", "--param", "outer.alpha=3", "--param", "inner.alpha=0.5", "--json"
    )
    (curve,) = json.loads(result.stdout)["curves"]
    expected = apply("elu(leaky_relu)", {"outer.alpha": 3.0, "inner.alpha": 0.5})
    assert curve["y"] == expected.value(json.loads(result.stdout)["x"]).tolist()


def test_a_parameter_belongs_to_the_name_before_the_dot_an_alias_included() -> None:
    result = run("plot", "lrelu", "elu", "--param", "lrelu.alpha=0.3", "--json")
    leaky, elu = json.loads(result.stdout)["curves"]
    assert (leaky["params"], elu["params"]) == ({"alpha": 0.3}, {"alpha": 1.0})


def test_a_parameter_without_a_name_is_for_all_that_have_it() -> None:
    result = run("plot", "elu", "relu", "celu", "--param", "alpha=0.5", "--json")
    elu, relu, celu = json.loads(result.stdout)["curves"]
    assert (elu["params"], relu["params"], celu["params"]) == ({"alpha": 0.5}, {}, {"alpha": 0.5})


def test_ascii_is_ascii_in_drawing_and_table() -> None:
    for more in ((), ("--table",)):
        result = run("--ascii", "plot", "sigmoid", "gelu", "--derivative", *more)
        assert result.exit_code == 0
        assert result.stdout.isascii()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sigmod",), "did you mean sigmoid?"),
        (("elu", "--param", "elu.alpa=2"), "did you mean alpha?"),
        (("elu", "--param", "relu.alpha=2"), "belongs to none of the activations drawn"),
        (("elu", "--param", "elu.alpha"), "write elu.alpha=2"),
        (("elu", "--param", "elu.alpha=two"), "write elu.alpha=2"),
        (("elu", "--param", "elu.alpha=nan"), "alpha must be"),
        (("softmax",), "whole vector"),
        (("maxout",), "only described"),
        (("relu", "--size", "19x5"), "20x5 to 400x150"),
        (("relu", "--size", "20x4"), "20x5 to 400x150"),
        (("relu", "--size", "401x10"), "20x5 to 400x150"),
        (("relu", "--size", "20x151"), "20x5 to 400x150"),
        (("relu", "--size", "80"), "80x24"),
        (("relu", "--size", "-80x24"), "80x24"),
        (("relu", "--range", "1:1"), "the lower one first"),
        (("relu", "--range", "2:1"), "the lower one first"),
        (("relu", "--range", "nan:1"), "two finite numbers"),
        (("relu", "--range", "0:inf"), "two finite numbers"),
        (("relu", "--range", "0"), "-8:8"),
        (("relu", "--range", "a:b"), "-8:8"),
        (("relu", "--range", "1e300:2e300"), "reaches too far to be drawn (from -1e300 to 1e300)"),
        (("relu", "--range", "-1e308:1e308"), "reaches too far"),
        (("relu", "--range", "-1e308:1e308", "--table"), "reaches too far"),
        (("relu", "--range", "1:1.0000000000001"), "1.0:1.0000000000001 is too narrow to be drawn"),
        (("relu", "--range", "0:1e-300"), "too narrow"),
        (("relu", "--range", "0:1e-300", "--table"), "too narrow"),
        ((), "Missing argument"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_exit_code_2(arguments: tuple[str, ...], told: str) -> None:
    result = run("plot", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(
    ("extra", "wanted"),
    [
        ({"COLORTERM": "truecolor"}, "\x1b[38;2;86;180;233m"),
        ({}, "\x1b[38;5;"),
        ({"COLORTERM": "truecolor", "COLORFGBG": "0;15"}, "\x1b[38;2;0;114;178m"),
        ({"NO_COLOR": "1"}, None),
        ({"TERM": "dumb"}, None),
    ],
)
def test_a_terminal_gets_the_colours_it_can_show(extra: dict[str, str], wanted: str | None) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "acttutor", "plot", "sigmoid", "--size", "40x8"],
        stdout=theirs,
        stdin=theirs,
        env={**os.environ, **extra},
    )
    os.close(theirs)
    output = b""
    with suppress(OSError):  # which is how Linux ends a pseudo-terminal
        while part := os.read(ours, 65536):
            output += part
    os.close(ours)
    assert process.wait() == 0
    text = output.decode()
    assert "\x1b" not in text if wanted is None else wanted in text


def test_drawing_does_not_import_textual() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from acttutor.cli.main import root;"
        "r = CliRunner().invoke(root, ['plot', 'relu']); assert r.exit_code == 0;"
        "assert 'textual' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("limits", "ticks"),
    [
        ("0:1e300", ["0", "2×10²⁹⁹", "4×10²⁹⁹", "6×10²⁹⁹", "8×10²⁹⁹", "10³⁰⁰"]),
        ("0:1e295", ["0", "2×10²⁹⁴", "4×10²⁹⁴", "6×10²⁹⁴", "8×10²⁹⁴", "10²⁹⁵"]),
        ("0:1e-280", ["0", "2×10⁻²⁸¹", "4×10⁻²⁸¹", "6×10⁻²⁸¹", "8×10⁻²⁸¹", "10⁻²⁸⁰"]),
        ("1:1.0001", ["1", "1.00002", "1.00004", "1.00006", "1.00008", "1.0001"]),
    ],
)
def test_the_axis_says_the_range_however_large_or_small(limits: str, ticks: list[str]) -> None:
    assert lines_of("sigmoid", "--range", limits, "--size", "70x10")[-1].split() == [*ticks, "x"]


def test_numbers_are_given_for_any_range_that_is_finite() -> None:
    for limits in ("-1e308:1e308", "0:1e-300", "1:1.0000000000001"):
        result = run("plot", "sigmoid", f"--range={limits}", "--json")
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(result.stdout)["range"] == [float(part) for part in limits.split(":")]
