"""The keys of a room, and a few words on what it is for."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from acttutor.i18n import Translator
from acttutor.tui.screens.room import Room
from acttutor.tui.widgets.prose import Prose

TEXTUALS_OWN = frozenset(
    binding.description
    for widget in (App, Screen, ScrollableContainer, Input)
    for binding in widget.BINDINGS
    if isinstance(binding, Binding)
)
"""What Textual says of keys it binds everywhere; they are told in our own words or not at all."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is shown, and what it does."""

    display: str
    description: str


class HelpScreen(ModalScreen[None]):
    """A card over the room; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter,q", "dismiss", "close", show=False),
    ]

    def __init__(self, title: str, text: str, keys: tuple[Key, ...], translator: Translator) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._keys = keys
        self._translator = translator

    @classmethod
    def of(cls, room: Room) -> "HelpScreen":
        """The help of a room as it stands now: what its focused widget can do counts too."""
        _ = room.translator.gettext
        rows: dict[str, list[str]] = {}
        for active in room.active_bindings.values():
            binding = active.binding
            if binding.description and active.enabled and binding.description not in TEXTUALS_OWN:
                displays = rows.setdefault(_(binding.description), [])
                display = room.app.get_key_display(binding)
                if display not in displays:
                    displays.append(display)
        keys = tuple(Key(" ".join(displays), description) for description, displays in rows.items())
        everywhere = (Key("ctrl+p", _("find a page or a command")), Key("1 2 4 5 6", _("go to a room")))
        return cls(room.title_text(), room.help_text(), keys + everywhere, room.translator)

    def compose(self) -> ComposeResult:
        """The card."""
        _ = self._translator.gettext
        with VerticalScroll(id="help-card") as card:
            card.border_title = Content(self._title)
            card.border_subtitle = Content(_("esc closes"))
            if self._text:
                yield Prose(self._text, id="help-text")
            width = max(len(key.display) for key in self._keys)
            lines = [
                Content.assemble((key.display.rjust(width), "$primary"), "  ", key.description)
                for key in self._keys
            ]
            yield Static(Content("\n").join(lines), id="help-keys")

    def on_click(self) -> None:
        """A click anywhere closes it."""
        self.dismiss()
