"""The state of a unit for one sample: on, off, or saturated."""

from enum import StrEnum

from acttutor.nn.activations import Kind
from acttutor.nn.trace import Trace
from acttutor.tui.stepper import Entry

SATURATED_BELOW = 0.01
"""A unit is saturated where its slope is below this part of the largest slope its activation has anywhere."""


class Slope(StrEnum):
    """What the slope of a unit's activation means for its gradient."""

    ON = "on"
    OFF = "off"
    SATURATED = "saturated"


def slope_value(trace: Trace, layer: int, entry: Entry) -> float:
    """f′(z) of one unit (`entry` is sample and unit) of a layer, counted from 1."""
    z = trace.tensor(f"z{layer}")
    learned = trace.parameters.activation[layer - 1]
    return float(trace.network.layers[layer - 1].slopes(z, learned)[entry])


def slope_at(trace: Trace, layer: int, entry: Entry) -> Slope:
    """Off: the slope is exactly 0 for an activation that is flat there. Saturated: less than 1 % of its largest."""
    applied_of = trace.network.layers[layer - 1].applied(trace.parameters.activation[layer - 1])
    applied = applied_of[entry[1] if len(applied_of) > 1 else 0]
    if applied.activation.kind is not Kind.ELEMENTWISE:
        return Slope.ON
    slope = abs(slope_value(trace, layer, entry))
    if slope == 0.0 and applied.flat:
        return Slope.OFF
    return Slope.SATURATED if slope < SATURATED_BELOW * applied.sup_abs_derivative else Slope.ON
