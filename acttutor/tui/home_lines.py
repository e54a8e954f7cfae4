"""The lines of home, cell by cell: a lesson's title, how much of it is read, how well it is known."""

from rich.cells import cell_len, set_cell_size
from textual.content import Content

BAR_CELLS = 12
_DOTS = 5
_STATE = 8  # `10 of 10` in English, less in Chinese
_MOST = 96  # a line that is longer than that tears its ends apart


def bar(read: int, total: int, *, ascii_only: bool = False) -> str:
    """A progress bar of twelve cells: full only when everything is read, empty only when nothing is."""
    filled = round(BAR_CELLS * read / total) if total else 0
    if 0 < read < total:
        filled = min(max(filled, 1), BAR_CELLS - 1)
    full, empty = ("#", "-") if ascii_only else ("█", "░")
    return full * filled + empty * (BAR_CELLS - filled)


def dots(filled: int, *, ascii_only: bool = False) -> str:
    """Mastery as five dots."""
    full, empty = ("*", ".") if ascii_only else ("●", "○")
    return full * filled + empty * (5 - filled)


def fit(text: str, cells: int) -> str:
    """The text in exactly so many cells, shortened with an ellipsis where it is longer."""
    if cell_len(text) > cells:
        return set_cell_size(set_cell_size(text, cells - 1).rstrip() + "…", cells)
    return set_cell_size(text, cells)


class Columns:
    """Where the columns of the lessons stand in a list that is so many cells wide.

    The bar goes first where it is too narrow for the titles, then the titles are shortened.
    """

    def __init__(self, cells: int, titles: tuple[str, ...], *, ascii_only: bool) -> None:
        cells = min(cells, _MOST)
        longest = max(map(cell_len, titles), default=0)
        rest = 3 + 2 + _STATE + 2 + _DOTS
        self.with_bar = rest + BAR_CELLS + 1 + longest <= cells
        space = cells - rest - (BAR_CELLS + 1 if self.with_bar else 0)
        self.title = max(8, min(longest, space))
        self._ascii = ascii_only

    def head(self, course: str, read: str, mastery: str) -> Content:
        """The course's name, and what the columns are called where there is space for that."""
        left = 3 + self.title + 2
        if cell_len(course) > left - 2:
            return Content.styled(course, "bold")
        middle = (BAR_CELLS + 1 if self.with_bar else 0) + _STATE + 2
        return Content.assemble((fit(course, left), "bold"), (f"{fit(read, middle)}{mastery}", "dim"))

    def line(self, number: int, title: str, read: int, total: int, state: str, known: int) -> Content:
        """One lesson; its number and title are the text, the rest is read at a glance."""
        parts = [(f"{number:>2} {fit(title, self.title)}  ", "")]
        if self.with_bar:
            parts.append((f"{bar(read, total, ascii_only=self._ascii)} ", "$primary"))
        parts += [
            (f"{fit(state, _STATE)}  ", ""),
            (dots(known, ascii_only=self._ascii), "$accent"),
        ]
        return Content.assemble(*parts)
