"""Networks of one shape side by side, on a leading axis: how alternatives are compared on equal terms.

A population has the face of a `Network`: `forward`, `gradients` and `backward` take either. Its parameters
are those of its networks stacked, weights `(K, fan_in, fan_out)`, biases `(K, fan_out)`, learned activation
parameters `(K,)`. Widths, features and loss are shared; activation, normalisation and residual connection of
a layer may differ from network to network.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np

from acttutor.errors import UserError
from acttutor.nn.arrays import Array
from acttutor.nn.layer import Layer, Learned
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network, Parameters
from acttutor.nn.normalization import Normalized

Index: TypeAlias = slice | list[int]


@dataclass(frozen=True)
class Part:
    """One kind of layer, and the places (from 0, ascending) of the networks that have it."""

    layer: Layer
    places: tuple[int, ...]

    @cached_property
    def index(self) -> Index:
        """The places as an index into arrays: a slice where they are neighbours, which copies nothing."""
        first, last = self.places[0], self.places[-1]
        return slice(first, last + 1) if last - first + 1 == len(self.places) else list(self.places)


@dataclass(frozen=True, slots=True, eq=False)
class NormalizedParts:
    """Normalised pre-activations of a layer that not all networks normalise, or not alike."""

    values: Array
    parts: tuple[tuple[Index, Normalized | None], ...]

    def backward(self, gradient: Array) -> Array:
        """The gradient by the values before normalisation, from that by the values after it, same shape."""
        result = gradient.copy()
        for index, normalized in self.parts:
            if normalized is not None:
                result[index] = normalized.backward(gradient[index])
        return result


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Layer number l of every network: the face of a `Layer`, on arrays with a leading axis of networks.

    Each kind of layer is computed once for all networks that have it. Learned parameters are the exception:
    their values differ from network to network, so those networks are computed one by one.
    """

    parts: tuple[Part, ...]
    count: int

    @property
    def units(self) -> int:
        """The units of the layer, the same in every network."""
        return self.parts[0].layer.units

    @property
    def vector(self) -> bool:
        """Whether all networks have a vector activation here, as softmax is."""
        return all(part.layer.vector for part in self.parts)

    def initial(self) -> tuple[Learned, ...]:
        """The learned parameters at their first values `(K,)`; NaN in networks that have no such parameter."""
        found: dict[tuple[int | None, str], Array] = {}
        for part in self.parts:
            for item in part.layer.initial():
                values = found.setdefault((item.unit, item.name), np.full(self.count, np.nan))
                values[part.index] = item.value
        return tuple(Learned(unit, name, values) for (unit, name), values in found.items())

    def raw_activate(self, z: Array, learned: tuple[Learned, ...]) -> Array:
        """f(z) for `z` `(K, samples, units)`, without the residual."""
        return self._each(lambda layer, own, place: layer.raw_activate(z[place], own), learned, z.shape)

    def pull_back(self, z: Array, learned: tuple[Learned, ...], gradient: Array) -> Array:
        """The gradient by `z` from that by f(z), both `(K, samples, units)`."""
        return self._each(
            lambda layer, own, place: layer.pull_back(z[place], own, gradient[place]), learned, z.shape
        )

    def learned_gradients(
        self, z: Array, learned: tuple[Learned, ...], gradient: Array
    ) -> tuple[Learned, ...]:
        """The gradient `(K,)` by each learned parameter; 0 in networks that have no such parameter."""
        found = {(item.unit, item.name): np.zeros(self.count) for item in learned}
        for layer, own, place in self._learning(learned):
            for item in layer.learned_gradients(z[place], own, gradient[place]):
                found[item.unit, item.name][place] = item.value
        return tuple(replace(item, value=found[item.unit, item.name]) for item in learned)

    def normalized(self, z: Array) -> NormalizedParts | None:
        """`z` normalised where a network's layer says so; None where none does."""
        parts = tuple((part.index, part.layer.normalized(z[part.index])) for part in self.parts)
        if all(normalized is None for _, normalized in parts):
            return None
        values = z.copy()
        for index, normalized in parts:
            if normalized is not None:
                values[index] = normalized.values
        return NormalizedParts(values, parts)

    def with_skip(self, values: Array, below: Array) -> Array:
        """The layer's output: its activations, plus its input in networks with a residual connection."""
        return self._skipped(values, np.broadcast_to(below, values.shape[:-1] + below.shape[-1:]))

    def through_skip(self, passed_on: Array, above: Array) -> Array:
        """The gradient by the layer's input: what came through the weights, plus what skipped them."""
        return self._skipped(passed_on, above)

    def _skipped(self, values: Array, added: Array) -> Array:
        for part in self.parts:
            if part.layer.residual:
                values[part.index] += added[part.index]
        return values

    def _each(
        self,
        compute: Callable[[Layer, tuple[Learned, ...], int | Index], Array],
        learned: tuple[Learned, ...],
        shape: tuple[int, ...],
    ) -> Array:
        result = np.empty(shape)
        for part in self.parts:
            if not part.layer.train_params:
                result[part.index] = compute(part.layer, (), part.index)
        for layer, own, place in self._learning(learned):
            result[place] = compute(layer, own, place)
        return result

    def _learning(self, learned: tuple[Learned, ...]) -> Iterator[tuple[Layer, tuple[Learned, ...], int]]:
        """Each network that learns its activation here: its layer, its own parameters, its place."""
        for part in self.parts:
            if part.layer.train_params:
                names = {(item.unit, item.name) for item in part.layer.initial()}
                for place in part.places:
                    own = [
                        replace(item, value=item.value[place])
                        for item in learned
                        if (item.unit, item.name) in names
                    ]
                    yield part.layer, tuple(own), place


@dataclass(frozen=True)
class Population:
    """K networks of one shape; raises UserError where inputs, widths, features or loss differ."""

    networks: tuple[Network, ...]

    def __post_init__(self) -> None:
        if not self.networks:
            raise UserError("there is no network to train", where="networks")
        first = self.networks[0]
        for number, network in enumerate(self.networks[1:], 2):
            for name in ("inputs", "features", "widths", "loss"):
                if getattr(network, name) != getattr(first, name):
                    raise UserError(
                        f"{name} {getattr(network, name)} differ from the first network's {getattr(first, name)}",
                        where=f"network {number}",
                        hint="only networks of one shape are trained side by side",
                    )

    @property
    def inputs(self) -> int:
        """How many raw inputs each network has."""
        return self.networks[0].inputs

    @property
    def features(self) -> tuple[str, ...]:
        """The features computed from two raw inputs."""
        return self.networks[0].features

    @property
    def loss(self) -> Loss:
        """What all are trained to lower."""
        return self.networks[0].loss

    @property
    def widths(self) -> tuple[int, ...]:
        """The width of what layer 1 sees, then the units of each layer."""
        return self.networks[0].widths

    @cached_property
    def layers(self) -> tuple["Layer | SideBySide", ...]:
        """One entry per layer: the layer itself where all networks agree and none learns it."""
        return tuple(map(_joined, zip(*(network.layers for network in self.networks), strict=True)))


def _joined(layers: tuple[Layer, ...]) -> Layer | SideBySide:
    kinds: dict[Layer, list[int]] = {}
    for place, layer in enumerate(layers):
        kinds.setdefault(layer, []).append(place)
    if len(kinds) == 1 and not layers[0].train_params:
        return layers[0]
    return SideBySide(tuple(Part(layer, tuple(places)) for layer, places in kinds.items()), len(layers))


def stack(population: Population, parameters: Sequence[Parameters]) -> Parameters:
    """The parameters of all networks on a leading axis, in their order."""
    learned = []
    for number, layer in enumerate(population.layers):
        names = layer.initial() if isinstance(layer, SideBySide) else ()
        learned.append(tuple(replace(item, value=_stacked(item, number, parameters)) for item in names))
    return Parameters(
        tuple(np.stack(weights) for weights in zip(*(own.weights for own in parameters), strict=True)),
        tuple(np.stack(biases) for biases in zip(*(own.biases for own in parameters), strict=True)),
        tuple(learned),
    )


def _stacked(item: Learned, number: int, parameters: Sequence[Parameters]) -> Array:
    values = item.value.copy()
    for place, own in enumerate(parameters):
        for given in own.activation[number]:
            if (given.unit, given.name) == (item.unit, item.name):
                values[place] = given.value
    return values


def unstack(population: Population, parameters: Parameters, place: int) -> Parameters:
    """The parameters of the network at `place` (from 0) alone, copied."""
    network = population.networks[place]
    learned = []
    for layer, items in zip(network.layers, parameters.activation, strict=True):
        values = {(item.unit, item.name): item.value[place] for item in items}
        learned.append(
            tuple(replace(item, value=np.asarray(values[item.unit, item.name])) for item in layer.initial())
        )
    return Parameters(
        tuple(weights[place].copy() for weights in parameters.weights),
        tuple(biases[place].copy() for biases in parameters.biases),
        tuple(learned),
    )
