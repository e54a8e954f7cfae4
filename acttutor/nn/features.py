"""The seven inputs that TensorFlow Playground offers, computed from two raw coordinates."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from acttutor.errors import UserError, did_you_mean
from acttutor.nn.arrays import Array

FEATURES: Mapping[str, Callable[[Array, Array], Array]] = MappingProxyType(
    {
        "x": lambda x, y: x,
        "y": lambda x, y: y,
        "xSquared": lambda x, y: np.square(x),
        "ySquared": lambda x, y: np.square(y),
        "xTimesY": lambda x, y: np.multiply(x, y),
        "sinX": lambda x, y: np.sin(x),
        "sinY": lambda x, y: np.sin(y),
    }
)


def check_features(names: Sequence[str], inputs: int) -> None:
    """Refuse unknown or repeated feature names and any number of raw inputs but two, with a UserError."""
    for index, name in enumerate(names):
        if name not in FEATURES:
            hint = did_you_mean(name, FEATURES) or f"one of {', '.join(FEATURES)}"
            raise UserError(f"unknown feature {name!r}", where="features", hint=hint)
        if name in names[:index]:
            raise UserError(f"feature {name!r} is listed twice", where="features")
    if names and inputs != 2:
        raise UserError(
            f"features are computed from 2 raw inputs, not {inputs}", where="inputs", hint="inputs: 2"
        )


def compute(points: Array, names: Sequence[str]) -> Array:
    """The named features of `points` `(…, samples, 2)`, as `(…, samples, len(names))`."""
    x, y = points[..., 0], points[..., 1]
    with np.errstate(all="ignore"):
        return np.stack([FEATURES[name](x, y) for name in names], axis=-1)
