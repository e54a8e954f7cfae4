"""How much gradient is left at each layer of deep stacks, on an axis of powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence

from acttutor.i18n import Translator
from acttutor.nn.depth import DepthProfile
from acttutor.plots.figure import Figure, Marker, Role, Series

VANISHED = -3.0
"""A stack whose gradient shrinks by more than this power of ten on its way back is drawn as vanished."""

_ROLES = (Role.VALUE, Role.THIRD, Role.DERIVATIVE, Role.FOURTH, Role.MUTED)
_LEAST_DECADES = 2


def depth_figure(profiles: Sequence[tuple[str, DepthProfile]], tr: Translator) -> Figure:
    """‖δ‖ of every layer over that of the last layer, one labelled curve a stack, from layer n back to layer 1.

    A layer whose δ is exactly 0 is a gap. Stacks may differ in depth.
    """
    _ = tr.gettext
    markers = tuple(Marker)
    roles = _roles([profile for _label, profile in profiles])
    series = tuple(
        _series(label, profile, roles[index], markers[index % len(markers)])
        for index, (label, profile) in enumerate(profiles)
    )
    seen = [y for one in series for y in one.ys if math.isfinite(y)]
    high = math.ceil(max(seen, default=0.0) - 1e-9)
    low = min(math.floor(min(seen, default=0.0) + 1e-9), high - _LEAST_DECADES)
    deepest = max((len(profile.layers) for _label, profile in profiles), default=1)
    return Figure(
        series,
        (1.0, float(max(2, deepest))),
        (float(low), float(high)),
        x_label=_("layer"),
        y_label=_("gradient, last layer = 1"),
        log10_y=True,
        reverse_x=True,
    )


def _series(label: str, profile: DepthProfile, role: Role, marker: Marker) -> Series:
    layers = range(len(profile.layers), 0, -1)
    last = profile.layers[-1].log10_delta if profile.layers else 0.0
    ys = (
        profile.layers[layer - 1].log10_delta - last if math.isfinite(last) else math.nan for layer in layers
    )
    return Series(label, tuple(map(float, layers)), tuple(ys), role, marker)


def _roles(profiles: Sequence[DepthProfile]) -> tuple[Role, ...]:
    """The first stack that vanishes has the colour of what has vanished, all others one of their own."""
    vanished = next(
        (index for index, profile in enumerate(profiles) if not profile.log10_ratio >= VANISHED), None
    )
    others = iter(_ROLES * (len(profiles) // len(_ROLES) + 1))
    return tuple(Role.WRONG if index == vanished else next(others) for index in range(len(profiles)))
