"""`acttutor activations` and `acttutor eval`: the registry as a table, and its functions at numbers."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from acttutor.cli.output import NumberFriendlyCommand, print_json
from acttutor.errors import UserError

if TYPE_CHECKING:
    from acttutor.nn.activations import Activation, Applied
    from acttutor.nn.arrays import Array


@click.command(cls=NumberFriendlyCommand)
@click.option("--json", "as_json", is_flag=True, help="Print the whole registry as JSON.")
def activations(as_json: bool) -> None:
    """List the activation functions: range, largest slope, parameters."""
    from acttutor.nn.activations import activations as registry

    if as_json:
        print_json([_card(entry) for entry in registry()])
        return
    header = ("name", "range", "max |f'|", "parameters")
    rows = [
        (
            entry.name,
            entry.range,
            "-" if entry.largest_slope is None else f"{entry.largest_slope:.5g}",
            ", ".join(f"{p.name}={p.default:g}" for p in entry.parameters) or "-",
        )
        for entry in registry()
    ]
    _print_table((header, *rows), right=(2,))


@click.command(name="eval", cls=NumberFriendlyCommand)
@click.argument("name")
@click.argument("numbers", metavar="X...", nargs=-1, required=True)
@click.option("--param", "params", metavar="NAME=VALUE", multiple=True, help="Set a parameter; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object of lists.")
def evaluate(name: str, numbers: tuple[str, ...], params: tuple[str, ...], as_json: bool) -> None:
    """Value, derivative and parameter derivatives of activation NAME at the numbers X.

    NAME may be a composition, as in 'sigmoid(relu)', with parameters outer.alpha and inner.alpha. softmax and
    log_softmax take all X together as one vector; their derivative is the Jacobian, row by row.
    """
    from acttutor.nn.activations import Kind, apply
    from acttutor.nn.arrays import as_array

    applied = apply(name, parse_params(params))
    x = as_array([parse_number(text) for text in numbers])
    if as_json:
        print_json(
            {
                "activation": applied.name,
                "params": dict(applied.params),
                "x": x,
                "value": applied.value(x),
                "derivative": applied.derivative(x),
                "param_derivatives": applied.parameter_derivatives(x),
            }
        )
    elif applied.activation.kind is Kind.VECTOR:
        _print_vector(applied, x)
    else:
        _print_elementwise(applied, x)


def parse_number(text: str, where: str = "X") -> float:
    """A number as Python writes it, `inf` and `nan` included, a typographic minus too; raises UserError."""
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise UserError(
            f"{text!r} is no number", where=where, hint="for example 0.5, -1e3, inf or nan"
        ) from None


def parse_params(settings: Sequence[str]) -> dict[str, float]:
    """`alpha=0.1` for every setting; raises UserError for what is no such thing and for a name given twice."""
    params: dict[str, float] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UserError(f"{setting!r} sets nothing", where="--param", hint="for example alpha=0.1")
        if name in params:
            raise UserError(f"{name} is set twice", where="--param")
        params[name] = parse_number(value, f"--param {name}")
    return params


def _card(entry: "Activation") -> dict[str, object]:
    return {
        "name": entry.name,
        "aliases": list(entry.aliases),
        "kind": entry.kind.value,
        "symbol": entry.symbol,
        "formula": entry.formula,
        "derivative": entry.derivative_formula,
        "parameters": [
            {
                "name": parameter.name,
                "default": parameter.default,
                "low": parameter.low,
                "high": parameter.high,
                "low_open": parameter.low_open,
                "high_open": parameter.high_open,
                "learnable": parameter.learnable,
            }
            for parameter in entry.parameters
        ],
        "range": entry.range,
        "largest_slope": entry.largest_slope,
        "largest_slope_at": entry.largest_slope_at,
        "zero_centred": entry.zero_centred,
        "monotonic": entry.monotonic,
        "smoothness": entry.smoothness,
        "saturation": entry.saturation,
        "gain": entry.gain,
        "used": entry.card.used,
        "paper": entry.paper,
        "pytorch": entry.pytorch,
        "keras": entry.keras,
        "jax": entry.jax,
    }


def _print_elementwise(applied: "Applied", x: "Array") -> None:
    columns = {"x": x, "f(x)": applied.value(x), "f'(x)": applied.derivative(x)}
    columns |= {f"df/d{name}": values for name, values in applied.parameter_derivatives(x).items()}
    click.echo(_title(applied))
    rows = [tuple(_number(value) for value in row) for row in zip(*columns.values(), strict=True)]
    _print_table((tuple(columns), *rows), right=range(len(columns)))


def _print_vector(applied: "Applied", x: "Array") -> None:
    click.echo(_title(applied))
    columns = (x, applied.value(x), *applied.derivative(x).T)
    header = ("x", "f(x)", *(f"df/dx{number}" for number in range(1, x.size + 1)))
    rows = [tuple(_number(value) for value in row) for row in zip(*columns, strict=True)]
    _print_table((header, *rows), right=range(len(header)))


def _title(applied: "Applied") -> str:
    params = ", ".join(f"{name} = {_number(value)}" for name, value in applied.params)
    return f"{applied.name}, {params}" if params else applied.name


def _number(value: float) -> str:
    """As many digits as it takes to read the same float64 back."""
    text = repr(float(value))
    return text.removesuffix(".0") if math.isfinite(value) else text


def _print_table(rows: Sequence[Sequence[str]], right: Sequence[int]) -> None:
    """Columns two spaces apart; those whose numbers are in `right` are flush right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
