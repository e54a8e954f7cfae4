"""Standard streams that are closed or full: one clear line and the right exit code, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from acttutor import __version__
from acttutor.cli.doctor import diagnose
from acttutor.cli.options import AppOptions

FULL = Path("/dev/full")

needs_a_shell = pytest.mark.skipif(sys.platform == "win32", reason="redirections are those of a POSIX shell")
needs_a_full_disk = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `acttutor` with arguments and redirections as a shell understands them."""
    return subprocess.run(
        ["/bin/sh", "-c", f'"$PYTHON" -m acttutor {command}'],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHON": sys.executable, "PYTHONUNBUFFERED": "", **environment},
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


@needs_a_shell
@pytest.mark.parametrize(
    "command", ["eval relu 1", "eval relu 1 --json", "--help", "--version", "doctor", "progress export -"]
)
def test_a_closed_stdout_is_told_in_one_line(command: str) -> None:
    result = shell(f"{command} >&-")
    assert (result.returncode, result.stderr) == (2, "acttutor: stdout cannot be written: it is closed\n")


@needs_a_shell
@needs_a_full_disk
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["eval relu 1", "--help", "--version", "plot relu", "progress export -"])
def test_a_full_disk_behind_stdout_is_told_in_one_line(command: str, unbuffered: str) -> None:
    result = shell(f"{command} >/dev/full", PYTHONUNBUFFERED=unbuffered)
    assert result.returncode == 2
    assert result.stderr == "acttutor: stdout cannot be written: No space left on device\n"


@needs_a_shell
@needs_a_full_disk
@pytest.mark.parametrize("command", ["eval nope 1", "lessons", "progress nope"])
def test_where_stderr_cannot_be_written_the_exit_code_still_tells(command: str) -> None:
    for redirection in ("2>&-", "2>/dev/full"):
        result = shell(f"{command} {redirection}")
        assert (result.returncode, result.stdout) == (2, "")


@needs_a_shell
def test_all_streams_closed_is_no_crash() -> None:
    assert shell("doctor <&- >&- 2>&-").returncode == 2


@needs_a_shell
def test_the_app_without_stdin_or_stdout_says_that_it_needs_a_terminal() -> None:
    for redirection in ("<&-", ">&-", "<&- >&-"):
        result = shell(redirection)
        assert result.returncode == 2
        assert result.stderr.startswith("acttutor: the app needs a terminal (")
        assert result.stderr.count("\n") == 1


@needs_a_shell
def test_doctor_needs_no_stdin() -> None:
    result = shell("doctor <&-")
    assert (result.returncode, result.stderr) == (0, "")
    assert f"acttutor         {__version__}" in result.stdout


def test_doctor_looks_at_a_terminal_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(sys, stream, None)
    terminal = diagnose(AppOptions(), {}).terminal
    assert (terminal.interactive, terminal.size, terminal.encoding) == (False, None, "unknown")


@needs_a_shell
def test_reset_without_stdin_erases_nothing_and_says_so(tmp_path: Path) -> None:
    result = shell(f"--data-dir '{tmp_path}/data' progress reset <&-")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == "acttutor: nothing was erased"
    assert "Traceback" not in result.stderr


@needs_a_shell
def test_a_command_that_prints_nothing_does_not_mind_a_closed_stdout(tmp_path: Path) -> None:
    result = shell(f"--data-dir '{tmp_path}/data' progress reset --yes >&-")
    assert result.returncode == 0
    assert result.stderr.startswith("acttutor: erased")


@needs_a_shell
def test_files_opened_later_do_not_take_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """Descriptor 1 would be the export's, and whatever is printed would land in it."""
    target = tmp_path / "mine.jsonl"
    result = shell(f"--data-dir '{tmp_path}/data' progress export '{target}' >&- 2>&-")
    assert result.returncode == 0
    assert target.read_text(encoding="utf-8").count("\n") == 1


def test_the_version_is_printed_by_the_shortcut() -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "acttutor", "--version"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert result.stdout == f"acttutor {__version__}\n"
    assert "click" not in result.stderr
