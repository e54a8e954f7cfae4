"""A small course for the screens, and an experiment that runs for as long as a test wants."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from textual.pilot import Pilot

from acttutor.experiments.outcome import Arm, Better, Experiment, Report
from acttutor.nn.arrays import Array
from acttutor.tui import trials
from tests.course.minimal import FILES, write_course

LESSON = "slopes"

ON_PAGE = """
## A page with questions {#asked}

```quiz
id: on-page
type: numeric
concept: slope
prompt: |
  The weight is {w}. What is its double, in braces {{{w}}}?
variables:
  w:
    choices:
      - 2
      - 3
      - 5
      - 7
answer:
  measure: product
  args:
    a: "{w}"
    b: 2
  tolerance: 0.001
  why: |
    2 × {w} = {answer}.
hints:
  - Add {w} to itself.
```

```quiz
id: picked
type: choice
concept: slope
prompt: Which loss gets out?
options:
  - id: bce
    correct: true
    text: BCE
    why: Its slope stays.
  - id: mse
    text: MSE
    why: Its slope is tiny.
    misconception: too-steep
evidence: confident-wrong
```
"""


def small_course(root: Path) -> Path:
    """The small course, with a third page that asks."""
    files = dict(FILES)
    for language in ("en", "zh"):
        files[f"01-slopes/lesson.{language}.md"] += ON_PAGE
    return write_course(root, files)


class Gate:
    """An experiment whose runs wait for `open`; `runs` counts those begun, `stopped` those that were called off."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.runs = 0
        self.stopped = threading.Event()
        self.broken: Exception | None = None

    def compute(self, seeds: tuple[int, ...], report: Report) -> dict[str, Array]:
        """Scores that say their seed."""
        self.runs += 1
        try:
            report(0.25)
            while not self.open.wait(0.05):
                report(0.5)
        except BaseException:
            self.stopped.set()
            raise
        if self.broken is not None:
            raise self.broken
        return {"bce": np.array(seeds) + 1.0, "mse": np.array(seeds) + 100.0}

    @property
    def experiment(self) -> Experiment:
        """It, as the catalogue would have it."""
        return Experiment(
            id="confident-wrong",
            question="Which loss gets out of it?",
            setup="Two losses on one unit.",
            arms=(Arm("bce", "BCE on the logit"), Arm("mse", "MSE on the probability")),
            winners=("bce",),
            metric="steps",
            better=Better.LOWER,
            graded=True,
            source="Somebody 2020",
            compute=self.compute,
        )


def gated(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Puts a gate in the place of every experiment that a room asks for."""
    gate = Gate()
    monkeypatch.setattr(trials, "experiment", lambda _id: gate.experiment)
    return gate


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait until something is so; a test that waits in vain fails."""
    for _ in range(600):
        await pilot.pause(0.01)
        if condition():
            await pilot.pause()
            return
    raise AssertionError("it never came")
