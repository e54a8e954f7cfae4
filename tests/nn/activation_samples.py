"""Reference numbers and random activations for the tests of the registry.

`data/reference.json` holds values from the literature's formulas at 15 points, PyTorch's conventions at the kinks, and
moments under N(0, 1); `data/tails.json` holds the formulas at further points and parameters. Both were computed with
80 digits or more and rounded to float64; "inf" is what lies beyond.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from acttutor.nn.activations import Activation, Applied, Kind, activations, apply
from acttutor.nn.arrays import Array

_DATA = Path(__file__).parent / "data"


def load(name: str) -> dict[str, Any]:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


def floats(values: list[float | str]) -> Array:
    return np.array([float(value) for value in values])


def assert_close(found: Array, expected: Array, relative: float = 1e-13) -> None:
    """Relative agreement; results below the normal range may differ by two of its steps."""
    same = found == expected
    difference = np.abs(np.where(same, 0.0, found) - np.where(same, 0.0, expected))
    allowed = relative * np.abs(np.where(same, 0.0, expected)) + 1e-323
    wrong = np.flatnonzero(~(difference <= allowed))
    assert wrong.size == 0, [(int(i), float(found[i]), float(expected[i])) for i in wrong[:5]]


ELEMENTWISE = activations(Kind.ELEMENTWISE)
ANY_FINITE = st.floats(allow_nan=False, allow_infinity=False)
POINTS = st.lists(ANY_FINITE, min_size=1, max_size=12).map(np.array)


@st.composite
def applied(draw: st.DrawFn, value: st.SearchStrategy[float] = ANY_FINITE) -> Applied:
    """Any elementwise activation with any parameters in their domains."""
    activation: Activation = draw(st.sampled_from(ELEMENTWISE))
    params = {}
    for parameter in activation.parameters:
        allowed = value.map(abs) if parameter.low == 0.0 else value
        params[parameter.name] = draw(allowed.filter(parameter.allows))
    return apply(activation.name, params)


MODERATE = st.floats(-3.0, 3.0).map(lambda number: round(number, 3))


@st.composite
def compositions(draw: st.DrawFn) -> Applied:
    """One activation of another, with their default parameters."""
    outer = draw(st.sampled_from(ELEMENTWISE))
    inner = draw(st.sampled_from(ELEMENTWISE))
    return apply(f"{outer.name}({inner.name})")
