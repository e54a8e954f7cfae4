"""The network as it stands at a place in time."""

from textual.content import Content, Span
from textual.widget import Widget

from acttutor.i18n import Translator
from acttutor.nn.network import Network
from acttutor.tui.simulation.drawing import Row, Style, rows
from acttutor.tui.simulation.scene import MOST_UNITS, Scene
from acttutor.tui.stepper import Stepper

STYLES = {
    Style.PLAIN: "",
    Style.MUTED: "$foreground 60%",
    Style.VALUE: "$primary",
    Style.GRADIENT: "$accent",
    Style.FRESH_VALUE: "bold $primary",
    Style.FRESH_GRADIENT: "bold $accent",
    Style.CURSOR_VALUE: "bold $background on $primary",
    Style.CURSOR_GRADIENT: "bold $background on $accent",
    Style.HEAD: "$foreground 60%",
    Style.HEAD_ACTIVE: "bold",
    Style.EDGE: "$foreground 35%",
    Style.EDGE_VALUE: "$primary 55%",
    Style.EDGE_GRADIENT: "$accent 55%",
    Style.CHOSEN_VALUE: "bold $primary",
    Style.CHOSEN_GRADIENT: "bold $accent",
    Style.OFF: "bold $error",
}


def as_content(drawn: tuple[Row, ...]) -> Content:
    """Styled rows as one text for the screen.

    A style runs on over blanks between two pieces of the same style: fewer spans are drawn faster.
    """
    text: list[str] = []
    spans: list[Span] = []
    place = touched = 0
    for number, row in enumerate(drawn):
        if number:
            text.append("\n")
            place += 1
        touched = place
        for piece in row:
            end = place + len(piece.text)
            text.append(piece.text)
            if not piece.text.isspace():
                style = STYLES[piece.style]
                if style and spans and spans[-1].end == touched and spans[-1].style == style:
                    spans[-1] = Span(spans[-1].start, end, style)
                elif style:
                    spans.append(Span(place, end, style))
                touched = end
            place = end
    return Content("".join(text), spans)


def height_of(network: Network, lines: int) -> int:
    """Lines for the drawing on a screen of so many lines: five a unit at most, what the operation can spare at least.

    Title, phases and keys take three lines, the operation needs ten and likes twelve; half of a tall screen is its own.
    """
    units = min(max(network.widths), MOST_UNITS)
    spare = max(lines - 3 - 12, min(lines - 3 - 10, (lines - 3) // 2))
    return max(5, min(1 + 5 * units, spare))


class NetworkView(Widget):
    """Draws as large as it is; `show` moves it in time."""

    DEFAULT_CSS = """
    NetworkView {
        height: 9;
        padding: 0 1;
    }
    """

    def __init__(self, translator: Translator, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.translator = translator
        self.ascii_only = ascii_only
        self._stepper: Stepper | None = None
        self._hidden = ""

    def show(self, stepper: Stepper, hidden: str = "") -> None:
        """Show another place; `hidden` names a tensor not to be seen yet."""
        self._stepper, self._hidden = stepper, hidden
        self.refresh()

    def render(self) -> Content:
        """The drawing."""
        if self._stepper is None:
            return Content("")
        width, height = self.content_size
        return as_content(
            rows(Scene(self._stepper, width, height, self.translator, self.ascii_only, self._hidden))
        )
