"""How long plots take to draw, and a slider's step to reach the screen.

    python tests/benchmarks/bench_plots.py [steps]

Budget: from a slider's step to the repainted plot of 100x30 in under 33 ms at the 95th percentile.
"""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter

from rich.console import RenderableType
from textual import on
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.strip import Strip

from acttutor.nn.activations import apply
from acttutor.plots import render
from acttutor.plots.curves import Curve, curves
from acttutor.plots.figure import Figure
from acttutor.tui.widgets.plot import PlotView
from acttutor.tui.widgets.slider import Slider

BUDGET_MS = 33.0
WARM_UP = 5


def figure(alpha: float, columns: int = 100) -> Figure:
    """A function and its derivative, as a slider changes them."""
    applied = apply("elu", {"alpha": alpha})
    return curves([Curve(applied), Curve(applied, True)], columns=columns, cursor=0.5)


class WatchedPlot(PlotView):
    """Remembers which drawing the compositor has asked for."""

    asked: render.Rows = ()

    def render_line(self, y: int) -> Strip:
        """A row, as ever."""
        self.asked = self._rows
        return super().render_line(y)


class SliderApp(App[None]):
    """A plot of 100x30 and a slider that changes it, as in a lesson."""

    CSS = "WatchedPlot { width: 101; height: 30; }"

    def __init__(self) -> None:
        super().__init__()
        self.view = WatchedPlot(figure(0.01))
        self.slider = Slider("alpha", 0.01, 0.01, 10.0, step=0.01)
        self.written: render.Rows = ()

    def compose(self) -> ComposeResult:
        """The plot above its slider."""
        yield self.view
        yield self.slider

    @on(Slider.Changed)
    def turn(self, event: Slider.Changed) -> None:
        """Draw what the slider says."""
        self.view.figure = figure(event.value)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        self.written = self.view.asked


async def slider_steps(steps: int) -> list[float]:
    """Milliseconds from each step until the new drawing has been written to the terminal."""
    app = SliderApp()
    times = []
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        for _ in range(steps + WARM_UP):
            before = app.written
            start = perf_counter()
            app.slider.action_move(1)
            while app.written is before:
                await asyncio.sleep(0)
            times.append((perf_counter() - start) * 1e3)
            await pilot.pause()
    return times[WARM_UP:]


def timed(work: Callable[[int], object], repeats: int = 60) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for number in range(repeats + WARM_UP):
        start = perf_counter()
        work(number)
        times.append((perf_counter() - start) * 1e3)
    return times[WARM_UP:]


def report(what: str, times: list[float]) -> float:
    """One line; gives the 95th percentile."""
    p95 = sorted(times)[int(0.95 * len(times))]
    print(f"{what:<44} median {median(times):6.1f} ms   p95 {p95:6.1f} ms")
    return p95


def main() -> None:
    """Measure and tell; exit 1 when the budget is missed."""
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    render.warm_up()
    for width, height in ((80, 20), (100, 30), (160, 50), (400, 150)):

        def draw(number: int, width: int = width, height: int = height) -> None:
            render.spans(figure(1.0 + number / 1000, width), width, height)

        report(f"two new curves, {width}x{height}", timed(draw))
    still = figure(1.0)
    report(
        "the cursor moved, 100x30",
        timed(lambda number: render.spans(replace(still, cursor=number / 50 - 1), 100, 30)),
    )
    p95 = report("slider step to repainted plot, 100x30", asyncio.run(slider_steps(steps)))
    if p95 >= BUDGET_MS:
        sys.exit(f"over the budget of {BUDGET_MS:g} ms")


if __name__ == "__main__":
    main()
