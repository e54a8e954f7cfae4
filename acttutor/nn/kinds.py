"""What an activation is made of: its parameters, its functions, its card."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from numpy.typing import ArrayLike

from acttutor.errors import UserError, did_you_mean
from acttutor.nn.arrays import Array, as_array
from acttutor.nn.special import quiet

Params: TypeAlias = Mapping[str, float]


def N_(text: str) -> str:  # noqa: N802
    """Marks a card's text for the translation catalogues; it is translated where it is shown."""
    return text


class Kind(StrEnum):
    """How an activation acts: on each number alone, on a whole vector, or described here only."""

    ELEMENTWISE = "elementwise"
    VECTOR = "vector"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `low`..`high` is where the mathematics holds, `slider` merely what a slider offers."""

    name: str
    default: float
    low: float = -math.inf
    high: float = math.inf
    low_open: bool = True
    high_open: bool = True
    slider: tuple[float, float] = (-2.0, 2.0)
    learnable: bool = False

    def domain(self) -> str:
        """The allowed values in words, as error messages give them."""
        if math.isinf(self.low) and math.isinf(self.high):
            return "any finite number"
        bounds = []
        if math.isfinite(self.low):
            bounds.append(f"{'above' if self.low_open else 'at least'} {self.low:g}")
        if math.isfinite(self.high):
            bounds.append(f"{'below' if self.high_open else 'at most'} {self.high:g}")
        return "a finite number " + " and ".join(bounds)

    def allows(self, value: float) -> bool:
        """Whether `value` is finite and in the domain."""
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return math.isfinite(value) and above and below

    def named(self, name: str) -> "Parameter":
        """The same parameter under another name, as a composition needs it."""
        return Parameter(
            name,
            self.default,
            self.low,
            self.high,
            self.low_open,
            self.high_open,
            self.slider,
            self.learnable,
        )


def no_points(params: Params) -> tuple[float, ...]:
    """No kinks: for functions that are smooth whatever their parameters are."""
    return ()


def no_derivatives(x: Array, params: Params) -> dict[str, Array]:
    """No parameter derivatives: for functions without parameters."""
    return {}


@dataclass(frozen=True, slots=True)
class Functions:
    """What can be computed of an activation.

    `kinks` are the points where f' (or f) jumps, `breaks` further points where f is not analytic or bends on
    a scale of its own: quadrature starts a panel there. `steepest` is sup |f'|. `pull_back(x, gradient, params)`
    of a vector activation is the gradient by f(x) times the Jacobian, without building one.
    """

    value: Callable[[Array, Params], Array]
    derivative: Callable[[Array, Params], Array]
    steepest: Callable[[Params], float]
    parameter_derivatives: Callable[[Array, Params], dict[str, Array]] = no_derivatives
    kinks: Callable[[Params], tuple[float, ...]] = no_points
    breaks: Callable[[Params], tuple[float, ...]] = no_points
    pull_back: Callable[[Array, Array, Params], Array] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What people look up about an activation, at its default parameters.

    `largest_slope` is sup |f'| (None where there is none), `gain` the usual factor on the standard deviation
    of the weights (None where there is no custom), `flat` whether f' is exactly 0 for all z <= 0.
    """

    range: str
    largest_slope: float | None
    largest_slope_at: str
    zero_centred: bool
    monotonic: bool
    smoothness: str
    saturation: str
    gain: float | None
    used: str
    paper: str
    pytorch: str
    keras: str
    jax: str
    flat: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Activation:
    """One activation function: what it is called, what is known about it, and how it is computed.

    Two activations are the same when their names are. Formulas are LaTeX. `value`, `derivative` and
    `parameter_derivatives` take an array of any shape and the values of *all* parameters, return new arrays,
    map NaN to NaN and ±inf to the limit, and never warn. Elementwise derivatives have the shape of x; a
    vector activation works along the last axis and its derivative is the Jacobian `(..., K, K)`, entry [i, j]
    being ∂f_i/∂x_j.
    """

    name: str
    kind: Kind
    symbol: str
    formula: str
    derivative_formula: str
    card: Card
    aliases: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    functions: Functions | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Activation) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def value(self, x: ArrayLike, params: Params) -> Array:
        """f(x)."""
        with quiet():
            return self.computable().value(as_array(x), params)

    def derivative(self, x: ArrayLike, params: Params) -> Array:
        """f'(x); at a kink what PyTorch's autograd returns; the Jacobian for a vector activation."""
        with quiet():
            return self.computable().derivative(as_array(x), params)

    def parameter_derivatives(self, x: ArrayLike, params: Params) -> dict[str, Array]:
        """∂f/∂p at x for every parameter p, learnable or not."""
        with quiet():
            return self.computable().parameter_derivatives(as_array(x), params)

    def kinks(self, params: Params) -> tuple[float, ...]:
        """Where f or f' jumps, ascending."""
        return self.computable().kinks(params)

    def breaks(self, params: Params) -> tuple[float, ...]:
        """Kinks, and further points where f is not analytic or bends sharply, ascending."""
        functions = self.computable()
        return tuple(sorted({*functions.kinks(params), *functions.breaks(params)}))

    def steepest(self, params: Params) -> float:
        """sup |f'| for these parameters; for a vector activation, of the entries of the Jacobian."""
        return self.computable().steepest(params)

    def resolved(self, params: Params | None = None) -> dict[str, float]:
        """All parameters in their order, the given ones over the defaults.

        Raises UserError for an unknown name (with a suggestion) and for values outside the domain.
        """
        given = dict(params or {})
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            if name not in known:
                takes = ", ".join(known)
                hint = did_you_mean(name, known) or (f"it takes {takes}" if known else "it takes none")
                raise UserError(f"{self.name} has no parameter {name!r}", hint=hint)
            if not known[name].allows(value):
                raise UserError(f"{self.name}: {name} must be {known[name].domain()}, not {value:g}")
        return {name: float(given.get(name, parameter.default)) for name, parameter in known.items()}

    def computable(self) -> Functions:
        """The functions as they are, without `value`'s silence; UserError for one that is only a card."""
        if self.functions is None:
            raise UserError(
                f"{self.name} cannot be computed here: it is no function of one number or vector alone"
            )
        return self.functions

    @property
    def range(self) -> str:
        """The set of values at the default parameters."""
        return self.card.range

    @property
    def largest_slope(self) -> float | None:
        """sup |f'| at the default parameters."""
        return self.card.largest_slope

    @property
    def largest_slope_at(self) -> str:
        """Where the largest slope is found."""
        return self.card.largest_slope_at

    @property
    def zero_centred(self) -> bool:
        """Whether the mean of f(z) is 0 for z ~ N(0, 1)."""
        return self.card.zero_centred

    @property
    def monotonic(self) -> bool:
        """Whether f never falls."""
        return self.card.monotonic

    @property
    def smoothness(self) -> str:
        """How often f can be differentiated."""
        return self.card.smoothness

    @property
    def saturation(self) -> str:
        """Where f goes flat."""
        return self.card.saturation

    @property
    def gain(self) -> float | None:
        """The recommended factor on the weights' standard deviation."""
        return self.card.gain

    @property
    def flat(self) -> bool:
        """Whether f' is exactly 0 for all z <= 0, so that a unit can die."""
        return self.card.flat

    @property
    def paper(self) -> str:
        """Where it was introduced."""
        return self.card.paper

    @property
    def pytorch(self) -> str:
        """Its name in PyTorch."""
        return self.card.pytorch

    @property
    def keras(self) -> str:
        """Its name in Keras 3."""
        return self.card.keras

    @property
    def jax(self) -> str:
        """Its name in JAX."""
        return self.card.jax


@dataclass(frozen=True)
class Applied:
    """An activation with values for all its parameters; hashable, so that curves can be cached by it."""

    activation: Activation
    params: tuple[tuple[str, float], ...] = ()

    @cached_property
    def values_by_name(self) -> Params:
        """The parameters as the activation's functions take them; built once, since training asks often."""
        return dict(self.params)

    @cached_property
    def functions(self) -> Functions:
        """What can be computed, bare: arrays only, and for callers that have silenced NumPy's signals."""
        return self.activation.computable()

    @property
    def name(self) -> str:
        """The activation's name, `sigmoid(relu)` for a composition."""
        return self.activation.name

    @property
    def label(self) -> str:
        """The short name for a legend: the symbol, and those parameters that are not at their defaults."""
        defaults = {parameter.name: parameter.default for parameter in self.activation.parameters}
        changed = [f"{name}={value:g}" for name, value in self.params if value != defaults[name]]
        return f"{self.activation.symbol} {', '.join(changed)}" if changed else self.activation.symbol

    @property
    def sup_abs_derivative(self) -> float:
        """sup |f'| for these parameters."""
        return self.activation.steepest(dict(self.params))

    @property
    def flat(self) -> bool:
        """Whether f' is exactly 0 for all z <= 0 at these parameters."""
        if self.activation.kind is not Kind.ELEMENTWISE:
            return False
        return not self.derivative([-1e6, -100.0, -2.5, -1.0, -0.5, -1e-3, -1e-9]).any()

    @property
    def kinks(self) -> tuple[float, ...]:
        """Where f or f' jumps."""
        return self.activation.kinks(dict(self.params))

    @property
    def breaks(self) -> tuple[float, ...]:
        """Where f is not analytic or bends sharply."""
        return self.activation.breaks(dict(self.params))

    def value(self, x: ArrayLike) -> Array:
        """f(x), shaped like x."""
        return self.activation.value(x, dict(self.params))

    def derivative(self, x: ArrayLike) -> Array:
        """f'(x), shaped like x; for a vector activation the Jacobian `(..., K, K)`."""
        return self.activation.derivative(x, dict(self.params))

    def parameter_derivatives(self, x: ArrayLike) -> dict[str, Array]:
        """∂f/∂p for every parameter p, each shaped like x."""
        return self.activation.parameter_derivatives(x, dict(self.params))

    def with_params(self, params: Params) -> "Applied":
        """The same activation with some parameters changed; raises UserError as `apply` does."""
        return Applied(
            self.activation, tuple(self.activation.resolved({**dict(self.params), **params}).items())
        )
