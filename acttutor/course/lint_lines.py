"""How long pages are and how wide their lines: what is shown on a terminal has to fit on one."""

import re
from collections.abc import Iterator
from typing import Final

from acttutor.course import formula
from acttutor.course.blocks import BLOCK_NAMES, NOTE
from acttutor.course.document import Problem
from acttutor.course.parser import ParsedPage, Source, markdown
from acttutor.course.places import error

MAX_PAGE_LINES: Final = 40
"""Lines of text on a page; a live block counts as one."""
MAX_WHOLE_LINES: Final = 60
"""Lines of a page in its file, with its blocks, but without questions and notes."""
MAX_COLUMNS: Final = 76
_ADDRESS: Final = re.compile(r"https?://[^\s)>]+|(?<=\]\()[^\s)]+")
_MARK: Final = "---"


def check_length(page: ParsedPage, source: Source) -> Iterator[Problem]:
    """A page is one idea, and fits on few screens."""
    at = (page.line, 1)
    count = text_lines(page)
    if count > MAX_PAGE_LINES:
        message = (
            f"the page has {count} lines of text, at most {MAX_PAGE_LINES} fit (a live block counts as one)"
        )
        yield error(source.path, at, "page-length", message, "split it into two pages")
    whole = whole_lines(page)
    if whole > MAX_WHOLE_LINES:
        message = f"the page has {whole} lines with its blocks (questions apart), at most {MAX_WHOLE_LINES}"
        yield error(source.path, at, "page-length", message, "split it into two pages")


def text_lines(page: ParsedPage) -> int:
    """The lines of a page as a reader meets them: a live block counts as one, a note not at all."""
    count = _lines(page)
    for name, inside in _fences(page):
        count -= inside if name == NOTE else inside - 1
    return max(count, 0)


def whole_lines(page: ParsedPage) -> int:
    """The lines of a page in its file but for questions and notes, which come one at a time or not at all."""
    return _lines(page) - sum(inside for name, inside in _fences(page) if name in ("quiz", NOTE))


def _lines(page: ParsedPage) -> int:
    return len(page.markdown.strip("\n").split("\n"))


def _fences(page: ParsedPage) -> Iterator[tuple[str, int]]:
    """The live blocks of a page by name, each with its number of lines."""
    for token in markdown().parse(page.markdown):
        name = token.info.strip()
        if token.type == "fence" and token.map and name in BLOCK_NAMES:
            yield name, token.map[1] - token.map[0]


def check_widths(source: Source) -> Iterator[Problem]:
    """No line after the front matter is wider than a terminal; the address of a link does not count."""
    for number, line in enumerate(source.lines[_begin(source) :], _begin(source) + 1):
        columns = formula.width(line)
        if columns <= MAX_COLUMNS or formula.width(_ADDRESS.sub("", line)) <= MAX_COLUMNS:
            continue
        at = (number, _column_at(line, MAX_COLUMNS))
        message = f"this line is {columns} columns wide"
        yield error(source.path, at, "width", message, f"at most {MAX_COLUMNS}: break the line")


def _begin(source: Source) -> int:
    """The index of the first line after the front matter; 0 for a file without one."""
    if not source.lines or source.lines[0].strip() != _MARK:
        return 0
    return next((n + 1 for n, line in enumerate(source.lines) if n and line.strip() == _MARK), 0)


def _column_at(line: str, cells: int) -> int:
    """The first column (1-based, in characters) that no longer fits into so many cells."""
    return next(end for end in range(1, len(line) + 1) if formula.width(line[:end]) > cells)
