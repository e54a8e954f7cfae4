"""Which rooms there are: name to screen, each imported when it is first opened."""

from collections.abc import Callable
from dataclasses import dataclass

from acttutor.i18n.marks import N_
from acttutor.tui.screens.room import Room


def _lesson() -> Room:
    from acttutor.tui.screens.lesson import LessonScreen

    return LessonScreen()


def _simulator() -> Room:
    from acttutor.tui.screens.simulator import SimulatorScreen

    return SimulatorScreen()


def _quiz() -> Room:
    from acttutor.tui.screens.quiz import QuizScreen

    return QuizScreen()


def _progress() -> Room:
    from acttutor.tui.screens.progress import ProgressScreen

    return ProgressScreen()


def _glossary() -> Room:
    from acttutor.tui.screens.glossary import GlossaryScreen

    return GlossaryScreen()


def _misconceptions() -> Room:
    from acttutor.tui.screens.misconceptions import MisconceptionsScreen

    return MisconceptionsScreen()


def _search() -> Room:
    from acttutor.tui.screens.search import SearchScreen

    return SearchScreen()


ROOMS: dict[str, Callable[[], Room]] = {
    "lesson": _lesson,
    "simulator": _simulator,
    "quiz": _quiz,
    "progress": _progress,
    "glossary": _glossary,
    "misconceptions": _misconceptions,
    "search": _search,
}


@dataclass(frozen=True, slots=True)
class Door:
    """A room as home and the palette offer it; one that is `looked_up` opens over the room one is in."""

    room: str
    name: str
    purpose: str
    looked_up: bool = False


DOORS = (
    Door("simulator", N_("Simulator"), N_("Step through backpropagation")),
    Door("quiz", N_("Quiz"), N_("Questions on what you have read")),
    Door("progress", N_("Progress"), N_("What you know, concept by concept")),
    Door("glossary", N_("Glossary"), N_("Every term of the course"), looked_up=True),
    Door(
        "misconceptions",
        N_("Wrong ideas"),
        N_("What people get wrong, and where it is put right"),
        looked_up=True,
    ),
)
"""What home lists below the lessons."""

SEARCH = Door("search", N_("Search"), N_("Find a word in pages, glossary and wrong ideas"), looked_up=True)
