"""A house in which countries lead together: the lifecycles are published, and a group was formed and signed."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from tests.support.world import World
from workflow.engine.acts.whole import At
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat
from workflow.lead_groups.acts import sign
from workflow.lead_groups.form import Constitution, GroupTerms, form
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import Party
from workflow.people.pivotal.interests import register_interest
from workflow.programmes.lead_groups.followers import follow_groups

OFFICER, DIRECTOR = "jane.okello", "elena.petrova"
FOCAL = {
    "BRA": "paulo.sa",
    "IND": "priya.menon",
    "ZAF": "thandi.nkosi",
    "THA": "somchai.chaiyasit",
    "MYS": "aisyah.rahman",
}
FILES = ("lead-group-leaving", "lead-group-joining", "lead-group-terms", "lead-group")
TERMS = GroupTerms(
    purpose="Train nurses together.",
    working="We meet each quarter, and decide together.",
    brings=[("IND", "Courses")],
)


def published(world: World) -> None:
    """Countries can lead together here."""
    for name in FILES:
        publish(world.engine, load_file(Path(f"config/lifecycles/{name}.toml")))


def south_africa_wishes_to_lead(world: World) -> None:
    """South Africa registered an interest in the area of the programme."""
    south_africa, now = world.party("zaf"), world.clock()
    with world.engine.transaction() as session:
        register_interest(
            session, south_africa, "hiv-aids", now.date(), "Its letter.", by=None, now=now
        )


def constitution(*members: str, area: str = "hiv-aids", convenor: str = "") -> Constitution:
    """Who leads together, the first of them convening."""
    return Constitution(
        title="Lead group on nurses",
        area=area,
        members=members,
        convenor=convenor or (members[0] if members else ""),
    )


def formed(world: World, members: Sequence[str], area: str = "hiv-aids") -> str:
    """A group that every member signed."""
    ref = form(world.engine, world.person(OFFICER), constitution(*members, area=area), TERMS)
    for each in members:
        sign(world.engine, world.person(FOCAL[each]), At(ref))
    return ref


def taking_part(world: World, ref: str, capacity: str) -> list[str]:
    """Who has a part in a case, by their keys."""
    named = (
        select(Party.key)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
        .where(LifecycleCase.ref == ref, CaseParty.capacity == capacity)
    )
    with world.engine.reading() as session:
        return list(session.scalars(named.order_by(Party.key)))


def passed(world: World, **span: int) -> None:
    """Time has passed, and programmes follow their groups."""
    world.clock.at += timedelta(**span)
    sweep(world.engine)
    follow_groups(world.engine)


def open_rounds(world: World, ref: str, key: str) -> list[str]:
    """Who is asked in a round that is open now, by the part of the address before the sign; a timer has none."""
    asked = (
        select(Seat.party_id)
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == ref, Round.key == key, Round.status == "open")
        .where(Seat.status == "open")
    )
    names = select(Party.iso3).where(Party.id.in_(asked)).order_by(Party.iso3)
    with world.engine.reading() as session:
        return [FOCAL.get(code or "", "") for code in session.scalars(names)]


def outcome(world: World, ref: str, key: str) -> str | None:
    """What the newest round of a case came to."""
    found = (
        select(Round.outcome)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == ref, Round.key == key)
    )
    with world.engine.reading() as session:
        return session.scalars(found.order_by(Round.id.desc())).first()


def cases(world: World) -> int:
    """How many lead groups there are."""
    counted = select(func.count()).where(LifecycleCase.subject == "lead_group")
    with world.engine.reading() as session:
        return session.scalars(counted).one()
