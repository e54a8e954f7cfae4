"""From a network file's document to a network: what the types cannot say is checked here, each at its key.

Shapes of weights, biases and points are held against the layers, and what `nn` refuses is told at the key and
line it came from.
"""

from dataclasses import dataclass

import numpy as np

from acttutor.course.network_data import generated_points
from acttutor.course.network_schema import (
    Compat,
    Generated,
    LayerEntry,
    NamedActivation,
    NetworkDocument,
    Point,
    Sgd,
)
from acttutor.course.network_spec import NetworkFile, Training
from acttutor.course.nodes import Node, Report, locate
from acttutor.errors import UserError
from acttutor.nn import init
from acttutor.nn.activations import Applied, apply
from acttutor.nn.arrays import Array
from acttutor.nn.losses import NO_REGULARIZATION, Regularization, check_targets
from acttutor.nn.network import Layer, Network, Parameters
from acttutor.nn.training_plan import Accumulate

MAX_WEIGHTS = 1_000_000
_DEFAULT_INIT = "xavier"
_DEFAULT_RATE = 0.1
# TensorFlow Playground's own: U(-0.5, 0.5), biases 0.1, learning rate 0.03, batches of 10.
_PLAYGROUND_INIT, _PLAYGROUND_BIAS, _PLAYGROUND_RATE, _PLAYGROUND_BATCH = "uniform:0.5", 0.1, 0.03, 10


@dataclass(slots=True)
class Builder:
    """Makes a network of a document whose keys and types are right; reports what does not fit."""

    node: Node
    document: NetworkDocument
    report: Report
    prefix: str

    def problem(self, message: str, suggestion: str, *steps: str | int) -> None:
        """Report something at the node that `steps` lead to, or as near to it as there is one."""
        place = locate(self.node, *steps)
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(
            "."
        )
        self.report.error(place.line, place.column, "network", f"{self.prefix}{name}: {message}", suggestion)

    def build(self) -> NetworkFile | None:
        document = self.document
        layers = [self.layer(place, entry) for place, entry in enumerate(document.layers)]
        usable = tuple(layer for layer in layers if layer is not None)
        initializer = self.initializer()
        if len(usable) < len(layers):
            return None
        network = self.network(usable)
        if network is None:
            return None
        count = sum(a * b for a, b in zip(network.widths, network.widths[1:], strict=False))
        if count > MAX_WEIGHTS:
            self.problem(f"{count} weights are too many", f"at most {MAX_WEIGHTS}", "layers")
            return None
        self.check_weights(network)
        self.check_biases(network)
        points = self.points(network)
        training = self.training()
        if self.report.problems or initializer is None:
            return None
        return NetworkFile(
            self.report.path,
            network,
            self.parameters(network, initializer),
            initializer,
            document.seed,
            points,
            document.data if isinstance(document.data, Generated) else None,
            training,
            self.node,
        )

    def layer(self, place: int, entry: LayerEntry) -> Layer | None:
        before = len(self.report.problems)
        where: tuple[str | int, ...] = ("layers", place, "activation")
        if isinstance(entry.activation, list):
            applied = [self.applied(item, *where, unit) for unit, item in enumerate(entry.activation)]
        else:
            applied = [self.applied(entry.activation, *where, params=entry.params)]
        if entry.params and not isinstance(entry.activation, str):
            hint = "write {name: …, params: {…}} as the activation"
            self.problem("belongs to one activation given by its name", hint, "layers", place, "params")
        if len(self.report.problems) > before:
            return None
        try:
            return Layer(
                entry.units,
                tuple(item for item in applied if item is not None),
                entry.train_params,
                entry.residual,
                entry.norm,
            )
        except UserError as error:
            steps = ("layers", place, error.where) if error.where in ("units", "activation") else where[:2]
            self.problem(error.message, error.hint, *steps)
            return None

    def applied(
        self, item: str | NamedActivation, *where: str | int, params: dict[str, float] | None = None
    ) -> Applied | None:
        name, given = (item.name, item.params) if isinstance(item, NamedActivation) else (item, params)
        try:
            return apply(name, given or None)
        except UserError as error:
            self.problem(error.message, error.hint, *where)
            return None

    def initializer(self) -> init.Initializer | None:
        document = self.document
        default = _PLAYGROUND_INIT if document.compat is Compat.PLAYGROUND else _DEFAULT_INIT
        try:
            return init.parse(document.init or default, document.gain)
        except UserError as error:
            self.problem(error.message, error.hint, "gain" if error.where == "gain" else "init")
            return None

    def network(self, layers: tuple[Layer, ...]) -> Network | None:
        try:
            return Network(self.document.inputs, layers, self.document.loss, tuple(self.document.features))
        except UserError as error:
            word, _, number = error.where.partition(" ")
            steps: tuple[str | int, ...] = ("layers", int(number) - 1) if number.isdigit() else (word,)
            self.problem(error.message, error.hint, *steps)
            return None

    def check_weights(self, network: Network) -> None:
        weights, widths = self.document.weights, network.widths
        if weights is None or not self.one_per_layer(len(weights), network, "weights"):
            return
        for place, matrix in enumerate(weights):
            fan_in, fan_out = widths[place], widths[place + 1]
            if len(matrix) != fan_in:
                source = f"unit of layer {place}" if place else "feature" if network.features else "input"
                self.problem(f"{len(matrix)} rows", f"give {fan_in}, one per {source}", "weights", place)
                continue
            for row, numbers in enumerate(matrix):
                if len(numbers) != fan_out:
                    hint = f"give {fan_out}, one per unit of layer {place + 1}"
                    self.problem(f"{len(numbers)} numbers", hint, "weights", place, row)

    def check_biases(self, network: Network) -> None:
        biases = self.document.biases
        if biases is None or not self.one_per_layer(len(biases), network, "biases"):
            return
        for place, numbers in enumerate(biases):
            units = network.layers[place].units
            if len(numbers) != units:
                hint = f"give {units}, one per unit of layer {place + 1}"
                self.problem(f"{len(numbers)} numbers", hint, "biases", place)

    def one_per_layer(self, found: int, network: Network, name: str) -> bool:
        if found != len(network.layers):
            hint = f"give {len(network.layers)}, one entry per layer"
            self.problem(f"{found} entries", hint, name)
        return found == len(network.layers)

    def points(self, network: Network) -> tuple[Array, Array] | None:
        data = self.document.data
        if data is None:
            return None
        if isinstance(data, Generated):
            return self.generated(network, data)
        if not data:
            self.problem("no points", "give at least one, such as {x: [0, 1], y: [1]}", "data")
            return None
        good = [self.point(network, place, point) for place, point in enumerate(data)]
        if not all(good):
            return None
        return np.array([point.x for point in data]), np.array([point.y for point in data])

    def generated(self, network: Network, data: Generated) -> tuple[Array, Array] | None:
        try:
            return generated_points(data, network, signed=self.document.compat is Compat.PLAYGROUND)
        except UserError as error:
            self.problem(error.message, error.hint, "data", error.where)
            return None

    def point(self, network: Network, place: int, point: Point) -> bool:
        before = len(self.report.problems)
        if len(point.x) != network.inputs:
            hint = f"give {network.inputs}, one per input"
            self.problem(f"{len(point.x)} numbers", hint, "data", place, "x")
        outputs = network.layers[-1].units
        if len(point.y) != outputs:
            hint = f"give {outputs}, one per unit of the last layer"
            self.problem(f"{len(point.y)} numbers", hint, "data", place, "y")
        else:
            try:
                check_targets(network.loss, np.array([point.y]))
            except UserError as error:
                self.problem(error.message, error.hint, "data", place, "y")
        return len(self.report.problems) == before

    def training(self) -> Training:
        document = self.document
        playground = document.compat is Compat.PLAYGROUND
        if playground and document.shuffle:
            self.problem("compat: playground keeps the points in order", "shuffle: false", "shuffle")
        if playground and document.accumulate is Accumulate.FRESH:
            self.problem("compat: playground carries over", "accumulate: carry", "accumulate")
        if playground and not isinstance(document.optimizer, Sgd):
            self.problem("compat: playground knows plain gradient descent only", "kind: sgd", "optimizer")
        penalty = document.regularization
        return Training(
            document.optimizer,
            document.learning_rate
            if document.learning_rate is not None
            else (_PLAYGROUND_RATE if playground else _DEFAULT_RATE),
            document.batch_size or (_PLAYGROUND_BATCH if playground else None),
            not playground if document.shuffle is None else document.shuffle,
            document.accumulate or (Accumulate.CARRY if playground else Accumulate.FRESH),
            Regularization(penalty.kind, penalty.rate or 0.0) if penalty else NO_REGULARIZATION,
            document.epochs,
            document.compat,
        )

    def parameters(self, network: Network, initializer: init.Initializer) -> Parameters:
        document = self.document
        bias = _PLAYGROUND_BIAS if document.compat is Compat.PLAYGROUND else 0.0
        given = {f"W{number}": np.array(matrix) for number, matrix in enumerate(document.weights or [], 1)}
        given |= {f"b{number}": np.array(numbers) for number, numbers in enumerate(document.biases or [], 1)}
        return init.initial(network, initializer, document.seed, bias).replaced(given)
