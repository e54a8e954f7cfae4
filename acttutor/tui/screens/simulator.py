"""The simulator: one training step, operation by operation, forwards and backwards in time."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from acttutor.errors import UserError
from acttutor.i18n.marks import N_
from acttutor.nn.trace import Trace, TrainingStep, trace
from acttutor.tui.screens.room import Room
from acttutor.tui.simulation.edits import History, spot_of
from acttutor.tui.simulation.networks import first_step
from acttutor.tui.simulation.words import as_text
from acttutor.tui.stepper import Stepper
from acttutor.tui.widgets.network_view import NetworkView, height_of
from acttutor.tui.widgets.operation_view import OperationView
from acttutor.tui.widgets.phase_bar import PhaseBar
from acttutor.tui.widgets.predict_bar import PredictBar
from acttutor.tui.widgets.tensor_pane import TensorPane

if TYPE_CHECKING:
    from acttutor.course.network_file import NetworkFile

SECONDS_A_STEP = 0.8
"""How long a step stays while time runs by itself: long enough to read a number, not a sentence."""

_NEEDS_NETWORK = frozenset(
    {"step", "run", "edit", "check", "predict", "tensors", "text", "phase", "first", "last"}
)


class SimulatorScreen(Room):
    """Right steps, left steps back; nothing is ever lost by going either way."""

    CSS_PATH = "../simulator.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,enter", "step(1)", N_("step"), key_display="← →"),
        Binding("left,backspace", "step(-1)", N_("step back"), key_display="←", show=False),
        Binding("space", "run", N_("run"), key_display="space"),
        Binding("e", "edit", N_("edit")),
        Binding("g", "check", N_("check")),
        Binding("p", "predict", N_("predict")),
        Binding("tab,shift+tab", "tensors", N_("tensors"), key_display="tab", show=False),
        Binding("up", "entry(-1)", N_("another number"), key_display="↑", show=False),
        Binding("down", "entry(1)", N_("another number"), key_display="↓", show=False),
        Binding(
            "right_square_bracket,shift+right", "phase(1)", N_("next phase"), key_display="]", show=False
        ),
        Binding(
            "left_square_bracket,shift+left", "phase(-1)", N_("phase before"), key_display="[", show=False
        ),
        Binding("home", "first", N_("to the beginning"), show=False),
        Binding("end", "last", N_("to the end"), show=False),
        Binding("t", "text", N_("as text"), show=False),
        Binding("u", "undo", N_("undo an edit"), show=False),
        Binding("r", "reset", N_("undo all edits"), show=False),
        Binding("question_mark", "help", N_("keys"), key_display="?"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown_name = ""
        self._message = ""
        self._history: History | None = None
        self._stepper: Stepper | None = None
        self._hiding = False
        self._hint = False
        self._timer: Timer | None = None

    # what is open ------------------------------------------------------------------------------------------------

    @property
    def stepper(self) -> Stepper | None:
        """The place in time; None while no network is open."""
        return self._stepper

    def load(self, network_file: "NetworkFile", name: str) -> None:
        """Open a network; one that cannot be traced leaves a message in the room."""
        try:
            self.open_step(network_file.step(), name)
        except UserError as error:
            self._fail(error, name)
            self._show_if_mounted()

    def open_step(self, step: TrainingStep, name: str) -> None:
        """Open a training step; raises UserError for one that cannot be traced, with nothing changed."""
        self._open(step, name)
        self._show_if_mounted()

    def _open(self, step: TrainingStep, name: str) -> None:
        traced = trace(step)
        self._stop()
        self._shown_name, self._message = name, ""
        self._history, self._stepper = History((step,)), Stepper(traced)
        self._hiding = False

    def _fail(self, error: UserError, name: str) -> None:
        self._stop()
        self._shown_name, self._message = name, str(error)
        self._history = self._stepper = None

    def _show_if_mounted(self) -> None:
        if self.is_mounted and self.query("#sim-phases"):
            self._arrange()
            self._show()

    def title_text(self) -> str:
        """`Simulator · three sigmoids · edited`."""
        _ = self.translator.gettext
        edited = _("edited") if self._history is not None and self._history.edited else ""
        return " · ".join(part for part in (_("Simulator"), self._shown_name, edited) if part)

    def help_text(self) -> str:
        """How the simulator works."""
        _ = self.translator.gettext
        return _(
            "One training step, taken apart: forward, loss, backward, update. Right does the next operation, left "
            "goes back in time. Up and down choose the number whose formula is shown. Broken lines are negative "
            "weights; a hollow unit is off. Change any number and everything is computed again at the same step; "
            "check holds every gradient against a finite difference; predict hides the next number until you type it. "
            "Space runs by itself; without animation it goes to the end of the phase."
        )

    # composing ---------------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        """Phases on top, network above operation, tensors at the right."""
        tr, ascii_only = self.translator, self.tutor.setup.ascii
        with Vertical(id="sim-room"):
            yield PhaseBar(tr, ascii_only=ascii_only, id="sim-phases")
            with Horizontal(id="sim-body"):
                with Vertical(id="sim-main"):
                    yield NetworkView(tr, ascii_only=ascii_only, id="sim-network")
                    yield PredictBar(tr, id="sim-predict")
                    yield OperationView(tr, ascii_only=ascii_only, id="sim-operation")
                yield TensorPane(tr, id="sim-tensors")
            yield Static(id="sim-message", markup=False)

    def on_mount(self) -> None:
        """Open what was asked for, unless something is open already."""
        if self._stepper is None and not self._message:
            self._open_first()
        else:
            self.call_after_refresh(self._show_if_mounted)

    @work(thread=True, exclusive=True, group="simulator-open")
    def _open_first(self) -> None:
        """Read in a thread: the course may be read for the first time."""
        path = self.tutor.setup.network
        try:
            step, name = first_step(path, lambda: self.tutor.course)
        except UserError as error:
            self.app.call_from_thread(self._opened, None, path.name if path is not None else "", error)
        else:
            self.app.call_from_thread(self._opened, step, name, None)

    def _opened(self, step: TrainingStep | None, name: str, error: UserError | None) -> None:
        if self._stepper is not None:
            return
        try:
            if step is not None:
                self._open(step, name)
        except UserError as refused:
            error = refused
        if error is not None:
            self._fail(error, name)
        self._show_if_mounted()

    def recomposed(self) -> None:
        """Put the place in time back; a number that was being predicted is not computed yet."""
        if self._hiding and self._stepper is not None:
            self._stepper = self._stepper.back()
        self._hiding = False
        self.call_after_refresh(self._show_if_mounted)

    def on_resize(self) -> None:
        """Share the lines out anew."""
        if self._stepper is not None and self.query("#sim-network"):
            self._arrange()

    def _arrange(self) -> None:
        """The network takes what it needs; the operation keeps what it must have."""
        if self._stepper is not None:
            network, lines = self._stepper.trace.network, self.size.height
            self.query_one("#sim-network").styles.height = height_of(network, lines)

    # showing -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        stepper = self._stepper
        message = self.query_one("#sim-message", Static)
        self.query_one("#sim-body").display = self.query_one("#sim-phases").display = stepper is not None
        message.display = stepper is None and bool(self._message)
        self.retitle()
        self.refresh_bindings()
        if stepper is None:
            message.update(Content.styled(self._message, "$error"))
            return
        self._show_place(stepper)

    def _show_place(self, stepper: Stepper) -> None:
        hidden = stepper.current.writes if self._hiding and stepper.current is not None else ""
        self.query_one("#sim-phases", PhaseBar).show(stepper, running=self._timer is not None)
        self.query_one("#sim-network", NetworkView).show(stepper, hidden)
        self.query_one("#sim-operation", OperationView).show(stepper, asking=self._hiding, hint=self._hint)
        tensors = self.query_one("#sim-tensors", TensorPane)
        if tensors.display:
            tensors.show(stepper, hidden)

    def _move(self, stepper: Stepper) -> None:
        if stepper is not self._stepper:
            self._stepper = stepper
            self._show_place(stepper)

    # time --------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a network there is nothing to do but leave."""
        if action in _NEEDS_NETWORK:
            return self._stepper is not None
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """An operation on, or back."""
        self._stop()
        if self._stepper is not None:
            self._move(self._stepper.at(self._stepper.index + by))

    def action_phase(self, by: int) -> None:
        """To the next phase, or to the one before."""
        self._stop()
        if self._stepper is not None:
            self._move(self._stepper.next_phase() if by > 0 else self._stepper.previous_phase())

    def action_first(self) -> None:
        """Before the first operation."""
        self._stop()
        if self._stepper is not None:
            self._move(self._stepper.first())

    def action_last(self) -> None:
        """After the last operation."""
        self._stop()
        if self._stepper is not None:
            self._move(self._stepper.last())

    def action_entry(self, by: int) -> None:
        """Another number of the tensor just written."""
        if self._stepper is not None:
            self._move(self._stepper.look(self._stepper.cursor + by))

    @on(PhaseBar.Chosen)
    def _phase_clicked(self, event: PhaseBar.Chosen) -> None:
        self._stop()
        if self._stepper is not None:
            self._move(self._stepper.at(event.index))

    def action_run(self) -> None:
        """Run by itself, or pause; from the end it starts over. Without animation: to the end of the phase."""
        stepper = self._stepper
        if stepper is None:
            return
        if self._timer is not None:
            self._stop()
            self._show_place(stepper)
            return
        if stepper.upcoming is None:
            stepper = stepper.first()
        if self.app.animation_level == "none":
            self._move(stepper.end_of_phase())
            return
        self._timer = self.set_interval(SECONDS_A_STEP, self.tick)
        self._stepper = stepper.forward()
        self._show_place(self._stepper)

    def tick(self) -> None:
        """One step of time running by itself; it stops at the end."""
        if self._stepper is None:
            return
        self._stepper = self._stepper.forward()
        if self._stepper.upcoming is None:
            self._stop()
        self._show_place(self._stepper)

    def _stop(self) -> None:
        """End what goes on by itself: the timer, and an open prediction, whose number is then simply shown."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._hiding or self._hint:
            self._hiding = self._hint = False
        for bar in self.query(PredictBar):
            if bar.display:
                bar.close()

    # tensors, text, check ----------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Out of the list of tensors first, then out of the room."""
        if self.query_one("#sim-tensors").has_focus:
            self.action_tensors()
            return
        self._stop()
        super().action_leave()

    def action_tensors(self) -> None:
        """Into the list of tensors, and back; on a narrow screen it takes the place of the network."""
        body, pane = self.query_one("#sim-body"), self.query_one("#sim-tensors", TensorPane)
        if pane.has_focus:
            body.remove_class("-tensors")
            self.set_focus(None)
            return
        body.add_class("-tensors")
        if self._stepper is not None:
            self._show_place(self._stepper)
        self.call_after_refresh(pane.focus)

    def action_text(self) -> None:
        """All operations in words."""
        from acttutor.tui.screens.step_text import StepTextScreen

        self._stop()
        if self._stepper is not None:
            _ = self.translator.gettext
            text = as_text(self._stepper.trace, self._stepper.index, self.translator)
            self.app.push_screen(StepTextScreen(_("The training step in words"), _("esc closes"), text))

    def action_check(self) -> None:
        """Every gradient beside its finite difference."""
        from acttutor.tui.screens.gradient_check import GradientCheckScreen

        self._stop()
        if self._history is not None:
            self.app.push_screen(GradientCheckScreen(self._history.current, self.translator))

    # predict -----------------------------------------------------------------------------------------------------

    def action_predict(self) -> None:
        """Hide the next number until it is typed."""
        self._stop()
        if self._stepper is None:
            return
        if self._stepper.upcoming is None:
            _ = self.translator.gettext
            self.notify(_("This was the last number. Go back to predict one."), markup=False)
            return
        self.query_one("#sim-predict", PredictBar).start(self._stepper)

    @on(PredictBar.Changed)
    def _predicted(self, event: PredictBar.Changed) -> None:
        self._stepper, self._hiding, self._hint = event.stepper, event.hiding, event.hint
        self._show_place(event.stepper)

    # edits -------------------------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Change one number."""
        from acttutor.tui.screens.edit import EditScreen

        self._stop()
        if self._history is None or self._stepper is None:
            return
        spot = spot_of(self._stepper.current, self._stepper.entry)
        self.app.push_screen(EditScreen(self._history.current, spot, self.translator), self._edited)

    def _edited(self, traced: Trace | None) -> None:
        if traced is not None and self._history is not None:
            self._change(self._history.then(traced.step), traced)

    def _change(self, history: History, traced: Trace | None = None) -> None:
        if self._stepper is None or history is self._history:
            return
        self._history = history
        self._stepper = self._stepper.on(traced or trace(history.current))
        self._show()

    def action_undo(self) -> None:
        """Take the last edit back."""
        if self._history is not None:
            self._change(self._history.undone())

    def action_reset(self) -> None:
        """Take all edits back."""
        if self._history is not None:
            self._change(self._history.reset())
