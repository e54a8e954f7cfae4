"""`acttutor experiment`: list the choices that can be put to the test, and run one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from acttutor.cli.drawing import drawn, only_ascii, room, wants_colour
from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import EXIT_NO, NumberFriendlyCommand, OneLineErrors, print_json, progress

if TYPE_CHECKING:
    from acttutor.experiments.outcome import Experiment, Outcome
    from acttutor.i18n import Translator

_DEFAULT_SEEDS, _MOST_SEEDS, _LARGEST_SEED = 9, 100, 2**32 - 1
_LEAST_ROOM = (60, 12)
_PLOT_HEIGHT = 16
_BAR_PARTS = 1000


class ExperimentGroup(OneLineErrors, click.Group):
    """The commands about experiments; their errors are one line."""

    command_class = NumberFriendlyCommand


@click.group(cls=ExperimentGroup)
def experiment() -> None:
    """Put a choice to the test: train every option side by side, on the same seeds."""


@experiment.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@pass_options
def list(options: AppOptions, *, as_json: bool) -> None:  # noqa: A001 -- named by the command
    """List the experiments: id, question, options; ✓ marks those that win."""
    from acttutor.experiments.experiment import experiments
    from acttutor.i18n import translator
    from acttutor.plots.arms import won

    if as_json:
        print_json([_card(entry) for entry in experiments()])
        return
    _ = translator(spoken_language(options)).gettext
    mark = won(only_ascii(options))
    for entry in experiments():
        click.echo(entry.id)
        _say(f"    {_(entry.question)}", options)
        winners = entry.winners if entry.graded else ()
        arms = (f"{mark} {arm.id}" if arm.id in winners else arm.id for arm in entry.arms)
        click.echo(f"    {_(', ').join(arms)}" + ("" if entry.graded else f" ({_('no clear winner')})"))


@experiment.command()
@click.argument("id")
@click.option(
    "--seeds",
    "count",
    type=click.IntRange(1, _MOST_SEEDS),
    default=_DEFAULT_SEEDS,
    show_default=True,
    help="How many seeds.",
)
@click.option(
    "--seed",
    "first",
    type=click.IntRange(0, _LARGEST_SEED),
    default=0,
    show_default=True,
    help="The first seed; the others follow it.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_options
def run(options: AppOptions, *, id: str, count: int, first: int, as_json: bool) -> int:
    """Run experiment ID, every option on the same seeds.

    Exit code 0 when the named winners beat every other option on at least two thirds of the seeds, or when no
    winner is named; 1 when they did not.
    """
    from acttutor.experiments.experiment import Verdict
    from acttutor.experiments.experiment import experiment as find
    from acttutor.experiments.experiment import run as put_to_the_test
    from acttutor.i18n import translator

    chosen = find(id)
    with progress(_BAR_PARTS, chosen.id, show_eta=False) as move:
        outcome = put_to_the_test(
            chosen, range(first, first + count), lambda share: move(round(share * _BAR_PARTS), None)
        )
    if as_json:
        print_json(_document(outcome))
    else:
        _tell(outcome, options, translator(spoken_language(options)))
    return EXIT_NO if outcome.verdict is Verdict.FAILS else 0


def _card(entry: Experiment) -> dict[str, object]:
    return {
        "id": entry.id,
        "question": entry.question,
        "arms": [arm.id for arm in entry.arms],
        "winners": entry.winners,
        "metric": entry.metric,
        "better": entry.better,
        "graded": entry.graded,
    }


def _document(outcome: Outcome) -> dict[str, object]:
    return {
        "id": outcome.experiment.id,
        "seeds": outcome.seeds,
        "arms": [
            {
                "id": arm.id,
                "scores": outcome.of(arm.id),
                "median": outcome.median(arm.id),
                "min": outcome.low(arm.id),
                "max": outcome.high(arm.id),
            }
            for arm in outcome.experiment.arms
        ],
        "winners": outcome.experiment.winners,
        "wins": outcome.wins,
        "verdict": outcome.verdict,
    }


def _tell(outcome: Outcome, options: AppOptions, tr: Translator) -> None:
    """Question, table, drawing where there is room, and the sentence, which comes last to stay in sight."""
    from acttutor.plots.arms import arms_figure, arms_sentence, arms_table, metric_text

    _, comparison, ascii_only = tr.gettext, outcome.comparison(tr), only_ascii(options)
    _say(_(outcome.experiment.question), options)
    click.echo()
    _say(_(outcome.experiment.setup), options)
    click.echo()
    table = arms_table(comparison, tr, ascii_only=ascii_only)
    for line in _columns((table.header, *table.rows)):
        _say(line, options)
    width, height = room()
    if width >= _LEAST_ROOM[0] and height >= _LEAST_ROOM[1]:
        click.echo()
        figure = arms_figure(comparison, tr, ascii_only=ascii_only)
        picture = drawn(figure, width, min(height, _PLOT_HEIGHT), ascii_only=ascii_only)
        click.echo(picture, color=wants_colour())
    else:
        _say(metric_text(comparison, tr), options)
    click.echo()
    _say(arms_sentence(comparison, tr), options)


def _say(text: str, options: AppOptions) -> None:
    """A text in lines of the terminal's width; Chinese breaks between characters, which are two cells wide."""
    from rich.console import Console
    from rich.text import Text

    from acttutor.plots.sheet import plain

    width = room()[0]
    for line in Text(plain(text) if only_ascii(options) else text).wrap(Console(width=width), width):
        click.echo(line.plain.rstrip())


def _columns(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Rows as lines: names flush left, numbers flush right, by display width."""
    from rich.cells import cell_len

    names = 2
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blanks = " " * (width - cell_len(cell))
            cells.append(cell + blanks if column < names else blanks + cell)
        yield "  ".join(cells).rstrip()
