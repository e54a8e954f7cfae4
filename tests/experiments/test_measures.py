"""Measures: exact cases, moments known to 15 digits, numbers of the audit, and errors that help."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.experiments.measures import check, measure, measures
from acttutor.nn.activations import apply
from tests.nn.activation_samples import load

MOMENTS = {key: entry for key, entry in load("reference.json").items() if "vectors" not in entry}


@pytest.mark.parametrize("key", MOMENTS)
def test_gaussian_moments_are_known_to_twelve_digits(key: str) -> None:
    entry = MOMENTS[key]
    args = {"activation": entry["activation"], **entry["params"]}
    found = [measure(name, args) for name in ("mean_value", "mean_slope", "mean_square_slope")]
    assert found == pytest.approx(entry["moments"], rel=1e-12, abs=1e-14)


def _phi(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


@given(st.floats(-4.0, 4.0), st.floats(0.05, 50.0))
def test_means_of_piecewise_linear_functions_match_their_closed_forms(mean: float, std: float) -> None:
    ratio = mean / std
    density = math.exp(-0.5 * ratio * ratio) / math.sqrt(2.0 * math.pi)
    args = {"activation": "relu", "mean": mean, "std": std}
    assert measure("mean_slope", args) == pytest.approx(_phi(ratio), rel=1e-10, abs=1e-300)
    expected = mean * _phi(ratio) + std * density
    assert measure("mean_value", args) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    args["activation"] = "hard_tanh"
    inside = _phi((1.0 - mean) / std) - _phi((-1.0 - mean) / std)
    assert measure("mean_slope", args) == pytest.approx(inside, rel=1e-9, abs=1e-13)


@given(st.floats(-3.0, 3.0), st.floats(0.1, 20.0))
def test_the_mean_of_gelu_matches_its_closed_form(mean: float, std: float) -> None:
    # E[zΦ(z)] = μΦ(μ/s) + σ²φ(μ/s)/s with s² = 1 + σ².
    s = math.hypot(1.0, std)
    density = math.exp(-0.5 * (mean / s) ** 2) / math.sqrt(2.0 * math.pi)
    expected = mean * _phi(mean / s) + std * std * density / s
    found = measure("mean_value", {"activation": "gelu", "mean": mean, "std": std})
    assert found == pytest.approx(expected, rel=1e-10, abs=1e-12)


def test_a_narrow_switch_is_not_stepped_over() -> None:
    # ∫ over a bump of width 1e-6: h² = relu' but for the mass of the bump.
    args = {"activation": "swish", "beta": 1e6}
    assert measure("mean_slope", args) == pytest.approx(0.5, abs=1e-13)
    wide = {"activation": "sigmoid", "std": 1e6}
    assert measure("mean_slope", wide) == pytest.approx(1e-6 / math.sqrt(2.0 * math.pi), rel=1e-9, abs=0)
    narrow = {"activation": "sigmoid", "std": 1e-6}
    assert measure("mean_slope", narrow) == pytest.approx(0.25 * (1.0 - 0.25e-12), rel=1e-15)


@pytest.mark.parametrize(
    ("name", "args", "expected", "tolerance"),
    [
        ("max_slope", {"activation": "sigmoid"}, 0.25, 0),
        ("max_slope", {"activation": "leaky_relu", "alpha": -3}, 3.0, 0),
        ("value", {"activation": "sigmoid(relu)", "x": -3}, 0.5, 0),
        ("slope", {"activation": "elu", "alpha": 2, "x": 0}, 2.0, 0),
        ("slope", {"activation": "sigmoid(sigmoid)", "x": 0}, 0.0588, 1e-4),
        ("mean_slope", {"activation": "sigmoid"}, 0.2066, 5e-5),
        ("mean_slope", {"activation": "sigmoid", "std": 5}, 0.0751, 5e-5),
        ("mean_slope", {"activation": "sigmoid", "std": 0.5}, 0.23604, 5e-6),
        ("mean_value", {"activation": "tanh", "mean": 1}, 0.550, 5e-4),
        ("mean_square_slope", {"activation": "tanh"}, 0.4644, 5e-5),
        ("slope_probability", {"activation": "sigmoid", "at_least": 0.1}, 0.961, 5e-4),
        ("slope_probability", {"activation": "sigmoid", "at_least": 0.2}, 0.664, 5e-4),
        ("slope_probability", {"activation": "sigmoid", "at_least": 0.1, "std": 5}, 0.320, 5e-4),
        ("slope_probability", {"activation": "sigmoid", "at_least": 0.01, "std": 2}, 0.9781, 5e-5),
        ("slope_probability", {"activation": "relu", "at_least": 1}, 0.5, 1e-15),
        ("slope_probability", {"activation": "relu", "at_least": 0}, 1.0, 1e-15),
        ("slope_probability", {"activation": "relu", "at_least": 1.5}, 0.0, 0),
        ("slope_probability", {"activation": "identity", "at_least": 1}, 1.0, 0),
        ("chain_factor", {"activation": "sigmoid", "weight": 2, "z": 0}, 0.5, 0),
        ("chain_gradient", {"activation": "sigmoid", "depth": 10}, 0.25**10, 0),
        ("chain_gradient", {"activation": "tanh", "weight": -2, "depth": 3}, -8.0, 0),
        ("chain_gradient", {"activation": "relu", "weight": 1e300, "z": 1, "depth": 2}, math.inf, 0),
        ("chain_gradient", {"activation": "relu", "z": -1, "depth": 5}, 0.0, 0),
        ("chain_gradient_log10", {"activation": "sigmoid", "depth": "100"}, -60.206, 5e-4),
        ("chain_gradient_log10", {"activation": "relu", "z": -1, "depth": 5}, -math.inf, 0),
        ("slope_crossing", {"a": "tanh", "b": "sigmoid"}, 1.663, 5e-4),
        ("largest_input", {"activation": "sigmoid", "slope": 0.01}, 4.585, 5e-4),
        ("largest_input", {"activation": "sigmoid", "slope": 0.3}, 0.0, 0),
        ("largest_input", {"activation": "hard_tanh", "slope": 0.5}, 1.0, 1e-12),
        ("float_underflow_depth", {"factor": 0.25}, 75, 0),
        ("float_underflow_depth", {"factor": 0.25, "bits": 64}, 538, 0),
    ],
)
def test_known_numbers_are_reproduced(
    name: str, args: dict[str, str | float], expected: float, tolerance: float
) -> None:
    found = measure(name, args)
    assert found == expected or abs(found - expected) <= tolerance


@pytest.mark.parametrize(
    ("activation", "weight", "start", "expected"),
    [
        ("sigmoid", 1.0, 0.5, 1.5381573482269509e-65),
        ("sigmoid", 4.0, 0.5, 1.2052378322567408e-111),
        ("tanh", 1.0, 0.5, 0.01306225566652119),
        ("relu", 1.5, 0.5, 4.065611775352152e17),
        ("identity", 0.9, 0.5, 2.6561398887587544e-05),
    ],
)
def test_scalar_chains_match_the_audit(activation: str, weight: float, start: float, expected: float) -> None:
    args = {"activation": activation, "weight": weight, "depth": 100, "start": start}
    assert measure("scalar_chain", args) == pytest.approx(expected, rel=1e-12, abs=0)


@given(st.sampled_from(["tanh", "sigmoid", "gelu", "mish"]), st.floats(-2.0, 2.0), st.floats(-2, 2))
def test_a_scalar_chain_is_the_slope_of_the_whole(activation: str, weight: float, start: float) -> None:
    whole = apply(activation)

    def end(height: float) -> float:
        for _ in range(4):
            height = float(whole.value(weight * height))
        return height

    args = {"activation": activation, "weight": weight, "depth": 4, "start": start}
    difference = (end(start + 1e-6) - end(start - 1e-6)) / 2e-6
    assert measure("scalar_chain", args) == pytest.approx(difference, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize(("bits", "kind"), [(32, np.float32), (64, np.float64)])
@given(exponent=st.integers(1, 12))
def test_powers_of_two_underflow_exactly_where_the_format_does(bits: int, kind: type, exponent: int) -> None:
    factor, product, depth = 2.0**-exponent, kind(1.0), 0
    with np.errstate(under="ignore"):
        while product:
            product = kind(product * kind(factor))
            depth += 1
    assert measure("float_underflow_depth", {"factor": factor, "bits": bits}) == depth


@given(st.floats(0.01, 0.24), st.floats(0.1, 10.0))
def test_the_share_of_steep_slopes_follows_from_where_they_end(level: float, std: float) -> None:
    end = measure("largest_input", {"activation": "sigmoid", "slope": level})
    assert float(apply("sigmoid").derivative(end)) == pytest.approx(level, rel=1e-9)
    args = {"activation": "sigmoid", "at_least": level, "std": std}
    assert measure("slope_probability", args) == pytest.approx(2.0 * _phi(end / std) - 1.0, abs=1e-9)


@pytest.mark.parametrize(
    ("args", "low", "high"),
    [
        ({"activation": "sigmoid"}, 0.2296, 0.2383),
        ({"activation": "sigmoid", "gain": 10}, 0.9233, 0.9854),
        ({"activation": "relu"}, 0.68, 0.72),
        ({"activation": "relu", "init": "he"}, 0.97, 1.01),
        ({"activation": "sigmoid", "residual": "true"}, 1.0, 1.1),
    ],
)
def test_the_factor_per_layer_of_a_random_stack_lies_where_the_audit_found_it(
    args: dict[str, str | float], low: float, high: float
) -> None:
    assert low < measure("depth_factor", args) < high


def test_the_depth_measures_are_one_number_on_three_scales() -> None:
    args: dict[str, str | float] = {"activation": "tanh", "depth": 11, "seeds": 3, "norm": "batch"}
    ratio, log10, factor = (
        measure(name, args) for name in ("depth_ratio", "depth_ratio_log10", "depth_factor")
    )
    assert math.log10(ratio) == pytest.approx(log10, rel=1e-12)
    assert factor**10 == pytest.approx(ratio, rel=1e-12)


def test_a_mixed_layer_can_be_measured() -> None:
    mixed = measure("depth_factor", {"activation": "relu,tanh", "seeds": 2, "depth": 8})
    single = [measure("depth_factor", {"activation": a, "seeds": 2, "depth": 8}) for a in ("relu", "tanh")]
    assert min(single) < mixed < max(single)


@pytest.mark.parametrize(
    ("name", "args", "told"),
    [
        ("max_slop", {}, "did you mean max_slope?"),
        ("max_slope", {}, "needs the argument activation"),
        ("max_slope", {"activation": "sigmod"}, "did you mean sigmoid?"),
        ("max_slope", {"activation": "softmax"}, "softmax"),
        ("chain_factor", {"activation": "relu", "wieght": 1, "z": 0, "weight": 1}, "did you mean weight?"),
        ("max_slope", {"activation": "elu", "alhpa": 1}, "did you mean alpha?"),
        ("max_slope", {"activation": "elu", "alpha": "two"}, "alpha must be a number"),
        ("value", {"activation": "elu", "x": "nan"}, "a finite number"),
        ("mean_slope", {"activation": "elu", "std": 0}, "above 0"),
        ("chain_gradient", {"activation": "elu", "depth": 2.5}, "a whole number"),
        ("chain_gradient", {"activation": "elu", "depth": 0}, "at least 1"),
        ("scalar_chain", {"activation": "elu", "weight": 1, "depth": 1e9}, "at most"),
        ("depth_ratio", {"activation": "elu", "norm": "bach"}, "did you mean batch?"),
        ("depth_ratio", {"activation": "elu", "init": "xaver"}, "xavier"),
        ("depth_ratio", {"activation": "elu", "residual": "yes"}, "true or false"),
        ("depth_ratio", {"activation": "elu", "seeds": 1e6}, "at most"),
        ("float_underflow_depth", {"factor": 1.5}, "between 0 and 1"),
        ("float_underflow_depth", {"factor": 0.5, "bits": 16}, "32 or 64"),
        ("slope_crossing", {"a": "relu", "b": "sigmoid"}, "do not cross"),
        ("largest_input", {"activation": "relu", "slope": 0.5}, "never stays below"),
    ],
)
def test_mistakes_are_answered_with_what_would_be_right(
    name: str, args: dict[str, str | float], told: str
) -> None:
    with pytest.raises(UserError) as caught:
        measure(name, args)
    assert told in str(caught.value)


def test_slope_crossing_takes_the_parameters_of_either_side() -> None:
    # The slope of x·σ(βx) passes 1 at the mirror image of the minimum, βx = 1.2785.
    args = {"a": "swish", "b": "identity", "a.beta": 2.0}
    assert measure("slope_crossing", args) == pytest.approx(1.2784645427610738 / 2.0, rel=1e-9)


def test_every_measure_says_what_it_is_and_takes() -> None:
    names = [entry.name for entry in measures()]
    assert len(names) == len(set(names)) >= 75
    for entry in measures():
        assert entry.summary
        assert entry.signature.startswith(f"{entry.name}(")
    signatures = {entry.name: entry.signature for entry in measures()}
    assert signatures["mean_slope"] == "mean_slope(activation, mean=0, std=1)"
    assert signatures["cross_entropy"] == "cross_entropy(index, z1, z2, z3=-inf, z4=-inf)"
    assert signatures["adam_distance"] == "adam_distance(gradient, steps, rate=0.01)"
    assert signatures["experiment_wins"] == "experiment_wins(experiment, seeds=9)"


def test_arguments_can_be_checked_without_computing() -> None:
    check("scalar_chain", {"activation": "tanh", "weight": "0.9", "depth": 100})
    for args, told in (
        ({"activation": "tanh", "weight": "heavy", "depth": 100}, "weight must be a finite number"),
        ({"activation": "tanh", "weight": 1, "depth": 0}, "depth must be at least 1"),
        ({"activation": "tanh", "weight": 1}, "needs the argument depth"),
    ):
        with pytest.raises(UserError, match=told):
            check("scalar_chain", args)
    with pytest.raises(UserError, match="did you mean centred"):
        check("gd_iterations", {"features": "centered"})
    with pytest.raises(UserError, match="true or false"):
        check("score_std", {"d": 4, "scaled": "perhaps"})
