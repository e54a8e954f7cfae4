"""Every activation against reference numbers: values, slopes, parameter derivatives, tails and kinks."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acttutor.nn.activations import Kind, apply, names
from tests.nn.activation_samples import (
    ELEMENTWISE,
    MODERATE,
    POINTS,
    applied,
    assert_close,
    floats,
    load,
)

REFERENCE = {key: entry for key, entry in load("reference.json").items() if "vectors" not in entry}
TAILS = load("tails.json")
EXTREMES = np.array(
    [0.0, 5e-324, 1e-308, 1e-160, 0.5, 3.0, 40.0, 745.0, 1e100, 1e160, 1.7976931348623157e308]
)
LARGE = (5e-324, 1e-300, 1e-20, 1.0, 1e20, 1e300, 1.7976931348623157e308)


@pytest.mark.parametrize("key", REFERENCE)
def test_reference_values_are_met(key: str) -> None:
    entry = REFERENCE[key]
    activation = apply(entry["activation"], entry["params"])
    x = floats(entry["x"])
    assert_close(activation.value(x), floats(entry["value"]))
    assert_close(activation.derivative(x), floats(entry["derivative"]))
    found = activation.parameter_derivatives(x)
    assert found.keys() == entry["param_derivatives"].keys()
    for name, expected in entry["param_derivatives"].items():
        assert_close(found[name], floats(expected))
    assert activation.sup_abs_derivative == pytest.approx(entry["steepest"], rel=1e-13)


def _row_id(row: dict[str, object]) -> str:
    return f"{row['activation']}-{row['params']}"


@pytest.mark.parametrize("row", TAILS["rows"], ids=_row_id)
def test_tails_and_extreme_parameters_keep_their_digits(row) -> None:  # type: ignore[no-untyped-def]
    activation = apply(row["activation"], row["params"])
    x = floats(TAILS["x"])
    assert_close(activation.value(x), floats(row["value"]), 1e-14)
    assert_close(activation.derivative(x), floats(row["derivative"]), 1e-14)
    found = activation.parameter_derivatives(x)
    for name, expected in row["param_derivatives"].items():
        assert_close(found[name], floats(expected), 1e-14)


def test_acon_survives_products_beyond_float64_on_the_way() -> None:
    # p₁x = -1e310, but the switch σ(-100) brings it back.
    there = apply("acon_c", {"p1": 1e155, "p2": 0.0, "beta": 1e-308}).value(-1e155)
    assert float(there) == pytest.approx(-1e155 * math.exp(-100.0) * 1e155, rel=1e-13)
    # x·σ(-100) alone is below float64; times p₁ it is not.
    back = apply("acon_c", {"p1": 1e300, "p2": 0.0, "beta": 100.0}).value(-1e-300)
    assert float(back) == pytest.approx(-math.exp(-100.0), rel=1e-13, abs=0)
    # Both lines are beyond float64 and pull apart; their weighted mean 1e310·tanh(u/2), u = 2e-8, is not.
    between = apply("acon_c", {"p1": 1e10, "p2": -1e10, "beta": 1e-318}).value(1e300)
    half = 1e-318 * 1e10 * 1e300
    assert float(between) == pytest.approx(1e300 * half * 1e10, rel=1e-12)


def test_acon_scales_with_its_input_even_where_both_lines_are_beyond_float64() -> None:
    # f(cx; β/c) = c·f(x; β), exactly so for powers of 2: far out the lines 100x and -169x overflow, f does not.
    near = apply("acon_c", {"p1": 100.0, "p2": -169.0, "beta": 2.0**-1009}).value(2.0**1000)
    far = apply("acon_c", {"p1": 100.0, "p2": -169.0, "beta": 2.0**-1031}).value(2.0**1022)
    assert float(far) == pytest.approx(float(near) * 2.0**22, rel=1e-14)
    assert math.isfinite(float(far))


def test_every_computable_entry_has_reference_values_or_tails() -> None:
    covered = {entry["activation"] for entry in REFERENCE.values()} | {r["activation"] for r in TAILS["rows"]}
    assert covered == set(names(Kind.ELEMENTWISE))


@given(applied(MODERATE), st.floats(-20.0, 20.0))
def test_the_derivative_is_the_limit_of_differences(activation, x: float) -> None:  # type: ignore[no-untyped-def]
    step = 1e-5
    assume(all(abs(x - kink) > 1e-3 for kink in activation.breaks))
    if activation.name == "celu":
        assume(dict(activation.params)["alpha"] > 0.05)
    ahead, behind = activation.value([x + step, x - step])
    analytic = float(activation.derivative(x))
    assert (ahead - behind) / (2.0 * step) == pytest.approx(analytic, rel=2e-7, abs=2e-7)


@given(applied(MODERATE), st.floats(-20.0, 20.0))
def test_parameter_derivatives_are_the_limit_of_differences(activation, x: float) -> None:  # type: ignore[no-untyped-def]
    step = 1e-5
    for name, analytic in activation.parameter_derivatives(x).items():
        here = dict(activation.params)[name]
        if activation.name in ("celu", "elu"):
            assume(here > 0.1)
        ahead = float(activation.with_params({name: here + step}).value(x))
        behind = float(activation.with_params({name: here - step}).value(x))
        assert (ahead - behind) / (2.0 * step) == pytest.approx(float(analytic), rel=2e-5, abs=2e-5)


def _everything(activation, x):  # type: ignore[no-untyped-def]
    return (activation.value(x), activation.derivative(x), *activation.parameter_derivatives(x).values())


@given(applied(), POINTS)
def test_no_finite_input_warns_or_gives_nan(activation, x) -> None:  # type: ignore[no-untyped-def]
    with np.errstate(all="raise"):
        for result in _everything(activation, x):
            assert result.shape == x.shape
            assert not np.isnan(result).any()


@pytest.mark.parametrize("name", names(Kind.ELEMENTWISE))
def test_extreme_parameters_neither_warn_nor_give_nan(name: str) -> None:
    x = np.concatenate([-EXTREMES, EXTREMES])
    parameters = apply(name).activation.parameters
    for large in LARGE:
        for signs in (1.0, -1.0):
            settings = {
                p.name: large * (1.0 if p.low == 0.0 else signs * (-1.0) ** i)
                for i, p in enumerate(parameters)
            }
            for result in _everything(apply(name, settings), x):
                assert not np.isnan(result).any()


@given(applied(), st.lists(st.floats(), min_size=1, max_size=6))
def test_arrays_are_computed_entry_by_entry(activation, numbers: list[float]) -> None:  # type: ignore[no-untyped-def]
    grid = np.array(numbers).reshape(1, -1, 1)
    together = _everything(activation, grid)
    for i, number in enumerate(numbers):
        for whole, single in zip(together, _everything(activation, number), strict=True):
            assert whole.shape == grid.shape
            assert single.shape == ()
            assert np.array_equal(whole[0, i, 0], single, equal_nan=True)


@pytest.mark.parametrize(
    "activation", [apply(name) for name in names(Kind.ELEMENTWISE)], ids=lambda a: a.name
)
def test_nan_stays_nan(activation) -> None:  # type: ignore[no-untyped-def]
    for result in _everything(activation, np.array([np.nan, 1.0])):
        assert np.isnan(result[0])
        assert not np.isnan(result[1])


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("identity", -np.inf, np.inf),
        ("step", 0, 1),
        ("sigmoid", 0, 1),
        ("tanh", -1, 1),
        ("softsign", -1, 1),
        ("relu", 0, np.inf),
        ("relu6", 0, 6),
        ("leaky_relu", -np.inf, np.inf),
        ("elu", -1, np.inf),
        ("softplus", 0, np.inf),
        ("gelu", 0, np.inf),
        ("gelu_tanh", 0, np.inf),
        ("silu", 0, np.inf),
        ("hard_swish", 0, np.inf),
        ("mish", 0, np.inf),
        ("acon_b", -np.inf, np.inf),
        ("acon_c", np.inf, np.inf),
    ],
)
def test_at_infinity_stands_the_limit(name: str, left: float, right: float) -> None:
    assert apply(name).value([-np.inf, np.inf]).tolist() == [left, right]


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda a: a.name)
def test_slopes_at_infinity_are_limits_too(activation) -> None:  # type: ignore[no-untyped-def]
    whole = apply(activation.name)
    assert whole.derivative([-np.inf, np.inf]).tolist() == whole.derivative([-1e300, 1e300]).tolist()


def test_a_line_of_slope_zero_has_limit_zero() -> None:
    assert apply("prelu", {"a": 0.0}).value(-np.inf) == 0.0
    assert apply("swish", {"beta": 0.0}).value([-np.inf, np.inf]).tolist() == [-np.inf, np.inf]
    assert apply("acon_c", {"p1": 1.0, "p2": -1.0, "beta": 0.0}).value(np.inf) == 0.0


@given(st.floats(-1e308, 1e308))
def test_odd_functions_are_odd_and_the_sigmoid_is_symmetric(x: float) -> None:
    for name in ("identity", "tanh", "hard_tanh", "softsign"):
        ahead, back = apply(name).value([x, -x])
        assert ahead == -back
    for name in ("sigmoid", "tanh", "hard_tanh", "softsign", "hard_sigmoid"):
        ahead, back = apply(name).derivative([x, -x])
        assert ahead == back


@given(st.floats(-300.0, 300.0))
def test_functions_agree_with_what_they_are_made_of(x: float) -> None:
    def close(a: float, b: float) -> bool:
        return float(a) == pytest.approx(float(b), rel=1e-12, abs=1e-300)

    tanh, sigmoid = apply("tanh"), apply("sigmoid")
    assert close(tanh.derivative(x), 4.0 * sigmoid.derivative(2.0 * x))
    assert close(apply("softplus").derivative(x), sigmoid.value(x))
    assert close(apply("silu").value(x), x * float(sigmoid.value(x)))
    assert close(apply("celu").value(x), apply("elu").value(x))
    assert close(apply("swish").value(x), apply("silu").value(x))
    assert close(apply("acon_b", {"p": 0.0}).value(x), apply("silu").value(x))
    assert close(apply("acon_b", {"p": 1.0}).value(x), x)
    assert close(apply("acon_c", {"p1": 1.0, "p2": 0.25}).value(x), apply("acon_b").value(x))


@given(st.floats(-30.0, 30.0), st.floats(1.0, 1e6))
def test_acon_comes_within_its_bound_of_the_maximum_of_two_lines(x: float, beta: float) -> None:
    smooth = float(apply("acon_c", {"p1": 1.2, "p2": -0.8, "beta": beta}).value(x))
    assert abs(smooth - max(1.2 * x, -0.8 * x)) <= 0.2785 / beta + 1e-12


@pytest.mark.parametrize(
    "activation", [apply(name) for name in names(Kind.ELEMENTWISE)], ids=lambda a: a.name
)
def test_no_slope_exceeds_the_largest_and_one_comes_close(activation) -> None:  # type: ignore[no-untyped-def]
    slopes = np.abs(activation.derivative(np.linspace(-40.0, 40.0, 400_001)))
    assert slopes.max() <= activation.sup_abs_derivative * (1 + 1e-15)
    assert slopes.max() == pytest.approx(activation.sup_abs_derivative, rel=1e-3)


@given(applied(MODERATE), st.floats(-50.0, 50.0))
def test_no_slope_exceeds_the_largest_for_any_parameters(activation, x: float) -> None:  # type: ignore[no-untyped-def]
    assert abs(float(activation.derivative(x))) <= activation.sup_abs_derivative * (1 + 1e-14)


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda a: a.name)
def test_the_card_says_what_the_function_does(activation) -> None:  # type: ignore[no-untyped-def]
    whole = apply(activation.name)
    x = np.linspace(-30.0, 30.0, 60_001)
    heights = whole.value(x)
    density = np.exp(-0.5 * x * x) / np.sqrt(2.0 * np.pi)
    mean = float(np.trapezoid(heights * density, x))
    assert activation.monotonic == bool(np.all(np.diff(heights) >= -1e-15 * np.abs(heights[1:]) - 1e-300))
    assert activation.zero_centred == (abs(mean) < 1e-4)
    assert activation.flat == whole.flat == (not whole.derivative(x[x <= 0.0]).any())
    assert activation.largest_slope == whole.sup_abs_derivative


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda a: a.name)
def test_kinks_are_where_the_slope_jumps_and_nowhere_else(activation) -> None:  # type: ignore[no-untyped-def]
    whole = apply(activation.name)
    grid = np.arange(-8.0, 8.5, 0.5)
    jumps = {
        float(x)
        for x in grid
        if abs(float(whole.derivative(x + 1e-9)) - float(whole.derivative(x - 1e-9))) > 1e-6
        or abs(float(whole.value(x + 1e-9)) - float(whole.value(x - 1e-9))) > 1e-6
    }
    assert set(whole.kinks) == jumps
