"""`acttutor progress`: the learner's data, always theirs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acttutor.cli.main import root
from acttutor.learner.events import Confidence, LessonOpened, PageOpened, PageRead, SettingChanged
from acttutor.learner.store import open_store
from tests.cli.small_course import write_small_course
from tests.learner.samples import NOON, answered


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_store(tmp_path / "data", NOON) as store:
        store.append_all(
            (
                LessonOpened("small"),
                PageOpened("small", "one"),
                PageRead("small", "one"),
                answered("first", concept="slopes", confidence=Confidence.SURE),
                answered(
                    "third",
                    concept="chains",
                    correct=False,
                    confidence=Confidence.SURE,
                    misconceptions=("slope-alone",),
                ),
                SettingChanged("theme", "acttutor-dark"),
            ),
            NOON,
        )
    return tmp_path / "data"


def run(data: Path, *arguments: str, options: tuple[str, ...] = (), typed: str = "") -> Result:
    return CliRunner().invoke(
        root, ["--data-dir", str(data), *options, "progress", *arguments], input=typed, prog_name="acttutor"
    )


def test_show_tells_mastery_pages_and_calibration(data: Path, tmp_path: Path) -> None:
    course = write_small_course(tmp_path / "course")
    result = run(data, "show", options=("--lessons", str(course)))
    assert result.exit_code == 0
    assert "1 Small lesson: 1 of 2 pages read" in result.stdout
    assert "●○○○○  1/5  Slopes (1 answer)" in result.stdout
    assert "○○○○○  0/5  Chains (1 answer)" in result.stdout
    assert "3 sure: 1 of 2 right" in result.stdout
    plain = run(data, "show", options=("--lessons", str(course), "--ascii")).stdout
    assert "*----  1/5  Slopes" in plain
    assert "斜率" in run(data, "show", options=("--lessons", str(course), "--lang", "zh")).stdout


def test_show_json_is_one_document(data: Path) -> None:
    result = run(data, "show", "--json")
    assert json.loads(result.stdout) == {
        "path": str(data / "events.db"),
        "saved": True,
        "answers": 2,
        "right": 1,
        "resume": {"lesson": "small", "page": "one"},
        "settings": {"theme": "acttutor-dark"},
        "lessons": [{"id": "small", "page": "one", "pages_read": ["one"]}],
        "concepts": [
            {"id": "slopes", "mastery": 0.2, "dots": 1, "answers": 1},
            {"id": "chains", "mastery": 0.0, "dots": 0, "answers": 1},
        ],
        "calibration": [{"confidence": 3, "said": 2, "right": 1}],
        "misconceptions": [{"id": "slope-alone", "times": 1}],
    }


def test_show_on_a_fresh_machine_says_how_to_begin(tmp_path: Path) -> None:
    result = run(tmp_path / "new", "show")
    assert result.exit_code == 0
    assert "Nothing yet" in result.stdout
    assert json.loads(run(tmp_path / "new", "show", "--json").stdout)["resume"] is None


def test_what_is_exported_here_is_imported_there_once(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    assert run(data, "export", str(file)).exit_code == 0
    there = tmp_path / "there"
    assert "events added: 6; here already: 0" in run(there, "import", str(file)).stderr
    assert "events added: 0; here already: 6" in run(there, "import", str(file)).stderr
    with open_store(data, NOON) as one, open_store(there, NOON) as two:
        assert one.records() == two.records()


def test_an_export_replaces_no_file_unasked(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text("precious")
    result = run(data, "export", str(file))
    assert result.exit_code == 2
    assert result.stderr == f"acttutor: {file}: the file exists (--force replaces it)\n"
    assert file.read_text() == "precious"
    assert run(data, "export", str(file), "--force").exit_code == 0
    assert file.read_text().startswith('{"format":"acttutor-events"')


def test_an_export_may_go_to_stdout_and_an_import_come_from_stdin(data: Path, tmp_path: Path) -> None:
    result = run(data, "export", "-")
    assert (result.exit_code, result.stderr) == (0, "acttutor: events written to stdout: 6\n")
    run(data, "export", str(tmp_path / "mine.jsonl"))
    written = (tmp_path / "mine.jsonl").read_text(encoding="utf-8")
    assert result.stdout.splitlines()[1:] == written.splitlines()[1:]  # the first line has the moment in it
    there = tmp_path / "there"
    assert run(there, "import", "-", typed=result.stdout).stderr == (
        "acttutor: events added: 6; here already: 0\n"
    )
    assert not Path("-").exists()


def test_a_bad_import_from_stdin_names_the_line(data: Path) -> None:
    for typed, says in (("", "stdin: the file is empty"), ("{}\n", "stdin:1: not an export")):
        result = run(data, "import", "-", typed=typed)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert says in result.stderr


def test_a_bad_import_is_one_clear_line_and_changes_nothing(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    run(data, "export", str(file))
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([*lines[:4], lines[4].replace('"correct":true', '"correct":1'), *lines[5:]]))
    there = tmp_path / "there"
    result = run(there, "import", str(file))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"acttutor: {file}:5: not an event")
    assert result.stderr.count("\n") == 1
    assert not there.exists()
    assert run(there, "import", str(tmp_path / "none")).exit_code == 2


def test_reset_asks_first_and_erases_nothing_on_no(data: Path) -> None:
    for typed in ("n\n", "\n", ""):
        result = run(data, "reset", typed=typed)
        assert result.exit_code == 1
        assert result.stderr.endswith("acttutor: nothing was erased\n")
    with open_store(data, NOON) as store:
        assert len(store.records()) == 6


def test_reset_keeps_a_backup_and_restore_brings_it_back(data: Path) -> None:
    with open_store(data, NOON) as store:
        before = store.records()
    assert run(data, "reset", "--yes").exit_code == 0
    with open_store(data, NOON) as store:
        assert store.records() == ()
    listed = run(data, "restore", "--list").stdout.splitlines()
    assert "T" in listed[0].rpartition("events-")[2]  # made before the reset, newer than the daily ones
    assert run(data, "restore").stderr.endswith(": 6\n")
    assert run(data, "restore", listed[-1]).stderr.endswith(": 0\n")
    with open_store(data, NOON) as store:
        assert store.records() == before


def test_restore_says_when_there_is_nothing_to_restore(tmp_path: Path) -> None:
    result = run(tmp_path / "new", "restore")
    assert result.exit_code == 2
    assert "no backup yet" in result.stderr
    (tmp_path / "text").write_text("no database")
    for path, says in (
        ("text", "no backup that can be read"),
        ("none", "no such file"),
        ("", "no such file"),
    ):
        result = run(tmp_path / "new", "restore", str(tmp_path / path))
        assert result.exit_code == 2
        assert says in result.stderr


def test_profiles_are_kept_apart(data: Path) -> None:
    result = run(data, "show", "--json", options=("--profile", "ann"))
    document = json.loads(result.stdout)
    assert document["answers"] == 0
    assert document["path"] == str(data / "profile-ann" / "events.db")
