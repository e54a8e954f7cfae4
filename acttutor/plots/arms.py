"""The arms of an experiment side by side: every seed's score as a point, the median, and who won.

A picture of few points says little in words of rising and falling, so it has a sentence and a table of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median

from acttutor.i18n import Translator
from acttutor.plots.describe import Table
from acttutor.plots.figure import End, Figure, Marker, Role, Series, Style
from acttutor.plots.numbers import number
from acttutor.plots.ticks import nice_limits

_DIGITS = 3
_DECADES_FOR_LOG = 2.0
_FAR_OFF = 100.0  # an arm this many times further off than all the others reach is drawn at the edge
_ROLES = (Role.WRONG, Role.DERIVATIVE, Role.FOURTH, Role.VALUE, Role.MUTED)


def won(ascii_only: bool = False) -> str:
    """The mark of a winner, so that colour is not all that tells it."""
    return "*" if ascii_only else "✓"


@dataclass(frozen=True, slots=True)
class ArmScores:
    """One arm: what it is called, its score on every seed, and whether it is among the named winners."""

    label: str
    scores: tuple[float, ...]
    winner: bool

    @property
    def median(self) -> float:
        """The middle score."""
        return median(self.scores)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is shown of an experiment's outcome; `wins` is None where no winner is named."""

    arms: tuple[ArmScores, ...]
    metric: str
    higher_is_better: bool
    wins: int | None

    @property
    def seeds(self) -> int:
        """How many seeds every arm was run on."""
        return len(self.arms[0].scores)


def arms_figure(comparison: Comparison, tr: Translator, *, ascii_only: bool = False) -> Figure:
    """One column of points an arm, its median as ●, winners as ○ under a ✓, the others as ×.

    Positive scores that span more than two powers of ten stand on a logarithmic axis. What is not finite, and
    an arm that is out of all proportion, is drawn at the edge; its number stands in its label.
    """
    _ = tr.gettext
    log10_y = _spans_decades(comparison)
    arms = [_drawn(arm, log10_y) for arm in comparison.arms]
    low, high = _limits(arms, log10_y)
    roles = _roles(comparison.arms)
    series = tuple(
        _series(place, arm, [min(high, max(low, y)) for y in ys], roles[place - 1], won(ascii_only))
        for place, (arm, ys) in enumerate(zip(comparison.arms, arms, strict=True), start=1)
    )
    return Figure(
        series,
        (0.5, len(arms) + 0.5),
        (low, high),
        x_label=_("option"),
        title=metric_text(comparison, tr),
        log10_y=log10_y,
    )


def arms_sentence(comparison: Comparison, tr: Translator) -> str:
    """What came out, in one sentence: the medians, the named winners first, and on how many seeds they won."""
    _ = tr.gettext
    ranked = sorted(comparison.arms, key=lambda arm: not arm.winner)
    told = [_("{arm} reached {score}").format(arm=ranked[0].label, score=_number(ranked[0].median))]
    told += [_("{arm} {score}").format(arm=arm.label, score=_number(arm.median)) for arm in ranked[1:]]
    commas = any(comma in arm.label for arm in comparison.arms for comma in ",，")
    medians = (_("; ") if commas else _(", ")).join(told)
    if comparison.wins is None:
        return _("{medians}: there is no clear winner.").format(medians=medians)
    convincing = 3 * comparison.wins >= 2 * comparison.seeds
    text = _("{medians}, on {wins} of {seeds} seeds.")
    if not convincing:
        text = _("{medians}, but only on {wins} of {seeds} seeds.")
    return text.format(medians=medians, wins=comparison.wins, seeds=comparison.seeds)


def arms_table(comparison: Comparison, tr: Translator, *, ascii_only: bool = False) -> Table:
    """Median, smallest and largest score of every arm, ✓ before the winners."""
    _ = tr.gettext
    rows = []
    for place, arm in enumerate(comparison.arms, start=1):
        scores = (arm.median, min(arm.scores), max(arm.scores))
        rows.append((f"{won(ascii_only) if arm.winner else ' '} {place}", arm.label, *map(_number, scores)))
    return Table(("", _("option"), _("median"), _("lowest"), _("highest")), tuple(rows))


def metric_text(comparison: Comparison, tr: Translator) -> str:
    """The metric with its direction: `test Brier score (lower is better)`."""
    _ = tr.gettext
    text = (
        _("{metric} (higher is better)") if comparison.higher_is_better else _("{metric} (lower is better)")
    )
    return text.format(metric=comparison.metric)


def _number(value: float) -> str:
    return number(value, _DIGITS)


def _series(place: int, arm: ArmScores, ys: Sequence[float], role: Role, mark: str) -> Series:
    middle = median(ys)
    ordered = sorted(ys, key=lambda y: abs(y - middle))  # the label stands beside the first point
    label = f"{place} {mark} {arm.label}" if arm.winner else f"{place} {arm.label}"
    return Series(
        label,
        (float(place),) * len(ordered),
        tuple(ordered),
        role,
        Marker.CIRCLE if arm.winner else Marker.CROSS,
        Style.POINTS,
        ends=(End(float(place), middle, filled=True),),
    )


def _roles(arms: Sequence[ArmScores]) -> list[Role]:
    others = cycle(_ROLES)
    return [Role.RIGHT if arm.winner else next(others) for arm in arms]


def _spans_decades(comparison: Comparison) -> bool:
    """Whether the scores call for powers of ten: none is negative, and the positive ones span enough of them."""
    scores = [score for arm in comparison.arms for score in arm.scores]
    positive = [score for score in scores if 0.0 < score < math.inf]
    if not positive or min(scores) < 0.0:
        return False
    return math.log10(max(positive)) - math.log10(min(positive)) > _DECADES_FOR_LOG


def _drawn(arm: ArmScores, log10_y: bool) -> list[float]:
    """Where the scores are drawn; on a logarithmic axis a score of 0 is at −∞, to be brought to the edge."""
    if not log10_y:
        return list(arm.scores)
    return [math.log10(score) if score > 0.0 else -math.inf for score in arm.scores]


def _limits(arms: Sequence[Sequence[float]], log10_y: bool) -> tuple[float, float]:
    finite = [[y for y in ys if math.isfinite(y)] for ys in arms]
    groups = sorted((ys for ys in finite if ys), key=median)
    if not log10_y:
        groups = _in_proportion(groups)
    ys = [y for group in groups for y in group] or [0.0, 1.0]
    if log10_y:
        low, high = math.floor(min(ys) + 1e-9), math.ceil(max(ys) - 1e-9)
        return float(low), float(max(high, low + 1))
    return nice_limits(min(ys), max(ys))


def _in_proportion(groups: list[list[float]]) -> list[list[float]]:
    """The groups without those at either end, in the order of their medians, that are out of all proportion."""
    kept = list(groups)
    while len(kept) > 2:
        rest = min(kept[:-1], kept[1:], key=_reach)
        if not _reach(kept) > _FAR_OFF * _reach(rest) > 0.0:
            break
        kept = rest
    return kept


def _reach(groups: Sequence[Sequence[float]]) -> float:
    ys = [y for group in groups for y in group]
    return max(ys) - min(ys)
