"""Copies of the event file: one a day of use, the newest three kept, and one before everything is erased."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from acttutor.errors import UserError
from acttutor.learner import schema
from acttutor.learner.events import Record

KEPT = 3
"""How many daily backups, and how many of those made before a reset, are kept."""

_NAME = re.compile(r"events-(\d{8})(T\d{6}Z)?\.db")


def stamp(now: datetime) -> str:
    """The moment as it stands in file names: UTC, to the second, sorting by time."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def backups(directory: Path) -> tuple[Path, ...]:
    """The backups in a data directory, newest first; empty when there are none or they cannot be listed."""
    found: list[Path] = []
    with suppress(OSError):
        found = [path for path in (directory / "backups").iterdir() if _NAME.fullmatch(path.name)]
    return tuple(sorted(found, key=lambda path: path.stem, reverse=True))


def day(backup: Path) -> str:
    """The day of a backup as 2026-11-24."""
    digits = backup.name.removeprefix("events-")[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def back_up_daily(connection: sqlite3.Connection, directory: Path, now: datetime) -> bool:
    """Make today's backup (UTC) unless it is there; whether one was made.

    Raises OSError or sqlite3.Error when it cannot be written.
    """
    target = directory / "backups" / f"events-{stamp(now)[:8]}.db"
    if target.exists() or schema.count(connection) == 0:
        return False
    _copy(connection, target)
    _prune(directory)
    return True


def back_up_now(connection: sqlite3.Connection, directory: Path, now: datetime) -> Path:
    """Make a backup of this very moment and say where; OSError or sqlite3.Error when that fails."""
    target = directory / "backups" / f"events-{stamp(now)}.db"
    _copy(connection, target)
    _prune(directory)
    return target


def read_backup(path: Path) -> tuple[Record, ...]:
    """All records of a backup.

    Raises OSError or sqlite3.Error when it cannot be read, schema.DamagedError or schema.RefusedError when
    it is broken or not for this program.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    with closing(sqlite3.connect(schema.uri(path, "mode=ro&immutable=1"), uri=True)) as connection:
        if schema.check_ours(connection) == 0:
            return ()
        schema.check_sound(connection)
        return tuple(record for _, record in schema.select(connection))


def load_backup(path: Path) -> tuple[Record, ...]:
    """All records of a backup that a person chose; UserError, saying why, when it is none."""
    hint = "see: progress restore --list"
    try:
        return read_backup(path)
    except FileNotFoundError:
        raise UserError("there is no such file", where=str(path), hint=hint) from None
    except schema.RefusedError as refusal:
        raise UserError(f"this file is {refusal}", where=str(path), hint=hint) from None
    except (OSError, *schema.Trouble, schema.DamagedError) as error:
        raise UserError(f"no backup that can be read: {error}", where=str(path)) from error


def newest_sound(directory: Path) -> tuple[Path, tuple[Record, ...]] | None:
    """The newest daily backup that can be read, with its records. One made before a reset is never chosen."""
    for path in backups(directory):
        if "T" not in path.stem:
            with suppress(OSError, *schema.Trouble, schema.DamagedError, schema.RefusedError):
                return path, read_backup(path)
    return None


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    """Write a sound copy under its final name in one move, so that a backup is whole or absent."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{id(connection):x}.part")
    draft.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(draft),))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _prune(directory: Path) -> None:
    found = backups(directory)
    daily = [path for path in found if "T" not in path.stem]
    others = [path for path in found if "T" in path.stem]
    for path in daily[KEPT:] + others[KEPT:]:
        path.unlink(missing_ok=True)
