"""Who outside holds a checkpoint, and what may be said of that."""

import re
from base64 import b64decode

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.anchors.conftest import Office, Watched
from tests.workflow.tlog.published import listening
from web.anchors.checkpoint_copies import HEADER
from workflow.tlog.formats.note import opened
from workflow.tlog.store.models import LogSigner
from workflow.tlog.witnesses.anchors import AnchorKind, departures
from workflow.tlog.witnesses.models import Contact
from workflow.tlog.witnesses.witness import Witness

JANE, AUDITOR = "jane.okello", "marie.laurent"
RESISTANT = "Tamper-resistant, not tamper-evident"


def said(page: str) -> str:
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_before_anything_is_signed_the_page_says_so(world: World, enter: Enter) -> None:
    page = said(enter(JANE).page("/anchors"))

    assert RESISTANT in page
    assert "No checkpoint has been signed yet" in page
    assert "Nothing has left yet" in page


def test_without_a_witness_it_claims_no_evidence(enter: Enter, office: Office) -> None:
    office.sign()

    page = said(enter(JANE).page("/anchors"))

    assert RESISTANT in page
    assert "No witness is configured" in page
    assert office.published.note.split("\n")[2] in page
    assert str(office.key) in page


def test_a_witness_that_signed_makes_it_evident(
    watched: Watched, office: Office, watcher: Witness
) -> None:
    with listening(watcher) as url:
        named = office.call(watcher, url)

    page = said(watched(JANE, named).page("/anchors"))

    assert "Tamper-evident" in page
    assert RESISTANT not in page
    assert "audit.example.org/w1 signed" in page
    assert "audit.example.org/w1 Witness signed" in page


def test_a_signature_grows_old(
    world: World, watched: Watched, office: Office, watcher: Witness
) -> None:
    with listening(watcher) as url:
        named = office.call(watcher, url)
    world.clock.pass_time(days=8)

    page = said(watched(JANE, named).page("/anchors"))

    assert RESISTANT in page
    assert "No witness has signed within 7 days" in page


def test_a_witness_of_old_that_is_configured_no_more_counts_for_nothing(
    watched: Watched, office: Office, watcher: Witness
) -> None:
    with listening(watcher) as url:
        office.call(watcher, url)

    page = said(watched(JANE).page("/anchors"))

    assert RESISTANT in page
    assert "No witness is configured" in page


def test_a_witness_that_knows_otherwise_stands_on_top(
    world: World, watched: Watched, office: Office, watcher: Witness
) -> None:
    with listening(watcher) as url:
        named = office.call(watcher, url)
    with world.engine.transaction() as session:
        session.execute(update(Contact).values(outcome="ahead", said="It was set back."))

    page = said(watched(JANE, named).page("/anchors"))

    assert "A witness knows otherwise" in page
    assert "It was set back." in page


def test_the_checkpoint_is_taken_as_it_was_signed(
    world: World, watched: Watched, office: Office, watcher: Witness
) -> None:
    with listening(watcher) as url:
        named = office.call(watcher, url)

    answer = watched(JANE, named).get("/anchors/checkpoint")

    note = opened(answer.data, [office.key, watcher.verifier])
    assert answer.content_type == "text/plain; charset=utf-8"
    assert [each.name for each in note.signatures] == ["prime.example/log", "audit.example.org/w1"]
    with world.engine.reading() as session:
        assert departures(session)[0].kind is AnchorKind.COPY


def test_none_is_taken_where_none_was_signed(enter: Enter) -> None:
    assert enter(JANE).get("/anchors/checkpoint").status_code == 404


def test_who_took_what_is_named_to_auditors(enter: Enter, office: Office) -> None:
    office.sign()
    enter("joao.lima").get("/anchors/checkpoint")

    own, others, auditors = (
        said(enter(key).page("/anchors")) for key in ("joao.lima", "paulo.sa", AUDITOR)
    )

    assert "you Checkpoint taken" in own
    assert "a person with an account Checkpoint taken" in others
    assert "João" not in others.partition("What left, and to whom")[2]
    assert "João" in auditors.partition("What left, and to whom")[2]


def test_every_table_carries_the_checkpoint_and_is_noted(
    world: World, enter: Enter, office: Office
) -> None:
    """Whatever address ends like a table: nobody can add one and forget this."""
    ref = world.programme("consultation")
    office.sign()
    marie = enter(AUDITOR)
    rules = {rule.rule for rule in marie.flask.application.url_map.iter_rules()}
    named = {"<ref>": ref, "<day>": "2026-03-09", "sample.csv": "sample.csv?seed=7&size=3"}
    tables = [rule for rule in rules if rule.endswith(".csv")]
    for name, value in named.items():
        tables = [table.replace(name, value) for table in tables]

    answers = {table: marie.get(table) for table in tables}

    assert len(tables) >= 2
    assert {table: each.status_code for table, each in answers.items()} == dict.fromkeys(
        tables, 200
    )
    for answer in answers.values():
        note = opened(b64decode(answer.headers[HEADER]), [office.key])
        assert note.text == office.published.checkpoint.text
    with world.engine.reading() as session:
        left = departures(session)
    assert [each.kind for each in left] == [AnchorKind.EXPORT]
    assert left[0].size == office.published.checkpoint.size


def test_an_export_goes_without_where_none_was_signed(world: World, enter: Enter) -> None:
    answer = enter(AUDITOR).get("/programmes.csv")

    assert answer.status_code == 200
    assert HEADER not in answer.headers
    with world.engine.reading() as session:
        assert departures(session) == ()


def test_a_refusal_of_the_signer_is_told(world: World, enter: Enter, office: Office) -> None:
    office.sign()
    with world.engine.transaction() as session:
        refuse(session)

    page = said(enter(JANE).page("/anchors"))

    assert "The signer signs no more" in page


def refuse(session: Session) -> None:
    session.scalars(select(LogSigner)).one().refusal = "An old state was brought back."
