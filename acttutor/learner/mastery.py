"""How well a concept is mastered, as a number that the learner can check by hand.

Each first try at a question of the concept earns points: 0 when it was wrong; when it was right, 1 if the
learner was sure, 0.95 if they thought so (or were not asked), 0.8 if they guessed, and of that 0.8 for
every hint seen first. The *average* of the points weighs recent answers more: each answer counts 0.7 times
as much as the one after it, since recent answers tell more about what is known now (Galyardt & Goldin 2015,
"Move your lamp post: Recent data reflects learner knowledge better than older data", Journal of Educational
Data Mining 7(2); the 0.7 is our choice). And little evidence earns little trust: below five answers the
average is scaled down by answers / 5, so that one lucky answer is one dot of five.

    mastery = (Σ 0.7^age · points / Σ 0.7^age) · min(1, answers / 5)

It says nothing about forgetting; that is the schedule's part. A confident miss costs no more than another
one: it changes what is asked next, not how much is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from acttutor.learner.events import Answered, Confidence

if TYPE_CHECKING:
    from acttutor.learner.progress import Progress

DECAY = 0.7
FULL_EVIDENCE = 5
HINT_DISCOUNT = 0.8
DOTS = 5


class ConceptHistory(msgspec.Struct, frozen=True):
    """The first tries at one concept: their number, and the two weighted sums of the formula."""

    answers: int = 0
    weighted_points: float = 0.0
    weights: float = 0.0


@dataclass(frozen=True, slots=True)
class Mastery:
    """How well a concept is mastered: from 0 to 1, on how many answers, and in dots from 0 to 5."""

    value: float
    answers: int
    dots: int


def points(answer: Answered) -> float:
    """What one answer earns, from 0 to 1."""
    if not answer.correct:
        return 0.0
    match answer.confidence:
        case Confidence.GUESS:
            earned = 0.8
        case Confidence.SURE:
            earned = 1.0
        case _:
            earned = 0.95
    return float(earned * HINT_DISCOUNT**answer.hints)


def after_answer(history: ConceptHistory, answer: Answered) -> ConceptHistory:
    """The history with one more answer, which becomes the most recent."""
    return ConceptHistory(
        answers=history.answers + 1,
        weighted_points=DECAY * history.weighted_points + points(answer),
        weights=DECAY * history.weights + 1.0,
    )


def mastery_of(history: ConceptHistory) -> Mastery:
    """The formula above; no answers give 0. Dots are the value times five, rounded to the nearest."""
    if history.answers == 0:
        return Mastery(0.0, 0, 0)
    average = history.weighted_points / history.weights
    value = min(1.0, average * min(1.0, history.answers / FULL_EVIDENCE))
    return Mastery(value, history.answers, int(value * DOTS + 0.5))


def mastery(progress: Progress) -> dict[str, Mastery]:
    """The mastery of every concept that was ever answered; others are `mastery_of(ConceptHistory())`."""
    return {concept: mastery_of(history) for concept, history in progress.concepts.items()}


def mastery_over(progress: Progress, concepts: Iterable[str]) -> Mastery:
    """The mastery of several concepts together, such as a lesson's: their mean, 0 for those unanswered."""
    each = [mastery_of(progress.concepts.get(concept, ConceptHistory())) for concept in concepts]
    if not each:
        return Mastery(0.0, 0, 0)
    value = sum(one.value for one in each) / len(each)
    return Mastery(value, sum(one.answers for one in each), int(value * DOTS + 0.5))
