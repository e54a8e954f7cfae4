"""Small multilayer networks trained on the library's own training loop: every arm on every seed, side by side.

All settings of one shape that are trained alike stand on one leading axis, setting by setting, seed by seed. A
seed's first weights are the same draws for every setting, scaled as its initialisation says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from acttutor.experiments.outcome import Report
from acttutor.nn import init
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network, Norm, Parameters
from acttutor.nn.training import Adam, Optimizer, Plan, Points, Snapshot, losses_of, outputs, start, train

LAST = {Loss.BCE: "sigmoid", Loss.CROSS_ENTROPY: "softmax", Loss.MSE: "identity"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One arm's network and how it starts: `bias` is that of the hidden layers, `last` the output layer's init."""

    network: Network
    rate: float
    initialisation: str = "xavier"
    gain: float = 1.0
    last: str = "xavier"
    bias: float = 0.0

    def parameters(self, seed: int) -> Parameters:
        """The first parameters of one seed."""
        hidden = init.initial(self.network, init.parse(self.initialisation, self.gain), seed)
        output = init.initial(self.network, init.parse(self.last), seed)
        biases = [np.full_like(bias, self.bias) for bias in hidden.biases[:-1]]
        return replace(
            hidden,
            weights=(*hidden.weights[:-1], output.weights[-1]),
            biases=(*biases, hidden.biases[-1]),
        )


def mlp(
    activation: str,
    widths: Sequence[int],
    loss: Loss,
    *,
    head: str = "",
    residual: bool = False,
    norm: Norm = Norm.NONE,
) -> Network:
    """A network of these widths, inputs and outputs included; `+` in `activation` mixes units evenly.

    The first hidden layer has no residual connection where the input is of another width.
    """
    names = activation.split("+")
    layers = []
    for below, units in pairwise(widths[:-1]):
        kinds = [names[unit * len(names) // units] for unit in range(units)] if len(names) > 1 else names
        layers.append(Layer(units, tuple(map(apply, kinds)), residual=residual and below == units, norm=norm))
    return Network(widths[0], (*layers, Layer(widths[-1], (apply(head or LAST[loss]),))), loss)


def trained(
    settings: Sequence[Setting],
    seeds: tuple[int, ...],
    points: Points,
    steps: int,
    report: Report,
    *,
    optimizer: Optimizer | None = None,
    clip: float | None = None,
    shares: tuple[float, float] = (0.0, 1.0),
) -> Snapshot:
    """All settings on all seeds after so many full-batch steps; setting i, seed j stands at i·len(seeds) + j.

    `points` are shared, or one set a seed, `(seeds, n, …)`, or one a network. `report` hears the part `shares` of
    the whole run.
    """
    networks = [setting.network for setting in settings for _seed in seeds]
    parameters = [setting.parameters(seed) for setting in settings for seed in seeds]
    rates = tuple(setting.rate for setting in settings for _seed in seeds)
    plan = Plan(optimizer or Adam(), rates, shuffle=False, clip=clip)
    every, told = max(1, steps // 50), [0]
    low, high = shares

    def tell(share: float) -> None:
        told[0] += 1
        if told[0] % every == 0:
            report(low + (high - low) * share)

    report(low)
    return train(start(networks, parameters), plan, for_each(points, len(networks)), steps, tell)


def for_each(points: Points, networks: int) -> Points:
    """Points of their own for each seed, repeated until every network has some; shared points as they are."""
    x, y = (
        array if array.ndim == 2 else np.concatenate([array] * (networks // len(array)))
        for array in (points.x, points.y)
    )
    return Points(x, y)


def by_setting(values: Array, settings: int) -> Array:
    """Numbers of networks `(settings·seeds,)` as `(settings, seeds)`."""
    return values.reshape(settings, -1)


def mean_squared_errors(snapshot: Snapshot, points: Points, settings: int) -> Array:
    """The plain mean square of every network's errors, without the half of the loss, `(settings, seeds)`.

    A network that diverged has none: it counts as infinitely wrong.
    """
    all_points = for_each(points, len(snapshot.seeds))
    errors = np.square(outputs(snapshot, all_points.x) - all_points.y).mean(axis=(-2, -1))
    return by_setting(_without_diverged(snapshot, errors, np.inf), settings)


def mean_losses(snapshot: Snapshot, points: Points, settings: int) -> Array:
    """Every network's loss, `(settings, seeds)`; infinite for one that diverged."""
    losses = losses_of(snapshot, for_each(points, len(snapshot.seeds)))
    return by_setting(_without_diverged(snapshot, losses, np.inf), settings)


def accuracies(snapshot: Snapshot, points: Points, settings: int) -> Array:
    """The share of points whose class, the largest output or the side of ½, is right, `(settings, seeds)`."""
    all_points = for_each(points, len(snapshot.seeds))
    found, wanted = outputs(snapshot, all_points.x), all_points.y
    if wanted.shape[-1] == 1:
        right = (found > 0.5) == (wanted > 0.5)
    else:
        right = found.argmax(axis=-1, keepdims=True) == wanted.argmax(axis=-1, keepdims=True)
    shares = right.mean(axis=(-2, -1))
    return by_setting(_without_diverged(snapshot, shares, 0.0), settings)


def _without_diverged(snapshot: Snapshot, scores: Array, worst: float) -> Array:
    diverged = np.array([reason is not None for reason in snapshot.diverged])
    return np.where(diverged, worst, scores)
