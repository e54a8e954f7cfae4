"""The quiz in lines, question by question: orders, drawn numbers, and how each is asked and told."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from acttutor.cli.plain_quiz import PlainQuiz
from acttutor.course.library import load_course
from acttutor.course.model import Course, Language
from acttutor.i18n import translator
from acttutor.learner import session as sitting
from acttutor.learner.events import Answered, Event
from acttutor.learner.progress import Progress
from tests.course.minimal import write_course
from tests.learner.samples import NOON


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return load_course(write_course(tmp_path), Language.EN).course


class Talk:
    """One question of the course, asked in lines and answered by a script."""

    def __init__(self, course: Course, question: str, seed: int = 1) -> None:
        items = [item for item in sitting.items(course) if item.question.id == question]
        self.session = sitting.start(items, Progress(), seed, NOON)
        self.course = course
        self.said: list[str] = []
        self.kept: list[Event] = []

    def letters(self, *ids: str) -> str:
        """What to type for these options, in this order."""
        shown = [option.id for option in self.session.options]
        return " ".join("abcdefgh"[shown.index(id)] for id in ids)

    def type(self, *lines: str) -> list[str]:
        """Type the lines; gives everything that was said, line by line."""
        typed = iter(lines)

        def ask(prompt: str) -> str | None:
            self.said.append(prompt)
            return next(typed, None)

        def keep(events: Iterable[Event]) -> None:
            self.kept.extend(events)

        quiz = PlainQuiz(
            self.course, translator("en"), ask=ask, say=self.said.append, keep=keep, clock=lambda: NOON
        )
        quiz.run(self.session)
        return [line for text in self.said for line in text.split("\n")]

    def answers(self) -> list[Answered]:
        return [event for event in self.kept if isinstance(event, Answered)]


def test_an_order_is_answered_by_its_letters_and_told_step_by_step(course: Course) -> None:
    talk = Talk(course, "steps")
    right = talk.letters("input", "curve", "product")
    said = talk.type(right, "3")
    assert "All of them in the right order, such as: c b a (? hint, q quit):" in said
    assert said[said.index("✓ Right.") + 1] == "The right order:"
    begin = said.index("The right order:") + 1
    assert said[begin : begin + 6] == [
        f"  1. {right[0]}) Take the input",
        "     Everything begins with it.",
        f"  2. {right[2]}) Read off the height",
        "     It needs the input.",
        f"  3. {right[4]}) Multiply height and rest",
        "     It needs the height.",
    ]
    assert [(event.response, event.correct) for event in talk.answers()] == [("input,curve,product", True)]


def test_a_wrong_order_tells_its_mistake_first_and_comes_again(course: Course) -> None:
    talk = Talk(course, "steps")
    said = talk.type(talk.letters("product", "curve", "input").replace(" ", ""), "3")
    wrong = said.index("✗ Not right.")
    assert said[wrong + 1 : wrong + 3] == ["  There is no height yet.", "The right order:"]
    assert talk.answers()[0].misconceptions == ("too-steep",)
    assert any("(once more)" in line for line in said)


@pytest.mark.parametrize("typed", ["a b", "a a b", "a b c a", "abcd"])
def test_an_order_that_is_none_is_asked_again(course: Course, typed: str) -> None:
    talk = Talk(course, "steps")
    said = talk.type(typed, "a b c", "1")
    assert ("Type each letter once." in said) == ("d" not in typed)
    assert len(talk.answers()) == 1


def test_a_drawn_number_is_asked_with_its_numbers_and_its_seed_is_kept(course: Course) -> None:
    talk = Talk(course, "drawn")
    numeric = talk.session.question.numeric
    assert numeric is not None
    said = talk.type("?", str(numeric.value), "2")
    text = "\n".join(said)
    assert "{" not in text
    assert "The weight is " in text
    assert "Hint: First the slope at " in text
    assert "✓ Right." in said
    assert talk.answers()[0].seed == talk.session.turn.seed


def test_a_missed_number_is_told_with_its_decimals(course: Course) -> None:
    said = Talk(course, "drawn").type("77", "2")
    told = next(line for line in said if line.startswith("The number is "))
    assert len(told.removeprefix("The number is ").rstrip(".")) <= len("0.1234")
