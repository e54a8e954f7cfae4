"""Toy data of the experiments, each drawn from the generator it is given."""

from collections.abc import Callable

import numpy as np

from acttutor.experiments.models.linear import one_hot
from acttutor.nn.training import Points


def wave_plane(rng: np.random.Generator, n: int = 128, *, shift: float = 0.0) -> Points:
    """y = sin(3x₁) + x₂/2 + shift on [-1, 1]²: smooth, and far from a plane."""
    x = rng.uniform(-1.0, 1.0, (n, 2))
    return Points(x, (np.sin(3.0 * x[:, :1]) + 0.5 * x[:, 1:]) + shift)


def spirals(
    rng: np.random.Generator, n: int, *, arms: int = 2, turns: float = 1.25, noise: float = 0.03
) -> Points:
    """Interleaved spirals from the centre to radius 1, one class each; targets 0/1 for two arms, else one-hot."""
    classes = np.arange(n) % arms
    radius = np.linspace(0.05, 1.0, n)
    angle = 2.0 * np.pi * (turns * radius + classes / arms)
    x = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    x = x + noise * rng.standard_normal((n, 2))
    return Points(x, classes[:, None].astype(np.float64) if arms == 2 else one_hot(classes, arms))


def rings(rng: np.random.Generator, n: int, *, classes: int = 2, noise: float = 0.12) -> Points:
    """Concentric rings of radius 1, 2, …, one class each; targets 0/1 for two classes, else one-hot."""
    ring = np.arange(n) % classes
    radius = 1.0 + ring + noise * rng.standard_normal(n)
    angle = rng.uniform(0.0, 2.0 * np.pi, n)
    x = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return Points(x, ring[:, None].astype(np.float64) if classes == 2 else one_hot(ring, classes))


def clouds(rng: np.random.Generator, n: int, *, apart: float = 1.5) -> Points:
    """Two round normal clouds of deviation 1 with centres at ±apart/√2 on the diagonal; targets 0 and 1."""
    side = np.arange(n) % 2
    centres = (2.0 * side - 1.0)[:, None] * apart / np.sqrt(2.0)
    return Points(centres + rng.standard_normal((n, 2)), side[:, None].astype(np.float64))


def ridge(rng: np.random.Generator, n: int) -> Points:
    """A shallow smooth wave along one direction of 8 normal inputs: 0.33 sin 2u."""
    x = rng.standard_normal((n, 8))
    direction = rng.standard_normal((8, 1)) / np.sqrt(8.0)
    return Points(x, 0.33 * np.sin(2.0 * x @ direction))


def sines(rng: np.random.Generator, n: int, noise: float) -> Points:
    """1.4 times the sum of sin 2xᵢ over 4 inputs from [-1, 1]: smooth everywhere."""
    x = rng.uniform(-1.0, 1.0, (n, 4))
    clean = 1.4 * np.sin(2.0 * x).sum(axis=1, keepdims=True)
    return Points(x, clean + noise * rng.standard_normal((n, 1)))


def ridges(rng: np.random.Generator, n: int, noise: float) -> Points:
    """|x₁| + |x₂| + max(x₃, x₄) over 4 inputs from [-1, 1]: flat pieces that meet in sharp edges."""
    x = rng.uniform(-1.0, 1.0, (n, 4))
    clean = np.abs(x[:, :1]) + np.abs(x[:, 1:2]) + np.maximum(x[:, 2:3], x[:, 3:])
    return Points(x, clean + noise * rng.standard_normal((n, 1)))


def for_seeds(seeds: tuple[int, ...], draw: Callable[[np.random.Generator], Points]) -> Points:
    """One set of points a seed, stacked `(seeds, n, …)`, each drawn from the seed's own generator."""
    drawn = [draw(np.random.default_rng((seed, 1))) for seed in seeds]
    return Points(np.stack([points.x for points in drawn]), np.stack([points.y for points in drawn]))
