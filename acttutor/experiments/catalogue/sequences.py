"""Recurrent networks: what keeps a state bounded, and what may open a gate."""

import numpy as np

from acttutor.experiments.models.recurrent import largest_gated_states, largest_states
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n.marks import N_
from acttutor.nn.activations import apply
from acttutor.nn.arrays import Array

_OVERFLOW = 1e300


def _states(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    states = {"tanh": apply("tanh"), "relu": apply("relu"), "linear": apply("identity")}
    found = [
        largest_states(seed, 1.5, states, report, _share(place, len(seeds)))
        for place, seed in enumerate(seeds)
    ]
    return {arm: np.array([scores[arm] for scores in found]) for arm in states}


def _gates(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
    """The largest state; one that left the range of floating-point numbers counts as 10³⁰⁰."""
    gates = {arm: apply(arm) for arm in ("sigmoid", "hard_sigmoid", "tanh", "relu")}
    found = [
        largest_gated_states(seed, gates, report, _share(place, len(seeds)))
        for place, seed in enumerate(seeds)
    ]
    return {
        arm.replace("_", "-"): np.nan_to_num(
            [scores[arm] for scores in found], nan=_OVERFLOW, posinf=_OVERFLOW
        )
        for arm in gates
    }


def _share(place: int, count: int) -> tuple[float, float]:
    return place / count, (place + 1) / count


RNN_STATE = Experiment(
    id="rnn-state",
    question=N_(
        "A recurrent network runs for 200 steps with weights that are somewhat large. Which activation keeps its "
        "state bounded?"
    ),
    setup=N_(
        "The next state is f(h·W + x·U), for 200 steps: 64 units, W of gain 1.5, U of gain 1, inputs drawn from "
        "N(0, 1), 32 sequences, no training. Bounded is all that is asked here: tanh does not keep the gradient from "
        "vanishing."
    ),
    arms=(Arm("tanh", "tanh"), Arm("relu", "ReLU"), Arm("linear", N_("linear"))),
    winners=("tanh",),
    metric=N_("largest |h| after 200 steps"),
    better=Better.LOWER,
    graded=True,
    source="Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063; Le, Jaitly & Hinton 2015, arXiv:1504.00941",
    compute=_states,
)

RNN_GATE = Experiment(
    id="rnn-gate",
    question=N_(
        "A gate z mixes the old state h with a candidate: (1 − z)·h + z·tanh(c). Which activation makes z?"
    ),
    setup=N_(
        "64 units, all weights of gain 1, inputs drawn from N(0, 1), 32 sequences of 200 steps, no training. A state "
        "past the range of floating-point numbers counts as 10³⁰⁰."
    ),
    arms=(
        Arm("sigmoid", "sigmoid"),
        Arm("hard-sigmoid", N_("hard sigmoid")),
        Arm("tanh", "tanh"),
        Arm("relu", "ReLU"),
    ),
    winners=("sigmoid", "hard-sigmoid"),
    metric=N_("largest |h| after 200 steps"),
    better=Better.LOWER,
    graded=True,
    source="Hochreiter & Schmidhuber 1997, Neural Computation 9(8); Cho et al. 2014, arXiv:1406.1078",
    compute=_gates,
)

EXPERIMENTS = (RNN_STATE, RNN_GATE)
