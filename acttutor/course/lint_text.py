"""What is wrong with the prose of a course: formulas, links, raw HTML, images, pages that are too long."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from acttutor.course import formula
from acttutor.course.blocks import BLOCK_NAMES, MATH
from acttutor.course.document import Entry, Mapping, Node, Problem, Scalar, Sequence
from acttutor.course.parser import ParsedBlock, ParsedLesson, ParsedPage, Source, markdown
from acttutor.course.places import error, warning

MAX_PAGE_LINES: Final = 40
MAX_FORMULA_COLUMNS: Final = 72
MAX_FENCE_COLUMNS: Final = 76
# Keys whose values are markdown, wherever they stand in a block; `label` and its like are plain text.
_PROSE_KEYS: Final = frozenset({"prompt", "text", "why", "reveal", "caption", "hints"})
_WEB: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_DOLLARS: Final = re.compile(r"(?<!\\)\$")


def check_page(page: ParsedPage, source: Source) -> Iterator[Problem]:
    """Length, prose and blocks of one page."""
    count = text_lines(page)
    if count > MAX_PAGE_LINES:
        message = (
            f"the page has {count} lines of text, at most {MAX_PAGE_LINES} fit (a live block counts as one)"
        )
        yield error(source.path, (page.line, 1), "page-length", message, "split it into two pages")
    yield from check_prose(page.title, page.line, source)
    yield from check_prose(page.markdown, page.body_line, source)
    for block in page.blocks:
        yield from check_block_prose(block, source)


def text_lines(page: ParsedPage) -> int:
    """The lines of a page as a reader meets them: a live block counts as one."""
    lines = page.markdown.rstrip().split("\n")
    count = len(lines)
    for token in markdown().parse(page.markdown):
        if token.type == "fence" and token.map and token.info.strip() in BLOCK_NAMES:
            count -= token.map[1] - token.map[0] - 1
    return max(count, 0)


def check_lesson_text(parsed: ParsedLesson) -> Iterator[Problem]:
    """Every page of a lesson."""
    yield from check_fences(parsed.source)
    for page in parsed.pages:
        yield from check_page(page, parsed.source)


def check_fences(source: Source) -> Iterator[Problem]:
    """No line inside a fence is wider than a terminal: nothing wraps it."""
    for token in markdown().parse(source.text):
        if token.type == "fence" and token.map is not None:
            for number in range(token.map[0] + 1, token.map[1]):
                columns = formula.width(source.lines[number])
                if columns > MAX_FENCE_COLUMNS:
                    at = (number + 1, _column_at(source.lines[number], MAX_FENCE_COLUMNS))
                    message = f"{columns} columns inside a fence"
                    yield error(
                        source.path, at, "width", message, f"at most {MAX_FENCE_COLUMNS}: break the line"
                    )


def check_block_prose(block: ParsedBlock, source: Source) -> Iterator[Problem]:
    """The markdown in a block's values, or the formula of a math block."""
    if block.kind == MATH:
        yield from _check_formula(block.latex, block.line + 1, source, displayed=True)
    elif block.node is not None:
        for scalar in _prose(block.node):
            yield from check_prose(scalar.text, scalar.line, source)


def check_prose(text: str, line: int, source: Source) -> Iterator[Problem]:
    """One piece of markdown, which begins at or after a line of its file."""
    for token in _open_markdown().parse(text):
        at = line + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            yield _html(token.content, at, source)
        elif token.type in ("math_block", "math_block_label"):
            yield from _check_formula(token.content, at, source, displayed=True)
        elif token.type == "inline":
            for child in token.children or ():
                yield from _check_inline(child, at, source)


def _check_inline(token: Token, line: int, source: Source) -> Iterator[Problem]:
    match token.type:
        case "html_inline":
            yield _html(token.content, line, source)
        case "math_inline" | "math_inline_double":
            yield from _check_formula(token.content, line, source, displayed=False)
        case "link_open":
            target = str(token.attrs.get("href", ""))
            if not _WEB.match(target):
                message = f"the link {_short(target)!r} opens nothing"
                at = source.find(target, line)
                yield error(source.path, at, "link", message, "a link begins with https:// or http://")
        case "image":
            target = str(token.attrs.get("src", ""))
            message = "a picture cannot be shown in a terminal"
            yield error(
                source.path, source.find(target, line), "image", message, "use a plot block, or words"
            )
        case "text" if _DOLLARS.search(token.content):
            text = token.content.strip()
            at = _shifted(source.find(text, line), text, text.rindex("$"))
            message = "a $ that begins no formula"
            yield warning(source.path, at, "formula", message, r"close the formula, or write \$ for a dollar")


def _check_formula(latex: str, line: int, source: Source, *, displayed: bool) -> Iterator[Problem]:
    found = source.find(latex, line)
    for problem in formula.check(latex):
        at = _shifted(found, latex, problem.offset)
        message = f"in the formula {_short(latex)}: {problem.message}"
        yield error(source.path, at, "formula", message, problem.suggestion)
        return
    drawing = formula.draw(latex)
    if displayed and drawing.width > MAX_FORMULA_COLUMNS:
        message = f"the formula is {drawing.width} columns wide, {MAX_FORMULA_COLUMNS} fit"
        yield warning(source.path, found, "formula-width", message, "break it with \\begin{aligned}")
    elif not drawing.drawn:
        message = f"the formula {_short(latex)} cannot be drawn; its LaTeX will be shown"
        yield warning(source.path, found, "formula", message, "write it more simply")


def _shifted(found: tuple[int, int], latex: str, offset: int) -> tuple[int, int]:
    """The place of a character of a formula, whose first line that is not blank begins at `found`."""
    line, column = found
    start = len(latex) - len(latex.lstrip())
    before = latex[start : max(offset, start)]
    if "\n" not in before:
        return line, column + len(before)
    return line + before.count("\n"), len(before) - before.rfind("\n")


def _column_at(line: str, cells: int) -> int:
    """The first column (1-based, in characters) that no longer fits into so many cells."""
    return next(end for end in range(1, len(line) + 1) if formula.width(line[:end]) > cells)


def _html(content: str, line: int, source: Source) -> Problem:
    at = source.find(content.strip(), line)
    message = f"raw HTML, {_short(content)}, is shown as text"
    return error(source.path, at, "html", message, "use markdown, or `code` for a tag you mean to show")


def _prose(node: Node) -> Iterator[Scalar]:
    """The scalars under prose keys, through lists and mappings."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _prose_of(entry)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _prose(item)


def _prose_of(entry: Entry) -> Iterator[Scalar]:
    value = entry.value
    if isinstance(value, Scalar):
        if entry.key.text in _PROSE_KEYS:
            yield value
    elif isinstance(value, Sequence) and entry.key.text in _PROSE_KEYS:
        yield from (item for item in value.items if isinstance(item, Scalar))
    else:
        yield from _prose(value)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:39]}…"


@cache
def _open_markdown() -> MarkdownIt:
    """The parser of lessons, but open to what they may not hold, so that it can be found."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser
