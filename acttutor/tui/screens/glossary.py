"""The glossary: every term of the course, found while it is typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from acttutor.course.search import folded, words_of
from acttutor.tui.following import term_entry
from acttutor.tui.screens.lookup import Lookup
from acttutor.tui.widgets.entry_card import Entry
from acttutor.tui.widgets.finder import Row

if TYPE_CHECKING:
    from acttutor.course.model import Term


class GlossaryScreen(Lookup):
    """Terms by the alphabet, in Chinese in the order in which they are taught."""

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Term, ...] = ()
        self._wanted = ""

    def title_text(self) -> str:
        """The title."""
        return self.translator.gettext("Glossary")

    def help_text(self) -> str:
        """How to look something up."""
        _ = self.translator.gettext
        return _(
            "Type a part of a word; up and down choose, enter goes to where the entry leads: the page that "
            "teaches it, and terms near it. Esc empties the line, and from an empty line it goes back."
        )

    def placeholder(self) -> str:
        """What stands in the empty line."""
        return self.translator.gettext("a term, or a word of its entry …")

    def go_to(self, id: str) -> None:
        """Stand on a term when next seen, with all terms around it."""
        self._sought, self._wanted = "", id
        if self.is_mounted:
            self.refresh(recompose=True)
            self.call_after_refresh(self.recomposed)

    def rows(self, sought: str) -> Sequence[Row]:
        """The terms whose name is what was typed, begins with it or has it, or whose entry has it, in this order."""
        terms = self.tutor.course.glossary
        if self.translator.language != "zh":
            terms = tuple(sorted(terms, key=lambda term: folded(term.title)))
        words = words_of(sought)

        def rank(term: "Term") -> int:
            name = folded(f"{term.title} {term.id.replace('-', ' ')}")
            if all(word in name for word in words):
                exact = folded(term.title) == " ".join(words)
                return 0 if exact else 1 if name.startswith(words) else 2
            return 3 if all(word in f"{name} {folded(term.text)}" for word in words) else 4

        ranked = sorted(((rank(term), n) for n, term in enumerate(terms)))
        self._found = tuple(terms[n] for place, n in ranked if place < 4)
        if self._wanted:
            self._at = next((n for n, term in enumerate(self._found) if term.id == self._wanted), 0)
            self._wanted = ""
        if not self._found:
            _ = self.translator.gettext
            none = _("Nothing found.") if words else _("This course has no glossary.")
            return (Row(Content(none), head=True),)
        return tuple(Row(Content(term.title)) for term in self._found)

    def entry(self, index: int) -> Entry | None:
        """The entry of a term."""
        return term_entry(self.tutor, self._found[index], self._see) if index < len(self._found) else None

    def _see(self, term: "Term") -> None:
        self.go_to(term.id)
