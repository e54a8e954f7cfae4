"""A line to type in and, under it, what was found: the cursor of the list moves while the line has the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from acttutor.i18n.marks import N_
from acttutor.tui.widgets.line_input import LineInput


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; a `head` stands over others and cannot be chosen."""

    text: Content
    head: bool = False


class FinderLine(LineInput):
    """The line: enter chooses from the list under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("choose"), key_display="enter"),
    ]


class FoundList(OptionList, can_focus=False, inherit_bindings=False):
    """The list: moved by the line above it, or clicked."""


class Finder(Vertical):
    """Rows are counted without heads. The rows come from whoever holds it, asked for by `Typed`."""

    DEFAULT_CSS = """
    Finder {
        width: 1fr;
        height: 1fr;
        LineInput { border: none; height: 1; padding: 0 1; background: $panel; margin-bottom: 1; }
        LineInput:focus { border: none; }
        FoundList {
            height: 1fr;
            scrollbar-size-vertical: 1;
            & > .option-list--option-highlighted {
                color: $block-cursor-foreground;
                background: $block-cursor-background;
            }
            & > .option-list--option-disabled { color: $text-muted; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", N_("clear"), key_display="esc"),
        Binding("up", "move('cursor_up')", N_("up"), show=False),
        Binding("down", "move('cursor_down')", N_("down"), show=False),
        Binding("pageup", "move('page_up')", N_("page up"), show=False, priority=True),
        Binding("pagedown", "move('page_down')", N_("page down"), show=False, priority=True),
    ]

    @dataclass
    class Typed(Message):
        """The line says something else now."""

        query: str

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row."""

        index: int

    @dataclass
    class Chosen(Message):
        """A row was chosen, by enter or by a click."""

        index: int

    def __init__(self, placeholder: str, query: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._placeholder = placeholder
        self._query_text = query
        self._numbers: dict[int, int] = {}

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield FinderLine(self._query_text, placeholder=self._placeholder)
        yield FoundList(markup=False)

    @property
    def line(self) -> Input:
        """The line."""
        return self.query_one(FinderLine)

    @property
    def highlighted(self) -> int | None:
        """The row under the cursor."""
        position = self.query_one(FoundList).highlighted
        return None if position is None else self._numbers.get(position)

    def show(self, rows: Sequence[Row], index: int = 0) -> None:
        """Show other rows, with the cursor on one of them."""
        found = self.query_one(FoundList)
        positions = [position for position, row in enumerate(rows) if not row.head]
        self._numbers = {position: number for number, position in enumerate(positions)}
        found.clear_options()
        found.add_options(Option(row.text, disabled=row.head) for row in rows)
        if positions:
            found.highlighted = positions[min(index, len(positions) - 1)]
        if not index:
            found.scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """`esc` is ours only while something is typed."""
        return bool(self.line.value) if action == "clear" else True

    def action_clear(self) -> None:
        """Empty the line."""
        self.line.value = ""

    def action_move(self, move: str) -> None:
        """Move the cursor of the list."""
        getattr(self.query_one(FoundList), f"action_{move}")()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.highlighted is not None:
            self.post_message(self.Chosen(self.highlighted))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._query_text:
            self._query_text = event.value
            self.refresh_bindings()
            self.post_message(self.Typed(event.value))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index in self._numbers:
            self.post_message(self.Highlighted(self._numbers[event.option_index]))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index in self._numbers:
            self.post_message(self.Chosen(self._numbers[event.option_index]))
