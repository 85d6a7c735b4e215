"""How long an action takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def timed(action: Callable[[], object]) -> float:
    """Wall time of an action in seconds."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
