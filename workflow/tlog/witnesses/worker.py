"""The worker that calls witnesses, in a thread of its own, which nothing waits for."""

from workflow.faults.loop import Loop, Outcome
from workflow.tlog.witnesses.client import WitnessClient

REST = 2.0
# Who waits for a witness that does not answer holds nothing, and may be left where it is.
LEAVE = 3.0


class WitnessWorker:
    """Goes round the witnesses until it is ended."""

    def __init__(self, client: WitnessClient, heard: Outcome | None = None) -> None:
        self._client = client
        self._loop = Loop("The courier to the witnesses", self._go, heard)

    def begin(self) -> None:
        """Begin to go round."""
        self._loop.begin()

    def end(self) -> None:
        """Go no more."""
        self._loop.end(LEAVE)

    def _go(self) -> float:
        """One round; returns how long to rest after it."""
        self._client.go_round()
        return REST
