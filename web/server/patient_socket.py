"""A connection that never makes a thread wait: who sends slowly and who reads slowly wait alone."""

import socket
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from web.server.arrival import KEPT_IN_MEMORY, Arrival

PIECE = 65_536


class PatientSocket(socket.socket):
    """A client's socket in two halves: threads use what is kept, and one poller does the waiting."""

    def __init__(self, accepted: socket.socket, largest: int) -> None:
        super().__init__(fileno=accepted.detach())
        super().settimeout(0)
        self.arrival = Arrival(largest)
        self._kept: IO[bytes] | None = None
        self._gone = 0
        self.owed = 0
        # Whether anything was sent since the present request went to its thread.
        self.answered = False

    def arrive(self) -> bool:
        """Take in what has come; whether the other side is still there and there is room for more."""
        try:
            data = super().recv(PIECE)
            if data:
                self.arrival.add(data)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return bool(data)

    def say(self, words: bytes) -> bool:
        """Tell the other side something short without a thread; whether it is still there."""
        try:
            self.sendall(words)
        except OSError:
            return False
        return True

    def is_there(self) -> bool:
        """Whether the other side is still there, without taking in what it says."""
        try:
            return bool(super().recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def discard(self) -> bool:
        """Take in what has come and forget it; whether the other side is still there."""
        try:
            return bool(super().recv(PIECE))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def flush(self) -> bool:
        """Send on what is owed, as much as the other side takes; whether it is still there."""
        while self._kept is not None and self.owed:
            self._kept.seek(self._gone)
            try:
                sent = super().send(self._kept.read(PIECE))
            except BlockingIOError:
                return True
            except OSError:
                return False
            self._gone += sent
            self.owed -= sent
        self._forget()
        return True

    def recv(self, bufsize: int, flags: int = 0) -> bytes:
        """What has come and is not read yet; nothing where there is no more, without waiting."""
        data = self.arrival.take(bufsize)
        if data:
            return data
        try:
            return super().recv(bufsize, flags)
        except BlockingIOError:
            return b""

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send what the other side takes at once, and owe it the rest."""
        view = memoryview(data).cast("B")
        self.answered = True
        sent = 0
        if not self.owed:
            try:
                sent = super().send(view, flags)
            except BlockingIOError:
                sent = 0
        if sent < len(view):
            self._owe(view[sent:])

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """Send a file as everything else is sent."""
        file.seek(offset)
        left = count
        while piece := file.read(PIECE if left is None else min(PIECE, left)):
            self.sendall(piece)
            left = left - len(piece) if left is not None else None
        sent: int = file.tell() - offset
        return sent

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001  # as the socket it extends
        """Stay as it is: the poller alone waits."""

    def settimeout(self, value: float | None) -> None:
        """Stay as it is: the poller alone waits."""

    def close(self) -> None:
        """End the connection and forget what was kept for it."""
        self._forget()
        self.owed = 0
        self.arrival.close()
        super().close()

    def _owe(self, data: memoryview) -> None:
        if self._kept is None:
            self._kept = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  # by _forget
        self._kept.seek(0, 2)
        self._kept.write(data)
        self.owed += len(data)

    def _forget(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept, self._gone = None, 0
