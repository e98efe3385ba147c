"""An auditor reads everything and changes nothing."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import MetaData, select

from tests.support.visitors import Enter, Visitor
from tests.support.world import World
from workflow.engine.models import Round, Seat
from workflow.schema import METADATA

AUDITOR = "marie.laurent"
# The auditor's own session, notices and unsent texts, what a browser reports, an auditor's marks and
# checks, and copies taken away are nobody's programme.
OWN = (
    "/account/", "/csp-report", "/exports", "/histories/<ref>/dossier", "/notices", "/oversight",
    "/working-copies",
)  # fmt: skip
# The round that each state asks, and a decision that it offers.
ROUNDS = {
    "draft": ("submission", "submit"),
    "screening": ("screening", "open_consultation"),
    "consultation": ("consultation", "support"),
}
# Several forms stand on one page, each with the names of its fields begun alike.
PREFIXES = ("recusal", "claim", "release", "handover", "interest", "lift", "alarm", "extension")
SAFE = {"GET", "HEAD", "OPTIONS"}
# Signing in writes here; it changes no programme.
SESSIONS = {"web_session", "sign_in_failure"}


def contents(world: World, metadata: MetaData = METADATA) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those of the sessions."""
    with world.engine.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in SESSIONS
        }


def unsafe(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if (rule.methods or set()) - SAFE and not rule.rule.startswith(OWN):
            yield rule.rule


def filled(rule: str, ref: str, round_key: str) -> str:
    """The address of a rule on a programme that is there."""
    values = {
        "ref": ref,
        "kind": "proposal",
        "section": "countries",
        "key": "withdrawal" if "initiatives" in rule else round_key,
    }
    return re.sub(r"<(?:[^:<>]+:)?([a-z_]+)>", lambda found: values.get(found[1], "1"), rule)


def sent(world: World, ref: str, state: str, address: str) -> dict[str, str]:
    """A form without a fault, as somebody entitled would send it to `address`."""
    round_key, verdict = ROUNDS[state]
    with world.engine.reading() as session:
        seat = session.scalars(
            select(Seat.id)
            .join(Round, Round.id == Seat.round_id)
            .where(Round.key == round_key)
            .order_by(Seat.id)
        ).first()
    form = {
        "seen_version": str(world.version(ref)),
        "key": uuid4().hex,
        "round": round_key,
        "seat": str(seat),
        "verdict": "withdraw" if "initiatives" in address else verdict,
        "reason": "Because.",
        "title": "Mine now",
        "party": str(world.party("moz")),
    }
    form |= {"person": str(world.person("jane.okello")), "interest": "none", "bar": "author"}
    return form | {f"{of}-{name}": value for of in PREFIXES for name, value in form.items()}


def token(visitor: Visitor) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', visitor.page("/programmes"))
    assert found
    return found[1]


@pytest.mark.proof(sample=2)
@pytest.mark.parametrize("state", ["draft", "screening", "consultation"])
def test_every_unsafe_address_refuses_an_auditor_and_nothing_changes(
    world: World, enter: Enter, state: str
) -> None:
    ref = world.programme(state)
    marie = enter(AUDITOR)
    before, proof = contents(world), {"csrf_token": token(marie)}
    addresses = [filled(rule, ref, ROUNDS[state][0]) for rule in unsafe(marie.flask.application)]

    answers = {
        each: marie.flask.post(each, data=sent(world, ref, state, each) | proof).status_code
        for each in addresses
    }

    assert answers
    # What anybody may ask is answered and kept nowhere: a dossier is only looked at.
    assert answers.pop("/check") == 422
    assert {each: status for each, status in answers.items() if status not in (403, 404)} == {}
    assert contents(world) == before


def test_reading_everything_leaves_nothing_but_the_line_that_says_so(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    marie = enter(AUDITOR)
    before = contents(world)

    for address in (
        "/", "/queue", "/programmes", "/programmes.csv", f"/programmes/{ref}", "/frameworks",
        "/histories", f"/histories/{ref}", "/people",
    ):  # fmt: skip
        assert marie.get(address).status_code == 200

    after = contents(world)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"event", "lifecycle_case", "log_pending"}
    (added,) = [row for row in after["event"] if row not in before["event"]]
    assert "history.read" in added
