"""The worker that calls witnesses, in a thread of its own, which nothing waits for."""

from threading import Event, Thread

import structlog
from sqlalchemy.exc import DBAPIError

from workflow.tlog.store.tiles import MissingTile
from workflow.tlog.witnesses.client import WitnessClient

REST, PATIENCE = 2.0, 10.0
LEAVE = 3.0
said = structlog.get_logger("log")


class WitnessWorker:
    """Goes round the witnesses until it is ended."""

    def __init__(self, client: WitnessClient) -> None:
        self._client = client
        self._ending = Event()
        # Who waits for a witness that does not answer holds nothing, and may be left where it is.
        self._thread = Thread(target=self._work, name="witnesses", daemon=True)

    def begin(self) -> None:
        """Begin to go round."""
        self._thread.start()

    def end(self) -> None:
        """Go no more."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(LEAVE)

    def _work(self) -> None:
        while not self._ending.wait(self._go()):
            pass

    def _go(self) -> float:
        """One round; returns how long to rest after it."""
        try:
            self._client.go_round()
        except (DBAPIError, MissingTile) as fault:
            said.warning("log.courier_failed", reason=str(fault).splitlines()[0])
            return PATIENCE
        return REST
