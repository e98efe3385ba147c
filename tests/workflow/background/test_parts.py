"""The whole way of a mail: promised with its notice, sent by a worker, once."""

import time
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.apart import apart
from tests.support.sign_ins import leave_sign_ins, sign_ins
from tests.support.waiting import until
from tests.support.world import NURSES, World
from tests.workflow.notices.post import Office, a_free_port, open_office
from tests.workflow.notices.test_mailer import RENDERER, states
from workflow.background import Background, mailer_of, parts
from workflow.background.jobs import TIDY
from workflow.demo import path
from workflow.errors import Refusal
from workflow.notices import smtp
from workflow.notices.models import Delivery
from workflow.tasks import port


def test_a_refusal_promises_no_mail(world: World) -> None:
    ref = world.programme("consultation")
    world.engine.owe_mail()

    with pytest.raises(Refusal):
        world.answer(ref, "consultation", "joao.lima", "lead")

    assert states(world) == {}


def test_a_worker_sends_what_a_sign_off_promised(world: World, tmp_path: Path) -> None:
    ref = world.programme("screening")
    world.engine.owe_mail()
    path.screen(world, ref, NURSES)
    owed, office = states(world)["owed"], Office()

    with open_office(office, a_free_port()) as address:
        behind = Background(world.engine, world.url, mailer_of(world.engine, address, RENDERER))
        assert apart(lambda: behind.begin(tmp_path / "lock"))
        until(lambda: states(world) == {"sent": owed}, saying=lambda: states(world))
        apart(behind.end)

    assert states(world) == {"sent": owed}
    assert len({letter["Message-ID"] for letter in office.letters}) == len(office.letters) == owed


@pytest.mark.proof(either=True)
def test_who_ends_waits_for_no_mail_server_and_leaves_the_letter_owed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LEAVE", 0.2)
    ref = world.programme("screening")
    world.engine.owe_mail()
    path.screen(world, ref, NURSES)
    owed, office = states(world)["owed"], Office()
    office.slow = smtp.LAST_WORD

    with open_office(office, a_free_port()) as address:
        behind = Background(world.engine, world.url, mailer_of(world.engine, address, RENDERER))
        assert apart(lambda: behind.begin(tmp_path / "lock"))
        until(lambda: office.thinking, saying=lambda: states(world))
        began = time.monotonic()
        apart(behind.end)
        took = time.monotonic() - began

    assert took < smtp.LAST_WORD / 4
    assert states(world) == {"owed": owed}
    assert office.letters == []


def test_a_job_that_runs_twice_sends_once(world: World) -> None:
    ref = world.programme("screening")
    world.engine.owe_mail()
    path.screen(world, ref, NURSES)
    office = Office()
    with world.engine.reading() as session:
        notices = list(session.scalars(select(Delivery.notice_id)))

    with open_office(office, a_free_port()) as address:
        carrier = mailer_of(world.engine, address, RENDERER)
        sent = [carrier.deliver(notices), carrier.deliver(notices)]

    assert sent == [len(notices), 0]
    assert len(office.letters) == len(notices)


def test_the_hourly_tidying_removes_ended_sessions_and_old_failures(world: World) -> None:
    port.migrate(world.url)
    with world.engine.transaction() as session:
        leave_sign_ins(session, world.person("joao.lima"), world.engine.now())
    behind = Background(world.engine, world.url)
    world.clock.pass_time(days=1)

    behind._jobs.by_kind()[TIDY]({})

    with world.engine.reading() as session:
        assert sign_ins(session) == (0, 0)
    behind.end()
