"""How wide a terminal really draws a character: print it, then ask where the cursor is.

Unicode calls many characters ambiguous (UAX #11): one cell in Western terminals, two in some East Asian ones.
Only the terminal knows. It is asked with ECMA-48's cursor position report: CSI 6 n, answered CSI row ; col R.
"""

import os
import re
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_REPORT = re.compile(rb"\x1b\[(\d+);(\d+)R")
_ASK = b"\x1b[6n"
_ERASE_LINE = b"\r\x1b[K"
TIMEOUT = 0.5


def measure_widths(
    characters: str, source: int, target: int, timeout: float = TIMEOUT
) -> dict[str, int] | None:
    """Cells each character takes, or None where the terminal does not answer within `timeout` seconds.

    `source` and `target` are the file descriptors of a terminal's input and output. What was drawn is erased.
    """
    if sys.platform == "win32":
        return None
    widths = {}
    with _silent(source):
        for character in characters:
            os.write(target, b"\r" + character.encode() + _ASK)
            column = _column(source, timeout)
            os.write(target, _ERASE_LINE)
            if column is None:
                return None
            widths[character] = column - 1
    return widths


def _column(source: int, timeout: float) -> int | None:
    """The column of the next report; keys typed meanwhile are lost, as in every program that asks."""
    received = b""
    while select.select([source], [], [], timeout)[0]:
        received += os.read(source, 64)
        report = _REPORT.search(received)
        if report:
            return int(report[2])
    return None


if sys.platform != "win32":
    import termios

    @contextmanager
    def _silent(source: int) -> Iterator[None]:
        """Answers come at once and unseen: no echo, no waiting for a line end."""
        before = termios.tcgetattr(source)
        quiet = termios.tcgetattr(source)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(source, termios.TCSANOW, quiet)
        try:
            yield
        finally:
            termios.tcsetattr(source, termios.TCSANOW, before)
