"""`acttutor lessons …` and `acttutor read`: the course for scripts, authors and screen readers."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import EXIT_NO, OneLineErrors, complain, print_json, visible
from acttutor.course.document import Problem, Severity
from acttutor.course.library import load_course, shipped_root
from acttutor.course.model import Course, Language
from acttutor.i18n import LANGUAGES

if TYPE_CHECKING:
    from acttutor.course.coverage import Covered


class LessonsGroup(OneLineErrors, click.Group):
    """The commands about the course; their errors are one line."""


@click.group(cls=LessonsGroup)
def lessons() -> None:
    """List the lessons, check a course folder, or begin one."""


@lessons.command(cls=OneLineErrors)
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@pass_options
def list(options: AppOptions, *, as_json: bool) -> None:  # noqa: A001 -- named by the command
    """The lessons of the course, in order."""
    course = _course(options, options.lang)
    if as_json:
        print_json(
            [
                {
                    "id": lesson.id,
                    "number": lesson.number,
                    "title": lesson.title,
                    "summary": lesson.summary,
                    "minutes": lesson.minutes,
                    "language": lesson.language,
                    "requires": lesson.requires,
                    "concepts": lesson.concepts,
                    "pages": [{"id": page.id, "title": page.title} for page in lesson.pages],
                    "questions": len(tuple(lesson.all_questions())),
                }
                for lesson in course.lessons
            ]
        )
        return
    for lesson in course.lessons:
        pages, questions = len(lesson.pages), len(tuple(lesson.all_questions()))
        click.echo(f"{lesson.number:2}  {lesson.id}  {lesson.title}")
        click.echo(f"    {lesson.summary}")
        click.echo(f"    {pages} pages, {questions} questions, {lesson.minutes} min")


@lessons.command(cls=OneLineErrors)
@click.argument("directory", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--static", is_flag=True, help="Skip what must be run or computed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@pass_options
def check(options: AppOptions, directory: Path | None, *, static: bool, as_json: bool) -> int:
    """Find everything that is wrong with a course folder (without DIR: the course in use)."""
    from acttutor.course.lint import check as check_course

    root = directory or options.lessons or shipped_root()
    problems = check_course(root, static)
    if as_json:
        print_json([_record(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(visible(str(problem)))
        complain(_tally(problems))
    return EXIT_NO if any(problem.severity is Severity.ERROR for problem in problems) else 0


@lessons.command(cls=OneLineErrors)
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--id", "lesson_id", metavar="ID", help="Id of its first lesson (default: first-lesson).")
def new(directory: Path, *, lesson_id: str | None) -> None:
    """Write a small course into DIR, new or empty, to start your own from."""
    from acttutor.course.scaffolding import EXAMPLE_ID, create

    written = create(directory, EXAMPLE_ID if lesson_id is None else lesson_id)
    place = visible(shlex.quote(str(directory)))
    click.echo(f"{len(written)} files written:")
    for path in written:
        click.echo(f"  {visible(str(path))}")
    click.echo("What to do next:")
    steps = (
        (f"acttutor lessons check {place}", "finds what is wrong, with line and column"),
        (f"acttutor --lessons {place}", "shows it as its readers will see it"),
        ("acttutor lessons format", "tells every key"),
    )
    wide = max(len(command) for command, _ in steps)
    for command, what in steps:
        click.echo(f"  {command:{wide}}  {what}")


@lessons.command(cls=OneLineErrors)
@click.argument("directory", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@pass_options
def coverage(options: AppOptions, directory: Path | None, *, as_json: bool) -> int:
    """Where each wrong or imprecise claim of the source text is put right; exit 1 when one is not."""
    from acttutor.course.coverage import coverage as claims_of

    claims = claims_of(directory or options.lessons or shipped_root())
    if as_json:
        print_json([_claim_record(claim) for claim in claims])
    else:
        for claim in claims:
            click.echo(visible(f"{claim.number:4}  {claim.verdict:9}  {claim.statement}"))
            page = ", ".join(claim.pages) or "NO PAGE"
            click.echo(visible(f"{'':17}{page}: {', '.join(claim.questions) or 'NO QUESTION'}"))
        open_claims = sum(not claim.covered for claim in claims)
        complain(f"{len(claims) - open_claims} of {len(claims)} claims are put right")
    return 0 if all(claim.covered for claim in claims) else EXIT_NO


@lessons.command(cls=OneLineErrors)
def format() -> None:  # noqa: A001 -- named by the command
    """Every key a course, a lesson, a block and a question may have."""
    from acttutor.course.guide import guide

    click.echo(guide(), nl=False)


@click.command(cls=OneLineErrors)
@click.argument("lesson")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language: en or zh.")
@pass_options
def read(options: AppOptions, lesson: str, *, lang: str | None) -> None:
    """Print LESSON (its id or number) as plain text, for pipes and screen readers."""
    from acttutor.course.reading import plain_text

    course = _course(options, lang or options.lang, lazily=options.lessons is None)
    program = "acttutor"
    if options.lessons is not None:
        program += f" --lessons {visible(shlex.quote(str(options.lessons)))}"
    click.echo(plain_text(course.lesson(lesson), program), nl=False)


def _course(options: AppOptions, language: str | None, *, lazily: bool = False) -> Course:
    """The course in use; what could not be read of it is told on stderr."""
    spoken = language or spoken_language(options)
    loaded = load_course(options.lessons, Language(spoken), lazily=lazily)
    for problem in loaded.problems:
        complain(problem)
    return loaded.course


def _record(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }


def _claim_record(claim: Covered) -> dict[str, object]:
    return {
        "number": claim.number,
        "verdict": claim.verdict,
        "statement": claim.statement,
        "pages": claim.pages,
        "questions": claim.questions,
        "covered": claim.covered,
    }


def _tally(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "no problems"
    return f"{errors} {'error' if errors == 1 else 'errors'}, {warnings} {'warning' if warnings == 1 else 'warnings'}"
