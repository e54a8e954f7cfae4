"""How commands draw a figure to stdout: the size there is, the colours and characters that can be shown."""

import os
import shutil
import sys

from acttutor.cli.options import AppOptions
from acttutor.plots.figure import Figure

DEFAULT_WIDTH, DEFAULT_HEIGHT = 80, 20
_NARROWEST, _LOWEST, _WIDEST, _HIGHEST = 20, 5, 120, 30
_LIGHT_BACKGROUNDS = ("7", "15")


def drawn(figure: Figure, width: int, height: int, *, ascii_only: bool) -> str:
    """The figure as text, in colour where stdout is a terminal that wants it."""
    from acttutor.plots.palette import DARK, LIGHT
    from acttutor.plots.render import render

    palette = (LIGHT if _light_background() else DARK) if wants_colour() else None
    true_colour = os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    return render(figure, width, height, palette, ascii_only=ascii_only, true_colour=true_colour)


def room() -> tuple[int, int]:
    """Columns and lines to draw in when none are asked for: the terminal's, within reason."""
    if not sys.stdout.isatty():
        return DEFAULT_WIDTH, DEFAULT_HEIGHT
    columns, lines = shutil.get_terminal_size((DEFAULT_WIDTH, DEFAULT_HEIGHT + 4))
    return min(_WIDEST, max(_NARROWEST, columns)), min(_HIGHEST, max(_LOWEST, lines - 3))


def wants_colour() -> bool:
    """Whether stdout is a terminal and nobody has asked for no colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def only_ascii(options: AppOptions) -> bool:
    """Whether only ASCII may be drawn: because it was asked for, or because stdout knows no more."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return options.ascii or not encoding.startswith("utf")


def _light_background() -> bool:
    """What terminals that set COLORFGBG say about their background; the others are taken for dark."""
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_BACKGROUNDS
