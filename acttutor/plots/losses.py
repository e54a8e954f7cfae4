"""How a loss falls while a network is trained, on an axis of powers of ten."""

import math
from collections.abc import Sequence

from acttutor.i18n import Translator
from acttutor.plots.figure import Figure, Marker, Role, Series

_ROLES = (Role.VALUE, Role.DERIVATIVE, Role.THIRD, Role.FOURTH, Role.MUTED)
_LEAST_DECADES = 1


def loss_figure(curves: Sequence[tuple[str, Sequence[int], Sequence[float]]], tr: Translator) -> Figure:
    """One labelled curve a run: epochs, and the loss after each; a loss that is 0 or not finite is a gap."""
    _ = tr.gettext
    markers = tuple(Marker)
    series = tuple(
        Series(
            label,
            tuple(map(float, epochs)),
            tuple(math.log10(loss) if 0.0 < loss < math.inf else math.nan for loss in losses),
            _ROLES[place % len(_ROLES)],
            markers[place % len(markers)],
        )
        for place, (label, epochs, losses) in enumerate(curves)
    )
    seen = [y for one in series for y in one.ys if math.isfinite(y)]
    high = math.ceil(max(seen, default=0.0))
    low = min(math.floor(min(seen, default=0.0)), high - _LEAST_DECADES)
    last = max((epoch for _label, epochs, _losses in curves for epoch in epochs), default=1)
    return Figure(
        series,
        (0.0, float(max(1, last))),
        (float(low), float(high)),
        x_label=_("epoch"),
        y_label=_("loss"),
        log10_y=True,
    )
