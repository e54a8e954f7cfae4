"""A slider: one number between two bounds, moved by keys or by dragging."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from acttutor.i18n.marks import N_
from acttutor.plots.numbers import decimals, fixed
from acttutor.plots.sheet import fit, plain
from acttutor.plots.ticks import nice_step

_SHORTEST = 5  # cells of track below which label and value give way


class Slider(Widget, can_focus=True):
    """`label ━━━━●──── 1.70`: arrow keys move by `step`, with shift by ten; home and end go to the bounds.

    Values lie on `low` + n · `step`; the bounds themselves can always be reached, and a value set from outside
    is kept as it is, inside the bounds. Raises ValueError when the bounds are not finite and increasing, or the
    step is not positive.
    """

    DEFAULT_CSS = """
    Slider {
        height: 1;
        width: 1fr;
        min-width: 12;
        color: $foreground;
        &:focus { background-tint: $foreground 8%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", N_("change"), key_display="←→", id="slider.less"),
        Binding("right", "move(1)", N_("more"), show=False, id="slider.more"),
        Binding("shift+left", "move(-10)", N_("much less"), show=False, id="slider.much_less"),
        Binding("shift+right", "move(10)", N_("much more"), show=False, id="slider.much_more"),
        Binding("home", "to_bound(0)", N_("lowest"), show=False, id="slider.lowest"),
        Binding("end", "to_bound(1)", N_("highest"), show=False, id="slider.highest"),
        Binding("escape", "release", N_("leave slider"), key_display="esc", id="slider.release"),
    ]

    value: reactive[float] = reactive(0.0, init=False)
    label: reactive[str] = reactive("", init=False)

    @dataclass
    class Changed(Message):
        """The value is another one now."""

        slider: Slider
        value: float

        @property
        def control(self) -> Slider:
            """The slider that was moved."""
            return self.slider

        def can_replace(self, message: Message) -> bool:
            """Only the last of many steps matters."""
            return isinstance(message, Slider.Changed) and message.slider is self.slider

    def __init__(
        self,
        label: str,
        value: float,
        low: float,
        high: float,
        *,
        step: float | None = None,
        ascii_only: bool = False,
        label_width: int = 0,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise ValueError(f"a slider needs two finite bounds, the lower one first, not {low} and {high}")
        if step is not None and not (math.isfinite(step) and step > 0):
            raise ValueError(f"a slider's step must be positive, not {step}")
        super().__init__(name=name, id=id, classes=classes)
        self.low = low
        self.high = high
        self.step = step if step is not None else nice_step((high - low) / 100)
        self.ascii_only = ascii_only
        self.label_width = label_width
        self.set_reactive(Slider.value, min(high, max(low, value)))
        self.set_reactive(Slider.label, label)

    @property
    def shown_value(self) -> str:
        """The value with as many decimals as the step has."""
        return fixed(self.value, decimals(self.step), ascii_only=self.ascii_only)

    def validate_value(self, value: float) -> float:
        """Inside the bounds; NaN changes nothing."""
        return self.value if math.isnan(value) else min(self.high, max(self.low, value))

    def watch_value(self) -> None:
        """Tell about the new value."""
        self.post_message(self.Changed(self, self.value))

    def action_move(self, steps: int) -> None:
        """Move by steps, from one place of the grid to another."""
        index = (self.value - self.low) / self.step
        whole = math.floor(index + 1e-6) if steps > 0 else math.ceil(index - 1e-6)
        self.value = self._at(whole + steps)

    def action_to_bound(self, high: int) -> None:
        """Move to the lowest or the highest value."""
        self.value = self.high if high else self.low

    def action_release(self) -> None:
        """Give the focus back to the screen."""
        self.screen.set_focus(None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the knob, wherever on the track."""
        if event.button == 1:
            self.capture_mouse()
            self._point(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the knob."""
        if self.app.mouse_captured is self:
            self._point(event)

    def on_mouse_up(self) -> None:
        """Let go of the knob."""
        self.release_mouse()

    def _point(self, event: events.MouseEvent) -> None:
        start, length = self._track()
        column = event.get_content_offset_capture(self).x - start
        part = min(1.0, max(0.0, column / max(1, length - 1)))
        value = self.low + part * (self.high - self.low)
        self.value = self.high if part == 1.0 else self._at(round((value - self.low) / self.step))

    def _at(self, index: int) -> float:
        """The value at a place of the grid, without the noise of the last digits."""
        return min(self.high, max(self.low, float(f"{self.low + index * self.step:.12g}") + 0.0))

    def _spoken_label(self) -> str:
        return plain(self.label) if self.ascii_only else self.label

    def _track(self) -> tuple[int, int]:
        """Where the track starts, and how long it is."""
        width = self.content_size.width
        label = max(cell_len(self._spoken_label()), self.label_width)
        value = max(len(fixed(bound, decimals(self.step))) for bound in (self.low, self.high))
        length = width - label - max(value, len(self.shown_value)) - 4
        return (label + 2, length) if length >= _SHORTEST else (0, max(1, width - value - 2))

    def render_line(self, y: int) -> Strip:
        """The one row of the slider."""
        width = self.content_size.width
        base = self.rich_style
        if y or not width:
            return Strip.blank(width, base)
        start, length = self._track()
        knob = round((self.value - self.low) / (self.high - self.low) * (length - 1))
        done, rest, mark = ("=", "-", "O") if self.ascii_only else ("━", "─", "●")
        accent = base + Style(color=self._accent(), bold=True)
        quiet = base + Style(dim=True)
        label = fit(self._spoken_label(), max(0, start - 2), ascii_only=self.ascii_only) if start else ""
        value = self.shown_value
        strip = Strip(
            [
                Segment(label + " " * (start - cell_len(label)), base),
                Segment(done * knob, accent),
                Segment(mark, accent),
                Segment(rest * (length - 1 - knob), quiet),
                Segment(" " * max(1, width - start - length - cell_len(value)), base),
                Segment(value, base + Style(bold=self.has_focus)),
            ]
        )
        return strip.adjust_cell_length(width, base)

    def _accent(self) -> str:
        return self.app.theme_variables["primary" if self.has_focus else "secondary"]
