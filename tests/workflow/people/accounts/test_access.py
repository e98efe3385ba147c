"""Access ends at once and comes back; nobody ends their own, nor that of the last administrator."""

import pytest
from sqlalchemy.orm import Session

from tests.support.sign_ins import session_person
from tests.workflow.people.test_administrators import an_administrator
from tests.workflow.people.test_commands import NOW, a_person, told
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.people.accounts.access import end_access, restore_access, sign_out_everywhere
from workflow.people.accounts.details import Details, change
from workflow.people.accounts.invitations import invite
from workflow.people.commands import disable_person
from workflow.people.models import Person
from workflow.people.sessions import open_session


def test_a_leaver_is_signed_out_at_once_and_can_come_back(session: Session) -> None:
    naledi, _ = an_administrator(session)
    amina = a_person(session)
    token = open_session(session, amina, NOW)

    end_access(session, amina, "Left the ministry.", by=naledi, now=NOW)
    gone = session_person(session, token, NOW)
    restore_access(session, amina, by=naledi, now=NOW)

    assert gone is None
    assert session.get_one(Person, amina).disabled_at is None
    assert told(session)[-2:] == [
        ("access.ended", {"of": f"p{amina}"}),
        ("access.restored", {"of": f"p{amina}"}),
    ]


def test_every_browser_is_signed_out(session: Session) -> None:
    naledi, _ = an_administrator(session)
    amina = a_person(session)
    tokens = [open_session(session, amina, NOW) for _ in range(2)]

    sign_out_everywhere(session, amina, by=naledi, now=NOW)

    assert [session_person(session, each, NOW) for each in tokens] == [None, None]
    assert told(session)[-1] == ("sessions.ended", {"of": f"p{amina}"})


def test_what_cannot_be_done_is_said_at_its_field(session: Session) -> None:
    naledi, _ = an_administrator(session)
    amina = a_person(session)
    before = told(session)

    for sentence, person, reason, by in (
        ("Say why", amina, " ", naledi),
        ("their own access", naledi, "Away.", naledi),
    ):
        with pytest.raises(Invalid, match=sentence) as refusal:
            end_access(session, person, reason, by=by, now=NOW)
        assert list(refusal.value.faults) == ["reason"]
    with pytest.raises(Invalid, match="has access already"):
        restore_access(session, amina, by=naledi, now=NOW)
    with pytest.raises(NotFound):
        sign_out_everywhere(session, 99, by=naledi, now=NOW)

    assert told(session) == before


def test_access_ends_once(session: Session) -> None:
    naledi, _ = an_administrator(session)
    amina = a_person(session)
    end_access(session, amina, "Left.", by=naledi, now=NOW)

    with pytest.raises(Invalid, match="no access already"):
        end_access(session, amina, "Left.", by=naledi, now=NOW)


@pytest.mark.parametrize("former", [True, False])
def test_only_administrators_with_access_keep_people(session: Session, *, former: bool) -> None:
    naledi, _ = an_administrator(session)
    amina = a_person(session)
    if former:
        disable_person(session, naledi, now=NOW)
    by, before = naledi if former else amina, told(session)

    with pytest.raises(NotAuthorised):
        end_access(session, amina, "Left.", by=by, now=NOW)
    with pytest.raises(NotAuthorised):
        restore_access(session, naledi, by=by, now=NOW)
    with pytest.raises(NotAuthorised):
        sign_out_everywhere(session, amina, by=by, now=NOW)
    with pytest.raises(NotAuthorised):
        change(session, amina, Details("Else", "else@example.org"), by=by, now=NOW)
    with pytest.raises(NotAuthorised):
        invite(session, amina, by=by, now=NOW)

    assert told(session) == before
