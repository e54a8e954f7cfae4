"""`acttutor lessons …` and `acttutor read`: the course for scripts, authors and screen readers."""

from collections.abc import Sequence
from pathlib import Path

import click

from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import EXIT_NO, OneLineErrors, complain, print_json, visible
from acttutor.course.document import Problem, Severity
from acttutor.course.library import load_course, shipped_root
from acttutor.course.model import Course, Language
from acttutor.i18n import LANGUAGES


class LessonsGroup(OneLineErrors, click.Group):
    """The commands about the course; their errors are one line."""


@click.group(cls=LessonsGroup)
def lessons() -> None:
    """List the lessons, or check a course folder."""


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
@click.option("--static", is_flag=True, help="Skip what must be computed: claims, predictions.")
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

    course = _course(options, lang or options.lang)
    click.echo(plain_text(course.lesson(lesson)), nl=False)


def _course(options: AppOptions, language: str | None) -> Course:
    """The course in use; what could not be read of it is told on stderr."""
    spoken = language or spoken_language(options)
    loaded = load_course(options.lessons, Language(spoken))
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


def _tally(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "no problems"
    return f"{errors} {'error' if errors == 1 else 'errors'}, {warnings} {'warning' if warnings == 1 else 'warnings'}"
