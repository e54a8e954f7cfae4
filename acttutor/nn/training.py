"""Training: many networks of one shape at once, from snapshot to snapshot.

A snapshot is all there is to know of a run at the end of an epoch. `train` takes one and returns a later one;
the earlier stays as it was, so that a run can be resumed, or forked under another plan. The order of the
points in epoch e is a function of a network's seed and e alone, so what follows from a snapshot is the same
however it was reached, and the same for a network alone as among others, but for rounding.

Normalisation over a batch uses the batch itself, in training and afterwards: there are no running averages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from acttutor.errors import UserError
from acttutor.nn import losses
from acttutor.nn.arrays import Array
from acttutor.nn.flat import Layout, flatten, layout_of
from acttutor.nn.network import Network, Parameters, check_parameters, forward
from acttutor.nn.optimizers import Adam, Momentum, Optimizer, Sgd
from acttutor.nn.population import Population, stack, unstack
from acttutor.nn.special import quiet
from acttutor.nn.training_plan import Accumulate, Plan, Points
from acttutor.nn.training_run import Failure, Run, State

# 128 KB of numbers: above that, memory is mapped and unmapped by the operating system.
_NUMBERS_TOGETHER = 16_384

__all__ = [
    "Accumulate",
    "Adam",
    "Divergence",
    "Momentum",
    "Optimizer",
    "Plan",
    "Points",
    "Sgd",
    "Snapshot",
    "losses_of",
    "outputs",
    "start",
    "train",
]


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where a run first left the finite numbers; layer, epoch and batch count from 1, `layer` None is the loss."""

    layer: int | None
    epoch: int
    batch: int
    operation: str
    tensor: str
    advice: str

    def __str__(self) -> str:
        where = f"layer {self.layer}" if self.layer else "the loss"
        return (
            f"diverged in epoch {self.epoch}, batch {self.batch}: {self.operation} {self.tensor} of {where}"
            f" is not finite ({self.advice})"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """K networks after `epoch` epochs: `state` holds their numbers, in the order that `layout` says.

    `diverged[k]` tells why network k stopped; its parameters are the last finite ones.
    """

    population: Population
    layout: Layout
    seeds: tuple[int, ...]
    state: State
    epoch: int
    diverged: tuple[Divergence | None, ...]

    @property
    def parameters(self) -> Parameters:
        """All parameters, stacked on a leading axis of networks."""
        return self.layout.views(self.state.flat)

    def of(self, place: int) -> Parameters:
        """The parameters of the network at `place` (from 0) alone."""
        return unstack(self.population, self.parameters, place)


def start(
    networks: Sequence[Network], parameters: Sequence[Parameters], seeds: Sequence[int] | None = None
) -> Snapshot:
    """The snapshot before the first epoch; `seeds` (one a network, default 0) order the points.

    Raises UserError for networks of different shapes and for parameters that do not fit.
    """
    if not len(networks) == len(parameters) == len(seeds or networks):
        raise UserError("as many parameters and seeds as networks are needed", where="training")
    population = Population(tuple(networks))
    for network, own in zip(networks, parameters, strict=True):
        check_parameters(network, own)
    layout = layout_of(population)
    flat = flatten(layout, stack(population, parameters))
    state = State(flat, np.empty((0, *flat.shape)), np.zeros_like(flat), np.zeros(flat.shape, dtype=np.bool_))
    return Snapshot(
        population, layout, tuple(seeds or [0] * len(networks)), state, 0, (None,) * len(networks)
    )


def train(
    snapshot: Snapshot,
    plan: Plan,
    points: Points,
    epochs: int,
    report: Callable[[float], None] | None = None,
) -> Snapshot:
    """The snapshot `epochs` epochs later.

    `report` is told the share done after each epoch; what it raises ends the run, and loses nothing but the
    epochs since `snapshot`. A network that leaves the finite numbers stops there, the others go on. Raises
    UserError for points that fit neither the networks nor their loss.
    """
    _check(snapshot, plan, points)
    alive = [place for place, reason in enumerate(snapshot.diverged) if reason is None]
    groups = _groups(alive, snapshot.population, points, plan)
    state, diverged, done = _prepared(snapshot, plan), list(snapshot.diverged), [0]

    def told() -> None:
        done[0] += 1
        if report is not None:
            report(done[0] / (epochs * len(groups)))

    counts = [(state.carried_count, state.updates)]
    with quiet():
        for places in groups:
            rows, failures = _train_group(snapshot, state.of(places), places, plan, points, epochs, told)
            state.put(places, rows)
            counts.append((rows.carried_count, rows.updates))
            for place, failure in failures.items():
                diverged[place] = failure
    # Every group that came to the end has the same counts; one that diverged as a whole has fewer updates.
    state.carried_count, state.updates = max(counts, key=lambda pair: pair[1])
    return replace(snapshot, state=state, epoch=snapshot.epoch + epochs, diverged=tuple(diverged))


def _train_group(
    snapshot: Snapshot,
    rows: State,
    places: list[int],
    plan: Plan,
    points: Points,
    epochs: int,
    told: Callable[[], None],
) -> tuple[State, dict[int, Divergence]]:
    """Train the networks at `places`, whose numbers are `rows`; those that diverge stop, the others go on."""
    alive, epoch, end = list(range(len(places))), snapshot.epoch, snapshot.epoch + epochs
    diverged: dict[int, Divergence] = {}
    while epoch < end and alive:
        here = [places[row] for row in alive]
        run = Run(
            Population(tuple(snapshot.population.networks[place] for place in here)),
            _plan_of(plan, here),
            points.of(here),
            tuple(snapshot.seeds[place] for place in here),
            rows.of(alive),
        )
        found = dict[int, Failure]()
        while epoch < end and not found:
            found = run.epoch(epoch)
            epoch += 1
            told()
        rows.put(alive, run.state)
        rows.carried_count, rows.updates = run.state.carried_count, run.state.updates
        for row, failure in found.items():
            place = here[row]
            diverged[place] = Divergence(
                failure.layer,
                epoch,
                failure.batch,
                failure.operation,
                failure.tensor,
                _advice(_plan_of(plan, [place]), failure),
            )
        alive = [row for index, row in enumerate(alive) if index not in found]
    for _epoch in range(epoch, end):
        told()
    return rows, diverged


def _groups(places: list[int], population: Population, points: Points, plan: Plan) -> list[list[int]]:
    """The places in groups that are trained together, equal networks next to each other.

    Then each kind of layer is one slice of the arrays; and no array is so large that the allocator gives its
    memory back to the system after every operation, which costs as much as the arithmetic.
    """
    first = {network: place for place, network in reversed(list(enumerate(population.networks)))}
    ordered = sorted(places, key=lambda place: first[population.networks[place]])
    batch = min(plan.batch_size or points.x.shape[-2], points.x.shape[-2])
    size = max(1, _NUMBERS_TOGETHER // (batch * max(population.widths)))
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def _plan_of(plan: Plan, places: list[int]) -> Plan:
    rate = plan.learning_rate
    return replace(plan, learning_rate=tuple(rate[p] for p in places)) if isinstance(rate, tuple) else plan


def _advice(plan: Plan, failure: Failure) -> str:
    """What usually helps; before any update it can only be the numbers that went in."""
    if failure.first:
        return "it fails before the first update: scale the inputs and targets, or start with smaller weights"
    rate = plan.learning_rate[0] if isinstance(plan.learning_rate, tuple) else plan.learning_rate
    clip = "" if plan.clip else ", or clip the gradient"
    return (
        f"lower the learning rate (now {rate:g}), scale inputs and targets, start with smaller weights{clip}"
    )


def _prepared(snapshot: Snapshot, plan: Plan) -> State:
    """A copy of the state, fit for the plan: a fork to another optimizer starts without memory of the first."""
    state = snapshot.state.of(list(range(len(snapshot.seeds))))
    wanted = (plan.optimizer.slots, *state.flat.shape)
    if state.memory.shape != wanted:
        state.memory, state.updates = np.zeros(wanted), 0
    if plan.accumulate is Accumulate.FRESH:
        state.carried_count = 0
    return state


def _check(snapshot: Snapshot, plan: Plan, points: Points) -> None:
    population, count = snapshot.population, len(snapshot.seeds)
    for name, array, width in (
        ("x", points.x, population.inputs),
        ("y", points.y, population.widths[-1]),
    ):
        if array.ndim not in (2, 3) or array.shape[-1] != width or array.shape[:-2] not in ((), (count,)):
            raise UserError(
                f"{name} is {' x '.join(map(str, array.shape))}",
                where="points",
                hint=f"n x {width}, or {count} x n x {width} with points for each network",
            )
    if points.x.shape[-2] != points.y.shape[-2] or not points.x.shape[-2]:
        raise UserError(f"{points.x.shape[-2]} x for {points.y.shape[-2]} y", where="points")
    if isinstance(plan.learning_rate, tuple) and len(plan.learning_rate) != count:
        raise UserError(f"{len(plan.learning_rate)} learning rates for {count} networks", where="plan")
    losses.check_targets(population.loss, points.y)


def outputs(snapshot: Snapshot, x: Array) -> Array:
    """What each network makes of raw `x` `(n, inputs)` or `(K, n, inputs)`: its last activations `(K, n, out)`."""
    return forward(snapshot.population, snapshot.parameters, x).a[-1]


def losses_of(snapshot: Snapshot, points: Points) -> Array:
    """Each network's mean loss on `points`, without the penalty, `(K,)`."""
    loss = snapshot.population.loss
    passed = forward(snapshot.population, snapshot.parameters, points.x)
    return np.broadcast_to(losses.value(loss, passed.outputs(loss), points.y), (len(snapshot.seeds),))
