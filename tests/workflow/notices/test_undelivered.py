"""A silence whose opening letter comes back, through a real mail server: shown, stopped, put off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest

from tests.support.world import World
from tests.workflow.engine.silence.chamber import DEFINITIONS, INSTANT, REF, Chamber
from tests.workflow.notices.post import Office, a_free_port, open_office
from tests.workflow.notices.test_mailer import RENDERER
from workflow.background import mailer_of
from workflow.engine import round_state, unit_of_work
from workflow.engine.commands import extend
from workflow.engine.commands.extend import ResumeClock
from workflow.engine.commands.settle_due import sweep
from workflow.engine.engine import Engine
from workflow.engine.rounds import due_time, unreached
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotAuthorised, RoundClosed
from workflow.notices import commands
from workflow.notices.vocabulary import MailPreference, NoticeKind
from workflow.people.commands import add_person, appoint, end_appointment

GONE = "550 Nobody of that name"
AWAY = "451 Come again"
TERMS = 'amount = 24, unit = "hours", times = 1 }\n'


def under_silence(world: World, folder: Path, rule: str, *, open_at_once: bool = True) -> Chamber:
    """Three members before a text of the General Assembly, with its rule on undelivered mail."""
    known = (DEFINITIONS / "general-assembly.toml").read_text(encoding="utf-8")
    assert TERMS in known
    ruled = known.replace(TERMS, f'{TERMS}undelivered = "{rule}"\n', 1)
    (folder / "general-assembly.toml").write_text(ruled, encoding="utf-8")
    chamber = Chamber(world, "general-assembly", folder=folder, a=3)
    world.engine.owe_mail()
    if open_at_once:
        chamber.open()
    return chamber


def carried(world: World, office: Office) -> None:
    with open_office(office, a_free_port()) as address:
        mailer_of(world.engine, address, RENDERER).deliver()


def lost_to(world: World, *whom: str, answer: str = GONE) -> Office:
    """Deliver everything, but to these; what is owed still is tried again for a day."""
    office = Office()
    office.refuses, office.whom = answer, whom[0]
    carried(world, office)
    return office


def release(chamber: Chamber, who: str = "chair") -> None:
    wish = ResumeClock(REF, "silence", "Reached by telephone.", chamber.version, uuid4().hex)
    extend.resume_clock(chamber.world.engine, chamber._ids[who], wish)


def test_an_end_is_put_off_for_a_party_whom_no_letter_reached(world: World, tmp_path: Path) -> None:
    chamber = under_silence(world, tmp_path, "extend")
    due = chamber.round.due_at
    assert due is not None
    lost_to(world, "a2@")

    sweep(world.engine)

    assert chamber.round.due_at == due + timedelta(hours=24)
    (fact,) = chamber.told("round.extended")
    assert (fact["what"]["undelivered"], fact["person"]) == (["a2"], None)


def test_one_lost_letter_puts_the_end_off_once(world: World, tmp_path: Path) -> None:
    chamber = under_silence(world, tmp_path, "extend")
    lost_to(world, "a2@")
    sweep(world.engine)
    due = chamber.round.due_at

    sweep(world.another_engine())
    chamber.at_the_end(after=INSTANT)
    sweep(world.engine)

    assert len(chamber.told("round.extended")) == 1
    assert (chamber.round.outcome, chamber.round.effective_at) == ("adopted", due)


def test_what_the_engine_puts_off_does_not_use_up_what_the_president_may(
    world: World, tmp_path: Path
) -> None:
    chamber = under_silence(world, tmp_path, "extend")
    lost_to(world, "a2@")
    sweep(world.engine)

    chamber.extend()

    assert len(chamber.told("round.extended")) == 2


def test_a_sweep_after_the_end_finds_the_lost_letter_before_it_adopts(
    world: World, tmp_path: Path
) -> None:
    chamber = under_silence(world, tmp_path, "extend")
    lost_to(world, "a2@")
    chamber.at_the_end(after=timedelta(hours=5))

    sweep(world.engine)

    assert chamber.round.status == "open"
    assert chamber.round.due_at == world.engine.now() + timedelta(hours=24)


def test_without_the_rule_the_same_sweep_adopts_over_the_lost_letter(
    world: World, tmp_path: Path
) -> None:
    chamber = under_silence(world, tmp_path, "show")
    lost_to(world, "a2@")
    chamber.at_the_end(after=timedelta(hours=5))

    sweep(world.engine)

    assert chamber.round.outcome == "adopted"
    with world.engine.reading() as session:
        assert set(unreached.unreached(session, chamber.round.id, world.engine.now())) == {"a2"}


def test_a_clock_is_stopped_until_the_party_is_reached_otherwise(
    world: World, tmp_path: Path
) -> None:
    chamber = under_silence(world, tmp_path, "stop")
    world.clock.pass_time(hours=2)
    due = chamber.round.due_at
    assert due is not None
    lost_to(world, "a2@")
    sweep(world.engine)
    stopped = chamber.round
    world.clock.pass_time(days=30)
    moved = sweep(world.engine).settled

    release(chamber)

    assert (stopped.due_at, stopped.paused_for, moved) == (None, "delivery", 0)
    assert chamber.round.due_at == due + timedelta(days=30)
    sweep(world.engine)
    assert chamber.round.due_at == due + timedelta(days=30)


def test_an_objection_counts_while_the_clock_is_stopped(world: World, tmp_path: Path) -> None:
    chamber = under_silence(world, tmp_path, "stop")
    lost_to(world, "a2@")
    sweep(world.engine)
    world.clock.pass_time(days=30)

    chamber.answer("a1", "object")

    assert chamber.round.outcome == "broken"


def test_a_member_does_not_let_a_stopped_clock_go_on(world: World, tmp_path: Path) -> None:
    chamber = under_silence(world, tmp_path, "stop")
    lost_to(world, "a2@")
    sweep(world.engine)

    with pytest.raises(NotAuthorised, match="President"):
        release(chamber, "a1")

    assert chamber.told("round.resumed") == []


def test_a_running_clock_cannot_be_let_go_on(world: World, tmp_path: Path) -> None:
    chamber = under_silence(world, tmp_path, "stop")

    with pytest.raises(RoundClosed, match="No undelivered mail"):
        release(chamber)


@pytest.mark.parametrize("rule", ["stop", "extend"])
def test_an_outage_is_no_lost_letter(world: World, tmp_path: Path, rule: str) -> None:
    chamber = under_silence(world, tmp_path, rule)
    due = chamber.round.due_at
    office = lost_to(world, "", answer=AWAY)
    sweep(world.engine)
    during = chamber.round.due_at
    world.clock.pass_time(hours=1)
    office.refuses = ""

    carried(world, office)

    assert (during, chamber.round.due_at) == (due, due)
    assert {letter["To"] for letter in office.letters} == {
        f"a{number}@body.example" for number in (1, 2, 3)
    }
    assert sweep(world.engine).settled == 0


def test_a_mail_given_up_after_many_tries_counts_as_lost(world: World, tmp_path: Path) -> None:
    chamber = under_silence(world, tmp_path, "stop")
    nobody = mailer_of(world.engine, f"smtp://127.0.0.1:{a_free_port()}", RENDERER)
    for _ in range(20):
        nobody.deliver()
        world.clock.pass_time(hours=4, minutes=1)
    due = chamber.round.due_at

    sweep(world.engine)

    assert (chamber.round.paused_for, chamber.round.paused_due) == ("delivery", due)


def test_nobody_can_choose_to_have_no_letter_of_a_silence(world: World, tmp_path: Path) -> None:
    chamber = Chamber(world, "general-assembly", a=2)
    with world.engine.transaction() as session:
        commands.choose(session, chamber._ids["a1"], dict.fromkeys(NoticeKind, MailPreference.NONE))
    world.engine.owe_mail()
    chamber.open()
    office = Office()

    carried(world, office)

    assert "a1@body.example" in {letter["To"] for letter in office.letters}


def test_a_party_is_unreached_once_the_holder_whom_a_letter_reached_is_one_no_more(
    world: World, tmp_path: Path
) -> None:
    chamber = under_silence(world, tmp_path, "stop", open_at_once=False)
    now = world.engine.now()
    with world.engine.transaction() as session:
        second = add_person(session, "z@body.example", "Z", "", now=now, password_hash="-")
        office = appoint(
            session, second, "member", world.party("a2"), date(2020, 1, 1), by=None, now=now
        )
    chamber.open()
    lost_to(world, "a2@")
    sweep(world.engine)
    reached, looks = chamber.round.paused_for, chamber.round.acts_at
    with world.engine.transaction() as session:
        end_appointment(session, office, now.date(), by=None, now=now)
    world.clock.at = looks or now

    sweep(world.engine)

    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    assert (reached, looks) == ("", tomorrow)
    assert chamber.round.paused_for == "delivery"


# Several sweeps at once: the letter is looked for again under the lock of the case.


def at_once(world: World, sweeps: int, mind: Callable[[Engine], object]) -> None:
    """Let some engines mind the same lost letter at the same moment."""
    ready = Barrier(sweeps)
    engines = [world.another_engine() for _ in range(sweeps)]

    def one(engine: Engine) -> None:
        ready.wait()
        mind(engine)

    with ThreadPoolExecutor(sweeps) as pool:
        list(pool.map(one, engines))


def test_many_sweeps_at_once_put_the_end_off_once(world: World, tmp_path: Path) -> None:
    chamber = under_silence(world, tmp_path, "extend")
    due = chamber.round.due_at
    assert due is not None
    lost_to(world, "a2@")

    at_once(world, 6, sweep)

    assert chamber.round.due_at == due + timedelta(hours=24)
    assert len(chamber.told("round.extended")) == 1


def test_sweeps_that_do_not_look_again_put_it_off_as_often_as_they_come(
    world: World, tmp_path: Path
) -> None:
    chamber = under_silence(world, tmp_path, "extend")
    lost_to(world, "a2@")
    looked = Barrier(3)

    def naive(engine: Engine) -> None:
        with engine.reading() as session:
            lost = unreached.unreached(session, chamber.round.id, engine.now())
        looked.wait()
        with engine.transaction() as session:
            case = unit_of_work.lock_case(session, REF)
            definition = engine.definition(case.definition_id, session)
            work = UnitOfWork(session, case, definition, None, engine.now())
            spec, round_ = (
                definition.rounds["silence"],
                round_state.by_id(session, chamber.round.id),
            )
            assert round_.due_at is not None
            after = round_.due_at + timedelta(hours=24)
            due_time.move(
                work, spec, round_, (round_.due_at, after), undelivered=tuple(sorted(lost))
            )
            work.close()

    at_once(world, 3, naive)

    assert len(chamber.told("round.extended")) == 3
