"""No page asks the database the same thing twice: so many statements at most, all in one reading."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from config.settings import Settings
from tests.support import databases
from tests.support.applications import an_app
from tests.support.demonstration import DEMONSTRATION, KINDS
from tests.support.statements import Asked, asked
from tests.support.visitors import SECRET, Visitor, entrance
from tests.support.world import World
from workflow.audit.verification.verify import examine_case
from workflow.clock import utc_now
from workflow.demo.cast import DOMAIN, PASSWORD
from workflow.demo.play import Hand
from workflow.engine.models import LifecycleCase
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment

DELEGATE, AUDITOR, OFFICER = "thandi.nkosi", "marie.laurent", "jane.okello"
MANAGER = "beatriz.costa"
# One whose consultation is open, and one that the Board decides on; each with its open round.
CONSULTED = ("HIV and AIDS treatment supply", "consultation")
DECIDED = ("Digital registers for district", "decision")
# Who is signed in, their offices and what the frame says of them are among these.
LIMITS = {
    "/": 15,
    "/queue": 15,
    "/month": 26,
    "/programmes": 15,
    "/histories": 12,
    "/frameworks": 9,
    # Its programmes by area and stage, those that need somebody, its money and its own course.
    "/frameworks/F7": 26,
    "/people": 6,
    "/notices": 5,
}
# An auditor reads among the notices what was done on the register, with the names in each sentence.
OF_THE_REGISTER = {"/notices": 7}
HISTORY = 15
# On PostgreSQL three of them have tries of the same account wait for each other.
SIGN_IN = 12
OF_A_PROGRAMME = {"/programmes/{ref}": 25, "/programmes/{ref}/rounds/{key}/1": 15}
# While a programme is planned, whoever takes part is shown what was learnt elsewhere, read in one more.
WHILE_PLANNED = {"/programmes/{ref}/rounds/{key}/1": 1}
# Whoever is barred from a seat that waits in their queue is told who else may answer it: what they signed, and who
# else holds the office, in three more.
OF_THE_BARRED = {"/": 3, "/month": 3}
# Whoever owes an answer is shown what it needs beside the text: what is filed, named and counted. A checklist is
# computed of the cases below, what is filed, the lessons told, and the whole of the money with the papers beside it.
OF_WHO_ANSWERS = (
    ("Village radio lessons", "presentation", "kenji.watanabe", 16),
    ("Rice seed systems", "closure", "tom.becker", 35),
    ("Teachers who stay", "resubmission", "joao.lima", 23),
)


class Ticking(Hand):
    """A clock that moves on whenever it is looked at, as every true one does."""

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return super().__call__()


@pytest.fixture(scope="module", params=KINDS)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The demonstration, with two mandates given to one focal point."""
    folder = tmp_path_factory.mktemp("statements")
    with databases.fresh(request.param, folder, DEMONSTRATION) as url:
        world = World(url, utc_now())
        world.clock = world.engine.clock = Ticking(utc_now())
        for who in ("paulo.sa", "carla.duarte"):
            _let(world, who, DELEGATE)
        yield world
        world.close()


@pytest.fixture(scope="module", params=[DELEGATE, AUDITOR, OFFICER, MANAGER])
def who(request: pytest.FixtureRequest) -> str:
    """Whose browser it is."""
    return str(request.param)


@pytest.fixture(scope="module")
def visitor(who: str, world: World, tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """The browser of one person."""
    return entrance(world, tmp_path_factory.mktemp("home"))(who)


def _let(world: World, who: str, delegate: str) -> None:
    """Let `delegate` answer for the one office of `who`."""
    now = world.engine.now()
    with world.engine.transaction() as session:
        held = select(Appointment.id).where(Appointment.person_id == world.person(who))
        until = (now + timedelta(days=9)).date()
        wish = Grant(session.scalars(held).one(), world.person(delegate), now.date(), until, "Away")
        grant(session, world.person(who), wish, now=now)


def ref_of(world: World, title: str) -> str:
    """The reference of the programme whose title begins so."""
    with world.engine.reading() as session:
        named = select(LifecycleCase.ref).where(LifecycleCase.title.startswith(title))
        return session.scalars(named).one()


def asked_for(world: World, visitor: Visitor, address: str) -> Asked:
    """What a page asks when somebody opens it again: definitions are known, nothing is written."""
    visitor.page(address)
    with asked(world.engine.database) as found:
        visitor.page(address)
    return found


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("page", LIMITS)
def test_a_page_keeps_to_its_limit(world: World, visitor: Visitor, who: str, page: str) -> None:
    more = {AUDITOR: OF_THE_REGISTER, DELEGATE: OF_THE_BARRED}.get(who, {})
    limit = LIMITS[page] + more.get(page, 0)

    found = asked_for(world, visitor, page)

    assert found.read <= limit, found.told()
    assert len(found.transactions) == 1, found.told()


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("programme", [CONSULTED, DECIDED])
@pytest.mark.parametrize("page", OF_A_PROGRAMME)
def test_a_page_of_a_programme_keeps_to_its_limit(
    world: World, visitor: Visitor, who: str, programme: tuple[str, str], page: str
) -> None:
    title, key = programme
    limit = OF_A_PROGRAMME[page] + (WHILE_PLANNED.get(page, 0) if who == DELEGATE else 0)

    found = asked_for(world, visitor, page.format(ref=ref_of(world, title), key=key))

    assert found.read <= limit, found.told()
    assert len(found.transactions) == 1, found.told()


@pytest.mark.proof(either=True)
def test_a_round_that_asks_for_filed_texts_keeps_to_its_limit_for_whoever_answers(
    world: World, tmp_path: Path
) -> None:
    enter = entrance(world, tmp_path)

    found = {
        key: asked_for(world, enter(who), f"/programmes/{ref_of(world, title)}/rounds/{key}/1")
        for title, key, who, _ in OF_WHO_ANSWERS
    }

    limits = {key: limit for _, key, _, limit in OF_WHO_ANSWERS}
    over = {key: each.told() for key, each in found.items() if each.read > limits[key]}
    assert over == {}
    assert {len(each.transactions) for each in found.values()} == {1}


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("title", [CONSULTED[0], DECIDED[0]])
def test_a_history_keeps_to_its_limit_beside_its_own_check(
    world: World, visitor: Visitor, title: str
) -> None:
    ref = ref_of(world, title)

    found = asked_for(world, visitor, f"/histories/{ref}")

    assert found.read - checked(world, ref) <= HISTORY, found.told()
    assert len(found.transactions) == 1, found.told()


def checked(world: World, ref: str) -> int:
    """How many statements the check of one history asks, which shares none with the page."""
    with world.engine.reading() as session:
        case_id = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
    with asked(world.engine.database) as found, world.engine.reading() as session:
        examine_case(session.connection(), case_id)
    return found.read


@pytest.mark.proof(either=True)
def test_noting_that_a_session_is_used_is_the_one_write_of_a_page(
    world: World, visitor: Visitor
) -> None:
    world.clock.pass_time(minutes=2)

    with asked(world.engine.database) as found:
        visitor.page("/people")

    assert [each.statements[0].split()[:2] for each in found.writings] == [
        ["UPDATE", "web_session"]
    ]
    assert len(found.readings) == 2


@pytest.mark.proof(either=True)
def test_a_sign_in_keeps_to_its_limit(world: World, tmp_path: Path) -> None:
    settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)
    browser = Visitor(an_app(settings, world.engine).test_client())
    known = {"email": f"{DELEGATE}@{DOMAIN}", "password": PASSWORD}
    form = {**browser.hidden("/account/login"), **known}

    with asked(world.engine.database) as found:
        answer = browser.flask.post("/account/login", data=form)

    assert answer.status_code == 303
    assert sum(len(each.statements) for each in found.transactions) <= SIGN_IN, found.told()
