"""A request as it arrives, byte by byte: kept until it is there as a whole."""

from tempfile import SpooledTemporaryFile

HEAD_END = b"\r\n\r\n"
LARGEST_HEAD = 131_072
LONGEST_LINE = 8192
KEPT_IN_MEMORY = 262_144

# Seconds for a head, for a body, and bytes that, once here, give a second more.
HEAD_PATIENCE, BODY_PATIENCE, BYTES_A_SECOND = 10.0, 30.0, 8192


class Arrival:
    """What has come of one request; it judges only whether to wait for more, never what it says."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._held = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  # closed by close
        self._taken = 0
        self.size = 0
        self._forget()

    @property
    def ready(self) -> bool:
        """Whether there is nothing to wait for: it is whole, too large, or no request at all."""
        return self.whole or self._hopeless

    @property
    def untaken(self) -> int:
        """How many bytes have come that nobody has read."""
        return self.size - self._taken

    @property
    def patience(self) -> float:
        """For how many seconds after its beginning the request may go on arriving.

        What was announced and does not come gives no time.
        """
        if self._ends_at is None and self._chunks is None:
            return HEAD_PATIENCE
        return BODY_PATIENCE + self.size / BYTES_A_SECOND

    def add(self, data: bytes) -> None:
        """Keep what has come."""
        self._held.seek(self.size)
        self._held.write(data)
        self.size += len(data)
        self._look_at(data)

    def take(self, most: int) -> bytes:
        """The next bytes of what has come, for whoever reads the request."""
        self._held.seek(self._taken)
        data = self._held.read(min(most, self.size - self._taken))
        self._taken += len(data)
        return data

    def await_next(self, ahead: bytes = b"") -> None:
        """Wait for the next request, of which `ahead` was read with the one before."""
        rest = ahead + self.take(self.size)
        self._held.seek(0)
        self._held.truncate()
        self._taken = self.size = 0
        self._forget()
        if rest:
            self.add(rest)

    def close(self) -> None:
        """Forget everything."""
        self._held.close()

    def _forget(self) -> None:
        self.whole = self.expects_continue = self._hopeless = False
        self.asks_for = b""
        self._head = b""
        self._ends_at: int | None = None
        self._chunks: Chunks | None = None

    def _look_at(self, data: bytes) -> None:
        if self._chunks is not None:
            self._chunks.feed(data)
        elif self._ends_at is None:
            self._look_for_head(data)
        if self._chunks is not None:
            self.whole = self._chunks.ended
            self._hopeless = self.size > self._largest
        elif self._ends_at is not None:
            self.whole = self.size >= self._ends_at

    def _look_for_head(self, data: bytes) -> None:
        """Read where the request ends once its head is there; empty lines before it do not count."""
        self._head = (self._head + data).lstrip(b"\r\n")
        head, found, body = self._head.partition(HEAD_END)
        if not found:
            self._hopeless = len(self._head) > LARGEST_HEAD
            return
        self._head = b""
        self.asks_for = _asked(head)
        fields = _fields(head)
        self.expects_continue = fields.get(b"expect", b"").lower() == b"100-continue"
        if b"chunked" in fields.get(b"transfer-encoding", b"").lower():
            self._chunks = Chunks()
            self._chunks.feed(body)
            return
        length = _number(fields.get(b"content-length", b"0"))
        self._ends_at = self.size - len(body) + length
        self._hopeless = length > self._largest


class Chunks:
    """A body in chunks, of which is followed only where it ends."""

    def __init__(self) -> None:
        self.ended = False
        self._line = b""
        self._to_skip = 0
        self._last = False

    def feed(self, data: bytes) -> None:
        """Follow what has come; what cannot be followed counts as ended, for the parser to refuse."""
        at = 0
        while at < len(data) and not self.ended:
            if self._to_skip:
                skipped = min(self._to_skip, len(data) - at)
                self._to_skip -= skipped
                at += skipped
            else:
                at = self._read_line(data, at)

    def _read_line(self, data: bytes, at: int) -> int:
        end = data.find(b"\n", at, at + LONGEST_LINE)
        line = data[at : end if end >= 0 else at + LONGEST_LINE]
        self._line += line
        if end < 0:
            self.ended = len(self._line) >= LONGEST_LINE
            return at + len(line)
        said, self._line = self._line.strip(), b""
        if self._last:
            self.ended = not said
        else:
            self._begin_chunk(said.partition(b";")[0])
        return at + len(line) + 1

    def _begin_chunk(self, size: bytes) -> None:
        try:
            length = int(size, 16)
        except ValueError:
            self.ended = True
            return
        self._last = length == 0
        self._to_skip = length + 2 if length > 0 else 0


def _asked(head: bytes) -> bytes:
    """Method and path of a request, without what is asked of the path."""
    method, _, rest = head.partition(b"\r\n")[0].partition(b" ")
    return method + b" " + rest.partition(b" ")[0].partition(b"?")[0]


def _fields(head: bytes) -> dict[bytes, bytes]:
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _number(said: bytes) -> int:
    return int(said[:20]) if said.isdigit() else 0
