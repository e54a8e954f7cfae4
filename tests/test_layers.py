"""What is imported when: the core knows no screen, and the shortest command imports next to nothing."""

import subprocess
import sys

import pytest

_CORE = ("nn", "plots", "experiments", "course", "learner")


def modules_after(code: str, *arguments: str) -> set[str]:
    """The top-level modules a fresh interpreter has loaded once it has run the code."""
    script = (
        f"import sys; sys.argv[1:] = {list(arguments)!r}\n{code}\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return set(run.stderr.split())


@pytest.mark.parametrize("layer", _CORE)
def test_a_core_layer_with_all_its_modules_loads_no_textual(layer: str) -> None:
    loaded = modules_after(
        "import importlib, pkgutil\n"
        f"package = importlib.import_module('acttutor.{layer}')\n"
        "for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(module.name)"
    )
    assert "acttutor" in loaded
    assert "textual" not in loaded


def test_the_mathematics_loads_numpy_and_nothing_else() -> None:
    loaded = modules_after("import acttutor.nn.trace, acttutor.nn.activations")
    assert "numpy" in loaded
    assert not loaded & {"textual", "click", "yaml", "msgspec", "plotext", "markdown_it"}


def test_the_version_is_told_before_anything_is_imported() -> None:
    loaded = modules_after("from acttutor.__main__ import main; main()", "--version")
    assert not loaded & {"click", "textual", "numpy", "plotext", "msgspec", "yaml", "platformdirs"}


def test_help_and_completion_import_no_command() -> None:
    for setup in ("sys.argv[1:] = ['--help']", "os.environ['_ACTTUTOR_COMPLETE'] = 'fish_complete'"):
        loaded = modules_after(
            "import os\n"
            "os.environ.update(COMP_WORDS='acttutor ', COMP_CWORD='')\n"
            f"{setup}\n"
            "from acttutor.__main__ import main\n"
            "try: main()\n"
            "except SystemExit as end: assert not end.code"
        )
        assert "click" in loaded
        assert not loaded & {"textual", "numpy", "plotext", "msgspec", "yaml"}


@pytest.mark.parametrize("command", ["trace", "doctor", "mathematics", "plot", "course", "progress"])
def test_a_command_that_only_prints_loads_no_textual(command: str) -> None:
    assert "textual" not in modules_after(f"import acttutor.cli.{command}")
