"""Ways to spoil the small course, and the problem that the checker must then find at the right place."""

from pathlib import Path
from typing import NamedTuple

from acttutor.course.document import Problem
from acttutor.course.lint import check
from acttutor.course.lint_rules import CHAPTERS
from tests.course.minimal import line_of, spoilt, write_course

EN = "01-slopes/lesson.en.md"
ZH = "01-slopes/lesson.zh.md"
QUESTIONS = "01-slopes/questions.en.md"
QUESTIONS_ZH = "01-slopes/questions.zh.md"

CODES = {known.code for chapter in CHAPTERS for known in chapter.rules}


class Rule(NamedTuple):
    """One way to spoil the course, and the problem that must be found: `at` stands on its line and column."""

    code: str
    old: str
    new: str
    path: str
    at: str
    says: str
    column: int | None = None


def rule(code: str, path: str, old: str, new: str, at: str, says: str, column: int | None = None) -> Rule:
    return Rule(code, old, new, path, at, says, column)


def assert_found(case: Rule, tmp_path: Path, *, static: bool = False) -> list[Problem]:
    """The problem is found with its code, its place and its words; gives all of this code in its file."""
    files = spoilt(case.old, case.new)
    problems = check(write_course(tmp_path, files), static=static)
    text = files[case.path]
    line = line_of(text, case.at)
    column = case.column or text.index(case.at) - text.rfind("\n", 0, text.index(case.at))
    found = [p for p in problems if p.code == case.code and p.path == case.path]
    places = [(p.line, p.column) for p in found]
    assert case.code in CODES
    assert (line, column) in places, f"{case.at!r} at {line}:{column}; found {[str(p) for p in problems]}"
    told = " ".join(str(problem) for problem in found)
    assert case.says in told
    return found
