"""Waiting for what another thread or process does, for as long as a busy machine may need."""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
PATIENCE = 120.0
# Long enough for looking to cost the machine little, which others work on.
PAUSE = 0.05


def until(
    asked: Callable[[], Answer],
    *,
    saying: Callable[[], object] | str,
    patience: float = PATIENCE,
    pause: float = PAUSE,
    moving: Callable[[], object] | None = None,
) -> Answer:
    """The first true answer; if none comes in `patience` seconds, the failure says what was seen.

    `saying` is asked for the state of things, then, or is the sentence itself. Patience is no
    measure of speed: it is what a machine may need that is busy with ten other things. Where much
    has to be done, `moving` tells how much was: it is waited for until nothing has moved for so long.
    """
    end, before = time.monotonic() + patience, None
    while True:
        answer = asked()
        if answer:
            return answer
        if moving and before != (now := moving()):
            end, before = time.monotonic() + patience, now
        if time.monotonic() > end:
            seen = saying if isinstance(saying, str) else saying()
            raise AssertionError(f"Not within {patience:g} seconds. Seen: {seen}")
        time.sleep(pause)
