"""The event store: everything a learner did, kept so that nothing whose effect was seen is ever lost.

The layout of a data directory:

    events.db                           the events (SQLite, write-ahead log, tables in `schema.py`)
    events.db-wal, events.db-shm        SQLite's own, while a program runs or after it was killed; part of it
    backups/events-20261124.db          one a day of use (UTC), the newest three kept
    backups/events-20261124T131900Z.db  made before a reset, the newest three kept
    events-damaged-20261124T131900Z.db  a file that was found damaged, as it was

`append` returns after the event is committed and synced to the disk, so an answer survives `kill -9` and a
loss of power from the moment its feedback is drawn. Each write is one `BEGIN IMMEDIATE` transaction that
waits for those of other running copies. Where nothing can be written (read-only, full, locked for long,
newer than this program) the store says so in `warning` and keeps events in memory; it tries again at every
append, and at close, and writes what is waiting as soon as it can.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock

from acttutor.errors import UserError
from acttutor.i18n import Translator, translator
from acttutor.learner import backups, database, schema
from acttutor.learner.events import Event, Record
from acttutor.learner.ids import Entropy, next_id
from acttutor.learner.notices import Notice, NoticeKind

FILE = "events.db"
PATIENCE = 3.0
"""Seconds to wait for another program's lock before events wait in memory."""
IMPATIENCE = 0.1
"""The same, once that has happened: an open screen must not stall at every key."""

_LASTING = (NoticeKind.DAMAGED, NoticeKind.NO_BACKUP)
_FINAL = (NoticeKind.NEWER, NoticeKind.FOREIGN, NoticeKind.STUCK)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A derived value as it was after the row `seq`."""

    seq: int
    body: bytes


def open_store(
    directory: Path, now: datetime, *, entropy: Entropy = secrets.randbits, patience: float = PATIENCE
) -> EventStore:
    """Open the events of a data directory, which is made when it is not there; makes the day's backup.

    Never raises for what may be wrong with the directory or the file: look at `warning` and show it.
    `now` knows its time zone. `entropy` gives random bits for the names of events.
    """
    return EventStore(directory, now, entropy, patience)


class EventStore:
    """The events of one data directory, for one program; made by `open_store`."""

    def __init__(self, directory: Path, now: datetime, entropy: Entropy, patience: float) -> None:
        self.directory = directory
        self.path = directory / FILE
        self._entropy = entropy
        self._patience = patience
        self._lock = RLock()
        self._now = now
        self._disk: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._copy: sqlite3.Connection | None = None
        self._unsaved: list[Record] = []
        self._notices: dict[NoticeKind, Notice] = {}
        self._last: str | None = None
        self._closed = False
        with self._lock:
            self._attach()
            if self._disk is None and self._copy is None:
                self._read_copy()
            self._back_up()

    def __enter__(self) -> EventStore:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the learner should be told now."""
        return tuple(self._notices.values())

    @property
    def warning(self) -> str | None:
        """The notices in English, or None when all is well; `explain` says them in another language."""
        return self.explain(translator("en"))

    def explain(self, tr: Translator) -> str | None:
        """The notices in the translator's language, one a line, or None when all is well."""
        return "\n".join(notice.text(tr) for notice in self.notices) or None

    @property
    def saved(self) -> bool:
        """Whether everything is on the disk, and the next event can be expected to be."""
        return self._disk is not None and not self._unsaved

    def append(self, event: Event, now: datetime) -> Record:
        """Keep one event; it is committed when this returns, or `warning` says that it is in memory only."""
        return self.append_all((event,), now)[0]

    def append_all(self, events: Sequence[Event], now: datetime) -> tuple[Record, ...]:
        """Keep several events, all in one transaction, as `append` does."""
        with self._lock:
            self._now = now
            self._attach()
            records = self._name(events, now) if self._disk is None else ()
            if self._disk is not None:
                records = self._write(events, now)
            return records

    def records(self) -> tuple[Record, ...]:
        """All events in the order of recording, those that wait in memory included."""
        return tuple(record for _, record in self.tail(0))

    def tail(self, after: int) -> tuple[tuple[int, Record], ...]:
        """Row number and record of what was added behind the row `after`, in the order of recording.

        Events that wait in memory have the row number 0, since they have no row yet.
        """
        with self._lock:
            rows = self._read(after)
            if self._unsaved:
                rows.extend((0, record) for record in self._unsaved)
                rows.sort(key=lambda row: row[1].id)
            return tuple(rows)

    def merge(self, records: Sequence[Record]) -> int:
        """Add the records of another store, all or none, those here already left out; how many were new.

        Raises UserError when this store cannot be written.
        """
        with self._lock:
            connection = self._writable()
            try:
                with _Transaction(connection):
                    added = schema.insert(connection, records)
            except schema.Trouble as error:
                raise UserError(f"nothing was added: {error}", where=str(self.path)) from error
            return added

    def clear(self, now: datetime) -> Path:
        """Erase everything, after a backup of it was made; where that backup is.

        The file stays and is emptied, so that another running copy goes on writing to the same one. Raises
        UserError, with nothing erased, when the backup or the erasing fails.
        """
        with self._lock:
            connection = self._writable()
            try:
                backup = backups.back_up_now(connection, self.directory, now)
                with _Transaction(connection):
                    connection.execute("DELETE FROM events")
                    connection.execute("DELETE FROM snapshots")
            except (*schema.Trouble, OSError) as error:
                raise UserError(f"nothing was erased: {error}", where=str(self.path)) from error
            return backup

    def snapshot(self, name: str) -> Snapshot | None:
        """A derived value saved earlier, if there is one, and the row it was made after is still there."""
        with self._lock, suppress(*schema.Trouble):
            if self._disk is not None:
                found = self._disk.execute(
                    "SELECT seq, snapshots.body FROM snapshots JOIN events USING (seq) WHERE name = ?",
                    (name,),
                ).fetchone()
                return Snapshot(*found) if found else None
        return None

    def save_snapshot(self, name: str, snapshot: Snapshot) -> None:
        """Keep a derived value; not kept where nothing can be written, since it can be derived again."""
        with self._lock, suppress(*schema.Trouble):
            if self._disk is not None:
                with _Transaction(self._disk):
                    self._disk.execute(
                        "INSERT OR REPLACE INTO snapshots (name, seq, body) VALUES (?, ?, ?)",
                        (name, snapshot.seq, snapshot.body),
                    )

    def close(self) -> None:
        """Write what still waits, if that is possible now, and let go of the file. May be called twice."""
        with self._lock:
            if self._closed:
                return
            if self._unsaved:
                self._attach()
                if self._disk is not None:
                    self._write((), self._now)
            for connection in (self._disk, self._copy):
                if connection is not None:
                    connection.close()
            self._disk = self._copy = None
            self._closed = True

    def _attach(self) -> None:
        """Have a connection to the file at the path, if there can be one; else note why there is none."""
        if self._disk is not None:
            if self._identity == _identity(self.path):
                return
            # The file was moved or deleted under us: what is written to it now would be lost.
            self._detach()
        if any(kind in self._notices for kind in _FINAL) or self._closed:
            return
        patience = IMPATIENCE if NoticeKind.LOCKED in self._notices else self._patience
        try:
            self._adopt(database.open_for_writing(self.path, patience, check=self._due_for_check()))
        except schema.RefusedError as refusal:
            self._note(NoticeKind.NEWER if refusal.newer else NoticeKind.FOREIGN)
        except schema.DamagedError:
            self._begin_again()
        except schema.Trouble as error:
            if schema.is_damage(error):
                self._begin_again()
            else:
                self._note(_kind_of(error))
        except OSError:
            self._note(NoticeKind.UNWRITABLE)

    def _begin_again(self) -> None:
        self._detach()
        try:
            connection, notice = database.begin_again(self.path, self._now, self._patience)
        except (OSError, *schema.Trouble, schema.RefusedError, schema.DamagedError):
            self._note(NoticeKind.STUCK)
        else:
            self._notices[notice.kind] = notice
            self._adopt(connection)

    def _adopt(self, connection: sqlite3.Connection) -> None:
        self._disk = connection
        self._identity = _identity(self.path)
        if self._copy is not None:
            self._copy.close()
            self._copy = None
        if not self._unsaved:
            self._relax()

    def _detach(self) -> None:
        if self._disk is not None:
            self._disk.close()
            self._disk = None

    def _relax(self) -> None:
        """Take back the notices that were true only for a while."""
        self._notices = {kind: notice for kind, notice in self._notices.items() if kind in _LASTING}

    def _note(self, kind: NoticeKind) -> None:
        self._notices.setdefault(kind, Notice(kind, self.path))

    def _due_for_check(self) -> bool:
        with suppress(OSError):
            size = self.path.stat().st_size
            today = f"events-{backups.stamp(self._now)[:8]}.db"
            return size <= database.ALWAYS_CHECKED or not (self.directory / "backups" / today).exists()
        return False

    def _read_copy(self) -> None:
        if any(kind in self._notices for kind in _FINAL):
            return
        try:
            self._copy = database.read_without_writing(self.path)
        except schema.RefusedError as refusal:
            self._note(NoticeKind.NEWER if refusal.newer else NoticeKind.FOREIGN)
        except schema.DamagedError:
            self._note(NoticeKind.STUCK)

    def _back_up(self) -> None:
        if self._disk is None:
            return
        try:
            backups.back_up_daily(self._disk, self.directory, self._now)
        except (*schema.Trouble, OSError):
            self._notices[NoticeKind.NO_BACKUP] = Notice(NoticeKind.NO_BACKUP, self.directory / "backups")

    def _name(self, events: Sequence[Event], now: datetime) -> tuple[Record, ...]:
        """Names for events that have to wait in memory."""
        last = self._last
        if last is None and self._copy is not None:
            last = schema.last_id(self._copy)
        records = self._records_of(events, now, last)
        self._unsaved.extend(records)
        return records

    def _records_of(self, events: Sequence[Event], now: datetime, last: str | None) -> tuple[Record, ...]:
        records: list[Record] = []
        for event in events:
            last = next_id(now, last, self._entropy)
            records.append(Record(last, now, event))
        self._last = last
        return tuple(records)

    def _write(self, events: Sequence[Event], now: datetime) -> tuple[Record, ...]:
        """Write what waits and the events, in one transaction; on failure all of them wait."""
        assert self._disk is not None
        records: tuple[Record, ...] = ()
        try:
            with _Transaction(self._disk):
                names = [name for name in (schema.last_id(self._disk), self._last) if name is not None]
                records = self._records_of(events, now, max(names, default=None))
                schema.insert(self._disk, (*self._unsaved, *records))
        except schema.Trouble as error:
            if not records:
                records = self._records_of(events, now, self._last)
            # The names stay: should the commit have succeeded after all, writing again adds nothing twice.
            self._unsaved.extend(records)
            if schema.is_damage(error):
                self._begin_again()
                self._flush()
            else:
                self._note(_kind_of(error))
                with suppress(*schema.Trouble):
                    self._disk.execute(f"PRAGMA busy_timeout = {int(IMPATIENCE * 1000)}")
        else:
            if self._unsaved:
                self._unsaved.clear()
                self._disk.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
            self._relax()
        return records

    def _flush(self) -> None:
        if self._disk is not None:
            with suppress(*schema.Trouble):
                with _Transaction(self._disk):
                    schema.insert(self._disk, self._unsaved)
                self._unsaved.clear()

    def _read(self, after: int) -> list[tuple[int, Record]]:
        for _attempt in range(2):
            source = self._disk or self._copy
            if source is None:
                return []
            try:
                return list(schema.select(source, after))
            except schema.Trouble as error:
                if not schema.is_damage(error) or source is self._copy:
                    self._note(_kind_of(error))
                    return []
                self._begin_again()
                after = 0
        return []

    def _writable(self) -> sqlite3.Connection:
        self._attach()
        if self._disk is None:
            raise UserError(self.warning or "the store is closed", title="Nothing was changed")
        if self._unsaved:
            self._write((), self._now)
        return self._disk


class _Transaction:
    """`BEGIN IMMEDIATE` … `COMMIT`, rolled back when anything is raised."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_rest: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = os.stat(path)
        return status.st_dev, status.st_ino
    return None


def _kind_of(error: Exception) -> NoticeKind:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return NoticeKind.FULL
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return NoticeKind.LOCKED
    return NoticeKind.UNWRITABLE
