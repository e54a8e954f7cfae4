"""`acttutor progress`: look at what was learnt, and carry, restore or erase it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import EXIT_NO, NumberFriendlyCommand, OneLineErrors, complain, print_json, visible
from acttutor.errors import UserError

if TYPE_CHECKING:
    from acttutor.course.model import Course
    from acttutor.i18n import Translator
    from acttutor.learner.events import Record
    from acttutor.learner.progress import Progress
    from acttutor.learner.store import EventStore


_STREAM = "-"
"""Instead of a file: stdout for an export, stdin for an import."""


class ProgressGroup(OneLineErrors, click.Group):
    """The group whose errors are one line too."""

    command_class = NumberFriendlyCommand


@click.group(cls=ProgressGroup)
def progress() -> None:
    """Show, export, import, restore or erase what you have learnt."""


@progress.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_options
def show(options: AppOptions, *, as_json: bool) -> None:
    """Show mastery, answers and pages read."""
    from acttutor.i18n import translator
    from acttutor.learner.progress import load

    with _store(options) as store:
        done = load(store)
        tr = translator(spoken_language(options, done.setting("language")))
        _warn(store, tr)
        if as_json:
            print_json(_document(store, done))
            return
        click.echo("\n".join(visible(line) for line in _lines(options, store, done, tr)))


@progress.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--force", is_flag=True, help="Replace FILE when it exists.")
@pass_options
def export(options: AppOptions, file: Path, *, force: bool) -> None:
    """Write everything to FILE (JSON Lines), or to stdout where FILE is -."""
    from acttutor.learner import transfer

    with _store(options) as store:
        tr = _translator(options, store)
        _warn(store, tr)
        records = store.records()
        if str(file) == _STREAM:
            click.echo(transfer.dump(records, _now()), nl=False)
        else:
            transfer.write(file, records, _now(), force=force)
        target = "stdout" if str(file) == _STREAM else file
        complain(tr.gettext("events written to {path}: {n}").format(n=len(records), path=target))


@progress.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@pass_options
def import_(options: AppOptions, file: Path) -> None:
    """Add the events of an exported FILE (- is stdin); those here already are passed over."""
    from acttutor.learner import transfer

    records = _read_stdin() if str(file) == _STREAM else transfer.read(file)
    with _store(options) as store:
        added = store.merge(records)
        tr = _translator(options, store)
        _warn(store, tr)
        old = len(records) - added
        complain(tr.gettext("events added: {n}; here already: {old}").format(n=added, old=old))


@progress.command()
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.option("--list", "listing", is_flag=True, help="List the backups, newest first.")
@pass_options
def restore(options: AppOptions, backup: Path | None, *, listing: bool) -> None:
    """Bring back what BACKUP (default: the newest) has and is missing now; nothing is taken away."""
    from acttutor.learner.backups import backups, load_backup

    with _store(options) as store:
        tr = _translator(options, store)
        _warn(store, tr)
        found = backups(store.directory)
        if listing:
            for path in found:
                click.echo(visible(str(path)))
            return
        if backup is None and not found:
            raise UserError("there is no backup yet", where=str(store.directory / "backups"))
        chosen = backup or found[0]
        added = store.merge(load_backup(chosen))
        complain(tr.gettext("events brought back from {path}: {n}").format(n=added, path=chosen))


@progress.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_options
def reset(options: AppOptions, *, yes: bool) -> int:
    """Erase everything you have learnt here, after making a backup of it."""
    with _store(options) as store:
        _ = _translator(options, store).gettext
        if not yes and not _agreed(
            _("Erase all answers and pages read in {path}?").format(path=visible(str(store.path)))
        ):
            complain(_("nothing was erased"))
            return EXIT_NO
        backup = store.clear(_now())
        told = _("erased; the backup is {path} (acttutor progress restore brings it back)")
        complain(told.format(path=backup))
        return 0


def _agreed(question: str) -> bool:
    """Ask on stderr; the end of the input is no."""
    try:
        return click.confirm(question, err=True)
    except click.Abort as stop:
        if isinstance(stop.__context__, KeyboardInterrupt):
            raise
        click.echo(err=True)  # the question is still without a line end
        return False


def _read_stdin() -> tuple[Record, ...]:
    from acttutor.learner import transfer

    data = sys.stdin.buffer.read(transfer.LARGEST + 1)
    if len(data) > transfer.LARGEST:
        raise UserError(f"larger than {transfer.LARGEST >> 20} MB: no export", where="stdin")
    return transfer.parse(data, "stdin")


def _now() -> datetime:
    return datetime.now(UTC)


def _store(options: AppOptions) -> EventStore:
    from acttutor.learner.paths import data_directory
    from acttutor.learner.store import open_store

    return open_store(data_directory(options.profile, options.data_dir), _now())


def _translator(options: AppOptions, store: EventStore) -> Translator:
    from acttutor.i18n import translator
    from acttutor.learner.progress import load

    return translator(spoken_language(options, load(store).setting("language")))


def _warn(store: EventStore, tr: Translator) -> None:
    for line in (store.explain(tr) or "").splitlines():
        complain(line)


def _document(store: EventStore, done: Progress) -> dict[str, object]:
    from acttutor.learner.mastery import mastery

    resume = done.resume
    return {
        "path": str(store.path),
        "saved": store.saved,
        "answers": done.answers,
        "right": done.right,
        "resume": {"lesson": resume.lesson, "page": resume.page} if resume else None,
        "settings": done.settings,
        "lessons": [
            {"id": id, "page": history.page or None, "pages_read": sorted(history.pages_read)}
            for id, history in done.lessons.items()
        ],
        "concepts": [
            {"id": id, "mastery": one.value, "dots": one.dots, "answers": one.answers}
            for id, one in mastery(done).items()
        ],
        "calibration": [
            {"confidence": level, "said": one.said, "right": one.right}
            for level, one in sorted(done.calibration.items())
        ],
        "misconceptions": [{"id": id, "times": times} for id, times in done.misconceptions.items()],
    }


def _lines(options: AppOptions, store: EventStore, done: Progress, tr: Translator) -> Iterable[str]:
    from acttutor.learner.mastery import ConceptHistory, mastery_of

    _ = tr.gettext
    course = _course(options, tr)
    yield _("Kept in {path}").format(path=store.path)
    if not done.answers and not done.lessons:
        yield _("Nothing yet. Begin with: acttutor")
        return
    yield _("Answers: {n}, right at the first try: {m}").format(n=done.answers, m=done.right)
    yield ""
    yield _("Lessons")
    for lesson in course.lessons:
        read = len(done.pages_read(lesson.id) & {page.id for page in lesson.pages})
        count = _("{n} of {m} pages read").format(n=read, m=len(lesson.pages))
        yield f"  {lesson.number} {lesson.title}: {count}"
    yield ""
    yield _("Mastery")
    for concept in course.concepts:
        one = mastery_of(done.concepts.get(concept.id, ConceptHistory()))
        answers = tr.ngettext("{n} answer", "{n} answers", one.answers).format(n=one.answers)
        yield f"  {_dots(one.dots, options.ascii)}  {one.dots}/5  {concept.title} ({answers})"
    names = {1: _("guess"), 2: _("think so"), 3: _("sure")}
    if done.calibration:
        yield ""
        yield _("How sure you were, and how often you were right")
        for level, said in sorted(done.calibration.items()):
            share = _("{m} of {n} right").format(m=said.right, n=said.said)
            yield f"  {level} {names.get(level, '')}: {share}"


def _course(options: AppOptions, tr: Translator) -> Course:
    from acttutor.course.library import load_course
    from acttutor.course.model import Language

    return load_course(options.lessons, Language(tr.language)).course


def _dots(dots: int, ascii_only: bool) -> str:
    full, empty = ("*", "-") if ascii_only else ("●", "○")
    return full * dots + empty * (5 - dots)
