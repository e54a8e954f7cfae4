"""The one array type of the mathematics: float64, of any shape."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


def as_array(values: ArrayLike) -> Array:
    """`values` as float64, without a copy where they already are.

    Raises ValueError when they are ragged or no numbers.
    """
    return np.asarray(values, dtype=np.float64)
