"""Text measured in terminal cells, in which a Chinese character counts two."""

from acttutor.course import line_breaks
from acttutor.course.formula import width as cells

__all__ = ["cells", "cut", "padded", "wrapped"]


def cut(text: str, space: int) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if cells(text) <= space:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > space - 1:
            break
        kept += character
    return f"{kept}…"[: max(space, 0)]


def padded(text: str, space: int) -> str:
    """The text cut or filled with blanks to exactly so many cells."""
    fitting = cut(text, space)
    return fitting + " " * (space - cells(fitting))


def wrapped(text: str, space: int) -> tuple[str, ...]:
    """The text in lines of at most so many cells; a word that is wider is broken anywhere."""
    return tuple(line_breaks.wrapped(text, space, hard=True)) or ("",)
