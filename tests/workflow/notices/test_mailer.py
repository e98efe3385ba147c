"""Mail through a real server: sent once, kept through an outage, given up where it is refused."""

import errno
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from tests.support.world import NURSES, World
from tests.workflow.notices.post import Office, a_free_port, open_office
from workflow.background import mailer_of
from workflow.demo import path
from workflow.engine.models import LifecycleCase
from workflow.notices import commands, queries
from workflow.notices.emails import EmailRenderer, Reader
from workflow.notices.mailer import CLAIM, Mailer
from workflow.notices.models import Delivery, Notice
from workflow.notices.smtp import SmtpServer
from workflow.notices.vocabulary import MailPreference, NoticeKind, Sending

Transactions = Callable[[], AbstractContextManager[Session]]
RENDERER = EmailRenderer("Prime Mover <pm@prime.example>", "https://prime.example", Path("nowhere"))


@pytest.fixture
def office() -> Office:
    return Office()


def asked(world: World) -> str:
    """A programme whose consultation has just opened, with mail switched on for that."""
    ref = world.programme("screening")
    world.engine.owe_mail()
    path.screen(world, ref, NURSES)
    return ref


def states(world: World) -> dict[str, int]:
    with world.engine.reading() as session:
        rows = session.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all()
    return dict(rows)


class Outage:
    """A database that is away when a letter has just been taken: once for each, or from then on."""

    def __init__(self, of: Transactions, office: Office, *, lasting: bool = False) -> None:
        self._of, self._office, self._lasting = of, office, lasting
        self._taken = 0
        self.waited: list[float] = []

    def transaction(self) -> AbstractContextManager[Session]:
        taken = len(self._office.letters)
        if taken > self._taken:
            self._taken = self._taken if self._lasting else taken
            raise OSError(errno.ENETUNREACH, "Network is unreachable")
        return self._of()


def carried_by(world: World, address: str) -> Mailer:
    return mailer_of(world.engine, address, RENDERER)


def test_each_notice_is_one_letter_with_its_reason(world: World, office: Office) -> None:
    ref = asked(world)

    with open_office(office, a_free_port()) as address:
        sent = carried_by(world, address).deliver()

    to_india = next(letter for letter in office.letters if "priya.menon" in letter["To"])
    assert sent == len(office.letters) > 0
    assert states(world) == {"sent": sent}
    assert ref in to_india["Subject"]
    assert to_india["Date"].datetime == world.engine.now().replace(microsecond=0)
    plain = to_india.get_body(("plain",))
    html = to_india.get_body(("html",))
    assert plain is not None
    assert "because you are the focal point of India" in plain.get_content()
    assert html is not None
    assert f"https://prime.example/programmes/{ref}" in html.get_content()


def test_what_was_sent_is_not_sent_again(world: World, office: Office) -> None:
    asked(world)
    with open_office(office, a_free_port()) as address:
        first = carried_by(world, address).deliver()

        second = carried_by(world, address).deliver()

    assert (first > 0, second) == (True, 0)
    assert len({letter["Message-ID"] for letter in office.letters}) == len(office.letters) == first


def test_an_outage_keeps_every_mail_and_loses_and_doubles_none(
    world: World, office: Office
) -> None:
    asked(world)
    port = a_free_port()
    owed = states(world)["owed"]
    for _ in range(2):
        carried_by(world, f"smtp://127.0.0.1:{port}").deliver()
        world.clock.pass_time(minutes=10)
    during = states(world)
    office.answer = "451 Busy, come again"
    with open_office(office, port) as address:
        carried_by(world, address).deliver()
        world.clock.pass_time(minutes=30)
        office.answer = ""

        carried_by(world, address).deliver()

    assert during == {"owed": owed}
    assert states(world) == {"sent": owed}
    assert len({letter["Message-ID"] for letter in office.letters}) == len(office.letters) == owed


def test_a_letter_whose_server_died_before_it_answered_comes_again_under_its_name(
    world: World, office: Office
) -> None:
    """Nobody can know whether such a server took it; mail servers and readers know the letter again."""
    asked(world)
    owed = states(world)["owed"]
    office.dies = True
    with open_office(office, a_free_port()) as address:
        carried_by(world, address).deliver()
        during = states(world)
        office.dies = False
        world.clock.pass_time(minutes=10)

        carried_by(world, address).deliver()

    names = Counter(letter["Message-ID"] for letter in office.letters)
    assert (during, states(world)) == ({"owed": owed}, {"sent": owed})
    assert set(names.values()) == {2}
    assert len(names) == owed


def test_a_letter_that_was_taken_is_noted_when_the_database_is_back_and_not_sent_again(
    world: World, office: Office
) -> None:
    asked(world)
    owed = states(world)["owed"]
    away = Outage(world.engine.transaction, office)
    with open_office(office, a_free_port()) as address:
        mailer = replace(
            carried_by(world, address), transaction=away.transaction, wait=away.waited.append
        )

        first = mailer.deliver()
        world.clock.pass_time(minutes=10)
        again = mailer.deliver()

    assert (first, again, len(office.letters)) == (owed, 0, owed)
    assert len(away.waited) == owed
    assert states(world) == {"sent": owed}


def test_a_letter_is_noted_for_as_long_as_it_is_claimed_and_no_longer(
    world: World, office: Office
) -> None:
    asked(world)
    away = Outage(world.engine.transaction, office, lasting=True)
    with open_office(office, a_free_port()) as address:
        mailer = replace(
            carried_by(world, address), transaction=away.transaction,
            wait=away.waited.append, elapsed=lambda: sum(away.waited),
        )  # fmt: skip

        with pytest.raises(OSError, match="Network is unreachable"):
            mailer.deliver()

    assert len(office.letters) == 1
    assert CLAIM.total_seconds() - 5 < sum(away.waited) <= CLAIM.total_seconds()


@pytest.mark.parametrize(
    ("answer", "refuses", "state"),
    [("554 Not wanted", "", "failed"), ("", "550 Nobody of that name", "bounced")],
)
def test_a_final_no_is_noted_and_not_tried_again(
    world: World, office: Office, answer: str, refuses: str, state: str
) -> None:
    ref = asked(world)
    office.answer, office.refuses = answer, refuses

    with open_office(office, a_free_port()) as address:
        carried_by(world, address).deliver()
        world.clock.pass_time(days=1)
        carried_by(world, address).deliver()

    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        of_case = select(Delivery).join(Notice, Notice.id == Delivery.notice_id)
        shown = session.scalars(of_case.where(Notice.case_id == case)).all()
    assert {each.state for each in shown} == {state}
    assert {each.tries for each in shown} == {1}
    assert all((answer or refuses) in each.last_error for each in shown)


def test_what_one_wants_once_a_day_comes_together(world: World, office: Office) -> None:
    with world.engine.transaction() as session:
        ways = dict.fromkeys(NoticeKind, MailPreference.DAILY)
        commands.choose(session, world.person("priya.menon"), ways)
        commands.choose(
            session,
            world.person("somchai.chaiyasit"),
            dict.fromkeys(NoticeKind, MailPreference.NONE),
        )
    asked(world)
    asked(world)
    with open_office(office, a_free_port()) as address:
        carried_by(world, address).deliver()
        at_once = [letter["To"] for letter in office.letters]
        world.clock.pass_time(days=1)

        carried_by(world, address).deliver_digests()

    (digest,) = (letter for letter in office.letters if "priya.menon" in letter["To"])
    assert "2 notices" in digest["Subject"]
    assert not any("priya.menon" in reader for reader in at_once)
    assert not any("somchai" in letter["To"] for letter in office.letters)


def test_no_title_can_break_into_the_headers(world: World, office: Office) -> None:
    asked(world)
    with world.engine.reading() as session:
        line = queries.listed(session, world.person("priya.menon"), true())[0]
    hostile = type(line)(
        **{name: getattr(line, name) for name in line.__slots__}
        | {"label": "A\r\nBcc: all@example.org", "title": "<script>alert(1)</script>"}
    )
    reader = Reader("a@example.org", "en")

    letter = RENDERER.letter(reader, [hostile], "notice-1")

    html = letter.get_body(("html",))
    assert letter["Bcc"] is None
    assert "\n" not in letter["Subject"]
    assert html is not None
    assert "<script>" not in html.get_content()


def test_a_server_that_does_not_answer_is_said_without_the_name_of_a_class() -> None:
    nowhere = SmtpServer.at(f"smtp://127.0.0.1:{a_free_port()}")

    sent = nowhere.send(EmailMessage())

    assert (sent.state, sent.error) == (Sending.OWED, "Connection refused")
