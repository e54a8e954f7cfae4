"""Whether what a course shows and cites as evidence is there, runs, and comes out as the questions say."""

from collections.abc import Iterator
from typing import Protocol

from acttutor.course import evidence
from acttutor.course.blocks import ExperimentKeys
from acttutor.course.document import Problem
from acttutor.course.keys import given
from acttutor.course.parser import ParsedBlock
from acttutor.course.places import error, place
from acttutor.course.question_keys import QuizKeys
from acttutor.errors import UserError, did_you_mean


class _Arm(Protocol):
    @property
    def id(self) -> str: ...


def check_evidence(block: ParsedBlock, path: str, static: bool) -> Iterator[Problem]:
    """The experiment of an experiment block, or of a question that names one as its evidence."""
    match block.keys:
        case ExperimentKeys() as shown:
            yield from _check_shown(block, shown, path, static)
        case QuizKeys() as quiz if (id := given(quiz.evidence)) is not None:
            yield from _check_question(block, quiz, id, path, static)
        case _:
            return


def _check_shown(block: ParsedBlock, shown: ExperimentKeys, path: str, static: bool) -> Iterator[Problem]:
    try:
        found = evidence.experiment(shown.experiment)
    except UserError as cause:
        yield error(path, place(block.node, "experiment"), "experiment", cause.message, cause.hint)
        return
    for index, arm in enumerate(shown.arms):
        yield from _check_arm(block, ("arms", index), arm, found.arms, found.id, path)
    if not static:
        yield from _check_run(block, "experiment", found.id, path)


def _check_question(
    block: ParsedBlock, quiz: QuizKeys, id: str, path: str, static: bool
) -> Iterator[Problem]:
    """Options are arms, the right ones exactly the winners among them, and the winners do win."""
    at = place(block.node, "evidence")
    try:
        found = evidence.experiment(id)
    except UserError as cause:
        yield error(path, at, "experiment", cause.message, cause.hint)
        return
    if not found.graded:
        message = f"{found.id} has no clear winner, so it settles no question"
        yield error(path, at, "evidence", message, "name a graded experiment, or leave evidence out")
        return
    for index, option in enumerate(quiz.options):
        yield from _check_arm(block, ("options", index, "id"), option.id, found.arms, found.id, path)
        if option.correct and option.id not in found.winners:
            message = f"{option.id} is marked correct, but {_listed(found.winners)} of {found.id}"
            where = place(block.node, "options", index, "correct")
            yield error(path, where, "evidence", message, "the experiment decides what is correct")
        if option.id in found.winners and not option.correct:
            message = f"{option.id} is a winner of {found.id}, but not marked correct"
            where = place(block.node, "options", index, "id")
            yield error(path, where, "evidence", message, "write correct: true, or leave the option out")
    if not static:
        yield from _check_run(block, "evidence", found.id, path)


def _check_arm(
    block: ParsedBlock,
    steps: tuple[str | int, ...],
    arm: str,
    arms: tuple[_Arm, ...],
    id: str,
    path: str,
) -> Iterator[Problem]:
    known = tuple(each.id for each in arms)
    if arm not in known:
        advice = did_you_mean(arm, known) or f"its arms are {', '.join(known)}"
        yield error(path, place(block.node, *steps), "arm", f"{id} has no arm {arm}", advice)


def _check_run(block: ParsedBlock, key: str, id: str, path: str) -> Iterator[Problem]:
    """It runs, and where it names winners, they win."""
    try:
        outcome = evidence.outcome(id)
    except UserError as cause:
        yield error(path, place(block.node, key), "experiment", cause.message, cause.hint)
        return
    if outcome.experiment.graded and outcome.verdict == "fails":
        message = f"{id} was won in {outcome.wins} of {len(outcome.seeds)} runs, which is too few"
        yield error(path, place(block.node, key), "evidence", message, "see acttutor experiment run")


def _listed(winners: tuple[str, ...]) -> str:
    return f"{winners[0]} is the winner" if len(winners) == 1 else f"{', '.join(winners)} are the winners"
