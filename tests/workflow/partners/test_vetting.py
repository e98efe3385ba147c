"""A partner is examined by one and decided on by two others, known to the house alone until it is decided."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.partners.vetted import (
    ASSURER,
    DIRECTOR,
    MERIDIAN,
    NORWAY,
    OFFICER,
    Vetted,
    enter_meridian,
    listed,
    vetted,
)
from workflow.audit.verification.verify import verify
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import ConflictOfDuties, Incomplete, Invalid, NotAuthorised, NotFound, Refusal
from workflow.oversight.checks.lists import astray
from workflow.partners.models import PartnerVetting
from workflow.partners.sanction_lists import enter_list

DONOR, SUBMITTER = "ingrid.solberg", "joao.lima"


def row(world: World, ref: str) -> Any:
    """What the table says of a vetting."""
    with world.engine.reading() as session:
        case = visible_case(session, ref, world.person(OFFICER), world.clock())
        return session.scalars(
            select(PartnerVetting).where(PartnerVetting.case_id == case.id)
        ).one()


def knows(world: World, who: str, ref: str) -> bool:
    """Whether somebody may know of it."""
    with world.engine.reading() as session:
        try:
            visible_case(session, ref, world.person(who), world.clock())
        except NotFound:
            return False
    return True


def test_a_partner_that_passes_holds_until_its_day_and_is_known_from_then_on(world: World) -> None:
    listed(world)
    case = Vetted(world, NORWAY)
    before = {who: knows(world, who, case.ref) for who in (OFFICER, DIRECTOR, DONOR, SUBMITTER)}
    case.decided()
    after = [knows(world, who, case.ref) for who in (DONOR, SUBMITTER)]

    found = row(world, case.ref)
    assert case.state == "cleared"
    assert (found.result, f"{found.valid_until}") == ("passed", "2028-03-01")
    assert before == {OFFICER: True, DIRECTOR: True, DONOR: False, SUBMITTER: False}
    assert after == [True, True]
    assert verify(world.engine.database).sound
    assert not astray(world.engine).differences


def test_two_different_people_decide_and_neither_wrote_it(world: World) -> None:
    listed(world)
    case = Vetted(world, NORWAY)
    case.appoint(OFFICER, "quality_assurer", "special-unit")
    case.answer(OFFICER, "examining", "present")

    with pytest.raises(ConflictOfDuties):
        case.answer(OFFICER, "deciding", "agree")
    case.appoint(DIRECTOR, "quality_assurer", "special-unit")
    case.answer(DIRECTOR, "deciding", "agree")
    with pytest.raises(Refusal):
        case.answer(DIRECTOR, "deciding", "agree")

    assert case.state == "decision"


def test_one_of_two_sends_it_back(world: World) -> None:
    listed(world)
    case = Vetted(world, NORWAY)
    case.answer(OFFICER, "examining", "present")
    case.answer(ASSURER, "deciding", "agree")
    case.answer(DIRECTOR, "deciding", "return", "Who owns the bank?")

    assert case.state == "examination"
    assert row(world, case.ref).result == ""


def test_whoever_stands_on_the_list_is_only_refused(world: World) -> None:
    listed(world)
    enter_meridian(world)
    case = Vetted(world, {**MERIDIAN, "recommendation": "pass", "valid_until": "2028-03-01"})

    with pytest.raises(Incomplete) as refused:
        case.answer(OFFICER, "examining", "present")
    case.file(MERIDIAN)
    case.decided()
    assert any("it can only be refused" in str(each) for each in refused.value.missing)
    told = case.state
    case.answer(OFFICER, "telling", "told", "By letter of today.")

    assert (told, case.state) == ("refusal", "refused")
    assert row(world, case.ref).result == "refused"


def test_every_match_is_shown_and_has_to_be_answered(world: World) -> None:
    listed(world)
    enter_meridian(world)
    case = Vetted(world, {**MERIDIAN, "matches": MERIDIAN["matches"][:1]})

    with pytest.raises(Incomplete) as refused:
        case.answer(OFFICER, "examining", "present")

    assert any("C-2 Viktor Harlan" in str(each) for each in refused.value.missing)
    assert not any("C-1" in str(each) for each in refused.value.missing)


def test_matches_that_are_passed_over_in_silence_are_refused(world: World) -> None:
    listed(world)
    enter_meridian(world)
    case = Vetted(
        world, {**MERIDIAN, "matches": [], "recommendation": "pass", "valid_until": "2028-03-01"}
    )

    with pytest.raises(Incomplete) as refused:
        case.answer(OFFICER, "examining", "present")

    assert any("C-2 Viktor Harlan" in str(each) for each in refused.value.missing)


def test_a_match_that_is_none_is_refused_as_well(world: World) -> None:
    listed(world)
    enter_meridian(world)
    strange = {"entry": "C-9 Nobody", "answer": "other", "shown_by": "Nothing."}
    case = Vetted(world, {**MERIDIAN, "matches": [*MERIDIAN["matches"], strange]})

    with pytest.raises(Incomplete) as refused:
        case.answer(OFFICER, "examining", "present")

    assert any("C-9 Nobody" in str(each) for each in refused.value.missing)


def test_without_a_list_nobody_passes_and_an_older_list_is_named(world: World) -> None:
    case = Vetted(world, NORWAY)
    with pytest.raises(Incomplete) as unlisted:
        case.answer(OFFICER, "examining", "present")
    listed(world)
    case.file({**NORWAY, "list_of": "2025-12-01"})
    with pytest.raises(Incomplete) as older:
        case.answer(OFFICER, "examining", "present")

    assert any("an officer enters one" in str(each) for each in unlisted.value.missing)
    assert any("2026-02-01" in str(each) for each in older.value.missing)


def test_a_list_that_comes_before_the_decision_is_answered_before_it(world: World) -> None:
    listed(world)
    case = Vetted(world, NORWAY)
    case.answer(OFFICER, "examining", "present")
    text = "number,name,also\nC-3,Kingdom of Norway,\n"
    enter_list(world.engine, None, "Another", date(2026, 3, 1), text)

    with pytest.raises(Incomplete):
        case.answer(ASSURER, "deciding", "agree")


def test_a_donor_country_that_nobody_entered_before_is_a_party_from_then_on(world: World) -> None:
    listed(world)
    case = vetted(world, "jpn")

    assert row(world, case.ref).result == "passed"
    assert verify(world.engine.database).sound


def test_two_examinations_of_one_partner_at_once_are_refused_at_the_field(world: World) -> None:
    listed(world)
    first = vetted(world)

    with pytest.raises(Invalid) as refused:
        Vetted(world, {**NORWAY, "title": "Once more"})

    assert first.ref in str(refused.value.faults["partner"])


def test_conditions_are_counted_and_told_as_met(world: World) -> None:
    listed(world)
    rows = [
        {"number": "1", "condition": "Publishes its accounts"},
        {"number": "2", "condition": "No logo"},
    ]
    case = Vetted(world, {**NORWAY, "recommendation": "conditions", "conditions": rows}).decided()
    met = {"number": "2", "met_on": "2026-03-02", "evidence": "The contract."}
    case.file(met, "conditions_met")
    with pytest.raises(Invalid) as refused:
        case.file({**met, "number": "3"}, "conditions_met")

    found = row(world, case.ref)
    assert case.state == "conditional"
    assert (found.conditions, found.met) == (2, 1)
    assert "1, 2" in str(refused.value.faults["number"])
    assert not astray(world.engine).differences


def test_it_is_renewed_and_what_was_decided_holds_meanwhile(world: World) -> None:
    listed(world)
    case = vetted(world, days=100)
    until = row(world, case.ref).valid_until
    case.answer(OFFICER, "renewing", "renew")
    case.file({**NORWAY, "valid_until": "2029-01-01"})
    meanwhile = row(world, case.ref).valid_until
    case.answer(OFFICER, "examining_again", "present")
    for who in (ASSURER, DIRECTOR):
        case.answer(who, "deciding_again", "agree")

    assert meanwhile == until
    assert f"{row(world, case.ref).valid_until}" == "2029-01-01"
    assert case.state == "cleared"
    assert not astray(world.engine).differences


def test_two_end_it_before_its_day(world: World) -> None:
    listed(world)
    case = vetted(world)
    case.open(OFFICER, "ending", "It was fined.")
    case.answer(ASSURER, "ending", "end", "It was fined.")
    held = case.state
    case.answer(DIRECTOR, "ending", "end", "It was fined.")

    assert (held, case.state) == ("cleared", "ended")


def test_a_stranger_neither_begins_nor_writes_one(world: World) -> None:
    listed(world)
    case = Vetted(world, NORWAY)

    with pytest.raises((NotAuthorised, NotFound)):
        case.file({**NORWAY, "reasons": "Mine."}, who=DONOR)


def test_what_was_decided_of_one_partner_is_never_said_of_another_by_a_renewal(
    world: World,
) -> None:
    listed(world)
    enter_meridian(world)
    case = vetted(world, days=100)
    case.answer(OFFICER, "renewing", "renew")

    with pytest.raises(Invalid) as refused:
        case.file({**NORWAY, "partner": "meridian", "valid_until": "2029-01-01"})

    found = row(world, case.ref)
    assert "in a vetting of its own" in str(refused.value.faults["partner"])
    assert (found.party_id, found.result) == (world.party("nor"), "passed")
