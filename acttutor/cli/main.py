"""The root of the command line: a table of commands, each imported only when it is used."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from acttutor import __version__
from acttutor.cli.options import AppOptions
from acttutor.cli.output import EXIT_INTERRUPTED, OneLineErrors
from acttutor.cli.streams import finish, prepare, unwritten
from acttutor.errors import did_you_mean
from acttutor.i18n import LANGUAGES
from acttutor.learner.paths import DEFAULT_PROFILE

PROGRAM = "acttutor"


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command lives (`module:object`) and the line that help shows without importing it."""

    name: str
    target: str
    summary: str

    def load(self) -> click.Command:
        """Import the module and hand out its command."""
        module, _, attribute = self.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.target} is no click command")
        return command


COMMANDS = (
    LazyCommand("activations", "acttutor.cli.mathematics:activations", "List the activation functions."),
    LazyCommand(
        "eval", "acttutor.cli.mathematics:evaluate", "Value and derivatives of an activation at numbers."
    ),
    LazyCommand("plot", "acttutor.cli.plot:plot", "Draw activations or their derivatives."),
    LazyCommand(
        "trace", "acttutor.cli.trace:trace", "One training step of a network, operation by operation."
    ),
    LazyCommand("train", "acttutor.cli.train:train", "Train the network in a file."),
    LazyCommand("depth", "acttutor.cli.depth:depth", "Signal and gradient through many layers."),
    LazyCommand(
        "experiment",
        "acttutor.cli.experiment:experiment",
        "Put a choice to the test: train every option side by side.",
    ),
    LazyCommand("claims", "acttutor.cli.claims:claims", "Compute every claim of the course."),
    LazyCommand("lessons", "acttutor.cli.course:lessons", "List the lessons, or check a course folder."),
    LazyCommand("read", "acttutor.cli.course:read", "Print a lesson as plain text."),
    LazyCommand("quiz", "acttutor.cli.quiz:quiz", "Answer questions."),
    LazyCommand("progress", "acttutor.cli.progress:progress", "Show or export what you have learnt."),
    LazyCommand("sim", "acttutor.cli.app:sim", "Open the simulator."),
    LazyCommand("doctor", "acttutor.cli.doctor:doctor", "Tell about this terminal and installation."),
    LazyCommand("completion", "acttutor.cli.completion:completion", "Print a shell completion script."),
)


class RootGroup(OneLineErrors, click.Group):
    """The group of `COMMANDS`: help and completion read the table, only a used command is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table, which is the order of learning them."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, or None when there is none of that name."""
        return next((command.load() for command in COMMANDS if command.name == cmd_name), None)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command to run; an unknown name gets the closest one as advice."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            kind = "option" if name.startswith("-") else "command"
            advice = did_you_mean(name, self.list_commands(ctx)) or "the commands are " + ", ".join(
                self.list_commands(ctx)
            )
            raise click.UsageError(f"unknown {kind} {name}: {advice}", ctx)
        return (name if command else None), command, args[1:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table into the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.summary) for command in COMMANDS])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands from the table, and the options once a dash is typed."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [
            CompletionItem(command.name, help=command.summary)
            for command in COMMANDS
            if command.name.startswith(incomplete)
        ]


class _Folder(click.Path):
    """A folder that has a name: an empty text would mean the folder one happens to be in.

    It is most likely a variable of the shell that is not set.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse the empty text."""
        if value == "":
            self.fail("it is empty: name a folder, or leave the option out", param, ctx)
        return super().convert(value, param, ctx)


def _profile(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """A profile becomes a folder name, so only harmless characters are let in."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", value):
        raise click.BadParameter("a profile is 1 to 32 of the letters A-Z a-z, digits, _ and -")
    return value


@click.group(
    cls=RootGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message=f"{PROGRAM} %(version)s")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language: en or zh.")
@click.option(
    "--lessons",
    type=_Folder(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Read the course from this folder.",
)
@click.option(
    "--data-dir",
    type=_Folder(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the learner's data in this folder.",
)
@click.option(
    "--profile", default=DEFAULT_PROFILE, metavar="NAME", callback=_profile, help="Whose progress to keep."
)
@click.option("--no-animation", is_flag=True, help="Nothing moves by itself.")
@click.option("--ascii", is_flag=True, help="Draw with ASCII characters only.")
@click.pass_context
def root(
    ctx: click.Context,
    *,
    lang: str | None,
    lessons: Path | None,
    data_dir: Path | None,
    profile: str,
    no_animation: bool,
    ascii: bool,
) -> None:
    """A terminal tutor for neural-network activation functions; without a command it opens the app."""
    ctx.obj = AppOptions(lang, lessons, data_dir, profile, no_animation, ascii)
    if ctx.invoked_subcommand is None:
        from acttutor.cli.app import open_app

        open_app(ctx.obj)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line as a process: exit code, interrupts, closed and full streams included."""
    prepare()
    code: object = 0
    try:
        root.main(arguments, prog_name=PROGRAM)
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except SystemExit as leaving:
        code = leaving.code
    except OSError as error:
        code = unwritten(error)
    sys.exit(finish(code))
