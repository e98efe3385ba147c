"""A record of elsewhere is confirmed by those concerned, and only then lives on here."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.world import World
from tests.workflow.programmes.records import (
    ADOPTABLE,
    CONFIRMING,
    RECORDS,
    bring_papers,
    write_record,
)
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.engine import commands
from workflow.engine.commands import OpenRound
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.rounds.decision import Decision
from workflow.errors import ConflictOfDuties, Incomplete, NotAuthorised, RoundClosed
from workflow.people.commands import appoint
from workflow.programmes.adoption.placement import PlaceRecord, place
from workflow.vocabulary import Footing

DIRECTOR, OFFICER = "elena.petrova", "jane.okello"


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.fresh(request.param, tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


OWED = {"completion"}


def standing(world: World, ref: str) -> tuple[str, Footing]:
    with world.engine.reading() as session:
        row = session.execute(
            select(LifecycleCase.state, LifecycleCase.footing).where(LifecycleCase.ref == ref)
        ).one()
    return row.state, Footing(row.footing)


def trail(world: World, ref: str) -> list[str]:
    with world.engine.reading() as session:
        told = select(Event.type).join(LifecycleCase, LifecycleCase.id == Event.case_id)
        return list(session.scalars(told.where(LifecycleCase.ref == ref).order_by(Event.seq)))


def open_rounds(world: World, ref: str) -> set[str]:
    with world.engine.reading() as session:
        found = select(Round.key).join(LifecycleCase, LifecycleCase.id == Round.case_id)
        return set(session.scalars(found.where(LifecycleCase.ref == ref, Round.status == "open")))


def put(world: World, who: str, key: str = "adoption", ref: str = ADOPTABLE) -> None:
    asked = OpenRound(ref, key, "It goes on.", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person(who), asked)


def act(world: World, who: str, key: str, verdict: str, ref: str = ADOPTABLE) -> None:
    decision = Decision(
        ref, key, verdict, world.version(ref), uuid4().hex, reason="As the sources say."
    )
    commands.sign(world.engine, world.person(who), decision)


def ready(world: World, ref: str = ADOPTABLE) -> None:
    write_record(world, ref, OFFICER)
    bring_papers(world, ref, OFFICER)


def test_whom_it_concerns_confirm_a_record_and_it_enters_its_state(world: World) -> None:
    ready(world)
    put(world, OFFICER)
    world.clock.pass_time(days=2)

    for who in CONFIRMING[:-1]:
        world.answer(ADOPTABLE, "adoption", who, "confirm")
    before = standing(world, ADOPTABLE)
    world.answer(ADOPTABLE, "adoption", DIRECTOR, "confirm")

    assert before == ("active", Footing.RECORD)
    assert standing(world, ADOPTABLE) == ("active", Footing.MANAGED)
    assert trail(world, ADOPTABLE)[-4:] == [
        "round.settled",
        "footing.changed",
        "state.entered",
        "round.opened",
    ]
    assert open_rounds(world, ADOPTABLE) == OWED
    assert verify(world.engine.database).sound


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((OFFICER, "adoption"), (DIRECTOR, "adoption_by_silence")),
        ((DIRECTOR, "adoption_by_silence"), (OFFICER, "adoption")),
    ],
)
def test_a_record_is_put_to_others_in_one_way_at_a_time(
    world: World, first: tuple[str, str], second: tuple[str, str]
) -> None:
    ready(world)
    put(world, *first)
    before = trail(world, ADOPTABLE)

    with pytest.raises(RoundClosed, match="is before those who confirm it already"):
        put(world, *second)

    assert open_rounds(world, ADOPTABLE) == {first[1]}
    assert trail(world, ADOPTABLE) == before


def test_a_lead_country_confirms_as_well_and_is_listed_where_nobody_speaks_for_it(
    world: World,
) -> None:
    placed = PlaceRecord(
        ADOPTABLE, world.version(ADOPTABLE), uuid4().hex, parties={"lead": ("ken",)}
    )
    place(world.engine, world.person(OFFICER), placed)
    ready(world)
    with pytest.raises(Incomplete) as refused:
        put(world, OFFICER)

    nobody = PlaceRecord(ADOPTABLE, world.version(ADOPTABLE), uuid4().hex, parties={"lead": ()})
    place(world.engine, world.person(OFFICER), nobody)
    put(world, OFFICER)

    assert [str(each) for each in refused.value.missing] == [
        "Focal point, Kenya: nobody holds this office"
    ]
    assert open_rounds(world, ADOPTABLE) == {"adoption"}


def test_a_lead_country_may_object_to_a_record_by_silence(world: World) -> None:
    ready(world)
    put(world, DIRECTOR, "adoption_by_silence")

    world.answer(ADOPTABLE, "adoption_by_silence", "paulo.sa", "object", "We ended it in 2015.")

    assert standing(world, ADOPTABLE) == ("active", Footing.RECORD)
    assert open_rounds(world, ADOPTABLE) == set()


def test_a_managed_programme_is_reported_on_and_asked_nothing_of_records(world: World) -> None:
    ready(world)
    put(world, OFFICER)
    for who in CONFIRMING:
        world.answer(ADOPTABLE, "adoption", who, "confirm")

    filed = world.file(ADOPTABLE, "final_report", "beatriz.costa", {"results": "On course."})

    assert filed == 1
    with pytest.raises(RoundClosed, match="is managed here"):
        act(world, OFFICER, "record_only", "keep")


def test_a_disputed_record_stays_on_record_and_may_be_asked_anew(world: World) -> None:
    ready(world)
    put(world, OFFICER)

    world.answer(ADOPTABLE, "adoption", "maria.evora", "dispute", "It ended in 2015.")

    assert standing(world, ADOPTABLE) == ("active", Footing.RECORD)
    put(world, OFFICER)
    assert open_rounds(world, ADOPTABLE) == {"adoption"}


def test_nobody_confirms_what_they_wrote(world: World) -> None:
    with world.engine.transaction() as session:
        appoint(
            session,
            world.person(OFFICER),
            "national_authority",
            world.party("cpv"),
            date(2026, 1, 1),
            by=None,
            now=world.engine.now(),
        )
    ready(world)
    put(world, OFFICER)

    with pytest.raises(ConflictOfDuties):
        world.answer(ADOPTABLE, "adoption", OFFICER, "confirm")


def test_a_record_by_silence_is_taken_up_when_nobody_objects(world: World) -> None:
    ready(world)
    put(world, DIRECTOR, "adoption_by_silence")
    world.clock.pass_time(days=31)

    sweep(world.engine)

    assert standing(world, ADOPTABLE) == ("active", Footing.MANAGED)
    assert open_rounds(world, ADOPTABLE) == OWED


def test_what_is_missing_is_listed_before_and_keeps_the_round_from_opening(world: World) -> None:
    with pytest.raises(Incomplete) as refused:
        put(world, OFFICER)

    assert [str(each) for each in refused.value.missing] == [
        "Adoption record: not filed yet",
        "Project document: it is not brought in",
        "Annual work plan: it is not brought in",
    ]


def test_seats_of_nobody_are_listed_and_block(world: World) -> None:
    ref = "SSC-P103"
    ready(world, ref)

    with pytest.raises(Incomplete) as refused:
        put(world, OFFICER, ref=ref)

    assert [str(each) for each in refused.value.missing] == [
        "National coordinating authority, Guinea-Bissau: nobody holds this office"
    ]
    assert open_rounds(world, ref) == set()


def test_only_those_named_put_a_record_to_others(world: World) -> None:
    ready(world)

    with pytest.raises(NotAuthorised):
        put(world, DIRECTOR)
    with pytest.raises(NotAuthorised):
        put(world, OFFICER, "adoption_by_silence")


def test_a_record_kept_as_a_record_only_is_offered_nothing_until_it_is_brought_back(
    world: World,
) -> None:
    act(world, OFFICER, "record_only", "keep")
    kept = standing(world, ADOPTABLE)
    with pytest.raises(RoundClosed, match="kept as a record only"):
        act(world, OFFICER, "record_only", "keep")

    act(world, OFFICER, "record_reopened", "reopen")

    assert kept == ("active", Footing.KEPT)
    assert standing(world, ADOPTABLE) == ("active", Footing.RECORD)
    assert trail(world, ADOPTABLE).count("footing.changed") == 2
    assert verify(world.engine.database).sound


def test_a_record_ends_elsewhere_on_evidence_and_one_sign_off(world: World) -> None:
    with pytest.raises(Incomplete):
        act(world, DIRECTOR, "ended_elsewhere", "completed")
    evidence = {"ended_on": "2016-12", "evidence": "Final report of 2017, page 3."}
    world.file(ADOPTABLE, "ending_evidence", OFFICER, evidence)

    act(world, DIRECTOR, "ended_elsewhere", "completed")

    assert standing(world, ADOPTABLE) == ("closed", Footing.RECORD)
    assert open_rounds(world, ADOPTABLE) == set()
    assert verify(world.engine.database).sound


def test_ending_elsewhere_overtakes_what_was_asked_of_the_record(world: World) -> None:
    ready(world)
    put(world, OFFICER)
    evidence = {"ended_on": "2016", "evidence": "The fund's page."}
    world.file(ADOPTABLE, "ending_evidence", OFFICER, evidence)

    act(world, DIRECTOR, "ended_elsewhere", "stopped")

    assert standing(world, ADOPTABLE) == ("cancelled", Footing.RECORD)
    assert open_rounds(world, ADOPTABLE) == set()
