"""A room in which experiments run: one at a time, in a thread, and what came out stays for the session."""

from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.worker import Worker, WorkerState, get_current_worker

from acttutor.errors import UserError
from acttutor.experiments.outcome import Cancelled, Outcome
from acttutor.tui.screens.room import Room
from acttutor.tui.trials import Results, Trial
from acttutor.tui.widgets.trial_view import TrialView

GROUP = "trial"


class TrialRoom(Room):
    """Keeps the trials of its places across languages and pages; going to another page stops what runs.

    Trials belong to the room and not to the views, which a language switch makes anew. The thread only computes
    and posts; every message carries the number of its run, so that a stopped one is not heard any more.
    """

    @dataclass
    class TrialProgressed(Message):
        """So much of a run is done."""

        run: int
        share: float

        def can_replace(self, message: Message) -> bool:
            """Only the latest share matters."""
            return isinstance(message, TrialRoom.TrialProgressed)

    @dataclass
    class TrialFinished(Message):
        """A run has come out, with every arm."""

        run: int
        outcome: Outcome

    @dataclass
    class TrialFailed(Message):
        """A run could not be made."""

        run: int
        problem: str

    def __init__(self) -> None:
        super().__init__()
        self._trials: dict[str, Trial] = {}
        self._trial_results = Results()
        self._trial_running: str | None = None
        self._trial_run = 0
        self._trial_page = ""

    # what a view asks for ----------------------------------------------------------------------------------

    def trial_at(self, fresh: Trial) -> Trial:
        """What is known of a place; `fresh` where nothing is."""
        return self._trials.get(fresh.place, fresh)

    def keep_trial(self, trial: Trial) -> None:
        """Remember a trial, and show it wherever its place is on screen."""
        before = self._trials.get(trial.place)
        self._trials[trial.place] = trial
        for view in self.query(TrialView):
            if view.place == trial.place:
                view.show(trial)
        if before is None or before.stage is not trial.stage:
            self.refresh_bindings()

    def run_trial(self, trial: Trial) -> None:
        """Run it, unless its outcome is known; what runs elsewhere stops."""
        known = self._trial_results.of(trial)
        self.stop_trial()
        if known is not None:
            self.keep_trial(trial.done(known))
            return
        self._trial_running = trial.place
        self._trial_run += 1
        self.keep_trial(trial.begun())
        self._compute_trial(trial, self._trial_run)

    def stop_trial(self) -> bool:
        """Stop what is running; says whether something was."""
        running = self._trials.get(self._trial_running) if self._trial_running is not None else None
        self._trial_running = None
        if running is None:
            return False
        self.workers.cancel_group(self, GROUP)
        self.keep_trial(running.stopped())
        return True

    # running -----------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group=GROUP, exit_on_error=False)
    def _compute_trial(self, trial: Trial, run: int) -> None:
        from acttutor.experiments.experiment import run as run_experiment

        worker = get_current_worker()

        def report(share: float) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.post_message(self.TrialProgressed(run, share))

        try:
            outcome = run_experiment(trial.whole, trial.seeds, report)
        except Cancelled:
            return
        except UserError as error:
            self.post_message(self.TrialFailed(run, str(error)))
            return
        self.post_message(self.TrialFinished(run, outcome))

    def _heard(self, run: int) -> Trial | None:
        """The trial that runs, if this is its run."""
        if run != self._trial_run or self._trial_running is None:
            return None
        return self._trials[self._trial_running]

    @on(TrialProgressed)
    def _trial_progressed(self, event: TrialProgressed) -> None:
        trial = self._heard(event.run)
        if trial is not None:
            self.keep_trial(trial.at(event.share))

    @on(TrialFinished)
    def _trial_finished(self, event: TrialFinished) -> None:
        self._trial_results.keep(event.outcome)
        trial = self._heard(event.run)
        if trial is not None:
            self._trial_running = None
            self.keep_trial(trial.done(event.outcome))

    @on(TrialFailed)
    def _trial_failed(self, event: TrialFailed) -> None:
        trial = self._heard(event.run)
        if trial is not None:
            self._trial_running = None
            self.keep_trial(trial.failed(event.problem))

    @on(Worker.StateChanged)
    def _trial_broke(self, event: Worker.StateChanged) -> None:
        """Something nobody foresaw: it is told where the result would be, and reading goes on."""
        if event.worker.group == GROUP and event.state is WorkerState.ERROR:
            words = self.translator.gettext("the experiment broke down: {error}")
            self.post_message(self.TrialFailed(self._trial_run, words.format(error=event.worker.error)))

    # leaving -----------------------------------------------------------------------------------------------

    def trials_at_page(self, page: str) -> None:
        """Another page is shown: what runs on the one before stops. The same page again changes nothing."""
        if page != self._trial_page:
            self._trial_page = page
            self.stop_trial()

    def on_screen_suspend(self) -> None:
        """Leaving the room stops what runs; a card over the room does not."""
        if self not in self.app.screen_stack:
            self.stop_trial()

    def action_leave(self) -> None:
        """The first `esc` stops what runs."""
        if not self.stop_trial():
            super().action_leave()
