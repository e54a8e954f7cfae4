"""An entry that was looked up: its name, a few lines on it, and where one can go from there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.prose import Prose


@dataclass(frozen=True)
class Way:
    """One place to go to from an entry."""

    text: Content
    go: Callable[[], object]


@dataclass(frozen=True)
class Entry:
    """What a card shows."""

    title: str
    text: Content
    ways: tuple[Way, ...] = ()


class EntryCard(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows one entry at a time; its ways are a list for arrows, enter and the mouse."""

    DEFAULT_CSS = """
    EntryCard {
        height: auto;
        scrollbar-size-vertical: 1;
        .name { text-style: bold; color: $primary; margin-bottom: 1; }
        .text { margin-bottom: 1; }
    }
    """

    def __init__(self, entry: Entry | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entry = entry
        self._ways: Sequence[Way] = ()

    def compose(self) -> ComposeResult:
        """Name, text, ways."""
        yield Prose(classes="name")
        yield Prose(classes="text")
        yield ChoiceList()

    def on_mount(self) -> None:
        """Show what it was made with."""
        self.show(self._entry)

    def show(self, entry: Entry | None) -> None:
        """Show another entry, or none."""
        self._entry = entry
        self.visible = entry is not None
        if entry is None or not self.children:
            return
        self._ways = entry.ways
        self.query_one(".name", Prose).show(entry.title)
        text = self.query_one(".text", Prose)
        text.display = bool(entry.text.plain)
        text.show(entry.text)
        ways = self.query_one(ChoiceList)
        ways.display = bool(entry.ways)
        ways.replace(way.text for way in entry.ways)
        ways.highlighted = 0 if entry.ways else None
        self.scroll_home(animate=False)

    def focus_ways(self) -> None:
        """Put the cursor on the first place to go to."""
        if self._ways:
            self.query_one(ChoiceList).focus()

    @on(ChoiceList.OptionSelected)
    def _selected(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self._ways[event.option_index].go()
