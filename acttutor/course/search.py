"""Finding a word in the course: titles and text of its pages, the glossary, the named misconceptions.

Questions, what is predicted and the notes of a workshop leader are left out: finding them would give them away.
A word is found whatever its case and form of writing (Unicode's NFKC), and inside other words too, since Chinese
has no spaces to tell words apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from markdown_it.token import Token

from acttutor.course.line_breaks import joined
from acttutor.course.model import (
    Block,
    ClaimBlock,
    Course,
    ExperimentBlock,
    FlowBlock,
    MathBlock,
    NoteBlock,
    Page,
    PlotBlock,
    PredictBlock,
    QuizBlock,
    SimBlock,
)
from acttutor.course.parser import markdown
from acttutor.course.plain import inline_text, plain_line

_MOST: Final = 40  # hits of one kind: nobody reads on, and more would take longer to show


class Kind(StrEnum):
    """What was found, and where; a list of hits is grouped by it, in this order."""

    TITLE = "title"
    TERM = "term"
    TEXT = "text"
    MISCONCEPTION = "misconception"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in plain text, and the line of the page's markdown (from 0) where it begins."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is called, the passage that shows why, and the page where it is taught.

    `id` is that of the page, term or misconception; `passage` is empty where the title says it all.
    """

    kind: Kind
    id: str
    title: str
    passage: Passage
    lesson: str
    page: str


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    id: str
    title: str
    passages: tuple[Passage, ...]
    lesson: str
    page: str
    folded_title: str
    folded: tuple[str, ...]
    everything: str


def folded(text: str) -> str:
    """The text as it is compared: NFKC, no capitals."""
    return normalize("NFKC", text).casefold()


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, as they are compared."""
    return tuple(folded(query).split())


def marks(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, as (start, end) offsets in it, in their order, overlaps joined."""
    plain, origin = "", []
    for offset, character in enumerate(text):
        one = folded(character)
        plain += one
        origin += [offset] * len(one)
    found: list[tuple[int, int]] = []
    for word in words:
        start = plain.find(word)
        while word and start >= 0:
            found.append((origin[start], origin[start + len(word) - 1] + 1))
            start = plain.find(word, start + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


class Index:
    """Everything of one course that can be found; making it reads every page, so do that in a thread."""

    def __init__(self, course: Course) -> None:
        self._entries = tuple(_entries(course))

    def find(self, query: str) -> tuple[Hit, ...]:
        """What holds every word of the query, grouped by kind; of each kind the first forty at most."""
        words = words_of(query)
        if not words:
            return ()
        found: dict[Kind, list[Hit]] = {kind: [] for kind in Kind}
        for entry in self._entries:
            if all(word in entry.everything for word in words):
                hit = _hit(entry, words)
                found[hit.kind].append(hit)
        phrase = " ".join(words)
        found[Kind.TERM].sort(key=lambda hit: _distance(folded(hit.title), words))
        found[Kind.TEXT].sort(key=lambda hit: phrase not in folded(hit.passage.text))
        return tuple(hit for kind in Kind for hit in found[kind][:_MOST])


def _distance(title: str, words: tuple[str, ...]) -> int:
    """How far a term's name is from what was typed: the same, begins with it, has it, only its entry has it."""
    if title == " ".join(words):
        return 0
    return 1 if title.startswith(words) else 2 if all(word in title for word in words) else 3


def _hit(entry: _Entry, words: tuple[str, ...]) -> Hit:
    """The entry with the passage that holds the whole query, or else the most of its words."""
    phrase = " ".join(words)

    def rank(index: int) -> tuple[bool, int]:
        text = entry.folded[index]
        return phrase in text, sum(word in text for word in words)

    best = max(range(len(entry.passages)), key=rank, default=None)
    passage = entry.passages[best] if best is not None else Passage("")
    kind = entry.kind
    if kind is Kind.TEXT and all(word in entry.folded_title for word in words):
        kind = Kind.TITLE
    return Hit(kind, entry.id, entry.title, passage, entry.lesson, entry.page)


def _entries(course: Course) -> Iterator[_Entry]:
    for lesson in course.lessons:
        for page in lesson.pages:
            yield _entry(Kind.TEXT, page.id, page.title, tuple(passages(page)), lesson.id, page.id)
    for term in course.glossary:
        text = (Passage(plain_line(term.text)),)
        yield _entry(Kind.TERM, term.id, term.title, text, term.lesson, term.page)
    for wrong in course.misconceptions:
        yield _entry(Kind.MISCONCEPTION, wrong.id, wrong.title, (), wrong.repair_lesson, wrong.repair_page)


def _entry(kind: Kind, id: str, title: str, texts: tuple[Passage, ...], lesson: str, page: str) -> _Entry:
    title = plain_line(title)
    folded_title, folds = folded(title), tuple(folded(passage.text) for passage in texts)
    everything = "\n".join((folded_title, *folds))
    return _Entry(kind, id, title, texts, lesson, page, folded_title, folds, everything)


def passages(page: Page) -> Iterator[Passage]:
    """The paragraphs of a page that may be found, in their order, without what would give an answer away."""
    for token in markdown().parse(page.markdown):
        line = token.map[0] if token.map else 0
        text = ""
        if token.type == "inline":
            text = inline_text(token)
        elif token.type in ("fence", "code_block"):
            text = _fence_text(page, token, line)
        if text := joined(text):
            yield Passage(text, line)


def _fence_text(page: Page, token: Token, line: int) -> str:
    block = page.block_at(line) if token.level == 0 else None
    return token.content if block is None else plain_line(told(block))


def told(block: Block) -> str:
    """What a block says before anybody has answered anything."""
    match block:
        case ClaimBlock(text=text):
            return text
        case PredictBlock(prompt=prompt):
            return prompt
        case PlotBlock() | FlowBlock() | SimBlock() | ExperimentBlock():
            return block.caption
        case QuizBlock() | NoteBlock() | MathBlock():
            return ""
