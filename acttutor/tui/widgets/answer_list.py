"""Rows to answer with; behind them, where they are called for, one that hands the answer in and one for a hint."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option as Entry

from acttutor.course.model import Option
from acttutor.course.questions import Response
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.tui.widgets.answering import Given, HintWanted
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.row import Row


class Tail(StrEnum):
    """What stands behind the rows."""

    DONE = "done"
    HINT = "hint"


class AnswerList(ChoiceList):
    """Options on rows. A subclass says what a row looks like, what pressing one does, and what the answer is.

    Where an answer is made of several presses, enter on a row hands it in, unless enter is what makes it: who
    ticks or picks up with enter hands in on the last row, as the mouse does.
    """

    MARK: ClassVar[int] = 3
    """Cells before the text of a row."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "enter", N_("choose"), key_display="enter")]

    def __init__(
        self, items: Sequence[Option], translator: Translator, *, hints: bool, several: bool, id: str
    ) -> None:
        super().__init__(id=id)
        self.items = tuple(items)
        self.translator = translator
        self.frozen = False
        self.made_by_enter = False
        self._tail = [*([Tail.DONE] if several else []), *([Tail.HINT] if hints else [])]

    def on_mount(self) -> None:
        """Fill the rows, now that a subclass knows all it shows."""
        self.add_options([Entry(row) for row in (*self.rows(), *map(self._tail_row, self._tail))])
        self.highlighted = 0

    # what a subclass says ----------------------------------------------------------------------------------

    def row(self, place: int) -> Row:
        """The row at a place, as it stands now."""
        raise NotImplementedError

    def press(self, place: int, *, by_enter: bool) -> None:
        """A row was clicked, or enter was pressed on it."""
        raise NotImplementedError

    def response(self) -> Response | None:
        """The answer as it stands; None while there is none."""
        raise NotImplementedError

    # rows --------------------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """All rows that make the answer."""
        return [self.row(place) for place in range(len(self.items))]

    def redraw(self) -> None:
        """Show every row as it stands now."""
        for place, row in enumerate(self.rows()[: self.option_count]):
            self.replace_option_prompt_at_index(place, row)
        self.refresh(layout=True)

    def _tail_row(self, tail: Tail) -> Row:
        _ = self.translator.gettext
        if tail is Tail.DONE:
            return Row(Content.styled(">".ljust(self.MARK), "bold"), Content(_("that is my answer")))
        return Row(Content("h".ljust(self.MARK)), Content(_("a hint, please"))).styled("dim")

    def drop_hint(self) -> None:
        """There is no further hint."""
        self._drop(Tail.HINT)

    def _drop(self, tail: Tail) -> None:
        if tail in self._tail:
            at = len(self.items) + self._tail.index(tail)
            self._tail.remove(tail)
            if at < self.option_count:
                self.remove_option_at_index(at)

    def freeze(self) -> None:
        """The answer is given: show it, take no more keys."""
        self.frozen = True
        self.can_focus = False
        for tail in list(self._tail):
            self._drop(tail)
        self.redraw()

    # pressing ----------------------------------------------------------------------------------------------

    def action_select(self) -> None:
        """A click on a row, by Textual's list."""
        self._pressed(by_enter=False)

    def action_enter(self) -> None:
        """Enter on a row."""
        self._pressed(by_enter=True)

    def _pressed(self, *, by_enter: bool) -> None:
        place = self.highlighted
        if place is None or self.frozen:
            return
        if place < len(self.items):
            self.press(place, by_enter=by_enter)
        elif self._tail[place - len(self.items)] is Tail.HINT:
            self.post_message(HintWanted())
        else:
            self.hand_in()

    def hand_in(self) -> None:
        """Give the answer, if there is one."""
        response = self.response()
        if response is not None and not self.frozen:
            self.post_message(Given(response))
