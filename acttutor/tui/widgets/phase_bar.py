"""The four phases of a training step in one line, and which operation of how many is done."""

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from acttutor.i18n import Translator
from acttutor.tui.simulation.cells import cells
from acttutor.tui.simulation.words import phase_name
from acttutor.tui.stepper import PhaseCount, Stepper


@dataclass(frozen=True, slots=True)
class Segment:
    """A phase as drawn: its cells begin at column `left`, after its name."""

    count: PhaseCount
    name: str
    left: int
    width: int

    @property
    def filled(self) -> int:
        """Cells drawn as done: all only when the phase is done, none only when it has not begun."""
        count = self.count
        if count.done in (0, count.total):
            return self.width if count.done else 0
        return min(max(self.width * count.done // count.total, 1), self.width - 1) if self.width > 1 else 0

    def index_at(self, column: int) -> int:
        """How many operations are done once the one under this column is."""
        offset = min(max(column - self.left, 0), self.width - 1)
        return self.count.first + offset * self.count.total // self.width


def segments(stepper: Stepper, space: int, tr: Translator) -> tuple[Segment, ...]:
    """The phases laid out in at most `space` cells: one cell an operation, fewer where that is too wide."""
    counts = stepper.counts()
    names = [phase_name(count.phase, tr) for count in counts]
    fixed = sum(cells(name) + 1 for name in names) + 2 * (len(names) - 1)
    room = max(space - fixed, len(counts))
    share = min(1.0, room / stepper.total)
    found, left = [], 0
    for count, name in zip(counts, names, strict=True):
        width = max(1, int(count.total * share))
        left += cells(name) + 1
        found.append(Segment(count, name, left, width))
        left += width + 2
    return tuple(found)


class PhaseBar(Widget):
    """Clicking a cell goes to its operation; clicking the left or right half of the count, one back or on."""

    DEFAULT_CSS = """
    PhaseBar {
        height: 1;
        padding: 0 1;
    }
    """

    @dataclass
    class Chosen(Message):
        """An operation was clicked: so many are to be done."""

        index: int

    def __init__(self, translator: Translator, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.translator = translator
        self.ascii_only = ascii_only
        self._stepper: Stepper | None = None
        self._runs = False

    def show(self, stepper: Stepper, *, running: bool = False) -> None:
        """Show another place; `running` says that time goes on by itself."""
        self._stepper, self._runs = stepper, running
        self.refresh()

    @property
    def count_text(self) -> str:
        """`◂ step 7 of 24 ▸`, its arrows to be clicked."""
        _ = self.translator.gettext
        if self._stepper is None:
            return ""
        words = _("running, {n} of {total}") if self._runs else _("step {n} of {total}")
        back, on = ("<", ">") if self.ascii_only else ("◂", "▸")
        return f"{back} {words.format(n=self._stepper.index, total=self._stepper.total)} {on}"

    def _segments(self) -> tuple[Segment, ...]:
        if self._stepper is None:
            return ()
        return segments(self._stepper, self.content_size.width - cells(self.count_text) - 2, self.translator)

    def render(self) -> Content:
        """The line."""
        stepper = self._stepper
        if stepper is None:
            return Content("")
        done, left = (">", ".") if self.ascii_only else ("▸", "○")
        parts: list[Content | tuple[str, str] | str] = []
        used = 0
        for segment in self._segments():
            here = stepper.index > 0 and segment.count.phase is stepper.phase
            parts += [
                (segment.name, "bold" if here else "$foreground 60%"),
                " ",
                (done * segment.filled, "bold $primary" if here else "$primary"),
                (left * (segment.width - segment.filled), "$foreground 60%"),
                "  ",
            ]
            used = segment.left + segment.width + 2
        space = self.content_size.width - used - cells(self.count_text)
        count = self.count_text
        arrows = ((count[0], "$primary"), (count[1:-1], "bold"), (count[-1], "$primary"))
        return Content.assemble(*parts, " " * max(space, 0), *arrows)

    def on_click(self, event: Click) -> None:
        """Go where the pointer is."""
        offset = event.get_content_offset(self)
        if offset is None or self._stepper is None:
            return
        event.stop()
        counted = self.content_size.width - cells(self.count_text)
        if offset.x >= counted:
            by = -1 if offset.x < counted + cells(self.count_text) // 2 else 1
            self.post_message(self.Chosen(self._stepper.index + by))
        for segment in self._segments():
            if segment.left - cells(segment.name) - 1 <= offset.x < segment.left + segment.width:
                self.post_message(self.Chosen(segment.index_at(offset.x)))
