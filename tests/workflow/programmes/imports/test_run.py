"""An import writes cases as if each had been opened here, or nothing at all."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from tests.workflow.programmes.imports.bringing import (
    LATER,
    NOW,
    STATES,
    bring,
    case_of,
    chain,
    count,
    programme_of,
    rows,
    written,
)
from tests.workflow.programmes.samples import REAL
from workflow.audit.models import Event
from workflow.engine.models import CaseArea, CaseParty, DefinitionVersion, LifecycleCase
from workflow.errors import FaultyFile, Invalid
from workflow.frameworks.models import Framework
from workflow.people.commands import ensure_party
from workflow.people.models import Party
from workflow.programmes.imports.rows import ProgrammeRow
from workflow.programmes.imports.run import (
    import_programmes,
    read_file,
)
from workflow.programmes.models import ImportedProgramme, Programme, ProgrammeGoal
from workflow.reference import reference
from workflow.vocabulary import REGISTER


def test_all_real_programmes_come_in(session: Session) -> None:
    report = bring(session, read_file(REAL))

    assert len(report.created) == 109
    assert (report.changed, report.unchanged) == ((), ())
    parties = [each["what"] for each in chain(session, REGISTER)]
    named = [each["party"] for each in parties]
    assert {"perez-guerrero-trust-fund", "gnb"} <= set(named)
    assert len(named) == len(set(named))
    assert {each["came"] for each in parties} == {"import"}
    assert written(session) | {"case_party": 0, "programme_goal": 0} == {
        "programme": 109,
        "imported_programme": 109,
        "case_party": 0,
        "case_area": 109,
        "programme_goal": 0,
        "event": 109 + len(parties),
    }


def test_a_programme_lands_with_everything_its_record_says(session: Session) -> None:
    bring(session, read_file(REAL))

    case, programme = case_of(session, "SSC-P001"), programme_of(session, "SSC-P001")
    assert (case.subject, case.state, case.stage) == ("programme", "closed", "end")
    assert case.title == "Development of agriculture and services to rural communities"
    assert (programme.fund, programme.sector_code) == ("IBSA Fund", "31120")
    assert (programme.starts, programme.ends) == ("2005", "2011")
    assert programme.budget_usd == Decimal(498750)
    assert programme.executing_agency == "UNDP"
    fund = select(Framework.id).where(Framework.key == "IBSA")
    assert programme.framework_id == session.scalar(fund)
    parts = select(CaseParty.capacity, Party.key).join(Party).where(CaseParty.case_id == case.id)
    assert set(session.execute(parts).all()) == {
        *((part, key) for part in ("lead", "donor") for key in ("ind", "bra", "zaf")),
        ("beneficiary", "gnb"),
        ("executing_agency", "undp"),
    }
    goals = select(ProgrammeGoal.scheme, ProgrammeGoal.number)
    found = session.execute(goals.where(ProgrammeGoal.case_id == case.id)).all()
    assert set(found) == {("sdg", 2), ("mdg", 1)}
    area = select(CaseArea.area).where(CaseArea.case_id == case.id)
    assert session.scalars(area).all() == ["agriculture"]


def test_the_record_is_kept_whole_with_its_source(session: Session) -> None:
    read = read_file(REAL)

    bring(session, read)

    record = session.get_one(ImportedProgramme, "P001")
    assert record.row == dict(read[0].cells)
    assert (record.digest, record.confidence) == (read[0].digest, "high")
    assert record.source.startswith("UNOSSC pages on the IBSA Fund")
    assert record.imported_on == date(2026, 11, 23)


def test_one_event_tells_of_the_import(session: Session) -> None:
    (row,) = rows({})

    bring(session, [row])

    (event,) = chain(session, "SSC-T1")
    case = case_of(session, "SSC-T1")
    assert event["type"] == "programme.imported"
    assert event["what"] == {
        "external_key": "T1",
        "state": "closed",
        "stage": "end",
        "source": "Fund pages",
        "confidence": "high",
        "row": row.digest,
    }
    assert case.head_seq == 1
    assert (
        case.head_hash == session.scalars(select(Event.hash).where(Event.case_id == case.id)).one()
    )


def test_a_programme_of_the_special_unit_belongs_to_its_framework(session: Session) -> None:
    bring(session, read_file(REAL))

    key = select(Framework.key).join(Programme, Programme.framework_id == Framework.id)
    mine = key.where(Programme.case_id == case_of(session, "SSC-P055").id)
    assert session.scalars(mine).one() == "F1"


def test_a_search_finds_countries_and_drops_accents(session: Session) -> None:
    bring(session, rows({"title": "Água em São Nicolau", "beneficiary_countries": "CIV"}))

    found = programme_of(session, "SSC-T1").search_text
    assert "agua em sao nicolau" in found
    assert "cote d'ivoire" in found
    assert "india" in found


def test_parties_that_are_known_are_not_entered_again(session: Session) -> None:
    india = ensure_party(session, "ind", "country", "India", "IND")

    bring(session, rows({}, {}))

    parts = select(CaseParty.party_id).where(CaseParty.capacity == "lead")
    assert india in session.scalars(parts).all()
    assert session.scalar(select(func.count()).where(Party.iso3 == "IND")) == 1


def test_a_reference_that_is_taken_is_refused(session: Session) -> None:
    session.add(
        LifecycleCase(
            ref="SSC-T2",
            subject="programme",
            title="Proposed here",
            state="draft",
            stage="proposal",
            entered_at=NOW,
            opened_at=NOW,
        )
    )
    session.flush()

    with pytest.raises(Invalid, match="SSC-T2 stands already"):
        bring(session, rows({}, {}))

    assert count(session, "imported_programme") == 0


def test_a_state_that_the_lifecycle_lacks_is_refused(session: Session) -> None:
    definition_id = session.scalars(select(DefinitionVersion.id)).one()

    with pytest.raises(
        Invalid, match="would stand in closed, a state that this lifecycle does not"
    ):
        import_programmes(
            session, rows({}), now=NOW, opener=None, definition_id=definition_id, states={}
        )


def test_a_file_with_a_fault_writes_nothing(session: Session) -> None:
    before = written(session)

    with pytest.raises(FaultyFile):
        bring(session, rows({}, {"title": ""}))

    assert written(session) == before


def test_a_dry_run_is_the_callers_rollback(session: Session) -> None:
    before = written(session)

    report = bring(session, read_file(REAL))
    session.rollback()

    assert len(report.created) == 109
    assert written(session) == before
    assert count(session, "party") == len(session.scalars(select(Party)).all())


def test_progress_adds_up_to_the_rows_of_the_file(session: Session) -> None:
    bring(session, rows({}, {}, {}))
    definition_id = session.scalars(select(DefinitionVersion.id)).one()
    heard: list[int] = []

    import_programmes(
        session,
        rows({}, {"title": "New"}, {}, {}, {}),
        now=LATER,
        opener=None,
        definition_id=definition_id,
        states=STATES,
        progress=heard.append,
    )

    assert sum(heard) == 5


def test_areas_of_imported_programmes_are_those_of_the_reference(session: Session) -> None:
    bring(session, read_file(REAL))

    assert set(session.scalars(select(CaseArea.area))) <= reference().areas.keys()


def test_more_rows_take_no_more_statements_each(session: Session) -> None:
    few = statements_of(session, rows(*({"id": f"F{number}"} for number in range(50))))
    many = statements_of(session, rows(*({"id": f"N{number}"} for number in range(500))))

    assert many <= 10 * few


def statements_of(session: Session, brought: Sequence[ProgrammeRow]) -> int:
    """How many statements it takes to bring these rows in."""
    stated: list[str] = []
    connection = session.connection()

    def state(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        stated.append(statement)

    event.listen(connection, "before_cursor_execute", state)
    report = bring(session, brought)
    event.remove(connection, "before_cursor_execute", state)
    assert len(report.created) == len(brought)
    return len(stated)


def test_what_stands_under_no_framework_is_put_under_what_is_known_when_a_file_is_read_again(
    session: Session,
) -> None:
    told = rows({"fund": "IBSA Fund"})
    bring(session, told)
    first = session.execute(select(Framework.key).join(Programme)).all()
    session.execute(update(Programme).values(framework_id=None))

    bring(session, told)

    assert session.execute(select(Framework.key).join(Programme)).all() == first == [("IBSA",)]
