"""A network with its data and how to train it, as a network file says: ready for use, free of files."""

from dataclasses import dataclass

from acttutor.course.network_schema import Compat, Generated, Optimizer, Sgd
from acttutor.course.nodes import Node, locate
from acttutor.errors import UserError
from acttutor.nn.arrays import Array
from acttutor.nn.init import Initializer
from acttutor.nn.losses import Regularization
from acttutor.nn.network import Network, Parameters
from acttutor.nn.trace import TrainingStep
from acttutor.nn.training_plan import Accumulate

MAX_TRACED = 2_000_000


@dataclass(frozen=True, slots=True)
class Training:
    """How to train; `batch_size` None means all data at once, `compat` None our own rules."""

    optimizer: Optimizer
    learning_rate: float
    batch_size: int | None
    shuffle: bool
    accumulate: Accumulate
    regularization: Regularization
    epochs: int
    compat: Compat | None


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFile:
    """What a network file says, ready for use.

    `parameters` are the given weights and biases, the rest drawn with `initializer` and `seed`. `points` is
    `(x, y)` of shapes `(samples, inputs)` and `(samples, outputs)`, or None where the file has none;
    `generated` is the data set they come from, if they do. The targets of a data set are on the scale of the
    loss: classes are 0 and 1, but −1 and 1 for `mse` with a last layer from −1 to 1 (tanh) or `compat:
    playground`, and one-hot for `cross_entropy`; numbers are as they are. `path` and `node` are for messages.
    """

    path: str
    network: Network
    parameters: Parameters
    initializer: Initializer
    seed: int
    points: tuple[Array, Array] | None
    generated: Generated | None
    training: Training
    node: Node | None = None

    @property
    def x(self) -> Array:
        """The inputs `(samples, inputs)`; UserError where the file gives no points."""
        return self._points()[0]

    @property
    def y(self) -> Array:
        """The targets `(samples, outputs)`; UserError where the file gives no points."""
        return self._points()[1]

    def place(self, *steps: str | int) -> str:
        """`path:line:column` of what keys and list places lead to, or of what is nearest to it: for messages."""
        if self.node is None:
            return self.path
        found = locate(self.node, *steps)
        return f"{self.path}:{found.line}:{found.column}"

    def _points(self) -> tuple[Array, Array]:
        if self.points is None:
            raise UserError(
                "data: there is no data",
                where=self.place("data"),
                hint="give points, such as data: [{x: [0, 1], y: [1]}], or {dataset: xor}",
            )
        return self.points

    def step(self) -> TrainingStep:
        """One step of plain gradient descent on the first batch, in the order of the file.

        Raises UserError where the file gives no points, another optimizer than sgd, or too much to show.
        """
        if not isinstance(self.training.optimizer, Sgd):
            kind = self.training.optimizer.__struct_config__.tag
            raise UserError(
                f"optimizer.kind: one step is traced with sgd, not {kind}",
                where=self.place("optimizer", "kind"),
                hint="kind: sgd, or no optimizer",
            )
        x, y = self._points()
        size = min(self.training.batch_size or len(x), len(x))
        width = sum(self.network.widths)
        if size * width > MAX_TRACED:
            raise UserError(
                f"batch_size: {size} points make {size * width} activations, too many to show",
                where=self.place("batch_size"),
                hint=f"at most {max(1, MAX_TRACED // width)} points",
            )
        return TrainingStep(
            self.network,
            self.parameters,
            x[:size],
            y[:size],
            self.training.learning_rate,
            self.training.regularization,
        )
