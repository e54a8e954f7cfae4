"""An experiment at one place of the screen: what is asked for, how far it is, what came out. No screen in here.

A room keeps one `Trial` for every place and replaces it as things happen; a view shows the latest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from acttutor.course.evidence import experiment

if TYPE_CHECKING:
    from acttutor.experiments.outcome import Compute, Experiment, Outcome
    from acttutor.i18n import Translator

EVIDENCE_SEEDS = 9
"""Runs of every option where a question is put to the test: as many as the command line takes."""


class TrialStage(StrEnum):
    """How far a trial is."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Trial:
    """`count` seeds from `first` on, of some arms of an experiment (all where none are named), at a `place`.

    `share` is how much of a run is done, `outcome` the last result, which stays while the next one is computed.
    `how` and `as_text` are what the reader has opened.
    """

    place: str
    whole: "Experiment"
    arms: tuple[str, ...]
    count: int
    first: int = 0
    stage: TrialStage = TrialStage.READY
    share: float = 0.0
    outcome: "Outcome | None" = None
    problem: str = ""
    how: bool = False
    as_text: bool = False

    @property
    def experiment(self) -> "Experiment":
        """The experiment with the arms that are shown."""
        return self.whole.only(self.arms) if self.arms else self.whole

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that are run, or were."""
        return tuple(range(self.first, self.first + self.count))

    def begun(self) -> "Trial":
        """It runs."""
        return replace(self, stage=TrialStage.RUNNING, share=0.0, problem="")

    def at(self, share: float) -> "Trial":
        """So much of it is done."""
        return replace(self, share=share)

    def done(self, whole: "Outcome") -> "Trial":
        """It has come out; `whole` has every arm of the experiment."""
        return replace(self, stage=TrialStage.DONE, share=1.0, outcome=narrowed(whole, self.experiment))

    def stopped(self) -> "Trial":
        """It was stopped: back to what was there before it began."""
        if self.outcome is None:
            return replace(self, stage=TrialStage.READY)
        return replace(self, stage=TrialStage.DONE, first=self.outcome.seeds[0])

    def failed(self, problem: str) -> "Trial":
        """It broke down."""
        return replace(self, stage=TrialStage.FAILED, problem=problem)

    def opened(self, *, how: bool | None = None, as_text: bool | None = None) -> "Trial":
        """With something opened or closed; None leaves it as it is."""
        return replace(
            self,
            how=self.how if how is None else how,
            as_text=self.as_text if as_text is None else as_text,
        )

    def wanted_next(self) -> "Trial":
        """What a press on its button asks for: the run, and after it the same with the seeds that follow."""
        return replace(self, first=self.first + self.count) if self.stage is TrialStage.DONE else self


def trial_of(place: str, id: str, arms: Sequence[str], count: int) -> Trial:
    """The trial of the experiment called `id`. Raises UserError, with a suggestion, where there is none."""
    return Trial(place, experiment(id), tuple(arms), count)


def narrowed(outcome: "Outcome", kept: "Experiment") -> "Outcome":
    """The outcome with the arms of `kept` only."""
    scores = tuple(outcome.of(arm.id) for arm in kept.arms)
    return replace(outcome, experiment=kept, scores=scores)


def seeds_text(seeds: Sequence[int], tr: "Translator") -> str:
    """`seeds 0 to 4`, or `seed 3`."""
    _ = tr.gettext
    if len(seeds) == 1:
        return _("seed {n}").format(n=seeds[0])
    return _("seeds {first} to {last}").format(first=seeds[0], last=seeds[-1])


class Results:
    """Outcomes of this session: the same experiment on the same seeds gives the same scores, so it runs once.

    All arms are kept together, however few of them a place shows.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, Compute, tuple[int, ...]], Outcome] = {}

    def of(self, trial: Trial) -> "Outcome | None":
        """The outcome with every arm, if it was computed before."""
        return self._known.get((trial.whole.id, trial.whole.compute, trial.seeds))

    def keep(self, outcome: "Outcome") -> None:
        """Remember an outcome that has every arm."""
        ran = outcome.experiment
        self._known[ran.id, ran.compute, outcome.seeds] = outcome


@runtime_checkable
class TrialBench(Protocol):
    """Where trials are kept and run, as a view sees it."""

    def trial_at(self, fresh: Trial) -> Trial:
        """What is known of a place; `fresh` where nothing is."""
        ...

    def keep_trial(self, trial: Trial) -> None:
        """Remember a trial, and show it wherever its place is on screen."""
        ...

    def run_trial(self, trial: Trial) -> None:
        """Run it, unless its outcome is known."""
        ...

    def stop_trial(self) -> bool:
        """Stop what is running; says whether something was."""
        ...
