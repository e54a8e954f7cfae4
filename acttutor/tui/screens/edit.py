"""Change one number of the training step."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from acttutor.errors import UserError
from acttutor.i18n import Translator
from acttutor.nn.trace import Trace, TrainingStep, trace
from acttutor.tui.simulation.edits import Part, Spot, edited, present, spots


class EditScreen(ModalScreen[Trace | None]):
    """A list of everything that can be changed; enter, type, enter. Gives back the step computed anew."""

    CSS_PATH = "../simulator.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(self, step: TrainingStep, spot: Spot | None, translator: Translator) -> None:
        super().__init__()
        self.step = step
        self.spots = spots(step)
        self.translator = translator
        self._first = self.spots.index(spot) if spot in self.spots else 0
        self._chosen: Spot | None = None

    def compose(self) -> ComposeResult:
        """The list, and the line to type in."""
        _ = self.translator.gettext
        with Vertical(id="edit-card", classes="card") as card:
            card.border_title = Content(_("Change one number"))
            card.border_subtitle = Content(_("enter: choose · esc: back"))
            yield OptionList(*(Option(self._line(spot)) for spot in self.spots), id="edit-list", markup=False)
            yield Static(id="edit-error", markup=False)
            yield Input(
                id="edit-input", disabled=True, placeholder=_("choose above, then type the new value")
            )

    def on_mount(self) -> None:
        """Start where the learner was looking."""
        options = self.query_one("#edit-list", OptionList)
        options.highlighted = self._first
        options.focus()

    def _line(self, spot: Spot) -> Content:
        _ = self.translator.gettext
        about = {
            Part.PARAMETER: self._parameter(spot),
            Part.INPUT: _("input, sample {n}").format(n=spot.entry[0] + 1 if spot.entry else 1),
            Part.TARGET: _("target, sample {n}").format(n=spot.entry[0] + 1 if spot.entry else 1),
            Part.LEARNING_RATE: _("learning rate"),
            Part.ACTIVATION: _("activation, layer {n}").format(n=spot.layer),
        }[spot.part]
        return Content.assemble((f"{spot.label:<12}", "bold"), f"{present(self.step, spot):>14}   {about}")

    def _parameter(self, spot: Spot) -> str:
        _ = self.translator.gettext
        if spot.name.startswith("W"):
            return _("weight, layer {n}").format(n=spot.layer)
        if spot.name.startswith("b"):
            return _("bias, layer {n}").format(n=spot.layer)
        return _("activation parameter, layer {n}").format(n=spot.layer)

    @on(OptionList.OptionSelected, "#edit-list")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._chosen = self.spots[event.option_index]
        box = self.query_one("#edit-input", Input)
        box.disabled = False
        box.value = present(self.step, self._chosen)
        self.query_one("#edit-error", Static).update("")
        box.focus()

    @on(Input.Submitted, "#edit-input")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if self._chosen is None:
            return
        try:
            self.dismiss(trace(edited(self.step, self._chosen, event.value)))
        except UserError as error:
            self.query_one("#edit-error", Static).update(Content.styled(f"✗ {error}", "$error"))

    def action_back(self) -> None:
        """From the line to the list, from the list away."""
        box = self.query_one("#edit-input", Input)
        if box.has_focus:
            box.disabled = True
            self.query_one("#edit-list", OptionList).focus()
        else:
            self.dismiss(None)
