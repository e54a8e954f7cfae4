"""Random figures through the renderer, in a process of their own: `python -m tests.plots.fuzz_render 2000 [seed]`.

plotext's kernel ends the process on what it dislikes, so a figure that slips through the guard shows up here as a
dead process, a hang or a traceback. The last line printed tells how many figures were drawn.
"""

import math
import random
import sys

from rich.cells import cell_len

from acttutor.i18n import translator
from acttutor.plots.describe import sentence, table, text_table
from acttutor.plots.figure import End, Figure, Marker, Role, Series, Style
from acttutor.plots.palette import DARK
from acttutor.plots.render import render, spans

SPECIAL = (0.0, -0.0, 1.0, -1.0, math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324, 1e-300, 1e15, -1e-12)
LABELS = (
    "σ",
    "σ′",
    "激活函数的导数",
    "",
    "a very long label that fits nowhere at all, really",
    "\x1b[31mred",
    "[b]x",
)


def number(rng: random.Random, scale: float) -> float:
    """Mostly ordinary at a scale, sometimes one of the numbers that break things."""
    return rng.choice(SPECIAL) if rng.random() < 0.08 else rng.gauss(0.0, 1.0) * scale


def limits(rng: random.Random, scale: float) -> tuple[float, float]:
    """Often sensible, often not: reversed, equal, not finite, far from the data."""
    if rng.random() < 0.6:
        low, high = sorted((rng.gauss(0, 1) * scale, rng.gauss(0, 1) * scale))
        return low, high
    return number(rng, scale), number(rng, scale * 10.0 ** rng.randint(-6, 6))


def series(rng: random.Random, scale: float) -> Series:
    """A walk, a cloud or a function, with gaps and spikes."""
    count = rng.choice((0, 1, 2, 3, 20, 200, 200, 3000 if rng.random() < 0.05 else 50))
    xs = [number(rng, scale) for _ in range(count)]
    if rng.random() < 0.6:
        xs = sorted((x for x in xs if not math.isnan(x)), reverse=rng.random() < 0.2)
    heights = scale * 10.0 ** rng.randint(-12, 12)
    ys = [number(rng, heights) for _ in range(rng.choice((len(xs), len(xs), len(xs) // 2)))]
    ends = tuple(
        End(number(rng, scale), number(rng, heights), rng.random() < 0.5) for _ in range(rng.randint(0, 2))
    )
    return Series(
        rng.choice(LABELS),
        tuple(xs),
        tuple(ys),
        rng.choice(list(Role)),
        rng.choice(list(Marker)),
        rng.choice(list(Style)),
        ends,
    )


def figure(rng: random.Random) -> Figure:
    """Up to five series on random limits."""
    scale = 10.0 ** rng.randint(-12, 12)
    return Figure(
        tuple(series(rng, scale) for _ in range(rng.randint(0, 5))),
        limits(rng, scale),
        limits(rng, scale),
        rng.choice(("x", "", "层")),
        rng.choice(("", "‖δ‖")),
        rng.choice(("", "A title", "标题 " * 30)),
        number(rng, scale) if rng.random() < 0.5 else None,
        rng.random() < 0.2,
        rng.random() < 0.2,
    )


def size(rng: random.Random) -> tuple[int, int]:
    """From nothing at all to a wall of a screen, with a liking for the borders."""
    if rng.random() < 0.4:
        return rng.choice((0, 1, 2, 19, 20, 21, 22)), rng.choice((0, 1, 4, 5, 6, 7, 8))
    return rng.randint(0, 220), rng.randint(0, 60)


def check(rng: random.Random) -> None:
    """One figure: drawn in both alphabets, in the size asked for, and told."""
    drawn, (width, height) = figure(rng), size(rng)
    ascii_only = rng.random() < 0.3
    rows = spans(drawn, width, height, ascii_only=ascii_only)
    assert len(rows) == height, (len(rows), height)
    for row in rows:
        assert sum(cell_len(span.text) for span in row) == width, (row, width)
    text = render(drawn, width, height, ascii_only=ascii_only)
    assert len(text.split("\n")) == max(1, height)
    assert "\x1b" not in text
    if ascii_only:
        assert all(character.isascii() or cell_len(character) == 2 for character in text), text
    render(drawn, width, height, DARK, true_colour=rng.random() < 0.5)
    if rng.random() < 0.3:
        assert sentence(drawn, translator("en"))
        text_table(table(drawn, translator("en")), max(1, width))


def main() -> None:
    """Draw as many figures as the command line asks for."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for index in range(count):
        try:
            check(random.Random(f"{seed}/{index}"))
        except BaseException:
            print(f"figure {index} of seed {seed}", file=sys.stderr)
            raise
    print(f"{count} figures drawn")


if __name__ == "__main__":
    main()
