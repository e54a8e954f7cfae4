"""Every gradient held against a central finite difference.

Analytic gradients are computed by hand-written rules; a finite difference knows nothing but the loss. Where
both agree, the rules are right (Bengio, Practical Recommendations, 2012, arXiv:1206.5533, §4.2).
"""

from dataclasses import dataclass

import numpy as np

from acttutor.nn.arrays import Array
from acttutor.nn.network import Forward, Network, Parameters, forward, gradients, loss_of
from acttutor.nn.operations import TrainingStep

STEP = 1e-5
NEAR_KINK = 1e-3


@dataclass(frozen=True, slots=True)
class Check:
    """One entry of one parameter: its gradient by backpropagation and by finite difference.

    `relative_error` is |analytic − numeric| / max(1, |analytic|, |numeric|): relative where gradients are
    large, absolute where they are small. With `near_kink` a pre-activation that depends on the parameter
    lies so close to a kink that the two may rightly differ.
    """

    name: str
    entry: tuple[int, ...]
    analytic: float
    numeric: float
    relative_error: float
    near_kink: bool


def check(step: TrainingStep) -> tuple[Check, ...]:
    """Check every entry of every parameter, learned activation parameters too, in the order of their names.

    Like the gradients themselves, the difference leaves the penalty out. Costs two forward passes an entry.
    """
    near = _near_kinks(step.network, forward(step.network, step.parameters, step.x), step.parameters)
    analytic = gradients(step.network, step.parameters, step.x, step.y).named()
    return tuple(
        _compare(step, name, entry, float(analytic[name][entry]), near[_layer(name) - 1])
        for name, values in step.parameters.named().items()
        for entry in np.ndindex(values.shape)
    )


def numeric_gradient(step: TrainingStep, name: str, entry: tuple[int, ...]) -> float:
    """The central difference of the loss by one entry, 1e-5 (times the entry, if large) to each side."""
    values = step.parameters.named()[name]
    half = STEP * max(1.0, abs(float(values[entry])))
    above, below = _moved(values, entry, half), _moved(values, entry, -half)
    with np.errstate(all="ignore"):
        difference = _loss(step, name, above) - _loss(step, name, below)
        # The distance as it came out after rounding, not 2·half, is what the loss was moved by.
        return float(difference / (above[entry] - below[entry]))


def _compare(step: TrainingStep, name: str, entry: tuple[int, ...], analytic: float, near: bool) -> Check:
    numeric = numeric_gradient(step, name, entry)
    with np.errstate(all="ignore"):
        error = abs(np.float64(analytic) - numeric) / max(1.0, abs(analytic), abs(numeric))
    return Check(name, entry, analytic, numeric, float(error), near)


def _loss(step: TrainingStep, name: str, values: Array) -> Array:
    return loss_of(step.network, step.parameters.replaced({name: values}), step.x, step.y)


def _moved(values: Array, entry: tuple[int, ...], by: float) -> Array:
    moved = np.array(values)
    moved[entry] += by
    return moved


def _layer(name: str) -> int:
    return int(name[1:].partition(".")[0])


def _near_kinks(network: Network, passed: Forward, parameters: Parameters) -> tuple[bool, ...]:
    """For each layer, whether a pre-activation in it or above lies within NEAR_KINK of a kink."""
    near: list[bool] = []
    for index in reversed(range(len(network.layers))):
        layer, seen = network.layers[index], passed.seen[index]
        here = False
        # A loss on the logits skips the last activation and with it the kinks.
        if not (network.loss.on_logits and index == len(network.layers) - 1):
            for unit, applied in enumerate(layer.applied(parameters.activation[index])):
                z = seen[..., unit] if layer.mixed else seen
                here = here or any(bool((np.abs(z - kink) <= NEAR_KINK).any()) for kink in applied.kinks)
        near.append(here or (near[-1] if near else False))
    return tuple(reversed(near))
