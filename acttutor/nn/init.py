"""First weights: the usual random schemes, normal or uniform, with biases at 0.

Xavier: Glorot & Bengio, 2010, AISTATS, §4.2.1. He: He et al., 2015, arXiv:1502.01852, §2.2. LeCun: LeCun et
al., Efficient BackProp, 1998, §4.6.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from acttutor.errors import UserError, did_you_mean
from acttutor.nn.arrays import Array
from acttutor.nn.network import Network, Parameters


class Scheme(StrEnum):
    """How the spread of the first weights is chosen."""

    XAVIER = "xavier"
    HE = "he"
    LECUN = "lecun"
    NORMAL = "normal"
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True)
class Initializer:
    """A scheme, for `normal` its standard deviation and for `uniform` the bound R of U(−R, R), and a gain.

    `gain` multiplies the standard deviation, whatever the scheme.
    """

    scheme: Scheme
    scale: float = 0.0
    gain: float = 1.0

    def deviation(self, fan_in: int, fan_out: int) -> float:
        """The standard deviation of the weights between `fan_in` and `fan_out` units."""
        match self.scheme:
            case Scheme.XAVIER:
                return self.gain * math.sqrt(2.0 / (fan_in + fan_out))
            case Scheme.HE:
                return self.gain * math.sqrt(2.0 / fan_in)
            case Scheme.LECUN:
                return self.gain * math.sqrt(1.0 / fan_in)
            case Scheme.NORMAL:
                return self.gain * self.scale
            case Scheme.UNIFORM:
                return self.gain * self.scale / math.sqrt(3.0)

    def draw(self, rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        """Weights `(fan_in, fan_out)`; the same generator state gives the same numbers on every machine."""
        if self.scheme is Scheme.UNIFORM:
            return (rng.random((fan_in, fan_out)) * 2.0 - 1.0) * (self.gain * self.scale)
        return rng.standard_normal((fan_in, fan_out)) * self.deviation(fan_in, fan_out)


def parse(text: str, gain: float = 1.0) -> Initializer:
    """An initialiser from `xavier`, `he`, `lecun`, `normal:STD` or `uniform:R`.

    Raises UserError for an unknown scheme, for a scale that is missing, not finite or negative, and for a
    gain that is not finite.
    """
    if not math.isfinite(gain):
        raise UserError(f"the gain must be a finite number, not {gain}", where="gain")
    name, colon, scale_text = text.strip().lower().partition(":")
    if name not in list(Scheme):
        hint = did_you_mean(name, Scheme) or "one of xavier, he, lecun, normal:STD, uniform:R"
        raise UserError(f"unknown initialisation {text!r}", where="init", hint=hint)
    scheme = Scheme(name)
    if scheme not in (Scheme.NORMAL, Scheme.UNIFORM):
        if colon:
            raise UserError(f"{name} takes no number", where="init", hint=f"{name}, with a gain beside it")
        return Initializer(scheme, gain=gain)
    wanted = (
        "normal:0.1 for a standard deviation of 0.1"
        if scheme is Scheme.NORMAL
        else "uniform:0.5 for U(-0.5, 0.5)"
    )
    try:
        scale = float(scale_text)
    except ValueError:
        raise UserError(f"{name} needs a number after the colon", where="init", hint=wanted) from None
    if not math.isfinite(scale) or scale < 0:
        raise UserError(
            f"{name} needs a finite number of at least 0, not {scale_text}", where="init", hint=wanted
        )
    return Initializer(scheme, scale, gain)


def initial(network: Network, initializer: Initializer, seed: int, bias: float = 0.0) -> Parameters:
    """First parameters: weights drawn layer by layer from one generator, every bias `bias`.

    Learned activation parameters start at the values the network's layers give.
    """
    rng = np.random.default_rng(seed)
    widths = network.widths
    return Parameters(
        tuple(initializer.draw(rng, fan_in, fan_out) for fan_in, fan_out in pairwise(widths)),
        tuple(np.full(fan_out, bias) for fan_out in widths[1:]),
        tuple(layer.initial() for layer in network.layers),
    )
