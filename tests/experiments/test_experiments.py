"""Every experiment, on seeds that were not looked at while it was made."""

import math

import pytest

from acttutor.experiments.experiment import Experiment, Verdict, experiments, run

_SEEDS = (7001, 7002, 7003)


@pytest.mark.parametrize("entry", experiments(), ids=lambda entry: entry.id)
def test_an_experiment_comes_out_as_it_says(entry: Experiment) -> None:
    shares: list[float] = []
    outcome = run(entry, _SEEDS, shares.append)
    assert all(len(scores) == len(_SEEDS) for scores in outcome.scores)
    assert not any(math.isnan(score) for scores in outcome.scores for score in scores)
    assert outcome.verdict is (Verdict.HOLDS if entry.graded else Verdict.NO_CLEAR_WINNER)
    assert shares == sorted(shares)
    assert len(shares) >= 10
    assert (shares[0], shares[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("entry", experiments(), ids=lambda entry: entry.id)
def test_a_seed_scores_the_same_alone_and_in_company(entry: Experiment) -> None:
    pair, alone = run(entry, _SEEDS[:2]), run(entry, _SEEDS[1:2])
    for arm in entry.arms:
        assert alone.of(arm.id)[0] == pytest.approx(pair.of(arm.id)[1], rel=1e-9, abs=1e-12)
