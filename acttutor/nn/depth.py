"""How a signal and its gradient fare on their way through a deep stack of equal layers.

The set-up is the usual thought experiment (Glorot & Bengio, 2010, AISTATS, §4.2; He et al., 2015,
arXiv:1502.01852, §2.2): inputs N(0, 1), `depth` layers of `width` units without biases, and a gradient N(0,
1) handed in at the top. δ of a layer is the gradient by its pre-activations.
"""

import math
from dataclasses import dataclass

import numpy as np

from acttutor.errors import UserError
from acttutor.nn import init as initialization
from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array
from acttutor.nn.layer import Layer
from acttutor.nn.normalization import Norm, Normalized, normalize

MOST_LAYERS = 1000
MOST_NUMBERS = 50_000_000

_SATURATED = 0.01
_FAR, _SHIFT = 100.0, 50.0
_LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True, slots=True)
class DepthLayer:
    """One layer of a profile: logarithms to base 10 of Frobenius norms, −inf for 0; fractions from 0 to 1.

    `log10_signal` is of the layer's output, `log10_delta` of the gradient by its pre-activations,
    `log10_weight_gradient` of the gradient by its weights. `dead` is the fraction of units whose
    pre-activation is ≤ 0 on every sample where their function is flat there; `saturated` the fraction of
    all (sample, unit) pairs where |f′| is below 1% of its supremum.
    """

    log10_signal: float
    log10_delta: float
    log10_weight_gradient: float
    dead: float
    saturated: float


@dataclass(frozen=True, slots=True)
class DepthProfile:
    """What `measure` found: layer 1 first."""

    layers: tuple[DepthLayer, ...]

    @property
    def log10_ratio(self) -> float:
        """log10 of ‖δ₁‖ / ‖δ_n‖, what the bottom keeps of the gradient at the top; nan if both are 0."""
        return self.layers[0].log10_delta - self.layers[-1].log10_delta

    @property
    def ratio(self) -> float:
        """‖δ₁‖ / ‖δ_n‖; 0 or inf where that is past the float64 range."""
        return power_of_ten(self.log10_ratio)

    @property
    def factor(self) -> float:
        """By what δ changes per layer downwards, the (n − 1)th root of `ratio`; 1 for a single layer."""
        steps = len(self.layers) - 1
        return power_of_ten(self.log10_ratio / steps) if steps else 1.0


def measure(
    activation: Applied | tuple[Applied, ...],
    *,
    depth: int = 30,
    width: int = 64,
    batch: int = 64,
    init: str = "xavier",
    gain: float = 1.0,
    residual: bool = False,
    norm: Norm = Norm.NONE,
    seed: int = 0,
) -> DepthProfile:
    """Send a signal up and a gradient down; several activations take turns over the units of a layer.

    Numbers are drawn in the order input, gradient, weights of layer 1, 2, …, so that a deeper stack begins
    with the same layers. `residual` adds each layer's input to its output, `norm` normalises its
    pre-activations. Raises UserError for an unknown `init`, and for sizes below 1, above 1000 layers or
    past what fits in memory.
    """
    _check_sizes(depth, width, batch, seed)
    initializer = initialization.parse(init, gain)
    chosen = activation if isinstance(activation, tuple) else (activation,)
    layer = Layer(width, _in_turns(chosen, width), residual=residual, norm=norm)
    rng = np.random.default_rng(seed)
    signal = rng.standard_normal((batch, width))
    gradient = rng.standard_normal((batch, width))
    weights = [initializer.draw(rng, width, width) for _ in range(depth)]
    with np.errstate(all="ignore"):
        return DepthProfile(_down(layer, weights, _up(layer, weights, signal), gradient))


@dataclass(frozen=True, slots=True, eq=False)
class _Passed:
    """What the way up left at one layer; the true input and output are these times 10 to their exponents."""

    input: Array
    input_exponent: float
    seen: Array
    normalized: Normalized | None
    log10_signal: float


def _up(layer: Layer, weights: list[Array], signal: Array) -> list[_Passed]:
    """The way up, with the signal's exponent split off where it leaves the range of 1e±100.

    Far out every activation is bounded or a scaled copy of itself to within 1e-50 of its size, and so it is close
    to 0 when f(0) = 0: there f(z) · 10^k stands for f(z · 10^k). In a normalised layer ε sets a
    scale: its signal is only brought up where it is so far below √ε that the layer is a straight line there.
    """
    passed, exponent = [], 0.0
    passes_zero = not layer.activate(np.zeros((1, layer.units)), ()).any()
    for matrix in weights:
        z = signal @ matrix
        normalized = None if layer.norm is Norm.NONE else normalize(z, layer.norm)
        seen = z if normalized is None else normalized.values
        output = layer.activate(seen, ()) + (signal if layer.residual else 0.0)
        size = log10_norm(output)
        here = exponent
        if exponent > 0.0 and size < _FAR / 4 and not layer.residual:
            # No unit is on: all outputs are at the function's lower end, which does not scale with z.
            seen = np.clip(z * power_of_ten(exponent), -_LARGEST, _LARGEST)
            output, exponent = layer.activate(seen, ()), 0.0
            size = log10_norm(output)
        passed.append(_Passed(signal, here, seen, normalized, size + exponent))
        far_up = size > _FAR and normalized is None
        if math.isfinite(size) and (far_up or (size < -_FAR and passes_zero)):
            shift = math.copysign(math.trunc(abs(size)) - _SHIFT, size)
            output, exponent = output * 10.0**-shift, exponent + shift
        signal = output
    return passed


def _down(
    layer: Layer, weights: list[Array], passed: list[_Passed], gradient: Array
) -> tuple[DepthLayer, ...]:
    found, exponent = [], 0.0
    limits = np.array([_slope_limit(applied) for applied in layer.activations])
    flat = np.array([applied.flat for applied in layer.activations])
    for matrix, here in zip(reversed(weights), reversed(passed), strict=True):
        slopes = layer.slopes(here.seen)
        delta = layer.pull_back(here.seen, (), gradient) if layer.vector else gradient * slopes
        delta = delta if here.normalized is None else here.normalized.backward(delta)
        found.append(
            DepthLayer(
                here.log10_signal,
                log10_norm(delta) + exponent,
                log10_norm(here.input.T @ delta) + here.input_exponent + exponent,
                float(((here.seen <= 0.0).all(axis=0) & flat).mean()),
                float((np.abs(slopes) < limits).mean()),
            )
        )
        gradient = delta @ matrix.T + (gradient if layer.residual else 0.0)
        size = log10_norm(gradient)
        if math.isfinite(size):
            # In two halves, since 10 to the whole size may be past the float64 range.
            gradient = gradient * 10.0 ** (-size / 2) * 10.0 ** (-size / 2)
            exponent += size
    return tuple(reversed(found))


def _slope_limit(applied: Applied) -> float:
    """The |f′| below which a unit counts as saturated; 0 where f′ has no finite supremum above 0."""
    steepest = applied.sup_abs_derivative
    return _SATURATED * steepest if math.isfinite(steepest) else 0.0


def _in_turns(chosen: tuple[Applied, ...], width: int) -> tuple[Applied, ...]:
    if len(chosen) == 1:
        return chosen
    return tuple(chosen[unit % len(chosen)] for unit in range(width))


def _check_sizes(depth: int, width: int, batch: int, seed: int) -> None:
    if not 1 <= depth <= MOST_LAYERS:
        raise UserError(f"depth must be from 1 to {MOST_LAYERS}, not {depth}", where="depth")
    for name, size in (("width", width), ("batch", batch)):
        if size < 1:
            raise UserError(f"{name} must be at least 1, not {size}", where=name)
    if seed < 0:
        raise UserError(f"the seed must be at least 0, not {seed}", where="seed")
    if depth * width * (width + 3 * batch) > MOST_NUMBERS:
        raise UserError(
            f"{depth} layers of {width} units on {batch} samples do not fit in memory here",
            where="depth",
            hint="fewer layers, units or samples",
        )


def log10_norm(array: Array) -> float:
    """log10 of the Frobenius norm, −inf for zeros; entries of any size are no trouble."""
    largest = float(np.abs(array).max(initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return math.log10(largest) if largest else -math.inf
    return math.log10(largest) + math.log10(float(np.linalg.norm(array / largest)))


def power_of_ten(exponent: float) -> float:
    """10 to the `exponent`: 0 below the float64 range, inf above it, nan for nan."""
    with np.errstate(all="ignore"):
        return float(np.power(10.0, exponent))


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step of `scalar_chain`: h_k, its factor w·f′(w·h_{k−1}), and the product of all factors so far.

    `gradient` is dh_k/dh_0, 0 or ±inf where that is past the float64 range; `log10_gradient` is log10 of its
    size, which no range limits.
    """

    value: float
    factor: float
    gradient: float
    log10_gradient: float


def chain_factor(applied: Applied, weight: float, z: float) -> float:
    """What one layer multiplies a gradient by, in a chain of single units: w·f′(z)."""
    with np.errstate(all="ignore"):
        return float(weight * applied.derivative(z))


def chain_log10(applied: Applied, weight: float, z: float, depth: int) -> float:
    """log10 |(w·f′(z))ⁿ| for n = `depth` layers that all sit at the same z; −inf for 0."""
    return depth * _log10(chain_factor(applied, weight, z)) if depth else 0.0


def scalar_chain(applied: Applied, weight: float, depth: int, start: float = 1.0) -> tuple[ChainLink, ...]:
    """h_k = f(w·h_{k−1}) from h_0 = `start`, with dh_k/dh_0, for k = 1…`depth`."""
    links: list[ChainLink] = []
    value, gradient, exponent = start, 1.0, 0.0
    for _ in range(depth):
        with np.errstate(all="ignore"):
            z = weight * value
            factor = chain_factor(applied, weight, z)
            value = float(applied.value(z))
            gradient *= factor
        exponent += _log10(factor)
        links.append(ChainLink(value, factor, gradient, exponent))
    return tuple(links)


def _log10(number: float) -> float:
    return math.log10(abs(number)) if number else -math.inf
