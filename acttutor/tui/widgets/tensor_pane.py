"""Every tensor known by now, with its shape and its values."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp
from textual.widget import Widget

from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.nn.arrays import Array
from acttutor.tui.simulation.cells import cut
from acttutor.tui.simulation.numbers import shape_text, short
from acttutor.tui.stepper import Stepper

MOST_ROWS = 8
QUIET = "$foreground 60%"


def tensor_rows(array: Array, space: int, most_rows: int = MOST_ROWS) -> tuple[str, ...]:
    """The values in aligned columns, a matrix by its rows, in `space` cells; `…` stands for the rest."""
    table = array.reshape(-1, array.shape[-1]) if array.ndim else array.reshape(1, 1)
    texts = [[short(float(value)) for value in row] for row in table[:most_rows]]
    widths = [max(len(row[column]) for row in texts) for column in range(len(texts[0]))]
    count = len(widths)
    while count > 1 and _cells(widths, count) > space:
        count -= 1
    lines = [
        "  ".join(text.rjust(width) for text, width in zip(row[:count], widths, strict=False))
        for row in texts
    ]
    if count < len(widths):
        lines = [f"{line} …" for line in lines]
    return (*lines, "…") if len(table) > most_rows else tuple(lines)


def _cells(widths: list[int], count: int) -> int:
    """How wide the first columns are, with the ellipsis where they are not all."""
    return sum(widths[:count]) + 2 * (count - 1) + (2 if count < len(widths) else 0)


class TensorPane(Widget, can_focus=True):
    """Scrolls with the arrow keys while it has the focus, and with the wheel.

    It scrolls by itself, not as a scrolling container, since showing another step must not lay the screen out anew.
    """

    DEFAULT_CSS = """
    TensorPane {
        padding: 0 1;
        border-left: blank;
        &:focus { border-left: outer $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_by(-1)", N_("up"), show=False),
        Binding("down", "scroll_by(1)", N_("down"), show=False),
        Binding("pageup", "scroll_by(-15)", N_("up"), show=False),
        Binding("pagedown", "scroll_by(15)", N_("down"), show=False),
    ]

    def __init__(self, translator: Translator, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.translator = translator
        self._stepper: Stepper | None = None
        self._hidden = ""
        self._top = 0

    def show(self, stepper: Stepper, hidden: str = "") -> None:
        """Show what is known at a place; `hidden` names a tensor not to be seen yet."""
        self._stepper, self._hidden = stepper, hidden
        self._top = 0
        self.refresh()

    def action_scroll_by(self, lines: int) -> None:
        """Move so many lines down, or up."""
        self._top += lines
        self.refresh()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel, the other way."""
        event.stop()
        self.action_scroll_by(-3)

    def render(self) -> Content:
        """The title, and as many lines as fit; the last says how many more there are."""
        if self._stepper is None:
            return Content("")
        _, n = self.translator.gettext, self.translator.ngettext
        width, height = self.content_size
        lines = list(self._lines(self._stepper, width))
        self._top = min(max(self._top, 0), max(len(lines) - (height - 1), 0))
        shown = lines[self._top : self._top + height - 1]
        left = len(lines) - self._top - len(shown)
        if left > 0 and shown:
            shown[-1] = Content.styled(
                n("{n} line more", "{n} lines more", left + 1).format(n=left + 1), QUIET
            )
        title = Content.styled(cut(_("Tensors known so far, newest first"), width), "bold")
        return Content("\n").join([title, *shown])

    def _lines(self, stepper: Stepper, width: int) -> Iterator[Content]:
        """The newest tensor first, so that what was just computed is on top."""
        operation = stepper.current
        tensors = stepper.tensors()
        longest = max(len(name) for name in tensors)
        for name in reversed(tensors):
            tensor = tensors[name]
            written = operation is not None and operation.writes == name
            read = operation is not None and name in operation.reads
            mark = "=" if written else "<" if read else " "
            style = "bold $primary" if written else "$primary" if read else QUIET
            lead = f"{mark} {name:<{longest}}  {shape_text(tensor):<4}  "
            first, *rest = ("?",) if name == self._hidden else tensor_rows(tensor, max(width - len(lead), 9))
            yield Content.styled(lead + first, style)
            for row in rest:
                yield Content.styled(" " * len(lead) + row, style)
