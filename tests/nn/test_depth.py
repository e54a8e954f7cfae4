import math

import numpy as np
import pytest

from acttutor.errors import UserError
from acttutor.nn.activations import apply, names
from acttutor.nn.depth import chain_factor, chain_log10, log10_norm, measure, power_of_ten, scalar_chain
from acttutor.nn.network import Norm


def median_ratio(name, **setting):
    return float(np.median([measure(apply(name), seed=seed, **setting).ratio for seed in range(6)]))


@pytest.mark.parametrize(
    ("name", "setting", "low", "high"),
    [
        ("sigmoid", {}, 1e-19, 3e-18),
        ("tanh", {}, 0.07, 0.4),
        ("relu", {"init": "he"}, 0.3, 3.0),
        ("relu", {"init": "he", "gain": 2.0}, 1e7, 1e10),
        ("relu", {}, 1e-5, 1e-4),
        ("sigmoid", {"gain": 10.0}, 0.05, 0.7),
        ("silu", {"init": "he"}, 1e-4, 2e-3),
        ("selu", {"init": "lecun"}, 2.0, 5.0),
        ("sigmoid", {"residual": True}, 2.0, 6.0),
        ("sigmoid", {"norm": Norm.BATCH}, 0.3, 0.9),
        ("relu", {"init": "he", "norm": Norm.BATCH}, 100.0, 350.0),
        ("tanh", {"norm": Norm.BATCH}, 7.0, 18.0),
    ],
)
def test_thirty_layers_keep_the_share_of_the_gradient_that_was_measured_elsewhere(name, setting, low, high):
    assert low <= median_ratio(name, **setting) <= high


def naive(name, depth, width, batch, std, seed):
    """The same stack without any care for the range of numbers: log10 norms of signal and δ."""
    applied, rng = apply(name), np.random.default_rng(seed)
    h, gradient = rng.standard_normal((batch, width)), rng.standard_normal((batch, width))
    weights = [rng.standard_normal((width, width)) * std for _ in range(depth)]
    zs, hs, deltas = [], [], []
    for matrix in weights:
        zs.append(h @ matrix)
        h = applied.value(zs[-1])
        hs.append(np.linalg.norm(h))
    for matrix, z in zip(reversed(weights), reversed(zs), strict=True):
        delta = gradient * applied.derivative(z)
        deltas.insert(0, np.linalg.norm(delta))
        gradient = delta @ matrix.T
    return np.log10(hs), np.log10(deltas)


@pytest.mark.parametrize("name", ["sigmoid", "relu", "gelu", "selu", "softplus", "tanh"])
@pytest.mark.parametrize("std", [0.02, 0.3])
def test_rescaling_changes_nothing_where_none_is_needed(name, std):
    signal, delta = naive(name, 20, 12, 5, std, seed=3)
    profile = measure(apply(name), depth=20, width=12, batch=5, init=f"normal:{std}", seed=3)
    assert [layer.log10_signal for layer in profile.layers] == pytest.approx(signal.tolist(), abs=1e-9)
    assert [layer.log10_delta for layer in profile.layers] == pytest.approx(delta.tolist(), abs=1e-9)


@pytest.mark.parametrize(
    "name", ["relu", "gelu", "silu", "selu", "softplus", "leaky_relu", "identity", "elu"]
)
@pytest.mark.parametrize("std", [0.01, 10.0])
def test_a_thousand_layers_neither_underflow_nor_overflow(name, std):
    layers = measure(apply(name), depth=1000, width=32, batch=4, init=f"normal:{std}").layers
    values = [value for layer in layers for value in (layer.log10_signal, layer.log10_delta)]
    assert all(math.isfinite(value) for value in values)
    # From layer to layer the logarithms move in steps of usual size: no jump where the exponent is split off.
    for series in ("log10_signal", "log10_delta"):
        assert np.abs(np.diff([getattr(layer, series) for layer in layers])).max() < 4.0


@pytest.mark.parametrize("name", ["elu", "gelu", "softplus", "relu", "selu", "sigmoid(elu)"])
@pytest.mark.parametrize("seed", range(20))
def test_a_signal_that_falls_from_far_out_to_the_lower_end_lands_where_it_would(name, seed):
    with np.errstate(divide="ignore"):
        signal, delta = naive(name, 4, 1, 1, 1e36, seed)
    layers = measure(apply(name), depth=4, width=1, batch=1, init="normal:1e36", seed=seed).layers
    assert [layer.log10_signal for layer in layers] == pytest.approx(signal.tolist(), abs=1e-9)
    assert [layer.log10_delta for layer in layers] == pytest.approx(delta.tolist(), abs=1e-9)


def test_a_linear_stack_scales_exactly_with_the_gain():
    one, three = (
        measure(apply("relu"), depth=900, width=6, init="he", gain=gain, seed=1) for gain in (1.0, 3.0)
    )
    for index in range(900):
        a, b = one.layers[index], three.layers[index]
        if math.isfinite(a.log10_signal):
            assert b.log10_signal - a.log10_signal == pytest.approx((index + 1) * math.log10(3), abs=1e-6)


def test_a_deeper_stack_begins_with_the_same_layers():
    short, long = (measure(apply("tanh"), depth=depth, width=8, batch=4, seed=5) for depth in (5, 9))
    for a, b in zip(short.layers, long.layers, strict=False):
        assert (a.log10_signal, a.dead, a.saturated) == (b.log10_signal, b.dead, b.saturated)


def test_the_factor_is_the_ratio_per_layer():
    profile = measure(apply("relu"), depth=30, width=16, batch=8)
    assert profile.factor**29 == pytest.approx(profile.ratio, rel=1e-9)
    assert measure(apply("relu"), depth=1, width=4, batch=4).factor == 1.0


@pytest.mark.parametrize("name", names())
def test_every_activation_can_be_measured(name):
    if name == "maxout":
        return
    for norm in Norm:
        for layer in measure(apply(name), depth=4, width=6, batch=5, norm=norm, residual=True).layers:
            assert not math.isnan(layer.log10_signal)
            assert not math.isnan(layer.log10_delta)
            assert 0.0 <= layer.dead <= 1.0
            assert 0.0 <= layer.saturated <= 1.0


def test_step_passes_no_gradient_at_all():
    profile = measure(apply("step"), depth=3, width=8, batch=8)
    assert [layer.log10_delta for layer in profile.layers] == [-math.inf] * 3


def test_dead_units_are_those_that_no_sample_switches_on():
    one_sample = measure(apply("relu"), depth=1, width=200, batch=1, init="he").layers[0]
    assert one_sample.dead == pytest.approx(0.5, abs=0.12)
    assert one_sample.dead == one_sample.saturated
    many = measure(apply("relu"), depth=1, width=200, batch=64, init="he").layers[0]
    assert many.dead == 0.0
    assert measure(apply("leaky_relu"), depth=1, width=200, batch=1).layers[0].dead == 0.0


def test_saturation_grows_with_the_weights():
    fractions = [
        measure(apply("sigmoid"), depth=3, gain=gain).layers[0].saturated for gain in (1.0, 5.0, 50.0)
    ]
    assert fractions[0] == 0.0
    assert 0.1 < fractions[1] < fractions[2]
    # σ′ is below 1% of its largest value beyond |z| = 5.99; with a gain of 50, z has a standard deviation near 50.
    assert fractions[2] == pytest.approx(0.905, abs=0.02)


def test_several_activations_take_turns_over_the_units():
    mixed = measure((apply("relu"), apply("tanh")), depth=1, width=200, batch=1, init="he").layers[0]
    assert mixed.dead == pytest.approx(0.25, abs=0.1)


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"depth": 0}, "depth must be from 1 to 1000"),
        ({"depth": 1001}, "depth must be from 1 to 1000"),
        ({"width": 0}, "width must be at least 1"),
        ({"batch": -3}, "batch must be at least 1"),
        ({"seed": -1}, "seed"),
        ({"depth": 1000, "width": 4096}, "do not fit in memory"),
        ({"init": "hee"}, "did you mean he"),
    ],
)
def test_sizes_that_cannot_be_measured_are_refused(setting, says):
    with pytest.raises(UserError, match=says):
        measure(apply("relu"), **setting)


def test_norms_of_any_size_have_a_logarithm():
    assert log10_norm(np.full((2, 2), 1e200)) == pytest.approx(200 + math.log10(2))
    assert log10_norm(np.full((2, 2), 1e-300)) == pytest.approx(-300 + math.log10(2))
    assert log10_norm(np.zeros((2, 2))) == -math.inf
    assert log10_norm(np.array([[math.inf, 1.0]])) == math.inf
    assert math.isnan(log10_norm(np.array([[math.nan, 1.0]])))


def test_powers_of_ten_leave_the_range_silently():
    assert [power_of_ten(x) for x in (-400.0, 0.0, 400.0)] == [0.0, 1.0, math.inf]


def test_a_hundred_sigmoids_at_their_steepest_leave_a_quarter_to_the_hundredth():
    assert chain_factor(apply("sigmoid"), 1.0, 0.0) == 0.25
    assert chain_log10(apply("sigmoid"), 1.0, 0.0, 100) == pytest.approx(-60.20599913279624, rel=1e-14)
    assert chain_log10(apply("sigmoid"), -4.0, 0.0, 100) == 0.0
    assert chain_log10(apply("relu"), 1.0, -1.0, 3) == -math.inf
    assert chain_log10(apply("relu"), 1.0, -1.0, 0) == 0.0


def test_a_chain_multiplies_the_factors_where_each_layer_really_stands():
    links = scalar_chain(apply("tanh"), 1.5, 3, start=0.4)
    h, product = 0.4, 1.0
    for link in links:
        product *= 1.5 * (1 - math.tanh(1.5 * h) ** 2)
        h = math.tanh(1.5 * h)
        assert link.value == pytest.approx(h, rel=1e-14)
        assert link.gradient == pytest.approx(product, rel=1e-13)
        assert link.log10_gradient == pytest.approx(math.log10(product), rel=1e-12)


def test_a_chain_that_underflows_keeps_its_logarithm():
    last = scalar_chain(apply("sigmoid"), 1.0, 1000)[-1]
    assert last.gradient == 0.0
    assert -700 < last.log10_gradient < -600


def test_the_slope_of_a_chain_is_its_finite_difference():
    applied = apply("gelu")
    up, down = (scalar_chain(applied, -1.3, 4, start=0.7 + by)[-1].value for by in (1e-6, -1e-6))
    assert scalar_chain(applied, -1.3, 4, start=0.7)[-1].gradient == pytest.approx(
        (up - down) / 2e-6, rel=1e-7
    )


@pytest.mark.parametrize("name", ["relu", "tanh", "gelu"])
def test_a_normalised_stack_whose_signal_fades_far_below_epsilon_loses_nothing(name):
    found = measure(apply(name), depth=1000, width=16, norm=Norm.LAYER, init="he", gain=0.0015)
    assert all(
        math.isfinite(layer.log10_delta) and math.isfinite(layer.log10_signal) for layer in found.layers
    )
