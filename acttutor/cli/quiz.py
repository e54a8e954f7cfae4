"""`acttutor quiz`: the app at the quiz, or a sitting in lines with `--plain`."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import NumberFriendlyCommand, complain, visible
from acttutor.errors import UserError

LONGEST_LINE = 10_000
"""Characters; a longer line is read in parts, none of which is an answer, and fills no memory."""


@click.command(cls=NumberFriendlyCommand)
@click.option("--concept", metavar="C", help="Only questions on this concept.")
@click.option("--plain", is_flag=True, help="Lines instead of screens, for pipes and screen readers.")
@click.option("--seed", type=int, metavar="N", help="Order of the options; the same seed, the same order.")
@pass_options
def quiz(options: AppOptions, *, concept: str | None, plain: bool, seed: int | None) -> None:
    """Answer questions: those you were sure about and got wrong come first."""
    if not plain:
        from acttutor.cli.app import open_app

        open_app(options, start="quiz", concept=concept, seed=seed)
        return
    _plain_quiz(options, concept, secrets.randbelow(2**31) if seed is None else seed)


def _plain_quiz(options: AppOptions, concept: str | None, seed: int) -> None:
    from acttutor.cli.plain_quiz import PlainQuiz
    from acttutor.course.library import load_course
    from acttutor.course.model import Language
    from acttutor.i18n import translator
    from acttutor.learner import session as sitting
    from acttutor.learner.events import Event, Record
    from acttutor.learner.paths import data_directory
    from acttutor.learner.progress import load
    from acttutor.learner.store import open_store

    with open_store(data_directory(options.profile, options.data_dir), _now()) as store:
        progress = load(store)
        language = spoken_language(options, progress.setting("language"))
        tr = translator(language)
        _ = tr.gettext
        loaded = load_course(options.lessons, Language(language))
        for problem in loaded.problems:
            complain(problem)
        course = loaded.course
        items = sitting.items(course, concept=concept)
        if not items:
            raise UserError("there is no question on this concept yet", where=concept or "")
        told = ""

        def warn() -> None:
            nonlocal told
            warning = store.explain(tr) or ""
            if warning != told:
                told = warning
                for line in warning.splitlines():
                    complain(line)

        def keep(events: Sequence[Event]) -> tuple[Record, ...]:
            records = store.append_all(events, _now())
            warn()
            return records

        warn()
        _forgive_undecodable_input()
        session = sitting.start(items, progress, seed, _now())
        click.echo(_("{n} questions, seed {seed}").format(n=len(session.turns), seed=seed))
        PlainQuiz(course, tr, ask=_ask, say=_say, keep=keep, clock=_now).run(session)


def _now() -> datetime:
    return datetime.now(UTC)


def _forgive_undecodable_input() -> None:
    """Bytes that are no text become replacement characters, and are then none of the letters."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if callable(reconfigure):
        reconfigure(errors="replace")


def _say(text: str) -> None:
    """Print and flush: whoever reads a pipe waits for it."""
    click.echo("\n".join(visible(line) for line in text.split("\n")))
    sys.stdout.flush()


def _ask(prompt: str) -> str | None:
    """Print the prompt as a line of its own and read a line; None at the end of the input."""
    _say(prompt)
    line = sys.stdin.readline(LONGEST_LINE) if sys.stdin is not None else ""
    return line or None
