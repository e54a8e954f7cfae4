import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from acttutor import __version__
from acttutor.cli import main
from acttutor.cli.main import COMMANDS, LazyCommand, root
from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import NumberFriendlyCommand, print_json
from acttutor.errors import UserError


def run(*arguments: str) -> Result:
    return CliRunner().invoke(root, arguments, prog_name="acttutor")


def process(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "acttutor", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@click.command(cls=NumberFriendlyCommand)
@click.argument("words", nargs=-1)
@click.option("--param")
@click.option("--json", "as_json", is_flag=True)
def probe(words: tuple[str, ...], param: str | None, as_json: bool) -> None:
    print_json([words, param, as_json])


@click.command()
@pass_options
def report_options(options: AppOptions) -> None:
    print_json([options.lang, str(options.data_dir), options.profile, options.no_animation, options.ascii])


@click.command()
@click.argument("kind")
def stumble(kind: str) -> None:
    if kind == "user":
        raise UserError("7 is no layer\x1b[2J", where="net.yaml:3", hint="1 to 3")
    if kind == "interrupt":
        raise KeyboardInterrupt
    if kind == "no":
        raise SystemExit(1)


@pytest.fixture
def probes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own commands in the table of the root group."""
    table = tuple(
        LazyCommand(name, f"{__name__}:{target}", "For tests.")
        for name, target in (("probe", "probe"), ("options", "report_options"), ("stumble", "stumble"))
    )
    monkeypatch.setattr(main, "COMMANDS", table)


def test_the_version_is_printed_alone() -> None:
    for result in (process("--version"), process("--lang", "zh", "--version")):
        assert (result.returncode, result.stdout, result.stderr) == (0, f"acttutor {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_of_the_table_exists(command: LazyCommand) -> None:
    module, _, name = command.target.partition(":")
    assert isinstance(getattr(import_module(module), name), click.Command)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command: LazyCommand) -> None:
    result = run(command.name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: acttutor {command.name}")


def test_help_lists_every_command_with_its_summary() -> None:
    help_text = run("--help").stdout
    for command in COMMANDS:
        assert command.name in help_text
        assert command.summary in help_text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("evl", "relu", "1"), "unknown command evl: did you mean eval?"),
        (("xyzzy",), "unknown command xyzzy: the commands are activations, eval"),
        (("--lagn", "zh"), "--lagn"),
        (("--lang", "fr"), "'fr' is not one of 'en', 'zh'"),
        (("--profile", "../me"), "a profile is 1 to 32"),
        (("--profile", ""), "a profile is 1 to 32"),
        (("--profile", "a" * 33), "a profile is 1 to 32"),
        (("--lessons", "no/such/folder", "lessons"), "no/such/folder"),
        (("--data-dir", "", "doctor"), "it is empty: name a folder"),
        (("--lessons", "", "lessons", "list"), "it is empty: name a folder"),
    ],
)
def test_wrong_usage_is_one_line_on_stderr_and_exit_2(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("group", ["lessons", "progress"])
def test_a_group_without_a_command_shows_its_help_as_wrong_usage(group: str) -> None:
    result = run(group)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == run(group, "--help").stdout
    assert result.stderr.startswith(f"Usage: acttutor {group}")
    assert "\nCommands:\n" in result.stderr


def test_the_folder_one_is_in_may_be_named() -> None:
    assert json.loads(run("--data-dir", ".", "doctor", "--json").stdout)["data"]["path"] == "."


@pytest.mark.usefixtures("probes")
def test_a_user_error_is_one_line_on_stderr_and_cannot_steer_the_terminal() -> None:
    result = run("stumble", "user")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "acttutor: net.yaml:3: 7 is no layer\\u001b[2J (1 to 3)\n"


@pytest.mark.usefixtures("probes")
def test_an_interrupt_is_exit_130_and_an_answer_no_is_exit_1() -> None:
    interrupted = run("stumble", "interrupt")
    assert (interrupted.exit_code, interrupted.stdout) == (130, "")
    assert run("stumble", "no").exit_code == 1


@pytest.mark.usefixtures("probes")
def test_options_before_the_command_reach_it(tmp_path: Path) -> None:
    result = run(
        "--lang",
        "zh",
        "--data-dir",
        str(tmp_path),
        "--profile",
        "class-B_2",
        "--no-animation",
        "--ascii",
        "options",
    )
    assert json.loads(result.stdout) == ["zh", str(tmp_path), "class-B_2", True, True]


@pytest.mark.usefixtures("probes")
@pytest.mark.parametrize("number", ["-1", "-1e3", "-.5", "-inf", "-Infinity", "-nan", "-1.5e-3"])
def test_negative_numbers_are_arguments_with_and_without_dashes_before_them(number: str) -> None:
    for arguments in (("x", number, "--json", number), ("--json", "--", "x", number, number)):
        result = run("probe", *arguments)
        assert json.loads(result.stdout) == [["x", number, number], None, True]


@pytest.mark.usefixtures("probes")
def test_negative_numbers_are_values_of_options_too() -> None:
    assert json.loads(run("probe", "--param", "-1", "x").stdout) == [["x"], "-1", False]


@pytest.mark.usefixtures("probes")
def test_a_word_with_a_dash_is_still_an_unknown_option() -> None:
    result = run("probe", "-x")
    assert result.exit_code == 2
    assert "-x" in result.stderr
    assert json.loads(run("probe", "--", "-x").stdout) == [["-x"], None, False]


@given(st.lists(st.floats().map(repr) | st.text("ab", min_size=1), max_size=5))
def test_any_mixture_of_numbers_and_words_arrives_as_it_was_typed(words: list[str]) -> None:
    result = CliRunner().invoke(probe, words)
    assert json.loads(result.stdout)[0] == words


def test_a_reader_that_stops_early_is_no_error() -> None:
    code = (
        "import click\n"
        "from acttutor.cli import main\n"
        "@click.command()\n"
        "def talk():\n"
        "    for _ in range(100_000): click.echo('line')\n"
        "main.COMMANDS = (main.LazyCommand('talk', '__main__:talk', ''),)\n"
        "main.run(['talk'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().strip() == b"line"
        running.stdout.close()
        assert running.stderr.read() == b""
        running.wait(60)


def test_output_a_terminal_cannot_show_becomes_question_marks() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "acttutor", "doctor"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        timeout=60,
        check=False,
    )
    assert result.returncode == 0
    assert b"acttutor" in result.stdout


def test_the_language_comes_from_the_flag_then_the_saved_choice_then_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert spoken_language(AppOptions(lang="en"), "zh") == "en"
    assert spoken_language(AppOptions(), "en") == "en"
    assert spoken_language(AppOptions()) == "zh"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_ACTTUTOR_COMPLETE={shell}_complete" in result.stdout


def test_the_shell_is_offered_commands_and_options() -> None:
    def offered(incomplete: str) -> list[str]:
        environment = {
            "_ACTTUTOR_COMPLETE": "bash_complete",
            "COMP_WORDS": f"acttutor {incomplete}",
            "COMP_CWORD": "1",
        }
        result = CliRunner(env=environment).invoke(root, prog_name="acttutor")
        return [line.partition(",")[2] for line in result.stdout.splitlines()]

    assert offered("pl") == ["plot"]
    assert "--lang" in offered("--")


def test_json_has_no_number_that_json_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    print_json(
        {"a": np.array([1.0, np.nan, np.inf, -np.inf]), "b": np.float64(0.1), "c": (np.int64(3), None, True)}
    )
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"a": [1.0, "nan", "inf", "-inf"], "b": 0.1, "c": [3, None, True]}
    assert printed.count("\n") == 1


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_json_numbers_are_the_same_after_reading_them(number: float) -> None:
    with CliRunner().isolation() as (out, *_):
        print_json(np.float64(number))
        assert json.loads(out.getvalue()) == number


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError):
        print_json(object())
