"""The letter of the month: to the lead group and the owners, once, in their language, and never about nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.blockers.house import two_programmes
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_blocker import AGENCY, AGO, MANAGER, MOZ, OFFICER
from web.background import TRANSLATIONS
from workflow.blockers import digest
from workflow.blockers.digest import due_digest, owe_digest
from workflow.engine.models import LifecycleCase, Round
from workflow.notices import wording
from workflow.notices.commands import choose
from workflow.notices.emails import EmailRenderer
from workflow.notices.models import Delivery, Notice
from workflow.notices.queries import listed
from workflow.notices.vocabulary import MailPreference, NoticeKind
from workflow.people.models import Person

KIND = NoticeKind.BLOCKED.value


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return two_programmes(world)


def next_month(world: World) -> None:
    """The clock is set to the first days of the next month."""
    first = (world.clock.at.replace(day=1) + timedelta(days=32)).replace(day=1, hour=8)
    world.clock.at = first


def told(world: World) -> list[tuple[str, str]]:
    """Who was told of which blocker."""
    with world.engine.reading() as session:
        rows = session.execute(
            select(LifecycleCase.ref, Person.email)
            .select_from(Notice)
            .join(LifecycleCase, LifecycleCase.id == Notice.case_id)
            .join(Person, Person.id == Notice.person_id)
            .where(Notice.kind == KIND)
            .order_by(Notice.id)
        )
        return [(ref, email.partition("@")[0]) for ref, email in rows]


def test_whoever_owns_one_is_told_of_it_once_a_month(both: tuple[Carried, Carried]) -> None:
    world, (first, second) = both[0].world, (both[0].ref, both[1].ref)
    same_month = owe_digest(world.engine)
    next_month(world)
    owed = owe_digest(world.engine)
    again = owe_digest(world.engine)

    assert (same_month, owed, again) == (0, 4, 0)
    assert sorted(told(world)) == sorted([
        (f"{first}.1", MOZ), (f"{first}.2", AGENCY), (f"{first}.2", MANAGER),
        (f"{second}.1", AGO), (f"{second}.2", OFFICER), (f"{second}.2", "ravi.chand"),
    ])  # fmt: skip


def test_it_is_told_again_in_the_month_after_and_not_once_it_has_ended(
    both: tuple[Carried, Carried],
) -> None:
    world = both[0].world
    next_month(world)
    owe_digest(world.engine)
    world.answer(f"{both[0].ref}.1", "moving", MOZ, "moved", "The waiver came.")
    next_month(world)

    assert owe_digest(world.engine) == 3


def test_what_went_up_meanwhile_is_told_once_all_the_same(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    next_month(world)
    owe_digest(world.engine)
    before = told(world)
    world.answer(f"{both[0].ref}.1", "moving", MOZ, "up", "It is the port's.")

    assert owe_digest(world.engine) == 0
    assert told(world) == before


def test_two_workers_tell_it_once(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    other = world.another_engine()
    next_month(world)

    owed = owe_digest(world.engine) + owe_digest(other)

    assert owed == 4
    assert len(told(world)) == len(set(told(world))) == 6


def test_nothing_is_told_where_nothing_is_blocked(world: World) -> None:
    next_month(world)

    assert owe_digest(world.engine) == 0
    assert told(world) == []


def test_the_letter_comes_with_what_is_kept_for_the_day_unless_no_mail_is_wanted(
    both: tuple[Carried, Carried],
) -> None:
    world = both[0].world
    none = dict.fromkeys(NoticeKind, MailPreference.NONE)
    with world.engine.transaction() as session:
        choose(session, world.person(MOZ), none)
    next_month(world)
    owe_digest(world.engine)

    with world.engine.reading() as session:
        mails = session.execute(
            select(Person.email, Delivery.way, Delivery.state)
            .join(Notice, Notice.id == Delivery.notice_id)
            .join(Person, Person.id == Notice.person_id)
            .where(Notice.kind == KIND)
        ).all()

    assert {way for _, way, _ in mails} == {"daily"}
    assert MOZ not in {email.partition("@")[0] for email, _, _ in mails}
    assert len(mails) == 5


def letter_of(world: World, who: str, language: str) -> list[str]:
    """The sentences of a reader's letter in a language."""
    renderer = EmailRenderer("pm@prime.example", "https://prime.example", TRANSLATIONS)
    person = world.person(who)
    with world.engine.reading() as session:
        lines = listed(session, person, Notice.kind == KIND)
    return [wording.sentence(line, renderer.say(language)) for line in lines]


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "this blocks since 2026-02-03"), ("fr", "ceci est bloqué depuis le 2026-02-03")],
)
def test_it_says_what_is_blocked_since_when_and_with_whom_in_the_reader_s_language(
    both: tuple[Carried, Carried], language: str, says: str
) -> None:
    world = both[0].world
    next_month(world)
    owe_digest(world.engine)

    (said,) = letter_of(world, MOZ, language)

    assert "Customs hold reagents: Soil laboratories for the Sahel" in said
    assert says in said
    assert "With its owner" in said


def test_a_preview_says_the_same_and_writes_nothing(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    next_month(world)

    with world.engine.reading() as session:
        seen: list[Any] = list(due_digest(session, world.engine, world.clock()))
    preview = [
        (each.ref, reader.email.partition("@")[0]) for each in seen for reader in each.readers
    ]
    before = told(world)
    owe_digest(world.engine)

    assert before == []
    assert sorted(preview) == sorted(told(world))


def test_who_has_left_is_told_nothing(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    with world.engine.transaction() as session:
        gone = update(Person).where(Person.id == world.person(MOZ))
        session.execute(gone.values(disabled_at=world.clock()))
    next_month(world)
    owe_digest(world.engine)

    assert MOZ not in {who for _, who in told(world)}


@pytest.mark.parametrize("at_once", [1, 2, 200])
def test_one_that_nobody_is_asked_about_holds_up_none_behind_it(
    both: tuple[Carried, Carried], monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    world = both[0].world
    world.honest = False
    oldest = select(LifecycleCase.id).where(LifecycleCase.ref == f"{both[0].ref}.1")
    with world.engine.transaction() as session:
        silent = Round.case_id == oldest.scalar_subquery()
        session.execute(update(Round).where(silent).values(status="settled"))
    monkeypatch.setattr(digest, "AT_ONCE", at_once)
    next_month(world)

    passes = [owe_digest(world.engine) for _ in range(4)]

    assert sum(passes) == 3
    assert passes[0] >= min(at_once, 3)
    assert f"{both[0].ref}.1" not in {ref for ref, _ in told(world)}
