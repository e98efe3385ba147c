"""Whoever left is written to no more, and reads no more of what their party never sent."""

import pytest
from sqlalchemy import func, select

from tests.support.world import NURSES, World
from tests.workflow.notices.post import Office, a_free_port, open_office
from tests.workflow.notices.test_mailer import asked, carried_by
from workflow.demo import path
from workflow.engine.permissions.visibility import knows_of
from workflow.notices import commands, queries
from workflow.notices.models import Delivery, Notice
from workflow.notices.vocabulary import MailPreference, NoticeKind, Sending
from workflow.people.accounts.access import end_access
from workflow.people.commands import add_person, appoint

PRIYA, ROSA = "priya.menon", "rosa.nhaca"


@pytest.fixture
def office() -> Office:
    return Office()


def owed_to(world: World, who: str) -> int:
    with world.engine.reading() as session:
        mine = Notice.person_id == world.person(who), Delivery.state == Sending.OWED.value
        found = select(func.count()).select_from(Delivery).join(Notice).where(*mine)
        return session.scalar(found) or 0


def letters_to(world: World, office: Office, who: str) -> list[str]:
    """The subjects of every letter that goes to somebody, at once or once a day."""
    with open_office(office, a_free_port()) as address:
        carried_by(world, address).deliver()
        carried_by(world, address).deliver_digests()
    return [letter["Subject"] for letter in office.letters if who in letter["To"]]


def told_of(world: World, who: str) -> set[str]:
    """The references in the list of somebody's notices."""
    person, today = world.person(who), world.clock().date()
    with world.engine.reading() as session:
        mine = queries.listed(session, person, knows_of(Notice.case_id, person, today))
        return {line.ref for line in mine}


def a_draft_taken_back(world: World) -> str:
    """A draft that its party takes back unsent, while Rosa writes proposals there until today."""
    now = world.clock()
    with world.engine.transaction() as session:
        rosa = add_person(
            session, f"{ROSA}@demo.example", "Rosa Nhaca", "", now=now, password_hash="-"
        )
        party, today = world.party("moz"), now.date()
        appoint(session, rosa, "submitter", party, today, today, by=None, now=now)
    world.engine.owe_mail()
    ref = path.begin(world, NURSES)
    world.answer(ref, "withdrawal", NURSES.submitter, "withdraw", "We shall not go on with this.")
    return ref


@pytest.mark.parametrize("way", [MailPreference.AT_ONCE, MailPreference.DAILY])
def test_whoever_lost_their_access_gets_none_of_the_letters_that_were_owed_to_them(
    world: World, office: Office, way: MailPreference
) -> None:
    with world.engine.transaction() as session:
        commands.choose(session, world.person(PRIYA), dict.fromkeys(NoticeKind, way))
    asked(world)
    assert owed_to(world, PRIYA) == 1
    with world.engine.transaction() as session:
        naledi, priya = world.person("naledi.khumalo"), world.person(PRIYA)
        end_access(session, priya, "She has left.", by=naledi, now=world.clock())
    world.clock.pass_time(days=2)

    letters = letters_to(world, office, PRIYA)

    assert letters == []
    assert owed_to(world, PRIYA) == 0
    assert office.letters


def test_whoever_left_a_party_is_told_no_more_of_what_it_never_sent(
    world: World, office: Office
) -> None:
    ref = a_draft_taken_back(world)
    before = told_of(world, ROSA), owed_to(world, ROSA) > 0
    world.clock.pass_time(days=2)

    after = told_of(world, ROSA), letters_to(world, office, ROSA), owed_to(world, ROSA)

    assert before == ({ref}, True)
    assert after == (set(), [], 0)


def test_whoever_stays_is_told_of_it_in_the_list_and_by_mail(world: World, office: Office) -> None:
    ref = a_draft_taken_back(world)

    letters = letters_to(world, office, ROSA)

    assert told_of(world, ROSA) == {ref}
    assert {ref in subject for subject in letters} == {True}


def test_of_a_days_letters_what_may_be_known_no_more_is_left_out(
    world: World, office: Office
) -> None:
    ref, now = a_draft_taken_back(world), world.clock()
    with world.engine.transaction() as session:
        rosa, india = world.person(ROSA), world.party("ind")
        appoint(session, rosa, "pivotal_focal", india, now.date(), by=None, now=now)
        commands.choose(session, rosa, dict.fromkeys(NoticeKind, MailPreference.DAILY))
    other = asked(world)
    world.clock.pass_time(days=2)

    letters = letters_to(world, office, ROSA)

    assert told_of(world, ROSA) == {other}
    assert letters
    assert ref not in str(letters)
