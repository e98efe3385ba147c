"""Who may know of a case: what is private until when is said by its lifecycle, in whatever words."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import and_, insert, select, text

from tests.support.world import World
from tests.workflow.engine.lifecycles import put, rename, small_raw
from workflow.engine.cases.beginnings import open_initial
from workflow.engine.commands.open_case import open_case, publish
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.reach import takes_part
from workflow.engine.permissions.visibility import known_to, unsent, visible_case
from workflow.engine.rounds.progress import enter
from workflow.engine.unit_of_work import UnitOfWork, lock_case
from workflow.errors import NotFound
from workflow.history import known_case
from workflow.lifecycles.loader.files import body_of, from_body
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment
from workflow.programmes.lists.filters import programmes
from workflow.programmes.models import Programme

REF = "SKETCH-1"
# Where a statement takes rows of cases from.
OF_CASES = re.compile(r"(?:FROM|JOIN|,)\s+lifecycle_case\b")
# One that closes a role which the standard one leaves open, and the case that follows it.
ANOTHER_LIFECYCLE = (
    (
        "insert into definition_version (key, version, digest, body, published_at) "
        "select 'another', version, 'another', body, published_at from definition_version limit 1"
    ),
    (
        "update lifecycle_case set definition_id = "
        "(select id from definition_version where key = 'another') where ref = :other"
    ),
    (
        "insert into closed_role (definition_id, role) "
        "select id, 'pivotal_focal' from definition_version where key = 'another'"
    ),
)
PROPOSING, STRANGER, AUDITING = "joao.lima", "elena.petrova", "marie.laurent"
SENT = {"sending": {"states": ["a"], "opens": "on initiative", "of": "proposer", "outcomes": {"send": "b"}},
        "reading": {"states": ["b"], "outcomes": {"end": "z"}}}  # fmt: skip
ASKED = {"asking": {"states": ["a"], "of": "office:special-unit", "outcomes": {"end": "z"}}}


def opened(world: World, rounds: dict[str, Any], *edits: Any) -> None:
    """A case of a lifecycle whose first state is called `a`, proposed for Mozambique."""
    raw = small_raw(rounds, "a", "b") if "reading" in rounds else small_raw(rounds, "a")
    for edit in edits:
        edit(raw)
    number = publish(world.engine, from_body(body_of(raw)))
    with world.engine.transaction() as session:
        work = open_case(
            world.engine, session, world.person(PROPOSING), definition_id=number, ref=REF,
            title="A sketch", proposer=world.party("moz"),
        )  # fmt: skip
        session.execute(insert(Programme).values(case_id=work.case.id))
        open_initial(work)
        work.close()


def move(world: World, state: str) -> None:
    """Put the case into a state without the round that leads there."""
    world.honest = False
    with world.engine.transaction() as session:
        case = lock_case(session, REF)
        definition = world.engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, world.engine.now())
        enter(work, state)
        work.close()


def delegate(world: World, who: str, scope: str) -> None:
    """Let somebody act for the one who proposed."""
    today = world.engine.now().date()
    with world.engine.transaction() as session:
        person = world.person(PROPOSING)
        held = select(Appointment.id).where(Appointment.person_id == person)
        command = Grant(
            session.scalars(held).one(), world.person(who), today, today + timedelta(days=9),
            "On leave.", scope,
        )  # fmt: skip
        grant(session, person, command, now=world.engine.now())


def ways(world: World, who: str) -> set[str]:
    """By which ways the person comes to know of the case."""
    person, now = world.person(who), world.engine.now()
    found = set()
    with world.engine.reading() as session:
        for way, look in (("page", visible_case), ("history", known_case)):
            try:
                look(session, REF, person, now)
                found.add(way)
            except NotFound:
                pass
        condition = select(LifecycleCase.ref).where(known_to(person, now.date()))
        lists = {
            "condition": condition,
            "portfolio": programmes(select(LifecycleCase.ref), person, now),
        }
        found |= {way for way, listed in lists.items() if REF in session.scalars(listed).all()}
    return found


EVERY_WAY = {"page", "history", "condition", "portfolio"}


def test_what_was_not_sent_is_private_whatever_its_state_is_called(world: World) -> None:
    opened(world, SENT)

    seen = {who: ways(world, who) for who in (PROPOSING, STRANGER, AUDITING)}

    assert seen == {PROPOSING: EVERY_WAY, STRANGER: set(), AUDITING: EVERY_WAY}


def test_what_was_sent_is_known_to_everybody(world: World) -> None:
    opened(world, SENT)

    move(world, "b")

    assert ways(world, STRANGER) == EVERY_WAY


def test_a_lifecycle_may_say_that_its_first_state_is_not_private(world: World) -> None:
    opened(world, SENT, put("states/a/private", False))

    assert ways(world, STRANGER) == EVERY_WAY


def test_a_lifecycle_may_keep_a_later_state_private_as_well(world: World) -> None:
    opened(world, SENT, put("states/z/private", True))

    move(world, "z")

    assert ways(world, STRANGER) == set()
    assert ways(world, PROPOSING) == EVERY_WAY


def test_whoever_is_asked_in_a_private_state_knows_of_the_case(world: World) -> None:
    opened(
        world, ASKED, rename("roles/officer", "unit_officer"),
        put("rules/asking/seats/0/role", "unit_officer"),
        put("documents/paper/written_by/0/role", "unit_officer"),
    )  # fmt: skip

    seen = {who: ways(world, who) for who in ("jane.okello", "graca.mabunda", "priya.menon")}

    assert seen == {"jane.okello": EVERY_WAY, "graca.mabunda": EVERY_WAY, "priya.menon": set()}


@pytest.mark.parametrize(
    ("scope", "known"),
    [
        ("all", EVERY_WAY),
        ("round:sending", EVERY_WAY),
        (f"case:{REF}", EVERY_WAY),
        ("case:X", set()),
    ],
)
def test_whoever_acts_for_the_proposer_finds_in_lists_what_their_page_shows(
    world: World, scope: str, known: set[str]
) -> None:
    opened(world, SENT)
    delegate(world, STRANGER, scope)

    assert ways(world, STRANGER) == known


@pytest.mark.parametrize("rule", [known_to, takes_part])
def test_the_rule_looks_at_no_case_but_the_one_at_hand(rule: Any) -> None:
    today = date(2026, 3, 2)

    asked = str(select(LifecycleCase.id).where(rule(1, today)))

    assert len(OF_CASES.findall(asked)) == 1, asked


def test_what_another_lifecycle_says_of_roles_and_states_counts_for_its_own_cases_alone(
    world: World,
) -> None:
    ref, other = world.programme("consultation"), world.programme("consultation")
    world.honest = False  # No act has a case follow another lifecycle.
    for statement in ANOTHER_LIFECYCLE:
        with world.engine.transaction() as session:
            session.execute(text(statement), {"other": other})

    with world.engine.reading() as session:
        here = (takes_part(world.person("priya.menon"), world.engine.now().date()), ~unsent())
        rows = dict(session.execute(select(LifecycleCase.ref, and_(*here))).all())

    assert rows[ref]
    assert not rows[other]
