"""What `acttutor depth` found, in words, as a table and as a figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from acttutor.errors import UserError
from acttutor.i18n import Translator
from acttutor.nn.depth import ChainLink, DepthProfile, chain_factor, chain_log10, power_of_ten, scalar_chain
from acttutor.nn.kinds import Applied, Kind
from acttutor.nn.normalization import Norm
from acttutor.plots.describe import Table
from acttutor.plots.figure import Figure, Marker, Role, Series
from acttutor.plots.numbers import antilog, fixed, number

_ROWS = 11
_LEAST_DECADES = 2
_KEPT = 1.0
"""A gradient that changes by less than this power of ten in the whole stack arrives about whole."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What was measured; several activations take turns over the units."""

    applied: tuple[Applied, ...]
    init: str
    gain: float
    depth: int
    width: int
    batch: int
    residual: bool
    norm: Norm
    seed: int

    @property
    def name(self) -> str:
        """The names, as they were given."""
        return ",".join(one.name for one in self.applied)

    @property
    def params(self) -> dict[str, float]:
        """The parameters by name; where there are several activations, as in `elu.alpha`."""
        if len(self.applied) == 1:
            return dict(self.applied[0].params)
        return {f"{one.name}.{name}": value for one in self.applied for name, value in one.params}


@dataclass(frozen=True, slots=True)
class Chain:
    """One unit a layer: what (w·f′(z))ⁿ is, and what happens on h ← f(w·h) from `start`."""

    applied: Applied
    weight: float
    z: float
    start: float
    factor: float
    log10_gradient: float
    links: tuple[ChainLink, ...]

    @classmethod
    def follow(cls, applied: tuple[Applied, ...], depth: int, weight: float, z: float, start: float) -> Chain:
        """Follow it through `depth` layers; UserError for what is no single function of one number."""
        if len(applied) != 1 or applied[0].activation.kind is not Kind.ELEMENTWISE:
            raise UserError(
                f"{', '.join(one.name for one in applied)} is no single function of one number",
                where="--chain",
                hint="one name, such as sigmoid",
            )
        for name, value in (("weight", weight), ("z", z), ("start", start)):
            if not math.isfinite(value):
                raise UserError(f"it must be a finite number, not {value}", where=f"--{name}")
        (one,) = applied
        return cls(
            one,
            weight,
            z,
            start,
            chain_factor(one, weight, z),
            chain_log10(one, weight, z, depth),
            scalar_chain(one, weight, depth, start),
        )

    @property
    def gradient(self) -> float:
        """(w·f′(z))ⁿ with its sign, 0 or ±inf where that is past the float64 range."""
        size = power_of_ten(self.log10_gradient)
        return -size if self.factor < 0 and len(self.links) % 2 else size


def stack_lines(stack: Stack, profile: DepthProfile, tr: Translator) -> tuple[str, ...]:
    """What was measured, then what it means: a sentence about the gradient."""
    _ = tr.gettext
    parts = [
        ",".join(one.label for one in stack.applied),
        tr.ngettext("{n} layer", "{n} layers", stack.depth).format(n=stack.depth),
        tr.ngettext("{n} unit each", "{n} units each", stack.width).format(n=stack.width),
        tr.ngettext("{n} sample", "{n} samples", stack.batch).format(n=stack.batch),
        stack.init,
        *([_("gain {gain:g}").format(gain=stack.gain)] if stack.gain != 1.0 else []),
        *([_("residual")] if stack.residual else []),
        *([_("{norm} normalisation").format(norm=stack.norm)] if stack.norm is not Norm.NONE else []),
        _("seed {seed}").format(seed=stack.seed),
    ]
    return (_(", ").join(parts), meaning(profile, tr))


def meaning(profile: DepthProfile, tr: Translator) -> str:
    """What became of the gradient on its way from the last layer to the first, in a sentence."""
    _ = tr.gettext
    layers = profile.layers
    top, bottom = layers[-1].log10_delta, layers[0].log10_delta
    if top == -math.inf:
        return _("No gradient gets through even the last layer: every slope there is 0.")
    if bottom == -math.inf:
        lost = max(number for number, layer in enumerate(layers, 1) if layer.log10_delta == -math.inf)
        return _("No gradient reaches layer 1: it is exactly 0 from layer {n} down.").format(n=lost)
    if not math.isfinite(profile.log10_ratio):
        return _("The gradient left the range of numbers.")
    if len(layers) == 1:
        return _("With one layer there is nothing to compare.")
    if profile.log10_ratio < -_KEPT:
        told = _(
            "From layer {n} down to layer 1 the gradient shrinks to {ratio} of its size: × {factor} a layer."
        )
    elif profile.log10_ratio > _KEPT:
        told = _(
            "From layer {n} down to layer 1 the gradient grows to {ratio} times its size: × {factor} a layer."
        )
    else:
        told = _(
            "From layer {n} down to layer 1 the gradient about keeps its size, at {ratio} of it: × {factor} a layer."
        )
    return told.format(n=len(layers), ratio=antilog(profile.log10_ratio), factor=number(profile.factor, 3))


def stack_table(profile: DepthProfile, tr: Translator, *, every: bool) -> Table:
    """Norms as log10 and fractions as percentages: of some layers, or of every one."""
    _ = tr.gettext
    return Table(
        (_("layer"), _("log10 signal"), _("log10 gradient"), _("dead"), _("saturated")),
        tuple(
            (
                str(number),
                _two_places(profile.layers[number - 1].log10_signal),
                _two_places(profile.layers[number - 1].log10_delta),
                f"{profile.layers[number - 1].dead:.0%}",
                f"{profile.layers[number - 1].saturated:.0%}",
            )
            for number in _some(len(profile.layers), every=every)
        ),
    )


def norms_figure(profile: DepthProfile, tr: Translator) -> Figure:
    """Both norms of every layer, as powers of ten; what is 0 is a gap."""
    _ = tr.gettext
    return _by_layer(
        tr,
        _("norm"),
        (_("signal"), [layer.log10_signal for layer in profile.layers]),
        (_("gradient"), [layer.log10_delta for layer in profile.layers]),
    )


def chain_lines(chain: Chain, tr: Translator) -> tuple[str, ...]:
    """What was followed, then what became of both gradients."""
    _ = tr.gettext
    last, n = chain.links[-1], len(chain.links)
    return (
        _("{name}, one unit a layer, weight {weight}").format(
            name=chain.applied.label, weight=number(chain.weight)
        ),
        _(
            "Every layer at z = {z}: the gradient is multiplied by {factor} a layer, by {total} in {n} layers."
        ).format(
            z=number(chain.z),
            factor=number(chain.factor),
            total=_signed(chain.gradient, chain.log10_gradient),
            n=n,
        ),
        _("From h = {start}, each layer f(w·h): after {n} layers h = {h}, and dh/dh0 is {gradient}.").format(
            start=number(chain.start),
            n=n,
            h=number(last.value),
            gradient=_signed(last.gradient, last.log10_gradient),
        ),
    )


def chain_table(chain: Chain, tr: Translator, *, every: bool) -> Table:
    """h, the factor and the gradient so far: of some layers, or of every one."""
    _ = tr.gettext
    return Table(
        (_("layer"), "h", _("factor"), _("log10 |gradient|")),
        tuple(
            (
                str(place),
                number(chain.links[place - 1].value),
                number(chain.links[place - 1].factor),
                _two_places(chain.links[place - 1].log10_gradient),
            )
            for place in _some(len(chain.links), every=every)
        ),
    )


def chain_figure(chain: Chain, tr: Translator) -> Figure:
    """The size of both gradients after each layer, as powers of ten."""
    _ = tr.gettext
    steady = [chain_log10(chain.applied, chain.weight, chain.z, n) for n in range(1, len(chain.links) + 1)]
    return _by_layer(
        tr,
        _("gradient"),
        (
            _("h from {start}").format(start=number(chain.start)),
            [link.log10_gradient for link in chain.links],
        ),
        (_("all at z = {z}").format(z=number(chain.z)), steady),
    )


def _by_layer(tr: Translator, y_label: str, *series: tuple[str, Sequence[float]]) -> Figure:
    depth = len(series[0][1])
    seen = [y for _label, ys in series for y in ys if math.isfinite(y)]
    high = math.ceil(max(seen, default=0.0) - 1e-9)
    low = min(math.floor(min(seen, default=0.0) + 1e-9), high - _LEAST_DECADES)
    styles = ((Role.VALUE, Marker.BRAILLE), (Role.DERIVATIVE, Marker.DASH))
    return Figure(
        tuple(
            Series(label, tuple(map(float, range(1, depth + 1))), tuple(ys), role, marker)
            for (label, ys), (role, marker) in zip(series, styles, strict=True)
        ),
        (1.0, float(max(2, depth))),
        (float(low), float(high)),
        x_label=tr.gettext("layer"),
        y_label=y_label,
        log10_y=True,
    )


def _some(count: int, *, every: bool) -> list[int]:
    """Numbers from 1 to `count`: all, or about `_ROWS` with the first and the last among them."""
    if every or count <= _ROWS:
        return list(range(1, count + 1))
    return sorted({1 + round(place * (count - 1) / (_ROWS - 1)) for place in range(_ROWS)})


def _two_places(value: float) -> str:
    return fixed(value, 2) if math.isfinite(value) else number(value)


def _signed(value: float, log10_size: float) -> str:
    """A gradient that may be past the float64 range, from its logarithm, with the sign of `value`."""
    return ("−" if value < 0 else "") + antilog(log10_size)
