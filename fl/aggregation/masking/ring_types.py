"""The type of arrays of ring elements, apart so that masks and ring can both use it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

RingArray = NDArray[np.unsignedinteger[Any]]
