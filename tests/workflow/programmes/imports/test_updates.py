"""A row that has changed revises its programme, unless that has moved on here."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflow.programmes.imports.bringing import (
    LATER,
    MOVED_ON,
    NOW,
    bring,
    case_of,
    chain,
    count,
    programme_of,
    rows,
    written,
)
from tests.workflow.programmes.samples import REAL
from workflow.audit.envelope import Fact
from workflow.audit.models import Opening
from workflow.audit.trail import Head, append
from workflow.engine.models import CaseArea, CaseParty
from workflow.people.models import Party
from workflow.programmes.imports import differences
from workflow.programmes.imports.run import (
    read_file,
)
from workflow.programmes.models import ImportDifference


def test_importing_twice_changes_nothing(session: Session) -> None:
    read = read_file(REAL)
    bring(session, read)
    before = written(session)

    report = bring(session, read, LATER)

    assert (report.created, report.changed, len(report.unchanged)) == ((), (), 109)
    assert written(session) == before


def test_a_row_that_has_changed_is_revised_and_its_changes_listed(session: Session) -> None:
    bring(session, rows({"budget_usd": "100"}, {}))

    report = bring(session, rows({"budget_usd": "250", "title": "Rice and beans"}, {}), LATER)

    (revision,) = report.changed
    assert revision.ref == "SSC-T1"
    assert [(c.column, c.old, c.new) for c in revision.columns] == [
        ("title", "Rice seed", "Rice and beans"),
        ("budget_usd", "100", "250"),
    ]
    assert report.unchanged == ("SSC-T2",)
    assert case_of(session, "SSC-T1").title == "Rice and beans"
    assert programme_of(session, "SSC-T1").budget_usd == Decimal(250)
    assert "beans" in programme_of(session, "SSC-T1").search_text


def test_a_revision_is_told_with_what_changed(session: Session) -> None:
    (before,) = rows({"budget_usd": "100"})
    (after,) = rows({"budget_usd": "250"})
    bring(session, [before])

    bring(session, [after], LATER)

    _, event = chain(session, "SSC-T1")
    assert event["type"] == "programme.import_revised"
    assert event["what"] == {
        "external_key": "T1",
        "state": "closed",
        "stage": "end",
        "source": "Fund pages",
        "confidence": "high",
        "row": after.digest,
        "was": before.digest,
        "columns": ["budget_usd"],
        "version": 2,
    }
    opened = session.scalars(select(Opening.value).where(Opening.field == "changes")).one()
    assert json.loads(opened) == {"budget_usd": ["100", "250"]}


def test_a_revision_moves_parties_goals_area_and_state(session: Session) -> None:
    bring(session, rows({"status": "implementation"}))
    case = case_of(session, "SSC-T1")
    version = case.version

    changes = {
        "lead_countries": "CHN",
        "donors": "",
        "sdg": "",
        "mdg": "",
        "dac_sector_code": "12262",
    }
    bring(session, rows({"status": "completed", **changes}), LATER)

    session.expire_all()
    assert (case.state, case.stage, case.version) == ("closed", "end", version + 1)
    assert case.entered_at == LATER
    assert case.head_seq == 2
    parts = select(CaseParty.capacity, Party.key).join(Party).where(CaseParty.case_id == case.id)
    assert set(session.execute(parts).all()) == {
        ("lead", "chn"),
        ("beneficiary", "gnb"),
        ("executing_agency", "undp"),
    }
    assert session.scalars(select(CaseArea.area)).all() == ["diseases-of-the-poor"]
    assert count(session, "programme_goal") == 0


def test_a_revision_that_keeps_its_state_keeps_when_it_was_entered(session: Session) -> None:
    bring(session, rows({}))

    bring(session, rows({"title": "Better rice"}), LATER)

    assert case_of(session, "SSC-T1").entered_at == NOW


def test_a_long_revision_fits_into_the_trail(session: Session) -> None:
    bring(session, rows({"summary": "東" * 4000}))

    report = bring(session, rows({"summary": "京" * 4000}), LATER)

    assert len(report.changed) == 1


def test_a_programme_may_be_revised_again(session: Session) -> None:
    for number, title in enumerate(("One", "Two", "Three")):
        bring(session, rows({"title": title}), NOW + timedelta(days=number))

    assert [event["seq"] for event in chain(session, "SSC-T1")] == [1, 2, 3]


def moved(session: Session, ref: str) -> None:
    """Let something happen to the programme here."""
    case = case_of(session, ref)
    head = Head(case.id, case.ref, case.head_seq, case.head_hash)
    append(session, head, Fact(MOVED_ON, None, NOW))
    case.head_seq, case.head_hash = head.seq, head.hash
    session.flush()


def waiting(session: Session) -> list[tuple[str, str]]:
    found = select(ImportDifference.row, ImportDifference.outcome).order_by(ImportDifference.id)
    return [(row.row["title"], row.outcome) for row in session.execute(found)]


def test_a_file_writes_over_nothing_that_has_moved_on_here_and_says_what_differs(
    session: Session,
) -> None:
    bring(session, rows({}, {}))
    moved(session, "SSC-T1")
    before = chain(session, "SSC-T1")

    report = bring(session, rows({"title": "New"}, {"title": "New"}), LATER)

    assert [each.ref for each in report.differing] == ["SSC-T1"]
    assert [each.ref for each in report.changed] == ["SSC-T2"]
    assert chain(session, "SSC-T1") == before
    assert case_of(session, "SSC-T1").title == "Rice seed"
    assert case_of(session, "SSC-T2").title == "New"
    assert waiting(session) == [("New", "")]


def test_the_same_file_twice_is_asked_once_and_a_newer_one_takes_its_place(
    session: Session,
) -> None:
    bring(session, rows({}))
    moved(session, "SSC-T1")

    for title in ("New", "New", "Newer"):
        bring(session, rows({"title": title}), LATER)

    assert waiting(session) == [("New", "replaced"), ("Newer", "")]


def test_more_programmes_than_one_statement_names_are_all_noted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "PORTION", 2)
    count_of = 5
    bring(session, rows(*({} for _ in range(count_of))))
    for number in range(1, count_of + 1):
        moved(session, f"SSC-T{number}")
    bring(session, rows(*({"title": "New"} for _ in range(count_of))), LATER)

    report = bring(session, rows(*({"title": "Newer"} for _ in range(count_of))), LATER)

    assert len(report.differing) == count_of
    assert waiting(session) == [("New", "replaced")] * count_of + [("Newer", "")] * count_of


def test_a_programme_that_has_moved_on_may_stay_in_the_file_unchanged(session: Session) -> None:
    bring(session, rows({}))
    case = case_of(session, "SSC-T1")
    head = Head(case.id, case.ref, case.head_seq, case.head_hash)
    append(session, head, Fact(MOVED_ON, None, NOW))

    report = bring(session, rows({}), LATER)

    assert report.unchanged == ("SSC-T1",)


def test_what_was_declined_is_not_asked_again_and_is_told_apart(session: Session) -> None:
    bring(session, rows({}))
    moved(session, "SSC-T1")
    bring(session, rows({"title": "New"}), LATER)
    decided(session, "New", "declined")

    again = bring(session, rows({"title": "New"}), LATER)
    newer = bring(session, rows({"title": "Newer"}), LATER)
    back = bring(session, rows({"title": "New"}), LATER)

    said = [(len(each.differing), len(each.declined)) for each in (again, newer, back)]
    assert said == [(0, 1), (1, 0), (0, 1)]
    assert waiting(session) == [("New", "declined"), ("Newer", "replaced")]


@pytest.mark.parametrize("outcome", ["accepted", "replaced"])
def test_what_was_not_declined_waits_anew_where_a_file_says_it_again(
    session: Session, outcome: str
) -> None:
    bring(session, rows({}))
    moved(session, "SSC-T1")
    bring(session, rows({"title": "New"}), LATER)
    decided(session, "New", outcome)
    bring(session, rows({"title": "Newer"}), LATER)

    report = bring(session, rows({"title": "New"}), LATER)

    assert [each.ref for each in report.differing] == ["SSC-T1"]
    assert waiting(session) == [("New", ""), ("Newer", "replaced")]


def decided(session: Session, title: str, outcome: str) -> None:
    """Let an officer have decided on what a file said."""
    noted = next(
        each for each in session.scalars(select(ImportDifference)) if each.row["title"] == title
    )
    noted.outcome = outcome
    session.flush()
