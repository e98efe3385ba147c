"""The demo's people read by the clocks of their capitals, and its parties have calendars of their own."""

from datetime import timedelta

from sqlalchemy import select

from tests.support.world import World
from workflow.demo.clocks import WITH_CALENDARS, set_calendars, set_clocks
from workflow.people.calendars.kept import calendars_on
from workflow.people.models import Party, Person


def test_people_read_by_the_clocks_of_the_country_they_speak_for(world: World) -> None:
    with world.engine.transaction() as session:
        set_clocks(session, world.engine.now())

    with world.engine.reading() as session:
        zones = dict(session.execute(select(Person.email, Person.time_zone)).all())
    assert zones["joao.lima@demo.example"] == "Africa/Maputo"
    assert zones["paulo.sa@demo.example"] == "America/Sao_Paulo"
    assert zones["jane.okello@demo.example"] == "UTC"


def test_countries_work_by_calendars_from_the_day_after_on(world: World) -> None:
    today = world.engine.now().date()
    with world.engine.transaction() as session:
        set_calendars(session, world.engine.now())

    with world.engine.reading() as session:
        ids = dict(session.execute(select(Party.key, Party.id)).all())
        before, after = (
            calendars_on(session, ids.values(), day) for day in (today, today + timedelta(days=1))
        )
    assert before == {}
    assert {*after} == {ids[key] for key in WITH_CALENDARS}
    assert after[ids["moz"]].source == "MOZ"
