"""One meeting as a reader sees it: who was invited and why, who was reached, says it comes and came, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.documents.checked import whole_text
from workflow.engine.engine import Engine
from workflow.engine.models import Round, Seat, SignOff
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.lifecycles.definition import Definition
from workflow.meetings.became import BecameLine, FromWhat, became
from workflow.meetings.lines import MeetingLine, lines_of
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.programmes.meetings.lines import ATTENDANCE, INVITED, REPORT
from workflow.programmes.page.invitations import suggestions
from workflow.reference import reference
from workflow.sharing.suggestions import Suggestion
from workflow.vocabulary import OFFICERS

FOCAL, CONFIRMING, PLANNED = "pivotal_focal", "confirming", "planned"


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """Who was invited as what and why; `answer` is comes or cannot, and nothing where nobody answered.

    `reached` says that somebody speaks for it here, who is told by mail; an organisation has no `iso3`.
    """

    iso3: str
    name: str
    capacity: str
    why: str
    reached: bool
    answer: str
    came: bool
    people: str


@dataclass(frozen=True, slots=True)
class MatchLine:
    """What one country offers and another seeks; `became` are the proposals begun for it that the reader may know of."""

    number: str
    topic: str
    area: str
    offers: str
    offered_by: str
    seeks: str
    sought_by: str
    became: tuple[BecameLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingCase:
    """A meeting as one reader sees it; its texts are empty for whoever may not read them.

    `keeps` the file as an officer of the house, `answers` for a country that is asked whether it comes.
    `suggested` are the countries that might be invited, for whoever keeps it while it is planned.
    """

    line: MeetingLine
    version: int
    purpose: str
    invited: tuple[InvitedLine, ...]
    others: tuple[InvitedLine, ...]
    outcome: str
    matches: tuple[MatchLine, ...]
    keeps: bool
    answers: bool
    suggested: tuple[Suggestion, ...]


def meeting_if_any(
    session: Session, engine: Engine, person: int, ref: str, now: datetime
) -> MeetingCase | None:
    """The meeting called `ref`; nothing where the case is none, or does not say of what kind and in which year it is.

    Refuses what the person may not know of.
    """
    case = visible_case(session, ref, person, now)
    line = next(iter(lines_of(session, engine, [case.id], person, now)), None)
    if line is None:
        return None
    definition = engine.definition(case.definition_id, session)
    held = offices(session, person, now.date())
    keeps = any(each.role in OFFICERS for each in held)
    said = _texts(session, definition, case.id)
    plan, came, told = said[definition.facts], said[ATTENDANCE], said[REPORT]
    codes = [str(row.get("country") or "") for row in plan.get(INVITED) or ()]
    parties = _parties(session, codes)
    mine = {each.party_id for each in held if each.role == FOCAL}
    asked = keeps or bool(mine & set(parties.values()))
    opens = asked or line.state.decided
    rows = (told.get("matches") or ()) if opens else ()
    begun = became(session, engine, [case.id], person, now) if rows else {}
    return MeetingCase(
        line=line,
        version=case.version,
        purpose=str(plan.get("purpose") or ""),
        invited=_invited(
            plan.get(INVITED) or (), came.get("came") or (),
            _answers(session, case.id) if asked else {},
            _reached(session, parties, now.date()), definition,
        ),
        others=_others(plan.get("others") or (), came.get("others_came") or (), definition),
        outcome=str(told.get("outcome") or "") if opens else "",
        matches=_matches(rows, begun, case.id),
        keeps=keeps,
        answers=bool(mine & set(parties.values())),
        suggested=_suggested(session, case.id, person, line, now.date()) if keeps else (),
    )  # fmt: skip


def _texts(
    session: Session, definition: Definition, case_id: int
) -> Mapping[str, Mapping[str, Any]]:
    wanted = definition.facts, ATTENDANCE, REPORT
    return {
        kind: whole_text(session, case_id, definition, definition.documents[kind])
        for kind in wanted
    }


def _parties(session: Session, codes: Sequence[str]) -> Mapping[str, int]:
    rows = session.execute(select(Party.iso3, Party.id).where(Party.iso3.in_(codes)))
    return {iso3: number for iso3, number in rows if iso3}


def _reached(session: Session, parties: Mapping[str, int], today: date) -> frozenset[str]:
    """The countries for which somebody speaks who has an account."""
    speaking = set(
        session.scalars(
            select(Appointment.party_id)
            .join(Person, Person.id == Appointment.person_id)
            .where(Appointment.role == FOCAL, in_force(today), Person.disabled_at.is_(None))
            .where(Appointment.party_id.in_(parties.values()))
        )
    )
    return frozenset(iso3 for iso3, number in parties.items() if number in speaking)


def _answers(session: Session, case_id: int) -> Mapping[str, str]:
    """What each country said when it was asked last whether it comes."""
    rows = session.execute(
        select(Party.iso3, SignOff.verdict)
        .join(Seat, Seat.party_id == Party.id)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .join(Round, Round.id == Seat.round_id)
        .where(Round.case_id == case_id, Round.key == CONFIRMING, SignOff.standing)
        .order_by(Round.turn)
    )
    return {iso3: verdict for iso3, verdict in rows if iso3}


def _invited(
    rows: Sequence[Mapping[str, Any]],
    came: Sequence[Mapping[str, Any]],
    answers: Mapping[str, str],
    reached: frozenset[str],
    definition: Definition,
) -> tuple[InvitedLine, ...]:
    """Who was invited, and after them who came besides."""
    here = {str(row.get("country") or ""): str(row.get("people") or "") for row in came}
    said = {str(row.get("country") or ""): row for row in rows}
    return tuple(
        InvitedLine(
            iso3=code,
            name=_name(code),
            capacity=_capacity(definition, said.get(code, {})),
            why=str(said.get(code, {}).get("why") or ""),
            reached=code in reached or code not in said,
            answer=answers.get(code, ""),
            came=code in here,
            people=here.get(code, ""),
        )
        for code in dict.fromkeys((*said, *here))
    )


def _others(
    rows: Sequence[Mapping[str, Any]], came: Sequence[Mapping[str, Any]], definition: Definition
) -> tuple[InvitedLine, ...]:
    here = {str(row.get("name") or ""): str(row.get("people") or "") for row in came}
    said = {str(row.get("name") or ""): row for row in rows}
    return tuple(
        InvitedLine(
            iso3="",
            name=name,
            capacity=_capacity(definition, said.get(name, {})),
            why=str(said.get(name, {}).get("why") or ""),
            reached=False,
            answer="",
            came=name in here,
            people=here.get(name, ""),
        )
        for name in dict.fromkeys((*said, *here))
    )


def _name(code: str) -> str:
    known = reference().countries.get(code)
    return known.name if known else code


def _capacity(definition: Definition, row: Mapping[str, Any]) -> str:
    """As what somebody was invited, in the words of the form; nothing of who came besides."""
    table = next(
        each for each in definition.documents[definition.facts].fields() if each.key == INVITED
    )
    options = next(dict(each.options) for each in table.columns if each.key == "capacity")
    return options.get(str(row.get("capacity") or ""), "")


def _matches(
    rows: Sequence[Mapping[str, Any]], of_each: Mapping[FromWhat, tuple[BecameLine, ...]], case: int
) -> tuple[MatchLine, ...]:
    names = "number", "topic", "area", "offers", "offered_by", "seeks", "sought_by"
    return tuple(
        MatchLine(
            **{name: str(row.get(name) or "") for name in names},
            became=of_each.get((case, str(row.get("number"))), ()),
        )
        for row in rows
    )


def _suggested(
    session: Session, case_id: int, person: int, line: MeetingLine, today: date
) -> tuple[Suggestion, ...]:
    """Whom to invite besides, with reasons; to a regional meeting countries of its region alone."""
    if line.state.key != PLANNED:
        return ()
    region = line.region_label
    countries = reference().countries
    return tuple(
        each
        for each in suggestions(session, case_id, person, today)
        if not region or countries[each.iso3].region == region
    )
