"""An experiment at its place on the screen: what is compared, a run button, a bar, and what came out."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from acttutor.experiments.outcome import Outcome, Verdict
from acttutor.i18n import Translator
from acttutor.i18n.marks import N_
from acttutor.plots.arms import arms_sentence, won
from acttutor.plots.sheet import plain
from acttutor.tui.trials import Trial, TrialBench, TrialStage, seeds_text
from acttutor.tui.widgets.arms_plot import ArmsPlot
from acttutor.tui.widgets.bringing import bring_soon, in_sight
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.row import Row
from acttutor.tui.widgets.trial_bar import TrialBar, trial_bar

TALL = 36
"""Lines of the window from which a plot may be higher."""


class TrialView(Vertical):
    """Shows a trial and asks its room to run it; the room keeps the trial, so that it outlives this view.

    `letters` names the arms that are options of a question. Nothing here waits: whoever is not curious goes on.
    """

    DEFAULT_CSS = """
    TrialView {
        height: auto;
        .arms, .result { height: auto; }
        .status, .how { color: $text-muted; }
        .how { margin-top: 1; }
        .problem { color: $text-warning; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "run", N_("run it")),
        Binding("v", "how", N_("how"), show=False),
        Binding("t", "as_text", N_("as text"), show=False),
        Binding("escape", "stop", N_("stop"), key_display="esc"),
    ]

    def __init__(
        self,
        trial: Trial,
        translator: Translator,
        *,
        invitation: str,
        letters: Mapping[str, str] | None = None,
        ascii_only: bool = False,
    ) -> None:
        super().__init__()
        self.trial = trial
        self.translator = translator
        self._invitation = invitation
        self._letters = letters or {}
        self._ascii = ascii_only
        self._offered: list[str] = []
        self._ran: bool | None = None

    @property
    def place(self) -> str:
        """Where it is, as the room knows it."""
        return self.trial.place

    @property
    def bench(self) -> TrialBench | None:
        """The room that runs trials; None in a room that does not."""
        return self.screen if isinstance(self.screen, TrialBench) else None

    # drawing -----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """What is compared, what came out, what can be done."""
        yield Vertical(classes="arms")
        yield Vertical(classes="result")
        yield ChoiceList(classes="actions")

    async def on_mount(self) -> None:
        """Show what the room knows of this place."""
        if self.bench is not None:
            self.trial = self.bench.trial_at(self.trial)
        await self._draw()

    def show(self, trial: Trial) -> None:
        """Something has happened."""
        before, self.trial = self.trial, trial
        if trial.stage is TrialStage.RUNNING and before.stage is TrialStage.RUNNING:
            for bar in self.query(TrialBar):
                bar.update(progress=trial.share)
        elif (
            trial.stage is TrialStage.DONE and before.outcome is trial.outcome and before.stage is trial.stage
        ):
            self._show_opened()
        else:
            began = trial.stage is TrialStage.RUNNING
            self.call_next(self._draw, bring=began or in_sight(self))

    async def _draw(self, *, bring: bool = False) -> None:
        """Show the trial as it is now, and `bring` it to the reader's eyes."""
        if not self.is_attached:
            return
        arms, result = self.query_one(".arms", Vertical), self.query_one(".result", Vertical)
        held = self.has_focus_within
        with self.app.batch_update():
            if self._ran is not (ran := self.trial.outcome is not None):
                self._ran = ran
                await arms.remove_children()
                await arms.mount_all(self._arms(ran=ran))
            await result.remove_children()
            await result.mount_all(self._result())
            self._offer()
        if held:
            self.query_one(".actions").focus(scroll_visible=False)
        if bring:
            bring_soon(self)

    def _arms(self, *, ran: bool) -> list[Static]:
        """One line an option, numbered as in the plot; who won is told only once it ran.

        The options of a question have just been read: they are not told again before there is a plot.
        """
        _ = self.translator.gettext
        if self._letters and not ran:
            return []
        experiment = self.trial.experiment
        lines = []
        for number, arm in enumerate(experiment.arms, 1):
            winner = ran and experiment.graded and arm.id in experiment.winners
            mark = f"{won(self._ascii) if winner else ' '} {number}  "
            letter = self._letters.get(arm.id, "")
            label = Content.assemble((f"{letter}  " if letter else "", "bold"), self._plain(_(arm.label)))
            lines.append(Static(Row(Content.styled(mark, "bold"), label)))
        return lines

    def _result(self) -> list[Static | TrialBar | ArmsPlot]:
        match self.trial.stage:
            case TrialStage.RUNNING:
                bar = trial_bar(ascii_only=self._ascii)
                bar.progress = self.trial.share
                return [bar]
            case TrialStage.FAILED:
                return [Prose(self._plain(self.trial.problem), classes="problem")]
            case TrialStage.DONE if self.trial.outcome is not None:
                return self._outcome(self.trial.outcome)
            case _:
                return []

    def _outcome(self, outcome: Outcome) -> list[Static | TrialBar | ArmsPlot]:
        _ = self.translator.gettext
        comparison = outcome.comparison(self.translator)
        plot = ArmsPlot(comparison, self.translator, ascii_only=self._ascii)
        plot.set_class(self.app.size.height >= TALL, "-tall")
        plot.set_reactive(ArmsPlot.text_mode, self.trial.as_text)
        self.watch(plot, "text_mode", self._as_text_changed, init=False)
        how = Prose(self._how(outcome), classes="how")
        how.display = self.trial.how
        sentence = self._plain(arms_sentence(comparison, self.translator))
        return [
            plot,
            Prose(sentence, classes="sentence"),
            Prose(self._status(outcome), classes="status"),
            how,
        ]

    def _status(self, outcome: Outcome) -> Content:
        """`✓ holds   seeds 0 to 8`."""
        word = self.translator.gettext(outcome.verdict)
        verdict = {
            Verdict.HOLDS: Content.styled(f"✓ {word}   ", "$success"),
            Verdict.FAILS: Content.styled(f"✗ {word}   ", "$error"),
            Verdict.NO_CLEAR_WINNER: Content(f"{word}   "),
        }[outcome.verdict]
        return verdict + seeds_text(outcome.seeds, self.translator)

    def _how(self, outcome: Outcome) -> str:
        _ = self.translator.gettext
        source = _("Source: {source}").format(source=_(outcome.experiment.source))
        return self._plain(f"{_(outcome.experiment.setup)}\n{source}")

    def _plain(self, text: str) -> str:
        return plain(text) if self._ascii else text

    # what can be done --------------------------------------------------------------------------------------

    def _offer(self) -> None:
        """The lines of the list, each with what it does."""
        _, n = self.translator.gettext, self.translator.ngettext
        trial = self.trial
        seeds = seeds_text(trial.wanted_next().seeds, self.translator)
        match trial.stage:
            case TrialStage.RUNNING:
                offers = [("stop", "esc", _("stop"))]
            case TrialStage.DONE:
                how = _("close how it was done") if trial.how else _("how it was done")
                again = _("once more, with {seeds}").format(seeds=seeds)
                offers = [("run", "x", again), ("how", "v", how)]
            case _other:
                count = len(trial.experiment.arms)
                options = n("{n} option", "{n} options", count).format(n=count)
                span = _("{options}, {seeds}").format(options=options, seeds=seeds)
                offers = [("run", "x", f"{self._invitation}   {span}")]
        self._offered = [action for action, _key, _text in offers]
        actions = self.query_one(".actions", ChoiceList)
        highlighted = actions.highlighted or 0
        actions.replace(Content.assemble((f"{key}  ", "bold"), text) for _action, key, text in offers)
        actions.highlighted = min(highlighted, len(offers) - 1)

    @on(ChoiceList.OptionSelected, ".actions")
    async def _chosen(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        await self.run_action(self._offered[event.option_index])

    def action_run(self) -> None:
        """Run it; once it has run, with the seeds that follow."""
        if self.bench is not None and self.trial.stage is not TrialStage.RUNNING:
            self.bench.run_trial(self.trial.wanted_next())

    def action_stop(self) -> None:
        """Stop the run."""
        if self.bench is not None:
            self.bench.stop_trial()

    def action_how(self) -> None:
        """Show or hide how it was done."""
        self._open(how=not self.trial.how)

    def action_as_text(self) -> None:
        """The plot in words, or drawn again."""
        self._open(as_text=not self.trial.as_text)

    def _as_text_changed(self, as_text: bool) -> None:
        """The plot has a key of its own for it."""
        if as_text != self.trial.as_text:
            self._open(as_text=as_text)

    def _open(self, *, how: bool | None = None, as_text: bool | None = None) -> None:
        opened = self.trial.opened(how=how, as_text=as_text)
        if self.bench is not None:
            self.bench.keep_trial(opened)
        else:
            self.show(opened)

    def _show_opened(self) -> None:
        for how in self.query(".how"):
            how.display = self.trial.how
        for plot in self.query(ArmsPlot):
            plot.text_mode = self.trial.as_text
        self._offer()
        if self.has_focus_within:
            self.call_after_refresh(self.query_one(".actions").scroll_visible)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean something now."""
        match action:
            case "run":
                return self.trial.stage is not TrialStage.RUNNING
            case "stop":
                return self.trial.stage is TrialStage.RUNNING
            case "how" | "as_text":
                return self.trial.stage is TrialStage.DONE
            case _other:
                return True
