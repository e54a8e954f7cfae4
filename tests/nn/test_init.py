import math

import numpy as np
import pytest

from acttutor.errors import UserError
from acttutor.nn.activations import apply
from acttutor.nn.init import initial, parse
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network


def net(features=()):
    prelu = Layer(300, (apply("prelu", {"a": 0.1}),), train_params=True)
    return Network(2, (prelu, Layer(200, (apply("tanh"),))), Loss.MSE, features)


@pytest.mark.parametrize(
    ("text", "deviation"),
    [
        ("xavier", math.sqrt(2 / 500)),
        ("he", math.sqrt(2 / 300)),
        ("lecun", math.sqrt(1 / 300)),
        ("normal:0.05", 0.05),
        ("uniform:0.5", 0.5 / math.sqrt(3)),
    ],
)
def test_each_scheme_has_its_standard_deviation_and_the_gain_multiplies_it(text, deviation):
    for gain in (1.0, 2.5):
        initializer = parse(text, gain)
        assert initializer.deviation(300, 200) == pytest.approx(gain * deviation, rel=1e-14)
        weights = initial(net(), initializer, seed=0).weights[1]
        assert weights.std() == pytest.approx(gain * deviation, rel=0.02)
        assert abs(weights.mean()) < 0.02 * gain * deviation


def test_uniform_weights_stay_within_their_bound():
    weights = initial(net(), parse("uniform:0.5"), seed=3).weights[1]
    assert np.abs(weights).max() <= 0.5
    assert np.abs(weights).max() > 0.49


def test_first_parameters_have_the_shapes_of_the_network_and_zero_biases():
    first = initial(net(), parse("he"), seed=1)
    assert [w.shape for w in first.weights] == [(2, 300), (300, 200)]
    assert [b.shape for b in first.biases] == [(300,), (200,)]
    assert not any(b.any() for b in first.biases)
    assert {name: value.item() for name, value in first.named().items() if name.startswith("p")} == {
        "p1.a": 0.1
    }
    assert initial(net(("x", "y", "sinX")), parse("he"), seed=1).weights[0].shape == (3, 300)
    assert (initial(net(), parse("he"), seed=1, bias=0.1).biases[0] == 0.1).all()


def test_the_same_seed_draws_the_same_bits_and_another_seed_others():
    one, same, other = (initial(net(), parse("xavier"), seed).weights[0] for seed in (7, 7, 8))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_the_first_draws_are_those_of_the_seeded_generator():
    small = Network(2, (Layer(1, (apply("tanh"),)),), Loss.MSE)
    expected = np.random.default_rng(7).standard_normal((2, 1)) * math.sqrt(2 / 2)
    assert np.array_equal(initial(small, parse("he"), seed=7).weights[0], expected)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("xavir", "xavier"),
        ("", "xavier"),
        ("he:2", "gain"),
        ("normal", "normal:0.1"),
        ("normal:x", "normal:0.1"),
        ("normal:inf", "normal:0.1"),
        ("normal:nan", "normal:0.1"),
        ("uniform:-1", "uniform:0.5"),
    ],
)
def test_a_wrong_initialisation_is_refused_with_what_would_be_right(text, hint):
    with pytest.raises(UserError) as caught:
        parse(text)
    assert hint in str(caught.value)


def test_a_gain_that_is_not_finite_is_refused():
    with pytest.raises(UserError, match="gain"):
        parse("he", math.inf)
