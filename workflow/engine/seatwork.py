"""What every wish about one seat says, other than an answer to it."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class SeatWish:
    """A wish about one seat of a round, with the reason for it where there is one."""

    what: ClassVar[str] = ""

    ref: str
    round: str
    seat: int
    seen_version: int
    key: str
    reason: str = ""

    def as_content(self) -> dict[str, Any]:
        """Everything that makes this request what it is."""
        said = {name: value for name, value in asdict(self).items() if name != "key"}
        return {"asks": self.what, **said}
