"""A network fitted to a differential equation: u″ = −sin x on [0, π] with u = 0 at both ends.

u(x) = Σ aᵢ f(wᵢ x + bᵢ) + c₀ + c₁ x with random w and b; the equation at 100 points and the two ends are linear in
a and c, so they are solved by least squares. The solution is sin x.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array, as_array

UNITS, POINTS, FINE = 40, 100, 500
_END_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Bend:
    """An activation with its second derivative, where it has one; at a kink the one beside it."""

    value: Callable[[Array], Array]
    second: Callable[[Array], Array]


def _tanh_second(z: Array) -> Array:
    value = np.tanh(z)
    return -2.0 * value * (1.0 - np.square(value))


def _elu_second(z: Array) -> Array:
    return np.where(z > 0.0, 0.0, np.exp(np.minimum(z, 0.0)))


BENDS: Mapping[str, Bend] = {
    "relu": Bend(apply("relu").value, np.zeros_like),
    "leaky": Bend(apply("leaky_relu").value, np.zeros_like),
    "elu": Bend(apply("elu").value, _elu_second),
    "tanh": Bend(apply("tanh").value, _tanh_second),
}


def solution_error(rng: np.random.Generator, bend: Bend) -> float:
    """The root mean square of u − sin x on a fine grid."""
    weights = rng.uniform(0.5, 3.0, UNITS) * rng.choice([-1.0, 1.0], UNITS)
    biases = -weights * rng.uniform(0.0, np.pi, UNITS)
    x, ends = np.linspace(0.0, np.pi, POINTS), np.array([0.0, np.pi])

    def z(at: Array) -> Array:
        return as_array(at[:, None] * weights + biases)

    def straight(at: Array) -> Array:
        return np.stack([np.ones_like(at), at], axis=1)

    equation = np.hstack([bend.second(z(x)) * np.square(weights), np.zeros((POINTS, 2))])
    boundary = _END_WEIGHT * np.hstack([bend.value(z(ends)), straight(ends)])
    targets = np.concatenate([-np.sin(x), np.zeros(2)])
    found = np.linalg.lstsq(np.vstack([equation, boundary]), targets, rcond=None)[0]
    fine = np.linspace(0.0, np.pi, FINE)
    u = np.hstack([bend.value(z(fine)), straight(fine)]) @ found
    return float(np.sqrt(np.mean(np.square(u - np.sin(fine)))))
