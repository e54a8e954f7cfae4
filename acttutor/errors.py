"""What goes wrong because of what a person typed, chose or wrote, told so that they can put it right."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """Bad input, told in one line: where it is, what is wrong, what would be right.

    `title` heads a dialog or toast, `where` is a path, line or option, `hint` says what would be right.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "", title: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint
        self.title = title

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{advice}"


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, or None when nothing is near enough to be meant."""
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    matches = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[matches[0]] if matches else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """`did you mean …?` for the nearest candidate, or an empty string."""
    match = closest(word, candidates)
    return f"did you mean {match}?" if match else ""
