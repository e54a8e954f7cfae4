"""Which rooms there are: name to screen, each imported when it is first opened."""

from collections.abc import Callable

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


ROOMS: dict[str, Callable[[], Room]] = {
    "lesson": _lesson,
    "simulator": _simulator,
    "quiz": _quiz,
    "progress": _progress,
}
