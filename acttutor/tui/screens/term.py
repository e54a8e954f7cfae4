"""One entry of the glossary over a page, opened by a link in the text."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from acttutor.tui.following import term_entry
from acttutor.tui.widgets.entry_card import Entry, EntryCard, Way

if TYPE_CHECKING:
    from acttutor.course.model import Term
    from acttutor.tui.app import ActtutorApp


class TermScreen(ModalScreen[None]):
    """What the term means, what is near it, and the page that teaches it; `esc` goes back to reading."""

    CSS_PATH = "../lookup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("backspace,alt+left", "earlier", show=False),
        Binding("G", "glossary", show=False),
    ]

    def __init__(self, term: "Term") -> None:
        super().__init__()
        self._trail = [term]

    @property
    def tutor(self) -> "ActtutorApp":
        """The app, by its own type."""
        from acttutor.tui.app import ActtutorApp

        assert isinstance(self.app, ActtutorApp)
        return self.app

    def compose(self) -> ComposeResult:
        """The card."""
        _ = self.tutor.translator.gettext
        with Vertical(classes="card") as card:
            card.border_title = Content(_("Glossary"))
            card.border_subtitle = Content(_("esc closes"))
            yield EntryCard(self._entry())

    def on_mount(self) -> None:
        """The cursor is on the first way on."""
        self.call_after_refresh(self.query_one(EntryCard).focus_ways)

    def _entry(self) -> Entry:
        _ = self.tutor.translator.gettext
        entry = term_entry(self.tutor, self._trail[-1], self._see)
        whole = Way(Content.styled(_("the whole glossary"), "dim"), self.action_glossary)
        return Entry(entry.title, entry.text, (*entry.ways, whole))

    def _see(self, term: "Term") -> None:
        self._trail.append(term)
        self._show()

    def _show(self) -> None:
        self.query_one(EntryCard).show(self._entry())

    def action_earlier(self) -> None:
        """From an entry that was seen also, back to the one that led there."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._show()
        else:
            self.dismiss()

    def action_glossary(self) -> None:
        """The whole list, at this term."""
        self.dismiss()
        self.app.call_later(partial(self.tutor.look_up, "glossary", self._trail[-1].id))
