"""The page of one lead group: what waits for it, who is in it, what it leads, and what follows if one leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.approaches.filters import ApproachFilters
from workflow.approaches.lines import ApproachLine, approaches
from workflow.audit import canonical
from workflow.engine.children.models import ChildCase
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotFound
from workflow.lead_groups.agenda import FOCAL, WaitingReader, WaitingThing, waits_for
from workflow.lead_groups.departures import Departure, departures
from workflow.lead_groups.led import LedLine, LedTotal, led_by, total_of
from workflow.lead_groups.lines import GroupLine, lines_of
from workflow.lead_groups.seats import LifeSeat, seats_in_life
from workflow.meetings.filters import MeetingFilters
from workflow.meetings.lines import MeetingLine, meetings
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.phrase import phrase
from workflow.programmes.lead_groups import turns
from workflow.programmes.lead_groups.turns import SUBJECT
from workflow.vocabulary import BELOW, OFFICERS, Stage

TERMS, IN_FORCE = "terms_of_reference", "in_force"


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A member: since when, whether it convenes or is next, which terms it signed when, what it brings, who speaks for it."""

    party_id: int
    iso3: str
    convenes: bool
    next: bool
    signed: int
    signed_on: date | None
    brings: tuple[str, ...]
    speakers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ChairTurn:
    """A turn of the chair: whose, from when on and until when, as far as that is known."""

    iso3: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class LeadGroupPage:
    """A lead group as one person sees it; `terms` is the version of the terms of reference that is in force.

    `speaks` says that the reader speaks for a member, and `keeps` that they are an officer of the house.
    """

    line: GroupLine
    version: int
    waits: tuple[WaitingThing, ...]
    members: tuple[GroupMember, ...]
    turns: tuple[ChairTurn, ...]
    terms: int
    programmes: tuple[LedLine, ...]
    total: LedTotal
    departures: tuple[Departure, ...]
    approaches: tuple[ApproachLine, ...]
    meetings: tuple[MeetingLine, ...]
    seats: tuple[LifeSeat, ...]
    speaks: bool
    keeps: bool

    @property
    def mine(self) -> tuple[WaitingThing, ...]:
        """What waits for the reader."""
        return tuple(each for each in self.waits if each.mine is not None)

    def waits_on(self, ref: str) -> tuple[WaitingThing, ...]:
        """What waits on a programme, or on a case under it."""
        return tuple(w for w in self.waits if w.ref == ref or w.ref.startswith(ref + BELOW))

    @property
    def late(self) -> int:
        """How much of what waits is late."""
        return sum(each.late for each in self.waits)


def lead_group(
    session: Session, engine: Engine, person: int, ref: str, now: datetime
) -> LeadGroupPage:
    """The lead group called `ref`; refuses what is none, or what the person may not know of."""
    case = visible_case(session, ref, person, now)
    if case.subject != SUBJECT:
        raise NotFound(phrase("There is no lead group called %(ref)s.", ref=ref))
    here = _Group(session, engine, person, case.id, now)
    programmes = led_by(session, engine, person, case.id, now.date())
    waits = here.waits([line.id for line in programmes])
    asked = ApproachFilters(area=here.line.area) if here.line.area else ApproachFilters()
    return LeadGroupPage(
        line=here.line,
        version=case.version,
        waits=waits,
        members=here.members(),
        turns=here.chair(),
        terms=here.terms,
        programmes=programmes,
        total=total_of(programmes),
        departures=departures(
            session, here.parties, here.convenor, here.following, programmes, inside=here.inside
        )
        if case.stage == Stage.IMPLEMENTATION.value
        else (),
        approaches=approaches(session, engine, person, asked, now).lines,
        meetings=meetings(session, engine, person, MeetingFilters(area=here.line.area), now).lines
        if here.line.area
        else (),
        seats=seats_in_life(session, engine, programmes, waits),
        speaks=here.member,
        keeps=here.keeps,
    )


class _Group:
    """What is read once of a group for its page."""

    def __init__(
        self, session: Session, engine: Engine, person: int, case_id: int, now: datetime
    ) -> None:
        self.session, self.engine, self.person = session, engine, person
        self.case_id, self.now = case_id, now
        (self.line,) = lines_of(session, engine, [case_id])
        order = turns.members(session, case_id)
        named = {
            row.id: row.iso3 or ""
            for row in session.execute(select(Party.id, Party.iso3).where(Party.id.in_(order)))
        }
        self.parties: Mapping[int, str] = {each: named[each] for each in order}
        self.convenor = turns.convenor(session, case_id)
        self.following = turns.in_turn(session, case_id)
        held = offices(session, person, now.date())
        self.speaks = tuple(each.party_id for each in held if each.role == FOCAL)
        self.keeps = any(each.role in OFFICERS for each in held)
        self._signed_in = _terms_cases(session, case_id)

    @property
    def member(self) -> bool:
        """Whether the reader speaks for a member."""
        return bool(set(self.speaks) & set(self.parties))

    @property
    def inside(self) -> bool:
        """Whether the reader speaks for a member, or keeps the file."""
        return self.keeps or self.member

    @property
    def terms(self) -> int:
        """Which version of the terms is in force: each that was signed by all counts one."""
        return len(self._signed_in)

    def waits(self, programmes: Sequence[int]) -> tuple[WaitingThing, ...]:
        """What waits for the members."""
        cases, reader = [self.case_id, *programmes], WaitingReader(self.person, self.speaks)
        return waits_for(self.session, self.engine, reader, cases, list(self.parties), self.now)

    def members(self) -> tuple[GroupMember, ...]:
        """The members in the order of joining."""
        signed, brings, speakers = self._signatures(), self._brings(), self._speakers()
        return tuple(
            GroupMember(
                party_id=party,
                iso3=iso3,
                convenes=party == self.convenor,
                next=self.following[:1] == (party,),
                signed=signed.get(party, (0, None))[0],
                signed_on=signed.get(party, (0, None))[1],
                brings=brings.get(iso3, ()),
                speakers=speakers.get(party, ()),
            )
            for party, iso3 in self.parties.items()
        )

    def chair(self) -> tuple[ChairTurn, ...]:
        """The term that runs, and whose turns come after it if nobody passes."""
        term = self.session.execute(
            select(Round.opened_at, Round.due_at)
            .where(Round.case_id == self.case_id, Round.key == turns.CHAIR_TERM)
            .where(Round.status == "open")
        ).first()
        if self.convenor is None or term is None:
            return ()
        until = term.due_at.date() if term.due_at else None
        first = ChairTurn(self.parties.get(self.convenor, ""), term.opened_at.date(), until)
        later = (ChairTurn(self.parties.get(each, ""), None, None) for each in self.following)
        return (first, *later)

    def _signatures(self) -> Mapping[int, tuple[int, date | None]]:
        """By member, the newest version of the terms that it signed, and when."""
        rows = self.session.execute(
            select(Seat.party_id, Round.case_id, SignOff.at)
            .join(SignOff, (SignOff.seat_id == Seat.id) & SignOff.standing)
            .join(Round, Round.id == Seat.round_id)
            .where(Round.case_id.in_(self._signed_in), Round.key == "signing")
            .where(SignOff.verdict == "sign")
            .order_by(SignOff.at)
        )
        return {
            row.party_id: (self._signed_in.index(row.case_id) + 1, row.at.date()) for row in rows
        }

    def _brings(self) -> Mapping[str, tuple[str, ...]]:
        """By country, what it brings by the terms in force."""
        if not self._signed_in or not self.inside:
            return {}
        filed = select(Document.body).where(
            Document.case_id == self._signed_in[-1], Document.kind == TERMS
        )
        body = self.session.scalar(filed.order_by(Document.version.desc()).limit(1))
        said: dict[str, Any] = canonical.parse(body) if body else {}
        found: dict[str, tuple[str, ...]] = {}
        for row in said.get("brings") or ():
            code = str(row.get("country") or "")
            found[code] = (*found.get(code, ()), str(row.get("what") or ""))
        return found

    def _speakers(self) -> Mapping[int, tuple[tuple[int, str], ...]]:
        rows = self.session.execute(
            select(Appointment.party_id, Person.id, Person.name)
            .join(Person, Person.id == Appointment.person_id)
            .where(Appointment.party_id.in_(list(self.parties)), Appointment.role == FOCAL)
            .where(in_force(self.now.date()), Person.disabled_at.is_(None))
            .order_by(Person.name)
        )
        found: dict[int, tuple[tuple[int, str], ...]] = {}
        for row in rows:
            found[row.party_id] = (*found.get(row.party_id, ()), (row.id, row.name))
        return found


def _terms_cases(session: Session, group: int) -> list[int]:
    """The cases in which terms of reference were signed by all: the group itself, and new versions under it."""
    signed = select(Round.id).where(
        Round.case_id == group, Round.key == "signing", Round.outcome == "complete"
    )
    first = [group] if session.scalars(signed.limit(1)).first() else []
    later = (
        select(LifecycleCase.id)
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .where(ChildCase.parent_id == group, ChildCase.kind == "terms")
        .where(LifecycleCase.state == IN_FORCE)
        .order_by(ChildCase.ended_at, LifecycleCase.id)
    )
    return [*first, *session.scalars(later)]
