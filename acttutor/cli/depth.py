"""`acttutor depth`: what becomes of a signal and of its gradient in a deep stack of equal layers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import NumberFriendlyCommand, print_json
from acttutor.cli.plot import assigned
from acttutor.course.line_breaks import wrapped
from acttutor.errors import UserError

if TYPE_CHECKING:
    from acttutor.cli.depth_text import Stack
    from acttutor.nn.depth import DepthProfile
    from acttutor.nn.kinds import Applied
    from acttutor.plots.describe import Table
    from acttutor.plots.figure import Figure

MOST_LAYERS, WIDEST, LARGEST_BATCH = 1000, 512, 4096
_DRAWN_LINES = 16

_OF_A_STACK = ("width", "batch", "init", "gain", "residual", "norm", "seed")
_OF_A_CHAIN = ("weight", "z", "start")


@click.command(cls=NumberFriendlyCommand)
@click.argument("name")
@click.option("--depth", "layers", type=click.IntRange(1, MOST_LAYERS), default=30, help="Layers [30].")
@click.option("--width", type=click.IntRange(1, WIDEST), default=64, help="Units of a layer [64].")
@click.option("--batch", type=click.IntRange(1, LARGEST_BATCH), default=64, help="Samples [64].")
@click.option(
    "--init",
    default="xavier",
    metavar="SCHEME",
    help="First weights: xavier, he, lecun, normal:STD or uniform:R [xavier].",
)
@click.option("--gain", type=float, default=1.0, help="Multiplies the spread of the weights [1].")
@click.option("--residual", is_flag=True, help="Add each layer's input to its output.")
@click.option(
    "--norm",
    type=click.Choice(("none", "batch", "layer")),
    default="none",
    help="Normalise over the batch or over the layer.",
)
@click.option("--seed", type=click.IntRange(0), default=0, help="Of weights, input and gradient [0].")
@click.option(
    "--param",
    "settings",
    multiple=True,
    metavar="NAME.P=V",
    help="Set a parameter: elu.alpha=2, inner.beta=1.",
)
@click.option("--chain", is_flag=True, help="One unit a layer, all with the same weight.")
@click.option("--weight", type=float, default=1.0, metavar="W", help="With --chain: the weight [1].")
@click.option("--z", type=float, default=0.0, metavar="Z", help="With --chain: z in (w·f'(z))^n [0].")
@click.option("--start", type=float, default=1.0, metavar="H", help="With --chain: h before layer 1 [1].")
@click.option("--table", "as_table", is_flag=True, help="Every layer as a table, and no drawing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
@pass_options
def depth(
    options: AppOptions,
    ctx: click.Context,
    *,
    name: str,
    layers: int,
    width: int,
    batch: int,
    init: str,
    gain: float,
    residual: bool,
    norm: str,
    seed: int,
    settings: tuple[str, ...],
    chain: bool,
    weight: float,
    z: float,
    start: float,
    as_table: bool,
    as_json: bool,
) -> None:
    """Signal and gradient, layer by layer, in a deep stack with activation NAME.

    Inputs are N(0, 1), and so is the gradient handed in at the top. Norms are over the whole layer (Frobenius),
    as log10, so that nothing under- or overflows. The signal is a layer's output; the gradient is by its
    pre-activations. Dead: a unit that is off for every sample, where its function is flat there. Saturated: a
    slope below 1% of the largest. NAME may be a composition, sigmoid(relu), or several that take turns over the
    units: relu,mish.

    \b
    --json prints
      {"activation","params","init","gain","depth","width","batch","residual",
       "norm","seed","layers":[{"layer","log10_signal","log10_delta","dead",
       "saturated"}],"ratio_log10","factor"}
    ratio_log10: log10 of the gradient at layer 1 over that at the last layer;
    factor: what that is for each layer on the way down.

    With --chain, two things are followed down layers of one unit: (w·f'(z))^n with every layer at the same z,
    and h <- f(w·h) from h = H, with dh/dH.

    \b
    --chain --json prints
      {"activation","params","weight","depth","z","factor","gradient",
       "log10_gradient","start","layers":[{"layer","value","factor","gradient",
       "log10_gradient"}]}
    """
    _refuse_options(ctx, _OF_A_STACK if chain else _OF_A_CHAIN, chain=chain)
    applied = _applied(name, settings)
    if chain:
        _chain(options, applied, layers, (weight, z, start), as_table=as_table, as_json=as_json)
        return
    from acttutor.cli.depth_text import Stack
    from acttutor.nn.depth import measure
    from acttutor.nn.normalization import Norm

    stack = Stack(applied, init.strip().lower(), gain, layers, width, batch, residual, Norm(norm), seed)
    profile = measure(
        applied,
        depth=layers,
        width=width,
        batch=batch,
        init=init,
        gain=gain,
        residual=residual,
        norm=Norm(norm),
        seed=seed,
    )
    if as_json:
        print_json(as_document(stack, profile))
        return
    from acttutor.cli.depth_text import norms_figure, stack_lines, stack_table
    from acttutor.i18n import translator

    tr = translator(spoken_language(options))
    told = stack_lines(stack, profile, tr)
    _print(options, told, norms_figure(profile, tr), stack_table(profile, tr, every=as_table), as_table)


def as_document(stack: Stack, profile: DepthProfile) -> dict[str, object]:
    """What `--json` prints of a stack."""
    return {
        "activation": stack.name,
        "params": stack.params,
        "init": stack.init,
        "gain": stack.gain,
        "depth": stack.depth,
        "width": stack.width,
        "batch": stack.batch,
        "residual": stack.residual,
        "norm": stack.norm,
        "seed": stack.seed,
        "layers": [
            {
                "layer": number,
                "log10_signal": layer.log10_signal,
                "log10_delta": layer.log10_delta,
                "dead": layer.dead,
                "saturated": layer.saturated,
            }
            for number, layer in enumerate(profile.layers, 1)
        ],
        "ratio_log10": profile.log10_ratio,
        "factor": profile.factor,
    }


def _chain(
    options: AppOptions,
    applied: tuple[Applied, ...],
    layers: int,
    numbers: tuple[float, float, float],
    *,
    as_table: bool,
    as_json: bool,
) -> None:
    from acttutor.cli.depth_text import Chain, chain_figure, chain_lines, chain_table
    from acttutor.i18n import translator

    chain = Chain.follow(applied, layers, *numbers)
    if as_json:
        print_json(
            {
                "activation": chain.applied.name,
                "params": dict(chain.applied.params),
                "weight": chain.weight,
                "depth": len(chain.links),
                "z": chain.z,
                "factor": chain.factor,
                "gradient": chain.gradient,
                "log10_gradient": chain.log10_gradient,
                "start": chain.start,
                "layers": [
                    {
                        "layer": number,
                        "value": link.value,
                        "factor": link.factor,
                        "gradient": link.gradient,
                        "log10_gradient": link.log10_gradient,
                    }
                    for number, link in enumerate(chain.links, 1)
                ],
            }
        )
        return
    tr = translator(spoken_language(options))
    told = chain_lines(chain, tr)
    _print(options, told, chain_figure(chain, tr), chain_table(chain, tr, every=as_table), as_table)


def _print(options: AppOptions, told: Sequence[str], figure: Figure, table: Table, as_table: bool) -> None:
    """The first line, a drawing where there is a terminal, the table, and what it means."""
    from acttutor.cli.drawing import drawn, only_ascii, room, wants_colour
    from acttutor.plots.describe import text_table
    from acttutor.plots.sheet import plain

    ascii_only = only_ascii(options)
    first, *rest = [plain(line) for line in told] if ascii_only else told
    click.echo(first + "\n")
    if sys.stdout.isatty() and not as_table:
        width, height = room()
        drawing = drawn(figure, width, min(height, _DRAWN_LINES), ascii_only=ascii_only)
        click.echo(drawing + "\n", color=wants_colour())
    click.echo("\n".join((*text_table(table, ascii_only=ascii_only), "")))
    for line in rest:
        click.echo("\n".join(wrapped(line, 80)))


def _applied(name: str, settings: Sequence[str]) -> tuple[Applied, ...]:
    """The activations of a name, several of them parted by commas, with their parameters."""
    from acttutor.nn.activations import apply

    names = [part.strip() for part in name.split(",")]
    if not all(names):
        raise UserError(f"{name!r} has an empty name in it", where="NAME", hint="for example relu,mish")
    given = assigned(names, settings)
    return tuple(apply(one, params) for one, params in zip(names, given, strict=True))


def _refuse_options(ctx: click.Context, names: Sequence[str], *, chain: bool) -> None:
    """An option that would change nothing is most likely a slip."""
    for name in names:
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            kind = "does not go with" if chain else "needs"
            raise click.UsageError(f"--{name} {kind} --chain", ctx)
