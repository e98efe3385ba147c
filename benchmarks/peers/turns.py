"""Lets a peer sign in turns: told how often, it says what that took; run where the peer is installed."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from time import monotonic, process_time

# The three seats of a Board; two approvals of each programme are measured, and settle nothing yet.
SEATS = ("ind", "bra", "zaf")
MEASURED = SEATS[:2]
BEGINNING = bytes(32)
# As the product's own connections: what is committed is on the disk.
SETTINGS = ("journal_mode = delete", "synchronous = full", "busy_timeout = 10000")
Sign = Callable[[int, str], None]


def event(programme: int, seq: int, seat: str, prev: bytes) -> tuple[bytes, bytes, str]:
    """The next event of a programme's chain: its bytes, what they hash to, and when it was."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    said = {
        "at": at, "case": programme, "prev": prev.hex(), "seq": seq, "type": "signoff.given",
        "person": f"p{SEATS.index(seat)}", "role": "board_member", "party": seat,
        "what": {"round": "decision", "verdict": "approve", "seat": seat},
    }  # fmt: skip
    body = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return body, hashlib.sha256(b"\0" + body).digest(), at


def take(sign: Sign, programmes: int) -> None:
    """Sign as often as each line asks, and answer each with seconds and processor's seconds."""
    print("ready", flush=True)
    wishes: Iterator[tuple[int, str]] = (
        (programme, seat) for programme in range(1, programmes + 1) for seat in MEASURED
    )
    for line in sys.stdin:
        chosen = list(islice(wishes, int(line)))
        began, spent = monotonic(), process_time()
        for programme, seat in chosen:
            sign(programme, seat)
        took = {"seconds": monotonic() - began, "processor": process_time() - spent}
        print(json.dumps({**took, "did": len(chosen)}), flush=True)
