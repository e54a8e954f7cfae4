"""What all rooms share: title line, footer, help, language, and a kind word when the window is too small."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.tui.widgets.key_footer import KeyFooter
from acttutor.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from acttutor.tui.app import ActtutorApp

MINIMUM = (60, 18)
"""Columns and lines below which a room shows its size notice."""


class Room(Screen[None]):
    """A screen of the product.

    A room says its title, its help and its widgets through three methods, all asked again when the language
    changes; what it must remember across that lives in its attributes, never in its widgets.
    """

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - the type Textual gives it
        (0, "-too-narrow"),
        (MINIMUM[0], "-narrow"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-too-short"),
        (MINIMUM[1], "-short"),
        (36, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("keys"), show=False),
        Binding("escape", "leave", N_("back"), key_display="esc"),
        Binding("question_mark", "help", N_("keys"), key_display="?", priority=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._language_shown = ""

    @property
    def tutor(self) -> "ActtutorApp":
        """The app, by its own type."""
        from acttutor.tui.app import ActtutorApp

        assert isinstance(self.app, ActtutorApp)
        return self.app

    @property
    def translator(self) -> Translator:
        """The words of the language in use."""
        return self.tutor.translator

    def title_text(self) -> str:
        """The title line's text."""
        return "acttutor"

    def help_text(self) -> str:
        """A few sentences on what this room is for, in the language in use."""
        return ""

    def compose_room(self) -> ComposeResult:
        """The room's own widgets."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Title, room, footer, and the size notice that shows when there is no space for them."""
        self._language_shown = self.translator.language
        yield TitleBar(self.title_text(), self.translator.language)
        yield from self.compose_room()
        yield KeyFooter(self.translator)
        yield Static(Content(self._size_notice()), id="size-notice")

    def _size_notice(self) -> str:
        _ = self.translator.gettext
        return _("acttutor needs a little more space: {columns} columns by {lines} lines.").format(
            columns=MINIMUM[0], lines=MINIMUM[1]
        )

    def retitle(self) -> None:
        """Show the title anew, after what it tells has changed."""
        for bar in self.query(TitleBar):
            bar.retitle(self.title_text())

    async def speak_current_language(self) -> None:
        """Compose the room again if the language has changed since it was drawn."""
        if self._language_shown and self._language_shown != self.translator.language:
            await self.recompose()
            self.recomposed()

    def recomposed(self) -> None:
        """Called after the room was composed again: put back what the widgets do not know."""

    async def on_screen_resume(self) -> None:
        """A room that slept through a language switch wakes up in the new language."""
        await self.speak_current_language()

    def action_leave(self) -> None:
        """Back to where we came from."""
        self.tutor.leave_room()

    def action_help(self) -> None:
        """Show the keys of this room."""
        self.tutor.show_help(self)
