"""Every rule of `lessons check`, each in a course that breaks it and no other."""

from pathlib import Path

import pytest

from acttutor.course.document import Severity
from acttutor.course.library import shipped_root
from acttutor.course.lint import check
from acttutor.errors import UserError
from tests.course.lint_rules import EN, QUESTIONS, ZH, Rule, assert_found, rule
from tests.course.minimal import COURSE, FILES, LESSON_EN, QUESTIONS_EN, line_of, spoilt, write_course

RULES = (
    rule("unknown-key", "course.yaml", "repair: ", "repairs: ", "repairs: slopes#first", "did you mean repair?"),
    rule("value", "course.yaml", "number: 1", "number: one", "one", "a whole number"),
    rule("reference", "course.yaml", "slopes#first", "slopes#frist", "slopes#frist", "slopes#first"),
    rule("reference", "course.yaml", "page: slopes#second", "page: slops#second", "slops#second", "slopes#second"),
    rule("missing-folder", "course.yaml", "01-slopes", "02-slopes", "02-slopes", "did you mean 01-slopes?"),
    rule("value", "course.yaml", "01-slopes", "../01-slopes", "../01-slopes", "such as 01-slopes"),
    rule("unknown-key", EN, "minutes: 5", "minuts: 5", "minuts", "did you mean minutes?"),
    rule("missing-key", EN, "minutes: 5\n", "", "format: 1", "minutes is missing"),
    rule("value", EN, "id: slopes", "id: Slopes!", "Slopes!", "a-z"),
    rule("front-matter", EN, "---\nformat: 1", "format: 1", "format: 1", "begin the file with ---"),
    rule("reference", EN, "concepts:\n  - slope\n", "concepts:\n  - slop\n", "slop\n", "did you mean slope?"),
    rule("reference", EN, "objectives:", "requires:\n  - others\nobjectives:", "others", "no lesson others"),
    rule("heading", EN, "## The second page {#second}", "## The second page", "## The second", "{#page-id}"),
    rule("id", EN, "{#second}", "{#Second}", "Second}", "a-z"),
    rule("heading", EN, "See [a", "# Big\n\nSee [a", "# Big", "front matter"),
    rule("page", EN, "## The first page", "Hello.\n\n## The first page", "Hello.", "before the first page"),
    rule("duplicate-id", EN, "id: quarter", "id: curve", "curve\ntext: The slope", "second block curve"),
    rule("duplicate-id", EN, "{#second}", "{#first}", "## The second", "second page first"),
    rule("unknown-block", EN, "```plot", "```plott", "```plott", "did you mean plot?", 4),
    rule("block-place", EN, "```claim", "   ```claim", "   ```claim", "column 0"),
    rule("block-place", EN, "```claim", "```claim here", "```claim here", "alone"),
    rule("block", EN, "```math\na = b\n```", "```claim\nwords\n```", "```claim\nwords", "no mapping"),
    rule("fence", EN, "      y: [1]\n```", "      y: [1]\n", "```sim", "never closed"),
    rule("duplicate-key", EN, "id: curve\n", "id: curve\nid: curve\n", "id: curve\ncurves", "keep one"),
    rule("activation", EN, "activation: elu", "activation: eluu", "eluu", "did you mean elu?"),
    rule("activation", EN, "alpha: 2", "alfa: 2", "2\n    derivative", "alpha"),
    rule("activation", EN, "alpha: 2", "alpha: -2", "-2\n    derivative", "alpha"),
    rule("activation", EN, "activation: tanh", "activation: softmax", "softmax", "sigmoid"),
    rule("activation", EN, "activation: relu", "activation: rellu", "rellu", "did you mean relu?"),
    rule("init", EN, "init: he", "init: hee", "hee", "did you mean he?"),
    rule("range", EN, "caption: Two", "from: 3\nto: 2\ncaption: Two", "2\ncaption", "less than"),
    rule("range", EN, "caption: Two", "cursor: 7\ncaption: Two", "7\ncaption", "outside"),
    rule("claim-false", EN, "equals: 0.25", "equals: 0.5", "0.5\n  tolerance", "measured 0.25"),
    rule("measure", EN, "measure: max_slope", "measure: max_slop", "max_slop", "did you mean max_slope?"),
    rule("measure", EN, "activation: sigmoid\n  equals", "activaton: sigmoid\n  equals", "max_slope", "activation"),
    rule("measure", EN, "x: 0", "x: zero", "zero", "a finite number"),
    rule("value", EN, "equals: 0.25\n", "below: 1\n  equals: 0.25\n", "measure: max_slope", "exactly one"),
    rule("value", EN, "reveal:", "options:\n  - id: a\n    text: b\nreveal:", "id: guess", "or options"),
    rule("value", EN, "- units: 1", "- units: some", "some", "a whole number"),
    rule("network", EN, "  data:\n    - x: [0.5]\n      y: [1]\n", "", "inputs: 1", "data"),
    rule("formula", EN, "\\le \\frac{1}{4}", "\\le \\frac{1}", "\\frac{1}", "needs something after it"),
    rule("formula", EN, "\\sigma(x)", "\\sigmaa(x)", "\\sigmaa", "did you mean \\sigma?"),
    rule("formula", EN, "a = b", "a = {b", "{b", "nothing closes this"),
    rule("formula", EN, "a = b", "a" * 70 + "\n" + "b" * 70 + "\n" + "c" * 400, "c" * 60, "at most 500", 359),
    rule("formula", EN, "a = b", "{" * 21 + "\n" + "}" * 21, "{\n", "20 deep", 20),
    rule("link", EN, "https://example.org/slopes", "javascript:alert(1)", "javascript:", "https://"),
    rule("link", EN, "https://example.org/slopes", "../other.md", "../other.md", "https://"),
    rule("image", EN, "See [a", "See ![a", "https://example.org", "terminal"),
    rule("html", EN, "See [a", "See <b>this</b> [a", "<b>", "markdown"),
    rule("html", EN, "See [a", "<script>\nalert(1)\n</script>\n\nSee [a", "<script>", "markdown"),
    rule("html", EN, "caption: Two curves.", "caption: Two <i>curves.", "<i>", "markdown"),
    rule("character", EN, "See [a", "See \x1b[31m[a", "\x1b[31m", "ESCAPE"),
    rule("character", EN, "See [a", "See \u202e[a", "\u202e", "RIGHT-TO-LEFT OVERRIDE"),
    rule("width", EN, "caption: Two", f"caption: {'x' * 80} Two", "x Two", "76", 77),
    rule("page-length", EN, "See [a", "Words.\n\n" * 18 + "See [a", "## The second", "split it"),
    rule("value", QUESTIONS, "type: choice", "type: chioce", "chioce", "choice"),
    rule("missing-key", QUESTIONS, "    why: By symmetry.\n", "", "id: zero", "why is missing"),
    rule("value", QUESTIONS, "why: By symmetry.", "why:", "\n  - id: one", "options[0].why"),
    rule("misconception", QUESTIONS, "    misconception: too-steep\n", "", "id: one", "names no misconception"),
    rule("reference", QUESTIONS, "misconception: too-steep", "misconception: too-step", "too-step\n", "did you mean"),
    rule("reference", QUESTIONS, "concept: slope", "concept: slopes", "slopes\nprompt", "did you mean slope?"),
    rule("reference", QUESTIONS, "lesson: slopes", "lesson: slope", "slope\n---", "write lesson: slopes"),
    rule("options", QUESTIONS, "    correct: true\n", "", "- id: zero", "exactly one"),
    rule("duplicate-id", QUESTIONS, "id: half", "id: relu", "relu\n    correct", "another id"),
    rule("duplicate-id", QUESTIONS, "id: number", "id: both", "both\ntype: numeric", "second question both"),
    rule("block-place", QUESTIONS, "```quiz\nid: both", "```math\nx\n```\n```quiz\nid: both", "```math", "only quiz"),
    rule("measure", QUESTIONS, "measure: slope", "measure: slop", "slop\n", "did you mean slope?"),
    rule("mistake", QUESTIONS, "value: 0.5", "value: 0.25", "value: 0.25", "counts as right"),
    rule("formula", QUESTIONS, "$\\sigma'(0)$", "$\\frac{1$", "{1", "nothing closes this"),
)  # fmt: skip


@pytest.mark.parametrize("case", RULES, ids=[f"{index}-{case.code}" for index, case in enumerate(RULES)])
def test_a_broken_rule_is_reported_where_it_is_broken(case: Rule, tmp_path: Path) -> None:
    assert_found(case, tmp_path)


def test_the_small_course_and_the_shipped_course_have_no_problem(tmp_path: Path) -> None:
    assert check(write_course(tmp_path), static=False) == []
    assert [
        problem for problem in check(shipped_root(), static=True) if problem.severity is Severity.ERROR
    ] == []


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    files = dict(FILES)
    files[EN] = (
        LESSON_EN.replace("minutes: 5", "minutes: soon")
        .replace("activation: elu", "activation: eluu")
        .replace("measure: max_slope", "measure: nothing")
        .replace("a = b", "a = \\nope")
    )
    found = [p for p in check(write_course(tmp_path, files), static=False) if p.path == EN]
    assert [problem.code for problem in found] == ["value", "activation", "measure", "formula"]
    assert [(p.line, p.column) for p in found] == sorted((p.line, p.column) for p in found)


def test_a_problem_reads_path_line_column_code_message_suggestion(tmp_path: Path) -> None:
    root = write_course(tmp_path, spoilt("activation: elu", "activation: eluu", EN))
    line = line_of(LESSON_EN, "activation: elu")
    told = [str(problem) for problem in check(root, static=True)]
    assert any(
        t.startswith(f"{EN}:{line}:17: activation: ") and t.endswith("(did you mean elu?)") for t in told
    )


def test_static_checks_measures_without_computing_them(tmp_path: Path) -> None:
    false = spoilt("equals: 0.25", "equals: 0.5")
    assert check(write_course(tmp_path / "a", false), static=True) == []
    unknown = spoilt("measure: max_slope", "measure: max_slop")
    assert {p.code for p in check(write_course(tmp_path / "b", unknown), static=True)} == {"measure"}
    wrong = spoilt("x: 0", "x: zero", EN, ZH)
    assert {p.code for p in check(write_course(tmp_path / "c", wrong), static=True)} == {"measure"}


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("id: quarter", "id: fourth", "```claim", "the block claim fourth is in no other language"),
        ("equals: 0.25", "equals: 0.250001", "0.250001", "check.equals is 0.250001, not 0.25"),
        ("tolerance: 1e-12", "tolerance: 1e-9", "1e-9", "check.tolerance"),
        ("    derivative: true\n", "", "- activation: elu", "the key curves[1].derivative is missing"),
        ("  - activation: sigmoid\n", "", "- activation: elu", "curves has 1 items, not 2"),
        ("## 第二页 {#second}", "## 第二页 {#two}", "## 第二页", "the page two is in no other language"),
        ("minutes: 5", "minutes: 6", "6", "minutes is 6, not 5"),
        ("depth: 4", "depth: 5", "5\nwidth", "depth is 5, not 4"),
        ("weights: [[[2]]]", "weights: [[[3]]]", "3]]]", "network.weights"),
        ("a = b", "a = c", "```math\n", "the block math a = c is in no other language"),
    ],
)
def test_a_translation_that_differs_in_more_than_words_is_told(
    old: str, new: str, at: str, says: str, tmp_path: Path
) -> None:
    files = spoilt(old, new, ZH)
    problems = [p for p in check(write_course(tmp_path, files), static=True) if p.code == "languages"]
    line = line_of(files[ZH], at)
    assert any(p.path == ZH and p.line == line and says in p.message for p in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "    correct: true\n    text: 在 0 处",
            "    text: 在 0 处",
            "the key options[0].correct is missing",
        ),
        ("value: 0.5", "value: 0.6", "answer.mistakes[0].value is 0.6, not 0.5"),
        ("id: both", "id: all", "the block quiz both is missing"),
        (
            "  - id: sigmoid\n    correct: true",
            "  - id: sig\n    correct: true",
            "options[0].id is sig, not sigmoid",
        ),
    ],
)
def test_translated_questions_keep_ids_answers_and_order(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    files = spoilt(old, new, "01-slopes/questions.zh.md")
    problems = check(write_course(tmp_path, files), static=True)
    assert any(p.code == "languages" and says in p.message for p in problems), problems


def test_pages_in_another_order_are_told_once(tmp_path: Path) -> None:
    files = dict(FILES)
    head, first, second = files[ZH].partition("## 第一页")[0], *_pages(files[ZH])
    files[ZH] = head + second + "\n" + first
    problems = [p for p in check(write_course(tmp_path, files), static=True) if p.code == "languages"]
    assert [p.message.split(" (")[0] for p in problems] == ["the page second stands where first should"]


def _pages(text: str) -> tuple[str, str]:
    start, middle = text.index("## 第一页"), text.index("## 第二页")
    return text[start:middle], text[middle:]


def test_a_missing_translation_is_an_error(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.endswith("zh.md")}
    found = {(p.path, p.code) for p in check(write_course(tmp_path, files), static=True)}
    assert found == {(ZH, "missing-file"), ("01-slopes/questions.zh.md", "missing-file")}


def test_a_symbolic_link_is_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(LESSON_EN.replace("{#first}", "{#secret}"), encoding="utf-8")
    root = write_course(tmp_path / "course", {n: t for n, t in FILES.items() if n != EN})
    (root / EN).symlink_to(secret)
    problems = check(root, static=True)
    assert any(p.path == EN and p.code == "symlink" for p in problems)
    assert not any("secret" in str(problem) for problem in problems)


def test_a_lesson_folder_that_is_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = write_course(tmp_path / "elsewhere")
    root = write_course(tmp_path / "course", {"course.yaml": COURSE})
    (root / "01-slopes").symlink_to(elsewhere / "01-slopes", target_is_directory=True)
    assert any(p.code == "symlink" for p in check(root, static=True))


def test_files_and_folders_nobody_reads_are_warned_of(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    (root / "01-slopes" / "lessons.en.md").write_text("", encoding="utf-8")
    (root / "02-more").mkdir()
    (root / "02-more" / "lesson.en.md").write_text("", encoding="utf-8")
    problems = check(root, static=True)
    assert {(p.code, p.severity) for p in problems} == {
        ("unknown-file", Severity.WARNING),
        ("unlisted", Severity.WARNING),
    }
    assert any("did you mean lesson.en.md?" in p.suggestion for p in problems)


def test_unused_concepts_and_misconceptions_are_warned_of(tmp_path: Path) -> None:
    files = dict(FILES)
    files["course.yaml"] = COURSE.replace(
        "misconceptions:\n",
        "misconceptions:\n  - id: idle\n    title:\n      en: a\n      zh: b\n    repair: slopes#first\n",
    )
    problems = check(write_course(tmp_path, files), static=True)
    assert [(p.code, p.line, p.column) for p in problems] == [("unused", 14, 9)]


def test_a_byte_that_is_no_utf8_is_placed(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    (root / EN).write_bytes(LESSON_EN.encode().replace(b"See", b"S\xffe"))
    found = [p for p in check(root, static=True) if p.path == EN]
    assert [(p.code, p.line, p.column) for p in found] == [("encoding", line_of(LESSON_EN, "See"), 2)]


@pytest.mark.parametrize("make", ["missing", "file", "empty"])
def test_what_is_no_course_folder_is_refused_in_one_line(make: str, tmp_path: Path) -> None:
    place = tmp_path / "here"
    if make == "file":
        place.write_text("", encoding="utf-8")
    elif make == "empty":
        place.mkdir()
    with pytest.raises(UserError) as refused:
        check(place, static=True)
    assert str(place) in str(refused.value)


def test_questions_are_there_for_every_language(tmp_path: Path) -> None:
    assert QUESTIONS_EN.count("```quiz") == 6
    files = {name: text for name, text in FILES.items() if name != "01-slopes/questions.zh.md"}
    assert [p.code for p in check(write_course(tmp_path, files), static=True)] == ["missing-file"]
