"""A network as data, its forward pass and its gradients.

Arrays are `(samples, features)`, weights `(fan_in, fan_out)`, `z = a @ W + b`, `a = f(z)`. All matrix code works on the
trailing two axes, so parameters may carry leading axes.

Tensors have one name everywhere, layers counted from 1: `W1`, `b1`, and for learned activation parameters `p1.alpha`
(one value for the whole layer) where a layer has one activation, `p1.3.alpha` (unit 3, from 1) where it is mixed.
"""

from dataclasses import dataclass

from acttutor.errors import UserError
from acttutor.nn.activations import Applied, Kind
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Loss
from acttutor.nn.normalization import Norm

__all__ = ["Forward", "Gradients", "Layer", "Learned", "Loss", "Network", "Norm", "Parameters"]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: how many units, and one activation for all of them or one for each.

    `train_params` makes the activation's learnable parameters part of the training, starting from the values in
    `activations`: shared by the layer where there is one activation, each unit's own where the layer is mixed.
    `residual` adds the layer's input to its output. Raises UserError for a combination that means nothing.
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
                raise UserError(
                    f"{applied.label} is described here but cannot be computed", where="activation"
                )
            if applied.activation.kind is Kind.VECTOR and self.mixed:
                raise UserError(
                    f"{applied.label} works on a whole layer and cannot be one unit's activation",
                    where="activation",
                )

    @property
    def mixed(self) -> bool:
        """Whether each unit has its own activation."""
        return len(self.activations) > 1

    @property
    def vector(self) -> bool:
        """Whether the activation mixes the units, as softmax does."""
        return self.activations[0].activation.kind is Kind.VECTOR


@dataclass(frozen=True, slots=True)
class Network:
    """What a network is, without its weights; raises UserError naming the layer when it cannot work.

    `inputs` counts raw inputs; with `features` the first layer sees those instead, computed from two raw inputs.
    """

    inputs: int
    layers: tuple[Layer, ...]
    loss: Loss
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """One learned activation parameter: of unit `unit` (from 1) in a mixed layer, of the whole layer when None."""

    unit: int | None
    name: str
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """All numbers that training changes, one entry per layer in each field.

    `weights[l]` is `(fan_in, fan_out)`, `biases[l]` `(fan_out,)`; `activation[l]` is empty unless the layer trains its
    activation.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activation: tuple[tuple[Learned, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """Everything a forward pass computes: `inputs` is a0, then `z[l]` and `a[l]` of layer l + 1.

    `z` holds pre-activations before normalisation; each array is `(samples, units)`.
    """

    inputs: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """The gradient of the mean loss, without the penalty, in the shape of `Parameters`."""

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activation: tuple[tuple[Learned, ...], ...]
    loss: Array
