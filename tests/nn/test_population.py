import numpy as np
import pytest

from acttutor.errors import UserError
from acttutor.nn.activations import apply
from acttutor.nn.flat import flatten, layout_of
from acttutor.nn.init import initial, parse
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network, Norm, forward, gradients
from acttutor.nn.population import Population, stack, unstack

RNG = np.random.default_rng(5)
X, Y = RNG.standard_normal((7, 3)), RNG.random((7, 2))


def network(first, **more):
    applied = tuple(apply(name) for name in first.split("+"))
    return Network(3, (Layer(3, applied, **more), Layer(2, (apply("sigmoid"),))), Loss.BCE)


MIXED = (
    network("relu"),
    network("tanh"),
    network("relu"),
    network("elu", residual=True),
    network("gelu", norm=Norm.BATCH),
    network("silu", norm=Norm.LAYER, residual=True),
    network("prelu", train_params=True),
    network("relu+mish+tanh"),
    network("acon_c", train_params=True, norm=Norm.BATCH),
    network("swish+prelu+relu", train_params=True),
    network("softmax"),
)


def parameters_of(networks):
    return [initial(one, parse("he"), seed) for seed, one in enumerate(networks)]


@pytest.mark.parametrize("networks", [MIXED, MIXED[:1] * 4, MIXED[4:5] * 3, MIXED[6:7] * 3])
@pytest.mark.parametrize("own_points", [False, True])
def test_a_network_computes_the_same_among_others_as_alone(networks, own_points):
    population, each = Population(tuple(networks)), parameters_of(networks)
    x = np.stack([X + place for place in range(len(networks))]) if own_points else X
    stacked = stack(population, each)
    together = forward(population, stacked, x)
    slopes = gradients(population, stacked, x, Y)
    for place, (alone, own) in enumerate(zip(networks, each, strict=True)):
        mine = x[place] if own_points else x
        assert together.a[-1][place] == pytest.approx(forward(alone, own, mine).a[-1], rel=1e-13, abs=1e-15)
        expected = gradients(alone, own, mine, Y)
        assert slopes.loss[place] == pytest.approx(float(expected.loss), rel=1e-13)
        for number, weights in enumerate(expected.weights):
            assert slopes.weights[number][place] == pytest.approx(weights, rel=1e-11, abs=1e-14)
            assert slopes.biases[number][place] == pytest.approx(
                expected.biases[number], rel=1e-11, abs=1e-14
            )
        found = {(item.unit, item.name): item.value[place] for items in slopes.activation for item in items}
        for items in expected.activation:
            for item in items:
                assert found[item.unit, item.name] == pytest.approx(float(item.value), rel=1e-11, abs=1e-14)


def test_what_is_stacked_comes_back_unchanged():
    population, each = Population(MIXED), parameters_of(MIXED)
    stacked = stack(population, each)
    for place, own in enumerate(each):
        back = unstack(population, stacked, place)
        assert back.named().keys() == own.named().keys()
        for name, value in own.named().items():
            assert np.array_equal(back.named()[name], value), name


def test_flat_parameters_share_their_memory_with_the_views_and_know_their_owners():
    population = Population(MIXED)
    layout = layout_of(population)
    flat = flatten(layout, stack(population, parameters_of(MIXED)))
    views = layout.views(flat)
    assert all(np.shares_memory(flat, array) for array in views.named().values())
    assert np.array_equal(layout.views(flat).weights[1][2], parameters_of(MIXED)[2].weights[1])
    owners = layout.owners()
    assert len(owners) == layout.size == flat.shape[1]
    views.weights[1][...] = np.inf
    assert {owners[place] for place in np.flatnonzero(np.isinf(flat[0]))} == {(2, "W2")}
    assert layout.is_weight().sum() == 3 * 3 + 3 * 2


def test_networks_of_different_shapes_are_refused_by_number():
    narrow = Network(3, (Layer(2, (apply("relu"),)), Layer(2, (apply("sigmoid"),))), Loss.BCE)
    with pytest.raises(UserError, match=r"network 2.*widths"):
        Population((network("relu"), narrow))
