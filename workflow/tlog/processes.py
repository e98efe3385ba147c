"""The log at work: the sequencer in a thread of whichever process does the background work."""

from workflow.faults.loop import Loop, Outcome
from workflow.tlog.store.sequencer import Sequencer

REST, LEAVE = 0.25, 10.0


class Sequencing:
    """Gives events their places until it is ended."""

    def __init__(self, sequencer: Sequencer, heard: Outcome | None = None) -> None:
        self._sequencer = sequencer
        self._begun = False
        self._loop = Loop("The sequencer", self._step, heard, last=self._let_go)

    def begin(self) -> None:
        """Begin to work."""
        self._loop.begin()

    def end(self) -> None:
        """Finish the batch under way and let somebody else take the lease."""
        self._loop.end(LEAVE)

    def _step(self) -> float:
        if not self._begun:
            self._sequencer.take()
            self._begun = True
        return 0.0 if self._sequencer.work() else REST

    def _let_go(self) -> float:
        self._sequencer.release()
        return 0.0
