"""A seat as the permission check sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeatRef:
    """The seat in question: of which role and party, and how it stands."""

    role: str
    party_id: int
    party_name: str
    status: str
