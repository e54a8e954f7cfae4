"""`acttutor train`: train the network in a file, and tell its numbers at the epochs asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acttutor.cli.drawing import drawn, only_ascii, room
from acttutor.cli.networks import read_network
from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import EXIT_NO, NumberFriendlyCommand, complain, print_json, progress
from acttutor.errors import UserError

if TYPE_CHECKING:
    from acttutor.course.network_file import NetworkFile
    from acttutor.i18n import Translator
    from acttutor.nn.training import Divergence, Snapshot

_MOST_EPOCHS = 1_000_000
_MOST_CHECKPOINTS = 1_000
_CURVE_POINTS = 120
_PLOT_HEIGHT = 14
_LEAST_ROOM = (60, 12)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One network at the end of an epoch."""

    epoch: int
    loss: float
    snapshot: Snapshot


def _epochs(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, ...]:
    """Epochs as people list them, `1,5,20`: whole numbers from 0 up, ascending whatever their order, each once."""
    found = set()
    for word in [] if value is None else value.split(","):
        if not (word.strip().isascii() and word.strip().isdigit()):
            raise click.BadParameter(f"{word.strip()!r} is no epoch: give whole numbers, as in 1,5,20")
        found.add(int(word))
    if len(found) > _MOST_CHECKPOINTS:
        raise click.BadParameter(f"{len(found)} checkpoints are too many: at most {_MOST_CHECKPOINTS}")
    if max(found, default=0) > _MOST_EPOCHS:
        raise click.BadParameter(f"epoch {max(found)} is too far: at most {_MOST_EPOCHS}")
    return tuple(sorted(found))


@click.command(cls=NumberFriendlyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--epochs",
    type=click.IntRange(1, _MOST_EPOCHS),
    help="How often to go through the data. [default: FILE's]",
)
@click.option(
    "--checkpoints",
    callback=_epochs,
    metavar="1,5,20",
    help="Epochs to tell about. [default: the last one]",
)
@click.option("--json", "as_json", is_flag=True, help="Print weights, biases and loss as JSON.")
@pass_options
def train(
    options: AppOptions, file: Path, epochs: int | None, checkpoints: tuple[int, ...], as_json: bool
) -> int:
    """Train the network in FILE (.yaml or .json) and tell loss and weights at some epochs.

    JSON: {"checkpoints": [{"epoch", "loss", "weights", "biases"}], "diverged"}, weights as the file has them,
    [layer][from][to], and "parameters" where activations learn theirs. Epoch 0 is the network before training.
    A run whose numbers leave the finite ones stops, says where, tells its last finite weights under the last
    epoch it finished, and ends with exit code 1.
    """
    network = read_network(file)
    wanted = checkpoints or (epochs or network.training.epochs,)
    last = epochs or max(wanted[-1], 0 if checkpoints else network.training.epochs)
    if wanted[-1] > last:
        raise UserError(
            f"--checkpoints: epoch {wanted[-1]} comes after the last one", hint=f"--epochs {wanted[-1]}"
        )
    curve: list[Checkpoint] = []
    told: list[Checkpoint] = []
    for checkpoint in _checkpoints(network, wanted, last, with_curve=not as_json):
        curve.append(checkpoint)
        if checkpoint.epoch in wanted or checkpoint.snapshot.diverged[0] is not None:
            told.append(checkpoint)
    diverged = curve[-1].snapshot.diverged[0]
    if as_json:
        print_json({"checkpoints": [_document(one) for one in told], "diverged": _reason(diverged)})
    else:
        from acttutor.i18n import translator

        _tell(network, curve, told, options, translator(spoken_language(options)))
    if diverged is not None:
        complain(f"{file}: {diverged}")
        return EXIT_NO
    return 0


def _checkpoints(
    network: NetworkFile, wanted: tuple[int, ...], last: int, *, with_curve: bool
) -> Iterator[Checkpoint]:
    """Train from stop to stop: at the epochs wanted, and for the curve at some on the way; ends on divergence."""
    from acttutor.course.network_training import first_snapshot, plan_of, points_of
    from acttutor.nn.training import losses_of
    from acttutor.nn.training import train as go_on

    plan, points, now = plan_of(network), points_of(network), first_snapshot(network)
    on_the_way = {round(last * step / _CURVE_POINTS) for step in range(_CURVE_POINTS + 1)}
    stops = sorted({*wanted, last, *(on_the_way if with_curve else ())})
    with progress(last, network.path) as move:
        for stop in stops:
            now = go_on(now, plan, points, stop - now.epoch)
            move(now.epoch, None)
            diverged = now.diverged[0]
            reached = now.epoch if diverged is None else diverged.epoch - 1
            yield Checkpoint(reached, float(losses_of(now, points)[0]), now)
            if diverged is not None:
                return


def _document(checkpoint: Checkpoint) -> dict[str, object]:
    parameters = checkpoint.snapshot.of(0)
    learned = {name: value for name, value in parameters.named().items() if name.startswith("p")}
    return {
        "epoch": checkpoint.epoch,
        "loss": checkpoint.loss,
        "weights": parameters.weights,
        "biases": parameters.biases,
        **({"parameters": learned} if learned else {}),
    }


def _reason(diverged: Divergence | None) -> dict[str, object] | None:
    if diverged is None:
        return None
    return {
        "epoch": diverged.epoch,
        "batch": diverged.batch,
        "layer": diverged.layer,
        "operation": diverged.operation,
        "tensor": diverged.tensor,
        "advice": diverged.advice,
    }


def _tell(
    network: NetworkFile,
    curve: list[Checkpoint],
    told: list[Checkpoint],
    options: AppOptions,
    tr: Translator,
) -> None:
    """What was trained, the loss over the epochs where there is room, and the losses asked for."""
    from acttutor.plots.losses import loss_figure
    from acttutor.plots.sheet import plain

    _, ascii_only = tr.gettext, only_ascii(options)

    def say(line: str) -> None:
        click.echo(plain(line) if ascii_only else line)

    shape = "-".join(map(str, (network.network.inputs, *(layer.units for layer in network.network.layers))))
    say(
        _("network {shape}, loss {loss}, {samples} points, learning rate {rate:g}, seed {seed}").format(
            shape=shape,
            loss=network.network.loss,
            samples=len(network.x),
            rate=network.training.learning_rate,
            seed=network.seed,
        )
    )
    say(_how(network, tr))
    width, height = room()
    if width >= _LEAST_ROOM[0] and height >= _LEAST_ROOM[1]:
        epochs, losses = [one.epoch for one in curve], [one.loss for one in curve]
        figure = loss_figure([(_("loss"), epochs, losses)], tr)
        click.echo(drawn(figure, width, min(height, _PLOT_HEIGHT), ascii_only=ascii_only), color=True)
    for checkpoint in [curve[0], *(one for one in told if one is not curve[0])]:
        say(_("epoch {epoch:>6}  loss {loss:.6g}").format(epoch=checkpoint.epoch, loss=checkpoint.loss))


def _how(network: NetworkFile, tr: Translator) -> str:
    """The choices that two programs may make differently, in one line."""
    _, training = tr.gettext, network.training
    parts = [training.optimizer.__struct_config__.tag, _("batches of {n}").format(n=training.batch_size)]
    if training.batch_size is None:
        parts[1] = _("all points at once")
    parts.append(_("reshuffled every epoch") if training.shuffle else _("in the order given"))
    if training.accumulate == "carry":
        parts.append(_("the rest of an epoch carried over"))
    if training.regularization.active:
        parts.append(f"{training.regularization.kind} {training.regularization.rate:g}")
    if training.compat is not None:
        parts.append(f"compat: {training.compat}")
    return _(", ").join(map(str, parts))
