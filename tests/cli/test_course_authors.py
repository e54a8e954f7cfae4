"""`acttutor lessons new` and `lessons coverage`, as a shell sees them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acttutor.cli.main import root as command_line
from tests.course.minimal import FILES, SOURCE_CLAIMS, spoilt, write_course


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, arguments)


def test_a_new_course_is_written_passes_the_checker_and_can_be_read(tmp_path: Path) -> None:
    course = tmp_path / "my course"
    made = run("lessons", "new", str(course), "--id", "slopes")
    assert made.exit_code == 0
    assert f"{course}/01-slopes/lesson.zh.md" in made.stdout
    assert f"acttutor lessons check '{course}'" in made.stdout
    checked = run("lessons", "check", str(course))
    assert (checked.exit_code, checked.stdout) == (0, "")
    read = run("--lessons", str(course), "read", "slopes")
    assert "How steep is sigmoid?" in read.stdout
    assert "show of hands" not in read.stdout


def test_a_folder_with_content_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("lessons", "new", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "new or empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_id_that_is_none_is_refused_in_one_line(tmp_path: Path) -> None:
    result = run("lessons", "new", str(tmp_path / "new"), "--id", "Big Idea")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "new").exists()


def test_a_claim_with_a_page_and_a_question_is_covered(tmp_path: Path) -> None:
    course = str(write_course(tmp_path))
    words, machine = run("lessons", "coverage", course), run("lessons", "coverage", course, "--json")
    assert words.exit_code == machine.exit_code == 0
    assert "   9  wrong      The slope is a half.\n                 slopes#second: number\n" in words.stdout
    assert "1 of 1 claims are put right" in words.stderr
    assert json.loads(machine.stdout) == [
        {
            "number": 9,
            "verdict": "wrong",
            "statement": "The slope is a half.",
            "pages": ["slopes#second"],
            "questions": ["number"],
            "covered": True,
        }
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    questions:\n      - number\n", ""),
        ("      - number\n", "      - gone\n"),
        ("page: slopes#second\n    claims", "page: slopes#gone\n    claims"),
        ("      - 9\n    questions", "      - 8\n    questions"),
    ],
)
def test_a_claim_without_page_or_question_is_open_and_exit_1(old: str, new: str, tmp_path: Path) -> None:
    course = str(write_course(tmp_path, spoilt(old, new, "course.yaml")))
    result = run("lessons", "coverage", course, "--json")
    assert result.exit_code == 1
    assert [claim["covered"] for claim in json.loads(result.stdout)] == [False]
    assert "0 of 1" in run("lessons", "coverage", course).stderr


def test_true_claims_need_no_repair(tmp_path: Path) -> None:
    files = {**FILES, "source-claims.yaml": SOURCE_CLAIMS.replace("verdict: wrong", "verdict: conditional")}
    result = run("lessons", "coverage", str(write_course(tmp_path, files)), "--json")
    assert (result.exit_code, result.stdout) == (0, "[]\n")


@pytest.mark.parametrize("broken", ["course.yaml", "source-claims.yaml"])
def test_a_file_that_cannot_be_read_is_exit_2_with_its_place(broken: str, tmp_path: Path) -> None:
    course = write_course(tmp_path, {**FILES, broken: "format: 2\n"})
    result = run("lessons", "coverage", str(course))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{broken}:1:" in result.stderr


def test_a_course_without_claims_says_what_is_missing(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "source-claims.yaml"}
    result = run("lessons", "coverage", str(write_course(tmp_path, files)))
    assert result.exit_code == 2
    assert "source-claims.yaml" in result.stderr


def test_the_shipped_course_lists_the_forty_claims_that_must_be_put_right() -> None:
    claims = json.loads(run("lessons", "coverage", "--json").stdout)
    assert len(claims) == 40
    assert sum(claim["verdict"] == "wrong" for claim in claims) == 13
    assert all(claim["statement"] for claim in claims)
