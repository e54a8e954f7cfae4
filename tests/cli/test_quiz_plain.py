"""The quiz in lines: what a pipe or a screen reader gets, and what is kept of it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acttutor.cli.main import root
from acttutor.learner.events import Answered, Confidence, Event, HintShown
from acttutor.learner.store import open_store
from tests.cli.small_course import write_small_course
from tests.learner.samples import NOON


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_small_course(tmp_path / "course")


def run(course: Path, data: Path, typed: str | bytes, *arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(
        root,
        [
            *("--lessons", str(course), "--data-dir", str(data), "--lang", lang),
            *("quiz", "--plain", "--seed", "1", *arguments),
        ],
        input=typed,
        prog_name="acttutor",
    )


def kept(data: Path) -> list[Event]:
    with open_store(data, NOON) as store:
        return [record.event for record in store.records()]


def letter_of(output: str, option: str) -> str:
    """The letter an option has in what was printed."""
    return next(line.strip()[0] for line in output.splitlines() if line.endswith(f") {option}"))


def answers(data: Path) -> list[Answered]:
    return [event for event in kept(data) if isinstance(event, Answered)]


def test_a_whole_sitting_is_answered_in_lines(course: Path, tmp_path: Path) -> None:
    shown = run(course, tmp_path / "look", "").output
    quarter = letter_of(shown, "A quarter")
    # Which letters are One and Two is known once the third question is on screen: look first.
    first = f"{quarter}\n3\n"
    third = run(course, tmp_path / "look2", first + "1/4\n2\n").output
    both = letter_of(third, "Two") + " " + letter_of(third, "One")
    result = run(course, tmp_path / "data", first + "1/4\n2\n" + both + "\n1\n")
    assert result.exit_code == 0
    assert result.output.count("✓ Right.") == 3
    assert "Right at the first try: 3 of 3." in result.output
    assert [(event.question, event.correct, event.confidence) for event in answers(tmp_path / "data")] == [
        ("first", True, Confidence.SURE),
        ("second", True, Confidence.THINK),
        ("third", True, Confidence.GUESS),
    ]


def test_a_wrong_answer_gets_its_reason_first_a_second_try_and_a_page_to_read(
    course: Path, tmp_path: Path
) -> None:
    half = letter_of(run(course, tmp_path / "look", "", "--concept", "slopes").output, "A half")
    result = run(course, tmp_path / "data", f"{half}\n3\n0.25\n3\n", "--concept", "slopes")
    lines = result.output.splitlines()
    wrong = lines.index("✗ Not right.")
    assert lines[wrong + 1] == f"  {half}) [wrong, your choice] The weights belong in the product."
    assert lines[wrong + 2].endswith("[right] It is a quarter.")
    assert "Question 3 of 3: Small lesson (once more)" in lines
    assert "  - The slope alone decides (see Small lesson: Second page)" in lines
    assert lines[-1] == "To read again: Small lesson: Second page"


def test_confidence_is_asked_before_anything_is_revealed(course: Path, tmp_path: Path) -> None:
    result = run(course, tmp_path / "data", "a\n")
    assert result.output.count("How sure are you?") == 1
    assert "Right." not in result.output
    assert "quarter." not in result.output
    assert answers(tmp_path / "data") == []


def test_hints_are_shown_on_request_and_counted(course: Path, tmp_path: Path) -> None:
    result = run(course, tmp_path / "data", "?\n？\na\n2\nq\n")
    assert "Hint: Halve it twice" in result.output
    assert "There is no further hint." in result.output
    first, second = kept(tmp_path / "data")
    assert first == HintShown("first", 0)
    assert isinstance(second, Answered)
    assert second.hints == 1


@pytest.mark.parametrize("typed", ["q\n", "Q\n", "ｑ\n", "", "a\nq\n", "a\n"])
def test_quitting_and_the_end_of_the_input_leave_quietly(course: Path, tmp_path: Path, typed: str) -> None:
    result = run(course, tmp_path / "data", typed)
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "Nothing was answered."


@pytest.mark.parametrize("typed", ["z", "ab", "", "9", "a?", "\x1b[31m", "🙂", "a" * 5000 + "z"])
def test_what_is_no_answer_is_asked_again(course: Path, tmp_path: Path, typed: str) -> None:
    result = run(course, tmp_path / "data", f"{typed}\na\nmaybe\n2\nq\n")
    assert result.exit_code == 0
    assert result.output.count("Your answer, a to b") == 2
    assert "\x1b" not in result.output
    assert len(answers(tmp_path / "data")) == 1


def test_a_number_in_full_width_digits_is_a_number(course: Path, tmp_path: Path) -> None:
    result = run(course, tmp_path / "data", "a\n1\nnone\n０．２５\n２\nq\n", "--concept", "slopes")
    assert "That is no number." in result.output
    assert answers(tmp_path / "data")[1].correct


def test_bytes_that_are_no_text_are_no_answer(course: Path, tmp_path: Path) -> None:
    result = run(course, tmp_path / "data", b"\xff\xfe\nA\n2\n")
    assert result.exit_code == 0
    assert len(answers(tmp_path / "data")) == 1


def test_formulas_and_marks_are_spoken(course: Path, tmp_path: Path) -> None:
    output = run(course, tmp_path / "data", "").output
    assert "How steep is σ'(0)" in output.replace("′", "'")
    assert "$" not in output


def test_the_questions_follow_the_language(course: Path, tmp_path: Path) -> None:
    output = run(course, tmp_path / "data", "a\n2\nq\n", lang="zh").output
    assert "斜率是多少" in output
    assert "四分之一" in output


def test_an_unknown_concept_is_one_clear_line(course: Path, tmp_path: Path) -> None:
    result = run(course, tmp_path / "data", "", "--concept", "slope")
    assert result.exit_code == 2
    assert result.stderr == "acttutor: no concept 'slope' (did you mean slopes?)\n"
    assert "chains" in run(course, tmp_path / "data", "", "--concept", "xyz").stderr


def test_confident_misses_come_first_in_the_next_sitting(course: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(course, data, "a\n2\n7\n3\nq\n", "--concept", "slopes")
    again = run(course, data, "")
    assert "Number?" in again.output


def test_a_folder_that_cannot_be_written_is_a_warning_not_a_crash(course: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run(course, tmp_path / "file" / "data", "a\n2\nq\n")
    assert result.exit_code == 0
    assert "cannot be written" in result.stderr
    assert result.stderr.count("\n") == 1
    assert "of 1." in result.stdout


def test_each_answer_is_kept_before_its_feedback_is_printed(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import click

    data = tmp_path / "data"
    counts: list[int] = []
    real = click.echo

    def echo(message: object = None, **options: object) -> None:
        if str(message) in ("✓ Right.", "✗ Not right."):
            counts.append(len(answers(data)))
        real(message, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(click, "echo", echo)
    run(course, data, "a\n2\n0.25\n2\nq\n")
    assert counts == [1, 2]
