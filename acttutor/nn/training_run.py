"""The working part of training: arrays that change in place, batch by batch.

Everything here expects NumPy's floating-point signals to be silenced, once for a whole run.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from acttutor.nn import losses
from acttutor.nn.arrays import Array
from acttutor.nn.flat import layout_of
from acttutor.nn.losses import Penalty
from acttutor.nn.network import Forward, backward, inputs_of, raw_forward
from acttutor.nn.population import Population
from acttutor.nn.training_plan import Accumulate, Plan, Points

# Squares of numbers below this are finite, and so is a sum of many of them.
_LARGE = 1e100
# Orders are drawn for this many epochs at once: a generator costs more to make than an order to draw.
_BLOCK = 16

Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Failure:
    """The first operation whose value was not finite; `batch` counts from 1, `first`: before any update."""

    layer: int | None
    batch: int
    operation: str
    tensor: str
    first: bool


@dataclass(slots=True, eq=False)
class State:
    """All that training changes, one row a network; `Run` changes it in place.

    `flat` `(K, P)` holds all parameters, `memory` `(slots, K, P)` the optimizer's averages, `carried` `(K, P)`
    the sum of gradients that wait for the next epoch, over `carried_count` points; `fixed` `(K, P)` marks the
    weights that stay at zero, and `updates` counts them.
    """

    flat: Array
    memory: Array
    carried: Array
    fixed: Mask
    carried_count: int = 0
    updates: int = 0

    def of(self, places: list[int]) -> "State":
        """The rows of these networks, copied."""
        return State(
            self.flat[places],
            self.memory[:, places],
            self.carried[places],
            self.fixed[places],
            self.carried_count,
            self.updates,
        )

    def put(self, places: list[int], rows: "State") -> None:
        """Write `rows` to these places; the counts stay."""
        self.flat[places], self.carried[places], self.fixed[places] = rows.flat, rows.carried, rows.fixed
        self.memory[:, places] = rows.memory


class Run:
    """K networks in training; the state given to it is its own from then on."""

    def __init__(
        self, population: Population, plan: Plan, points: Points, seeds: tuple[int, ...], state: State
    ) -> None:
        self.population, self.plan, self.seeds = population, plan, seeds
        self._inputs, self._targets = inputs_of(population, points.x), points.y
        self._size = points.x.shape[-2]
        self._far_out = not (np.abs(self._inputs).max() < _LARGE and np.abs(self._targets).max() < _LARGE)
        self._layers, self._loss = population.layers, population.loss
        layout = layout_of(population)
        self._owners = layout.owners()
        self._is_weight = layout.is_weight()
        self._gradient = np.empty_like(state.flat)
        views = layout.views(self._gradient)
        self._weight_views, self._bias_views, self._learned_views = (
            views.weights,
            views.biases,
            views.activation,
        )
        rate = np.asarray(plan.learning_rate, dtype=np.float64)
        self._rate = rate[:, None] if rate.ndim else float(rate)
        self._layout = layout
        self._block, self._orders = -1, np.empty((0, 0, 0), dtype=np.int64)
        self._adopt(state)

    def _adopt(self, state: State) -> None:
        self.state = state
        self._parameters = self._layout.views(state.flat)

    def epoch(self, epoch: int) -> dict[int, Failure]:
        """Train through all points once; `epoch` counts from 0.

        Returns why networks failed, by their place; a failed network is left as it was before the batch that
        broke it. Where numbers are large, every operation is watched.
        """
        x, y = self._ordered(epoch)
        if not self._large():
            before = self._copied()
            for start, end in self._batches():
                self._batch(x[..., start:end, :], y[..., start:end, :])
            if not self._large():
                return {}
            self._adopt(before)
        return self._watched(x, y)

    def _large(self) -> bool:
        """Whether a number is beyond what any loss or average can square without leaving the finite ones."""
        return self._far_out or not bool(np.abs(self.state.flat).max() < _LARGE)

    def _batches(self) -> list[tuple[int, int]]:
        size = self.plan.batch_size or self._size
        return [(start, min(start + size, self._size)) for start in range(0, self._size, size)]

    def _ordered(self, epoch: int) -> tuple[Array, Array]:
        """Inputs and targets in the order of this epoch: one for all networks with the same seed."""
        if not self.plan.shuffle:
            return self._inputs, self._targets
        block, place = divmod(epoch, _BLOCK)
        if block != self._block:
            drawn = {seed: _orders(seed, block, self._size) for seed in set(self.seeds)}
            self._block, self._orders = block, np.stack([drawn[seed] for seed in self.seeds])
        if len(set(self.seeds)) == 1:
            order = self._orders[0, place]
            return self._inputs[..., order, :], self._targets[..., order, :]
        orders = self._orders[:, place]
        return _gathered(self._inputs, orders), _gathered(self._targets, orders)

    def _batch(self, x: Array, y: Array) -> None:
        self._backpropagate(self._forward(x), y)
        self._step(x.shape[-2])

    def _step(self, size: int) -> None:
        """Use the gradient of a batch of `size` points: update, or keep it until the batch is complete."""
        if self.plan.accumulate is Accumulate.FRESH:
            self._update(self._gradient)
            return
        state = self.state
        self._gradient *= size
        if state.carried_count:
            self._gradient += state.carried
        state.carried_count += size
        if size == (self.plan.batch_size or self._size):
            self._gradient /= state.carried_count
            self._update(self._gradient)
            state.carried_count = 0
        else:
            state.carried[...] = self._gradient

    def _forward(self, x: Array) -> Forward:
        return raw_forward(self._layers, self._parameters, x)

    def _backpropagate(self, passed: Forward, y: Array) -> None:
        """Fill the gradient array with the gradient of the mean loss of this batch."""
        above = losses.raw_gradient(self._loss, passed.outputs(self._loss), y)
        weights, biases, learned = backward(
            self._layers, self._parameters, passed, above, logits=self._loss.on_logits
        )
        for view, array in zip(self._weight_views, weights, strict=True):
            view[...] = array
        for view, array in zip(self._bias_views, biases, strict=True):
            view[...] = array
        for views, items in zip(self._learned_views, learned, strict=True):
            for own, item in zip(views, items, strict=True):
                own.value[...] = item.value

    def _update(self, gradient: Array) -> None:
        plan, penalty, state = self.plan, self.plan.regularization, self.state
        if plan.clip is not None:
            length = np.sqrt(np.square(gradient).sum(axis=-1, keepdims=True))
            gradient = gradient * np.where(length > plan.clip, plan.clip / length, 1.0)
        pull = penalty.gradient(state.flat) * self._is_weight if penalty.active else None
        if pull is not None and not plan.sticky_zeros:
            gradient = gradient + pull
        state.updates += 1
        state.flat -= self._rate * plan.optimizer.direction(gradient, state.memory, state.updates)
        if pull is not None and plan.sticky_zeros:
            pulled = state.flat - self._rate * pull
            if penalty.kind is Penalty.L1:
                np.logical_or(
                    state.fixed, (state.flat * pulled < 0.0) & (self._is_weight > 0.0), out=state.fixed
                )
            state.flat[...] = np.where(state.fixed, 0.0, pulled)

    def _copied(self) -> State:
        return self.state.of(list(range(len(self.seeds))))

    def _watched(self, x: Array, y: Array) -> dict[int, Failure]:
        """Train through all points, looking at every operation; a network stops before the batch that breaks it."""
        found = dict[int, Failure]()
        stopped: dict[int, State] = {}
        for number, (start, end) in enumerate(self._batches(), 1):
            here = self._copied()
            batch, targets = x[..., start:end, :], y[..., start:end, :]
            passed = self._forward(batch)
            loss = np.atleast_1d(losses.value(self._loss, passed.outputs(self._loss), targets))
            self._backpropagate(passed, targets)
            gradient = self._gradient.copy()
            self._step(end - start)
            for place in range(len(self.seeds)):
                if place not in found and (
                    failure := self._first(place, number, passed, loss, gradient, here.updates == 0)
                ):
                    found[place], stopped[place] = failure, here.of([place])
        for place, rows in stopped.items():
            self.state.put([place], rows)
        return found

    def _first(
        self, place: int, batch: int, passed: Forward, loss: Array, gradient: Array, untouched: bool
    ) -> Failure | None:
        """The first operation of this batch, in the order of a training step, that was not finite, if any was.

        `untouched` says that nothing has been updated yet.
        """
        for number, (z, seen, a) in enumerate(zip(passed.z, passed.seen, passed.a, strict=True), 1):
            for operation, name, array in (
                ("pre-activation", "z", z),
                ("normalisation", "z", seen),
                ("activation", "a", a),
            ):
                if not np.isfinite(array[place]).all():
                    return Failure(number, batch, operation, f"{name}{number}", untouched)
        if not np.isfinite(loss[min(place, len(loss) - 1)]):
            return Failure(None, batch, "value", "L", untouched)
        state = self.state
        for numbers, operation in (
            (gradient[place], "gradient"),
            (state.carried[place], "summed gradient"),
            (state.memory[:, place], "average of the optimizer of"),
            (state.flat[place], "update"),
        ):
            wrong = np.flatnonzero(~np.isfinite(numbers).reshape(-1, numbers.shape[-1]).all(axis=0))
            if wrong.size:
                number, tensor = self._owners[int(wrong[-1])]
                mark = "d" if "gradient" in operation else ""
                return Failure(number, batch, operation, mark + tensor, untouched and operation == "gradient")
        return None


def _orders(seed: int, block: int, size: int) -> NDArray[np.int64]:
    """The orders of `size` points in the epochs of one block, `(_BLOCK, size)`, from the seed and block alone."""
    rows = np.tile(np.arange(size), (_BLOCK, 1))
    return np.random.default_rng((seed, block)).permuted(rows, axis=1)


def _gathered(array: Array, order: NDArray[np.int64]) -> Array:
    """`array` `(n, …)` or `(K, n, …)` in each network's own order `(K, n)`."""
    return array[order] if array.ndim == 2 else np.take_along_axis(array, order[..., None], axis=-2)
