"""Network files as arguments: read one, or tell everything that is wrong with it."""

from pathlib import Path

from acttutor.cli.output import EXIT_USAGE, tell
from acttutor.course.network_file import NetworkFile, NetworkFileError, load

_SHOWN = 20


def read_network(path: Path) -> NetworkFile:
    """The network in a file; its problems go to stderr, one `path:line:column` line each, with exit code 2.

    Raises UserError for a file that cannot be read or has another suffix.
    """
    try:
        return load(path)
    except NetworkFileError as error:
        for problem in error.problems[:_SHOWN]:
            tell(str(problem))
        if len(error.problems) > _SHOWN:
            tell(f"{path}: {len(error.problems) - _SHOWN} more problems")
        raise SystemExit(EXIT_USAGE) from None
