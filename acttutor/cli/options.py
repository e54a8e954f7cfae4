"""The options that stand before a command and apply to every command."""

import os
from dataclasses import dataclass
from pathlib import Path

import click

from acttutor.i18n import language_from_environment
from acttutor.learner.paths import DEFAULT_PROFILE


@dataclass(frozen=True, slots=True)
class AppOptions:
    """What was said before the command; None where nothing was said.

    Commands receive it with the `pass_options` decorator.
    """

    lang: str | None = None
    lessons: Path | None = None
    data_dir: Path | None = None
    profile: str = DEFAULT_PROFILE
    no_animation: bool = False
    ascii: bool = False


pass_options = click.make_pass_decorator(AppOptions, ensure=True)


def spoken_language(options: AppOptions, saved: str | None = None) -> str:
    """The language to speak: the flag, else the saved choice, else the environment's, else English."""
    return options.lang or saved or language_from_environment(dict(os.environ))
