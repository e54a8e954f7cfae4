"""`acttutor trace`: one training step of a network, operation by operation, as a table or as JSON."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from acttutor.cli.networks import read_network
from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import NumberFriendlyCommand, complain, print_json
from acttutor.course.formula import linear
from acttutor.course.network_file import NetworkFile
from acttutor.errors import UserError
from acttutor.i18n import Translator, translator
from acttutor.nn.arrays import Array
from acttutor.nn.trace import Operation, Trace
from acttutor.nn.trace import trace as take_apart
from acttutor.tui.simulation.words import kind_name, phase_name

_VALUES_SHOWN = 4
_INDENT = " " * 11


@click.command(cls=NumberFriendlyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print every operation with its full value as JSON.")
@pass_options
def trace(options: AppOptions, file: Path, as_json: bool) -> None:
    """One training step of the network in FILE (.yaml or .json), operation by operation.

    The step is plain gradient descent on the first batch, in the order of the file.
    """
    network = read_network(file)
    try:
        result = take_apart(network.step())
    except UserError as error:
        raise _at_its_line(error, network) from error
    tr = translator(spoken_language(options))
    if as_json:
        print_json(as_document(result))
    else:
        for line in table(result, tr, ascii_only=options.ascii):
            click.echo(line)
    told = overflow(result, tr)
    if told:
        complain(f"{file}: {told}")


def _at_its_line(error: UserError, network: NetworkFile) -> UserError:
    """An error about `layer N` as one about the line of the file where that layer is described."""
    layer = re.fullmatch(r"layer (\d+)", error.where)
    if layer is None:
        return error
    place = int(layer[1]) - 1
    return UserError(
        f"layers[{place}]: {error.message}", where=network.place("layers", place), hint=error.hint
    )


def overflow(result: Trace, tr: Translator) -> str:
    """Where the numbers first left the float64 range, in a line; empty where they never did."""
    _ = tr.gettext
    for name, tensor in result.initial.items():
        if not np.isfinite(tensor).all():
            return _("{tensor} overflowed before the first operation: {entry}").format(
                tensor=name, entry=_first_entry(name, tensor)
            )
    for operation in result.operations:
        if not np.isfinite(operation.value).all():
            told = _("{tensor} overflowed in operation {index} ({what}): {entry}").format(
                tensor=operation.writes,
                index=operation.index,
                what=kind_name(operation.kind, tr),
                entry=_first_entry(operation.writes, operation.value),
            )
            return _("{told}; smaller weights or inputs help").format(told=told)
    return ""


def _first_entry(name: str, tensor: Array) -> str:
    """The first number of a tensor that is not finite, with its place, counted from 1: z1[2, 1] = inf."""
    place = tuple(np.argwhere(~np.isfinite(tensor))[0])
    at = "[" + ", ".join(str(index + 1) for index in place) + "]" if place else ""
    return f"{name}{at} = {tensor[place]:g}"


def as_document(result: Trace) -> dict[str, object]:
    """The trace as DESIGN lays it out for JSON; tensors are nested lists, a single number is itself."""
    return {
        "operations": [
            {
                "index": operation.index,
                "phase": operation.phase,
                "layer": operation.layer,
                "kind": operation.kind,
                "formula": operation.formula,
                "reads": operation.reads,
                "writes": operation.writes,
                "value": operation.value,
            }
            for operation in result.operations
        ],
        "loss": result.loss,
        "gradients": result.gradients,
        "parameters_after": result.parameters_after,
    }


def table(result: Trace, tr: Translator, *, ascii_only: bool = False) -> Iterator[str]:
    """The trace as lines: two an operation, its tensor with the value, then what it means; phases have headings."""
    _ = tr.gettext
    network = result.network
    shape = "-".join(map(str, (network.inputs, *(layer.units for layer in network.layers))))
    yield _("network {shape}, loss {loss}, {samples} samples, learning rate {rate:g}").format(
        shape=shape, loss=network.loss, samples=len(result.x), rate=result.learning_rate
    )
    rows = [_Row.of(operation, ascii_only) for operation in result.operations]
    writes_width = max(len(row.writes) for row in rows)
    phase = None
    for row, operation in zip(rows, result.operations, strict=True):
        if operation.phase is not phase:
            phase = operation.phase
            yield ""
            yield phase_name(phase, tr)
        yield f"{row.index:>4}  {row.layer:>3}  {row.writes:<{writes_width}}  {row.value}"
        formula = linear(operation.formula, ascii_only=ascii_only)
        yield f"{_INDENT}{kind_name(operation.kind, tr)}: {formula}"
    yield ""
    yield _("loss {loss:.6g}").format(loss=result.loss)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one operation."""

    index: str
    layer: str
    writes: str
    value: str

    @classmethod
    def of(cls, operation: Operation, ascii_only: bool) -> "_Row":
        shape = ("x" if ascii_only else "×").join(map(str, operation.value.shape))
        return cls(
            str(operation.index),
            str(operation.layer or "-"),
            f"{operation.writes} [{shape}]" if shape else operation.writes,
            brief(operation.value, "to" if ascii_only else "…"),
        )


def brief(value: Array, between: str = "…") -> str:
    """A tensor in a few characters: its numbers where they are few, else how far they reach."""
    flat = value.ravel()
    if flat.size <= _VALUES_SHOWN:
        return "  ".join(f"{number:.4g}" for number in flat)
    return f"{flat.min():.4g} {between} {flat.max():.4g}"
