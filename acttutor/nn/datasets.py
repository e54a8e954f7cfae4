"""Small data sets on a plane that networks are tried on: the six of TensorFlow Playground, and two moons.

The geometry is Playground's own (github.com/tensorflow/playground, src/dataset.ts; Smilkov et al., 2017,
arXiv:1708.03788), so that what is learnt there can be repeated here; its random numbers are not. Points come
in a random order, so that any first batch has a bit of everything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from acttutor.errors import UserError, did_you_mean
from acttutor.nn.arrays import Array

MOST_POINTS = 100_000
MOST_NOISE = 0.5

_RADIUS = 5.0
_FIELD = 6.0
_XOR_PADDING = 0.3
_BUMPS = np.array(
    [
        [-4.0, 2.5, 1.0],
        [0.0, 2.5, -1.0],
        [4.0, 2.5, 1.0],
        [-4.0, -2.5, -1.0],
        [0.0, -2.5, 1.0],
        [4.0, -2.5, -1.0],
    ]
)
"""Of `reg-gauss`: centre x, centre y, sign."""


class DataKind(StrEnum):
    """What the targets are: one of two classes, or numbers."""

    CLASSIFICATION = "classification"
    REGRESSION = "regression"


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Points `x` `(n, 2)` and targets `y` `(n, 1)`: 0 or 1 for classes, else real numbers."""

    name: str
    kind: DataKind
    x: Array
    y: Array

    @property
    def signed(self) -> Array:
        """The targets as Playground has them, for tanh outputs: classes are −1 and 1, numbers as they are."""
        return 2.0 * self.y - 1.0 if self.kind is DataKind.CLASSIFICATION else self.y

    @property
    def one_hot(self) -> Array:
        """Two columns for a softmax output, class 0 first, `(n, 2)`; only for classes."""
        return np.hstack([1.0 - self.y, self.y])


def names() -> tuple[str, ...]:
    """The data sets there are; the ones with numbers to predict begin with `reg-`."""
    return tuple(_MAKERS)


def kind_of(name: str) -> DataKind:
    """Whether a data set has classes or numbers to predict; UserError for an unknown name."""
    return _MAKERS[_known(name)][0]


def dataset(name: str, n: int = 500, noise: float = 0.0, seed: int = 0) -> Dataset:
    """`n` points of a data set, the same ones on every machine for the same seed.

    What `noise` (0 to 0.5) does differs, as in Playground: `circle`, `xor`, `reg-plane` and `reg-gauss` label
    each point as if it lay up to that share of the field's half width elsewhere; `spiral` moves each point by
    up to `noise` along each axis; `gauss` widens its two blobs, from variance 0.5 to 4; `moons` adds N(0, noise²)
    to each coordinate. Without noise every label follows from the place (in `gauss` up to one in 30,000).

    Raises UserError, with `where` naming the argument, for an unknown name and numbers out of bounds.
    """
    name = _known(name)
    if not 1 <= n <= MOST_POINTS:
        raise UserError(f"a data set has 1 to {MOST_POINTS} points, not {n}", where="n", hint="n: 500")
    if not 0.0 <= noise <= MOST_NOISE:
        raise UserError(f"noise goes from 0 to {MOST_NOISE}, not {noise:g}", where="noise", hint="noise: 0.1")
    if seed < 0:
        raise UserError(f"the seed must be at least 0, not {seed}", where="seed", hint="seed: 0")
    kind, make = _MAKERS[name]
    rng = np.random.default_rng(seed)
    x, y = make(rng, n, noise)
    order = rng.permutation(n)
    return Dataset(name, kind, x[order], y[order, None])


def _known(name: str) -> str:
    wanted = name.strip().lower().replace("_", "-")
    if wanted not in _MAKERS:
        hint = did_you_mean(wanted, _MAKERS) or f"one of {', '.join(_MAKERS)}"
        raise UserError(f"unknown data set {name!r}", where="dataset", hint=hint)
    return wanted


def _around(rng: np.random.Generator, n: int, reach: float) -> Array:
    """`n` points, uniform in the square of half width `reach`."""
    return rng.uniform(-reach, reach, (n, 2))


def _halves(n: int) -> Array:
    """The class of each point before shuffling: 1 for the first half (the larger one of an odd n), then 0."""
    return (np.arange(n) < (n + 1) // 2).astype(np.float64)


def _circle(rng: np.random.Generator, n: int, noise: float) -> tuple[Array, Array]:
    """A disk of class 1 to half the radius, a ring of class 0 from 70% of it; uniform in radius, not in area."""
    inside = _halves(n) == 1.0
    share = rng.random(n)
    distance = _RADIUS * np.where(inside, 0.5 * share, 0.7 + 0.3 * share)
    angle = rng.uniform(0.0, 2.0 * np.pi, n)
    points = np.stack([distance * np.sin(angle), distance * np.cos(angle)], axis=-1)
    seen = points + noise * _around(rng, n, _RADIUS)
    return points, (np.hypot(seen[:, 0], seen[:, 1]) < 0.5 * _RADIUS).astype(np.float64)


def _xor(rng: np.random.Generator, n: int, noise: float) -> tuple[Array, Array]:
    """Class 1 where the coordinates have one sign; a cross of half width 0.3 along the axes stays empty."""
    points = _around(rng, n, _RADIUS)
    points += np.where(points > 0.0, _XOR_PADDING, -_XOR_PADDING)
    seen = points + noise * _around(rng, n, _RADIUS)
    return points, (seen[:, 0] * seen[:, 1] >= 0.0).astype(np.float64)


def _gauss(rng: np.random.Generator, n: int, noise: float) -> tuple[Array, Array]:
    """Two normal blobs, class 1 around (2, 2), class 0 around (−2, −2)."""
    classes = _halves(n)
    variance = 0.5 + (4.0 - 0.5) * noise / MOST_NOISE
    centres = np.where(classes == 1.0, 2.0, -2.0)[:, None]
    return centres + np.sqrt(variance) * rng.standard_normal((n, 2)), classes


def _spiral(rng: np.random.Generator, n: int, noise: float) -> tuple[Array, Array]:
    """Two arms of 1.75 turns, evenly stepped out to radius 5, class 0 half a turn after class 1."""
    classes = _halves(n)
    first = (n + 1) // 2
    step = (np.arange(n) - np.where(classes == 1.0, 0, first)) / (n / 2.0)
    turn = 1.75 * step * 2.0 * np.pi + np.where(classes == 1.0, 0.0, np.pi)
    arms = _RADIUS * step[:, None] * np.stack([np.sin(turn), np.cos(turn)], axis=-1)
    return arms + noise * _around(rng, n, 1.0), classes


def _reg_plane(rng: np.random.Generator, n: int, noise: float) -> tuple[Array, Array]:
    """A slope, (x₁ + x₂) / 10 on the square of half width 6: from −1.2 to 1.2."""
    points = _around(rng, n, _FIELD)
    seen = points + noise * _around(rng, n, _FIELD)
    return points, seen.sum(axis=-1) / 10.0


def _reg_gauss(rng: np.random.Generator, n: int, noise: float) -> tuple[Array, Array]:
    """Three hills and three hollows: ±1 at a centre, falling straight to 0 at distance 2; the nearest one counts."""
    points = _around(rng, n, _FIELD)
    seen = points + noise * _around(rng, n, _FIELD)
    away = seen[:, None, :] - _BUMPS[:, :2]
    heights = _BUMPS[:, 2] * np.clip(1.0 - np.hypot(away[..., 0], away[..., 1]) / 2.0, 0.0, 1.0)
    return points, np.take_along_axis(heights, np.abs(heights).argmax(axis=1)[:, None], axis=1)[:, 0]


def _moons(rng: np.random.Generator, n: int, noise: float) -> tuple[Array, Array]:
    """Two half circles of radius 1 that reach into each other: class 0 above, class 1 below, moved by (1, 0.5)."""
    classes = _halves(n)
    angle = rng.uniform(0.0, np.pi, n)
    side = np.where(classes == 1.0, -1.0, 1.0)
    points = np.stack([side * np.cos(angle) + classes, side * np.sin(angle) + 0.5 * classes], axis=-1)
    return points + noise * rng.standard_normal((n, 2)), classes


_Maker = Callable[[np.random.Generator, int, float], tuple[Array, Array]]

_MAKERS: Mapping[str, tuple[DataKind, _Maker]] = MappingProxyType(
    {
        "circle": (DataKind.CLASSIFICATION, _circle),
        "xor": (DataKind.CLASSIFICATION, _xor),
        "gauss": (DataKind.CLASSIFICATION, _gauss),
        "spiral": (DataKind.CLASSIFICATION, _spiral),
        "moons": (DataKind.CLASSIFICATION, _moons),
        "reg-plane": (DataKind.REGRESSION, _reg_plane),
        "reg-gauss": (DataKind.REGRESSION, _reg_gauss),
    }
)
