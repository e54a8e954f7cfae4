"""`acttutor plot`: activations and derivatives drawn in the terminal, told in words, or given as numbers."""

import math
import re
from collections.abc import Sequence

import click

from acttutor.cli.drawing import drawn, only_ascii, room, wants_colour
from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import NumberFriendlyCommand, print_json
from acttutor.errors import UserError

_NARROWEST, _LOWEST, _WIDEST, _HIGHEST = 20, 5, 400, 150
_PARTS = ("outer", "inner")


def _limits(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[float, float]:
    """`LO:HI`: two finite numbers, the lower one first."""
    low, colon, high = value.partition(":")
    try:
        limits = (float(low), float(high))
    except ValueError:
        raise click.BadParameter(f"{value} is no range: write two numbers as -8:8") from None
    if not colon or not all(map(math.isfinite, limits)) or limits[0] >= limits[1]:
        raise click.BadParameter(f"{value} is no range: it needs two finite numbers, the lower one first")
    return limits


def _size(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """`WxH`: columns and lines, within what can be drawn."""
    if value is None:
        return None
    match = re.fullmatch(r"([0-9]{1,6})[x×X]([0-9]{1,6})", value.strip())
    if match is None:
        raise click.BadParameter(f"{value} is no size: write columns x lines as 80x24")
    width, height = int(match[1]), int(match[2])
    if not (_NARROWEST <= width <= _WIDEST and _LOWEST <= height <= _HIGHEST):
        limits = f"{_NARROWEST}x{_LOWEST} to {_WIDEST}x{_HIGHEST}"
        raise click.BadParameter(f"{value} is out of bounds: sizes go from {limits}")
    return width, height


@click.command(cls=NumberFriendlyCommand)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--derivative", is_flag=True, help="Draw the derivatives too.")
@click.option(
    "--range", "limits", callback=_limits, default="-6:6", metavar="LO:HI", help="Draw x from LO to HI."
)
@click.option("--size", callback=_size, metavar="WxH", help="Columns and lines, 20x5 to 400x150.")
@click.option(
    "--param",
    "settings",
    multiple=True,
    metavar="NAME.P=V",
    help="Set a parameter: elu.alpha=2, inner.beta=1.",
)
@click.option("--table", "as_table", is_flag=True, help="Tell it in words and as a table.")
@click.option("--json", "as_json", is_flag=True, help="Print the curves as numbers.")
@pass_options
def plot(
    options: AppOptions,
    *,
    names: tuple[str, ...],
    derivative: bool,
    limits: tuple[float, float],
    size: tuple[int, int] | None,
    settings: tuple[str, ...],
    as_table: bool,
    as_json: bool,
) -> None:
    """Draw activations, and with --derivative their derivatives, over each other.

    NAME is a name or an alias, or a composition such as sigmoid(relu), whose parameters are outer.P and inner.P.
    """
    from acttutor.nn.activations import apply
    from acttutor.plots.curves import Curve, curves
    from acttutor.plots.ticks import check_range

    given = assigned(names, settings)
    applied = [apply(name, params) for name, params in zip(names, given, strict=True)]
    specs = [Curve(one, slope) for one in applied for slope in ((False, True) if derivative else (False,))]
    width, height = size or room()
    if as_json:
        _print_numbers(specs, limits, width)
        return
    check_range(*limits)
    figure = curves(specs, *limits, columns=width)
    ascii_only = only_ascii(options)
    if as_table:
        from acttutor.i18n import translator
        from acttutor.plots.describe import sentence, table, text_table
        from acttutor.plots.sheet import plain

        tr = translator(spoken_language(options))
        told = sentence(figure, tr)
        click.echo(plain(told) if ascii_only else told)
        click.echo()
        click.echo("\n".join(text_table(table(figure, tr), ascii_only=ascii_only)))
        return
    click.echo(drawn(figure, width, height, ascii_only=ascii_only), color=wants_colour())


def assigned(names: Sequence[str], settings: Sequence[str]) -> list[dict[str, float]]:
    """The parameters of each name: `elu.alpha=2` is for elu, `inner.alpha=2` for the compositions, `alpha=2` for all.

    Raises UserError for a setting that is no assignment of a number, and for one that no name takes.
    """
    from acttutor.nn.activations import get

    activations = [get(name) for name in names]
    given: list[dict[str, float]] = [{} for _ in names]
    for setting in settings:
        target, equals, text = setting.partition("=")
        value = _number(text) if equals else None
        if value is None:
            raise UserError(f"{setting!r} is no parameter setting", where="--param", hint="write elu.alpha=2")
        owners = [
            (index, parameter)
            for index, (name, activation) in enumerate(zip(names, activations, strict=True))
            for parameter in [
                _parameter(target.strip(), (name.strip(), activation.name, *activation.aliases))
            ]
            if parameter is not None
        ]
        takers = [
            (index, parameter)
            for index, parameter in owners
            if parameter in (known.name for known in activations[index].parameters)
        ]
        if not owners:
            raise UserError(
                f"{target!r} belongs to none of the activations drawn",
                where="--param",
                hint=f"the names are {', '.join(names)}",
            )
        # Where no one takes it, the first owner says so itself, with a suggestion.
        for index, parameter in takers or owners[:1]:
            given[index][parameter] = value
    return given


def _parameter(target: str, called: Sequence[str]) -> str | None:
    """What `target` is called inside an activation known by these names; None when it means another one."""
    for name in called:
        if target.lower().startswith(name.lower() + "."):
            return target[len(name) + 1 :]
    prefix, dot, _ = target.partition(".")
    return target if not dot or prefix in _PARTS else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _print_numbers(specs: Sequence[object], limits: tuple[float, float], width: int) -> None:
    from acttutor.plots.curves import Curve, grid

    xs = grid(*limits, columns=width)
    print_json(
        {
            "range": limits,
            "x": xs,
            "curves": [
                {
                    "name": spec.applied.name,
                    "label": spec.name,
                    "derivative": spec.derivative,
                    "params": dict(spec.applied.params),
                    "y": spec.values(xs),
                }
                for spec in specs
                if isinstance(spec, Curve)
            ],
        }
    )
