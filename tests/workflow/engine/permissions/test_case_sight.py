"""What people read of one programme as it goes on: the party, participants, outsiders and auditors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.world import NURSES, World
from tests.workflow.lifecycles.evaluations.evaluated import asked_for
from workflow.demo import path
from workflow.engine.document_models import Document
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.visibility import standing_in, visible_case
from workflow.errors import NotAuthorised, NotFound
from workflow.people.commands import add_person, appoint
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment

PARTY, OFFICER, OUTSIDER, AUDITOR = "joao.lima", "jane.okello", "leilani.tau", "marie.laurent"
LATER = "Written while it lay with its writers again."


@contextmanager
def sight(world: World, ref: str, who: str) -> Iterator[CaseSight]:
    """What somebody may read of a programme."""
    person, now = world.person(who), world.engine.now()
    with world.engine.reading() as session:
        case = visible_case(session, ref, person, now)
        yield CaseViewer.of(session, world.engine, case, person, now).sight


def whole(world: World, ref: str, who: str) -> bool:
    """Whether somebody reads what participants do."""
    with sight(world, ref, who) as seen:
        return seen.whole


def versions(world: World, ref: str, who: str) -> list[int]:
    """Which versions of the proposal somebody may read."""
    with sight(world, ref, who) as seen:
        filed = select(Document.version, Document.event_seq).where(
            Document.case_id == seen.case_id, Document.kind == "proposal"
        )
        rows = seen.session.execute(filed.order_by(Document.version)).all()
        open_ = seen.versions("proposal", [row.event_seq for row in rows])
        return [row.version for row in rows if row.event_seq in open_]


def rewrite(world: World, ref: str, words: str) -> None:
    """Another version of the proposal."""
    world.file(ref, "proposal", PARTY, {**NURSES.texts["proposal"], "situation": words})


def test_only_the_party_reads_drafts_and_only_what_was_sent_opens_to_participants(
    world: World,
) -> None:
    ref = path.begin(world, NURSES)
    for words in ("One.", "Two."):
        rewrite(world, ref, words)
    path.submit(world, ref, NURSES)

    seen = {who: versions(world, ref, who) for who in (PARTY, OFFICER, OUTSIDER, AUDITOR)}

    newest = seen[AUDITOR][-1]
    assert seen[PARTY] == seen[AUDITOR] == list(range(1, newest + 1))
    assert seen[OFFICER] == [newest]
    assert seen[OUTSIDER] == []


def test_what_is_written_after_a_return_is_a_draft_again(world: World) -> None:
    ref = world.programme("screening")
    before = versions(world, ref, OFFICER)
    world.answer(ref, "screening", OFFICER, "return", "The money is not named.")

    rewrite(world, ref, LATER)

    assert versions(world, ref, OFFICER) == before
    assert versions(world, ref, PARTY)[-1] == before[-1] + 1


def test_a_draft_taken_back_before_it_was_sent_stays_unknown(world: World) -> None:
    ref = path.begin(world, NURSES)
    world.answer(ref, "withdrawal", PARTY, "withdraw", "We shall not go on with this.")

    for who in (OFFICER, OUTSIDER):
        with world.engine.reading() as session, pytest.raises(NotFound):
            visible_case(session, ref, world.person(who), world.engine.now())

    assert versions(world, ref, PARTY) == versions(world, ref, AUDITOR) != []


def test_a_programme_taken_back_after_it_was_sent_is_known_to_all(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "withdrawal", PARTY, "withdraw", "We shall not go on with this.")

    with world.engine.reading() as session:
        found = visible_case(session, ref, world.person(OUTSIDER), world.engine.now())

    assert (found.state, found.takes_part, found.decided) == ("withdrawn", False, False)


@pytest.mark.parametrize(
    ("state", "text", "letter", "positions", "decision"),
    [
        ("screening", False, False, False, True),
        ("decision", False, False, False, True),
        ("signature", True, False, False, True),
        ("closed", True, False, False, True),
    ],
)
def test_texts_open_to_outsiders_with_the_decision_and_answers_and_letters_never(
    world: World, state: str, *, text: bool, letter: bool, positions: bool, decision: bool
) -> None:
    ref = world.programme(state)

    with sight(world, ref, OUTSIDER) as seen:
        read = [
            seen.text("proposal"), seen.text("request_letter"), seen.answers("consultation"),
            seen.answers("decision"),
        ]  # fmt: skip
        refusals = [
            _refusal(lambda: seen.refuse_answers("consultation")),
            _refusal(seen.refuse_letters),
        ]

    assert read == [text, letter, positions, decision]
    assert refusals == [
        "What is said in this round is open to those who take part in it.",
        "Letters are open to those who take part.",
    ]


def _refusal(ask: Callable[[], None]) -> str:
    with pytest.raises(NotAuthorised) as refused:
        ask()
    return refused.value.sentence


def test_who_acts_under_a_mandate_reads_what_it_reaches(world: World) -> None:
    ref, now = world.programme("consultation"), world.engine.now()
    other = "SSC-1999-001"

    seen = {}
    for scope in (f"case:{other}", f"case:{ref}"):
        with world.engine.transaction() as session:
            person = world.person("priya.menon")
            held = select(Appointment.id).where(Appointment.person_id == person)
            today = now.date()
            wish = Grant(
                session.scalars(held).one(), world.person(OUTSIDER), today,
                today + timedelta(days=9), "On leave.", scope,
            )  # fmt: skip
            grant(session, person, wish, now=now)
        seen[scope] = whole(world, ref, OUTSIDER)

    assert seen == {f"case:{other}": False, f"case:{ref}": True}


def test_an_administrator_takes_part_in_nothing_though_the_house_does(world: World) -> None:
    ref, now = world.programme("consultation"), world.engine.now()
    with world.engine.transaction() as session:
        person = add_person(
            session, "root@example.org", "Root Admin", "a quiet river bends twice", now=now
        )
        unit = world.party("special-unit")
        appoint(session, person, "administrator", unit, now.date(), by=None, now=now)

    with world.engine.reading() as session:
        case = visible_case(session, ref, person, now)

    assert not case.takes_part
    assert whole(world, ref, OFFICER)


def test_an_evaluator_takes_part_while_there_is_something_to_evaluate(world: World) -> None:
    evaluation = asked_for(world, world.programme("operational_closure"))
    evaluation.terms_set()
    before = whole(world, evaluation.ref, "nadia.haddad")
    evaluation.named()

    assert not before
    assert whole(world, evaluation.ref, "nadia.haddad")
    assert not whole(world, evaluation.ref, OUTSIDER)


def test_the_standing_asked_by_number_is_that_of_the_row(world: World) -> None:
    ref, today = world.programme("decision"), world.engine.now().date()

    for who in (PARTY, OFFICER, OUTSIDER, AUDITOR):
        person = world.person(who)
        with world.engine.reading() as session:
            row = visible_case(session, ref, person, world.engine.now())
            assert standing_in(session, row.id, person, today) == row.standing
