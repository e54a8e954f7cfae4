"""Every tensor known by now, with its shape and its values."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from acttutor.i18n import Translator
from acttutor.nn.arrays import Array
from acttutor.tui.marks import N_
from acttutor.tui.simulation.numbers import shape_text, short
from acttutor.tui.stepper import Stepper

MOST_ROWS = 8


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


class TensorPane(VerticalScroll, inherit_bindings=False):
    """Scrolls with the arrow keys while it has the focus."""

    DEFAULT_CSS = """
    TensorPane {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        border-left: blank;
        &:focus { border-left: outer $primary; }
        Static { height: auto; width: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", N_("up"), show=False),
        Binding("down", "scroll_down", N_("down"), show=False),
        Binding("pageup", "page_up", N_("up"), show=False),
        Binding("pagedown", "page_down", N_("down"), show=False),
    ]

    def __init__(self, translator: Translator, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.translator = translator
        self._shown: tuple[Stepper, str] | None = None

    def compose(self) -> ComposeResult:
        """One text; it is short enough to be drawn whole."""
        yield Static(id="tensors-text", markup=False)

    def show(self, stepper: Stepper, hidden: str = "") -> None:
        """Show what is known at a place; `hidden` names a tensor not to be seen yet."""
        self._shown = (stepper, hidden)
        self.query_one("#tensors-text", Static).update(Content("\n").join(self._lines(stepper, hidden)))

    def on_resize(self) -> None:
        """Set the same for the new width."""
        if self._shown is not None:
            self.show(*self._shown)

    def _lines(self, stepper: Stepper, hidden: str) -> Iterator[Content]:
        """The newest tensor first, so that what was just computed is on top."""
        _ = self.translator.gettext
        space = self.scrollable_content_region.width or 80
        yield Content.styled(_("Tensors known so far, newest first"), "bold")
        operation = stepper.current
        tensors = stepper.tensors()
        longest = max(len(name) for name in tensors)
        for name in reversed(tensors):
            tensor = tensors[name]
            written = operation is not None and operation.writes == name
            read = operation is not None and name in operation.reads
            mark = "=" if written else "<" if read else " "
            style = "bold $primary" if written else "$primary" if read else "$foreground 60%"
            lead = f"{mark} {name:<{longest}}  {shape_text(tensor):<4}  "
            first, *rest = ("?",) if name == hidden else tensor_rows(tensor, max(space - len(lead), 8))
            yield Content.styled(lead + first, style)
            for row in rest:
                yield Content.styled(" " * len(lead) + row, style)
