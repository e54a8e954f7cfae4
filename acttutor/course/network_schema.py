"""What may stand in a network file: every key with its type, bounds and default.

`network_file` makes a network of it; what only training uses is kept as it is in `Training`.
"""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from acttutor.nn.losses import Loss, Penalty
from acttutor.nn.normalization import Norm

MAX_UNITS = 1_000
MAX_LAYERS = 1_000
MAX_POINTS = 100_000

_Fraction = Annotated[float, Meta(ge=0, lt=1)]
_Positive = Annotated[float, Meta(gt=0)]
_NotNegative = Annotated[float, Meta(ge=0)]
_Count = Annotated[int, Meta(ge=1)]
_Seed = Annotated[int, Meta(ge=0)]


class Accumulate(StrEnum):
    """What happens to the gradients of an incomplete last batch of an epoch."""

    FRESH = "fresh"
    CARRY = "carry"


class Compat(StrEnum):
    """Whose rules training follows instead of our own."""

    PLAYGROUND = "playground"


class NamedActivation(Struct, frozen=True):
    """An activation with parameters of its own."""

    name: str
    params: dict[str, float] = {}


class LayerEntry(Struct, frozen=True):
    """One layer; `params` belong to a single activation given by name."""

    units: Annotated[int, Meta(ge=1, le=MAX_UNITS)]
    activation: str | NamedActivation | list[str | NamedActivation]
    params: dict[str, float] = {}
    train_params: bool = False
    residual: bool = False
    norm: Norm = Norm.NONE


class Point(Struct, frozen=True):
    """One sample."""

    x: list[float]
    y: list[float]


class Generated(Struct, frozen=True):
    """A data set of `nn.datasets`: its name, how many points, how noisy, and its own seed."""

    dataset: str
    n: Annotated[int, Meta(ge=1, le=MAX_POINTS)] = 500
    noise: _NotNegative = 0.0
    seed: _Seed = 0


class Sgd(Struct, frozen=True, tag_field="kind", tag="sgd"):
    """Plain gradient descent on batches."""


class Momentum(Struct, frozen=True, tag_field="kind", tag="momentum"):
    """Gradient descent with momentum (Polyak, 1964)."""

    momentum: _Fraction = 0.9


class Adam(Struct, frozen=True, tag_field="kind", tag="adam"):
    """Adam (Kingma & Ba, 2015, arXiv:1412.6980, algorithm 1)."""

    beta1: _Fraction = 0.9
    beta2: _Fraction = 0.999
    epsilon: _Positive = 1e-8


Optimizer = Sgd | Momentum | Adam


class RegularizationEntry(Struct, frozen=True):
    """The penalty on the weights."""

    kind: Penalty
    rate: _NotNegative | None = None

    def __post_init__(self) -> None:
        if self.kind is not Penalty.NONE and self.rate is None:
            raise ValueError(f"{self.kind} needs a rate, such as rate: 0.001")


class NetworkDocument(Struct, frozen=True):
    """The whole file; None where a default depends on other keys."""

    inputs: Annotated[int, Meta(ge=1, le=MAX_UNITS)]
    layers: Annotated[list[LayerEntry], Meta(min_length=1, max_length=MAX_LAYERS)]
    format: Literal[1] = 1
    features: list[str] = []
    loss: Loss = Loss.MSE
    weights: list[list[list[float]]] | None = None
    biases: list[list[float]] | None = None
    init: str | None = None
    gain: float = 1.0
    seed: _Seed = 0
    data: list[Point] | Generated | None = None
    optimizer: Optimizer = msgspec.field(default_factory=Sgd)
    learning_rate: _NotNegative | None = None
    batch_size: _Count | None = None
    shuffle: bool | None = None
    accumulate: Accumulate | None = None
    regularization: RegularizationEntry | None = None
    epochs: _Count = 100
    compat: Compat | None = None
