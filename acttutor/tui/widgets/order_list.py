"""Steps to put in order: picked up, carried, put down, by key or by mouse."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content

from acttutor.course.model import Option
from acttutor.course.questions import OrderResponse
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.tui.widgets.answer_list import AnswerList
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.row import Row


class OrderList(AnswerList):
    """The steps in the order the learner has given them so far; `held` is the place of one that is picked up.

    Space, enter or a click picks up and puts down, the arrows carry what is held; with shift or ctrl they carry
    what the cursor is on; the mouse also drags. Escape puts what is held back where it came from.
    """

    MARK = 4
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "hold", N_("pick up, put down")),
        Binding("shift+up,ctrl+up", "carry(-1)", N_("move it"), key_display="shift+↑↓"),
        Binding("shift+down,ctrl+down", "carry(1)", N_("move it"), key_display="shift+↓", show=False),
        Binding("up", "go(-1)", N_("up"), show=False),
        Binding("down", "go(1)", N_("down"), show=False),
        Binding("enter", "enter", N_("done"), key_display="enter"),
        Binding("escape", "put_back", N_("put it back"), key_display="esc"),
    ]

    def __init__(
        self,
        options: Sequence[Option],
        translator: Translator,
        *,
        hints: bool,
        given: Sequence[str] = (),
        ascii_only: bool = False,
    ) -> None:
        known = {option.id: option for option in options}
        if sorted(given) == sorted(known):
            options = [known[id] for id in given]
        super().__init__(options, translator, hints=hints, several=True, id="options")
        self.held: int | None = None
        self.moved = False
        self._came_from = 0
        self._grabbed: int | None = None
        self._dragged = False
        self._mouse_y = 0
        self._right: tuple[str, ...] = ()
        self._ascii = ascii_only

    @property
    def given(self) -> tuple[str, ...]:
        """The ids in their order."""
        return tuple(option.id for option in self.items)

    def response(self) -> OrderResponse:
        """The order as it stands."""
        return OrderResponse(self.given)

    def row(self, place: int) -> Row:
        """`2  text`, with a mark while it is held; at the end with ✓ or ✗ and the place where it belongs."""
        option, _ = self.items[place], self.translator.gettext
        text = inline_content(option.text.strip())
        if not self._right:
            held = place == self.held
            carried = "*" if self._ascii else "↕"
            row = Row(Content.styled(f"{place + 1} {carried if held else ' '} ", "bold"), text)
            return row.styled("bold") if held else row
        number = f"{place + 1}  "
        belongs = self._right.index(option.id)
        if belongs == place:
            return Row(Content.assemble(("✓ ", "$success"), (number, "bold")), text)
        remark = _("belongs at {n}").format(n=belongs + 1)
        return Row(
            Content.assemble(("✗ ", "$error"), (number, "bold")), text + Content.styled(f"  {remark}", "dim")
        )

    def mark(self, right: Sequence[str]) -> None:
        """Show which steps stand in their place."""
        self._right = tuple(right)
        self.highlighted = None
        self.redraw()

    def freeze(self) -> None:
        """The order is given."""
        self.held = None
        super().freeze()

    # keys --------------------------------------------------------------------------------------------------

    def press(self, place: int, *, by_enter: bool) -> None:
        """Pick up or put down; once something was moved by other means, enter hands the order in."""
        if self.held is not None:
            if not by_enter:
                self._carry_to(place)
            self._put_down()
        elif by_enter and self.moved and not self.made_by_enter:
            self.hand_in()
        else:
            self.made_by_enter = self.made_by_enter or by_enter
            self._pick_up(place)

    def action_hold(self) -> None:
        """Pick up what the cursor is on, or put it down."""
        if self.held is not None:
            self._put_down()
        elif self.highlighted is not None and self.highlighted < len(self.items):
            self._pick_up(self.highlighted)

    def action_carry(self, by: int) -> None:
        """Move what the cursor is on."""
        if self.highlighted is not None and self.highlighted < len(self.items):
            self._carry(self.highlighted, self.highlighted + by)

    def action_go(self, by: int) -> None:
        """Carry what is held, or move the cursor."""
        if self.held is not None:
            self._carry_to(self.held + by)
        elif by < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def action_put_back(self) -> None:
        """Put what is held back where it came from."""
        if self.held is not None:
            self._carry_to(self._came_from)
            self._put_down()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape belongs to the list only while something is held; nothing does once the order is given."""
        if action == "put_back":
            return self.held is not None
        return not (self.frozen and action in ("hold", "carry", "go"))

    def _pick_up(self, place: int) -> None:
        self.held = self._came_from = place
        self._changed()

    def _put_down(self) -> None:
        self.held = None
        self._changed()

    def _carry_to(self, place: int) -> None:
        if self.held is not None:
            self.held = self._carry(self.held, place)
            self._changed()

    def _carry(self, place: int, target: int) -> int:
        """The step at a place is taken to another, and the others move up; says where it is then."""
        target = min(max(target, 0), len(self.items) - 1)
        if target != place:
            order = list(self.items)
            order.insert(target, order.pop(place))
            self.items, self.moved = tuple(order), True
        self.highlighted = target
        self._changed()
        return target

    def _changed(self) -> None:
        self.redraw()
        self.refresh_bindings()

    # mouse -------------------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Perhaps the beginning of a drag."""
        place = event.style.meta.get("option")
        self._dragged = False
        if event.button == 1 and not self.frozen and isinstance(place, int) and place < len(self.items):
            self._grabbed, self._mouse_y = place, event.screen_y
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The step under the button follows the mouse, and only the way the mouse goes: steps differ in height."""
        place, grabbed = event.style.meta.get("option"), self._grabbed
        if grabbed is None or not isinstance(place, int):
            return
        down, self._mouse_y = event.screen_y - self._mouse_y, event.screen_y
        if (place - grabbed) * down <= 0:
            return
        if self.held is None:
            self._pick_up(grabbed)
        self._dragged = True
        self._carry_to(place)
        self._grabbed = self.held

    def on_mouse_up(self) -> None:
        """Put down what was dragged."""
        self.release_mouse()
        self._grabbed = None
        if self._dragged:
            self._put_down()

    def action_select(self) -> None:
        """A click; the one that ends a drag is none."""
        if self._dragged:
            self._dragged = False
        else:
            super().action_select()
