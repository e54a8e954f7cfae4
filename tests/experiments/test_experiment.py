"""Running an experiment: seeds, wins, the verdict, being watched and being stopped."""

import math
from collections.abc import Mapping

import numpy as np
import pytest

from acttutor.errors import UserError
from acttutor.experiments.experiment import (
    Arm,
    Better,
    Cancelled,
    Experiment,
    Outcome,
    Verdict,
    experiment,
    experiments,
    paced,
    run,
)
from acttutor.experiments.outcome import Report
from acttutor.i18n import translator
from acttutor.nn.arrays import Array


def made(
    scores: Mapping[str, list[float]],
    winners: tuple[str, ...] = ("a",),
    better: Better = Better.LOWER,
    graded: bool = True,
) -> Experiment:
    """An experiment that answers with these scores, whatever the seeds."""

    def compute(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
        return {arm: np.array(values[: len(seeds)]) for arm, values in scores.items()}

    arms = tuple(Arm(arm, arm.upper()) for arm in scores)
    return Experiment("made", "?", "", arms, winners, "loss", better, graded, "", compute)


def outcome(scores: Mapping[str, list[float]], **settings: object) -> Outcome:
    count = len(next(iter(scores.values())))
    return run(made(scores, **settings), range(count))  # type: ignore[arg-type]


def test_a_seed_is_won_when_every_winner_beats_every_other_arm() -> None:
    found = outcome(
        {"a": [1, 1, 3, 1], "b": [1, 3, 1, 2], "c": [2, 2, 2, 2], "d": [9, 9, 9, 3]}, winners=("a", "b")
    )
    assert found.won == (True, False, False, False)
    assert found.wins == 1


def test_a_tie_is_no_win() -> None:
    assert outcome({"a": [1.0], "b": [1.0]}).wins == 0


def test_higher_scores_win_where_higher_is_better() -> None:
    assert outcome({"a": [0.9, 0.5], "b": [0.8, 0.6]}, better=Better.HIGHER).won == (True, False)


@pytest.mark.parametrize(
    ("wins", "seeds", "verdict"),
    [
        (6, 9, Verdict.HOLDS),
        (5, 9, Verdict.FAILS),
        (2, 3, Verdict.HOLDS),
        (1, 2, Verdict.FAILS),
        (1, 1, Verdict.HOLDS),
        (0, 1, Verdict.FAILS),
    ],
)
def test_the_verdict_holds_from_two_thirds_of_the_seeds_on(wins: int, seeds: int, verdict: Verdict) -> None:
    found = outcome({"a": [1.0] * wins + [3.0] * (seeds - wins), "b": [2.0] * seeds})
    assert (found.wins, found.verdict) == (wins, verdict)


def test_an_ungraded_experiment_has_no_clear_winner_however_often_it_is_won() -> None:
    assert outcome({"a": [1.0], "b": [2.0]}, graded=False).verdict is Verdict.NO_CLEAR_WINNER


def test_a_run_that_broke_down_loses() -> None:
    low = outcome({"a": [1.0, math.nan], "b": [math.nan, 1.0]})
    assert low.won == (True, False)
    assert low.of("b") == (math.inf, 1.0)
    assert outcome({"a": [0.1], "b": [math.nan]}, better=Better.HIGHER).of("b") == (-math.inf,)


def test_median_low_and_high_are_of_one_arm() -> None:
    found = outcome({"a": [5.0, 1.0, 2.0, 4.0], "b": [0.0] * 4})
    assert (found.median("a"), found.low("a"), found.high("a")) == (3.0, 1.0, 5.0)


def test_with_some_of_its_arms_an_experiment_names_the_winners_among_them() -> None:
    whole = made({"a": [1.0], "b": [1.0], "c": [2.0]}, winners=("a", "b"))
    some = whole.only(("b", "c"))
    assert ([arm.id for arm in some.arms], some.winners, some.graded) == (["b", "c"], ("b",), True)
    assert run(some, (0,)).wins == 1
    assert not whole.only(("a", "b")).graded
    assert not whole.only(("c",)).graded


def test_what_is_shown_marks_no_winner_where_none_is_clear() -> None:
    english = translator("en")
    assert [arm.winner for arm in outcome({"a": [1.0], "b": [2.0]}).comparison(english).arms] == [True, False]
    unclear = outcome({"a": [1.0], "b": [2.0]}, graded=False).comparison(english)
    assert (unclear.wins, [arm.winner for arm in unclear.arms]) == (None, [False, False])


@pytest.mark.parametrize("seeds", [(), (-1,), (1, 1)])
def test_seeds_are_different_numbers_from_0(seeds: tuple[int, ...]) -> None:
    with pytest.raises(UserError, match="seeds"):
        run(made({"a": [1.0, 1.0], "b": [2.0, 2.0]}), seeds)


def test_cancelling_stops_the_run_at_once() -> None:
    heard: list[float] = []

    def report(share: float) -> None:
        heard.append(share)
        if share > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(experiment("acon"), range(3), report)
    assert 0.3 < heard[-1] < 0.4


def test_paced_counts_and_tells_how_far_it_is() -> None:
    heard: list[float] = []
    assert list(paced(120, heard.append, 0.5, 1.0)) == list(range(120))
    assert heard[0] == 0.5
    assert heard[-1] == 1.0
    assert heard == sorted(heard)
    assert 50 <= len(heard) <= 62


def test_underscores_and_capitals_find_an_experiment_too() -> None:
    assert experiment(" Init_for_ReLU ").id == "init-for-relu"


def test_an_unknown_id_gets_a_suggestion() -> None:
    with pytest.raises(UserError, match=r"did you mean init-for-relu\?"):
        experiment("init-relu")
    with pytest.raises(UserError, match="lists them"):
        experiment("x" * 100_000)


def test_an_experiment_of_ones_own_runs_like_the_others() -> None:
    """The recipe in `acttutor.experiments.catalogue`, followed to the letter."""

    def compute(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
        start = np.array([np.random.default_rng(seed).uniform(1.0, 2.0) for seed in seeds])
        small, large = start, start
        for _ in paced(20, report):
            small, large = small - 0.1 * 2.0 * small, large - 1.1 * 2.0 * large
        return {"small": np.abs(small), "large": np.abs(large)}

    parabola = Experiment(
        id="parabola",
        question="Which rate brings x² down?",
        setup="x from 1 to 2, 20 steps.",
        arms=(Arm("small", "0.1"), Arm("large", "1.1")),
        winners=("small",),
        metric="|x|",
        better=Better.LOWER,
        graded=True,
        source="",
        compute=compute,
    )
    assert run(parabola, range(9)).verdict is Verdict.HOLDS


def test_ids_are_unique_and_winners_are_among_the_arms() -> None:
    found = experiments()
    assert len({entry.id for entry in found}) == len(found)
    for entry in found:
        arms = [arm.id for arm in entry.arms]
        assert len(set(arms)) == len(arms) >= 2
        assert set(entry.winners) <= set(arms)
        assert 0 < len(entry.winners) < len(arms) or not entry.graded
        assert all((entry.question, entry.setup, entry.metric, entry.source))
        assert entry.id == entry.id.lower().replace("_", "-")


def test_labels_are_short_enough_to_stand_beside_a_drawing() -> None:
    assert all(len(arm.label) <= 36 for entry in experiments() for arm in entry.arms)
