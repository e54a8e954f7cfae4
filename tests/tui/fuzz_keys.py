"""Presses random keys and clicks at random places, in both languages and at four sizes; any exception ends it.

As a script: `python -m tests.tui.fuzz_keys [EVENTS] [SEED]`, 10,000 events unless told otherwise.
"""

import asyncio
import random
import sys
import tempfile
from pathlib import Path

from textual.pilot import OutOfBounds, Pilot

from acttutor.tui.app import ActtutorApp
from acttutor.tui.setup import Setup

SIZES = ((80, 24), (160, 50), (60, 18), (41, 11))
KEYS = (
    *"abcdefghijklmnopqrstuvwxyzLRGSPM0123456789?/.-[]!",
    *(
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "tab",
        "shift+tab",
        "enter",
        "space",
    ),
    *("escape", "backspace", "delete", "shift+left", "shift+right", "shift+up", "shift+down", "ctrl+p", "f1"),
)
OFTEN = ("right", "tab", "enter", "down", "escape", "pagedown", "1", "2", "3", "4", "5")


class Unquittable(ActtutorApp):
    """The app, except that it neither quits nor opens a browser."""

    async def action_quit(self) -> None:
        """Stay."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing."""


async def one_event(pilot: Pilot[None], rng: random.Random) -> str:
    """Do one random thing; says what it was."""
    width, height = pilot.app.size
    choice = rng.random()
    if choice < 0.12:
        place = (rng.randrange(width), rng.randrange(height))
        try:
            await pilot.click(offset=place)
        except OutOfBounds:
            return "click outside"
        return f"click {place}"
    if choice < 0.13:
        size = rng.choice(SIZES)
        await pilot.resize_terminal(*size)
        return f"resize {size}"
    key = rng.choice(OFTEN) if choice < 0.55 else rng.choice(KEYS)
    await pilot.press(key)
    return key


async def fuzz(events: int, seed: int, size: tuple[int, int], language: str) -> None:
    """That many random events in one run of the app; raises whatever the app raised, with the last events told."""
    rng = random.Random(f"{seed} {size} {language}")
    done: list[str] = []
    with tempfile.TemporaryDirectory() as directory:
        app = Unquittable(Setup(data_directory=Path(directory), language=language, animate=False))
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                for _ in range(events):
                    done.append(await one_event(pilot, rng))
                    if app.crash is not None:
                        break
                await pilot.press("escape")
        except BaseException:
            print(f"seed {seed}, {size}, {language}, after {len(done)} events: {done[-25:]}", file=sys.stderr)
            raise


def main() -> None:
    """All sizes and languages."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    each = -(-events // (len(SIZES) * 2))
    for size in SIZES:
        for language in ("en", "zh"):
            asyncio.run(fuzz(each, seed, size, language))
            print(f"{each} events at {size[0]}x{size[1]} in {language}: no exception", flush=True)


if __name__ == "__main__":
    main()
