"""`acttutor doctor`: the terminal, the versions and the data directory, to be pasted into a bug report."""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click

from acttutor import __version__
from acttutor.cli.cursor import measure_widths
from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import NumberFriendlyCommand, print_json
from acttutor.learner.paths import data_directory

# One of each group whose width terminals disagree about: Greek, geometric shapes, blocks, box drawing,
# braille, arrows; a Chinese character to compare with, which is two cells wide everywhere.
PROBES = "α●█─⣿→中"


@dataclass(frozen=True, slots=True)
class Terminal:
    """What is known about the terminal; `size` is columns and rows, None where there is no terminal."""

    term: str
    program: str
    interactive: bool
    size: tuple[int, int] | None
    colours: str
    encoding: str
    locale: str
    widths: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class DataPlace:
    """Where the learner's data is kept, and whether it can be."""

    path: str
    exists: bool
    writable: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything `doctor` tells."""

    version: str
    python: str
    system: str
    language: str
    terminal: Terminal
    packages: Mapping[str, str]
    data: DataPlace


@click.command(cls=NumberFriendlyCommand)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_options
def doctor(options: AppOptions, as_json: bool) -> None:
    """Terminal, colours, size, widths of characters, versions, data directory: for a bug report."""
    diagnosis = diagnose(options, os.environ)
    if as_json:
        print_json(asdict(diagnosis))
        return
    for label, value in lines(diagnosis):
        click.echo(f"{label:<16} {value}")


def diagnose(options: AppOptions, environ: Mapping[str, str]) -> Diagnosis:
    """Look at everything; only the measuring of widths writes to the terminal, and cleans up after itself."""
    return Diagnosis(
        __version__,
        f"{platform.python_implementation()} {platform.python_version()}",
        platform.platform(),
        spoken_language(options),
        _terminal(environ),
        package_versions(),
        data_place(data_directory(options.profile, options.data_dir)),
    )


def lines(diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    """The diagnosis as labels and values."""
    terminal, data = diagnosis.terminal, diagnosis.data
    yield "acttutor", diagnosis.version
    yield "python", diagnosis.python
    yield "system", diagnosis.system
    yield "language", diagnosis.language
    yield "terminal", f"{terminal.term or 'unknown'} {terminal.program}".rstrip()
    yield "size", "x".join(map(str, terminal.size)) if terminal.size else "not a terminal"
    yield "colours", terminal.colours
    yield "encoding", terminal.encoding
    yield "locale", terminal.locale or "not set"
    if terminal.widths is None:
        yield "cell widths", "not measured: no terminal that answers"
    else:
        yield "cell widths", "  ".join(f"{character} {cells}" for character, cells in terminal.widths.items())
    state = "writable" if data.writable else "NOT writable: what you do will not be kept"
    yield "data", f"{data.path} ({state}{'' if data.exists else ', not there yet'})"
    yield from diagnosis.packages.items()


def colour_support(environ: Mapping[str, str], interactive: bool) -> str:
    """How many colours programs will use, by the conventions of NO_COLOR, COLORTERM and TERM."""
    if environ.get("NO_COLOR"):
        return "none: NO_COLOR is set"
    if not interactive:
        return "none: not a terminal"
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million"
    term = environ.get("TERM", "")
    if term in ("", "dumb") and sys.platform != "win32":
        return "none: TERM is not set or dumb"
    return "256" if "256" in term else "16"


def data_place(directory: Path) -> DataPlace:
    """Whether a file can be made in the directory, or the directory below what there is of its path.

    A file is really made (and vanishes): permission bits say little on read-only or network file systems.
    """
    existing = next((place for place in (directory, *directory.parents) if place.is_dir()), None)
    if existing is None:
        return DataPlace(str(directory), exists=False, writable=False)
    try:
        with tempfile.TemporaryFile(dir=existing):
            writable = True
    except OSError:
        writable = False
    return DataPlace(str(directory), existing == directory, writable)


def package_versions() -> dict[str, str]:
    """The installed version of everything acttutor needs at run time, from its own metadata."""
    found = {}
    for requirement in requires("acttutor") or []:
        if "extra ==" in requirement:
            continue
        name = requirement.split(";")[0].split(" ")[0]
        name = name[: min((name.find(mark) for mark in "<>=!~[" if mark in name), default=len(name))]
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def _terminal(environ: Mapping[str, str]) -> Terminal:
    talks = sys.stdout is not None and sys.stdout.isatty()
    interactive = talks and sys.stdin is not None and sys.stdin.isatty()
    size = os.get_terminal_size(sys.stdout.fileno()) if talks else None
    return Terminal(
        environ.get("TERM", ""),
        environ.get("TERM_PROGRAM", ""),
        interactive,
        (size.columns, size.lines) if size else None,
        colour_support(environ, talks),
        getattr(sys.stdout, "encoding", None) or "unknown",
        environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG", ""),
        measure_widths(PROBES, sys.stdin.fileno(), sys.stdout.fileno()) if interactive else None,
    )
