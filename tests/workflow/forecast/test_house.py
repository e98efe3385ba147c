from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.support.world import NOON, World
from tests.workflow.forecast.lifecycles import shipped
from workflow.errors import NotFound
from workflow.forecast.definition import Scenario, forecast
from workflow.forecast.house import absences, places
from workflow.forecast.simulation.assumptions import assumptions
from workflow.forecast.simulation.panels import invented
from workflow.forecast.what_if import what_if
from workflow.people.models import Appointment, Party, Person

STANDARD = shipped("programme-standard")
INVENTED = invented(STANDARD, assumptions(STANDARD))
TODAY = NOON.date()
SPAN = (datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))


def test_offices_of_the_house_are_named_and_parties_of_a_case_are_invented(world: World) -> None:
    with world.engine.reading() as session:
        found = places(session, INVENTED, TODAY)
        unit = session.scalars(select(Party).where(Party.key == "special-unit")).one()

    assert [(each.party, each.name) for each in found["office:special-unit"]] == [
        (unit.id, unit.name)
    ]
    assert all(each.party > 0 for each in found["board"])
    assert found["beneficiary"] == INVENTED["beneficiary"]


def test_a_leave_keeps_those_offices_that_nobody_else_holds(world: World) -> None:
    with world.engine.reading() as session:
        held: dict[tuple[str, int], set[int]] = {}
        for role, party, person in session.execute(
            select(Appointment.role, Appointment.party_id, Appointment.person_id)
        ):
            held.setdefault((role, party), set()).add(person)
        (role, party), alone = next(
            (office, people) for office, people in held.items()
            if len(people) == 1 and office[0] == "unit_head"
        )  # fmt: skip
        email = session.scalars(select(Person.email).where(Person.id == next(iter(alone)))).one()

        found = absences(
            session, STANDARD, {email: (SPAN,)}, places(session, INVENTED, TODAY), TODAY
        )

    assert found[role, party] == (SPAN,)


def test_a_role_on_leave_is_every_party_of_it(world: World) -> None:
    with world.engine.reading() as session:
        found = absences(session, STANDARD, {"board_member": (SPAN,)}, INVENTED, TODAY)

    assert found == {("board_member", 0): (SPAN,)}


def test_nobody_of_that_address_is_refused_by_name(world: World) -> None:
    with world.engine.reading() as session, pytest.raises(NotFound, match=r"nobody@example\.org"):
        absences(session, STANDARD, {"nobody@example.org": (SPAN,)}, INVENTED, TODAY)


def test_a_simulation_asks_the_offices_of_the_house(world: World) -> None:
    away = what_if(STANDARD, away=["unit_officer=2026-03-01..2026-12-31"])

    with world.engine.reading() as session:
        usual = forecast(STANDARD, Scenario(NOON, runs=40), session=session).simulation
        late = forecast(STANDARD, Scenario(NOON, runs=40, changed=away), session=session).simulation

    assert late.decided.low > usual.decided.low + 200
