"""The command palette: every room and every page of the course, found by typing a part of its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Callable

    from acttutor.tui.app import ActtutorApp


@dataclass(frozen=True)
class Command:
    """One line of the palette."""

    name: str
    help: str
    run: "Callable[[], object]"


def commands(app: "ActtutorApp") -> Iterator[Command]:
    """All commands, in the order they are offered."""
    _ = app.translator.gettext
    for room, name, help_text in (
        ("home", _("Home"), _("Where you are in the course")),
        ("simulator", _("Simulator"), _("Step through backpropagation")),
        ("quiz", _("Quiz"), _("Questions on what you have read")),
        ("progress", _("Progress"), _("What you know, concept by concept")),
    ):
        yield Command(name, help_text, partial(app.go, room))
    yield Command("English / 中文", _("Switch the language"), app.action_switch_language)
    for lesson in app.course.lessons:
        for number, page in enumerate(lesson.pages, 1):
            where = _("Lesson {lesson}, page {page}").format(lesson=lesson.number, page=number)
            yield Command(
                page.title, f"{where} · {lesson.title}", partial(app.open_lesson, lesson.id, page.id)
            )


class CourseCommands(Provider):
    """Feeds the palette; synchronous and quick, so that late results never reorder what is under the cursor."""

    @property
    def tutor(self) -> "ActtutorApp":
        """The app, by its own type."""
        from acttutor.tui.app import ActtutorApp

        assert isinstance(self.app, ActtutorApp)
        return self.app

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for command in commands(self.tutor):
            yield DiscoveryHit(Content(command.name), command.run, text=command.name, help=command.help)

    async def search(self, query: str) -> Hits:
        """What matches the words typed."""
        matcher = self.matcher(query)
        for command in commands(self.tutor):
            if score := matcher.match(command.name):
                yield Hit(score, Content(command.name), command.run, text=command.name, help=command.help)
