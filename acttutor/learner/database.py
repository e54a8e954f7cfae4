"""Opening the event file: for writing, for reading where nothing can be written, and after damage."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from acttutor.learner import backups, schema
from acttutor.learner.notices import Notice, NoticeKind

ALWAYS_CHECKED = 4 * 2**20
"""Files up to this size (bytes) are checked whole at every start, larger ones once a day, with the backup."""

SIDECARS = ("-wal", "-shm")


def open_for_writing(path: Path, patience: float, *, check: bool) -> sqlite3.Connection:
    """A connection that keeps what it is given: write-ahead log, synced to the disk at every commit.

    `patience` is how many seconds to wait for another copy's lock. `check` looks the whole file through
    first. Raises DamagedError, RefusedError, or sqlite3.Error and OSError where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        # Looked at without leave to write first: a file that is not for us stays as it is, to the byte.
        with closing(sqlite3.connect(schema.uri(path, "mode=ro"), uri=True, timeout=patience)) as look:
            schema.check_ours(look)
    connection = sqlite3.connect(path, isolation_level=None, timeout=patience, check_same_thread=False)
    try:
        if check:
            schema.check_sound(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        schema.migrate(connection)
        schema.check_tables(connection)
        # SQLite opens a read-only file without a word; asking for the write lock brings it to light.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory() -> sqlite3.Connection:
    """An empty store that lives as long as the program."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    schema.migrate(connection)
    return connection


def read_without_writing(path: Path) -> sqlite3.Connection:
    """A copy in memory of what a file holds, where neither it nor its directory can be written.

    The newest events of a program that was killed are in the `-wal` file beside, and SQLite reads that only
    if it can make a `-shm` file next to it. So three ways are tried: as it is; on a copy of both files in
    the system's temporary directory; and as an immutable file, which leaves the `-wal` out.

    Raises DamagedError or RefusedError; gives an empty store when there is no file or no way to read it.
    """
    memory = in_memory()
    ways: tuple[Callable[[Path, sqlite3.Connection], None], ...] = (
        lambda file, target: _load(file, "mode=ro", target),
        _load_copy,
        lambda file, target: _load(file, "mode=ro&immutable=1", target),
    )
    damaged = False
    for way in ways:
        try:
            way(path, memory)
            return memory
        except schema.Trouble as error:
            damaged = damaged or schema.is_damage(error)
        except schema.DamagedError:
            damaged = True
        except OSError:
            continue
    if damaged:
        memory.close()
        raise schema.DamagedError(str(path))
    return memory


def _load(path: Path, options: str, target: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(schema.uri(path, options), uri=True, timeout=0.2)) as source:
        if schema.check_ours(source) > 0:
            schema.insert(target, [record for _, record in schema.select(source)])


def _load_copy(path: Path, target: sqlite3.Connection) -> None:
    with tempfile.TemporaryDirectory(prefix="acttutor-") as name:
        copy = Path(name) / path.name
        shutil.copyfile(path, copy)
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{path}-wal", f"{copy}-wal")
        _load(copy, "mode=rw", target)


def begin_again(path: Path, now: datetime, patience: float) -> tuple[sqlite3.Connection, Notice]:
    """Keep a damaged file aside and begin a new one from the newest backup and what can still be read.

    Raises OSError when the file cannot be moved, and what `open_for_writing` raises.
    """
    aside = _set_aside(path, now)
    connection = open_for_writing(path, patience, check=False)
    found = backups.newest_sound(path.parent)
    rescued = 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        if found is not None:
            rescued += schema.insert(connection, found[1])
        with (
            suppress(*schema.Trouble),
            closing(sqlite3.connect(schema.uri(aside, "mode=ro"), uri=True)) as broken,
        ):
            rescued += schema.insert(connection, schema.salvage(broken))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    day = backups.day(found[0]) if found is not None else ""
    return connection, Notice(NoticeKind.DAMAGED, aside, backup=day, rescued=rescued)


def _set_aside(path: Path, now: datetime) -> Path:
    name = f"{path.stem}-damaged-{backups.stamp(now)}"
    aside = path.with_name(f"{name}.db")
    number = 2
    while aside.exists():
        aside = path.with_name(f"{name}-{number}.db")
        number += 1
    path.replace(aside)
    for suffix in SIDECARS:
        # A write-ahead log left behind would be taken for the new file's.
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").replace(f"{aside}{suffix}")
    return aside
