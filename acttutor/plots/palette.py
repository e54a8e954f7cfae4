"""Colours by role, after Okabe and Ito (2008), "Color Universal Design", safe for every colour vision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from acttutor.plots.figure import Role


class Ink(StrEnum):
    """What a cell of a drawing is made of: a role's colour, or one of the quiet parts around the curves."""

    BLANK = "blank"
    AXIS = "axis"
    GRID = "grid"
    TEXT = "text"
    TITLE = "title"
    CURSOR = "cursor"
    VALUE = "value"
    DERIVATIVE = "derivative"
    THIRD = "third"
    FOURTH = "fourth"
    WRONG = "wrong"
    RIGHT = "right"
    MUTED = "muted"


def ink(role: Role) -> Ink:
    """The ink of a role."""
    return Ink(role.value)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`; the background, never painted, is what the others are meant to be read on."""

    background: str
    axis: str
    grid: str
    text: str
    title: str
    cursor: str
    value: str
    derivative: str
    third: str
    fourth: str
    wrong: str
    right: str
    muted: str

    def colour(self, of: Ink) -> str | None:
        """The colour of an ink; None for blank cells."""
        colours = {
            Ink.BLANK: None,
            Ink.AXIS: self.axis,
            Ink.GRID: self.grid,
            Ink.TEXT: self.text,
            Ink.TITLE: self.title,
            Ink.CURSOR: self.cursor,
            Ink.VALUE: self.value,
            Ink.DERIVATIVE: self.derivative,
            Ink.THIRD: self.third,
            Ink.FOURTH: self.fourth,
            Ink.WRONG: self.wrong,
            Ink.RIGHT: self.right,
            Ink.MUTED: self.muted,
        }
        return colours[of]


DARK = Palette(
    background="#14171c",
    axis="#5f6b7a",
    grid="#3a434f",
    text="#a4afbd",
    title="#e6ebf1",
    cursor="#cfd6df",
    value="#56b4e9",
    derivative="#e69f00",
    third="#009e73",
    fourth="#cc79a7",
    wrong="#d55e00",
    right="#009e73",
    muted="#8b96a5",
)

# On white the sky blue and orange of the dark palette fall below 3:1; these keep their hue and are darker.
LIGHT = Palette(
    background="#fbfbf9",
    axis="#8a93a0",
    grid="#c9cfd6",
    text="#5a6472",
    title="#1c2430",
    cursor="#3b4653",
    value="#0072b2",
    derivative="#a86c00",
    third="#007a59",
    fourth="#a3497c",
    wrong="#bf4300",
    right="#007a59",
    muted="#747f8c",
)
