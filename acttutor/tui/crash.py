"""When something goes wrong that we did not foresee: a file for the bug report, and one friendly screen."""

import platform
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Middle
from textual.content import Content
from textual.widgets import Footer, Static

from acttutor import __version__
from acttutor.i18n import Translator
from acttutor.tui.themes import DARK


@dataclass(frozen=True, slots=True)
class Crash:
    """What happened, in one line, and the file that tells the rest (None when no file could be written)."""

    summary: str
    path: Path | None


def write_crash(directory: Path, error: BaseException, now: datetime) -> Crash:
    """Write the traceback into the data directory, or into the system's temporary one when that fails."""
    summary = f"{type(error).__name__}: {error}"
    report = "\n".join(
        [
            f"acttutor {__version__}, Python {platform.python_version()}, {platform.platform()}",
            now.isoformat(timespec="seconds"),
            "",
            "".join(traceback.format_exception(error)),
        ]
    )
    name = f"acttutor-crash-{now:%Y%m%dT%H%M%S}.txt"
    for place in (directory, Path(gettempdir())):
        try:
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(report, encoding="utf-8")
        except OSError:
            continue
        return Crash(summary, place / name)
    return Crash(summary, None)


class CrashScreenApp(App[bool]):
    """Its own little app: nothing of the one that failed is needed to say sorry. True means: start again."""

    CSS = """
    Screen { align: center middle; }
    #message { width: 72; max-width: 90%; height: auto; padding: 1 2; border: round $error; }
    Middle { height: auto; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, crash: Crash, translator: Translator) -> None:
        super().__init__()
        self.crash = crash
        self.translator = translator
        _ = translator.gettext
        self._bindings.bind("enter,r", "again", _("start again"), key_display="enter")
        self._bindings.bind("q,escape", "leave", _("quit"), key_display="q")

    def on_mount(self) -> None:
        """Our own colours."""
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        """What happened, what was kept, where the report is."""
        with Middle():
            yield Static(Content("\n\n".join(message_lines(self.crash, self.translator))), id="message")
        yield Footer(show_command_palette=False)

    def action_again(self) -> None:
        """Start the tutor again."""
        self.exit(True)

    def action_leave(self) -> None:
        """Leave."""
        self.exit(False)


def message_lines(crash: Crash, translator: Translator) -> list[str]:
    """The friendly words, for the screen and for a plain terminal."""
    _ = translator.gettext
    lines = [
        _("Something went wrong inside acttutor. Sorry."),
        _("Your answers and your place in the lesson are saved."),
        crash.summary,
    ]
    if crash.path is not None:
        lines.append(_("A report that helps to mend this is in {path}").format(path=crash.path))
    return lines
