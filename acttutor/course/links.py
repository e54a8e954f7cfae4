"""Where a link of a lesson leads: to a web page, an entry of the glossary, or a page of the course."""

import re
from dataclasses import dataclass
from typing import Final

_WEB: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_TERM: Final = re.compile(r"glossary:([a-z0-9-]{1,64})")
_PAGE: Final = re.compile(r"page:([a-z0-9-]{1,64})#([a-z0-9-]{1,64})")


@dataclass(frozen=True, slots=True)
class WebLink:
    """A page of the web, to be opened only after the reader confirms."""

    address: str


@dataclass(frozen=True, slots=True)
class TermLink:
    """An entry of the glossary."""

    term: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a lesson of this course."""

    lesson: str
    page: str


Link = WebLink | TermLink | PageLink


def link(target: str) -> Link | None:
    """What the target of a markdown link means; None for one that opens nothing."""
    if _WEB.match(target):
        return WebLink(target)
    if term := _TERM.fullmatch(target):
        return TermLink(term[1])
    if page := _PAGE.fullmatch(target):
        return PageLink(page[1], page[2])
    return None


def web_address(target: str) -> str:
    """The target where it stands in the web, and nothing where it stands in the course itself."""
    return "" if isinstance(link(target), TermLink | PageLink) else target
