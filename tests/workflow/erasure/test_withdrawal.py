"""Withdrawing an expert: gone from every page, file and table at once, and everything still verifies."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.world import World
from tests.workflow.erasure.acts import holding
from tests.workflow.sharing.shared import (
    BRAZIL,
    INDIA,
    IRACEMA,
    NAME,
    OFFICER,
    WORDS,
    confirmed,
    consent,
    entered,
    listed,
)
from tests.workflow.sharing.test_word import changed, page, titles
from workflow.audit.verification.verify import verify
from workflow.erasure.erase import replay, sweep
from workflow.erasure.withdrawal import withdraw, withdraw_without_consent
from workflow.errors import NotAuthorised, NotFound, Stale
from workflow.sharing.content import EXPERT
from workflow.sharing.decide import decline
from workflow.sharing.lists import SharingFilters, every_entry
from workflow.sharing.renewal import keep
from workflow.sharing.word import change
from workflow.working_copies.models import WorkingCopy

SAID = (NAME, WORDS, "neonatal care", "SSC-2019-004", "Two months a year", "iracema")


def in_files(world: World) -> list[str]:
    with world.engine.reading() as session:
        return [line.title for line in every_entry(session, SharingFilters(), world.clock())]


def left(world: World) -> set[str]:
    sweep(world.engine.database)
    return {table for said in SAID for table in holding(world, said)}


@pytest.mark.parametrize("who", [BRAZIL, OFFICER])
def test_one_alone_withdraws_a_person_and_nothing_of_the_person_is_left(
    world: World, who: str
) -> None:
    number = listed(world, EXPERT)
    changed(world, number, IRACEMA, 1)
    with world.engine.transaction() as session:
        by, now = world.person(OFFICER), world.engine.now()
        decline(session, number, 2, f"{NAME} asked for less.", by=by, now=now)
    before = (titles(world), in_files(world), left(world))

    withdraw(world.engine, world.person(who), number)

    assert before[:2] == ([NAME], [NAME])
    assert {"opening", "shared_entry", "shared_wording"} <= before[2]
    assert (titles(world), titles(world, text="Iracema"), in_files(world)) == ([], [], [])
    assert left(world) == set()
    with pytest.raises(NotFound):
        page(world, number)
    assert [each.act for each in page(world, number, BRAZIL).history][:1] == ["withdrawn"]
    assert page(world, number, BRAZIL).content is None
    assert verify(world.engine.database).sound


def test_what_waits_can_be_withdrawn_as_well(world: World) -> None:
    number = entered(world, EXPERT)

    withdraw(world.engine, world.person(BRAZIL), number)

    assert left(world) == set()
    with pytest.raises(Stale, match="withdrawn"):
        confirmed(world, number)
    assert verify(world.engine.database).sound


def test_what_somebody_typed_about_the_person_and_did_not_send_goes_as_well(world: World) -> None:
    number = listed(world, EXPERT)
    page_of = f"/solutions/{number}/wording"
    with world.engine.transaction() as session:
        typed = {"title": NAME, "summary": "neonatal care"}
        session.add(
            WorkingCopy(
                person_id=world.person(BRAZIL),
                place=page_of,
                page=page_of,
                sent="",
                key="k",
                fields=json.dumps(typed).encode(),
                saved_at=world.clock(),
            )
        )
    before = holding(world, NAME)

    withdraw(world.engine, world.person(OFFICER), number)

    assert "working_copy" in before
    assert left(world) == set()


def test_somebody_of_another_country_withdraws_nobody(world: World) -> None:
    number = listed(world, EXPERT)

    with pytest.raises(NotAuthorised):
        withdraw(world.engine, world.person(INDIA), number)

    assert titles(world) == [NAME]


def test_nothing_brings_a_withdrawn_entry_back(world: World) -> None:
    number = listed(world, EXPERT)
    withdraw(world.engine, world.person(BRAZIL), number)
    by, now = world.person(BRAZIL), world.engine.now()

    for act in (
        lambda session: keep(session, number, by=by, now=now),
        lambda session: change(session, number, IRACEMA, 1, by=by, now=now),
    ):
        with pytest.raises(Stale, match="withdrawn"), world.engine.transaction() as session:
            act(session)

    assert titles(world) == []


def test_whoever_did_not_agree_to_files_stands_on_pages_alone(world: World) -> None:
    listed(world, EXPERT, agreed=consent(files=False))
    listed(world)

    assert titles(world) == [NAME, "Human milk banks"]
    assert in_files(world) == ["Human milk banks"]


def test_a_consent_that_ends_takes_the_expert_away_that_day_and_then_the_texts(
    world: World,
) -> None:
    number = listed(world, EXPERT, agreed=consent(until=world.clock.at.date() + timedelta(days=9)))
    world.clock.at += timedelta(days=9)
    last, none_yet = titles(world), withdraw_without_consent(world.engine)
    world.clock.at += timedelta(days=1)
    hidden = (titles(world), in_files(world))

    made = withdraw_without_consent(world.engine)

    assert (last, none_yet, hidden) == ([NAME], (), ([], []))
    assert {each.field for each in made} == {"content", "consent"}
    assert left(world) == set()
    assert page(world, number, BRAZIL).history[0].who == ""
    assert withdraw_without_consent(world.engine) == ()
    assert verify(world.engine.database).sound


def test_a_backup_from_before_forgets_the_person_when_the_register_is_replayed(
    sqlite_house_url: str, tmp_path: Path
) -> None:
    world, old = World(sqlite_house_url), tmp_path / "old.db"
    number = listed(world, EXPERT)
    world.engine.database.dispose()
    shutil.copyfile(sqlite_house_url.removeprefix("sqlite:///"), old)
    made = withdraw(world.engine, world.person(BRAZIL), number)
    world.close()
    restored = World(f"sqlite:///{old}")
    before = titles(restored)

    gone = replay(restored.engine, made)

    assert (before, gone, titles(restored)) == ([NAME], 2, [])
    assert left(restored) == set()
    assert verify(restored.engine.database).sound
    restored.close()
