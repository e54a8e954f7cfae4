"""The author's guide: current, complete, and enough to write a course that passes the checker."""

import re
from pathlib import Path

import pytest

from acttutor.course import guide
from acttutor.course.blocks import BLOCK_KINDS, BLOCK_NAMES
from acttutor.course.course_keys import CourseKeys, GlossaryKeys, LessonKeys, QuestionsKeys, SourceClaimsKeys
from acttutor.course.library import shipped_root
from acttutor.course.lint import check
from acttutor.course.lint_rules import CHAPTERS
from acttutor.course.network_schema import Adam, Generated, LayerEntry, Momentum, NetworkDocument, Point
from acttutor.course.scaffolding import create, example
from acttutor.errors import UserError
from tests.course.minimal import write_course

README = (shipped_root() / "README.md").read_text(encoding="utf-8")


def test_the_guide_of_authors_is_current() -> None:
    assert guide.refreshed(README) == README, "run python -m acttutor.course.guide lessons/README.md"


def test_a_part_that_was_changed_by_hand_is_written_anew() -> None:
    spoilt = README.replace("- `evidence`", "- `evidenze`").replace("zh: 我的课程", "zh: 课")
    assert spoilt != README
    assert guide.refreshed(spoilt) == README
    with pytest.raises(KeyError):
        guide.refreshed("<!-- nothing: begin -->\n<!-- nothing: end -->")


def test_who_follows_the_guide_alone_writes_a_course_without_a_problem(tmp_path: Path) -> None:
    files = dict(re.findall(r"^`([^`\n]+)`:\n\n````\n(.*?)^````$", README, re.DOTALL | re.MULTILINE))
    assert {"course.yaml", "glossary.yaml", "01-first-lesson/questions.zh.md"} <= set(files)
    assert check(write_course(tmp_path, files), static=False) == []


def test_the_example_shows_every_type_of_question_and_most_blocks() -> None:
    text = "".join(text for _, text in example())
    for type_ in ("choice", "multiple", "numeric", "order"):
        assert f"type: {type_}" in text
    for part in (
        "```plot",
        "```claim",
        "```predict",
        "```experiment",
        "```note",
        "```quiz",
        "evidence: ",
        "variables:",
    ):
        assert part in text


@pytest.mark.parametrize("kind", BLOCK_KINDS, ids=lambda kind: kind.name)
def test_every_key_of_every_block_is_told(kind) -> None:  # type: ignore[no-untyped-def]
    section = guide.keys_guide().split(f"### `{kind.name}`")[1].split("\n### ")[0]
    for field in kind.keys.__struct_encode_fields__:
        assert f"- `{field}`" in section


@pytest.mark.parametrize("keys", [CourseKeys, GlossaryKeys, SourceClaimsKeys, LessonKeys, QuestionsKeys])
def test_every_key_of_every_file_is_told(keys) -> None:  # type: ignore[no-untyped-def]
    section = (
        guide.keys_guide().split(f"### {keys.__doc__.splitlines()[0].rstrip('.')}")[1].split("\n### ")[0]
    )
    for field in keys.__struct_encode_fields__:
        assert f"- `{field}`" in section


def test_every_key_of_a_network_is_told_with_the_kinds_of_optimizer() -> None:
    section = guide.keys_guide().split("### `network`")[1].split("\n### ")[0]
    for struct in (NetworkDocument, LayerEntry, Point, Generated, Momentum, Adam):
        for field in struct.__struct_encode_fields__:
            assert f"- `{field}`" in section
    assert "one of sgd, momentum, adam" in section
    assert "one of mse, bce, cross_entropy" in section


def test_every_block_has_its_place_in_the_guide() -> None:
    prose = README.split("<!-- keys: begin")[0]
    assert all(f"`{name}`" in prose for name in BLOCK_NAMES)


def test_each_code_is_listed_once() -> None:
    codes = [rule.code for chapter in CHAPTERS for rule in chapter.rules]
    assert len(codes) == len(set(codes))


def test_a_new_course_has_no_problem_whatever_its_lesson_is_called(tmp_path: Path) -> None:
    for id in ("first-lesson", "a", "x" * 40):
        written = create(tmp_path / id, id)
        assert {path.parent.name for path in written} == {id, f"01-{id}"}
        assert check(tmp_path / id, static=False) == []


def test_a_folder_with_content_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(UserError, match="has content") as refused:
        create(tmp_path)
    assert "new or empty" in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(UserError, match="no folder"):
        create(tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("id", ["", "Big", "a b", "../up", "x" * 41, "a\n"])
def test_an_id_that_is_none_is_refused_before_anything_is_written(id: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--id"):
        create(tmp_path / "new", id)
    assert not (tmp_path / "new").exists()
