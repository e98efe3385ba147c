"""Many rounds taken one by one, so that one that cannot be read keeps no other from its deadline."""

from collections.abc import Callable
from typing import TypeVar

from workflow.audit.envelope import UNREADABLE
from workflow.engine.engine import Engine

Did = TypeVar("Did")
Act = Callable[[Engine, int, int], Did]


class OneByOne:
    """Does something with each round of many; what fails is done no more, and raised at the end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._broken: dict[int, Exception] = {}

    def done(self, act: Act[Did], case_id: int, round_id: int) -> Did | None:
        """What `act` did to this round; nothing where its case could not be read."""
        if case_id in self._broken:
            return None
        try:
            return act(self._engine, case_id, round_id)
        except UNREADABLE as fault:
            self._broken[case_id] = fault
            return None

    def end(self) -> None:
        """Raise the first fault, after everything else was done."""
        for fault in self._broken.values():
            raise fault
