"""Mail of a decision takes the current checkpoint along, and the house notes that it did."""

from tests.support.world import World
from tests.workflow.notices.post import Office, a_free_port, open_office
from tests.workflow.notices.test_mailer import asked, carried_by
from tests.workflow.tlog.published import publish
from tests.workflow.tlog.watched import Log
from workflow.tlog.formats.note import opened
from workflow.tlog.witnesses.anchors import AnchorKind, departures


def test_a_letter_of_a_decision_carries_a_checkpoint_that_verifies(world: World) -> None:
    asked(world)
    log, office = Log(), Office()
    with world.engine.transaction() as session:
        publish(session, world.engine, log, 7)

    with open_office(office, a_free_port()) as address:
        carried_by(world, address).deliver()

    note = log.note(7).decode()
    decided = [letter for letter in office.letters if "is decided" in letter["Subject"]]
    others = [letter for letter in office.letters if "is decided" not in letter["Subject"]]
    assert decided
    assert others
    for letter in decided:
        plain = letter.get_body(("plain",)).get_content().replace("\r\n", "\n")
        html = letter.get_body(("html",)).get_content()
        assert opened(plain[plain.index(note) :].encode(), [log.key.verifier])
        assert note.split("\n")[2] in html
    assert not [letter for letter in others if note.split("\n")[2] in letter.as_string()]
    with world.engine.reading() as session:
        left = departures(session)
    assert {(each.kind, each.size) for each in left} == {(AnchorKind.MAIL, 7)}
    assert len(left) == len({letter["To"] for letter in decided})


def test_without_a_checkpoint_letters_go_as_before(world: World) -> None:
    asked(world)
    office = Office()

    with open_office(office, a_free_port()) as address:
        carried_by(world, address).deliver()

    assert office.letters
    assert not [letter for letter in office.letters if "Keep this letter" in letter.as_string()]
    with world.engine.reading() as session:
        assert departures(session) == ()


def test_a_letter_that_did_not_leave_is_no_anchor(world: World) -> None:
    asked(world)
    with world.engine.transaction() as session:
        publish(session, world.engine, Log(), 7)

    carried_by(world, f"smtp://127.0.0.1:{a_free_port()}").deliver()

    with world.engine.reading() as session:
        assert departures(session) == ()
