"""Opening the tutor in a test, and reading what stands on its screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.strip import Strip

from acttutor.learner.progress import Progress, load
from acttutor.learner.store import open_store
from acttutor.tui.app import ActtutorApp
from acttutor.tui.setup import Setup

LESSON = "vanishing-gradients"


def tutor(directory: Path, language: str = "en", **options: object) -> ActtutorApp:
    """The app on a data directory, without animation."""
    setup = Setup(data_directory=directory, language=language, animate=False, **options)  # type: ignore[arg-type]
    return ActtutorApp(setup)


@asynccontextmanager
async def opened(app: ActtutorApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The app running at a size, everything it does at the start done."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way: messages, workers, and what those led to."""
    for _ in range(4):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each settled before the next."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def open_page(pilot: Pilot[None], page: str, lesson: str = LESSON) -> None:
    """Open a page of a lesson."""
    app = pilot.app
    assert isinstance(app, ActtutorApp)
    app.open_lesson(lesson, page)
    await settle(pilot)


def saved_progress(directory: Path) -> Progress:
    """What the next start would find in a data directory."""
    with open_store(directory, datetime.now(UTC)) as store:
        return load(store)


def lines(pilot: Pilot[None]) -> list[str]:
    """What stands on the screen, line by line."""
    strips: list[Strip] = pilot.app.screen._compositor.render_strips()
    return [strip.text for strip in strips]


def text(pilot: Pilot[None]) -> str:
    """What stands on the screen, as one string."""
    return "\n".join(lines(pilot))
