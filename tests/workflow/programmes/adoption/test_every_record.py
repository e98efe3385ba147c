"""The 46 open records of the real data are adopted, kept or ended, and everything verifies."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.world import World
from tests.workflow.programmes.records import (
    RECORDS,
    bring_papers,
    import_all,
    open_records,
    write_record,
)
from workflow.audit.verification.verify import verify
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.errors import Refusal
from workflow.people.commands import appoint
from workflow.people.models import Party
from workflow.programmes.adoption import acts
from workflow.programmes.adoption.acts import new_key
from workflow.programmes.adoption.placement import PlaceRecord, place
from workflow.programmes.models import ImportedProgramme
from workflow.vocabulary import Footing

OFFICER, DIRECTOR = "jane.okello", "elena.petrova"
# Who answers for the countries that lead these programmes.
LEADS = {"bra": "paulo.sa", "chn": "li.wei", "ind": "priya.menon", "zaf": "thandi.nkosi"}


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.fresh(request.param, tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


def footings(world: World) -> Counter[tuple[str, bool]]:
    """How many of what was imported stand on each footing, and whether they have ended."""
    imported = select(LifecycleCase.footing, LifecycleCase.stage).join(
        ImportedProgramme, ImportedProgramme.case_id == LifecycleCase.id
    )
    with world.engine.reading() as session:
        return Counter((row.footing, row.stage == "end") for row in session.execute(imported))


def authorities(world: World) -> dict[str, int]:
    """Somebody appointed for each country that would confirm a record, by key."""
    keys = ("bol", "swz", "ago", "cpv", "khm", "gnb")
    with world.engine.transaction() as session:
        parties = session.execute(select(Party.key, Party.id).where(Party.key.in_(keys)))
        for key, party in parties:
            if key not in ("ago", "cpv"):
                appoint(
                    session, world.person("graca.mabunda"), "national_authority", party,
                    date(2026, 1, 1), by=None, now=world.engine.now(),
                )  # fmt: skip
    return {"ago": world.person("domingos.neto"), "cpv": world.person("maria.evora")}


def leads(world: World, ref: str) -> list[str]:
    """The keys of the countries that lead it, as its source says."""
    leading = (
        select(Party.key)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
        .where(LifecycleCase.ref == ref, CaseParty.capacity == "lead")
    )
    with world.engine.reading() as session:
        return list(session.scalars(leading))


def adopt(world: World, ref: str, countries: tuple[str, ...], confirming: list[int]) -> None:
    officer = world.person(OFFICER)
    state = world.state(ref) if world.state(ref) != "deferred" else "decision"
    parties = {"executing_agency": ("undp",), "beneficiary": countries}
    place(
        world.engine,
        officer,
        PlaceRecord(ref, world.version(ref), new_key(), state, parties=parties),
    )
    write_record(world, ref, OFFICER)
    bring_papers(world, ref, OFFICER)
    acts.put(world.engine, officer, ref, "adoption", "It goes on.")
    leading = [world.person(LEADS[key]) for key in leads(world, ref)]
    for person in (world.person("kenji.watanabe"), *confirming, *leading, world.person(DIRECTOR)):
        acts.confirm(world.engine, person, ref, "confirm", "")


@pytest.mark.proof(apart=True)
def test_every_open_record_goes_one_of_its_ways(world: World) -> None:
    known, own = authorities(world), world.person("graca.mabunda")
    adoptable = {
        "SSC-P026": (("bol",), [own]),
        "SSC-P028": (("swz",), [own]),
        "SSC-P029": (("ago",), [known["ago"]]),
        "SSC-P054": (("khm",), [own]),
        "SSC-P098": (("cpv",), [known["cpv"]]),
        "SSC-P103": (("gnb",), [own]),
    }
    every = open_records(world)
    before = footings(world)

    for number, ref in enumerate(every):
        world.clock.pass_time(hours=1)
        if ref in adoptable:
            adopt(world, ref, *adoptable[ref])
        elif number % 2:
            acts.decide(
                world.engine, world.person(OFFICER), ref, ("record_only", "keep"), "Unknown."
            )
        else:
            director = world.person(DIRECTOR)
            acts.file_evidence(world.engine, director, ref, "2016", "The fund's report.")
            acts.decide(world.engine, director, ref, ("ended_elsewhere", "completed"), "")

    after = footings(world)
    assert (before["record", False], before["record", True]) == (46, 63)
    assert after["managed", False] == len(adoptable)
    assert after["kept", False] + after["record", True] - 63 == 46 - len(adoptable)
    assert after["record", False] == 0
    assert after["kept", False] > 0
    checked = verify(world.engine.database)
    assert (checked.sound, checked.differences) == (True, [])


def test_a_file_that_says_the_same_leaves_what_was_taken_up_alone(world: World) -> None:
    acts.decide(
        world.engine, world.person(OFFICER), "SSC-P098", ("record_only", "keep"), "Unknown."
    )

    report = import_all(world)

    assert (report.created, report.changed, len(report.unchanged)) == ((), (), 109)


def test_nobody_adopts_twice(world: World) -> None:
    adopt(world, "SSC-P098", ("cpv",), [world.person("maria.evora")])

    with pytest.raises(Refusal):
        adopt(world, "SSC-P098", ("cpv",), [world.person("maria.evora")])

    with world.engine.reading() as session:
        row = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == "SSC-P098")).one()
        assert row.footing == Footing.MANAGED
