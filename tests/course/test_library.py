"""Loading a course: what is read, what is left out, and what is told about it."""

from pathlib import Path

import pytest

from acttutor.course.document import Severity
from acttutor.course.library import load_course, shipped_root
from acttutor.course.model import Language, QuizBlock, Repair
from acttutor.errors import UserError
from tests.course.minimal import COURSE, FILES, spoilt, write_course

EN = "01-slopes/lesson.en.md"
ZH = "01-slopes/lesson.zh.md"


@pytest.mark.parametrize("language", list(Language))
def test_the_shipped_course_loads_without_a_problem_in_both_languages(language: Language) -> None:
    loaded = load_course(None, language)
    assert loaded.problems == ()
    assert loaded.course.root == shipped_root()
    for lesson in loaded.course.lessons:
        assert lesson.language is language
        assert lesson.pages
        assert all(page.title and page.markdown.strip() for page in lesson.pages)


def test_both_languages_of_the_shipped_course_ask_the_same_questions() -> None:
    english, chinese = (load_course(None, language).course for language in Language)
    assert [q.id for q in english.questions()] == [q.id for q in chinese.questions()]
    for question in english.questions():
        other = chinese.question(question.id)
        assert [(o.id, o.correct, o.misconception) for o in question.options] == [
            (o.id, o.correct, o.misconception) for o in other.options
        ]
        assert (question.numeric is None) == (other.numeric is None)


def test_titles_come_in_the_language_asked_for(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    english, chinese = load_course(root, Language.EN).course, load_course(root, Language.ZH).course
    assert (english.title, chinese.title) == ("A course", "一门课")
    assert (english.concept("slope").title, chinese.concept("slope").title) == ("Slope", "斜率")
    wrong = chinese.misconception("too-steep")
    assert (wrong.title, wrong.repair_lesson, wrong.repair_page) == ("想得太陡", "slopes", "first")
    assert chinese.repairs == (Repair("slopes", "second", (9,), ("number",)),)
    assert (english.term("bend").title, chinese.term("bend").title) == ("bend", "弯曲")
    assert chinese.term("steepness").text == "曲线上升得有多快；见[第一页](page:slopes#first)。"


def test_a_lesson_without_a_translation_comes_in_english_with_a_warning(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.endswith("zh.md")}
    loaded = load_course(write_course(tmp_path, files), Language.ZH)
    assert [lesson.language for lesson in loaded.course.lessons] == [Language.EN]
    assert [(problem.path, problem.severity) for problem in loaded.problems] == [(ZH, Severity.WARNING)]


def test_a_wrong_translation_falls_back_to_english_and_is_told(tmp_path: Path) -> None:
    loaded = load_course(write_course(tmp_path, spoilt("minutes: 5", "minutes: five", ZH)), Language.ZH)
    assert [lesson.language for lesson in loaded.course.lessons] == [Language.EN]
    assert [problem.path for problem in loaded.problems] == [ZH]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("activation: elu", "activation: eluu"),
        ("minutes: 5", "minutes: five"),
        ("```claim\n", "```claim x\n"),
    ],
)
def test_a_lesson_with_errors_is_left_out_and_told(old: str, new: str, tmp_path: Path) -> None:
    loaded = load_course(write_course(tmp_path, spoilt(old, new)), Language.EN)
    assert loaded.course.lessons == ()
    assert [problem.path for problem in loaded.problems] == [EN]


def test_a_false_claim_and_a_long_line_do_not_keep_a_lesson_from_being_read(tmp_path: Path) -> None:
    files = spoilt("equals: 0.25", "equals: 0.5")
    files[EN] = files[EN].replace("caption: Two", f"caption: {'x' * 100} Two")
    loaded = load_course(write_course(tmp_path, files), Language.EN)
    assert len(loaded.course.lessons) == 1


def test_escape_characters_are_dropped_and_told_but_the_lesson_can_be_read(tmp_path: Path) -> None:
    loaded = load_course(write_course(tmp_path, spoilt("See [a", "S\x1bee [a")), Language.EN)
    assert "See [a" in loaded.course.lesson("slopes").page("second").markdown
    assert [problem.code for problem in loaded.problems] == ["character"]


def test_other_lessons_are_read_when_one_is_wrong(tmp_path: Path) -> None:
    files = spoilt("minutes: 5", "minutes: five", EN)
    files["course.yaml"] = COURSE.replace("  - 01-slopes\n", "  - 01-slopes\n  - 02-good\n  - 03-gone\n")
    files["02-good/lesson.en.md"] = FILES[EN].replace("id: slopes", "id: good")
    loaded = load_course(write_course(tmp_path, files), Language.EN)
    assert [(lesson.id, lesson.number) for lesson in loaded.course.lessons] == [("good", 2)]
    assert {problem.path for problem in loaded.problems} == {EN, "03-gone/lesson.en.md"}


@pytest.mark.parametrize("text", ["", "- a\n", "lessons: [", "format: 2\n", "\x00"])
def test_a_course_file_that_is_wrong_is_refused_in_one_line_with_its_place(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^course\.yaml:\d+:\d+: ") as refused:
        load_course(write_course(tmp_path, {"course.yaml": text}), Language.EN)
    assert "\n" not in str(refused.value)


def test_a_folder_without_a_course_file_says_what_a_course_is(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"course\.yaml"):
        load_course(tmp_path, Language.EN)


def test_a_question_on_a_page_is_a_question_of_the_course(tmp_path: Path) -> None:
    block = FILES["01-slopes/questions.en.md"].split("```quiz")[1].replace("id: largest", "id: here")
    files = dict(FILES)
    files[EN] += f"\n```quiz{block.rstrip()}\n"
    course = load_course(write_course(tmp_path, files), Language.EN).course
    assert [question.id for question in course.questions()][:3] == ["here", "largest", "both"]
    assert isinstance(course.lesson("slopes").page("second").block("here"), QuizBlock)
