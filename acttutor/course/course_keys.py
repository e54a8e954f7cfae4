"""The exact keys of the files around the blocks: `course.yaml`, the glossary, the claims, front matter."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from acttutor.course.keys import SLUG_PATTERN, Id, Keys, PageRef, Text, Titles


class ConceptKeys(Keys, frozen=True, kw_only=True):
    """One concept: what reviews are scheduled for."""

    id: Annotated[Id, Meta(description="never changes")]
    number: Annotated[int, Meta(ge=1, description="never changes, never used again")]
    title: Titles
    requires: Annotated[tuple[Id, ...], Meta(description="concepts to know before this one")] = ()


class MisconceptionKeys(Keys, frozen=True, kw_only=True):
    """One wrong idea which wrong options catch."""

    id: Id
    title: Titles
    repair: Annotated[PageRef, Meta(description="lesson-id#page-id of the page that puts it right")]


class RepairKeys(Keys, frozen=True, kw_only=True):
    """Which claims of the source document a page puts right."""

    page: Annotated[PageRef, Meta(description="lesson-id#page-id")]
    claims: Annotated[tuple[Annotated[int, Meta(ge=1)], ...], Meta(description="numbers of the claims")]
    questions: Annotated[tuple[Id, ...], Meta(description="questions that test it")] = ()


class CourseKeys(Keys, frozen=True, kw_only=True):
    """`course.yaml`, the course as a whole."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    title: Titles
    lessons: Annotated[
        tuple[Annotated[str, Meta(pattern=SLUG_PATTERN)], ...],
        Meta(min_length=1, description="folder names, in order"),
    ]
    concepts: tuple[ConceptKeys, ...] = ()
    misconceptions: tuple[MisconceptionKeys, ...] = ()
    repairs: tuple[RepairKeys, ...] = ()


class TermKeys(Keys, frozen=True, kw_only=True):
    """One entry of the glossary."""

    id: Annotated[Id, Meta(description="what glossary:ID links to")]
    term: Annotated[Titles, Meta(description="the word")]
    text: Annotated[Titles, Meta(description="what it means: markdown, 1 to 4 lines")]
    page: Annotated[PageRef, Meta(description="lesson-id#page-id of the page that teaches it")]
    see: Annotated[tuple[Id, ...], Meta(description="other terms")] = ()


class GlossaryKeys(Keys, frozen=True, kw_only=True):
    """`glossary.yaml`, the words of the course."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    terms: tuple[TermKeys, ...]


class Verdict(StrEnum):
    """What an audit found of a claim."""

    TRUE = "true"
    CONDITIONAL = "conditional"
    IMPRECISE = "imprecise"
    WRONG = "wrong"

    @property
    def needs_repair(self) -> bool:
        """Whether a course that uses the source has to put the claim right."""
        return self in (Verdict.IMPRECISE, Verdict.WRONG)


class SourceClaimKeys(Keys, frozen=True, kw_only=True):
    """One claim of the source document, and what an audit found."""

    number: Annotated[int, Meta(ge=1, description="what `repairs` call it")]
    verdict: Annotated[Verdict, Meta(description="imprecise and wrong ones must be put right")]
    statement: Annotated[str, Meta(description="what it says; needed where it must be put right")] = ""

    def __post_init__(self) -> None:
        """What must be put right can be read."""
        if self.verdict.needs_repair and not self.statement.strip():
            raise ValueError(f"claim {self.number} is {self.verdict}, so it needs a statement")


class SourceClaimsKeys(Keys, frozen=True, kw_only=True):
    """`source-claims.yaml`, the claims of a text that the course corrects."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    source: Annotated[Text, Meta(description="what the text is")]
    claims: tuple[SourceClaimKeys, ...]


class LessonKeys(Keys, frozen=True, kw_only=True):
    """The front matter of `lesson.<language>.md`."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    id: Annotated[Id, Meta(description="never changes")]
    aliases: Annotated[tuple[Id, ...], Meta(description="ids the lesson had before")] = ()
    title: Text
    summary: Text
    minutes: Annotated[int, Meta(ge=1, le=600, description="time to work through it")]
    objectives: tuple[Text, ...] = ()
    requires: Annotated[tuple[Id, ...], Meta(description="lessons to have read before")] = ()
    concepts: Annotated[tuple[Id, ...], Meta(description="concepts it teaches")] = ()
    sources: Annotated[tuple[Text, ...], Meta(description="papers and books")] = ()


class QuestionsKeys(Keys, frozen=True, kw_only=True):
    """The front matter of `questions.<language>.md`."""

    format: Annotated[Literal[1], Meta(description="version of this format")]
    lesson: Annotated[Id, Meta(description="id of the lesson they belong to")]
