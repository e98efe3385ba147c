"""Mandates given and revoked: dated, never retroactive, never passed on, and told on the register."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.workflow.people.test_commands import HASH, NOW, TODAY, told
from workflow.audit.models import Event
from workflow.audit.verification.verify import examine_case
from workflow.errors import Invalid, NotAuthorised, NotFound, Refusal
from workflow.people.commands import add_person, appoint, disable_person, ensure_party
from workflow.people.mandates import Grant, grant, revoke
from workflow.people.models import Mandate
from workflow.people.register import claim_register

DAY = timedelta(days=1)


@pytest.fixture
def wish(session: Session) -> Grant:
    """Paulo speaks for Brazil until the end of the month; Kofi is asked to stand in for a week."""
    brazil = ensure_party(session, "bra", "country", "Brazil", "BRA")
    paulo = add_person(session, "paulo@example.org", "Paulo Sá", "", now=NOW, password_hash=HASH)
    kofi = add_person(session, "kofi@example.org", "Kofi Mensah", "", now=NOW, password_hash=HASH)
    held = appoint(
        session, paulo, "pivotal_focal", brazil, TODAY - 30 * DAY, TODAY + 30 * DAY,
        by=None, now=NOW,
    )  # fmt: skip
    return Grant(held, kofi, TODAY, TODAY + 7 * DAY, "I am on mission in Maputo.")


def holder(wish: Grant) -> int:
    return wish.delegate - 1


def test_a_mandate_is_given_and_told_on_the_register(session: Session, wish: Grant) -> None:
    made = grant(session, holder(wish), wish, now=NOW)

    kind, what = told(session)[-1]
    assert session.get_one(Mandate, made).person_id == wish.delegate
    assert kind == "mandate.granted"
    assert what["of"] == f"p{wish.delegate - 1}"
    assert what["to"] == f"p{wish.delegate}"
    assert "Maputo" not in str(what)


def test_the_reason_of_a_mandate_is_kept_with_its_words_apart(
    session: Session, wish: Grant
) -> None:
    typed = replace(wish, reason="I am on\tmission\x0bin Maputo. ")

    made = grant(session, holder(wish), typed, now=NOW)

    assert session.get_one(Mandate, made).reason == "I am on mission\nin Maputo."


def test_a_mandate_is_revoked_at_once_and_stays_on_record(session: Session, wish: Grant) -> None:
    made = grant(session, holder(wish), wish, now=NOW)

    revoke(session, holder(wish), made, now=NOW + DAY)
    revoke(session, holder(wish), made, now=NOW + 2 * DAY)

    assert session.get_one(Mandate, made).revoked_at == NOW + DAY
    assert [kind for kind, _ in told(session)][-2:] == ["mandate.granted", "mandate.revoked"]


def test_only_the_holder_gives_a_mandate(session: Session, wish: Grant) -> None:
    with pytest.raises(NotAuthorised, match="Only who holds an office"):
        grant(session, wish.delegate, wish, now=NOW)


def test_nobody_acts_for_an_auditor(session: Session, wish: Grant) -> None:
    unit = ensure_party(session, "special-unit", "office", "Special Unit")
    held = appoint(session, holder(wish), "auditor", unit, TODAY, by=None, now=NOW)

    with pytest.raises(NotAuthorised, match="Nobody can act for an auditor"):
        grant(session, holder(wish), replace(wish, appointment_id=held), now=NOW)


def test_a_mandate_is_not_passed_on(session: Session, wish: Grant) -> None:
    grant(session, holder(wish), wish, now=NOW)
    third = add_person(session, "lin@example.org", "Lin Wei", "", now=NOW, password_hash=HASH)

    with pytest.raises(NotAuthorised, match="cannot be passed on"):
        grant(session, wish.delegate, replace(wish, delegate=third), now=NOW)


@pytest.mark.proof(either=True)
@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("starts_on", {"starts_on": TODAY - DAY}),
        ("ends_on", {"starts_on": TODAY + DAY, "ends_on": TODAY}),
        ("ends_on", {"ends_on": TODAY + 31 * DAY}),
        ("scope", {"scope": "whatever"}),
        ("reason", {"reason": "  "}),
        ("reason", {"reason": "\x00\x1b"}),
        ("reason", {"reason": "x" * 4001}),
        ("delegate", {"delegate": 10**6}),
    ],
)
def test_a_mandate_with_a_fault_is_refused_beside_its_field(
    session: Session, wish: Grant, field: str, change: dict[str, object]
) -> None:
    faulty = replace(wish, **change)  # type: ignore[arg-type]

    with pytest.raises(Invalid) as refusal:
        grant(session, holder(wish), faulty, now=NOW)

    assert set(refusal.value.faults) == {field}


def test_nobody_gives_a_mandate_to_themselves(session: Session, wish: Grant) -> None:
    paulo = holder(wish)

    with pytest.raises(Invalid, match="Nobody needs a mandate"):
        grant(session, paulo, replace(wish, delegate=paulo), now=NOW)


def test_nobody_without_access_is_given_a_mandate(session: Session, wish: Grant) -> None:
    disable_person(session, wish.delegate, now=NOW)

    with pytest.raises(Invalid, match="who has access"):
        grant(session, holder(wish), wish, now=NOW)


def test_the_same_mandate_sent_twice_is_refused(session: Session, wish: Grant) -> None:
    grant(session, holder(wish), wish, now=NOW)

    with pytest.raises(Invalid, match="the same mandate already"):
        grant(session, holder(wish), wish, now=NOW)


def test_only_who_gave_a_mandate_revokes_it(session: Session, wish: Grant) -> None:
    made = grant(session, holder(wish), wish, now=NOW)

    with pytest.raises(NotAuthorised, match="Only who gave"):
        revoke(session, wish.delegate, made, now=NOW)


def test_a_strangers_mandate_is_not_there(session: Session, wish: Grant) -> None:
    made = grant(session, holder(wish), wish, now=NOW)
    third = add_person(session, "lin@example.org", "Lin Wei", "", now=NOW, password_hash=HASH)

    with pytest.raises(NotFound):
        revoke(session, third, made, now=NOW)


def test_a_mandate_altered_behind_the_registers_back_is_found(
    session: Session, wish: Grant
) -> None:
    made = grant(session, holder(wish), wish, now=NOW)
    register = claim_register(session).case_id
    untouched = examine_case(session.connection(), register)

    session.execute(update(Mandate).where(Mandate.id == made).values(person_id=holder(wish)))

    difference = examine_case(session.connection(), register).difference
    assert untouched.difference is None
    assert difference is not None
    assert "mandate" in difference.sentence


def test_a_refused_mandate_leaves_no_trace(session: Session, wish: Grant) -> None:
    before = session.scalar(select(func.count()).select_from(Event))

    for by, refused in ((wish.delegate, wish), (wish.delegate - 1, replace(wish, reason=""))):
        with pytest.raises(Refusal):
            grant(session, by, refused, now=NOW)

    assert session.scalar(select(func.count()).select_from(Event)) == before
    assert session.scalar(select(func.count()).select_from(Mandate)) == 0
