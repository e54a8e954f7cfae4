"""`acttutor lessons …` and `acttutor read`, as a shell sees them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acttutor.cli.main import root as command_line
from tests.course.minimal import LESSON_EN, line_of, spoilt, write_course

EN = "01-slopes/lesson.en.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, arguments)


def test_a_course_without_problems_passes_silently_on_stdout(tmp_path: Path) -> None:
    result = run("lessons", "check", str(write_course(tmp_path)))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no problems" in result.stderr


def test_an_error_is_one_line_with_its_place_and_exit_1(tmp_path: Path) -> None:
    root = write_course(tmp_path, spoilt("minutes: 5", "minutes: 5\nminits: 6", EN))
    result = run("lessons", "check", str(root))
    line = line_of(LESSON_EN, "minutes: 5") + 1
    assert result.exit_code == 1
    assert (
        f"{EN}:{line}:1: unknown-key: unknown key minits (did you mean minutes?)"
        in result.stdout.splitlines()
    )


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    (root / "01-slopes" / "notes.txt").write_text("", encoding="utf-8")
    result = run("lessons", "check", str(root))
    assert result.exit_code == 0
    assert "unknown-file" in result.stdout


def test_json_is_one_list_of_problems(tmp_path: Path) -> None:
    root = write_course(tmp_path, spoilt("activation: elu", "activation: eluu"))
    result = run("lessons", "check", str(root), "--json")
    problems = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [sorted(problem) for problem in problems] == [
        ["code", "column", "line", "message", "path", "severity", "suggestion"]
    ] * 2
    assert problems[0]["path"] == EN
    assert problems[0]["severity"] == "error"
    assert problems[0]["suggestion"] == "did you mean elu?"
    assert run("lessons", "check", str(write_course(tmp_path / "good")), "--json").stdout == "[]\n"


def test_static_does_not_compute_claims(tmp_path: Path) -> None:
    root = str(write_course(tmp_path, spoilt("equals: 0.25", "equals: 0.5")))
    assert run("lessons", "check", root, "--static").exit_code == 0
    computed = run("lessons", "check", root)
    assert computed.exit_code == 1
    assert "claim-false: measured 0.25" in computed.stdout


@pytest.mark.parametrize("name", ["nowhere", "file", "empty"])
def test_what_is_no_course_is_exit_2_with_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    result = run("lessons", "check", str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert name in result.stderr


def test_the_shipped_course_is_listed_in_words_and_in_json() -> None:
    words, machine = run("lessons", "list"), run("lessons", "list", "--json")
    assert words.exit_code == machine.exit_code == 0
    lessons = json.loads(machine.stdout)
    assert len(lessons) == 10
    for lesson in lessons:
        assert 6 <= len(lesson["pages"]) <= 10, lesson["id"]
        assert lesson["questions"] >= 15, lesson["id"]
        assert lesson["id"] in words.stdout


def test_a_lesson_is_read_in_either_language() -> None:
    english, chinese = run("read", "3"), run("read", "vanishing-gradients", "--lang", "zh")
    assert english.exit_code == chinese.exit_code == 0
    assert "Vanishing gradients" in english.stdout
    assert "梯度消失" in chinese.stdout
    assert "\x1b" not in english.stdout + chinese.stdout


def test_an_unknown_lesson_gets_a_suggestion_and_exit_2() -> None:
    result = run("read", "vanishing-gradient")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean vanishing-gradients?" in result.stderr


def test_escape_sequences_of_a_lesson_never_reach_stdout(tmp_path: Path) -> None:
    root = write_course(tmp_path, spoilt("See [a", "S\x1b[31mee\u202e [a"))
    result = run("--lessons", str(root), "read", "slopes")
    assert result.exit_code == 0
    assert "S[31mee a page" in result.stdout
    for text in (result.stdout, result.stderr, run("lessons", "check", str(root)).output):
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_the_format_command_tells_every_key() -> None:
    result = run("lessons", "format")
    assert result.exit_code == 0
    assert "### `plot`" in result.stdout
    assert "- `misconception`" in result.stdout


def test_a_course_of_ones_own_is_named_in_the_commands_it_tells(tmp_path: Path) -> None:
    root = write_course(tmp_path / "my course")
    told = " ".join(run("--lessons", str(root), "read", "slopes").stdout.split())
    assert f"acttutor --lessons '{root}' quiz --plain" in told
    assert "Answer them with: acttutor quiz --plain" in run("read", "1").stdout
