"""An officer places a record: the state, the lifecycle and the parties with which it would live on."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put
from tests.workflow.programmes.records import ADOPTABLE, RECORDS, write_record
from workflow.audit.verification.verify import verify
from workflow.engine import commands
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.receipts import Receipt
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid, NotAuthorised, RoundClosed, Stale
from workflow.lifecycles.loader.files import from_tables
from workflow.people.models import Party
from workflow.programmes.adoption.placement import PlaceRecord, place
from workflow.programmes.models import Programme
from workflow.vocabulary import Footing

# No agency and no country is known of this one; it stands in a state in which none is taken up.
BARE = "SSC-P049"
# A lifecycle of something else than programmes.
OF_REPORTS = from_tables(
    edited(
        put("key", "of-reports"),
        put("subject", "report"),
        *(
            put(f"rules/{rule}/subjects", ["report"])
            for rule in ("board_silence", "record_silence")
        ),
    ),
    "reports.toml",
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


def placed(
    world: World,
    ref: str = BARE,
    *,
    state: str = "active",
    parties: Mapping[str, tuple[str, ...]] | None = None,
    who: str = "jane.okello",
    lifecycle: str = "programme-standard",
) -> Receipt:
    command = PlaceRecord(ref, world.version(ref), uuid4().hex, state, lifecycle, parties or {})
    return place(world.engine, world.person(who), command)


def parties(world: World, ref: str) -> set[tuple[str, str]]:
    with world.engine.reading() as session:
        rows = session.execute(
            select(CaseParty.capacity, Party.key)
            .join(Party, Party.id == CaseParty.party_id)
            .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
            .where(LifecycleCase.ref == ref)
        )
        return {(row.capacity, row.key) for row in rows}


def test_a_record_stands_where_it_was_placed_and_is_a_record_still(world: World) -> None:
    taking = {"executing_agency": ("undp",), "beneficiary": ("cpv", "moz"), "lead": ("ind",),
              "donor": ("perez-guerrero-trust-fund", "deu")}  # fmt: skip

    placed(world, parties=taking)

    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == BARE)).one()
        programme = session.get_one(Programme, case.id)
        assert (case.state, case.stage, case.footing) == (
            "active", "implementation", Footing.RECORD,
        )  # fmt: skip
        assert programme.executing_agency != "not stated"
        assert "mozambique" in programme.search_text
    assert parties(world, BARE) == {
        ("executing_agency", "undp"), ("beneficiary", "cpv"), ("beneficiary", "moz"),
        ("lead", "ind"), ("donor", "perez-guerrero-trust-fund"), ("donor", "deu"),
    }  # fmt: skip
    assert verify(world.engine.database).sound


def test_parts_that_are_not_named_stay_as_they_were(world: World) -> None:
    before = parties(world, ADOPTABLE)

    placed(world, ADOPTABLE, parties={"lead": ("ind",)})

    changed = {part for part in before if part[0] != "lead"} | {("lead", "ind")}
    assert parties(world, ADOPTABLE) == changed
    assert verify(world.engine.database).sound


def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(world: World) -> None:
    before = world.version(BARE), world.state(BARE), parties(world, BARE)
    wishes: tuple[tuple[str, dict[str, tuple[str, ...]], str, str], ...] = (
        ("screening-room", {}, "programme-standard", "state"),
        ("appraisal", {}, "programme-standard", "state"),
        ("closed", {}, "programme-standard", "state"),
        ("active", {"executing_agency": ("ind",)}, "programme-standard", "executing_agency"),
        ("active", {"executing_agency": ("nobody",)}, "programme-standard", "executing_agency"),
        ("active", {"beneficiary": ()}, "programme-standard", "beneficiary"),
        ("active", {"executing_agency": ()}, "programme-standard", "executing_agency"),
        ("active", {"beneficiary": ("atlantis",)}, "programme-standard", "beneficiary"),
        ("active", {"donor": ("special-unit",)}, "programme-standard", "donor"),
        ("active", {"proposer": ("moz",)}, "programme-standard", "proposer"),
        ("active", {}, "another", "lifecycle"),
        ("active", {}, "of-reports", "lifecycle"),
    )
    publish(world.engine, OF_REPORTS)

    for state, taking, lifecycle, field in wishes:
        with pytest.raises(Invalid) as refused:
            placed(world, state=state, parties=taking, lifecycle=lifecycle)

        assert set(refused.value.faults) == {field}, (state, taking)
        assert (world.version(BARE), world.state(BARE), parties(world, BARE)) == before, state


def test_only_whoever_writes_records_places_them(world: World) -> None:
    for who in ("joao.lima", "marie.laurent", "naledi.khumalo", "beatriz.costa"):
        with pytest.raises(NotAuthorised):
            placed(world, who=who)


def test_a_page_older_than_the_record_places_nothing(world: World) -> None:
    seen = world.version(BARE)
    placed(world)

    stale = PlaceRecord(BARE, seen, uuid4().hex, "inception")
    with pytest.raises(Stale):
        place(world.engine, world.person("jane.okello"), stale)


def test_what_is_managed_or_kept_as_a_record_only_is_not_placed(world: World) -> None:
    keep = Decision(
        BARE, "record_only", "keep", world.version(BARE), uuid4().hex, reason="Nothing is known."
    )
    commands.sign(world.engine, world.person("jane.okello"), keep)

    with pytest.raises(RoundClosed, match="kept as a record only"):
        placed(world)


def test_a_placed_record_is_written_in_the_state_it_was_placed_in(world: World) -> None:
    placed(world, parties={"executing_agency": ("undp",), "beneficiary": ("cpv",)})

    write_record(world, BARE, "jane.okello")

    assert world.state(BARE) == "active"
