"""The command palette: every room and every page of the course, found by typing a part of its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from acttutor.tui.following import open_term
from acttutor.tui.rooms import DOORS, SEARCH

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
    from acttutor.tui.screens.lesson_place import LessonPlace

    _ = app.translator.gettext
    yield Command(_("Home"), _("Where you are in the course"), partial(app.go, "home"))
    for door in (*DOORS, SEARCH):
        enter = app.look_up if door.looked_up else app.go
        yield Command(_(door.name), _(door.purpose), partial(enter, door.room))
    reading = next((room for room in app.screen_stack if isinstance(room, LessonPlace)), None)
    if reading is not None:
        yield Command(_("Present"), _("This lesson as slides, a page a slide"), reading.action_present)
    yield Command("English / 中文", _("Switch the language"), app.action_switch_language)
    for lesson in app.course.lessons:
        for number, page in enumerate(lesson.pages, 1):
            where = _("Lesson {lesson}, page {page}").format(lesson=lesson.number, page=number)
            yield Command(
                page.title, f"{where} · {lesson.title}", partial(app.open_lesson, lesson.id, page.id)
            )
    for term in app.course.glossary:
        yield Command(term.title, _("Glossary"), partial(open_term, app, term.id))


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
