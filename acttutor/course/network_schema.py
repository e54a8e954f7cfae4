"""What may stand in a network file: every key with its type, bounds and default.

`network_file` makes a network of it; what only training uses is kept as it is in `Training`.
"""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from acttutor.nn.losses import Loss, Penalty
from acttutor.nn.normalization import Norm
from acttutor.nn.training_plan import Accumulate

MAX_UNITS = 1_000
MAX_LAYERS = 1_000
MAX_POINTS = 100_000

_Fraction = Annotated[float, Meta(ge=0, lt=1)]
_Positive = Annotated[float, Meta(gt=0)]
_NotNegative = Annotated[float, Meta(ge=0)]
_Count = Annotated[int, Meta(ge=1)]
_Seed = Annotated[int, Meta(ge=0)]


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
    activation: Annotated[
        str | NamedActivation | list[str | NamedActivation],
        Meta(description="a name, or one for each unit"),
    ]
    params: Annotated[dict[str, float], Meta(description="parameters of a single activation")] = {}
    train_params: Annotated[bool, Meta(description="parameters are learnt too")] = False
    residual: Annotated[bool, Meta(description="a skip connection over the layer")] = False
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
    features: Annotated[list[str], Meta(description="made of two inputs, as x, y, xSquared, xTimesY")] = []
    loss: Loss = Loss.MSE
    weights: Annotated[
        list[list[list[float]]] | None, Meta(description="weights[layer][from][to]; else drawn")
    ] = None
    biases: Annotated[list[list[float]] | None, Meta(description="biases[layer][unit]; else 0")] = None
    init: Annotated[
        str | None, Meta(description="xavier (what is drawn without it), he, lecun, normal:STD or uniform:R")
    ] = None
    gain: Annotated[float, Meta(description="multiplies what is drawn")] = 1.0
    seed: Annotated[_Seed, Meta(description="of the drawn weights and of the order of points")] = 0
    data: Annotated[list[Point] | Generated | None, Meta(description="points, or a data set by name")] = None
    optimizer: Optimizer = msgspec.field(default_factory=Sgd)
    learning_rate: _NotNegative | None = None
    batch_size: _Count | None = None
    shuffle: bool | None = None
    accumulate: Annotated[
        Accumulate | None, Meta(description="whether an incomplete last batch goes on in the next epoch")
    ] = None
    regularization: RegularizationEntry | None = None
    epochs: _Count = 100
    compat: Annotated[Compat | None, Meta(description="whose rules training follows instead")] = None
