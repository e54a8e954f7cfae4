"""What a lesson file says at first sight: its front matter and the titles of its pages, without its blocks.

Reading a whole lesson takes some twenty milliseconds, its outline one or two. A file in which anything is unusual
has no outline and is read whole, so that both always agree.
"""

import re
from dataclasses import dataclass
from typing import Final

from acttutor.course.course_keys import LessonKeys
from acttutor.course.document import Mapping, convert, parse_yaml
from acttutor.course.fences import begins_anew
from acttutor.course.parser import heading_of
from acttutor.course.text import is_clean

_FRONT_MATTER: Final = re.compile(r"---\n(?P<keys>(?:(?! *---).*\n)+)---\n")
# Fences that are indented or of tildes, headings that are indented, underlined or of the first level.
_UNUSUAL: Final = re.compile(r" {1,3}(?:```|~~~|#)|~~~|# | {0,3}(?:-+|=+) *$", re.MULTILINE)
_INDENTED_FENCE: Final = re.compile(r" {1,3}```")


@dataclass(frozen=True, slots=True)
class Outline:
    """The keys of a lesson, and its pages as (id, title)."""

    keys: LessonKeys
    pages: tuple[tuple[str, str], ...]


def outline(text: str, path: str) -> Outline | None:
    """The outline of a lesson file, or None where only a full reading can tell."""
    front = _FRONT_MATTER.match(text)
    if front is None or not is_clean(text):
        return None
    node, problems = parse_yaml(front["keys"], path, line=2)
    if problems or not isinstance(node, Mapping):
        return None
    keys, problems = convert(node, LessonKeys, path)
    pages = _pages(text[front.end() :])
    return Outline(keys, pages) if keys is not None and not problems and pages else None


def _pages(body: str) -> tuple[tuple[str, str], ...] | None:
    """The pages, or None where a line is not as it usually is."""
    pages: dict[str, str] = {}
    fence, in_formula = "", False
    for line in body.split("\n"):
        ticks = line[: len(line) - len(line.lstrip("`"))]
        if fence:
            if _INDENTED_FENCE.match(line) or begins_anew(line, fence):
                return None
            fence = "" if len(ticks) >= len(fence) and not line[len(ticks) :].strip(" ") else fence
            continue
        begins = len(ticks) >= 3 and "`" not in line[len(ticks) :]
        heads = line.startswith("##") and not line.startswith("###")
        if _UNUSUAL.match(line) or (in_formula and (begins or heads)):
            return None
        in_formula ^= line.count("$$") % 2 == 1
        if begins:
            fence = ticks
        elif heads:
            heading = heading_of(line)
            if heading is None or heading[0] in pages:
                return None
            pages[heading[0]] = heading[1]
        if not pages and line.strip():
            return None
    return None if in_formula else tuple(pages.items())
