"""The event store keeps what it is given, alone, in company, and across restarts."""

import multiprocessing
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acttutor.learner import schema
from acttutor.learner.events import Answered, LessonOpened, PageRead, SettingChanged
from acttutor.learner.store import EventStore, Snapshot, open_store

from .samples import NOON, answered, at, events


def entropy(seed: int = 0):
    return random.Random(seed).getrandbits


def test_an_event_is_in_the_file_when_append_returns(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        record = store.append(answered(), NOON)
        with sqlite3.connect(f"file:{store.path}?mode=ro", uri=True) as other:
            rows = other.execute("SELECT id, kind, concept, question, correct FROM events").fetchall()
        other.close()
    assert rows == [(record.id, "answered", "c1", "q1", 1)]


def test_commits_are_synced_through_a_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acttutor.learner import database

    opened: list[sqlite3.Connection] = []
    real = database.open_for_writing

    def spy(*args, **options):
        opened.append(real(*args, **options))
        return opened[-1]

    monkeypatch.setattr(database, "open_for_writing", spy)
    with open_store(tmp_path, NOON):
        assert opened[0].execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert opened[0].execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


@settings(max_examples=25, deadline=None)
@given(st.lists(events, max_size=12))
def test_what_was_appended_is_read_back_after_a_restart(facts: list) -> None:
    with tempfile.TemporaryDirectory() as name:
        with open_store(Path(name), NOON) as store:
            given_back = tuple(store.append(fact, at(number)) for number, fact in enumerate(facts))
        with open_store(Path(name), NOON) as store:
            assert store.records() == given_back
            assert [record.event for record in store.records()] == facts
            assert store.warning is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(-5, 5)), max_size=25), st.integers(0, 99))
def test_any_interleaving_of_two_stores_loses_nothing_and_keeps_the_order(
    turns: list[tuple[bool, int]], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        # The same randomness in both: even then no two events may get the same id.
        first = open_store(directory, NOON, entropy=entropy(seed))
        second = open_store(directory, NOON, entropy=entropy(seed))
        expected = []
        for number, (which, jump) in enumerate(turns):
            store = first if which else second
            expected.append(store.append(LessonOpened(f"lesson-{number}"), at(jump)))
        assert first.records() == second.records() == tuple(expected)
        first.close()
        second.close()


def _append_many(directory: str, name: str) -> None:
    with open_store(Path(directory), NOON, patience=30) as store:
        for number in range(40):
            store.append(SettingChanged(name, str(number)), NOON)
        assert store.saved


def test_two_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    copies = [context.Process(target=_append_many, args=(str(tmp_path), name)) for name in ("a", "b")]
    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()
        assert copy.exitcode == 0
    with open_store(tmp_path, NOON) as store:
        found = [record.event for record in store.records()]
    for name in ("a", "b"):
        own = [event.value for event in found if isinstance(event, SettingChanged) and event.name == name]
        assert own == [str(number) for number in range(40)]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_a_killed_program_has_lost_nothing_that_append_returned_for(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from acttutor.learner.events import LessonOpened\n"
        "from acttutor.learner.store import open_store\n"
        "now = datetime(2026, 3, 4, tzinfo=UTC)\n"
        "store = open_store(Path(sys.argv[1]), now)\n"
        "for number in range(5): store.append(LessonOpened(str(number)), now)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    died = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert died.returncode == -signal.SIGKILL
    with open_store(tmp_path, NOON) as store:
        assert [record.event for record in store.records()] == [LessonOpened(str(n)) for n in range(5)]
        assert store.warning is None


def test_a_clock_set_back_does_not_make_the_newest_event_look_old(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        store.append(SettingChanged("language", "en"), NOON)
        store.append(SettingChanged("language", "zh"), NOON - timedelta(days=400))
        assert [record.event for record in store.records()][-1] == SettingChanged("language", "zh")
        assert store.records()[-1].at == NOON - timedelta(days=400)


def test_several_events_are_kept_together(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        store.append_all((PageRead("l", "p"), LessonOpened("m")), NOON)
        with pytest.raises(ValueError, match="length"):
            store.append_all((LessonOpened("kept?"), LessonOpened("")), NOON)  # a name is never empty
        assert [record.event for record in store.records()] == [PageRead("l", "p"), LessonOpened("m")]


def test_an_event_with_a_number_that_json_lacks_is_refused_before_it_is_stored(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        with pytest.raises(ValueError, match="float"):
            store.append(answered(seconds=float("nan")), NOON)
        assert store.records() == ()


def test_a_moment_without_a_time_zone_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store, pytest.raises(ValueError, match="time zone"):
        store.append(answered(), NOON.replace(tzinfo=None))


def test_events_are_never_changed(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        store.append(answered(), NOON)
    connection = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.DatabaseError, match="never changed"):
        connection.execute("UPDATE events SET correct = 1")
    connection.close()


def test_a_row_of_an_unknown_kind_is_passed_over(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        kept = store.append(answered(), NOON)
        other = sqlite3.connect(store.path)
        other.execute(
            "INSERT INTO events (id, at, kind, body) VALUES (?, 1, 'x', '{\"kind\":\"x\"}')", ("0" * 26,)
        )
        other.commit()
        other.close()
        assert store.records() == (kept,)


def test_merging_adds_each_event_once(tmp_path: Path) -> None:
    with open_store(tmp_path / "a", NOON) as one, open_store(tmp_path / "b", NOON) as two:
        first = one.append(LessonOpened("one"), at(1))
        second = two.append(LessonOpened("two"), at(2))
        assert one.merge(two.records()) == 1
        assert one.merge(two.records()) == 0
        assert two.merge(one.records()) == 1
        assert one.records() == two.records() == (first, second)


def test_clearing_erases_everything_and_leaves_a_backup_that_brings_it_back(tmp_path: Path) -> None:
    from acttutor.learner.backups import load_backup

    with open_store(tmp_path, NOON) as store, open_store(tmp_path, NOON) as other:
        store.append(answered(), NOON)
        store.save_snapshot("x", Snapshot(1, b"{}"))
        before = store.records()
        backup = store.clear(at(60))
        assert store.records() == other.records() == ()
        store.save_snapshot("x", Snapshot(1, b"{}"))  # by a copy that had not noticed
        assert store.snapshot("x") is None
        later = other.append(LessonOpened("after"), at(120))
        assert store.merge(load_backup(backup)) == 1
        assert store.records() == (*before, later)


def test_a_file_deleted_under_a_running_program_is_begun_again(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("an open file cannot be deleted there")
    with open_store(tmp_path, NOON) as store:
        store.append(answered("before"), NOON)
        for path in tmp_path.glob("events.db*"):
            path.unlink()
        store.append(answered("after"), NOON)
        with open_store(tmp_path, NOON) as again:
            assert [record.event for record in again.records()] == [answered("after")]


def test_a_closed_store_may_be_closed_again(tmp_path: Path) -> None:
    store: EventStore = open_store(tmp_path, NOON)
    store.close()
    store.close()


def test_an_older_file_migrates_forward_and_keeps_its_rows(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        kept = store.append(answered(), NOON)
    newer = (*schema.MIGRATIONS, ("ALTER TABLE events ADD COLUMN extra TEXT DEFAULT 'x'",))
    connection = sqlite3.connect(store.path, isolation_level=None)
    schema.migrate(connection, newer)
    assert [record for _, record in schema.select(connection)] == [kept]
    assert connection.execute("SELECT extra FROM events").fetchone() == ("x",)
    assert schema.check_ours(connection, newer) == len(newer)
    connection.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        store.append(answered(), NOON)
    before = store.path.read_bytes()
    failing = (*schema.MIGRATIONS, ("ALTER TABLE events ADD COLUMN extra TEXT", "SELECT nonsense"))
    connection = sqlite3.connect(store.path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, failing)
    assert schema.check_ours(connection, failing) == len(schema.MIGRATIONS)
    connection.close()
    assert store.path.read_bytes() == before


def test_the_event_holds_what_a_schedule_needs() -> None:
    fields = set(Answered.__struct_fields__)
    assert {"concept", "confidence", "correct", "revision", "seconds", "hints", "repeat"} <= fields
