"""One layer of a network: its units, their activations, and what these do to values and gradients."""

from dataclasses import dataclass, replace

import numpy as np

from acttutor.errors import UserError
from acttutor.nn.activations import Applied, Kind
from acttutor.nn.arrays import Array
from acttutor.nn.normalization import Norm, Normalized, normalize
from acttutor.nn.special import quiet


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """One learned activation parameter, or its gradient: `value` is `()` for a single network.

    It belongs to unit `unit` (from 1) of a mixed layer, or to the whole layer when that is None.
    """

    unit: int | None
    name: str
    value: Array

    def key(self, layer: int) -> str:
        """Its name among the tensors: `p1.alpha`, or `p1.3.alpha` for unit 3."""
        return f"p{layer}.{self.name}" if self.unit is None else f"p{layer}.{self.unit}.{self.name}"


@dataclass(frozen=True, slots=True)
class Layer:
    """How many units, and one activation for all of them or one for each.

    `train_params` makes every parameter of the activations part of the training, starting from the values
    in `activations`: shared by the layer where there is one activation, each unit's own where the layer is
    mixed. `residual` adds the layer's input to its output. Raises UserError for a combination that means
    nothing.
    """

    units: int
    activations: tuple[Applied, ...]
    train_params: bool = False
    residual: bool = False
    norm: Norm = Norm.NONE

    def __post_init__(self) -> None:
        if self.units < 1:
            raise UserError(f"a layer needs at least 1 unit, not {self.units}", where="units")
        if len(self.activations) not in (1, self.units):
            raise UserError(
                f"{len(self.activations)} activations for {self.units} units",
                where="activation",
                hint="give one activation, or one for each unit",
            )
        for applied in self.activations:
            if applied.activation.kind is Kind.CARD:
                raise UserError(f"{applied.name} cannot be used in a layer", where="activation")
            if applied.activation.kind is Kind.VECTOR and self.mixed:
                raise UserError(
                    f"{applied.name} works on a whole layer, so it cannot be one unit's activation",
                    where="activation",
                )

    @property
    def mixed(self) -> bool:
        """Whether each unit has its own activation."""
        return len(self.activations) > 1

    @property
    def vector(self) -> bool:
        """Whether the activation works on all units together, as softmax does."""
        return self.activations[0].activation.kind is Kind.VECTOR

    def initial(self) -> tuple[Learned, ...]:
        """The learned activation parameters at their first values, empty without `train_params`."""
        if not self.train_params:
            return ()
        return tuple(
            Learned(unit if self.mixed else None, name, np.asarray(value, dtype=np.float64))
            for unit, applied in enumerate(self.activations, 1)
            for name, value in applied.params
        )

    def applied(self, learned: tuple[Learned, ...]) -> tuple[Applied, ...]:
        """The activations with the learned values in them, as many as `activations`."""
        if not learned:
            return self.activations
        values = {(item.unit, item.name): float(item.value) for item in learned}
        return tuple(
            replace(
                applied,
                params=tuple(
                    (name, values.get((unit if self.mixed else None, name), value))
                    for name, value in applied.params
                ),
            )
            for unit, applied in enumerate(self.activations, 1)
        )

    def activate(self, z: Array, learned: tuple[Learned, ...] = ()) -> Array:
        """f(z) for `z` `(…, samples, units)`, without the residual."""
        with quiet():
            return self.raw_activate(z, learned)

    def raw_activate(self, z: Array, learned: tuple[Learned, ...]) -> Array:
        """`activate` for the inner loop of training, which has silenced NumPy's signals once for all."""
        applied = self.applied(learned)
        if not self.mixed:
            return applied[0].functions.value(z, applied[0].values_by_name)
        values = np.empty_like(z)
        for function, units in _groups(applied).items():
            values[..., units] = function.functions.value(z[..., units], function.values_by_name)
        return values

    def slopes(self, z: Array, learned: tuple[Learned, ...] = ()) -> Array:
        """∂a/∂z of each unit by its own pre-activation, shape of `z`; for softmax the Jacobian's diagonal."""
        with quiet():
            if self.vector:
                jacobian = self.applied(learned)[0].derivative(z)
                return np.asarray(np.diagonal(jacobian, axis1=-2, axis2=-1))
            return self.raw_slopes(z, learned)

    def raw_slopes(self, z: Array, learned: tuple[Learned, ...]) -> Array:
        """`slopes` of an elementwise layer, for callers that have silenced NumPy's signals."""
        applied = self.applied(learned)
        if not self.mixed:
            return applied[0].functions.derivative(z, applied[0].values_by_name)
        values = np.empty_like(z)
        for function, units in _groups(applied).items():
            values[..., units] = function.functions.derivative(z[..., units], function.values_by_name)
        return values

    def pull_back(self, z: Array, learned: tuple[Learned, ...], gradient: Array) -> Array:
        """The gradient by `z` from the gradient by f(z): times f′(z), or through the Jacobian of softmax.

        Signals are the caller's to silence, as in `activate`.
        """
        if self.vector:
            applied = self.applied(learned)[0]
            if (pull_back := applied.functions.pull_back) is not None:
                return pull_back(z, gradient, applied.values_by_name)
            jacobian = applied.functions.derivative(z, applied.values_by_name)
            return np.asarray((gradient[..., None, :] @ jacobian)[..., 0, :])
        return gradient * self.raw_slopes(z, learned)

    def normalized(self, z: Array) -> Normalized | None:
        """`z` normalised as the layer's `norm` says; None where it says nothing."""
        return None if self.norm is Norm.NONE else normalize(z, self.norm)

    def with_skip(self, values: Array, below: Array) -> Array:
        """The layer's output: its activations, plus its input where there is a residual connection."""
        return values + below if self.residual else values

    def through_skip(self, passed_on: Array, above: Array) -> Array:
        """The gradient by the layer's input: what came through the weights, plus what skipped them."""
        return passed_on + above if self.residual else passed_on

    def learned_gradients(
        self, z: Array, learned: tuple[Learned, ...], gradient: Array
    ) -> tuple[Learned, ...]:
        """The gradient by each learned parameter from that by f(z), summed over samples and sharing units."""
        if not learned:
            return ()
        applied = self.applied(learned)
        found = []
        for item in learned:
            units = slice(None) if item.unit is None else slice(item.unit - 1, item.unit)
            function = applied[0 if item.unit is None else item.unit - 1]
            slopes = function.parameter_derivatives(z[..., units])[item.name]
            found.append(replace(item, value=np.asarray((gradient[..., units] * slopes).sum(axis=(-2, -1)))))
        return tuple(found)


def _groups(applied: tuple[Applied, ...]) -> dict[Applied, list[int]]:
    """The units (from 0) of each distinct activation, so that each is computed once for all its units."""
    groups: dict[Applied, list[int]] = {}
    for unit, function in enumerate(applied):
        groups.setdefault(function, []).append(unit)
    return groups
