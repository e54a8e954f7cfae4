"""The app: it routes between rooms, keeps the language, hands events to the store. Nothing else lives here."""

import gc
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.signal import Signal

from acttutor.i18n import Translator, translator
from acttutor.i18n.marks import N_
from acttutor.learner.events import Event, LessonOpened, PageOpened, SettingChanged
from acttutor.learner.progress import Progress, extend, load
from acttutor.learner.store import EventStore, open_store
from acttutor.tui.preview import EVERY, Preview
from acttutor.tui.rooms import ROOMS
from acttutor.tui.screens.home import HomeScreen
from acttutor.tui.screens.room import Room
from acttutor.tui.setup import Setup
from acttutor.tui.shelf import Shelf
from acttutor.tui.themes import DARK, LIGHT, UNUSABLE

if TYPE_CHECKING:
    from textual.command import Provider

    from acttutor.course.library import Loaded
    from acttutor.course.model import Course
    from acttutor.course.network_file import NetworkFile
    from acttutor.tui.crash import Crash


SETTLED = 2.0
"""Seconds after the start at which everything long-lived has been made."""


def _calm_collector() -> None:
    """Spare what lives as long as the app from the garbage collector, and run it fully only when nobody waits.

    A full run takes a tenth of a second, which a reader feels when a page turns; rooms collect while they are idle.
    """
    gc.collect()
    gc.freeze()
    young, middle, _old = gc.get_threshold()
    gc.set_threshold(max(young, 20_000), middle, 1_000)


def _course_commands() -> "type[Provider]":
    """The palette's commands, imported when the palette is first opened."""
    from acttutor.tui.commands import CourseCommands

    return CourseCommands


class ActtutorApp(App[None]):
    """The tutor."""

    TITLE = "acttutor"
    CSS_PATH = Path(__file__).parent / "app.tcss"
    COMMANDS = App.COMMANDS | {_course_commands}
    SCREENS = ROOMS  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "go('home')", N_("home"), show=False, id="go.home"),
        Binding("2", "go('lesson')", N_("lesson"), show=False, id="go.lesson"),
        Binding("4", "go('simulator')", N_("simulator"), show=False, id="go.simulator"),
        Binding("5", "go('quiz')", N_("quiz"), show=False, id="go.quiz"),
        Binding("6", "go('progress')", N_("progress"), show=False, id="go.progress"),
        Binding("slash", "look_up('search')", N_("search"), show=False, key_display="/", id="go.search"),
        Binding("G", "look_up('glossary')", N_("glossary"), show=False, id="go.glossary"),
        Binding("M", "look_up('misconceptions')", N_("wrong ideas"), show=False, id="go.misconceptions"),
        Binding("L", "switch_language", N_("English / 中文"), show=False, id="language"),
        Binding("ctrl+q", "quit", N_("quit"), show=False, id="quit"),
    ]

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self.setup = setup
        self.store: EventStore = open_store(setup.data_directory, datetime.now(UTC))
        self.progress: Progress = load(self.store)
        language = setup.language or self.progress.setting("language") or setup.fallback_language
        self.translator: Translator = translator(language)
        self.crash: Crash | None = None
        self.shelf = Shelf(setup.lessons)
        self.preview = Preview(setup.lessons, self.shelf, self.post_message) if setup.lessons else None
        self.course_signal: Signal[bool] = Signal(self, "course read again (else only checked)")
        self._warned = ""
        if not setup.animate:
            self.animation_level = "none"

        self._set_up_themes()  # before the style sheet is read, which would else be read twice

    def _set_up_themes(self) -> None:
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        for name in UNUSABLE:
            if name in self.available_themes:
                self.unregister_theme(name)
        saved = self.progress.setting("theme")
        self.theme = saved if saved in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """Home is always at the bottom."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Home is there; open the room that was asked for."""
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember("theme", theme.name))
        if self.setup.start != "home":
            self.call_after_refresh(self.go, self.setup.start)
        self.call_after_refresh(self._show_store_warning)
        self.set_timer(SETTLED, _calm_collector)
        if self.preview is not None:
            self.set_interval(EVERY, self.look_at_files)

    # the course --------------------------------------------------------------------------------------------

    @property
    def loaded(self) -> "Loaded":
        """The course and its problems in the language in use."""
        return self.shelf.loaded(self.translator.language)

    @property
    def course(self) -> "Course":
        """The course in the language in use."""
        return self.loaded.course

    def look_at_files(self) -> None:
        """See in a thread whether a file of the course that is being written was saved."""
        if self.preview is not None:
            self.run_worker(self.preview.look, thread=True, group="preview")

    @on(Preview.Reread)
    def _course_reread(self) -> None:
        self.course_signal.publish(True)

    @on(Preview.Checked)
    def _course_checked(self) -> None:
        self.course_signal.publish(False)

    # what the learner did ----------------------------------------------------------------------------------

    def record(self, *events: Event) -> None:
        """Commit events, then let progress know; when this returns they survive a power cut."""
        records = self.store.append_all(events, datetime.now(UTC))
        self.progress = extend(self.progress, records)
        self._show_store_warning()

    def _show_store_warning(self) -> None:
        warning = self.store.explain(self.translator) or ""
        if warning and warning != self._warned:
            title = self.translator.gettext("Your progress")
            self.notify(warning, title=title, severity="warning", timeout=15, markup=False)
        self._warned = warning

    def _remember(self, name: str, value: str) -> None:
        if self.progress.setting(name) != value:
            self.record(SettingChanged(name=name, value=value))

    # rooms -------------------------------------------------------------------------------------------------

    def go(self, room: str) -> None:
        """Open a room; home stays underneath, so `esc` always leads there."""
        while len(self.screen_stack) > 1 and not isinstance(self.screen, HomeScreen):
            self.pop_screen()
        if room != "home":
            self.push_screen(room)

    def action_go(self, room: str) -> None:
        """Open a room by its number key or a click."""
        if isinstance(self.screen, Room):
            self.go(room)

    def leave_room(self) -> None:
        """Go back; from home there is nowhere further back to go."""
        if not isinstance(self.screen, HomeScreen):
            self.pop_screen()

    def look_up(self, room: str, at: str = "") -> None:
        """Open a room to look something up, over the one that is open; the glossary at a term."""
        from acttutor.tui.screens.glossary import GlossaryScreen

        screen = self.get_screen(room)
        assert isinstance(screen, Room)
        if isinstance(screen, GlossaryScreen) and at:
            screen.go_to(at)
        self._uncover(screen)

    def action_look_up(self, room: str) -> None:
        """Look something up by a key."""
        if isinstance(self.screen, Room):
            self.look_up(room)

    def _uncover(self, screen: Room) -> None:
        """Bring a screen to the top: what lies over it is closed, or it is laid over the others."""
        if screen in self.screen_stack:
            while self.screen is not screen:
                self.pop_screen()
        else:
            self.push_screen(screen)

    def open_lesson(self, lesson: str, page: str = "", line: int | None = None) -> None:
        """Open a lesson at a page and a line of it, or where the learner was in it.

        From a page of a lesson, or from what was looked up over it, there is a way back to that page.
        """
        from acttutor.tui.screens.lesson import LessonScreen

        room = self.get_screen("lesson")
        assert isinstance(room, LessonScreen)
        if any(screen is room for screen in self.screen_stack):
            room.remember()
            room.open(lesson, page, line)
            self._uncover(room)
        else:
            room.forget()
            room.open(lesson, page, line)
            self.go("lesson")

    def open_simulator(self, network: "NetworkFile", name: str) -> None:
        """Open the simulator on a network."""
        from acttutor.tui.screens.simulator import SimulatorScreen

        room = self.get_screen("simulator")
        assert isinstance(room, SimulatorScreen)
        room.load(network, name)
        if self.screen is not room:
            self.push_screen(room)

    def open_quiz(self, lesson: str = "", concept: str = "") -> None:
        """Open the quiz on a lesson's or a concept's questions, or on all of them."""
        from acttutor.tui.screens.quiz import QuizScreen

        room = self.get_screen("quiz")
        assert isinstance(room, QuizScreen)
        room.start(lesson=lesson, concept=concept)
        if self.screen is not room:
            self.go("quiz")

    def page_opened(self, lesson: str, page: str, *, first: bool) -> None:
        """Note where the learner is, for the next start."""
        events: list[Event] = [LessonOpened(lesson=lesson)] if first else []
        self.record(*events, PageOpened(lesson=lesson, page=page))

    # language ----------------------------------------------------------------------------------------------

    def action_switch_language(self) -> None:
        """English to Chinese and back, in place."""
        self.action_set_language("en" if self.translator.language == "zh" else "zh")

    def action_set_language(self, language: str) -> None:
        """Speak `language` from now on, in this room at once and in the others when they are next seen."""
        if language == self.translator.language or not isinstance(self.screen, Room):
            return
        self.translator = translator(language)
        self._remember("language", language)
        # In the room's own turn: the app's must stay free, since taking widgets away needs it.
        self.screen.call_next(self.screen.speak_current_language)

    # help, palette, crash ----------------------------------------------------------------------------------

    def show_help(self, room: Room) -> None:
        """The keys of a room over the room."""
        from acttutor.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen.of(room))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's own commands that make sense here, in the learner's language."""
        _ = self.translator.gettext
        yield SystemCommand(_("Theme"), _("Choose colours"), self.action_change_theme)
        yield SystemCommand(_("Quit"), _("Leave; everything is already saved"), self.action_quit)

    def action_command_palette(self) -> None:
        """Textual's palette, asking in the learner's language."""
        from textual.command import CommandPalette

        if not CommandPalette.is_open(self):  # type: ignore[arg-type]  # App is invariant in its result
            placeholder = self.translator.gettext("a page or a command …")
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first unexpected error in a crash file; the door shows it once the terminal is ours again."""
        from acttutor.tui.crash import write_crash

        if self.crash is None:
            self.crash = write_crash(self.setup.data_directory, error, datetime.now(UTC))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Close without printing a traceback over the learner's terminal."""
        self._close_messages_no_wait()

    def on_unmount(self) -> None:
        """Give the database back."""
        self.store.close()
