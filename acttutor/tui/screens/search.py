"""Search: the pages, the glossary and the wrong ideas of the course, found while one types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on, work
from textual.content import Content
from textual.message import Message

from acttutor.course.search import Hit, Kind, marks, words_of
from acttutor.tui.following import go_to_page, open_term, page_name
from acttutor.tui.screens.lookup import Lookup
from acttutor.tui.widgets.finder import Row

if TYPE_CHECKING:
    from acttutor.course.search import Index

_BEFORE = 18  # cells of a passage shown before what was found in it


def excerpt(text: str, words: Sequence[str], cells: int) -> Content:
    """The part of a passage around the first word found, one line long, with the words found in bold."""
    found = marks(text, words)
    start = 0
    if found:
        start = found[0][0]
        while start and cell_len(text[start - 1 : found[0][0]]) < _BEFORE:
            start -= 1
    if start and cell_len(text) <= cells:
        start = 0
    if start and (space := text.find(" ", start, found[0][0])) >= 0:
        start = space + 1
    before = "… " if start else ""
    end = len(text)
    if cell_len(before + text[start:]) > cells:
        while end > start and cell_len(before + text[start:end]) > cells - 2:
            end -= 1
    shown = Content(before + text[start:end].rstrip() + (" …" if end < len(text) else ""))
    shift = len(before) - start
    for one, other in found:
        if start <= one and other <= end:
            shown = shown.stylize("bold not dim", one + shift, other + shift)
    return shown


class SearchScreen(Lookup):
    """Questions are not searched, since finding them would give answers away."""

    @dataclass
    class Ready(Message):
        """Every page has been read."""

        index: "Index"
        language: str

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Hit, ...] = ()
        self._index: Index | None = None

    def title_text(self) -> str:
        """The title."""
        return self.translator.gettext("Search")

    def help_text(self) -> str:
        """What is searched."""
        _ = self.translator.gettext
        return _(
            "Finds words in the pages, the glossary and the wrong ideas; questions are left out. Several words "
            "must all be there. Up and down choose, enter opens the page near the place."
        )

    def placeholder(self) -> str:
        """What stands in the empty line."""
        return self.translator.gettext("a word of the course …")

    async def on_screen_resume(self) -> None:
        """Read the course, unless it has been read."""
        self._read(self.translator.language)
        await super().on_screen_resume()

    @work(thread=True, exclusive=True, group="search")
    def _read(self, language: str) -> None:
        self.post_message(self.Ready(self.tutor.shelf.index(language), language))

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        if event.language == self.translator.language and event.index is not self._index:
            self._index = event.index
            self.fill()

    def recomposed(self) -> None:
        """In another language everything is found anew."""
        self._index = None
        self._read(self.translator.language)
        super().recomposed()

    def rows(self, sought: str) -> Sequence[Row]:
        """Hits in groups, each with its line of context."""
        _ = self.translator.gettext
        words = words_of(sought)
        self._found = self._index.find(sought) if self._index is not None else ()
        if not words:
            return ()
        if not self._found:
            none = _("Nothing found.") if self._index is not None else _("Reading the course …")
            return (Row(Content(none), head=True),)
        names = {
            Kind.TITLE: _("Pages"),
            Kind.TERM: _("Glossary"),
            Kind.TEXT: _("In the text"),
            Kind.MISCONCEPTION: _("Wrong ideas"),
        }
        rows: list[Row] = []
        group = None
        for hit in self._found:
            if hit.kind is not group:
                group = hit.kind
                rows.append(Row(Content.styled(names[group], "bold"), head=True))
            rows.append(Row(self._line(hit, words)))
        return rows

    def _line(self, hit: Hit, words: Sequence[str]) -> Content:
        _ = self.translator.gettext
        cells = max(20, self.size.width - 9)
        name = page_name(self.tutor, hit.lesson, hit.page) or ""
        match hit.kind:
            case Kind.TERM:
                head, below = Content(hit.title), excerpt(hit.passage.text, words, cells)
            case Kind.MISCONCEPTION:
                head, below = Content(hit.title), Content(_("put right on {page}").format(page=name))
            case _:
                head, below = Content(name), excerpt(hit.passage.text, words, cells)
        return Content.assemble("  ", head, "\n    ", below.stylize_before("dim"))

    def choose(self, index: int) -> None:
        """Open the page near the place, or the entry."""
        hit = self._found[index]
        if hit.kind is Kind.TERM:
            open_term(self.tutor, hit.id)
        else:
            line = None if hit.kind is Kind.MISCONCEPTION else hit.passage.line
            go_to_page(self.tutor, hit.lesson, hit.page, line)
