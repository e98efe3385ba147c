"""What lists go by is what the one rule says, whoever looks and whatever happened to a programme."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import AUDITOR, OFFICER, SUBMITTER, bring_in
from workflow.database import Base, connect
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import audits
from workflow.oversight.checks.lists import astray
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment, Person
from workflow.programmes.lists.filters import programmes
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.sight import sight

STATES = ("draft", "screening", "consultation", "formulation", "decision", "active")
PEOPLE = (OFFICER, AUDITOR, SUBMITTER, "priya.menon", "thandi.nkosi", "graca.mabunda", "tom.becker")


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    world.made("six-states", in_six_states)
    yield world
    world.close()


def in_six_states(world: World) -> None:
    world.programmes(*STATES)
    bring_in(world, {}, {})


def test_everybody_sees_in_lists_what_the_rule_lets_them_know_of(world: World) -> None:
    now = world.engine.now()
    for who in PEOPLE:
        person = world.person(who)
        with world.engine.reading() as session:
            seen = or_(*sight(session, person, now).both)
            listed = set(session.scalars(select(ListedProgramme.case_id).where(seen)))
            known = set(session.scalars(programmes(select(LifecycleCase.id), person, now)))

        assert listed == known, who
    assert len(known) == len(STATES) + 1


STANDS = ("case_id", "framework_id", "stage", "urgency", "entered_at")
# Seats that no lifecycle here asks: of every role that somebody holds, on one bench, on another, on none.
BENCHES = (
    "insert into body (id, key, kind, name, quorum, by_default) values "
    "(901, 'one-bench', 'board', 'One', 1, false), (902, 'another', 'board', 'Another', 1, false)"
)
SEATS = (
    "insert into seat (round_id, case_id, role, party_id, part, category, because, status, opened_at, "
    "round_key, bench_id) select (select min(id) from round), :case, a.role, a.party_id, 'decides', "
    ":category, '', 'overtaken', :now, '', :bench from appointment a where a.id % 3 = :third "
    "group by a.role, a.party_id"
)
ANOTHER_PROPOSES = "insert into case_party (case_id, capacity, party_id) select :case, 'proposer', min(id) from party"
TIED = "update appointment set body_id = 901 where id % 2 = 0 and role not in ('auditor', 'administrator')"


def own_and_known(session: Session, person: int, now: datetime) -> tuple[set[Any], set[Any]]:
    """One's own lines as their parts tell them, and as the rule and the list do."""
    own = sight(session, person, now).own
    columns = [ListedProgramme.__table__.c[name] for name in STANDS]
    known = programmes(select(*columns), person, now).where(ListedProgramme.private)
    told = [] if own is None else session.execute(select(*(own.c[name] for name in STANDS)))
    return set(map(tuple, told)), set(map(tuple, session.execute(known)))


@pytest.mark.parametrize("scope", ["all", "round:decision", "case:{one}", "case:{other}"])
def test_the_parts_of_private_programmes_say_what_the_rule_says_of_seats_benches_and_mandates(
    world: World, scope: str
) -> None:
    now, world.honest = world.engine.now(), False
    drafts = world.programmes("draft", "draft", "draft")
    with world.engine.transaction() as session:
        ids = dict(session.execute(select(LifecycleCase.ref, LifecycleCase.id)).all())
        session.execute(text(BENCHES))
        for third, (ref, bench) in enumerate(zip(drafts, (None, 901, 902), strict=True)):
            told = {"case": ids[ref], "category": f"c{third}", "third": third, "bench": bench}
            session.execute(text(SEATS), {**told, "now": now})
        session.execute(text(TIED))
    acting = ("elena.petrova", "tom.becker")
    for delegate_, holder in zip(acting, (SUBMITTER, "graca.mabunda"), strict=True):
        mandated(world, delegate_, holder, scope.format(one=drafts[0], other=drafts[1]))

    with world.engine.reading() as session:
        everybody = session.scalars(select(Person.id).order_by(Person.id)).all()
        auditors = {each for each in everybody if audits(session, each, now.date())}
        found = {each: own_and_known(session, each, now) for each in everybody}

    told = {each: own for each, (own, _) in found.items() if each not in auditors}
    assert told == {each: known for each, (_, known) in found.items() if each not in auditors}
    assert len({len(own) for own in told.values()}) >= 3
    assert astray(world.engine).parts == ()


def mandated(world: World, who: str, holder: str, scope: str) -> None:
    today = world.engine.now().date()
    with world.engine.transaction() as session:
        held = select(Appointment.id).where(Appointment.person_id == world.person(holder)).limit(1)
        command = Grant(
            session.scalars(held).one(), world.person(who), today, today + timedelta(days=9),
            "On leave.", scope,
        )  # fmt: skip
        grant(session, world.person(holder), command, now=world.engine.now())


def test_parts_follow_whoever_proposes_and_wherever_a_private_programme_stands(
    world: World,
) -> None:
    world.honest = False
    (draft,) = world.programmes("draft")
    changes = (
        "delete from case_party where capacity = 'proposer' and case_id = :case",
        ANOTHER_PROPOSES,
        "update programme set framework_id = (select min(id) from framework) where case_id = :case",
        "update lifecycle_case set entered_at = opened_at, title = 'X' where id = :case",
        "update lifecycle_case set state = 'screening', stage = 'appraisal' where id = :case",
        "update lifecycle_case set state = 'draft', stage = 'proposal' where id = :case",
    )
    with world.engine.reading() as session:
        number = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == draft)).one()

    for change in changes:
        with world.engine.transaction() as session:
            session.execute(text(change), {"case": number})
        assert astray(world.engine).parts == (), change


def test_how_far_somebody_reaches_is_found_once_for_all_of_their_private_programmes(
    world: World,
) -> None:
    person, now = world.person(SUBMITTER), world.engine.now()
    with asked(world.engine.database) as found, world.engine.reading() as session:
        own = sight(session, person, now).private
        session.scalars(select(ListedProgramme.case_id).where(own)).all()

    _, listing = found.readings[-1].statements[-1].split("FROM listed_programme")
    of_each_case = listing.split("FROM lifecycle_case")[1]
    assert "reached" in of_each_case
    assert "mandate" not in of_each_case


def test_a_line_says_what_its_case_and_programme_say(world: World) -> None:
    with world.engine.reading() as session:
        rows = session.execute(
            select(ListedProgramme, LifecycleCase).join(
                LifecycleCase, LifecycleCase.id == ListedProgramme.case_id
            )
        ).all()

    assert len(rows) == len(STATES) + 2
    for line, case in rows:
        assert (line.stage, line.ref, line.entered_at) == (case.stage, case.ref, case.entered_at)
        assert line.title_key == case.title.lower()
        assert line.private == (case.state == "draft")


def test_the_private_ones_of_a_person_are_found_by_their_part_in_them(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path}/empty.sqlite")
    Base.metadata.create_all(database)
    with Session(database) as session:
        own = sight(session, 1, datetime(2026, 1, 1, tzinfo=UTC)).private
        asked = select(ListedProgramme.case_id).where(own).order_by(ListedProgramme.ref).limit(26)
        words = asked.compile(database, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in session.execute(text(f"explain query plan {words}"))]

    assert plan[0] == "SEARCH listed_programme USING INTEGER PRIMARY KEY (rowid=?)"
