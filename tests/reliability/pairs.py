"""Pairs of acts that cannot both win, and how each has to end in either order."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.reliability import conflicting as conflict
from tests.reliability.conflicting import SILENCE
from tests.reliability.field import DELEGATE, LAST, Field, answering, answers
from tests.reliability.grounds import BOARD, CONSULTATION, DELIVERY, ENDORSEMENT, Start
from tests.reliability.interleaving import Act

# What the two acts came to, the state of the case, and how many answers stand in the round.
Ending = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer and what conflicts with it; the endings if the one, or the other, comes first."""

    start: Start
    answer: tuple[str, str, str]
    conflict: Callable[[Field], Act]
    answer_first: Ending
    conflict_first: Ending
    prepare: Callable[[Field], None] | None = None

    def acts(self, field: Field) -> tuple[Act, Act]:
        """Both acts, ready to be sent from pages opened now."""
        if self.prepare:
            self.prepare(field)
        return answering(field, *self.answer), self.conflict(field)

    def ending(self, field: Field, results: tuple[object, object]) -> Ending:
        """How the race ended."""
        one, other = (type(result).__name__ for result in results)
        world, ref = field.world, field.ref
        return one, other, world.state(ref), answers(world, ref, self.answer[0])


APPROVAL, OBJECTION = ("decision", LAST, "approve"), (SILENCE, "carla.duarte", "object")
PAIRS = {
    "approval against withdrawal": Pair(
        BOARD, APPROVAL, conflict.withdraw,
        ("Receipt", "Stale", "signature", 3), ("Stale", "Receipt", "withdrawn", 2),
        conflict.one_seat_left,
    ),
    "endorsement against a new text": Pair(
        ENDORSEMENT, ("endorsement", "graca.mabunda", "endorse"), conflict.edit,
        ("Receipt", "int", "formulation", 0), ("Stale", "int", "formulation", 0),
    ),
    "approval against the end of the office": Pair(
        BOARD, APPROVAL, conflict.end_of_office,
        ("Receipt", "str", "signature", 3), ("NotAuthorised", "str", "decision", 2),
        conflict.in_office,
    ),
    "a delegate's approval against the mandate being given": Pair(
        BOARD, ("decision", DELEGATE, "approve"), conflict.granting,
        ("NotAuthorised", "str", "decision", 2), ("Receipt", "str", "signature", 3),
        conflict.one_seat_left,
    ),
    "a delegate's approval against the mandate being revoked": Pair(
        BOARD, ("decision", DELEGATE, "approve"), conflict.revocation,
        ("Receipt", "str", "signature", 3), ("NotAuthorised", "str", "decision", 2),
        conflict.mandated,
    ),
    "the holder's approval against the delegate's": Pair(
        BOARD, APPROVAL, conflict.by_delegate,
        ("Receipt", "Stale", "signature", 3), ("Stale", "Receipt", "signature", 3),
        conflict.mandated,
    ),
    "position against the end of its time": Pair(
        CONSULTATION, ("consultation", "priya.menon", "lead"), conflict.sweeping,
        ("Receipt", "str", "lead_group", 3), ("Stale", "str", "lead_group", 2),
    ),
    "objection against the end of a silence": Pair(
        BOARD, OBJECTION, conflict.sweeping,
        ("Receipt", "str", "decision", 1), ("Receipt", "str", "signature", 0),
        conflict.silence,
    ),
    "approval against recusal": Pair(
        BOARD, APPROVAL, conflict.recusal,
        ("Receipt", "Stale", "signature", 3), ("Stale", "Receipt", "signature", 2),
        conflict.one_seat_left,
    ),
    "objection against extension": Pair(
        BOARD, OBJECTION, conflict.extension,
        ("Receipt", "Stale", "decision", 1), ("Stale", "Receipt", "decision", 0),
        conflict.silence,
    ),
    "acceptance against suspension": Pair(
        DELIVERY, ("final_review", LAST, "accept"), conflict.suspension,
        ("Receipt", "Stale", "operational_closure", 3), ("Stale", "Receipt", "suspended", 2),
    ),
}  # fmt: skip
