"""Key to painted lesson page at 80x24: `python -m tests.benchmarks.bench_pages`.

Budgets: 100 ms at the 95th percentile for a neighbour, 350 ms for a jump.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from acttutor.tui.app import SETTLED, ActtutorApp
from acttutor.tui.screens.lesson import LessonScreen
from acttutor.tui.setup import Setup

LESSON = "vanishing-gradients"


async def painted(app: ActtutorApp, index: int) -> None:
    """Wait until the page with that index is the one shown and laid out."""
    while True:
        shown = [view for view in app.screen.query("#pages > *") if view.display and view.size.height]
        if shown and shown[0].id == f"page-{index}":
            return
        await asyncio.sleep(0.001)


async def measure() -> tuple[list[float], list[float]]:
    """Milliseconds of turns to neighbours and of jumps."""
    turns: list[float] = []
    jumps: list[float] = []
    with tempfile.TemporaryDirectory() as directory:
        app = ActtutorApp(Setup(data_directory=Path(directory), animate=False))
        async with app.run_test(size=(80, 24)) as pilot:
            await asyncio.sleep(SETTLED + 0.5)
            app.open_lesson(LESSON)
            await painted(app, 0)
            await asyncio.sleep(1.5)
            room = app.screen
            assert isinstance(room, LessonScreen)
            order = [*range(1, 9), *range(7, -1, -1)] * 2
            for index in order:
                begin = time.perf_counter()
                room.action_turn(1 if index > room._index else -1)
                await painted(app, index)
                turns.append(1000 * (time.perf_counter() - begin))
                await asyncio.sleep(0.6)
            pages = app.course.lesson(LESSON).pages
            for index in (4, 0, 5, 1, 7, 2, 8, 3, 0, 6, 1, 8):
                begin = time.perf_counter()
                app.open_lesson(LESSON, pages[index].id)
                await painted(app, index)
                jumps.append(1000 * (time.perf_counter() - begin))
                await asyncio.sleep(0.6)
            await pilot.pause()
    return turns, jumps


def main() -> None:
    """Print both."""
    for name, values, budget in zip(("neighbour", "jump"), asyncio.run(measure()), (100, 350), strict=True):
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"{name}: median {statistics.median(values):.0f} ms, p95 {p95:.0f} ms, budget {budget} ms")


if __name__ == "__main__":
    main()
