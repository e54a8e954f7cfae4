"""Standard streams that are closed, full or gone: one clear line about it, and the right exit code.

A shell may start a program with `>&-` (stdout closed), `<&-` (stdin closed) or with stdout on a full disk.
"""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

from acttutor.cli.output import EXIT_NO, EXIT_USAGE, complain


class ClosedOutput(io.TextIOBase):
    """What stands where stdout was closed: nothing can be written, and who tries hears of it."""

    encoding = "utf-8"
    errors = "replace"

    def writable(self) -> bool:
        """Say so, or click looks for another stream."""
        return True

    def write(self, _: object) -> NoReturn:
        """Raise OSError, as writing to a closed descriptor does."""
        raise OSError(errno.EBADF, "it is closed")


def prepare() -> None:
    """Give streams that are closed something to stand in, and text that cannot be encoded question marks.

    Their descriptors are taken first: a file opened later would get them, and whatever is printed.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        continue
    os.close(descriptor)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for as long as the process lives
    if sys.stdout is None:
        sys.stdout = ClosedOutput()
    _forgive_unencodable(sys.stdout)


def finish(code: Any) -> Any:
    """Write what is still to be written; the exit code: the one given, unless that fails.

    Where stderr cannot be written there is nobody left to tell, and the exit code stays as it is.
    """
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
        return EXIT_NO
    except OSError as error:
        return unwritten(error)
    return code


def unwritten(error: OSError) -> int:
    """Say in one line that stdout could not be written; the exit code for that.

    Raises the error again when it is about a file, which has a name: then something else went wrong.
    """
    if error.filename is not None:
        raise error
    complain(f"stdout cannot be written: {error.strerror or error}")
    _discard(sys.stdout)
    return EXIT_USAGE


def _forgive_unencodable(stream: Any) -> None:
    """A terminal that lacks σ gets a question mark, not a traceback."""
    reconfigure = getattr(stream, "reconfigure", None)
    if callable(reconfigure):
        with suppress(OSError):  # it flushes first, and what fails there is told when more is written
            reconfigure(errors="replace")


def _discard(stream: Any) -> None:
    """Send what is left for a stream nowhere, or Python would complain when it flushes at exit."""
    with suppress(OSError):  # one that has no descriptor keeps nothing either
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
