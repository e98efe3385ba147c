"""What is to be moved where, and how each case comes out."""

from dataclasses import dataclass, field
from datetime import datetime

from workflow.free_text import kept_prose
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.obstacles import KeyMapping
from workflow.phrase import Phrase


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A case to be moved; with a version it is refused once it has moved on from that."""

    ref: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """What is to be done: to which definition, how keys are taken over, whose act it is, and why.

    A definition without a `number` is none that was published: it can be rehearsed alone. So can what is `by` nobody.
    `request` is the number under which another administrator, `asked_by`, had asked for it.
    """

    to: Definition
    number: int | None
    by: int | None
    mapping: KeyMapping = field(default_factory=KeyMapping)
    reason: str = ""
    request: int | None = None
    asked_by: int | None = None

    @property
    def why(self) -> str:
        """The reason as it is kept."""
        return kept_prose(self.reason, "reason")


@dataclass(frozen=True, slots=True)
class RoundOutlook:
    """What becomes of an open round: when it is due, how many answers are kept, who is asked no more, how many seats come.

    Its end has `moved` where it is another one than before.
    """

    label: str
    due_at: datetime | None
    moved: bool
    kept: int
    gone: tuple[str, ...]
    came: int


@dataclass(frozen=True, slots=True)
class MigratedCase:
    """How one case comes out: where it stands, what its open rounds become, or why it cannot be moved.

    `leaves` are open cases under it of which the version knows no kind.
    `settles` are rounds that the answers given settle at once, each with the outcome.
    """

    ref: str
    version: int
    state: str = ""
    was: str = ""
    rounds: tuple[RoundOutlook, ...] = ()
    opens: tuple[str, ...] = ()
    settles: tuple[tuple[str, str], ...] = ()
    leaves: tuple[str, ...] = ()
    reasons: tuple[Phrase, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it can be moved."""
        return not self.reasons
