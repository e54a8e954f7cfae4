"""A chain of equal sides set into lines of a given width: as many sides on a line as fit, the rest below."""

from functools import lru_cache

from acttutor.course.formula import Drawing, draw, linear
from acttutor.tui.simulation.cells import cells, wrapped

EQUALS = " = "


@lru_cache(maxsize=512)
def set_formula(latex: str, width: int, *, ascii_only: bool = False) -> tuple[str, ...]:
    """The formula in two dimensions where it fits, broken before an equals sign; a side too wide is told in words."""
    if ascii_only:
        return wrapped(linear(latex, ascii_only=True), width)
    whole = draw(latex)
    if whole.drawn and whole.width <= width:
        return whole.lines
    name, *sides = latex.split(EQUALS)
    if not sides:
        return wrapped(linear(latex), width)
    lines: list[str] = []
    line = name
    for side in sides:
        longer = f"{line} = {side}"
        if _fits(longer, width) or line == name:
            line = longer
            continue
        lines += _set(line, width)
        line = f"= {side}"
    return (*lines, *_set(line, width))


def _fits(latex: str, width: int) -> bool:
    drawing = draw(latex)
    return drawing.drawn and drawing.width <= width


def _set(latex: str, width: int) -> tuple[str, ...]:
    drawing: Drawing = draw(latex)
    if drawing.drawn and drawing.width <= width:
        return drawing.lines
    return wrapped(linear(latex), width)


def without_result(latex: str) -> str:
    """The chain without its last side: what is known before the number is."""
    return latex.rpartition(EQUALS)[0] or latex


def widest(lines: tuple[str, ...]) -> int:
    """Cells of the widest line."""
    return max(map(cells, lines), default=0)
