"""A list to choose from: Textual's, with `enter` in the footer and text that is never read as markup."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from acttutor.i18n.marks import N_


class ChoiceList(OptionList, inherit_bindings=False):
    """Arrows move, enter or a click chooses; the page keys are left to the room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("choose"), key_display="enter"),
        Binding("up", "cursor_up", N_("up"), show=False),
        Binding("down", "cursor_down", N_("down"), show=False),
        Binding("home", "first", N_("first"), show=False),
        Binding("end", "last", N_("last"), show=False),
    ]

    def __init__(
        self, lines: Iterable[Content | None] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(*(_option(line) for line in lines), id=id, classes=classes, markup=False)

    def replace(self, lines: Iterable[Content | None]) -> None:
        """Show other choices; None is a line between groups."""
        self.clear_options()
        self.add_options([_option(line) for line in lines])


def _option(line: Content | None) -> Option | None:
    return None if line is None else Option(line)
