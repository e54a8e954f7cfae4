import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.nn.activations import apply
from acttutor.nn.init import initial, parse
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss, Penalty, Regularization
from acttutor.nn.network import Network, Norm, Parameters, gradients
from acttutor.nn.training import (
    Accumulate,
    Adam,
    Momentum,
    Plan,
    Points,
    Sgd,
    losses_of,
    outputs,
    start,
    train,
)
from acttutor.nn.training_run import _orders

PLAYGROUND = sorted((Path(__file__).parent / "data" / "playground").glob("*.json"))
RNG = np.random.default_rng(11)
POINTS = Points(RNG.standard_normal((23, 2)), RNG.random((23, 1)))


def network(activation="tanh", loss=Loss.MSE, last="identity", **more):
    first = Layer(4, (apply(activation),), **more)
    return Network(2, (first, Layer(4, (apply(activation),), **more), Layer(1, (apply(last),))), loss)


def begin(*networks, seeds=None):
    return start(networks, [initial(one, parse("xavier"), 3 + i) for i, one in enumerate(networks)], seeds)


def playground_plan(config):
    kind = Penalty(config.get("reg", "none").lower())
    return Plan(
        learning_rate=config.get("lr", 0.03),
        batch_size=config.get("batch", 10),
        shuffle=False,
        accumulate=Accumulate.CARRY,
        regularization=Regularization(kind, config.get("rr", 0.0)),
        sticky_zeros=True,
    )


@pytest.mark.parametrize("path", PLAYGROUND, ids=lambda path: path.stem)
def test_playgrounds_own_runs_are_followed_to_the_last_digits(path):
    recorded = json.loads(path.read_text())
    config, points = recorded["config"], np.array(recorded["train"])
    hidden = tuple(Layer(units, (apply(config["act"].lower()),)) for units in config["shape"])
    playground = Network(2, (*hidden, Layer(1, (apply("tanh"),))), Loss.MSE)
    first = Parameters(
        tuple(np.array(matrix).T for matrix in recorded["init"]["weights"]),
        tuple(np.array(numbers) for numbers in recorded["init"]["biases"]),
        ((),) * len(playground.layers),
    )
    now, given_points = start([playground], [first]), Points(points[:, :2], points[:, 2:])
    for checkpoint in recorded["checkpoints"]:
        now = train(now, playground_plan(config), given_points, checkpoint["epoch"] - now.epoch)
        for found, wanted in zip(now.of(0).weights, checkpoint["weights"], strict=True):
            assert np.abs(found - np.array(wanted).T).max() < 1e-12
        for found, wanted in zip(now.of(0).biases, checkpoint["biases"], strict=True):
            assert np.abs(found - np.array(wanted)).max() < 1e-12
        assert losses_of(now, given_points)[0] == pytest.approx(checkpoint["train_loss"], abs=1e-12)


def by_hand(parameters, alone, plan, points, epochs, penalty):
    """The loop as one writes it on paper: one network, one array at a time, no carry, no shuffle."""
    values = {name: array.copy() for name, array in parameters.named().items()}
    memory = {name: (np.zeros_like(a), np.zeros_like(a)) for name, a in values.items()}
    updates = 0
    for _ in range(epochs):
        for first in range(0, len(points.x), plan.batch_size):
            batch = slice(first, first + plan.batch_size)
            slopes = gradients(alone, parameters.replaced(values), points.x[batch], points.y[batch]).named()
            updates += 1
            for name, slope in slopes.items():
                g = slope + (penalty(values[name]) if name.startswith("W") else 0.0)
                m, v = memory[name]
                match plan.optimizer:
                    case Momentum(momentum):
                        m = momentum * m + g
                        step = m
                    case Adam(beta1, beta2, epsilon):
                        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
                        step = (m / (1 - beta1**updates)) / (np.sqrt(v / (1 - beta2**updates)) + epsilon)
                    case _:
                        step = g
                memory[name] = m, v
                values[name] = values[name] - plan.learning_rate * step
    return values


@pytest.mark.parametrize("optimizer", [Sgd(), Momentum(0.8), Adam()], ids=["sgd", "momentum", "adam"])
@pytest.mark.parametrize(
    ("regularization", "penalty"),
    [
        (Regularization(), lambda w: 0.0 * w),
        (Regularization(Penalty.L1, 0.01), lambda w: 0.01 * np.sign(w)),
        (Regularization(Penalty.L2, 0.01), lambda w: 0.01 * w),
    ],
    ids=["none", "l1", "l2"],
)
@pytest.mark.parametrize(
    "alone",
    [
        network("tanh"),
        network("gelu", Loss.BCE, "sigmoid", residual=False, norm=Norm.LAYER),
        network("prelu", train_params=True),
        network("acon_c", train_params=True, norm=Norm.BATCH),
    ],
    ids=["tanh", "gelu-layer-norm", "prelu", "acon-batch-norm"],
)
def test_each_optimizer_and_penalty_follows_the_loop_written_by_hand(
    optimizer, regularization, penalty, alone
):
    plan = Plan(optimizer, 0.05, batch_size=6, shuffle=False, regularization=regularization)
    first = begin(alone)
    found = train(first, plan, POINTS, 4).of(0).named()
    wanted = by_hand(first.of(0), alone, plan, POINTS, 4, penalty)
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        # Where a gradient is zero but for rounding, as that of a bias before batch normalisation, Adam's step
        # is rounding made visible.
        assert found[name] == pytest.approx(value, rel=1e-9, abs=1e-8), name


DIFFERENT = (
    network("relu"),
    network("tanh"),
    network("relu"),
    network("silu", residual=False, norm=Norm.BATCH),
    network("prelu", train_params=True),
    network("elu"),
)


@pytest.mark.parametrize("optimizer", [Sgd(), Adam()], ids=["sgd", "adam"])
@pytest.mark.parametrize("accumulate", Accumulate)
def test_a_network_learns_the_same_among_others_as_alone(optimizer, accumulate):
    rates = (0.1, 0.02, 0.05, 0.03, 0.01, 0.2)
    plan = Plan(
        optimizer,
        rates,
        batch_size=5,
        accumulate=accumulate,
        regularization=Regularization(Penalty.L2, 0.01),
        clip=0.5,
    )
    first = begin(*DIFFERENT, seeds=(1, 2, 1, 4, 5, 6))
    together = train(first, plan, POINTS, 20)
    for place, alone in enumerate(DIFFERENT):
        own = start([alone], [first.of(place)], [first.seeds[place]])
        wanted = train(own, replace(plan, learning_rate=rates[place]), POINTS, 20).of(0).named()
        for name, value in wanted.items():
            assert together.of(place).named()[name] == pytest.approx(value, rel=1e-8, abs=1e-7), name


def test_each_network_may_have_points_of_its_own():
    apart = Points(np.stack([POINTS.x, -POINTS.x]), np.stack([POINTS.y, POINTS.y + 1]))
    first = begin(network(), network("relu"), seeds=(7, 8))
    together = train(first, Plan(batch_size=4), apart, 6)
    for place in (0, 1):
        own = start([first.population.networks[place]], [first.of(place)], [7 + place])
        alone = train(own, Plan(batch_size=4), Points(apart.x[place], apart.y[place]), 6)
        assert together.of(place).weights[0] == pytest.approx(alone.of(0).weights[0], rel=1e-9)
        assert losses_of(together, apart)[place] == pytest.approx(
            float(losses_of(alone, apart.of([place]))[0])
        )


@given(st.integers(0, 40), st.integers(1, 40), st.sampled_from(Accumulate), st.booleans())
@settings(max_examples=25, deadline=None)
def test_stopping_on_the_way_changes_nothing(first_part, second_part, accumulate, sticky):
    plan = Plan(
        Adam(),
        0.02,
        batch_size=7,
        accumulate=accumulate,
        regularization=Regularization(Penalty.L1, 0.05),
        sticky_zeros=sticky,
    )
    whole = train(begin(network(), seeds=(3,)), plan, POINTS, first_part + second_part)
    half = train(begin(network(), seeds=(3,)), plan, POINTS, first_part)
    kept = half.state.flat.copy()
    resumed = train(half, plan, POINTS, second_part)
    assert np.array_equal(half.state.flat, kept)
    assert np.array_equal(resumed.state.flat, whole.state.flat)
    assert resumed.epoch == whole.epoch == first_part + second_part


def test_a_snapshot_can_be_forked_under_another_plan():
    trunk = train(begin(network()), Plan(Adam(), 0.01), POINTS, 5)
    left = train(trunk, Plan(Sgd(), 0.3), POINTS, 5)
    right = train(trunk, Plan(Adam(), 0.01), POINTS, 5)
    assert not np.array_equal(left.state.flat, right.state.flat)
    assert np.array_equal(train(trunk, Plan(Adam(), 0.01), POINTS, 5).state.flat, right.state.flat)


def test_every_epoch_visits_each_point_once_in_an_order_of_its_own():
    orders = _orders(4, 0, 50)
    assert np.array_equal(np.sort(orders, axis=1), np.tile(np.arange(50), (len(orders), 1)))
    assert len({tuple(order) for order in orders}) == len(orders)
    assert not np.array_equal(orders, _orders(5, 0, 50))
    assert not np.array_equal(orders, _orders(4, 1, 50))


def test_an_incomplete_batch_makes_its_own_update_or_waits_for_the_next_epoch():
    plan = Plan(learning_rate=0.1, batch_size=10, shuffle=False)
    first = begin(network())
    fresh = train(first, plan, POINTS, 1)
    carried = train(first, replace(plan, accumulate=Accumulate.CARRY), POINTS, 1)
    assert fresh.state.updates == 3
    assert carried.state.updates == 2
    assert carried.state.carried_count == 3
    alone = first.population.networks[0]
    rest = gradients(alone, carried.of(0), POINTS.x[20:], POINTS.y[20:])
    assert carried.layout.views(carried.state.carried).weights[0][0] == pytest.approx(3 * rest.weights[0])


def test_a_weight_that_an_l1_penalty_carries_across_zero_stays_there():
    plan = Plan(regularization=Regularization(Penalty.L1, 2.0), sticky_zeros=True, shuffle=False)
    found = train(begin(network()), plan, POINTS, 40)
    dead = found.state.fixed[0]
    assert dead.any()
    assert not found.state.flat[0, dead].any()
    assert not (dead & (found.layout.is_weight() == 0)).any()
    without = train(begin(network()), replace(plan, sticky_zeros=False), POINTS, 40)
    assert not without.state.fixed.any()
    assert (without.state.flat != 0).all()


def test_a_long_gradient_is_clipped_to_the_given_norm():
    far = Points(POINTS.x, POINTS.y + 1000)
    first = begin(network())
    moved = train(first, Plan(learning_rate=1.0, clip=0.25), far, 1).state.flat - first.state.flat
    assert np.linalg.norm(moved) == pytest.approx(0.25)
    near = train(first, Plan(learning_rate=0.001, clip=1e6), POINTS, 1)
    assert np.array_equal(near.state.flat, train(first, Plan(learning_rate=0.001), POINTS, 1).state.flat)


def test_a_diverging_network_stops_says_where_and_leaves_the_others_alone():
    plan = Plan(learning_rate=(0.05, 80.0, 0.05), batch_size=4)
    first = begin(network("tanh"), network("relu"), network("elu"), seeds=(1, 2, 3))
    found = train(first, plan, POINTS, 30)
    assert found.diverged[0] is None
    assert found.diverged[2] is None
    told = found.diverged[1]
    assert told is not None
    assert told.layer in (None, 1, 2, 3)
    assert told.epoch >= 1
    assert told.batch >= 1
    assert "learning rate (now 80)" in told.advice
    assert f"epoch {told.epoch}, batch {told.batch}" in str(told)
    assert np.isfinite(found.state.flat).all()
    alone = train(
        start([network("elu")], [first.of(2)], [3]), Plan(learning_rate=0.05, batch_size=4), POINTS, 30
    )
    assert found.of(2).weights[0] == pytest.approx(alone.of(0).weights[0], rel=1e-9)
    again = train(found, plan, POINTS, 3)
    assert np.array_equal(again.of(1).weights[0], found.of(1).weights[0])
    assert again.diverged[1] == told


@pytest.mark.parametrize(
    ("scale", "target", "layer", "operation"),
    [(1e308, 0.0, 1, "pre-activation"), (1.0, 1e200, None, "value")],
)
def test_the_first_operation_to_leave_the_finite_numbers_is_named(scale, target, layer, operation):
    first = begin(network("relu"))
    first.state.flat[...] = 2.0
    points = Points(np.full((3, 2), scale), np.full((3, 1), target))
    told = train(first, Plan(learning_rate=1e200, shuffle=False), points, 2).diverged[0]
    assert told is not None
    assert (told.layer, told.operation, told.batch) == (layer, operation, 1)


def test_progress_is_told_and_can_stop_a_run():
    shares = []
    train(begin(network()), Plan(), POINTS, 4, shares.append)
    assert shares == [0.25, 0.5, 0.75, 1.0]

    class StopHereError(Exception):
        pass

    def stop(share):
        raise StopHereError

    first = begin(network())
    with pytest.raises(StopHereError):
        train(first, Plan(), POINTS, 4, stop)
    assert first.epoch == 0


def test_all_problems_of_fit_are_told():
    first = begin(network(), network("relu"))
    for points, wanted in (
        (Points(np.zeros((3, 1)), np.zeros((3, 1))), "x is 3 x 1"),
        (Points(np.zeros((3, 2)), np.zeros((4, 1))), "3 x for 4 y"),
        (Points(np.zeros((3, 3, 2)), np.zeros((3, 1))), "x is 3 x 3 x 2"),
        (Points(np.zeros((0, 2)), np.zeros((0, 1))), "0 x for 0 y"),
    ):
        with pytest.raises(UserError, match=wanted):
            train(first, Plan(), points, 1)
    with pytest.raises(UserError, match="3 learning rates for 2 networks"):
        train(first, Plan(learning_rate=(1.0, 2.0, 3.0)), POINTS, 1)
    with pytest.raises(UserError, match="values from 0 to 1"):
        train(begin(network("tanh", Loss.BCE, "sigmoid")), Plan(), Points(POINTS.x, POINTS.y + 3), 1)


def test_training_lowers_the_loss_and_outputs_are_the_last_activations():
    first = begin(network("tanh"), network("relu"))
    later = train(first, Plan(Adam(), 0.05), POINTS, 200)
    assert (losses_of(later, POINTS) < 0.5 * losses_of(first, POINTS)).all()
    found = outputs(later, POINTS.x)
    assert found.shape == (2, 23, 1)
    assert 0.5 * np.square(found - POINTS.y).mean(axis=(1, 2)) == pytest.approx(losses_of(later, POINTS))


def test_a_divergence_is_told_in_the_batch_in_which_the_loss_first_overflowed():
    line = Network(1, (Layer(1, (apply("identity"),)),), Loss.MSE)
    first = start([line], [Parameters((np.array([[1.0]]),), (np.zeros(1),), ((),))])
    points = Points(np.full((2, 1), 3.0), np.zeros((2, 1)))
    told = train(first, Plan(learning_rate=1.5, batch_size=1, shuffle=False), points, 400).diverged[0]
    assert told is not None
    updates, w, b = 0, np.float64(1.0), np.float64(0.0)
    with np.errstate(over="ignore"):
        while np.isfinite(0.5 * np.square(3.0 * w + b)):
            error = 3.0 * w + b
            w, b = w - 1.5 * 3.0 * error, b - 1.5 * error
            updates += 1
    assert (told.layer, told.operation) == (None, "value")
    assert 2 * (told.epoch - 1) + told.batch - 1 == updates


def test_without_a_batch_size_all_points_are_one_batch_even_where_rests_are_carried():
    plan = Plan(shuffle=False)
    fresh = train(begin(network()), plan, POINTS, 3)
    carried = train(begin(network()), replace(plan, accumulate=Accumulate.CARRY), POINTS, 3)
    assert carried.state.updates == 3
    assert carried.state.flat == pytest.approx(fresh.state.flat, rel=1e-12)


def test_a_fork_to_another_optimizer_begins_it_afresh():
    trunk = train(begin(network()), Plan(Sgd(), 0.1), POINTS, 50)
    fork = train(trunk, Plan(Adam(), 0.01), POINTS, 1)
    from_new = train(start([network()], [trunk.of(0)]), Plan(Adam(), 0.01, shuffle=False), POINTS, 1)
    assert fork.state.updates == 1
    assert fork.state.flat == pytest.approx(from_new.state.flat, rel=1e-9)


def test_large_populations_are_trained_in_parts_that_do_not_show():
    many = Points(np.tile(POINTS.x, (60, 1)), np.tile(POINTS.y, (60, 1)))
    networks = [network(name) for name in ("relu", "tanh", "relu", "tanh", "gelu")]
    shares = []
    together = train(begin(*networks), Plan(Adam(), 0.01), many, 4, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for place, alone in enumerate(networks):
        own = train(start([alone], [begin(*networks).of(place)]), Plan(Adam(), 0.01), many, 4)
        assert together.of(place).weights[0] == pytest.approx(own.of(0).weights[0], rel=1e-8)
