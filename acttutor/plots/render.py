"""The one module that knows plotext: it turns figures into rows of coloured text.

plotext 6.1 keeps one global figure, and its C++ kernel ends the whole process on NaN and on lines far outside
the limits. So one function talks to it, under a lock, always with explicit limits, and only with strokes that
`clip` has made finite and cut to the canvas.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from threading import Lock

from rich.color import Color, ColorSystem

from acttutor.plots.chart import draw, fallback
from acttutor.plots.clip import Stroke
from acttutor.plots.figure import Figure
from acttutor.plots.layout import Chart, lay_out
from acttutor.plots.palette import Ink, Palette
from acttutor.plots.sheet import Span

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_PLOTEXT = Lock()

Rows = tuple[tuple[Span, ...], ...]


def is_warm() -> bool:
    """Whether plotext has been imported; the first drawing waits some 200 ms for it."""
    return "plotext" in sys.modules


def warm_up() -> None:
    """Import plotext and draw once, so that the first real plot is quick; to be called from a thread."""
    _rasterise(8, 4, (((0.0, 0.0), (7.0, 3.0)),), "braille")


def spans(figure: Figure, width: int, height: int, *, ascii_only: bool = False) -> Rows:
    """The figure as `height` rows of spans of one ink, each row `width` cells, for any data and any size."""
    chart = lay_out(figure, width, height, ascii_only=ascii_only)
    if chart is None:
        return fallback(figure, width, height, ascii_only=ascii_only)
    return draw(chart, _rasterise, ascii_only=ascii_only)


def layout(figure: Figure, width: int, height: int, *, ascii_only: bool = False) -> Chart | None:
    """Where `spans` puts things, for a mouse pointer to be turned into an x; None where there are no axes."""
    return lay_out(figure, width, height, ascii_only=ascii_only)


def render(
    figure: Figure,
    width: int,
    height: int,
    palette: Palette | None = None,
    *,
    ascii_only: bool = False,
    true_colour: bool = True,
) -> str:
    """The figure as text: exactly `height` lines of at most `width` cells, without blanks at their ends.

    With a palette, ANSI escape sequences colour it: 24-bit foregrounds and nothing else, or the nearest of 256
    colours where the terminal has no more. Without a palette it is plain text.
    """
    lines = []
    for row in spans(figure, width, height, ascii_only=ascii_only):
        last = next((index for index in range(len(row), 0, -1) if row[index - 1].ink is not Ink.BLANK), 0)
        lines.append("".join(_coloured(span, palette, true_colour) for span in row[:last]))
    return "\n".join(lines)


def _coloured(span: Span, palette: Palette | None, true_colour: bool) -> str:
    name = palette.colour(span.ink) if palette is not None else None
    if name is None:
        return span.text
    colour = Color.parse(name)
    codes = (colour if true_colour else colour.downgrade(ColorSystem.EIGHT_BIT)).get_ansi_codes()
    return f"\x1b[{';'.join(codes)}m{span.text}\x1b[0m"


@lru_cache(maxsize=64)
def _rasterise(width: int, height: int, strokes: tuple[Stroke, ...], marker: str) -> tuple[str, ...]:
    """The strokes as characters: `height` strings of `width`. A gap is a point that is not connected.

    Strokes must lie in [0, width-1] x [0, height-1], y upwards, as `clip` makes them.
    """
    if not strokes:
        return (" " * width,) * height
    import plotext

    with _PLOTEXT:
        plotext.terminal.limit(False, False)
        figure = plotext.figure
        figure.clear()
        figure.plot_size(width, height)
        figure.axes(False)
        figure.legend(False)
        for axis, cells in ((0, width), (1, height)):
            ruler = figure.ruler(axis, 0)
            ruler.lim(0.0, float(max(1, cells - 1)))
            ruler.frequency(0)
        xs = [x for stroke in strokes for x, _ in stroke]
        ys = [y for stroke in strokes for _, y in stroke]
        signal = figure.signal(xs, ys, marker=marker)
        index = 0
        for stroke in strokes:
            for place in range(len(stroke)):
                signal.line(index, place > 0)
                index += 1
        figure.draw(signal)
        text = figure.build().string()
        figure.clear()
    lines = _ESCAPES.sub("", text).split("\n")[:height]
    return tuple(line[:width].ljust(width) for line in lines) + (" " * width,) * (height - len(lines))
