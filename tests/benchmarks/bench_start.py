"""Start-up and memory, as ratios against a bare program, pair by pair: `python -m tests.benchmarks.bench_start`.

Budgets: home painted at most 1.3x a bare app with one Static; `--version` at most 3x `python -c pass`; memory with the
simulator open at most 1.8x a bare Textual app with NumPy and plotext imported.
"""

import statistics
import subprocess
import sys
import time

RUNS = 9

PAINTED = """
import time
def painted(app):
    print(time.time())
    app.exit()
"""
BARE = (
    PAINTED
    + """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("hello")
    def on_mount(self):
        self.call_after_refresh(self.call_after_refresh, painted, self)
Bare().run(headless=True)
"""
)
HOME = (
    PAINTED
    + """
import tempfile
from pathlib import Path
from acttutor.tui.setup import Setup
from acttutor.tui.app import ActtutorApp
class Timed(ActtutorApp):
    CSS_PATH = ActtutorApp.CSS_PATH
    def on_mount(self):
        super().on_mount()
        self.call_after_refresh(self.call_after_refresh, painted, self)
with tempfile.TemporaryDirectory() as directory:
    Timed(Setup(data_directory=Path(directory), animate=False)).run(headless=True)
"""
)
RESIDENT = """
import resource, sys
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
BARE_MEMORY = (
    """
import numpy, plotext
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("hello")
    def on_mount(self):
        self.set_timer(1.0, self.exit)
Bare().run(headless=True)
"""
    + RESIDENT
)
SIMULATOR_MEMORY = (
    """
import tempfile
from pathlib import Path
from acttutor.tui.setup import Setup
from acttutor.tui.app import ActtutorApp
class Timed(ActtutorApp):
    CSS_PATH = ActtutorApp.CSS_PATH
    def on_mount(self):
        super().on_mount()
        self.set_timer(3.0, self.exit)
with tempfile.TemporaryDirectory() as directory:
    Timed(Setup(data_directory=Path(directory), animate=False, start="simulator")).run(headless=True)
"""
    + RESIDENT
)


def seconds(*arguments: str) -> float:
    """The wall time of one Python process."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - begin


def seconds_to_paint(code: str) -> float:
    """From the start of a process to the moment it says its first screen is painted."""
    begin = time.time()
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(result.stdout.split()[-1]) - begin


def kilobytes(code: str) -> float:
    """The peak memory one Python process says it had."""
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(result.stdout.split()[-1])


def compare(name: str, first: list[float], second: list[float], budget: float) -> None:
    """Print the ratio pair by pair."""
    ratios = sorted(one / two for one, two in zip(first, second, strict=True))
    low, middle, high = ratios[0], statistics.median(ratios), ratios[-1]
    print(f"{name}: {middle:.2f}x [{low:.2f}, {high:.2f}], budget {budget}x")


def main() -> None:
    """All three."""
    pairs = [(seconds_to_paint(HOME), seconds_to_paint(BARE)) for _ in range(RUNS + 1)][1:]
    compare("home painted / bare app", [a for a, _ in pairs], [b for _, b in pairs], 1.3)
    pairs = [(seconds("-m", "acttutor", "--version"), seconds("-c", "pass")) for _ in range(RUNS + 1)][1:]
    compare("--version / python -c pass", [a for a, _ in pairs], [b for _, b in pairs], 3)
    pairs = [(kilobytes(SIMULATOR_MEMORY), kilobytes(BARE_MEMORY)) for _ in range(3)]
    compare("memory, simulator / bare", [a for a, _ in pairs], [b for _, b in pairs], 1.8)


if __name__ == "__main__":
    main()
