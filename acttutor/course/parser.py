"""From the text of a lesson or questions file to its parts: front matter, pages, blocks, each with its place.

Nothing here raises on any text. What cannot be read is reported and left out, so that everything else in the
file is still checked. `assemble.py` turns the parts of a file without errors into the model.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from acttutor.course.blocks import BLOCK_NAMES, MATH, NOTE, kind_of
from acttutor.course.course_keys import LessonKeys, QuestionsKeys
from acttutor.course.document import MAX_BYTES, Mapping, Node, Problem, Severity, convert, parse_yaml
from acttutor.course.fences import mend
from acttutor.course.keys import Keys
from acttutor.course.places import clean_node
from acttutor.course.text import clean, unsafe_characters
from acttutor.course.yaml_errors import TAB_INDENTS, tab_in
from acttutor.errors import did_you_mean

_UNSAFE_SHOWN: Final = 20
_HEADING: Final = re.compile(r"## +(?P<title>\S.*?)\s*\{#(?P<id>[^{}]*)\}\s*")
_ID: Final = re.compile(r"[a-z0-9-]{1,64}")
_CODE_LANGUAGES: Final = frozenset(
    {"", "text", "python", "pytorch", "yaml", "json", "console", "bash", "sh", "md"}
)

K = TypeVar("K", bound=Keys)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the course: its name in problems, and its text, cleaned, with the lines of the file."""

    path: str
    text: str
    lines: tuple[str, ...]

    def find(self, needle: str, line: int) -> tuple[int, int]:
        """Line and column (1-based) where a text begins, looked for from `line` on; else the start of `line`.

        Only the first line of the needle is looked for: inside a block or list the others are indented.
        """
        first = next((part for part in needle.split("\n") if part.strip()), "").strip()
        for number in range(max(line, 1), len(self.lines) + 1):
            column = self.lines[number - 1].find(first) if first else -1
            if column >= 0:
                return number, column + 1
        return line, 1


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A live block: `line` is that of its fence, `keys` None where the body has errors.

    `text` is the body where it is no YAML: a formula, a note.
    """

    kind: str
    line: int
    node: Mapping | None
    keys: Keys | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """One `##` section; `line` is that of its heading, `body_line` the first line after it."""

    id: str
    title: str
    line: int
    body_line: int
    markdown: str
    blocks: tuple[ParsedBlock, ...]


@dataclass(frozen=True, slots=True)
class ParsedLesson:
    """The parts of a lesson file."""

    source: Source
    header: LessonKeys | None
    header_node: Mapping | None
    pages: tuple[ParsedPage, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ParsedQuestions:
    """The parts of a questions file; what stands between its blocks is for authors only."""

    source: Source
    header: QuestionsKeys | None
    header_node: Mapping | None
    blocks: tuple[ParsedBlock, ...]
    problems: tuple[Problem, ...]


def parse_lesson(text: str, path: str) -> ParsedLesson:
    """The parts of a lesson file and everything wrong with each on its own."""
    reading = _Reading(text, path)
    header_node, header = reading.front_matter(LessonKeys)
    blocks = reading.blocks()
    pages = tuple(reading.pages(blocks))
    if not pages:
        reading.error(len(reading.source.lines), 1, "page", "no page", "begin one with ## Title {#page-id}")
    return ParsedLesson(reading.source, header, header_node, pages, tuple(reading.problems))


def parse_questions(text: str, path: str) -> ParsedQuestions:
    """The parts of a questions file and everything wrong with each on its own."""
    reading = _Reading(text, path)
    header_node, header = reading.front_matter(QuestionsKeys)
    blocks = tuple(reading.blocks())
    for block in blocks:
        if block.kind != "quiz":
            reading.error(
                block.line, 1, "block-place", f"a {block.kind} block in a questions file", "only quiz"
            )
    if not blocks:
        reading.error(len(reading.source.lines), 1, "question", "no question", "write ```quiz blocks")
    quizzes = tuple(block for block in blocks if block.kind == "quiz")
    return ParsedQuestions(reading.source, header, header_node, quizzes, tuple(reading.problems))


@cache
def markdown() -> MarkdownIt:
    """The markdown of lessons: CommonMark, tables, strikethrough, dollar formulas; raw HTML is text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.use(front_matter_plugin).use(dollarmath_plugin)


def heading_of(line: str) -> tuple[str, str] | None:
    """Id and title of a page from its heading line; None for a line that is none, or has no good id."""
    match = _HEADING.fullmatch(line)
    return (match["id"], match["title"]) if match is not None and _ID.fullmatch(match["id"]) else None


class _Reading:
    """One file while it is read: its clean text, its markdown tokens, and the problems found so far."""

    def __init__(self, text: str, path: str) -> None:
        self.problems: list[Problem] = []
        self.path = path
        # Windows editors write a byte order mark; it is no part of the text.
        text = text.removeprefix("\ufeff")
        if len(text) > MAX_BYTES:
            self.error(1, 1, "size", f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split it")
            text = ""
        for found in list(unsafe_characters(text))[:_UNSAFE_SHOWN]:
            self.error(found.line, found.column, "character", f"{found.name} is not allowed", "delete it")
        self.written = re.split("\r\n?|\n", text)
        mended, self.tokens, self.still_open = mend(clean(text), markdown())
        for fence in self.still_open:
            message = f"the fence begun in line {fence.begun} is still open here"
            self.error(
                fence.seen, 1, "fence", message, f"end it above with {fence.mark} on a line of its own"
            )
        self.source = Source(path, mended, tuple(mended.split("\n")))

    def error(self, line: int, column: int, code: str, message: str, suggestion: str = "") -> None:
        self.problems.append(Problem(self.path, line, column, code, Severity.ERROR, message, suggestion))

    def front_matter(self, type_: type[K]) -> tuple[Mapping | None, K | None]:
        """The front matter as a mapping and as keys."""
        token = self.tokens[0] if self.tokens else None
        if token is None or token.type != "front_matter":
            self.error(
                1, 1, "front-matter", "no front matter", "begin the file with --- and end its keys with ---"
            )
            return None, None
        node = self.yaml(f"{token.content}\n", 2)
        if not isinstance(node, Mapping):
            self.error(2, 1, "front-matter", "the front matter is no mapping", "write key: value lines")
            return None, None
        keys, problems = convert(node, type_, self.path)
        self.problems += problems
        return node, keys

    def yaml(self, text: str, line: int) -> Node | None:
        """The tree of a text that begins in a line; a tab has become spaces, so it is looked for before."""
        tab = tab_in(self.written[line - 1 : line - 1 + text.count("\n")])
        if tab is not None:
            self.error(line + tab[0] - 1, tab[1], "syntax", *TAB_INDENTS)
            return None
        node, problems = parse_yaml(text, self.path, line=line)
        self.problems += problems
        # Only an escape can make a character that the text, which is clean, does not hold.
        return clean_node(node) if "\\" in text else node

    def blocks(self) -> list[ParsedBlock]:
        """All live blocks of the file in order; what only looks like one is reported."""
        return [block for token in self.tokens if (block := self.block(token)) is not None]

    def block(self, token: Token) -> ParsedBlock | None:
        if token.type not in ("fence", "math_block", "math_block_label") or token.map is None:
            return None
        line = token.map[0] + 1
        if token.type != "fence":
            return None
        info = token.info.strip()
        name = info.split()[0] if info else ""
        self.check_fence(token, line)
        if name not in BLOCK_NAMES:
            advice = did_you_mean(name, BLOCK_NAMES) if name not in _CODE_LANGUAGES else ""
            if advice:
                self.error(line, 4, "unknown-block", f"no block is called {name[:40]}", advice)
            return None
        if token.level or not self.source.lines[line - 1].startswith("```") or info != name:
            right = f"write ```{name} alone at the start of the line"
            self.error(line, 1, "block-place", f"this {name} block does not stand alone at column 0", right)
            return None
        if any(fence.begun == line for fence in self.still_open):
            return None if name in (MATH, NOTE) else ParsedBlock(name, line, None, None)
        if name in (MATH, NOTE):
            return ParsedBlock(name, line, None, None, token.content.strip())
        return self.live(name, token.content, line)

    def live(self, name: str, body: str, line: int) -> ParsedBlock:
        node = self.yaml(body, line + 1) if body.strip() else None
        kind = kind_of(name)
        if not isinstance(node, Mapping) or kind is None:
            if not body.strip() or node is not None:
                self.error(
                    line, 1, "block", f"the {name} block is no mapping", "write key: value lines in it"
                )
            return ParsedBlock(name, line, None, None)
        keys, problems = convert(node, kind.keys, self.path)
        self.problems += problems
        return ParsedBlock(name, line, node, keys)

    def check_fence(self, token: Token, line: int) -> None:
        """A fence that is never closed swallows the rest of the file."""
        assert token.map is not None
        end = token.map[1]
        closing = self.source.lines[end - 1].strip(" >") if end <= len(self.source.lines) else ""
        if end == line or not closing.startswith(token.markup) or closing.strip(token.markup[0]):
            self.error(line, 1, "fence", "this fence is never closed", f"end it with {token.markup}")

    def pages(self, blocks: list[ParsedBlock]) -> Iterator[ParsedPage]:
        """The `##` sections, each with the blocks between its heading and the next."""
        headings = [(t.map, t) for t in self.tokens if t.type == "heading_open" and not t.level and t.map]
        for place, token in headings:
            if token.tag == "h1":
                self.error(
                    place[0] + 1, 1, "heading", "a # heading", "the title belongs into the front matter"
                )
        starts = [place for place, token in headings if token.tag == "h2"]
        self.check_beginning(starts[0][0] if starts else len(self.source.lines))
        seen: set[str] = set()
        ends = [place[0] for place in starts[1:]] + [len(self.source.lines)]
        for start, end in zip(starts, ends, strict=False):
            title, id = self.heading(start[0] + 1)
            if id in seen:
                self.error(
                    start[0] + 1, 1, "duplicate-id", f"a second page {id}", "give each page its own id"
                )
            seen.add(id)
            body = self.source.lines[start[1] : end]
            inside = tuple(block for block in blocks if start[1] < block.line <= end)
            yield ParsedPage(id, title, start[0] + 1, start[1] + 1, "\n".join(body).rstrip() + "\n", inside)

    def heading(self, line: int) -> tuple[str, str]:
        """Title and id of a page; without an id the page is called by its line, and reported."""
        text = self.source.lines[line - 1]
        heading = heading_of(text)
        if heading is not None:
            return heading[1], heading[0]
        match = _HEADING.fullmatch(text)
        if match is None:
            self.error(line, 1, "heading", "this page has no id", "write ## Title {#page-id}")
            return text.strip("# \t") or "?", f"line-{line}"
        message = f"page id {match['id'][:40]!r}"
        self.error(line, match.start("id") + 1, "id", message, "use a-z, 0-9 and -, at most 64")
        return match["title"], f"line-{line}"

    def check_beginning(self, end: int) -> None:
        """Nothing stands between the front matter and the first page: it would belong to no page."""
        first = self.tokens[0] if self.tokens else None
        begin = first.map[1] if first and first.map and first.type == "front_matter" else 0
        for number in range(begin, end):
            if self.source.lines[number].strip():
                self.error(
                    number + 1,
                    1,
                    "page",
                    "text before the first page",
                    "begin a page with ## Title {#page-id}",
                )
                return
