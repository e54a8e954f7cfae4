"""Softmax and its logarithm: functions of a whole vector, along the last axis, with their Jacobians."""

import numpy as np

from acttutor.nn.arrays import Array
from acttutor.nn.kinds import Params


def _weights(z: Array) -> tuple[Array, Array, Array]:
    """z - max z, its exp, and the sum of all those but the first largest."""
    top = np.max(z, axis=-1, keepdims=True, initial=-np.inf)
    shifted = z - top
    # One infinite logit wins outright; two leave no limit, and inf - inf says so with NaN.
    winner = np.isposinf(z)
    alone = np.sum(winner, axis=-1, keepdims=True) == 1
    shifted = np.where(alone & ~np.isnan(top), np.where(winner, 0.0, -np.inf), shifted)
    weights = np.exp(shifted)
    rest = weights.copy()
    if z.size:
        np.put_along_axis(rest, np.argmax(shifted, axis=-1)[..., None], 0.0, axis=-1)
    others = np.sum(rest, axis=-1, keepdims=True) + np.where(
        np.isnan(weights).any(-1, keepdims=True), np.nan, 0
    )
    return shifted, weights, others


def softmax(z: Array, params: Params) -> Array:
    """exp(z_i)/Σ exp(z_j), shifted by max z so that nothing overflows."""
    _, weights, others = _weights(z)
    return weights / (1.0 + others)


def softmax_jacobian(z: Array, params: Params) -> Array:
    """J_ij = s_i(δ_ij - s_j); the diagonal as s_i times the sum of the others, which does not cancel."""
    s = softmax(z, params)
    return s[..., :, None] * _unit_minus(s)


def softmax_pull_back(z: Array, gradient: Array, params: Params) -> Array:
    """gradient · J without building J: s(g - Σ s_j g_j), along the last axis."""
    s = softmax(z, params)
    return np.asarray(s * (gradient - (s * gradient).sum(axis=-1, keepdims=True)))


def log_softmax(z: Array, params: Params) -> Array:
    """z_i - ln Σ exp(z_j), by log1p over all but the largest: a near-certain class keeps its digits."""
    shifted, _, others = _weights(z)
    return shifted - np.log1p(others)


def log_softmax_jacobian(z: Array, params: Params) -> Array:
    """J_ij = δ_ij - s_j."""
    return _unit_minus(softmax(z, params))


def log_softmax_pull_back(z: Array, gradient: Array, params: Params) -> Array:
    """gradient · J without building J: g - s Σ g_j, along the last axis."""
    return np.asarray(gradient - softmax(z, params) * gradient.sum(axis=-1, keepdims=True))


def _unit_minus(s: Array) -> Array:
    """δ_ij - s_j, its diagonal summed from the other entries."""
    size = s.shape[-1]
    before = np.cumsum(s, axis=-1)[..., :-1]
    behind = np.cumsum(s[..., :0:-1], axis=-1)[..., ::-1]
    others = np.zeros_like(s)
    others[..., 1:] += before
    others[..., :-1] += behind
    result = np.broadcast_to(-s[..., None, :], (*s.shape, size)).copy()
    diagonal = np.arange(size)
    result[..., diagonal, diagonal] = others
    return result
