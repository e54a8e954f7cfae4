"""Every test has its own data directory, speaks English, and starts from the same random state."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import settings

# As in `acttutor.__main__`, and before NumPy is imported: tests run in parallel already.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A loaded machine must not turn a slow example into a failure, and another machine must see the same ones.
settings.register_profile("acttutor", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("acttutor")

_LANGUAGE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANGUAGE")
_LOOK_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TEXTUAL_ANIMATIONS", "COLUMNS", "LINES")


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for the test and the processes it starts, where platformdirs looks."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    for variable, folder in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("LOCALAPPDATA", "local"),
    ):
        monkeypatch.setenv(variable, str(home / folder))
    return home


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """English, a known terminal, and the same random numbers whatever ran before."""
    for variable in (*_LANGUAGE_VARIABLES, *_LOOK_VARIABLES):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    random.seed(0)
