"""The experiments, in the order of the course.

To add one: write a function `compute(seeds, report)` that returns the scores of every arm, one for each seed, in
a topic module of this package (or a new one); describe it with an `Experiment`, its texts marked with `N_`; put
it into the topic's tuple, and a new topic's tuple into `EXPERIMENTS`. Three things to hold to:

- All randomness of a seed comes from `np.random.default_rng(seed)`, so that its score does not depend on which
  other seeds run with it. Seeds and arms go on one leading axis: nine seeds take little longer than one.
- Steps go through `paced(count, report)`, which tells how far the run is and lets it be cancelled.
- `graded=True` only when every named winner beats every other arm on at least eight seeds of nine, on seeds 0-8
  and on 200-208. Otherwise it is not graded, and says that there is no clear winner.

`tests/experiments/test_experiments.py` runs every graded experiment of this tuple on seeds of its own; a model
with gradients written by hand goes to `experiments/models` and is held against finite differences there.
"""

from acttutor.experiments.catalogue import (
    attention,
    classes,
    comparisons,
    dead_units,
    deep,
    heads,
    initialisation,
    regression,
    separation,
    sequences,
    shapes,
)
from acttutor.experiments.outcome import Experiment

EXPERIMENTS: tuple[Experiment, ...] = (
    *separation.EXPERIMENTS,
    *deep.EXPERIMENTS,
    *initialisation.EXPERIMENTS,
    *dead_units.EXPERIMENTS,
    *shapes.EXPERIMENTS,
    *classes.EXPERIMENTS,
    *heads.EXPERIMENTS,
    *regression.EXPERIMENTS,
    *sequences.EXPERIMENTS,
    *attention.EXPERIMENTS,
    *comparisons.EXPERIMENTS,
)
"""Every experiment there is."""
