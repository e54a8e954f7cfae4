"""Opening the app, and saying sorry when it fails in a way nobody foresaw."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from acttutor.cli.options import AppOptions, pass_options
from acttutor.errors import UserError
from acttutor.i18n import language_from_environment
from acttutor.learner.paths import data_directory
from acttutor.tui.setup import Setup


def open_app(
    options: AppOptions,
    start: str = "home",
    *,
    network: Path | None = None,
    concept: str | None = None,
    seed: int | None = None,
) -> None:
    """Open the app at a room; returns when it is closed. Raises UserError where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(
            "the app needs a terminal",
            hint="for pipes and screen readers: acttutor read, acttutor quiz --plain, acttutor trace",
        )
    if options.lessons is not None:
        from acttutor.course.library import read_course

        read_course(options.lessons)  # a folder that is no course is told here, in one line
    setup = Setup(
        data_directory=data_directory(options.profile, options.data_dir),
        language=options.lang,
        fallback_language=language_from_environment(dict(os.environ)),
        lessons=options.lessons,
        animate=not options.no_animation,
        ascii=options.ascii,
        start=start,
        network=network,
        concept=concept,
        seed=seed,
    )
    while _run(setup):
        setup = replace(setup, start="home", network=None)


def _run(setup: Setup) -> bool:
    """Run the app once; true when it crashed and the learner wants it again."""
    from acttutor.tui.app import ActtutorApp

    app = ActtutorApp(setup)
    try:
        app.run()
    finally:
        app.store.close()  # a crash may have kept the app from doing so
    if app.crash is None:
        return False
    from acttutor.tui.crash import CrashScreenApp, message_lines

    apology = CrashScreenApp(app.crash, app.translator)
    again = apology.run()
    if again is None:
        click.echo("\n".join(message_lines(app.crash, app.translator)), err=True)
    if not again:
        raise SystemExit(1)
    return True


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@pass_options
def sim(options: AppOptions, file: Path | None) -> None:
    """Open the simulator, on the network in FILE if one is given."""
    if file is not None:
        from acttutor.cli.networks import read_network

        read_network(file)  # what is wrong with it is told here, before the screen changes
    open_app(options, "simulator", network=file)
