"""The experiments that a course refers to: found by id, each run once with few seeds however often it is named."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from acttutor.experiments.experiment import Experiment, Outcome

CHECK_SEEDS: Final = 3
"""Runs of each arm when a course is checked; the experiments' own tests use more."""


def experiment(id: str) -> Experiment:
    """The experiment called `id`. Raises UserError, with a suggestion, when there is none."""
    from acttutor.experiments import experiment as catalogue  # loads every experiment

    return catalogue.experiment(id)


@cache
def outcome(id: str) -> Outcome:
    """How the experiment comes out with a few seeds. Raises UserError when there is none."""
    from acttutor.experiments import experiment as catalogue

    return catalogue.run(catalogue.experiment(id), range(CHECK_SEEDS))
