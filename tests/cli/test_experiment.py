"""`acttutor experiment`: what it prints, how it exits."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from acttutor.cli import experiment as module
from acttutor.cli.options import AppOptions
from acttutor.experiments import experiment as door
from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.i18n import translator
from acttutor.nn.arrays import Array


def acttutor(*arguments: str, options: AppOptions | None = None) -> Result:
    return CliRunner().invoke(module.experiment, arguments, obj=options or AppOptions())


def coin(graded: bool, wins: int) -> Experiment:
    """Heads wins on as many of the first seeds as it is told to."""

    def compute(seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
        heads = np.array([1.0 if place < wins else np.inf for place in range(len(seeds))])
        return {"heads": heads, "tails": np.full(len(seeds), 2.0)}

    arms = (Arm("heads", "heads"), Arm("tails", "tails"))
    return Experiment(
        "coin", "Which side?", "It is thrown.", arms, ("heads",), "side", Better.LOWER, graded, "-", compute
    )


@contextmanager
def known(monkeypatch: pytest.MonkeyPatch, entry: Experiment) -> Iterator[None]:
    """The door finds `entry`, and nothing else."""
    with monkeypatch.context() as patch:
        patch.setattr(door, "experiment", lambda id: entry)
        yield


def test_list_in_json_says_everything_about_every_experiment() -> None:
    cards = json.loads(acttutor("list", "--json").stdout)
    assert [card["id"] for card in cards] == [entry.id for entry in door.experiments()]
    by_id = {card["id"]: card for card in cards}
    assert by_id["confident-wrong"] == {
        "id": "confident-wrong",
        "question": door.experiment("confident-wrong").question,
        "arms": ["bce", "mse"],
        "winners": ["bce"],
        "metric": "steps until p = 0.5",
        "better": "lower",
        "graded": True,
    }


def test_list_names_each_experiment_and_marks_its_winners() -> None:
    text = acttutor("list").stdout
    assert "confident-wrong\n    A sigmoid output" in text
    assert "    ✓ bce, mse\n" in text
    assert acttutor("list", options=AppOptions(ascii=True)).stdout.isascii()


def test_run_in_json_gives_every_score() -> None:
    result = acttutor("run", "init_for_relu", "--seeds", "3", "--seed", "200", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(document) == ["id", "seeds", "arms", "winners", "wins", "verdict"]
    assert (document["id"], document["seeds"]) == ("init-for-relu", [200, 201, 202])
    assert (document["winners"], document["wins"], document["verdict"]) == (["he"], 3, "holds")
    for arm in document["arms"]:
        assert list(arm) == ["id", "scores", "median", "min", "max"]
        assert len(arm["scores"]) == 3
        assert arm["min"] == min(arm["scores"]) <= arm["median"] <= arm["max"] == max(arm["scores"])


def test_nine_seeds_from_0_on_are_run_when_none_are_named() -> None:
    assert json.loads(acttutor("run", "confident-wrong", "--json").stdout)["seeds"] == list(range(9))


def test_run_tells_the_question_a_table_a_drawing_and_one_sentence() -> None:
    result = acttutor("run", "confident-wrong", "--seeds", "2")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("A sigmoid output is sure of the wrong class")
    assert any(line.split() == ["✓", "1", "BCE", "on", "the", "logit", "90", "90", "90"] for line in lines)
    assert any("1 ✓ BCE on the logit" in line for line in lines)
    assert lines[-1] == "BCE on the logit reached 90, MSE on the probability 15041, on 2 of 2 seeds."
    assert "\x1b" not in result.stdout


def test_run_keeps_to_ascii_when_asked() -> None:
    result = acttutor("run", "confident-wrong", options=AppOptions(ascii=True))
    assert result.stdout.isascii()
    assert "* 1  BCE on the logit" in result.stdout


def test_columns_are_aligned_by_the_width_of_what_stands_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    arms = (Arm("heads", "正面朝上"), Arm("tails", "tails"))
    with known(monkeypatch, replace(coin(graded=True, wins=9), arms=arms)):
        lines = acttutor("run", "coin").stdout.splitlines()
    rows = [line for line in lines if line.startswith(("✓ 1  ", "  2  "))]
    assert len(rows) == 2
    assert {cell_len(row) for row in rows} == {cell_len(rows[1])}


def test_run_speaks_the_language_it_is_asked_to() -> None:
    result = acttutor("run", "confident-wrong", "--seeds", "1", options=AppOptions(lang="zh"))
    assert result.exit_code == 0
    assert translator("zh").gettext("option") in result.stdout


@pytest.mark.parametrize(("wins", "code", "verdict"), [(6, 0, "holds"), (5, 1, "fails")])
def test_a_graded_experiment_that_does_not_hold_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, wins: int, code: int, verdict: str
) -> None:
    with known(monkeypatch, coin(graded=True, wins=wins)):
        result = acttutor("run", "coin", "--json")
        told = acttutor("run", "coin")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["wins"], document["verdict"]) == (code, wins, verdict)
    assert told.exit_code == code
    assert f"on {wins} of 9 seeds." in told.stdout


def test_infinite_scores_are_strings_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    with known(monkeypatch, coin(graded=True, wins=1)):
        document = json.loads(acttutor("run", "coin", "--seeds", "2", "--json").stdout)
    assert document["arms"][0]["scores"] == [1.0, "inf"]


def test_an_ungraded_experiment_names_no_winner_and_exits_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    with known(monkeypatch, coin(graded=False, wins=0)):
        result = acttutor("run", "coin")
        document = json.loads(acttutor("run", "coin", "--json").stdout)
    assert result.exit_code == 0
    assert result.stdout.rstrip().endswith("there is no clear winner.")
    assert "✓" not in result.stdout
    assert document["verdict"] == "no clear winner"


def test_an_unknown_experiment_gets_a_suggestion_in_one_line() -> None:
    result = acttutor("run", "confidentwrong")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "did you mean confident-wrong?" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("--seeds", "0"), ("--seeds", "101"), ("--seeds", "x"), ("--seed", "-1"), ("--seeds", "-3")]
)
def test_seeds_out_of_bounds_are_refused(arguments: tuple[str, ...]) -> None:
    result = acttutor("run", "confident-wrong", *arguments)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_nothing_but_the_result_goes_to_stdout_and_no_bar_is_drawn_without_a_terminal() -> None:
    result = acttutor("run", "confident-wrong", "--json")
    assert result.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="a signal to one process needs POSIX")
def test_an_interrupt_ends_the_run_quietly() -> None:
    script = (
        "import os, signal\n"
        "from acttutor.cli import experiment as cli\n"
        "from acttutor.experiments import experiment as door\n"
        "from dataclasses import replace\n"
        "def compute(seeds, report):\n"
        "    report(0.1)\n"
        f"    os.kill(os.getpid(), {int(signal.SIGINT)})\n"
        "    report(0.2)\n"
        "found = replace(door.experiment('acon'), compute=compute)\n"
        "door.experiment = lambda id: found\n"
        "cli.experiment.main(['run', 'acon'], prog_name='acttutor experiment')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 130
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_the_command_loads_no_textual_and_listing_help_computes_nothing() -> None:
    script = (
        "import sys\n"
        "from acttutor.cli.experiment import experiment\n"
        "assert 'numpy' not in sys.modules\n"
        "experiment.main(['list'], standalone_mode=False)\n"
        "assert 'textual' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
