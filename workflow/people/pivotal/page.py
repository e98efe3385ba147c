"""What is shown of pivotal countries to whoever keeps them: every status, and what each answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.people.models import LeadInterest, Party, PivotalStatus


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """What a country was asked of one area, and what it answered; no answer yet is empty."""

    area: str
    asked_on: date | None
    answer: str
    answered_on: date | None
    note: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A pivotal status from its first day to its last, with what the country answered by area."""

    party_id: int
    key: str
    name: str
    since: date
    until: date | None
    evidence: str
    ended_for: str
    answers: tuple[AreaAnswer, ...]

    def holds(self, on: date) -> bool:
        """Whether the country is pivotal on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def statuses(session: Session) -> tuple[StatusLine, ...]:
    """Every status that was ever given, by the name of the country and then by its first day."""
    answers = _answers(session)
    rows = session.execute(
        select(PivotalStatus, Party.key, Party.name)
        .join(Party, Party.id == PivotalStatus.party_id)
        .order_by(Party.name, PivotalStatus.since)
    )
    return tuple(
        StatusLine(
            party_id=status.party_id,
            key=key,
            name=name,
            since=status.since,
            until=status.until,
            evidence=status.evidence,
            ended_for=status.ended_for,
            answers=answers.get(status.party_id, ()),
        )
        for status, key, name in rows
    )


def _answers(session: Session) -> Mapping[int, tuple[AreaAnswer, ...]]:
    found: dict[int, tuple[AreaAnswer, ...]] = {}
    for row in session.scalars(select(LeadInterest).order_by(LeadInterest.area)):
        answer = AreaAnswer(
            row.area, row.asked_on, row.answer, row.registered_on, row.note, row.until
        )
        found[row.party_id] = (*found.get(row.party_id, ()), answer)
    return found
