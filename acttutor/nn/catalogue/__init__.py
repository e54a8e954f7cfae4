"""The registry's entries, grouped by what they do: saturate, rectify, gate, normalise a vector."""

from acttutor.nn.catalogue.gating import GATING
from acttutor.nn.catalogue.rectifying import RECTIFYING
from acttutor.nn.catalogue.saturating import SATURATING
from acttutor.nn.catalogue.vectors import VECTORS
from acttutor.nn.kinds import Activation

ENTRIES: tuple[Activation, ...] = (*SATURATING, *RECTIFYING, *GATING, *VECTORS)
