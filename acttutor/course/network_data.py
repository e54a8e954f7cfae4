"""The points of a data set, as a network with its loss needs them."""

from acttutor.course.network_schema import Generated
from acttutor.errors import UserError
from acttutor.nn.activations import Applied
from acttutor.nn.arrays import Array
from acttutor.nn.datasets import DataKind, dataset
from acttutor.nn.losses import Loss
from acttutor.nn.network import Network

_FAR = 1e300


def generated_points(wanted: Generated, network: Network, *, signed: bool) -> tuple[Array, Array]:
    """Inputs `(n, 2)` and targets `(n, outputs)` of a data set, the targets on the scale of the loss.

    Classes are 0 and 1 for `bce`, and for `mse` too, except that they are −1 and 1 where the last layer goes
    from −1 to 1 (tanh, hard_tanh, softsign) and where `signed` (compat: playground) says so; for
    `cross_entropy` with its two outputs they are [1, 0] and [0, 1]. The numbers of a `reg-…` set are used as
    they are, with `mse`. Raises UserError, with `where` naming a key of the data set, when the set is unknown,
    a number out of bounds, or the network has not 2 inputs and as many outputs as there are targets.
    """
    made = dataset(wanted.dataset, wanted.n, wanted.noise, wanted.seed)
    if network.inputs != 2:
        raise UserError(
            f"{made.name} has 2 inputs, the network {network.inputs}", where="dataset", hint="inputs: 2"
        )
    if made.kind is DataKind.REGRESSION and network.loss is not Loss.MSE:
        raise UserError(
            f"{made.name} has numbers to predict, and {network.loss} needs classes",
            where="dataset",
            hint="loss: mse, or a set with classes such as xor",
        )
    targets = _targets(network, made.y, made.signed, made.one_hot, signed=signed)
    outputs = network.layers[-1].units
    if outputs != targets.shape[-1]:
        wants = "1 output" if targets.shape[-1] == 1 else f"{targets.shape[-1]} outputs"
        raise UserError(
            f"{made.name} with {network.loss} needs {wants}, not the {outputs} of the last layer",
            where="dataset",
            hint=f"units: {targets.shape[-1]} in the last layer",
        )
    return made.x, targets


def _targets(network: Network, plain: Array, plus_minus: Array, one_hot: Array, *, signed: bool) -> Array:
    if network.loss is Loss.CROSS_ENTROPY:
        return one_hot
    if network.loss is Loss.MSE and (signed or all(map(_from_minus_one, network.layers[-1].activations))):
        return plus_minus
    return plain


def _from_minus_one(applied: Applied) -> bool:
    """Whether the function goes from −1 to 1, and so can never be right about a 0 and a 1 alike."""
    return bool(applied.value([-_FAR, _FAR]).tolist() == [-1.0, 1.0])
