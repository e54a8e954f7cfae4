"""What the named experiments find, run now; an experiment that was just run is remembered."""

from functools import lru_cache
from typing import TYPE_CHECKING

from acttutor.errors import UserError, did_you_mean
from acttutor.experiments.arguments import Arguments, whole, word
from acttutor.experiments.measures.base import Measure

if TYPE_CHECKING:
    from acttutor.experiments.outcome import Outcome

_MOST_SEEDS = 20


@lru_cache(maxsize=64)
def _outcome(id: str, seeds: int) -> "Outcome":
    """The outcome for seeds 0, 1, …: the same every time, and several claims ask for different arms of it."""
    from acttutor.experiments.experiment import experiment, run

    return run(experiment(id), range(seeds))


def _experiment_score(args: Arguments) -> float:
    from acttutor.experiments.experiment import experiment

    chosen, wanted = experiment(args.text("experiment")), args.text("arm").lower().replace("_", "-")
    arms = [arm.id for arm in chosen.arms]
    if wanted not in arms:
        hint = did_you_mean(wanted, arms) or "its arms are " + ", ".join(arms)
        raise UserError(f"the experiment {chosen.id} has no arm {wanted!r}", where="args", hint=hint)
    return _outcome(chosen.id, args.whole("seeds")).median(wanted)


def _experiment_wins(args: Arguments) -> float:
    from acttutor.experiments.experiment import experiment

    return float(_outcome(experiment(args.text("experiment")).id, args.whole("seeds")).wins)


MEASURES = (
    Measure(
        "experiment_score",
        "the median score of one arm of an experiment over seeds 0, 1, …",
        (word("experiment"), word("arm"), whole("seeds", 5, high=_MOST_SEEDS)),
        _experiment_score,
    ),
    Measure(
        "experiment_wins",
        "in how many seeds 0, 1, … every winner of an experiment beats every other arm",
        (word("experiment"), whole("seeds", 9, high=_MOST_SEEDS)),
        _experiment_wins,
    ),
)
