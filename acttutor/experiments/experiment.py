"""The door to the experiments: find one, run it.

run(experiment("confident-wrong"), seeds=range(9)).verdict
"""

from collections.abc import Iterable

import numpy as np

from acttutor.errors import UserError, did_you_mean
from acttutor.experiments.catalogue import EXPERIMENTS
from acttutor.experiments.outcome import (
    Arm,
    Better,
    Cancelled,
    Experiment,
    Outcome,
    Report,
    Verdict,
    paced,
    silent,
)

__all__ = [
    "Arm",
    "Better",
    "Cancelled",
    "Experiment",
    "Outcome",
    "Report",
    "Verdict",
    "experiment",
    "experiments",
    "paced",
    "run",
    "silent",
]

_BY_ID = {entry.id: entry for entry in EXPERIMENTS}


def experiments() -> tuple[Experiment, ...]:
    """All experiments, in the order of the course."""
    return EXPERIMENTS


def experiment(id: str) -> Experiment:
    """The experiment of this id; case does not matter, and `_` is as good as `-`.

    Raises UserError, with a suggestion, when there is none.
    """
    key = id.strip().lower().replace("_", "-")
    if key in _BY_ID:
        return _BY_ID[key]
    hint = did_you_mean(key, _BY_ID) if len(key) <= 64 else ""
    shown = repr(id if len(id) <= 64 else id[:61] + "...")
    raise UserError(
        f"there is no experiment called {shown}", hint=hint or "`acttutor experiment list` lists them"
    )


def run(experiment: Experiment, seeds: Iterable[int], report: Report = silent) -> Outcome:
    """Every arm on every seed; the same seed gives the same score whatever seeds run beside it.

    A score that is NaN, from a run that broke down, becomes the worst there is. `report` hears how far it is.
    Raises UserError for no seeds, for negative ones and for one that comes twice, and whatever `report` raises.
    """
    chosen = tuple(seeds)
    if not chosen or min(chosen) < 0 or len(set(chosen)) < len(chosen):
        raise UserError("an experiment needs seeds that are different whole numbers from 0", where="seeds")
    report(0.0)
    with np.errstate(all="ignore"):
        found = experiment.compute(chosen, report)
    report(1.0)
    worst = experiment.better.worst
    scores = (np.where(np.isnan(found[arm.id]), worst, found[arm.id]) for arm in experiment.arms)
    return Outcome(experiment, chosen, tuple(tuple(map(float, arm)) for arm in scores))
