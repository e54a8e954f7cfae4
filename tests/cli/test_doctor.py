import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acttutor import __version__
from acttutor.cli.cursor import measure_widths
from acttutor.cli.doctor import colour_support, data_place, package_versions
from acttutor.cli.main import root

needs_terminals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(root, arguments, prog_name="acttutor")


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a pseudo-terminal: the terminal's own, and the program's."""
    ours, theirs = os.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def test_json_tells_what_a_bug_report_needs(tmp_path: Path) -> None:
    result = run("--data-dir", str(tmp_path / "new"), "doctor", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert report["version"] == __version__
    assert report["data"] == {"path": str(tmp_path / "new"), "exists": False, "writable": True}
    assert report["terminal"]["interactive"] is False
    assert report["terminal"]["widths"] is None
    assert {"textual", "numpy", "click"} <= set(report["packages"])
    assert not (tmp_path / "new").exists()


def test_a_person_gets_the_same_in_lines() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert f"acttutor         {__version__}" in result.stdout.splitlines()
    assert "not measured" in result.stdout


def test_the_profile_has_its_own_directory(tmp_path: Path) -> None:
    first = json.loads(run("--data-dir", str(tmp_path), "doctor", "--json").stdout)
    second = json.loads(run("--data-dir", str(tmp_path), "--profile", "b", "doctor", "--json").stdout)
    assert first["data"]["path"] != second["data"]["path"]


def test_a_directory_that_cannot_be_written_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("acttutor.cli.doctor.tempfile.TemporaryFile", refuse)
    assert not data_place(tmp_path).writable
    assert "NOT writable" in run("--data-dir", str(tmp_path), "doctor").stdout


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    place = data_place(tmp_path)
    assert (place.exists, place.writable) == (True, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "interactive", "expected"),
    [
        ({"TERM": "xterm-256color"}, True, "256"),
        ({"TERM": "xterm"}, True, "16"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True, "16 million"),
        ({"TERM": "dumb"}, True, "none: TERM is not set or dumb"),
        ({"TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"}, True, "none: NO_COLOR is set"),
        ({"TERM": "xterm-256color"}, False, "none: not a terminal"),
    ],
)
def test_colours_follow_the_conventions(environ: dict[str, str], interactive: bool, expected: str) -> None:
    assert colour_support(environ, interactive) == expected


def test_versions_cover_what_is_needed_at_run_time_and_nothing_for_development() -> None:
    found = package_versions()
    assert {"numpy", "plotext", "textual"} <= found.keys()
    assert "missing" not in found.values()
    assert "pytest" not in found


@needs_terminals
def test_widths_are_what_the_terminal_answers(terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    os.write(ours, b"\x1b[1;2Rx\x1b[4;3R")
    # The terminal's line discipline turns nothing of this into a line, so the answers wait to be read.
    assert measure_widths("α", theirs, theirs, timeout=5) == {"α": 1}


@needs_terminals
def test_a_terminal_that_does_not_answer_is_not_measured_and_left_as_it_was(
    terminal: tuple[int, int],
) -> None:
    import termios

    _, theirs = terminal
    before = termios.tcgetattr(theirs)
    assert measure_widths("α中", theirs, theirs, timeout=0.01) is None
    assert termios.tcgetattr(theirs) == before
