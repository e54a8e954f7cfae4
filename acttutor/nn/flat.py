"""All parameters of all networks in one array `(K, P)`, and the same numbers as weights and biases.

An update is then a handful of operations on one array, however many layers and networks there are.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from acttutor.nn.arrays import Array
from acttutor.nn.layer import Learned
from acttutor.nn.network import Parameters
from acttutor.nn.population import Population, SideBySide


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each parameter stands: layer by layer the weights row by row, the biases, the learned values."""

    widths: tuple[int, ...]
    learned: tuple[tuple[Learned, ...], ...]

    @property
    def size(self) -> int:
        """P, how many numbers one network has."""
        return sum(a * b + b for a, b in pairwise(self.widths)) + sum(map(len, self.learned))

    def views(self, flat: Array) -> Parameters:
        """`flat` `(K, P)` as parameters that share its memory."""
        count, start = flat.shape[0], 0
        weights, biases, activation = [], [], []
        for (fan_in, fan_out), learned in zip(pairwise(self.widths), self.learned, strict=True):
            middle, end = start + fan_in * fan_out, start + fan_in * fan_out + fan_out
            weights.append(flat[:, start:middle].reshape(count, fan_in, fan_out))
            biases.append(flat[:, middle:end])
            activation.append(
                tuple(replace(item, value=flat[:, place]) for place, item in enumerate(learned, end))
            )
            start = end + len(learned)
        return Parameters(tuple(weights), tuple(biases), tuple(activation))

    def is_weight(self) -> Array:
        """1 for every weight, 0 for biases and learned values, which carry no penalty: shape `(P,)`."""
        pieces: list[Array] = []
        for (fan_in, fan_out), learned in zip(pairwise(self.widths), self.learned, strict=True):
            pieces += [np.ones(fan_in * fan_out), np.zeros(fan_out + len(learned))]
        return np.concatenate(pieces)

    def owners(self) -> tuple[tuple[int, str], ...]:
        """For each of the P numbers its layer (from 1) and its tensor, `W2`, `b2` or `p2.alpha`."""
        found: list[tuple[int, str]] = []
        for number, ((fan_in, fan_out), learned) in enumerate(
            zip(pairwise(self.widths), self.learned, strict=True), 1
        ):
            found += [(number, f"W{number}")] * (fan_in * fan_out) + [(number, f"b{number}")] * fan_out
            found += [(number, item.key(number)) for item in learned]
        return tuple(found)


def layout_of(population: Population) -> Layout:
    """The layout of a population's parameters."""
    learned = tuple(layer.initial() if isinstance(layer, SideBySide) else () for layer in population.layers)
    return Layout(population.widths, learned)


def flatten(layout: Layout, parameters: Parameters) -> Array:
    """Stacked parameters as one new array `(K, P)`; NaN, which stands for no such parameter, becomes 0."""
    count = parameters.weights[0].shape[0]
    flat = np.empty((count, layout.size))
    views = layout.views(flat)
    for view, given in zip(views.weights + views.biases, parameters.weights + parameters.biases, strict=True):
        view[...] = given
    for items, given_items in zip(views.activation, parameters.activation, strict=True):
        for item, given_item in zip(items, given_items, strict=True):
            item.value[...] = np.nan_to_num(given_item.value)
    return flat
