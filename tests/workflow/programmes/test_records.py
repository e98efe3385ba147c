"""Nothing is asked or offered on what was begun elsewhere, until it is taken into management."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.support import databases
from tests.support.world import TEXTS, World
from tests.workflow.programmes.records import RECORDS, one_in_each_state
from workflow.audit.models import Event
from workflow.engine import commands
from workflow.engine.commands import OpenRound, file_document
from workflow.engine.commands.file_document import Filing
from workflow.engine.documents.file_store import File
from workflow.engine.pages.actions import actions
from workflow.engine.permissions import visibility
from workflow.engine.rounds.decision import Decision
from workflow.errors import NotAuthorised, Refusal, RoundClosed
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.people.models import Person
from workflow.programmes import commands as programmes
from workflow.programmes.documents.drafts import form_page
from workflow.programmes.outline import chosen
from workflow.vocabulary import SYSTEM, Footing

ELSEWHERE = "begun elsewhere"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("records")
    with databases.fresh_sqlite(folder, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


def lifecycle(world: World) -> Definition:
    return chosen(world.engine)[1]


def everybody(world: World) -> tuple[int, ...]:
    with world.engine.reading() as session:
        return tuple(session.scalars(select(Person.id).order_by(Person.id)))


def events(world: World) -> int:
    with world.engine.reading() as session:
        return session.scalar(select(func.count()).select_from(Event)) or 0


def test_nobody_is_offered_anything_on_a_record_but_what_takes_it_up(records: World) -> None:
    offered, rounds = [], lifecycle(records).rounds
    officers = {records.person(who) for who in ("jane.okello", "ravi.chand", "elena.petrova")}

    with records.engine.reading() as session:
        now = records.engine.now()
        for ref in one_in_each_state(records):
            for person in everybody(records):
                case = visibility.visible_case(session, ref, person, now)
                offered += [
                    (ref, person, each.round_key)
                    for each in actions(session, records.engine, case, person, now)
                    if rounds[each.round_key].footing is not Footing.RECORD
                    or (each.allowed and person not in officers)
                ]

    assert offered == []


def tried(world: World, ref: str, spec: RoundSpec, person: int) -> None:
    version, key = world.version(ref), uuid4().hex
    if spec.one_act:
        verdict = next(iter(spec.rule.verdicts))
        commands.sign(
            world.engine, person, Decision(ref, spec.key, verdict, version, key, reason="Because.")
        )
    else:
        commands.initiate(world.engine, person, OpenRound(ref, spec.key, "Why.", version, key))


def lived(world: World) -> tuple[RoundSpec, ...]:
    """The rounds of a life here that somebody answers."""
    return tuple(
        spec
        for spec in lifecycle(world).rounds.values()
        if spec.footing is Footing.MANAGED and all(each.role != SYSTEM for each in spec.rule.seats)
    )


def test_no_round_of_a_record_is_opened_by_its_name(records: World) -> None:
    before, people = events(records), ("elena.petrova", "jane.okello", "graca.mabunda")

    for ref in one_in_each_state(records):
        for spec in lived(records):
            for who in people:
                with pytest.raises(Refusal):
                    tried(records, ref, spec, records.person(who))

    assert events(records) == before


def test_what_could_be_opened_here_says_that_this_is_a_record(records: World) -> None:
    director = records.person("elena.petrova")

    for name in ("suspension", "cancellation"):
        with pytest.raises(RoundClosed, match=ELSEWHERE):
            tried(records, "SSC-P098", lifecycle(records).rounds[name], director)


def writers(world: World) -> tuple[tuple[str, str], ...]:
    return (
        ("annual_work_plan", "beatriz.costa"),
        ("final_report", "beatriz.costa"),
        ("suspension_notice", "elena.petrova"),
        ("final_financial_statement", "tom.becker"),
    )


def test_no_document_of_a_record_is_written_or_attached_by_its_address(records: World) -> None:
    before = events(records)
    file = File("report.pdf", "application/pdf", 3, "0" * 64)

    for kind, who in writers(records):
        person = records.person(who)
        with pytest.raises(RoundClosed, match=ELSEWHERE):
            programmes.save(
                records.engine, person, Filing("SSC-P098", kind, TEXTS.get(kind, {}), 0)
            )
        with pytest.raises(RoundClosed, match=ELSEWHERE):
            file_document.attach(records.engine, person, "SSC-P098", kind, file)

    assert events(records) == before


def test_the_form_of_a_document_says_why_it_cannot_be_written(records: World) -> None:
    with records.engine.reading() as session:
        page = form_page(
            session,
            records.engine,
            records.person("beatriz.costa"),
            "SSC-P098",
            kind="final_report",
        )

    assert page.barred is not None
    assert ELSEWHERE in str(page.barred.said)


def test_whoever_could_not_write_it_anyway_is_told_that_first(records: World) -> None:
    stranger = records.person("joao.lima")

    with pytest.raises(NotAuthorised):
        programmes.save(records.engine, stranger, Filing("SSC-P098", "final_report", {}, 0))
