"""A figure on the screen: drawn to size, read off with a cursor, told in words on request."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from acttutor.i18n import Translator, translator
from acttutor.i18n.marks import N_
from acttutor.plots import render
from acttutor.plots.describe import sentence, table, text_table
from acttutor.plots.figure import Figure, Reading, Style, readings
from acttutor.plots.palette import DARK, LIGHT, Ink
from acttutor.plots.sheet import Span, plain
from acttutor.plots.ticks import nice_step, usable

NOTHING = Figure((), (0.0, 1.0), (0.0, 1.0))
_KEPT = 8  # drawings kept: a cursor that goes back, a window that is switched
_INLINE = 20_000  # cells times curves drawn at once in some 25 ms; what is larger is drawn in a thread
_DEBOUNCE = 0.05  # seconds without a resize before a plot is drawn in its new size

_GLUE = "\ue000"  # stands for a blank at which no line may break, which Rich has no other way to say

_Key = tuple[Figure, Size, bool]


class PlotView(Widget, can_focus=True):
    """Shows a `figure`; `left` and `right`, a click or a drag move a cursor that reads every curve off.

    `t` swaps the drawing for a sentence and a table. Drawings are cached by figure and size; themes only
    recolour them. `escape` gives the focus back. The cursor stays where it is when a new figure comes, unless
    that brings its own.
    """

    DEFAULT_CSS = """
    PlotView {
        height: 14;
        width: 1fr;
        border-left: blank;
        &:focus { border-left: outer $primary; }
        &.-ascii:focus { border-left: ascii $primary; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", N_("move x"), key_display="←→", id="plot.left"),
        Binding("right", "move(1)", N_("move x right"), show=False, id="plot.right"),
        Binding("shift+left", "move(-10)", N_("move x far left"), show=False, id="plot.far_left"),
        Binding("shift+right", "move(10)", N_("move x far right"), show=False, id="plot.far_right"),
        Binding("home", "to_edge(0)", N_("x to the left edge"), show=False, id="plot.home"),
        Binding("end", "to_edge(1)", N_("x to the right edge"), show=False, id="plot.end"),
        Binding("up", "scroll_text(-1)", N_("text up"), show=False, id="plot.up"),
        Binding("down", "scroll_text(1)", N_("text down"), show=False, id="plot.down"),
        Binding("t,enter", "toggle_text", N_("as text"), key_display="t", id="plot.text"),
        Binding("escape", "release", N_("leave plot"), key_display="esc", id="plot.release"),
    ]

    figure: reactive[Figure] = reactive(NOTHING, init=False)
    cursor: reactive[float | None] = reactive(None, init=False)
    translator: reactive[Translator | None] = reactive(None, init=False)
    text_mode: reactive[bool] = reactive(False, init=False)

    @dataclass
    class CursorMoved(Message):
        """The cursor is at another x; `readings` holds every curve's value there."""

        plot: PlotView
        x: float
        readings: tuple[Reading, ...]

        @property
        def control(self) -> PlotView:
            """The plot whose cursor it is."""
            return self.plot

        def can_replace(self, message: Message) -> bool:
            """Only the last of many moves matters."""
            return isinstance(message, PlotView.CursorMoved) and message.plot is self.plot

    @dataclass
    class _Drawn(Message, bubble=False):
        key: _Key
        rows: render.Rows

    def __init__(
        self,
        figure: Figure = NOTHING,
        *,
        translator: Translator | None = None,
        ascii_only: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.ascii_only = ascii_only
        self.set_class(ascii_only, "-ascii")
        self.set_reactive(PlotView.figure, figure)
        self.set_reactive(PlotView.cursor, figure.cursor)
        self.set_reactive(PlotView.translator, translator)
        self._drawn: OrderedDict[_Key, render.Rows] = OrderedDict()
        self._rows: render.Rows = ()
        self._rows_size = Size(0, 0)
        self._lines: tuple[str, ...] = ()
        self._first_line = 0
        self._resizing: Timer | None = None
        self._styles: dict[Ink, RichStyle] = {}

    @property
    def shown(self) -> Figure:
        """The figure as it is shown, with the cursor where it is now."""
        return replace(self.figure, cursor=self.cursor)

    @property
    def settled(self) -> bool:
        """Whether what is on the screen is the current figure in the current size."""
        return self._drawn.get(self._key()) is self._rows and self._rows_size == self.content_size

    @property
    def text(self) -> str:
        """The figure in words: a sentence for every curve, and a table."""
        return "\n".join(self._told(max(20, self.content_size.width)))

    # What changes the picture

    def on_mount(self) -> None:
        """Follow the theme: a new one recolours what is drawn."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._recolour())

    def on_resize(self, event: events.Resize) -> None:
        """Draw the first time at once, later when the size has stopped changing."""
        if self._resizing is not None:
            self._resizing.stop()
        if self._rows_size.area == 0:
            self._draw()
        else:
            self._resizing = self.set_timer(_DEBOUNCE, self._draw)

    def watch_figure(self, before: Figure, now: Figure) -> None:
        """Keep the cursor inside the new limits, or take the one the figure brings."""
        wanted = now.cursor if now.cursor != before.cursor else self.cursor
        if wanted is not None:
            low, high = self._x_limits()
            wanted = min(high, max(low, wanted))
        self.set_reactive(PlotView.cursor, wanted)
        self._draw()

    def watch_cursor(self, x: float | None) -> None:
        """Draw the cursor at its new place and tell about it."""
        self._draw()
        if x is not None:
            self.post_message(self.CursorMoved(self, x, readings(self.figure, x)))

    def watch_translator(self) -> None:
        """Say it in the new language."""
        self._draw()

    def watch_text_mode(self) -> None:
        """Swap the drawing for the words, or back."""
        self._first_line = 0
        self._draw()

    # Keys and mouse

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Up and down scroll a text that is longer than the plot is high; else they are not ours."""
        if action == "scroll_text":
            return self.text_mode and len(self._lines) > self.content_size.height
        return True

    def action_move(self, steps: int) -> None:
        """Move the cursor by round steps, about a column each; the first key shows it in the middle."""
        low, high = self._x_limits()
        if self.cursor is None or not math.isfinite(self.cursor):
            self.cursor = self._nearest(0.0 if low < 0.0 < high else low + (high - low) / 2)
            return
        steps = -steps if self.figure.reverse_x else steps
        xs = self._own_xs()
        if xs:
            at = min(range(len(xs)), key=lambda index: abs(xs[index] - (self.cursor or 0.0)))
            self.cursor = xs[min(len(xs) - 1, max(0, at + steps))]
            return
        step = self._step()
        index = self.cursor / step
        whole = math.floor(index + 1e-6) if steps > 0 else math.ceil(index - 1e-6)
        self.cursor = min(high, max(low, _tidy((whole + steps) * step)))

    def action_to_edge(self, right: int) -> None:
        """Move the cursor to the left or the right limit."""
        self.cursor = self._nearest(self._x_limits()[bool(right) != self.figure.reverse_x])

    def action_toggle_text(self) -> None:
        """Show the figure in words, or draw it again."""
        self.text_mode = not self.text_mode

    def action_scroll_text(self, lines: int) -> None:
        """Move the text by lines."""
        last = len(self._lines) - self.content_size.height
        self._first_line = max(0, min(last, self._first_line + lines))
        self.refresh()

    def action_release(self) -> None:
        """Give the focus back to the screen."""
        self.screen.set_focus(None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the mouse is, and follow it."""
        if event.button == 1 and not self.text_mode:
            self.capture_mouse()
            self._point(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the cursor."""
        if self.app.mouse_captured is self:
            self._point(event)

    def on_mouse_up(self) -> None:
        """Let go of the mouse."""
        self.release_mouse()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the text; a drawing leaves the wheel to the page."""
        self._scroll_by_wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the text; a drawing leaves the wheel to the page."""
        self._scroll_by_wheel(event, -1)

    def _scroll_by_wheel(self, event: events.MouseEvent, lines: int) -> None:
        before = self._first_line
        if self.check_action("scroll_text", ()):
            self.action_scroll_text(lines)
            if self._first_line != before:
                event.stop()

    def _point(self, event: events.MouseEvent) -> None:
        size = self.content_size
        chart = render.layout(self.shown, size.width, size.height, ascii_only=self.ascii_only)
        offset = event.get_content_offset_capture(self)
        if chart is not None:
            self.cursor = self._nearest(chart.x_at(offset.x))

    # Steps of the cursor

    def _x_limits(self) -> tuple[float, float]:
        return usable(self.figure.x_limits, tuple(x for series in self.figure.series for x in series.xs))

    def _own_xs(self) -> list[float]:
        """The xs the cursor may stand on; empty where the curves answer for every x."""
        low, high = self._x_limits()
        series = self.figure.series
        xs = {x for one in series for x in one.xs if low <= x <= high}
        joined = any(one.exact is not None or one.style is Style.LINE for one in series)
        counting = all(one.exact is None for one in series) and all(x == math.floor(x) for x in xs)
        return sorted(xs) if counting or not joined else []

    def _step(self) -> float:
        low, high = self._x_limits()
        return nice_step(high / max(20, self.content_size.width) - low / max(20, self.content_size.width))

    def _nearest(self, x: float) -> float:
        """The nearest place to x at which the cursor may stand."""
        xs = self._own_xs()
        if xs:
            return min(xs, key=lambda place: abs(place - x))
        low, high = self._x_limits()
        if x in (low, high):
            return x
        step = self._step()
        return min(high, max(low, _tidy(round(x / step) * step)))

    # Drawing

    def _key(self) -> _Key:
        return (self.shown, self.content_size, self.ascii_only)

    def _draw(self) -> None:
        if not self.is_mounted or self.content_size.area == 0:
            return
        if self.text_mode:
            self._lines = self._told(self.content_size.width)
            self.action_scroll_text(0)
            return
        key = self._key()
        if key in self._drawn:
            self._show(key, self._drawn[key])
            return
        work = self.content_size.area * max(1, len(self.figure.series))
        draw = partial(render.spans, self.shown, *self.content_size, ascii_only=self.ascii_only)
        if render.is_warm() and work <= _INLINE:
            self._show(key, draw())
            return

        def draw_and_tell() -> None:
            self.post_message(self._Drawn(key, draw()))

        self.run_worker(draw_and_tell, thread=True, exclusive=True, group="draw", exit_on_error=False)

    @on(_Drawn)
    def _keep_drawing(self, message: _Drawn) -> None:
        if message.key == self._key():
            self._show(message.key, message.rows)

    def _show(self, key: _Key, rows: render.Rows) -> None:
        self._drawn[key] = rows
        self._drawn.move_to_end(key)
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        self._rows, self._rows_size = rows, key[1]
        self.refresh()

    def _told(self, width: int) -> tuple[str, ...]:
        tr = self.translator or translator("en")
        told = sentence(self.shown, tr)
        told = plain(told) if self.ascii_only else told
        glued = Text(told.replace(" = ", f"{_GLUE}={_GLUE}"))
        wrapped = [line.plain.rstrip().replace(_GLUE, " ") for line in glued.wrap(self.app.console, width)]
        return (*wrapped, "", *text_table(table(self.shown, tr), width, ascii_only=self.ascii_only))

    def _recolour(self) -> None:
        self._styles = {}
        self.refresh()

    def _style(self, ink: Ink) -> RichStyle:
        if ink not in self._styles:
            palette = DARK if self.app.current_theme.dark else LIGHT
            self._styles[ink] = RichStyle(color=palette.colour(ink), bold=ink is Ink.TITLE)
        return self._styles[ink]

    def render_line(self, y: int) -> Strip:
        """One row of what is shown, over the widget's background."""
        width = self.size.width
        row: tuple[Span, ...] = ()
        if self.text_mode:
            line = self._first_line + y
            more = len(self._lines) - self._first_line - self.content_size.height
            if y == self.content_size.height - 1 and more > 0:
                row = (Span(self._more(more), Ink.AXIS),)
            elif line < len(self._lines):
                row = (Span(self._lines[line], Ink.CURSOR),)
        elif y < len(self._rows):
            row = self._rows[y]
        base = self.rich_style
        strip = Strip([Segment(span.text, base + self._style(span.ink)) for span in row])
        return strip.adjust_cell_length(width, base)

    def _more(self, lines: int) -> str:
        tr = self.translator or translator("en")
        arrow = "v" if self.ascii_only else "↓"
        return f"{arrow} " + tr.ngettext("{n} more line", "{n} more lines", lines + 1).format(n=lines + 1)


def _tidy(x: float) -> float:
    """x without the last digits' noise, so that it reads 0.3 and not 0.30000000000000004; never minus zero."""
    return float(f"{x:.12g}") + 0.0
