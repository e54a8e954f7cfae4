"""What an experiment is, and what comes out of it: scores for every arm and seed, wins, a verdict."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median
from typing import TypeAlias

from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.nn.arrays import Array
from acttutor.plots.arms import ArmScores, Comparison

Report: TypeAlias = Callable[[float], None]
"""Is told the share that is done, 0 to 1; raises `Cancelled` to stop the run."""


class Cancelled(Exception):  # noqa: N818 - nothing went wrong: somebody changed their mind
    """Raised out of a `Report` by whoever does not want the result any more."""


def silent(share: float) -> None:
    """The `Report` of a run that nobody watches."""


def paced(count: int, report: Report, start: float = 0.0, stop: float = 1.0) -> Iterator[int]:
    """`range(count)`, telling `report` some fifty times on the way from `start` to `stop` how far it is."""
    every = max(1, count // 50)
    for index in range(count):
        if index % every == 0:
            report(start + (stop - start) * index / count)
        yield index
    report(stop)


class Better(StrEnum):
    """Which scores are good ones."""

    LOWER = "lower"
    HIGHER = "higher"

    @property
    def worst(self) -> float:
        """The score of a run that broke down."""
        return math.inf if self is Better.LOWER else -math.inf

    def beats(self, score: float, other: float) -> bool:
        """Whether `score` is strictly better: a tie is no win."""
        return score < other if self is Better.LOWER else score > other


class Verdict(StrEnum):
    """What the wins say: whether the named winners won on two seeds of three, where there are winners to name."""

    HOLDS = N_("holds")
    FAILS = N_("fails")
    NO_CLEAR_WINNER = N_("no clear winner")


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the options that are run side by side; the label is marked for translation."""

    id: str
    label: str


Compute: TypeAlias = Callable[[tuple[int, ...], Report], Mapping[str, Array]]
"""Arm id -> scores `(seeds,)`; a score depends on its seed alone, not on which other seeds run beside it."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A choice that can be put to the test: arms, the winners among them, and how each arm is scored.

    `question`, `setup`, `metric` and the labels are marked for translation. `graded` experiments name winners
    that win reliably; the others exist to show that there is no clear winner.
    """

    id: str
    question: str
    setup: str
    arms: tuple[Arm, ...]
    winners: tuple[str, ...]
    metric: str
    better: Better
    graded: bool
    source: str
    compute: Compute

    def only(self, arms: tuple[str, ...]) -> "Experiment":
        """The same experiment with some of its arms only, graded while a winner and another one are left."""
        kept = tuple(arm for arm in self.arms if arm.id in arms)
        winners = tuple(winner for winner in self.winners if winner in arms)
        return replace(self, arms=kept, winners=winners, graded=self.graded and 0 < len(winners) < len(kept))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores of one run: `scores` in the order of the arms, each in the order of the seeds; never NaN."""

    experiment: Experiment
    seeds: tuple[int, ...]
    scores: tuple[tuple[float, ...], ...]

    def of(self, arm: str) -> tuple[float, ...]:
        """The scores of one arm, in the order of the seeds."""
        return self.scores[[known.id for known in self.experiment.arms].index(arm)]

    def median(self, arm: str) -> float:
        """The middle score of an arm."""
        return median(self.of(arm))

    def low(self, arm: str) -> float:
        """The smallest score of an arm."""
        return min(self.of(arm))

    def high(self, arm: str) -> float:
        """The largest score of an arm."""
        return max(self.of(arm))

    @property
    def won(self) -> tuple[bool, ...]:
        """For every seed, whether each named winner beat each other arm."""
        named, better = self.experiment.winners, self.experiment.better
        won = []
        for place in range(len(self.seeds)):
            scores = {arm.id: self.of(arm.id)[place] for arm in self.experiment.arms}
            others = [scores[arm] for arm in scores if arm not in named]
            won.append(all(better.beats(scores[winner], other) for winner in named for other in others))
        return tuple(won)

    @property
    def wins(self) -> int:
        """On how many seeds each named winner beat each other arm."""
        return sum(self.won)

    @property
    def verdict(self) -> Verdict:
        """Holds when two thirds of the seeds were won; experiments that are not graded have no clear winner."""
        if not self.experiment.graded:
            return Verdict.NO_CLEAR_WINNER
        return Verdict.HOLDS if 3 * self.wins >= 2 * len(self.seeds) else Verdict.FAILS

    def comparison(self, tr: Translator) -> Comparison:
        """What is drawn and told of this outcome (`plots.arms`), its texts translated."""
        _, graded = tr.gettext, self.experiment.graded
        arms = tuple(
            ArmScores(_(arm.label), scores, graded and arm.id in self.experiment.winners)
            for arm, scores in zip(self.experiment.arms, self.scores, strict=True)
        )
        return Comparison(
            arms,
            _(self.experiment.metric),
            self.experiment.better is Better.HIGHER,
            self.wins if graded else None,
        )
