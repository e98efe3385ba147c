"""Acts done in a thread of their own, where no browser test has left an event loop running."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(act: Callable[[], Result]) -> Result:
    """What `act` returns or raises; a server's worker begins it in a thread too."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()
