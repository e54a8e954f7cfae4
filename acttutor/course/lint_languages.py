"""Where two languages of a lesson differ in more than their words: pages, blocks, ids, keys, numbers, order."""

from collections.abc import Iterator
from collections.abc import Sequence as Listed
from dataclasses import dataclass
from typing import Final

from acttutor.course.blocks import MATH, NOTE
from acttutor.course.course_files import LessonFiles
from acttutor.course.document import Mapping, Node, Problem, Scalar, Sequence
from acttutor.course.keys import Args
from acttutor.course.lint_claims import check_arguments
from acttutor.course.network_schema import NetworkDocument
from acttutor.course.parser import ParsedBlock, ParsedLesson, ParsedPage, ParsedQuestions, heading_of
from acttutor.course.placeholders import placeholders
from acttutor.course.places import error
from acttutor.errors import UserError

# Keys whose texts are translated; what lies under any other key is the same in every language.
_TRANSLATED: Final = frozenset(
    {
        "title",
        "summary",
        "objectives",
        "sources",
        "prompt",
        "text",
        "why",
        "reveal",
        "caption",
        "label",
        "hints",
    }
)


_NETWORK: Final = "network"


def compare(original: LessonFiles, translation: LessonFiles) -> Iterator[Problem]:
    """Each difference, placed in the translation; a file that only one language has is none of ours.

    What cannot be read in one language is not compared: every difference found there would be no difference.
    """
    if original.lesson is not None and translation.lesson is not None:
        yield from _compare_lessons(original.lesson, translation.lesson)
    if original.questions is not None and translation.questions is not None:
        yield from _compare_questions(original.questions, translation.questions)


def _compare_lessons(original: ParsedLesson, translation: ParsedLesson) -> Iterator[Problem]:
    if _swallowed(original) or _swallowed(translation):
        return
    sides = _Sides(original.source.path, translation.source.path)
    if original.header is not None and translation.header is not None:
        yield from sides.header(original.header_node, translation.header_node)
    pages = {page.id: page for page in original.pages}
    last = translation.pages[-1].line if translation.pages else 1
    if not _unnamed_pages(original) and not _unnamed_pages(translation):
        yield from sides.order(
            "page",
            [(page.id, page.line) for page in original.pages],
            [(page.id, page.line) for page in translation.pages],
            last,
        )
    for page in translation.pages:
        if page.id in pages:
            yield from _compare_pages(sides, pages[page.id], page)


def _compare_pages(sides: "_Sides", original: ParsedPage, translation: ParsedPage) -> Iterator[Problem]:
    yield from sides.blocks(original.blocks, translation.blocks, translation.line)


def _compare_questions(original: ParsedQuestions, translation: ParsedQuestions) -> Iterator[Problem]:
    if _swallowed(original) or _swallowed(translation):
        return
    sides = _Sides(original.source.path, translation.source.path)
    if original.header is not None and translation.header is not None:
        yield from sides.header(original.header_node, translation.header_node)
    yield from sides.blocks(original.blocks, translation.blocks, len(translation.source.lines))


def _swallowed(file: ParsedLesson | ParsedQuestions) -> bool:
    """Whether an open fence has taken in what follows it."""
    return any(problem.code == "fence" for problem in file.problems)


def _unnamed_pages(lesson: ParsedLesson) -> bool:
    """Whether some page has no id of its own, so that its counterpart cannot be told."""
    return any(heading_of(lesson.source.lines[page.line - 1]) is None for page in lesson.pages)


def _named(block: ParsedBlock) -> bool:
    """Whether the block can be told from others: it has a readable id, or needs none."""
    id = block.node.get("id") if block.node is not None else None
    return block.kind in (MATH, NOTE) or isinstance(id, Scalar)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two files that are compared."""

    original: str
    translation: str

    def problem(self, at: tuple[int, int], message: str, line: int, suggestion: str = "") -> Problem:
        where = f"{self.original}:{line}"
        return error(self.translation, at, "languages", f"{message} (see {where})", suggestion)

    def header(self, original: Mapping | None, translation: Mapping | None) -> Iterator[Problem]:
        if original is not None and translation is not None:
            yield from self.nodes(original, translation, "")

    def blocks(
        self, originals: Listed[ParsedBlock], translations: Listed[ParsedBlock], end: int
    ) -> Iterator[Problem]:
        unnamed = {block.kind for block in (*originals, *translations) if not _named(block)}
        originals = [block for block in originals if block.kind not in unnamed]
        translations = [block for block in translations if block.kind not in unnamed]
        named, names = dict(zip(_names(originals), originals, strict=True)), _names(translations)
        yield from self.order(
            "block",
            [(name, block.line) for name, block in named.items()],
            [(name, block.line) for name, block in zip(names, translations, strict=True)],
            end,
        )
        for name, block in zip(names, translations, strict=True):
            original = named.get(name)
            if original is None or original.keys is None or block.keys is None:
                continue
            if original.node is not None and block.node is not None:
                yield from self.nodes(original.node, block.node, "")
                yield from self.prompts(original.node, block.node)

    def prompts(self, original: Mapping, translation: Mapping) -> Iterator[Problem]:
        """Both prompts of a template tell the same numbers."""
        variables, one, other = original.get("variables"), original.get("prompt"), translation.get("prompt")
        if not (isinstance(variables, Mapping) and isinstance(one, Scalar) and isinstance(other, Scalar)):
            return
        told = {found.name for found in placeholders(one.text, variables.keys)}
        for name in sorted(told - {found.name for found in placeholders(other.text, variables.keys)}):
            message = f"the prompt does not tell {{{name}}}"
            yield self.problem((other.line, other.column), message, one.line, "tell the same numbers")

    def order(
        self, noun: str, originals: list[tuple[str, int]], translations: list[tuple[str, int]], end: int
    ) -> Iterator[Problem]:
        """What is missing, what is too much, and else what stands where another should."""
        here, there = [name for name, _ in translations], [name for name, _ in originals]
        for name, line in originals:
            if name not in here:
                yield self.problem((end, 1), f"the {noun} {name} is missing", line, "translate it")
        for name, line in translations:
            if name not in there:
                first = originals[0][1] if originals else 1
                message = f"the {noun} {name} is in no other language"
                yield self.problem((line, 1), message, first, "remove it, or write it there too")
        common = [name for name in there if name in here]
        for (name, line), wanted in zip(
            [pair for pair in translations if pair[0] in there], common, strict=False
        ):
            if name != wanted:
                message = f"the {noun} {name} stands where {wanted} should"
                yield self.problem((line, 1), message, dict(originals)[wanted], "keep the same order")
                return

    def nodes(self, original: Node, translation: Node, key: str) -> Iterator[Problem]:
        at = (translation.line, translation.column)
        if isinstance(original, Mapping) and isinstance(translation, Mapping):
            yield from self.mappings(original, translation, key)
        elif isinstance(original, Sequence) and isinstance(translation, Sequence):
            if len(original.items) != len(translation.items):
                message = f"{key} has {len(translation.items)} items, not {len(original.items)}"
                yield self.problem(at, message, original.line)
                return
            for index, (one, other) in enumerate(zip(original.items, translation.items, strict=True)):
                yield from self.nodes(one, other, f"{key}[{index}]")
        elif isinstance(original, Scalar) and isinstance(translation, Scalar):
            if _last_key(key) not in _TRANSLATED and not _same(original.text, translation.text):
                message = f"{key} is {_short(translation.text)}, not {_short(original.text)}"
                yield self.problem(at, message, original.line, "make both the same")
        else:
            yield self.problem(at, f"{key} is of another kind", original.line, "make both the same")

    def mappings(self, original: Mapping, translation: Mapping, key: str) -> Iterator[Problem]:
        one, other = original.get("id"), translation.get("id")
        if isinstance(one, Scalar) and isinstance(other, Scalar) and one.text != other.text:
            message = f"{_join(key, 'id')} is {_short(other.text)}, not {_short(one.text)}"
            yield self.problem((other.line, other.column), message, one.line, "same ids in the same order")
            return
        if key == _NETWORK and not (_known_network(original) and _known_network(translation)):
            return
        for entry in original.entries:
            if translation.get(entry.key.text) is None:
                message = f"the key {_join(key, entry.key.text)} is missing"
                yield self.problem((translation.line, translation.column), message, entry.key.line, "add it")
        for entry in translation.entries:
            there = original.get(entry.key.text)
            if there is None:
                message = f"the key {_join(key, entry.key.text)} is in no other language"
                yield self.problem((entry.key.line, entry.key.column), message, original.line, "remove it")
            elif entry.key.text != "args" or (_accepted(original) and _accepted(translation)):
                yield from self.nodes(there, entry.value, _join(key, entry.key.text))


def _known_network(network: Mapping) -> bool:
    """Whether every key is one of a network file; others are told where the network is built."""
    return set(network.keys) <= set(NetworkDocument.__struct_encode_fields__)


def _accepted(number: Mapping) -> bool:
    """Whether the measure of a number takes its arguments; what it refuses is told where it stands."""
    measure, args = number.get("measure"), number.get("args")
    if not isinstance(measure, Scalar) or not isinstance(args, Mapping):
        return True
    given: Args = {
        entry.key.text: entry.value.text for entry in args.entries if isinstance(entry.value, Scalar)
    }
    try:
        check_arguments(measure.text, given)
    except UserError:
        return False
    return True


def _names(blocks: Listed[ParsedBlock]) -> list[str]:
    """What blocks are called: kind and id; a formula by what it says, a note by its number on the page."""
    names, notes = [], 0
    for block in blocks:
        id = block.node.get("id") if block.node is not None else None
        notes += block.kind == NOTE
        said = _short(id.text) if isinstance(id, Scalar) else _short(block.text)
        names.append(f"{block.kind} {notes if block.kind == NOTE else said}".strip())
    return names


def _same(one: str, other: str) -> bool:
    if one.strip() == other.strip():
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _last_key(key: str) -> str:
    return key.rsplit(".", 1)[-1].split("[", 1)[0]


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:39]}…"
