"""Recurrent states that are run forwards for many steps: do they stay bounded?"""

import math
from collections.abc import Mapping

import numpy as np

from acttutor.experiments.outcome import Report, paced
from acttutor.nn.activations import Applied, apply
from acttutor.nn.arrays import Array

UNITS, STEPS, BATCH = 64, 200, 32


def _matrix(rng: np.random.Generator, gain: float = 1.0) -> Array:
    return rng.standard_normal((UNITS, UNITS)) * (gain / math.sqrt(UNITS))


def largest_states(
    seed: int, gain: float, states: Mapping[str, Applied], report: Report, share: tuple[float, float]
) -> dict[str, float]:
    """max |h| after 200 steps of h ← f(h·W + x·U) for each f, with one W of this gain, one U and the same x."""
    rng = np.random.default_rng(seed)
    recurrent, incoming = _matrix(rng, gain), _matrix(rng)
    current = {arm: np.zeros((BATCH, UNITS)) for arm in states}
    for _ in paced(STEPS, report, *share):
        drive = rng.standard_normal((BATCH, UNITS)) @ incoming
        for arm, applied in states.items():
            current[arm] = applied.value(current[arm] @ recurrent + drive)
    return {arm: float(np.abs(state).max()) for arm, state in current.items()}


def largest_gated_states(
    seed: int, gates: Mapping[str, Applied], report: Report, share: tuple[float, float]
) -> dict[str, float]:
    """max |h| after 200 steps of h ← (1 − z)h + z·tanh(c), z = g(h·W + x·U), for each gate activation g."""
    rng = np.random.default_rng(seed)
    tanh = apply("tanh")
    gate, gate_input, candidate, candidate_input = (_matrix(rng) for _ in range(4))
    current = {arm: np.zeros((BATCH, UNITS)) for arm in gates}
    for _ in paced(STEPS, report, *share):
        x = rng.standard_normal((BATCH, UNITS))
        to_gate, to_candidate = x @ gate_input, x @ candidate_input
        for arm, applied in gates.items():
            state = current[arm]
            opened = applied.value(state @ gate + to_gate)
            current[arm] = (1.0 - opened) * state + opened * tanh.value(state @ candidate + to_candidate)
    return {arm: float(np.abs(state).max()) for arm, state in current.items()}
