"""Mixed layers, gates, and what a choice of activation adds to the parameters."""

from itertools import pairwise

from acttutor.errors import UserError
from acttutor.experiments.arguments import Arguments, activation, number, whole, word
from acttutor.experiments.measures.base import ACTIVATION, Measure


def _split_units(args: Arguments) -> float:
    """The units that get the first activation; truncation meets 100·0.29 = 28.999…96 and makes 28 of it."""
    share = args.whole("channels") * (args.number("percent") / 100.0)
    return float(int(share) if args.text("rounding") == "truncate" else round(share))


def _glu_output(args: Arguments) -> float:
    """value·f(gate), GLU: Dauphin et al., 2017, arXiv:1612.08083; SwiGLU with silu: Shazeer, 2020, arXiv:2002.05202."""
    return args.number("value") * float(args.activation().value(args.number("gate")))


def _learned_parameters(args: Arguments) -> float:
    """PReLU's a: He et al., 2015; Swish's β: Ramachandran et al., 2017; ACON's p₁, p₂, β: Ma et al., 2021."""
    return float(
        sum(
            parameter.learnable
            for applied in args.activations()
            for parameter in applied.activation.parameters
        )
    )


def _conv_parameters(args: Arguments) -> float:
    """kernel² weights for every pair of channels, and a bias for every channel that comes out."""
    words = args.text("channels").split(",")
    if len(words) < 2 or not all(entry.strip().isdecimal() and int(entry) > 0 for entry in words):
        raise UserError(
            f"conv_parameters: channels must list whole numbers, not {args.text('channels')!r}",
            where="args",
            hint="3,64,128 for example",
        )
    area = args.whole("kernel") ** 2
    return float(sum((area * inputs + 1) * outputs for inputs, outputs in pairwise(map(int, words))))


MEASURES = (
    Measure(
        "split_units",
        "how many of the channels a share of percent/100 gives, truncated or rounded",
        (
            whole("channels"),
            number("percent", low=0.0, high=100.0),
            word("rounding", "truncate", choices=("truncate", "round")),
        ),
        _split_units,
    ),
    Measure(
        "glu_output",
        "value·f(gate), a gated linear unit",
        (number("value"), number("gate"), activation(default="sigmoid")),
        _glu_output,
    ),
    Measure(
        "learned_parameters",
        "how many numbers training may change in these activations, as in relu,mish",
        (ACTIVATION,),
        _learned_parameters,
    ),
    Measure(
        "conv_parameters",
        "weights and biases of convolutions one after another, channels as in 3,64,128",
        (word("channels"), whole("kernel", 3)),
        _conv_parameters,
    ),
)
