"""What lists go by is what the one rule says, whoever looks and whatever happened to a programme."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import AUDITOR, OFFICER, SUBMITTER, bring_in
from workflow.database import Base, connect
from workflow.engine.models import LifecycleCase
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
            seen = or_(*sight(session, person, now))
            listed = set(session.scalars(select(ListedProgramme.case_id).where(seen)))
            known = set(session.scalars(programmes(select(LifecycleCase.id), person, now)))

        assert listed == known, who
    assert len(known) == len(STATES) + 1


def test_how_far_somebody_reaches_is_found_once_for_all_of_their_private_programmes(
    world: World,
) -> None:
    person, now = world.person(SUBMITTER), world.engine.now()
    with asked(world.engine.database) as found, world.engine.reading() as session:
        _, own = sight(session, person, now)
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
        _, own = sight(session, 1, datetime(2026, 1, 1, tzinfo=UTC))
        asked = select(ListedProgramme.case_id).where(own).order_by(ListedProgramme.ref).limit(26)
        words = asked.compile(database, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in session.execute(text(f"explain query plan {words}"))]

    assert plan[0] == "SEARCH listed_programme USING INTEGER PRIMARY KEY (rowid=?)"
