"""A house in which one of everything has happened, all of it in the log, signed and witnessed."""

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.engine import make_url

from tests.support.databases import Template
from tests.support.run.runs import run_folder
from tests.support.world import HOUSE, World
from tests.workflow.audit.recorded import record_import
from tests.workflow.dossiers.handed import Log
from tests.workflow.engine.commands.test_claim import take
from tests.workflow.engine.commands.test_waive import begun, lift
from tests.workflow.engine.permissions.test_mandates import mandate
from tests.workflow.engine.rounds.test_due_time import carry_out, under_review
from tests.workflow.ledger.bookkeeping import counts, decided, rates, recorded
from tests.workflow.ledger.promise_acts.promised import earmarked, expected, met
from tests.workflow.lifecycles.lessons.test_lesson import TOLD
from tests.workflow.lifecycles.shipped.carrying import CarriedPart
from tests.workflow.partners.vetted import listed as sanctioned
from workflow.audit.models import Event, Opening
from workflow.bodies.commands import call_session
from workflow.bodies.models import Body
from workflow.bodies.seats import BOARD
from workflow.engine.models import LifecycleCase
from workflow.erasure.erase import ErasureRequest, erase
from workflow.ledger.accounts import MoneyAct
from workflow.lessons.weigh import LessonSays, WeighLesson, weigh
from workflow.notices.templates import LetterWords, word_letter
from workflow.offices.reporting.acts import ReportingWish, ask, confirm
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.oversight.reviews.mark import THROUGH, Mark, mark
from workflow.people.calendars.commands import CalendarWish, set_calendar
from workflow.people.parties import known_party
from workflow.tlog.store.queries import latest
from workflow.tlog.witnesses.anchors import AnchorKind, leave

DIRECTOR, AUDITOR, OFFICER = "elena.petrova", "marie.laurent", "jane.okello"


def house_of_the_log(url: str) -> Path:
    """Where the signer of the template of this kind of database has its home."""
    return run_folder() / f"attacked-log-{make_url(url).get_backend_name()}"


def _fill(url: str) -> None:
    HOUSE.fill(url)
    shutil.rmtree(house_of_the_log(url), ignore_errors=True)
    world = World(url)
    log = Log(world, house_of_the_log(url))
    happen(world)
    log.state_heads()
    _leave(world)
    catch_up_wholly(world.engine)
    world.close()


def happen(world: World) -> str:
    """A programme is taken, screened, decided upon, reviewed, stopped, and loses a text."""
    ref = world.programme("screening")
    take(world, ref)
    mandate(world, DIRECTOR, OFFICER)
    begun(world)
    lift(world)
    mark(world.engine, world.person(AUDITOR), Mark(ref, THROUGH, 5, "Looked at.", "seed"))
    carry_out(world, under_review(world), "suspension")
    convene(world)
    rest(world)
    word(world)
    with world.engine.transaction() as session:
        record_import(session, "IMP-1")
    pay(world, ref)
    sanctioned(world)
    learn(world, ref)
    forget(world)
    return ref


def pay(world: World, ref: str) -> None:
    """Money in two currencies is promised, certified, spent by nobody yet, and once declined."""
    rates(world)
    counts(world, ref, MoneyAct.COMMITMENT, "920", currency="EUR")
    met(world, ref, earmarked(world, ref, output="Courses", condition="The audit is done"))
    expected(world, ref, "70", 5, holder="undp")
    counts(world, ref, MoneyAct.RECEIPT, "92", currency="EUR")
    counts(world, ref, MoneyAct.DISBURSEMENT, "92", currency="EUR", holder="undp")
    decided(
        world, ref, int(recorded(world, ref, MoneyAct.PLEDGE, "5").content), yes=False, why="No."
    )


def learn(world: World, ref: str) -> None:
    """A lesson is told and validated, and used in another programme."""
    lesson = CarriedPart(world, "lesson", "undp", executing_agency="undp")
    world.file(lesson.ref, "lesson", "beatriz.costa", TOLD)
    lesson.answer("beatriz.costa", "telling", "tell")
    lesson.answer("ravi.chand", "validating", "validate")
    wish = WeighLesson(ref, lesson.ref, LessonSays.USED, world.version(ref), uuid4().hex, "As is.")
    weigh(world.engine, world.person(OFFICER), wish)


def convene(world: World) -> None:
    """The Board is called to a session."""
    today, now = world.clock().date(), world.clock()
    with world.engine.transaction() as session:
        board = session.scalars(select(Body.id).where(Body.kind == BOARD)).one()
        call_session(session, board, "First session", (today, today), by=None, now=now)


def rest(world: World) -> None:
    """A country's working calendar and its reporting calendar are set, from tomorrow on."""
    tomorrow, now = world.clock().date() + timedelta(days=1), world.clock()
    wish = CalendarWish(since=tomorrow, weekend=("sunday",), zone="Asia/Kolkata", source="IND")
    with world.engine.transaction() as session:
        set_calendar(session, known_party(session, "ind"), wish, by=None, now=now)
    by_year = ReportingWish(tomorrow, begins_in=4, within=45)
    with world.engine.transaction() as session:
        first, second = world.person("naledi.khumalo"), world.person("pieter.vos")
        asked = ask(session, known_party(session, "ind"), by_year, by=first, now=now)
        confirm(session, asked.number, by=second, now=now)


def word(world: World) -> None:
    """Reminders in French are worded by the house."""
    words = LetterWords("reminder", "fr", "{ref}", "Votre réponse est attendue.")
    with world.engine.transaction() as session:
        word_letter(session, words, by=None, now=world.clock())


def forget(world: World) -> None:
    """The reason of one sign-off is erased."""
    with world.engine.reading() as session:
        found = (
            select(LifecycleCase.ref, Event.seq)
            .join(Event, Event.case_id == LifecycleCase.id)
            .join(Opening, Opening.event_id == Event.id)
            .where(Event.type == "signoff.given", Opening.field == "reason")
        )
        ref, seq = session.execute(found.order_by(Event.id).limit(1)).one()
    erase(world.engine, world.person(DIRECTOR), ErasureRequest(ref, seq, ("reason",), "Article 5"))


def _leave(world: World) -> None:
    """A checkpoint goes to somebody outside."""
    with world.engine.transaction() as session:
        of = latest(session)
        assert of is not None
        point = of.checkpoint
        leave(session, AnchorKind.COPY, "p1", point.size, point.root, world.engine.now())


ATTACKED = Template("attacked", _fill)
