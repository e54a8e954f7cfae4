"""From a step of time to the repainted simulator, at three sizes: budget 33 ms at the 95th percentile.

Run: python tests/benchmarks/bench_simulator.py
"""

import asyncio
import gc
import statistics
import tempfile
import time
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from acttutor.nn.activations import apply
from acttutor.nn.losses import Loss
from acttutor.nn.network import Layer, Network, Parameters
from acttutor.nn.trace import TrainingStep
from acttutor.tui.app import ActtutorApp
from acttutor.tui.screens.simulator import SimulatorScreen
from acttutor.tui.setup import Setup

BUDGET_MS = 33.0
ROUNDS = 4
PAUSE = 0.04
"""Seconds between two steps: Textual paints at most 60 times a second, and nobody steps without a pause."""


def training_step() -> TrainingStep:
    """2-4-4-1 on four samples: as large as still fits a projector."""
    rng = np.random.default_rng(1)
    widths = (2, 4, 4, 1)
    names = ("relu", "tanh", "sigmoid")
    layers = tuple(Layer(units, (apply(name),)) for units, name in zip(widths[1:], names, strict=True))
    parameters = Parameters(
        tuple(rng.normal(size=shape) for shape in pairwise(widths)),
        tuple(rng.normal(size=units) for units in widths[1:]),
        ((), (), ()),
    )
    x = rng.normal(size=(4, 2))
    return TrainingStep(Network(2, layers, Loss.MSE), parameters, x, x[:, :1] ** 2, 0.1)


async def measure(size: tuple[int, int], *, frozen: bool = False) -> list[float]:
    """Milliseconds from the step to the end of the repaint it caused, for every step there and back.

    With `frozen` what lives since the start is kept from the garbage collector, whose full rounds are the long tail.
    """
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        app = ActtutorApp(Setup(data_directory=Path(folder), start="simulator"))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            room = app.screen
            assert isinstance(room, SimulatorScreen)
            room.open_step(training_step(), "benchmark")
            await pilot.pause()
            assert room.stepper is not None
            if frozen:
                gc.collect()
                gc.freeze()
            total = room.stepper.total
            for by in ([1] * total + [-1] * total) * ROUNDS:
                done = asyncio.Event()
                began = time.perf_counter()
                room.action_step(by)
                room.call_after_refresh(done.set)
                await done.wait()
                found.append((time.perf_counter() - began) * 1e3)
                await asyncio.sleep(PAUSE)
    return found


def main() -> None:
    """Print two lines for each size."""
    for size, frozen in product(((80, 24), (120, 40), (160, 50)), (False, True)):
        found = sorted(asyncio.run(measure(size, frozen=frozen)))
        gc.unfreeze()
        p95 = found[int(0.95 * len(found))]
        verdict = "ok" if p95 <= BUDGET_MS else "OVER"
        label = f"{size[0]}x{size[1]}{' gc frozen' if frozen else ''}"
        print(
            f"{label}: median {statistics.median(found):.1f} ms, p95 {p95:.1f} ms, max {found[-1]:.1f} ms "
            f"of {BUDGET_MS:.0f} ms ({len(found)} steps) {verdict}"
        )


if __name__ == "__main__":
    main()
