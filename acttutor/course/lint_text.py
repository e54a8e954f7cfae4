"""What is wrong with the prose of a course: formulas, links, raw HTML, images."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from acttutor.course import formula
from acttutor.course.blocks import MATH, NOTE
from acttutor.course.document import Entry, Mapping, Node, Problem, Scalar, Sequence
from acttutor.course.known import Known, missing
from acttutor.course.links import PageLink, TermLink, link
from acttutor.course.lint_lines import check_length, check_widths
from acttutor.course.parser import ParsedBlock, ParsedLesson, Source
from acttutor.course.places import error, warning

MAX_FORMULA_COLUMNS: Final = 72
# Keys whose values are markdown, wherever they stand in a block; `label` and its like are plain text.
_PROSE_KEYS: Final = frozenset({"prompt", "text", "why", "reveal", "caption", "hints"})
_DOLLARS: Final = re.compile(r"(?<!\\)\$")


def check_lesson_text(parsed: ParsedLesson, ids: Known) -> Iterator[Problem]:
    """Every page of a lesson: its length, its prose, its blocks."""
    source = parsed.source
    yield from check_widths(source)
    for page in parsed.pages:
        yield from check_length(page, source)
        yield from check_prose(page.title, page.line, source, ids)
        yield from check_prose(page.markdown, page.body_line, source, ids)
        for block in page.blocks:
            yield from check_block_prose(block, source, ids)


def check_block_prose(block: ParsedBlock, source: Source, ids: Known) -> Iterator[Problem]:
    """The markdown in a block's values, the formula of a math block, or the text of a note."""
    if block.kind == MATH:
        yield from _check_formula(block.text, block.line + 1, source, displayed=True)
    elif block.kind == NOTE:
        yield from check_prose(block.text, block.line + 1, source, ids)
    elif block.node is not None:
        yield from _check_reveal(block.node, source)
        for scalar in _prose(block.node):
            yield from check_prose(scalar.text, scalar.line, source, ids)


def _check_reveal(block: Mapping, source: Source) -> Iterator[Problem]:
    """A reveal is shown as running text, in which the cells of a table would stand one below the other."""
    reveal = block.get("reveal")
    if not isinstance(reveal, Scalar):
        return
    for token in _open_markdown().parse(reveal.text):
        if token.type == "table_open" and token.map is not None:
            row = reveal.text.split("\n")[token.map[0]]
            at = source.find(row, reveal.line)
            yield error(source.path, at, "table", "a reveal has no tables", "use lines, or a page")


def check_prose(text: str, line: int, source: Source, ids: Known) -> Iterator[Problem]:
    """One piece of markdown, which begins at or after a line of its file."""
    for token in _open_markdown().parse(text):
        at = line + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            yield _html(token.content, at, source)
        elif token.type in ("math_block", "math_block_label"):
            yield from _check_formula(token.content, at, source, displayed=True)
        elif token.type == "inline":
            for child in token.children or ():
                yield from _check_inline(child, at, source, ids)


def _check_inline(token: Token, line: int, source: Source, ids: Known) -> Iterator[Problem]:
    match token.type:
        case "html_inline":
            yield _html(token.content, line, source)
        case "math_inline" | "math_inline_double":
            yield from _check_formula(token.content, line, source, displayed=False)
        case "link_open":
            target = str(token.attrs.get("href", ""))
            complaint = _link_problem(target, ids)
            if complaint is not None:
                yield error(source.path, source.find(target, line), "link", *complaint)
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


def _link_problem(target: str, ids: Known) -> tuple[str, str] | None:
    """What is wrong with the target of a link, and what would be right."""
    match link(target):
        case None:
            advice = "write https://…, glossary:TERM-ID or page:LESSON-ID#PAGE-ID"
            return f"the link {_short(target)!r} opens nothing", advice
        case TermLink(term) if term not in ids.terms:
            return missing("term", term, ids.terms)
        case PageLink(lesson, page) if f"{lesson}#{page}" not in ids.pages:
            return missing("page", f"{lesson}#{page}", ids.pages)
        case _:
            return None


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
