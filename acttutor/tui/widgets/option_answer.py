"""Options to choose one of, or to tick."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from acttutor.course.model import Option
from acttutor.course.questions import ChoiceResponse
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.tui.widgets.answer_list import AnswerList
from acttutor.tui.widgets.answering import LETTERS
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.row import Row


class OptionAnswer(AnswerList):
    """A letter, enter or a click chooses; where several may be right it ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", N_("tick"))]

    def __init__(
        self,
        options: Sequence[Option],
        translator: Translator,
        *,
        several: bool,
        hints: bool,
        given: Sequence[str] = (),
    ) -> None:
        super().__init__(options, translator, hints=hints, several=several, id="options")
        self.several = several
        self.chosen = set(given)

    @property
    def given(self) -> tuple[str, ...]:
        """The ids of what is chosen, in the order shown."""
        return tuple(option.id for option in self.items if option.id in self.chosen)

    def response(self) -> ChoiceResponse | None:
        """What is chosen, if anything is."""
        return ChoiceResponse(self.given) if self.chosen else None

    def row(self, place: int) -> Row:
        """`B  [x] text`; once answered, what was not chosen steps back."""
        option = self.items[place]
        chosen = option.id in self.chosen
        box = ("[x] " if chosen else "[ ] ") if self.several else ""
        row = Row(Content.assemble((f"{LETTERS[place]}  ", "bold"), box), inline_content(option.text.strip()))
        if not self.frozen:
            return row
        return row.styled("bold" if chosen else "dim")

    def press(self, place: int, *, by_enter: bool) -> None:
        """Choose, or tick; enter hands in what was ticked by other keys."""
        if not self.several:
            self.choose(place)
        elif by_enter and self.chosen and not self.made_by_enter:
            self.hand_in()
        else:
            self.made_by_enter = self.made_by_enter or by_enter
            self._toggle(place)

    def choose(self, place: int) -> None:
        """The option at a place, by its letter: choose it, or tick it."""
        if self.frozen or place >= len(self.items):
            return
        self.highlighted = place
        if self.several:
            self._toggle(place)
        else:
            self.chosen = {self.items[place].id}
            self.hand_in()

    def _toggle(self, place: int) -> None:
        self.chosen ^= {self.items[place].id}
        self.replace_option_prompt_at_index(place, self.row(place))

    def action_tick(self) -> None:
        """Tick what the cursor is on."""
        if self.highlighted is not None and self.highlighted < len(self.items):
            self._toggle(self.highlighted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space belongs to the list only where something can be ticked."""
        return self.several and not self.frozen if action == "tick" else True
