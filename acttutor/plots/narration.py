"""One curve in one sentence: where it starts, rises, falls, jumps, where it is largest and smallest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from acttutor.i18n import Translator
from acttutor.plots.figure import Figure, Series, Style
from acttutor.plots.numbers import antilog, number
from acttutor.plots.shape import Leg, Move, legs
from acttutor.plots.ticks import usable

_MOST_LEGS = 6
_Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Narrator:
    """Speaks about the curves of one figure in one language."""

    figure: Figure
    tr: Translator

    @property
    def axis(self) -> str:
        """What x is called."""
        return self.figure.x_label or "x"

    def y(self, value: float) -> str:
        """A value as it is read: on a logarithmic axis, the power of ten."""
        return antilog(value) if self.figure.log10_y else number(value)

    def tell(self, series: Series) -> str:
        """The sentence about one series, computed from its samples."""
        _ = self.tr.gettext
        pairs = zip(series.xs, series.ys, strict=False)
        points = [(x, y) for x, y in pairs if math.isfinite(x) and math.isfinite(y)]
        if not points:
            return _("{curve} has no values here.").format(curve=series.label)
        if len(points) == 1 or series.style is not Style.LINE:
            return self._extremes(series.label, points)
        noise = self._noise(series, points)
        lowest, highest = min(y for _x, y in points), max(y for _x, y in points)
        if 0.0 < highest - lowest < noise:
            return _("{curve} stays between {low} and {high} from {axis} = {a} to {b}.").format(
                low=self.y(lowest), high=self.y(highest), **self._whole(series.label, points)
            )
        found = legs(series, noise)
        if len(found) == 1 and found[0].move is Move.STAY:
            return _("{curve} is {y} everywhere from {axis} = {a} to {b}.").format(
                y=self.y(points[0][1]), **self._whole(series.label, points)
            )
        return (
            self._extremes(series.label, points)
            if len(found) > _MOST_LEGS
            else self._way(series.label, found)
        )

    def _way(self, curve: str, found: Sequence[Leg]) -> str:
        """Leg by leg."""
        _ = self.tr.gettext
        (x, y), first = found[0].start, found[0]
        heights = [y, *(leg.stop[1] for leg in found)]
        if first.move is Move.STAY:
            start = _("{curve} stays at {y} from {axis} = {a} to {b}").format(
                curve=curve, y=self.y(y), axis=self.axis, a=number(x), b=number(first.stop[0])
            )
            found = found[1:]
        else:
            start = _("{curve} is {y} at {axis} = {x}").format(
                curve=curve, y=self.y(y), axis=self.axis, x=number(x)
            )
        told = [
            self._leg(leg, after, min(heights), max(heights))
            for leg, after in zip(found, [*found[1:], None], strict=True)
        ]
        if first.move is Move.STAY:
            return _("{parts}.").format(parts=_(", then ").join([start, *told]))
        return _("{start}, {parts}.").format(start=start, parts=_(", then ").join(told))

    def _leg(self, leg: Leg, after: Leg | None, lowest: float, highest: float) -> str:
        _ = self.tr.gettext
        facts = {"y": self.y(leg.stop[1]), "axis": self.axis, "x": number(leg.stop[0])}
        turns = after is not None and {leg.move, after.move} == {Move.RISE, Move.FALL}
        if leg.move is Move.RISE:
            if turns and leg.stop[1] == highest:
                return _("rises to its largest value {y} at {axis} = {x}").format(**facts)
            return _("rises to {y} at {axis} = {x}").format(**facts)
        if leg.move is Move.FALL:
            if turns and leg.stop[1] == lowest:
                return _("falls to its smallest value {y} at {axis} = {x}").format(**facts)
            return _("falls to {y} at {axis} = {x}").format(**facts)
        if leg.move is Move.JUMP:
            before = self.y(leg.start[1])
            return _("jumps from {before} to {y} at {axis} = {x}").format(before=before, **facts)
        return _("stays at {y} up to {axis} = {x}").format(**facts)

    def _extremes(self, curve: str, points: _Points) -> str:
        _ = self.tr.gettext
        low, high = min(points, key=lambda point: point[1]), max(points, key=lambda point: point[1])
        return _(
            "{curve} goes from {first} at {axis} = {a} to {last} at {axis} = {b}; "
            "its smallest value is {low} at {axis} = {c}, its largest {high} at {axis} = {d}."
        ).format(
            first=self.y(points[0][1]),
            last=self.y(points[-1][1]),
            low=self.y(low[1]),
            c=number(low[0]),
            high=self.y(high[1]),
            d=number(high[0]),
            **self._whole(curve, points),
        )

    def _whole(self, curve: str, points: _Points) -> dict[str, str]:
        """Names and ends that every sentence about a whole curve uses, keyed by placeholder."""
        return {"curve": curve, "axis": self.axis, "a": number(points[0][0]), "b": number(points[-1][0])}

    def _noise(self, series: Series, points: _Points) -> float:
        """What is too little to speak of: next to nothing on a curve that is exact, some of what is measured."""
        ys = [y for _x, y in points]
        span = max(ys) / 2 - min(ys) / 2
        if series.exact is not None:
            return 0.004 * span
        low, high = usable(self.figure.y_limits, tuple(ys))
        return max(0.04 * span, 0.02 * (high - low))
