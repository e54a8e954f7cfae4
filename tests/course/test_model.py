"""The model: finding things by name, and blocks by their line."""

from pathlib import Path

import pytest

from acttutor.course.generated import instance
from acttutor.course.library import load_course
from acttutor.course.model import Course, Language, QuestionType
from acttutor.errors import UserError
from tests.course.minimal import write_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return load_course(write_course(tmp_path), Language.EN).course


@pytest.mark.parametrize("name", ["slopes", "01-slopes", "1"])
def test_a_lesson_is_found_by_id_folder_and_number(course: Course, name: str) -> None:
    assert course.lesson(name).id == "slopes"


@pytest.mark.parametrize(
    ("find", "says"),
    [
        (lambda course: course.lesson("slope"), "did you mean slopes?"),
        (lambda course: course.lesson("xyz"), "lessons are slopes"),
        (lambda course: course.question("larges"), "did you mean largest?"),
        (lambda course: course.concept("slop"), "did you mean slope?"),
        (lambda course: course.misconception("steep"), "did you mean too-steep?"),
        (lambda course: course.term("bent"), "did you mean bend?"),
        (lambda course: course.lesson("slopes").page("frist"), "did you mean first?"),
        (lambda course: course.question("largest").option("zeroo"), "did you mean zero?"),
    ],
)  # type: ignore[misc]
def test_what_is_not_there_is_told_with_the_nearest_name(course: Course, find, says: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UserError) as missing:
        find(course)
    assert says in str(missing.value)


def test_a_block_is_found_by_its_line_in_the_markdown(course: Course) -> None:
    for page in course.lesson("slopes").pages:
        lines = page.markdown.split("\n")
        for block in page.blocks:
            line = block.line - page.line
            assert lines[line].startswith("```")
            assert page.block_at(line) is block
            assert page.block_at(line + 1) is None
            assert not block.id or page.block(block.id) is block


def test_questions_come_in_their_order_and_their_numbers_can_be_computed(course: Course) -> None:
    asked = list(course.questions())
    assert [(question.id, question.type) for question in asked] == [
        ("largest", QuestionType.CHOICE),
        ("both", QuestionType.MULTIPLE),
        ("number", QuestionType.NUMERIC),
        ("drawn", QuestionType.NUMERIC),
        ("steps", QuestionType.ORDER),
        ("loss", QuestionType.CHOICE),
    ]
    numeric = instance(course.question("number"), seed=0).numeric
    assert numeric is not None
    assert numeric.value == 0.25
    assert numeric.mistakes[0].misconception == "too-steep"


def test_pages_are_numbered_from_one(course: Course) -> None:
    lesson = course.lesson("slopes")
    assert [lesson.page_number(page.id) for page in lesson.pages] == [1, 2]
