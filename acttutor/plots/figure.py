"""A figure is data: what is to be seen, before anybody decides on a width or on colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol


class Role(StrEnum):
    """What a curve stands for; the palette gives each role one colour in every plot of the course."""

    VALUE = "value"
    DERIVATIVE = "derivative"
    THIRD = "third"
    FOURTH = "fourth"
    WRONG = "wrong"
    RIGHT = "right"
    MUTED = "muted"


class Marker(StrEnum):
    """How a curve is traced, so that curves differ without colour: `glyph` is its sample beside the label."""

    BRAILLE = "braille"
    DASH = "dash"
    DOT = "dot"
    CROSS = "cross"
    CIRCLE = "circle"
    PLUS = "plus"

    @property
    def glyph(self) -> str:
        """Two cells that look like the curve."""
        return _GLYPHS[self]

    @property
    def ascii(self) -> str:
        """The one ASCII character that traces the curve where only ASCII may be drawn."""
        return _ASCII[self]


_GLYPHS = {
    Marker.BRAILLE: "──",
    Marker.DASH: "╌╌",
    Marker.DOT: "··",
    Marker.CROSS: "×─",
    Marker.CIRCLE: "○─",
    Marker.PLUS: "+─",
}
_ASCII = {
    Marker.BRAILLE: "*",
    Marker.DASH: "=",
    Marker.DOT: ".",
    Marker.CROSS: "x",
    Marker.CIRCLE: "o",
    Marker.PLUS: "+",
}


class Style(StrEnum):
    """Whether the points of a series are joined, stand alone, or are the tops of bars."""

    LINE = "line"
    POINTS = "points"
    BARS = "bars"


class Exact(Protocol):
    """Something that knows a curve between its samples; must be hashable, since figures are cache keys."""

    def at(self, x: float) -> float:
        """The curve's value at x."""
        ...


@dataclass(frozen=True, slots=True)
class End:
    """One side of a jump: a filled end belongs to the curve, an open one does not."""

    x: float
    y: float
    filled: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One curve, scatter or row of bars.

    A point that is not finite is a gap: the curve stops before it and starts again after it.
    `ends` marks where the curve jumps; `exact`, where there is one, answers for x between the samples.
    """

    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    role: Role = Role.VALUE
    marker: Marker = Marker.BRAILLE
    style: Style = Style.LINE
    ends: tuple[End, ...] = ()
    exact: Exact | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Series on common axes.

    Limits that are not finite or not increasing are replaced by ones that fit the data. With `log10_y` the ys
    are already base-10 logarithms and the ticks say 10ᵏ. `reverse_x` draws large x at the left (layers, from
    the output back to the input). `cursor` is an x at which every curve is read off.
    """

    series: tuple[Series, ...]
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    x_label: str = "x"
    y_label: str = ""
    title: str = ""
    cursor: float | None = None
    log10_y: bool = False
    reverse_x: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One curve's value at x; NaN where the curve is not defined."""

    label: str
    role: Role
    x: float
    y: float


def value_at(series: Series, x: float) -> float:
    """The series at x: exact where it knows itself, else between its neighbours, NaN outside or in a gap.

    Points and bars are not joined, so they answer with the sample nearest to x.
    """
    if series.exact is not None:
        return series.exact.at(x)
    pairs = sorted(zip(series.xs, series.ys, strict=False), key=lambda pair: pair[0])
    if not pairs:
        return float("nan")
    if series.style is not Style.LINE:
        return min(pairs, key=lambda pair: abs(pair[0] - x))[1]
    for (left, low), (right, high) in pairwise(pairs):
        if left <= x <= right:
            if x in (left, right):
                return low if x == left else high
            part = (x - left) / (right - left)
            return low * (1.0 - part) + high * part
    return pairs[0][1] if len(pairs) == 1 and x == pairs[0][0] else float("nan")


def readings(figure: Figure, x: float) -> tuple[Reading, ...]:
    """Every series of the figure read at x, in order."""
    return tuple(Reading(series.label, series.role, x, value_at(series, x)) for series in figure.series)
