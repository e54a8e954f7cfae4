"""What is wrong with the disk or the file is told, and costs as little as it can."""

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from acttutor.errors import UserError
from acttutor.i18n import translator
from acttutor.learner import database
from acttutor.learner.backups import backups
from acttutor.learner.events import LessonOpened
from acttutor.learner.notices import NoticeKind
from acttutor.learner.store import EventStore, open_store

from .samples import NOON, answered, at

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")


def kinds(store: EventStore) -> list[NoticeKind]:
    return [notice.kind for notice in store.notices]


@pytest.fixture
def directory() -> Iterator[Path]:
    """A directory that other users may look into, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="acttutor-test-"))
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@pytest.fixture
def read_only(directory: Path) -> Iterator[object]:
    """Called once the directory is filled: from then on nobody, not even root, may write in it."""

    def protect() -> None:
        for path in directory.iterdir():
            path.chmod(0o444 if path.is_file() else 0o555)
        directory.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(65534)

    yield protect
    if os.getuid() == 0:
        os.seteuid(0)


@posix
def test_a_read_only_directory_means_a_warning_and_a_session_in_memory(directory: Path, read_only) -> None:
    with open_store(directory, NOON) as store:
        old = store.append(answered("old"), NOON)
    read_only()
    with open_store(directory, NOON) as store:
        assert store.records() == (old,)
        new = store.append(answered("new"), NOON - timedelta(days=1))
        assert store.records() == (old, new)
        assert store.warning is not None
        assert "cannot be written" in store.warning
        assert not store.saved
        with pytest.raises(UserError, match="cannot be written"):
            store.merge([new])


@posix
def test_a_read_only_directory_shows_what_a_killed_program_left_in_its_log(
    directory: Path, read_only
) -> None:
    with open_store(directory / "alive", NOON) as store:
        kept = store.append(answered(), NOON)
        for name in ("events.db", "events.db-wal"):
            shutil.copyfile(store.directory / name, directory / name)
    shutil.rmtree(directory / "alive")
    assert (directory / "events.db-wal").stat().st_size > 0
    read_only()
    with open_store(directory, NOON) as store:
        assert store.records() == (kept,)
        assert kinds(store) == [NoticeKind.UNWRITABLE]


@posix
def test_a_directory_that_cannot_be_made_means_a_session_in_memory(directory: Path, read_only) -> None:
    read_only()
    with open_store(directory / "new", NOON) as store:
        record = store.append(answered(), NOON)
        assert store.records() == (record,)
        assert kinds(store) == [NoticeKind.UNWRITABLE]


def test_a_path_that_leads_through_a_file_means_a_session_in_memory_until_it_is_mended(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").write_text("not a folder")
    with open_store(tmp_path / "data", NOON) as store:
        first = store.append(answered("1"), NOON)
        assert kinds(store) == [NoticeKind.UNWRITABLE]
        (tmp_path / "data").unlink()
        second = store.append(answered("2"), NOON)
        assert store.saved
        assert store.warning is None
    with open_store(tmp_path / "data", NOON) as store:
        assert store.records() == (first, second)


def test_what_waits_is_written_at_close_when_that_is_possible_then(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    store = open_store(tmp_path / "data", NOON)
    record = store.append(answered(), NOON)
    (tmp_path / "data").unlink()
    store.close()
    with open_store(tmp_path / "data", NOON) as again:
        assert again.records() == (record,)


def test_a_full_disk_is_told_and_what_waited_is_written_once_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[sqlite3.Connection] = []
    real = database.open_for_writing

    def small(*args, **options):
        connection = real(*args, **options)
        connection.execute("PRAGMA max_page_count = 12")
        opened.append(connection)
        return connection

    monkeypatch.setattr(database, "open_for_writing", small)
    with open_store(tmp_path, NOON) as store:
        given = [store.append(answered(response_padding(n)), at(n)) for n in range(60)]
        assert kinds(store) == [NoticeKind.FULL]
        assert store.records() == tuple(given)
        with open_store(tmp_path / "elsewhere", NOON):
            pass
        opened[0].execute("PRAGMA max_page_count = 100000")
        given.append(store.append(answered("last"), at(100)))
        assert store.warning is None
        assert store.saved
        assert store.records() == tuple(given)


def response_padding(number: int) -> str:
    return f"{number}-" + "x" * 190


def test_a_locked_file_is_told_and_what_waited_is_written_once_it_is_free(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON, patience=0.0) as store:
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        first = store.append(answered("1"), NOON)
        assert kinds(store) == [NoticeKind.LOCKED]
        assert store.records() == (first,)
        other.execute("ROLLBACK")
        other.close()
        second = store.append(answered("2"), NOON)
        assert store.warning is None
        assert store.records() == (first, second)


def test_a_file_locked_at_the_start_is_written_to_once_it_is_free(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        old = store.append(answered("0"), NOON)
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with open_store(tmp_path, NOON, patience=0.0) as late:
            first = late.append(answered("1"), NOON)
            assert kinds(late) == [NoticeKind.LOCKED]
            assert late.records() == (old, first)
            other.execute("ROLLBACK")
            second = late.append(answered("2"), NOON)
            assert late.warning is None
        other.close()
        assert store.records() == (old, first, second)


def damage_header(path: Path) -> None:
    path.write_bytes(b"this was a database once\n" * 400)


def damage_format(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[44:48] = b"\0\0\0\x63"  # the schema format number of the SQLite header
    path.write_bytes(data)


def damage_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 100])


def damage_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 64] = b"\xff" * 64
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [damage_header, damage_format, damage_half, damage_pages])
def test_a_damaged_file_is_kept_aside_as_it_was_and_a_new_one_begun(tmp_path: Path, damage) -> None:
    with open_store(tmp_path, NOON) as store:
        for number in range(30):
            store.append(answered(f"q{number}"), NOON)
    damage(store.path)
    broken = store.path.read_bytes()
    with open_store(tmp_path, at(3600)) as store:
        aside = tmp_path / "events-damaged-20260304T130000Z.db"
        assert aside.read_bytes() == broken
        assert store.warning is not None
        assert str(aside) in store.warning
        store.append(LessonOpened("goes on"), at(3601))
        assert store.saved
    with open_store(tmp_path, at(3602)) as store:
        assert store.warning is None
        assert store.records()[-1].event == LessonOpened("goes on")


def test_after_damage_the_newest_backup_stands_in_and_that_is_said(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        old = store.append(answered("old"), NOON)
    with open_store(tmp_path, at(5)) as store:  # makes the day's backup
        store.append(answered("new"), at(6))
    damage_header(store.path)
    with open_store(tmp_path, at(7)) as store:
        assert store.records() == (old,)
        assert "2026-03-04" in (store.warning or "")


def test_rows_that_a_damaged_file_still_shows_are_read_back(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        for number in range(200):
            store.append(answered(f"q{number}"), NOON)
    data = bytearray(store.path.read_bytes())
    data[-2048:] = b"\xff" * 2048
    store.path.write_bytes(data)
    with open_store(tmp_path, NOON) as store:
        assert kinds(store) == [NoticeKind.DAMAGED]
        assert len(store.records()) > 50


@pytest.mark.parametrize("seed", range(25))
def test_no_damage_whatever_stops_the_program(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    with open_store(tmp_path, NOON) as store:
        for number in range(40):
            store.append(answered(f"q{number}"), NOON)
    data = bytearray(store.path.read_bytes())
    for _ in range(rng.choice([1, 10, 200])):
        data[rng.randrange(len(data))] = rng.randrange(256)
    store.path.write_bytes(data[: rng.choice([len(data), rng.randrange(len(data))])])
    with open_store(tmp_path, NOON) as store:
        store.records()
        record = store.append(LessonOpened("new"), at(1))
        assert record in store.records()
        refused = kinds(store) in ([NoticeKind.FOREIGN], [NoticeKind.NEWER])  # its first page was hit
        assert store.saved or refused


@pytest.mark.parametrize("in_log", [False, True])
def test_a_newer_file_is_refused_politely_and_left_alone_to_the_byte(tmp_path: Path, in_log: bool) -> None:
    with open_store(tmp_path, NOON) as store:
        store.append(answered(), NOON)
    other = sqlite3.connect(store.path, isolation_level=None)
    if in_log:
        other.execute("PRAGMA wal_autocheckpoint = 0")
        other.execute("PRAGMA journal_mode = WAL")
    other.execute("PRAGMA user_version = 99")
    if not in_log:
        other.close()
    before = store.path.read_bytes()
    with open_store(tmp_path, NOON) as store:
        assert kinds(store) == [NoticeKind.NEWER]
        record = store.append(answered(), NOON)
        assert store.records() == (record,)
        with pytest.raises(UserError, match="newer"):
            store.clear(NOON)
    assert store.path.read_bytes() == before
    assert not (tmp_path / "backups").exists()
    other.close()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "events.db")
    other.execute("CREATE TABLE events (holiday TEXT)")
    other.commit()
    other.close()
    before = (tmp_path / "events.db").read_bytes()
    with open_store(tmp_path, NOON) as store:
        store.append(answered(), NOON)
        assert kinds(store) == [NoticeKind.FOREIGN]
    assert (tmp_path / "events.db").read_bytes() == before


def test_one_backup_a_day_is_made_and_three_are_kept(tmp_path: Path) -> None:
    for day in range(6):
        for hour in (0, 5):
            with open_store(tmp_path, NOON + timedelta(days=day, hours=hour)) as store:
                store.append(answered(), NOON)
    names = [path.name for path in backups(tmp_path)]
    assert names == ["events-20260309.db", "events-20260308.db", "events-20260307.db"]
    assert {path.name for path in (tmp_path / "backups").iterdir()} == set(names)


def test_a_backup_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path, NOON) as store:
        store.append(answered(), NOON)
    (tmp_path / "backups").write_text("in the way")
    with open_store(tmp_path, NOON) as store:
        store.append(answered(), NOON)
        assert kinds(store) == [NoticeKind.NO_BACKUP]
        assert store.saved
        with pytest.raises(UserError, match="nothing was erased"):
            store.clear(NOON)
        assert len(store.records()) == 2


def test_every_notice_has_words(tmp_path: Path) -> None:
    from acttutor.learner.notices import Notice

    texts = {Notice(kind, tmp_path / "events.db").text(translator("en")) for kind in NoticeKind}
    assert len(texts) == len(NoticeKind)
    assert all(text.endswith(".") and "{" not in text for text in texts)
