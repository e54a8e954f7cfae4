"""The database file of a learner's events: its tables, its version, and what can be wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from acttutor.learner.events import Answered, Record, decode, encode, kind
from acttutor.learner.ids import is_id, microseconds, moment

APPLICATION_ID = 0x41435454
"""Marks a file as one of ours ("ACTT"), so that another program's `events.db` is left alone."""

_CREATE = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        lesson TEXT,
        page TEXT,
        concept TEXT,
        question TEXT,
        revision INTEGER,
        correct INTEGER,
        confidence INTEGER,
        body TEXT NOT NULL
    )""",
    """CREATE TABLE snapshots (
        name TEXT PRIMARY KEY,
        seq INTEGER NOT NULL,
        body BLOB NOT NULL
    )""",
    """CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
       BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_CREATE,)
"""Step n brings a file from version n to n + 1; a released step is never edited."""

_INSERT = """INSERT OR IGNORE INTO events
    (id, at, kind, lesson, page, concept, question, revision, correct, confidence, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


_COLUMNS = "CAST(id AS BLOB), at, CAST(body AS BLOB)"
"""As bytes, since in a damaged file they need not be UTF-8, and one bad row must not hide the others."""


class DamagedError(Exception):
    """The file is no database, or one whose pages contradict each other."""


class RefusedError(Exception):
    """The file is sound but not for this program: a newer version's, or (not `newer`) another program's."""

    def __init__(self, *, newer: bool) -> None:
        super().__init__("from a newer acttutor" if newer else "another program's")
        self.newer = newer


Trouble = (sqlite3.Error, UnicodeDecodeError)
"""What reading or writing a file may raise: a damaged name even makes SQLite's own message undecodable."""


def is_damage(error: Exception) -> bool:
    """Whether the file itself is broken, rather than full, locked or out of reach."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def uri(path: Path, options: str) -> str:
    """The path as an SQLite URI with options."""
    return f"{path.absolute().as_uri()}?{options}"


@contextmanager
def _errors_are_damage() -> Iterator[None]:
    """For statements that are right by themselves: where SQLite finds them wrong, it is the file that is broken."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise DamagedError(str(error)) from error
        raise


def check_ours(connection: sqlite3.Connection, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> int:
    """The schema version of a file, 0 for an empty one; RefusedError when this program must not touch it."""
    with _errors_are_damage():
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if application != APPLICATION_ID and (application or version or tables):
        raise RefusedError(newer=False)
    if version > len(migrations):
        raise RefusedError(newer=True)
    return version


def check_sound(connection: sqlite3.Connection) -> None:
    """Raise DamagedError when SQLite finds the file's structure broken."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DamagedError(str(found))


def check_tables(connection: sqlite3.Connection) -> None:
    """Raise DamagedError when a table or column is gone, as after damage to the page that lists them."""
    with _errors_are_damage():
        # EXPLAIN compiles the statement, and so finds each of its columns, without adding a row.
        connection.execute(f"EXPLAIN {_INSERT}", (None,) * _INSERT.count("?"))
        connection.execute(f"SELECT seq, {_COLUMNS} FROM events LIMIT 0")
        connection.execute("SELECT name, seq, body FROM snapshots LIMIT 0")


def migrate(connection: sqlite3.Connection, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> None:
    """Bring a file to the newest version, all steps in one transaction.

    Raises RefusedError for a file that is already newer, or not ours.
    """
    if check_ours(connection, migrations) == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another copy of the program may have migrated while this one waited for the lock.
        for step in migrations[check_ours(connection, migrations) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def insert(connection: sqlite3.Connection, records: Iterable[Record]) -> int:
    """Add records, passing over those whose id is there already; how many were new."""
    before = connection.total_changes
    connection.executemany(_INSERT, map(_row, records))
    return connection.total_changes - before


def salvage(connection: sqlite3.Connection) -> tuple[Record, ...]:
    """What can still be read of a broken file: its rows up to the first page that cannot be followed."""
    found: list[Record] = []
    try:
        # No ORDER BY: an index may be the broken part, and walking the table alone reads the most.
        for id, at, body in connection.execute(f"SELECT {_COLUMNS} FROM events NOT INDEXED"):
            record = _record(id, at, body)
            if record is not None:
                found.append(record)
    except Trouble:
        return tuple(found)
    return tuple(found)


def last_id(connection: sqlite3.Connection) -> str | None:
    """The greatest id in the file, or None when it holds none."""
    found = connection.execute("SELECT CAST(max(id) AS BLOB) FROM events").fetchone()[0]
    return _id(found)


def select(connection: sqlite3.Connection, after: int = 0) -> Iterator[tuple[int, Record]]:
    """Sequence number and record of every row behind `after`, in the order of recording (by id).

    A row whose body cannot be read any more is passed over; `count` minus what comes out tells how many.
    """
    rows = connection.execute(f"SELECT seq, {_COLUMNS} FROM events WHERE seq > ? ORDER BY id", (after,))
    for seq, id, at, body in rows:
        record = _record(id, at, body)
        if record is not None:
            yield seq, record


def count(connection: sqlite3.Connection) -> int:
    """How many rows there are."""
    return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def _record(id: object, at: object, body: object) -> Record | None:
    """A row as a record, or None when it is not what this program writes."""
    name = _id(id)
    if name is None or not isinstance(at, int) or not isinstance(body, bytes):
        return None
    try:
        return Record(name, moment(at), decode(body))
    except (ValueError, OverflowError):
        return None


def _id(found: object) -> str | None:
    text = found.decode("ascii", "replace") if isinstance(found, bytes) else ""
    return text if is_id(text) else None


def _row(record: Record) -> tuple[str | int | None, ...]:
    event = record.event
    answer = event if isinstance(event, Answered) else None
    return (
        record.id,
        microseconds(record.at),
        kind(event),
        getattr(event, "lesson", None),
        getattr(event, "page", None),
        getattr(event, "concept", None),
        getattr(event, "question", None),
        answer.revision if answer else None,
        int(answer.correct) if answer else None,
        int(answer.confidence) if answer and answer.confidence is not None else None,
        encode(event).decode(),
    )
