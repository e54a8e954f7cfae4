"""The ids of a course that others may name, and whether one that is named is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from acttutor.course.course_files import LessonFiles
from acttutor.course.course_keys import CourseKeys, GlossaryKeys, SourceClaimsKeys
from acttutor.course.document import Mapping, Problem, Scalar
from acttutor.course.parser import ParsedBlock, ParsedLesson
from acttutor.course.places import Step, error, place
from acttutor.errors import did_you_mean


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of a course that others may name; `pages` are `lesson-id#page-id`, `claims` sorted numbers."""

    lessons: tuple[str, ...]
    pages: tuple[str, ...]
    concepts: tuple[str, ...]
    misconceptions: tuple[str, ...]
    questions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()


def known(
    keys: CourseKeys,
    lessons: list[LessonFiles],
    glossary: GlossaryKeys | None = None,
    claims: SourceClaimsKeys | None = None,
) -> Known:
    """The ids there are, with those of lessons that have errors elsewhere."""
    parsed = [
        (id, files.lesson)
        for files in lessons
        if files.lesson is not None and (id := _lesson_id(files.lesson))
    ]
    return Known(
        lessons=tuple(id for id, _ in parsed),
        pages=tuple(f"{id}#{page.id}" for id, lesson in parsed for page in lesson.pages),
        concepts=tuple(concept.id for concept in keys.concepts),
        misconceptions=tuple(wrong.id for wrong in keys.misconceptions),
        questions=tuple(id for files in lessons for block, _ in quizzes(files) if (id := block_id(block))),
        terms=tuple(term.id for term in glossary.terms) if glossary is not None else (),
        claims=tuple(sorted(claim.number for claim in claims.claims)) if claims is not None else (),
    )


def _lesson_id(lesson: ParsedLesson) -> str:
    """The id of a lesson, even where other keys of its front matter are wrong; empty where there is none."""
    node = lesson.header_node.get("id") if lesson.header_node is not None else None
    return node.text if isinstance(node, Scalar) else ""


def block_id(block: ParsedBlock) -> str:
    """The id of a block, as far as it can be told; empty for formulas, notes and broken blocks."""
    return str(getattr(block.keys, "id", ""))


def quizzes(files: LessonFiles) -> Iterator[tuple[ParsedBlock, str]]:
    """The quiz blocks of a lesson in reading order, each with the file it stands in."""
    if files.lesson is not None:
        for page in files.lesson.pages:
            yield from ((block, files.lesson.source.path) for block in page.blocks if block.kind == "quiz")
    if files.questions is not None:
        yield from ((block, files.questions.source.path) for block in files.questions.blocks)


def exists(
    path: str,
    node: Mapping | None,
    steps: tuple[Step, ...],
    noun: str,
    id: str,
    ids: tuple[str, ...],
) -> Iterator[Problem]:
    """A problem at the end of the way where `id` is none of `ids`."""
    if id not in ids:
        yield error(path, place(node, *steps), "reference", *missing(noun, id, ids))


def missing(noun: str, id: str, ids: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong with an id that leads nowhere, and what would be right."""
    return f"there is no {noun} {id}", did_you_mean(id, ids) or _all(noun, ids)


def _all(noun: str, ids: tuple[str, ...]) -> str:
    """The candidates, as far as they fit into a line."""
    if not ids:
        return f"the course has no {noun}"
    more = ", …" if len(ids) > 6 else ""
    return f"a {noun} is one of {', '.join(ids[:6])}{more}"
