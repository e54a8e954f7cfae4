"""A line to type in that leaves `?` to the room: no number and no word looked for has one."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from acttutor.i18n.marks import N_


class LineInput(Input):
    """Textual's input; a question mark, of either width, opens the keys of the room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "screen.help", N_("keys"), key_display="?", priority=True),
        Binding("fullwidth_question_mark", "screen.help", show=False, priority=True),
    ]

    def on_mount(self) -> None:
        """Where nothing is to move, the cursor does not blink either."""
        if self.app.animation_level == "none":
            self.cursor_blink = False
