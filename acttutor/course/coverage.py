"""Which claims of the source text the course puts right: on which page, tested by which questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from acttutor.course.course_files import CLAIMS_FILE, read_course, read_lesson, read_source_claims
from acttutor.course.course_keys import SourceClaimKeys, Verdict
from acttutor.course.known import known
from acttutor.course.model import Language
from acttutor.errors import UserError


@dataclass(frozen=True, slots=True)
class Covered:
    """A claim that must be put right, the pages (`lesson-id#page-id`) that do, the questions that test it."""

    number: int
    verdict: Verdict
    statement: str
    pages: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether there is a page and a question for it."""
        return bool(self.pages) and bool(self.questions)


def coverage(root: Path) -> tuple[Covered, ...]:
    """Every claim judged imprecise or wrong, in the order of its number; pages and questions that exist.

    Raises UserError where the folder has no readable course, or no claims to cover.
    """
    course, claims = read_course(root), read_source_claims(root)
    for file in (course, claims):
        if file.problems:
            raise UserError(str(file.problems[0]), hint="see acttutor lessons check")
    if course.keys is None or claims.keys is None:
        raise UserError(
            f"no {CLAIMS_FILE} in it", where=str(root), hint="it lists the claims that a course puts right"
        )
    lessons = [read_lesson(root, slug, Language.EN) for slug in dict.fromkeys(course.keys.lessons)]
    ids, listed_repairs = known(course.keys, lessons), course.keys.repairs

    def covered(claim: SourceClaimKeys) -> Covered:
        repairs = [repair for repair in listed_repairs if claim.number in repair.claims]
        pages = (repair.page for repair in repairs if repair.page in ids.pages)
        questions = (id for repair in repairs for id in repair.questions if id in ids.questions)
        return Covered(
            claim.number, claim.verdict, claim.statement.strip(), _each_once(pages), _each_once(questions)
        )

    listed = sorted(claims.keys.claims, key=lambda claim: claim.number)
    return tuple(covered(claim) for claim in listed if claim.verdict.needs_repair)


def _each_once(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
