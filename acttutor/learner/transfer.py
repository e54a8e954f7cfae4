"""A learner's events as a file to keep, read or carry to another machine: JSON Lines, UTF-8.

The first line says what it is, each further line is one event:

    {"format": "acttutor-events", "version": 1, "events": 2, "exported": "2026-11-24T13:19:00Z"}
    {"id": "01KDY0…", "at": "2026-11-24T13:18:20.5Z", "event": {"kind": "page-read", …}}

Events keep their ids, so importing the same file twice, or files of two machines in any order, adds each
once.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from acttutor.errors import UserError
from acttutor.learner.events import Record
from acttutor.learner.ids import is_id

FORMAT = "acttutor-events"
VERSION = 1
LARGEST = 256 * 2**20
"""Bytes of a file that is still read: ten years of thousands of answers a day are far below it."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Header(msgspec.Struct, frozen=True):
    """The first line of an export."""

    format: str
    version: int
    events: int
    exported: datetime


def dump(records: Iterable[Record], now: datetime) -> bytes:
    """The records as the bytes of an export made `now`."""
    kept = tuple(records)
    header = Header(FORMAT, VERSION, len(kept), now.astimezone(UTC))
    return b"".join(msgspec.json.encode(line) + b"\n" for line in (header, *kept))


def parse(data: bytes, where: str) -> tuple[Record, ...]:
    """The records of an export, every line checked.

    Raises UserError, naming the line, at the first one that is wrong: `where` is the file's name for that.
    """
    lines = data.split(b"\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise UserError("the file is empty", where=where, hint="an export begins with a line that says so")
    header = _header(lines[0], where)
    records = tuple(_record(line, f"{where}:{number}") for number, line in enumerate(lines[1:], start=2))
    if len(records) != header.events:
        raise UserError(
            f"{len(records)} events, but the first line promises {header.events}",
            where=where,
            hint="the file was cut off; export it again",
        )
    return records


def write(path: Path, records: Iterable[Record], now: datetime, *, force: bool = False) -> int:
    """Write an export, whole or not at all; how many events it holds.

    Raises UserError when the file is there already and not to be replaced, or cannot be written.
    """
    kept = tuple(records)
    if path.is_dir():
        raise UserError("this is a folder", where=str(path), hint="name a file in it")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        # Not readable by others: what somebody got wrong is nobody else's business.
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(dump(kept, now))
            file.flush()
            os.fsync(file.fileno())
        _move(draft, path, force=force)
    except FileExistsError:
        raise UserError("the file exists", where=str(path), hint="--force replaces it") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(f"cannot be written: {reason}", where=str(path)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return len(kept)


def read(path: Path) -> tuple[Record, ...]:
    """The records of an export file; UserError when it cannot be read or is wrong anywhere."""
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"larger than {LARGEST >> 20} MB: no export", where=str(path))
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(f"cannot be read: {reason}", where=str(path)) from error
    return parse(data, str(path))


def _move(draft: Path, path: Path, *, force: bool) -> None:
    """Give the draft its name; without force, FileExistsError when somebody has that name already."""
    if force:
        draft.replace(path)
        return
    if path.exists() or path.is_symlink():
        raise FileExistsError(path)
    draft.replace(path)


def _header(line: bytes, where: str) -> Header:
    try:
        header = msgspec.json.decode(line, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserError("not an export of acttutor", where=f"{where}:1") from None
    if header.format != FORMAT:
        raise UserError("not an export of acttutor", where=f"{where}:1", hint=f"format is {FORMAT}")
    if header.version != VERSION:
        raise UserError(
            f"format version {header.version} is unknown",
            where=f"{where}:1",
            hint=f"this acttutor reads version {VERSION}; update it",
        )
    return header


_RECORD: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


def _record(line: bytes, where: str) -> Record:
    try:
        record = _RECORD.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(f"not an event: {error}", where=where) from None
    if not is_id(record.id):
        raise UserError(f"{record.id!r} is no id of an event", where=where, hint="26 characters, base 32")
    if record.at.tzinfo is None:
        raise UserError("the moment has no time zone", where=where, hint="2026-11-24T13:19:00Z")
    for name in record.event.__struct_fields__:
        value = getattr(record.event, name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and _CONTROL.search(text):
                raise UserError(f"control characters in {name}", where=where)
    try:
        moment = record.at.astimezone(UTC)
    except OverflowError:
        raise UserError(
            "the moment lies outside the calendar", where=where, hint="2026-11-24T13:19:00Z"
        ) from None
    return msgspec.structs.replace(record, at=moment)
