"""One activation after another: `sigmoid(relu)` is σ(ReLU(x)), with the chain rule for its derivatives."""

import math
from collections.abc import Callable

import numpy as np

from acttutor.errors import UserError
from acttutor.nn.arrays import Array
from acttutor.nn.kinds import N_, Activation, Card, Functions, Kind, Params
from acttutor.nn.special import quiet

OUTER = "outer."
INNER = "inner."


def compose(outer: Activation, inner: Activation) -> Activation:
    """The activation outer(inner(x)); its parameters are `outer.…` and `inner.…`.

    Raises UserError unless both act on each number alone.
    """
    for part in (outer, inner):
        if part.kind is not Kind.ELEMENTWISE:
            raise UserError(
                f"{part.name} does not act on each number alone and cannot be composed",
            )

    def split(params: Params) -> tuple[dict[str, float], dict[str, float]]:
        return _under(OUTER, params), _under(INNER, params)

    def value(x: Array, params: Params) -> Array:
        outside, inside = split(params)
        return outer.value(inner.value(x, inside), outside)

    def derivative(x: Array, params: Params) -> Array:
        outside, inside = split(params)
        return _product(outer.derivative(inner.value(x, inside), outside), inner.derivative(x, inside))

    def parameter_derivatives(x: Array, params: Params) -> dict[str, Array]:
        outside, inside = split(params)
        middle = inner.value(x, inside)
        slope = outer.derivative(middle, outside)
        own = {OUTER + name: d for name, d in outer.parameter_derivatives(middle, outside).items()}
        passed = inner.parameter_derivatives(x, inside)
        return own | {INNER + name: _product(slope, d) for name, d in passed.items()}

    def kinks(params: Params) -> tuple[float, ...]:
        outside, inside = split(params)
        return tuple(sorted({*inner.kinks(inside), *_preimages(inner, inside, outer.kinks(outside))}))

    def breaks(params: Params) -> tuple[float, ...]:
        outside, inside = split(params)
        return tuple(sorted({*inner.breaks(inside), *_preimages(inner, inside, outer.breaks(outside))}))

    def steepest(params: Params) -> float:
        return _steepest(derivative, params, breaks(params))

    functions = Functions(value, derivative, steepest, parameter_derivatives, kinks, breaks)
    parameters = tuple(p.named(OUTER + p.name) for p in outer.parameters) + tuple(
        p.named(INNER + p.name) for p in inner.parameters
    )
    defaults = {parameter.name: parameter.default for parameter in parameters}
    return Activation(
        name=f"{outer.name}({inner.name})",
        kind=Kind.ELEMENTWISE,
        symbol=f"{outer.symbol}({inner.symbol})",
        formula=rf"f(x)=\text{{{outer.symbol}}}({_call(inner)})",
        derivative_formula=(
            rf"f'(x)=g'(h(x))\cdot h'(x),\quad g=\text{{{outer.symbol}}},\quad h=\text{{{inner.symbol}}}"
        ),
        card=_card(outer, inner, functions, defaults),
        parameters=parameters,
        functions=functions,
    )


def _under(prefix: str, params: Params) -> dict[str, float]:
    return {name.removeprefix(prefix): value for name, value in params.items() if name.startswith(prefix)}


def _product(a: Array, b: Array) -> Array:
    """a·b where 0 · inf is 0: a flat stretch stays flat however steep the other factor is."""
    zero = ((a == 0.0) | (b == 0.0)) & ~np.isnan(a) & ~np.isnan(b)
    return np.where(zero, 0.0, a * b)


def _call(inner: Activation) -> str:
    r"""`\text{ReLU}(x)`; for a composition its own calls."""
    _, _, body = inner.formula.partition("=")
    return body if "(" in inner.name else rf"\text{{{inner.symbol}}}(x)"


def _grid(points: tuple[float, ...]) -> Array:
    """Where to look for roots and maxima: densely around 0, ever wider outwards, and close to `points`."""
    near = np.linspace(-12.0, 12.0, 2401)
    far = np.geomspace(12.0, 1e6, 200)
    tiny = np.geomspace(1e-9, 1.0, 100)
    around = [point + side * tiny for point in points for side in (-1.0, 1.0)]
    return np.unique(np.concatenate([near, far, -far, tiny, -tiny, np.array(points), *around]))


def _preimages(inner: Activation, params: Params, levels: tuple[float, ...]) -> tuple[float, ...]:
    """Where inner(x) crosses one of these levels, by bisection; where it only touches them nothing kinks."""
    found = []
    xs = _grid(inner.breaks(params))
    heights = inner.value(xs, params)
    for level in levels:
        side = np.where(heights > level, 1, -1)
        for i in np.flatnonzero(side[:-1] != side[1:]):
            if level in heights[i : i + 2]:
                found.append(float(xs[i] if heights[i] == level else xs[i + 1]))
                continue
            low, high = float(xs[i]), float(xs[i + 1])
            while low < (middle := 0.5 * (low + high)) < high:
                above = 1 if inner.value(middle, params) > level else -1
                low, high = (middle, high) if above == side[i] else (low, middle)
            found.append(high if side[i] > 0 else low)
    return tuple(found)


def _steepest(
    derivative: Callable[[Array, Params], Array], params: Params, breaks: tuple[float, ...]
) -> float:
    """sup |f'|: the best of the grid, then golden-section search between its neighbours."""
    xs = _grid(breaks)
    slopes = np.abs(derivative(xs, params))
    best = int(np.argmax(slopes))
    low, high = float(xs[max(best - 1, 0)]), float(xs[min(best + 1, xs.size - 1)])
    for _ in range(60):
        third = (high - low) * 0.38196601125010515
        left, right = np.abs(derivative(np.array([low + third, high - third]), params))
        low, high = (low, high - third) if left >= right else (low + third, high)
    between = float(np.abs(derivative(np.array(0.5 * (low + high)), params)))
    return max(float(slopes[best]), between)


def _card(outer: Activation, inner: Activation, functions: Functions, defaults: Params) -> Card:
    """The card of a composition, measured at the default parameters."""
    kinks, breaks = functions.kinks(defaults), functions.breaks(defaults)
    xs = _grid(breaks)
    with quiet():
        heights = functions.value(xs, defaults)
        ends = functions.value(np.array([-np.inf, np.inf]), defaults)
        slopes = functions.derivative(xs, defaults)
        steepest = functions.steepest(defaults)
    reach = np.concatenate([heights, ends[~np.isnan(ends)]])
    weights = np.exp(-0.5 * xs * xs)
    mean = float(np.trapezoid(heights * weights, xs)) / math.sqrt(2.0 * math.pi)
    return Card(
        range=f"{reach.min():.5g} … {reach.max():.5g}".replace("inf", "∞"),
        largest_slope=steepest,
        largest_slope_at=f"x ≈ {xs[int(np.argmax(np.abs(slopes)))]:.4g}",
        zero_centred=abs(mean) < 1e-6,
        monotonic=bool(np.all(np.diff(heights) >= -1e-12)),
        smoothness=N_("continuous, with kinks") if kinks else N_("smooth, but for what its parts are"),
        saturation=f"{ends[0]:.5g} (x → -∞), {ends[1]:.5g} (x → ∞)".replace("inf", "∞"),
        gain=None,
        used=N_("one activation after another; rarely more than either alone"),
        paper="",
        pytorch=_called(outer.pytorch, inner.pytorch),
        keras="-",
        jax="-",
        flat=not functions.derivative(np.array([-100.0, -2.5, -1.0, -0.5, -1e-3]), defaults).any(),
    )


def _called(outer: str, inner: str) -> str:
    parts = [part if part.endswith(")") else f"{part}()" for part in (inner, outer)]
    return f"nn.Sequential({', '.join(parts)})" if all(p.startswith("nn.") for p in parts) else "-"
