"""Trials as plain data: what a press asks for, what stays when a run is stopped, what is known already."""

import numpy as np
import pytest

from acttutor.errors import UserError
from acttutor.experiments.experiment import Outcome, run
from acttutor.i18n import translator
from acttutor.tui.trials import Results, Trial, TrialStage, narrowed, seeds_text, trial_of
from tests.tui.trial_course import Gate


def _outcome(trial: Trial) -> Outcome:
    return run(trial.whole, trial.seeds)


@pytest.fixture
def trial() -> Trial:
    gate = Gate()
    gate.open.set()
    return Trial("here", gate.experiment, (), 3)


def test_the_first_press_asks_for_the_first_seeds_and_the_next_for_those_that_follow(trial: Trial) -> None:
    assert trial.wanted_next().seeds == (0, 1, 2)
    done = trial.begun().done(_outcome(trial))
    assert done.wanted_next().seeds == (3, 4, 5)
    assert done.wanted_next().wanted_next().wanted_next().seeds == (9, 10, 11)


def test_a_stopped_run_leaves_what_was_there_before(trial: Trial) -> None:
    assert trial.begun().at(0.4).stopped().stage is TrialStage.READY
    done = trial.begun().done(_outcome(trial))
    stopped = done.wanted_next().begun().at(0.4).stopped()
    assert (stopped.stage, stopped.seeds, stopped.outcome) == (TrialStage.DONE, (0, 1, 2), done.outcome)


def test_a_failed_run_can_be_tried_again(trial: Trial) -> None:
    failed = trial.begun().failed("no memory")
    assert failed.wanted_next().seeds == (0, 1, 2)
    assert failed.wanted_next().begun().problem == ""


def test_only_the_arms_that_are_shown_are_told(trial: Trial) -> None:
    one = Trial("here", trial.whole, ("mse",), 3)
    outcome = one.done(_outcome(one)).outcome
    assert outcome is not None
    assert [arm.id for arm in outcome.experiment.arms] == ["mse"]
    assert outcome.scores == ((100.0, 101.0, 102.0),)
    assert not outcome.experiment.graded


def test_narrowing_keeps_the_scores_of_an_arm(trial: Trial) -> None:
    whole = _outcome(trial)
    kept = narrowed(whole, trial.whole.only(("mse", "bce")))
    assert np.array_equal(kept.of("bce"), whole.of("bce"))
    assert kept.wins == whole.wins == 3


def test_results_are_known_by_experiment_and_seeds_and_not_by_the_arms_shown(trial: Trial) -> None:
    results = Results()
    assert results.of(trial) is None
    results.keep(_outcome(trial))
    assert results.of(Trial("elsewhere", trial.whole, ("bce",), 3)) is not None
    assert results.of(Trial("here", trial.whole, (), 4)) is None
    assert results.of(Trial("here", Gate().experiment, (), 3)) is None


def test_what_was_opened_stays_open(trial: Trial) -> None:
    opened = trial.opened(how=True).opened(as_text=True)
    assert (opened.how, opened.as_text) == (True, True)
    assert opened.opened(how=False).as_text


def test_seeds_are_told_as_a_range_or_as_one() -> None:
    tr = translator("en")
    assert seeds_text((0, 1, 2, 3, 4), tr) == "seeds 0 to 4"
    assert seeds_text((7,), tr) == "seed 7"


def test_an_unknown_experiment_is_told_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match="confident-wrong"):
        trial_of("here", "confident-wrog", (), 5)
