"""What a learner must be told about the place where their answers are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from acttutor.i18n import Translator


class NoticeKind(StrEnum):
    """What is wrong, or was."""

    UNWRITABLE = "unwritable"
    FULL = "full"
    LOCKED = "locked"
    NEWER = "newer"
    FOREIGN = "foreign"
    DAMAGED = "damaged"
    STUCK = "stuck"
    NO_BACKUP = "no-backup"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell; `path` is the file it is about.

    For DAMAGED, `path` is where the damaged file is now kept, `backup` the day of the backup that stands in
    for it (empty: none was found), and `rescued` counts the events that could be read back, from either.
    """

    kind: NoticeKind
    path: Path
    backup: str = ""
    rescued: int = 0

    def text(self, tr: Translator) -> str:
        """The notice in the translator's language."""
        _ = tr.gettext
        path = str(self.path)
        match self.kind:
            case NoticeKind.UNWRITABLE:
                return _(
                    "{path} cannot be written: what you do now is kept until you quit, not longer."
                ).format(path=path)
            case NoticeKind.FULL:
                return _("The disk is full: your answers wait in memory and are written once there is room.")
            case NoticeKind.LOCKED:
                return _(
                    "{path} is in use by another program: your answers wait in memory until it is free."
                ).format(path=path)
            case NoticeKind.NEWER:
                return _(
                    "{path} was written by a newer acttutor and is left alone: this session is not kept. "
                    "Update acttutor to continue."
                ).format(path=path)
            case NoticeKind.FOREIGN:
                return _(
                    "{path} belongs to another program and is left alone: this session is not kept. "
                    "Choose another --data-dir."
                ).format(path=path)
            case NoticeKind.STUCK:
                return _(
                    "{path} is damaged and cannot be moved aside: what you do now is kept until you quit."
                ).format(path=path)
            case NoticeKind.NO_BACKUP:
                return _("No backup could be written to {path}.").format(path=path)
            case NoticeKind.DAMAGED:
                return self._damaged(tr)

    def _damaged(self, tr: Translator) -> str:
        kept = tr.gettext("The record of your answers was damaged; it is kept as {path}.").format(
            path=self.path
        )
        if self.backup:
            then = tr.gettext("A new one was begun from the backup of {day}; events read back: {n}.").format(
                day=self.backup, n=self.rescued
            )
        elif self.rescued:
            then = tr.gettext("A new one was begun; events read back: {n}.").format(n=self.rescued)
        else:
            then = tr.gettext("A new one was begun, and is empty.")
        return f"{kept} {then}"
