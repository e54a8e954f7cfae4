"""What the rooms share in which something is looked up: a line, a list, the entry beside or below it."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from acttutor.tui.screens.room import Room
from acttutor.tui.widgets.entry_card import Entry, EntryCard
from acttutor.tui.widgets.finder import Finder, Row


class Lookup(Room):
    """Opened over another room, to which `esc` returns; what was typed stays for the next time."""

    CSS_PATH = "../lookup.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._sought = ""
        self._at = 0

    def placeholder(self) -> str:
        """What stands in the empty line."""
        return ""

    def rows(self, sought: str) -> Sequence[Row]:
        """What is found for the line, with its heads."""
        raise NotImplementedError

    def entry(self, index: int) -> Entry | None:
        """The entry of a row; None for a room without entries."""
        return None

    def choose(self, index: int) -> None:
        """A row was chosen: by default the cursor moves on to where one can go from its entry."""
        self.query_one(EntryCard).show(self.entry(index))
        self.query_one(EntryCard).focus_ways()

    def compose_room(self) -> ComposeResult:
        """The line and the list at the left, the entry at the right, or below where it is narrow."""
        with Container(id="lookup"):
            yield Finder(self.placeholder(), self._sought, id="finder")
            yield EntryCard(id="entry")

    def on_mount(self) -> None:
        """Fill the list."""
        self.recomposed()

    def recomposed(self) -> None:
        """Fill it again, with the cursor where it was."""
        self.fill()
        self.query_one(Finder).line.focus()

    async def on_screen_resume(self) -> None:
        """What the learner knows may have changed; what was typed is there to be typed over."""
        await super().on_screen_resume()
        self.fill()
        line = self.query_one(Finder).line
        line.focus()
        line.select_all()

    def fill(self) -> None:
        """Show what is found for the line."""
        self.query_one(Finder).show(self.rows(self._sought), self._at)
        self.show_entry()

    def show_entry(self) -> None:
        """Show the entry under the cursor."""
        index = self.query_one(Finder).highlighted
        self.query_one(EntryCard).show(None if index is None else self.entry(index))

    @on(Finder.Typed)
    def _typed(self, event: Finder.Typed) -> None:
        self._sought, self._at = event.query, 0
        self.fill()

    @on(Finder.Highlighted)
    def _highlighted(self, event: Finder.Highlighted) -> None:
        self._at = event.index
        self.show_entry()

    @on(Finder.Chosen)
    def _chosen(self, event: Finder.Chosen) -> None:
        self.choose(event.index)

    def action_leave(self) -> None:
        """From the entry back to the line, from the line back to where we came from."""
        line = self.query_one(Finder).line
        if line.has_focus:
            super().action_leave()
        else:
            line.focus()
