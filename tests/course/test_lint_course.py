"""The checker on what binds a course together: links, glossary, claims, notes, experiments, the size of pages."""

from pathlib import Path

import pytest

from acttutor.course import course_files, evidence, lint_runs
from acttutor.course.document import Severity
from acttutor.course.lint import check
from acttutor.errors import UserError
from acttutor.experiments.experiment import Outcome
from tests.course import test_lint
from tests.course.lint_rules import CODES, EN, QUESTIONS, ZH, Rule, assert_found, rule
from tests.course.minimal import FILES, LESSON_EN, line_of, spoilt, write_course
from tests.course.test_author_slips import SLIPS
from tests.course.test_lint_questions import DRAWN, ORDER

GLOSSARY = "glossary.yaml"
CLAIMS = "source-claims.yaml"
COURSE = "course.yaml"

_BCE_WINS = "  - id: bce\n    correct: true\n    text: BCE\n    why: Its slope stays.\n  - id: mse\n"
_MSE_WINS = (
    "  - id: bce\n    text: BCE\n    why: Its slope stays.\n    misconception: too-steep\n  - id: mse\n"
    "    correct: true\n"
)

RULES = [
    rule("link", EN, "glossary:bend", "glossary:bent", "glossary:bent", "did you mean bend?"),
    rule("link", EN, "page:slopes#first", "page:slopes#frist", "page:slopes#frist", "did you mean slopes#first?"),
    rule("link", EN, "glossary:bend", "glossary:Bend!", "glossary:Bend!", "glossary:TERM-ID"),
    rule("link", EN, "page:slopes#first", "page:slopes", "page:slopes)", "page:LESSON-ID#PAGE-ID"),
    rule("link", GLOSSARY, "page:slopes#first", "page:slopes#frist", "page:slopes#frist", "slopes#first"),
    rule("reference", GLOSSARY, "page: slopes#second", "page: slopes#secnd", "slopes#secnd", "slopes#second"),
    rule("reference", GLOSSARY, "- bend", "- bent", "bent\n", "did you mean bend?"),
    rule("reference", GLOSSARY, "- bend", "- steepness", "steepness\n  - id", "no other term steepness"),
    rule("duplicate-id", GLOSSARY, "id: bend", "id: steepness", "steepness\n    term:\n      en: bend", "another id"),
    rule("missing-key", GLOSSARY, "      zh: 弯曲\n", "", "en: bend", "zh is missing"),
    rule("missing-key", GLOSSARY, "    page: slopes#second\n", "", "id: bend", "page is missing"),
    rule("formula", GLOSSARY, "$slope$", "$\\slop$", "\\slop", "slop"),
    rule("term-length", GLOSSARY, "en: Where the $slope$ changes.", "en: |" + "\n        a" * 5,
         "|\n        a", "at most 4"),
    rule("width", GLOSSARY, "en: Where the", f"en: {'x' * 80} Where the", "x Where", "76", 77),
    rule("unknown-key", GLOSSARY, "terms:\n", "extra: x\nterms:\n", "extra", "known keys: format, terms"),
    rule("duplicate-id", CLAIMS, "number: 9", "number: 8", "8\n    verdict: wrong", "each number comes once"),
    rule("value", CLAIMS, "verdict: wrong", "verdict: false", "false", "one of true, conditional"),
    rule("value", CLAIMS, "    statement: The slope is a half.\n", "", "number: 9", "needs a statement"),
    rule("reference", COURSE, "- 9", "- 10", "10\n", "no claim 10"),
    rule("reference", COURSE, "- number\n", "- numbr\n", "numbr", "did you mean number?"),
    rule("formula", EN, "Let them", "$\\frac{1}$ Let them", "\\frac{1}$ Let", "needs something after it"),
    rule("link", EN, "Let them", "[x](glossary:none) Let them", "glossary:none", "no term none"),
    rule("width", EN, "See [a", f"{'x' * 77} See [a", "x See", "at most 76", 77),
    rule("width", EN, "Let them", f"{'梯' * 39} Let them", "梯 Let", "at most 76", 39),
    rule("page-length", EN, "width: 8\n", "width: 8\n" + "# filler\n" * 30, "## The second", "questions apart"),
    rule("unknown-key", EN, "seeds: 3", "seed: 3", "seed: 3\ncaption", "did you mean seeds?"),
    rule("value", EN, "seeds: 3", "seeds: 21", "21\ncaption", "≤ 20"),
    rule("experiment", EN, "experiment: confident-wrong", "experiment: confident-wrng", "confident-wrng",
         "did you mean confident-wrong?"),
    rule("arm", EN, "  - mse\n", "  - mes\n", "mes\n", "did you mean mse?"),
    rule("experiment", QUESTIONS, "evidence: confident-wrong", "evidence: confidentwrong", "confidentwrong",
         "did you mean confident-wrong?"),
    rule("arm", QUESTIONS, "- id: mse", "- id: mess", "mess\n", "its arms are bce, mse"),
    rule("evidence", QUESTIONS, _BCE_WINS,
         _MSE_WINS, "true\n    text: MSE", "bce is the winner"),
    rule("evidence", QUESTIONS, _BCE_WINS,
         _MSE_WINS, "bce\n    text: BCE", "not marked correct"),
    rule("evidence", QUESTIONS, "evidence: confident-wrong", "evidence: default-choice", "default-choice",
         "no clear winner"),
    rule("alias", EN, "caption: Two curves.", "caption: *two", "*two", "write the value out"),
    rule("anchor", EN, "caption: Two curves.", "caption: &two curves", "&two", "anchors are not allowed"),
    rule("tag", EN, "caption: Two curves.", "caption: !two curves", "!two", "tags are not allowed"),
    rule("merge-key", EN, "caption: Two curves.", "<<: Two curves.", "<<:", "write the keys out"),
    rule("key", EN, "caption: Two curves.", "? [a]\n: b", "[a]\n", "a plain word"),
    rule("depth", EN, "caption: Two curves.", f"caption: {'[' * 21}{']' * 21}", "[]", "20 levels", 29),
    rule("documents", EN, "caption: Two curves.", "---\ncaption: Two", "---\ncaption", "one document"),
    rule("syntax", EN, "caption: Two curves.", "caption: Two: curves.", ": curves.", "in quotes"),
    rule("empty", EN, "```math\na = b\n```", "```claim\n# only words\n```", "# only", "nothing here"),
    rule("formula-width", EN, "a = b", " + ".join(["abc"] * 14), "abc +", "break it"),
    rule("order", COURSE, "  - id: slope\n    number: 1\n", "  - id: early\n    number: 2\n    title:\n      en: a\n"
         "      zh: b\n    requires:\n      - slope\n  - id: slope\n    number: 1\n", "slope\n  - id: slope",
         "does not stand before it"),
    rule("order", EN, "objectives:", "requires:\n  - slopes\nobjectives:", "slopes\nobjectives", "come before it"),
    rule("value", QUESTIONS, "type: choice\nconcept: slope\nscenario: true", "type: order\nconcept: slope", "id: loss",
         "3 to 7 options"),
]  # fmt: skip


@pytest.mark.parametrize("case", RULES, ids=lambda case: f"{case.code}: {case.says}")
def test_a_broken_rule_is_reported_where_it_is_broken(case: Rule, tmp_path: Path) -> None:
    assert_found(case, tmp_path)


def test_what_runs_is_not_run_by_the_static_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(id: str) -> Outcome:
        raise AssertionError(f"{id} was run")

    monkeypatch.setattr(evidence, "outcome", refuse)
    monkeypatch.setattr(lint_runs, "check_runs", refuse)
    assert check(write_course(tmp_path), static=True) == []


def test_winners_that_do_not_win_are_told_at_the_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(id: str) -> Outcome:
        return Outcome(evidence.experiment(id), (0, 1, 2), ((2.0, 2.0, 0.0), (1.0, 1.0, 1.0)))

    monkeypatch.setattr(evidence, "outcome", lost)
    problems = [p for p in check(write_course(tmp_path), static=False) if p.code == "evidence"]
    text = FILES[QUESTIONS]
    assert (QUESTIONS, line_of(text, "evidence: "), 11) in [(p.path, p.line, p.column) for p in problems]
    assert (EN, line_of(LESSON_EN, "experiment: "), 13) in [(p.path, p.line, p.column) for p in problems]
    assert all("was won in 1 of 3 runs" in problem.message for problem in problems)


def test_an_experiment_that_breaks_is_told_where_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(id: str) -> Outcome:
        raise UserError("the machine is too small")

    monkeypatch.setattr(evidence, "outcome", broken)
    problems = [p for p in check(write_course(tmp_path), static=False) if p.code == "experiment"]
    assert {(p.path, p.message) for p in problems} >= {(EN, "the machine is too small")}


def test_each_experiment_runs_once_however_often_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acttutor.experiments import experiment as catalogue

    ran: list[str] = []
    real = catalogue.run

    def counted(experiment: catalogue.Experiment, seeds: range) -> Outcome:
        ran.append(experiment.id)
        return real(experiment, seeds)

    monkeypatch.setattr(catalogue, "run", counted)
    evidence.outcome.cache_clear()
    assert check(write_course(tmp_path), static=False) == []
    assert ran == ["confident-wrong"]


@pytest.mark.parametrize(
    ("block", "refused"), [("```plot\nid: curve", "plot_figure"), ("```flow", "flow_profiles")]
)
def test_a_figure_that_cannot_be_made_is_told_at_its_fence(
    block: str, refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(figure: object) -> None:
        raise UserError("it cannot be shown")

    lint_runs._figure.cache_clear()
    monkeypatch.setattr(lint_runs.figures, refused, fails)
    found = [p for p in check(write_course(tmp_path), static=False) if p.code == "run"]
    lint_runs._figure.cache_clear()
    assert (EN, line_of(LESSON_EN, block), 1) in [(p.path, p.line, p.column) for p in found]
    assert all("it cannot be shown" in problem.message for problem in found)


def test_a_network_whose_loss_overflows_does_not_run(tmp_path: Path) -> None:
    files = spoilt("loss: mse\n  weights: [[[2]]]", "loss: mse\n  weights: [[[2]]]\n  biases: [[1e300]]")
    files = {name: text.replace("      activation: sigmoid\n  loss: mse", "      activation: linear\n  loss: mse")
             for name, text in files.items()}  # fmt: skip
    found = [p for p in check(write_course(tmp_path, files), static=False) if p.code == "run"]
    assert [(p.path, p.line) for p in found] == [
        (EN, line_of(files[EN], "```sim")),
        (ZH, line_of(files[ZH], "```sim")),
    ]


def test_a_course_without_glossary_and_claims_is_whole(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name not in (GLOSSARY, CLAIMS)}
    for name in (EN, ZH):
        files[name] = files[name].replace("It has a [bend](glossary:bend), as", "It is as")
    assert check(write_course(tmp_path, files), static=False) == []


def test_the_address_of_a_link_does_not_count_for_the_width(tmp_path: Path) -> None:
    files = spoilt("https://example.org/slopes", f"https://example.org/{'x' * 90}")
    assert check(write_course(tmp_path, files), static=True) == []


def test_a_note_of_one_language_only_is_told(tmp_path: Path) -> None:
    files = spoilt("```note\n先让大家**猜**一猜。\n```\n", "", ZH)
    problems = check(write_course(tmp_path, files), static=True)
    assert [(p.path, p.code) for p in problems] == [(ZH, "languages")]
    assert "the block note 1 is missing" in problems[0].message


def test_notes_do_not_make_a_page_longer(tmp_path: Path) -> None:
    files = spoilt("Let them **guess** first.", "Words.\n\n" * 40, EN)
    assert [p.code for p in check(write_course(tmp_path, files), static=True)] == []


def test_a_symbolic_link_in_the_place_of_the_glossary_is_not_followed(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course", {n: t for n, t in FILES.items() if n != GLOSSARY})
    (tmp_path / "secret.yaml").write_text(FILES[GLOSSARY], encoding="utf-8")
    (root / GLOSSARY).symlink_to(tmp_path / "secret.yaml")
    found = [(p.path, p.code) for p in check(root, static=True) if p.severity is Severity.ERROR]
    assert (GLOSSARY, "symlink") in found


def test_a_questions_file_without_a_question_and_a_glossary_that_is_a_list_are_told(tmp_path: Path) -> None:
    empty = "---\nformat: 1\nlesson: slopes\n---\n\nNothing yet.\n"
    files = {**FILES, QUESTIONS: empty, GLOSSARY: "- a\n"}
    found = {(p.path, p.line, p.column, p.code) for p in check(write_course(tmp_path, files), static=True)}
    assert {(QUESTIONS, 7, 1, "question"), (GLOSSARY, 1, 1, "course")} <= found


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    files = {**FILES, GLOSSARY: FILES[GLOSSARY] + "# " + "x" * 1_000_000}
    found = {(p.path, p.code) for p in check(write_course(tmp_path, files), static=True)}
    assert (GLOSSARY, "size") in found


def test_every_code_of_the_guide_has_a_test_in_which_it_is_found() -> None:
    """The codes that no `Rule` spoils have tests of their own, by these names."""
    spoilt_one_by_one = {case.code for case in (*RULES, *test_lint.RULES, *ORDER, *DRAWN, *SLIPS)}
    elsewhere = {
        "course": test_a_questions_file_without_a_question_and_a_glossary_that_is_a_list_are_told,
        "question": test_a_questions_file_without_a_question_and_a_glossary_that_is_a_list_are_told,
        "size": test_a_file_that_is_too_large_is_told,
        "run": test_a_network_whose_loss_overflows_does_not_run,
        "symlink": test_a_symbolic_link_in_the_place_of_the_glossary_is_not_followed,
        "languages": test_lint.test_a_translation_that_differs_in_more_than_words_is_told,
        "missing-file": test_lint.test_a_missing_translation_is_an_error,
        "unknown-file": test_lint.test_files_and_folders_nobody_reads_are_warned_of,
        "unlisted": test_lint.test_files_and_folders_nobody_reads_are_warned_of,
        "encoding": test_lint.test_a_byte_that_is_no_utf8_is_placed,
        "unreadable": test_a_file_that_cannot_be_opened_is_told,
    }
    assert spoilt_one_by_one | set(elsewhere) == CODES


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        if path.name == GLOSSARY:
            raise UserError("Permission denied", where=str(path), hint="give a file that can be read")
        return path.read_bytes()

    monkeypatch.setattr(course_files, "read_bytes", refuse)
    found = {(p.path, p.line, p.column, p.code) for p in check(write_course(tmp_path), static=True)}
    assert (GLOSSARY, 1, 1, "unreadable") in found
