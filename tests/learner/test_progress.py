"""Progress is derived from the events, from nothing else, and always the same way."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acttutor.learner import progress as module
from acttutor.learner.events import (
    BlockSeen,
    Confidence,
    Event,
    LessonOpened,
    PageOpened,
    PageRead,
    PredictionLocked,
    Record,
    SettingChanged,
)
from acttutor.learner.mastery import mastery
from acttutor.learner.progress import Calibration, Position, Progress, extend, load, progress
from acttutor.learner.store import open_store

from .samples import NOON, answered, at, events, histories, recorded


@given(histories, st.integers(0, 40))
def test_folding_in_two_steps_gives_what_folding_at_once_gives(history: tuple[Record, ...], cut: int) -> None:
    assert extend(progress(history[:cut]), history[cut:]) == progress(history)


@given(histories)
def test_folding_leaves_the_progress_it_starts_from_as_it_was(history: tuple[Record, ...]) -> None:
    base = progress(history)
    extend(base, recorded([answered("other"), SettingChanged("a", "x"), PageRead("a", "new")], seed=9))
    assert base == progress(history)


@settings(max_examples=20)
@given(st.lists(st.lists(events, max_size=8), min_size=1, max_size=4))
def test_the_saved_fold_changes_nothing(sittings: list[list[Event]]) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SNAPSHOT_EVERY", 1)
        for number, facts in enumerate(sittings):
            with open_store(Path(name), NOON) as store:
                for fact in facts:
                    store.append(fact, at(number))
                assert load(store) == progress(store.records())
                assert load(store) == progress(store.records())


def test_events_that_come_in_later_but_belong_earlier_are_folded_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 1)
    with open_store(tmp_path / "other", NOON) as other:
        other.append(SettingChanged("language", "zh"), at(0))
        with open_store(tmp_path / "this", NOON) as store:
            store.append(SettingChanged("language", "en"), at(60))
            assert load(store).setting("language") == "en"
            store.merge(other.records())
            assert load(store).setting("language") == "en"
            assert load(store) == progress(store.records())


def test_a_saved_fold_that_cannot_be_read_costs_no_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acttutor.learner.store import Snapshot

    with open_store(tmp_path, NOON) as store:
        store.append(PageRead("l", "p"), NOON)
        store.save_snapshot(module.SNAPSHOT, Snapshot(1, b'{"answers": "many"}'))
        assert load(store).pages_read("l") == {"p"}


def test_the_saved_fold_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 1)
    with open_store(tmp_path, NOON) as store:
        for number in range(5):
            store.append(answered(), at(number))
        first = load(store)
        asked: list[int] = []
        real = store.tail
        monkeypatch.setattr(store, "tail", lambda after: asked.append(after) or real(after))
        assert load(store) == first
        assert asked == [5]


def test_reading_resumes_at_the_page_last_on_screen() -> None:
    done = progress(
        recorded([LessonOpened("a"), PageOpened("a", "1"), PageOpened("b", "1"), PageOpened("a", "2")])
    )
    assert done.resume == Position("a", "2")
    assert done.lesson("b").page == "1"
    assert progress(()).resume is None


def test_pages_blocks_and_settings_are_remembered() -> None:
    done = progress(
        recorded(
            [
                PageRead("a", "1"),
                PageRead("a", "1"),
                PageRead("a", "2"),
                BlockSeen("a", "1", "plot"),
                SettingChanged("theme", "dark"),
                SettingChanged("theme", "light"),
            ]
        )
    )
    assert done.pages_read("a") == {"1", "2"}
    assert done.pages_read("never") == frozenset()
    assert done.lesson("a").blocks_seen == {"plot"}
    assert done.setting("theme") == "light"
    assert done.setting("language") is None


def test_a_prediction_stays_as_it_was_locked_in_first() -> None:
    done = progress(recorded([PredictionLocked("a", "p", "0.5"), PredictionLocked("a", "p", "0.001")]))
    assert done.prediction("a", "p") == "0.5"
    assert done.predictions == {("a", "p"): "0.5"}


def test_only_first_tries_count() -> None:
    done = progress(
        recorded(
            [
                answered(correct=False, confidence=Confidence.SURE, misconceptions=("m",)),
                answered(correct=True, confidence=Confidence.SURE, repeat=True),
            ]
        )
    )
    assert (done.answers, done.right) == (1, 0)
    assert done.questions["q1"].confident_miss
    assert done.calibration == {3: Calibration(said=1, right=0)}
    assert done.misconceptions == {"m": 1}
    assert mastery(done)["c1"].answers == 1


def test_the_latest_first_try_decides_about_a_question() -> None:
    done = progress(
        recorded([answered(correct=False, confidence=Confidence.SURE), answered(correct=True, hints=1)])
    )
    history = done.questions["q1"]
    assert (history.answers, history.correct, history.hints, history.at) == (2, True, 1, at(1))
    assert not history.confident_miss


def test_nothing_done_is_no_progress() -> None:
    assert progress(()) == Progress()
