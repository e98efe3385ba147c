"""What begins by itself though it is no programme: on which lifecycles, by whom, and once."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.errors import Invalid, KeyReused, NotAuthorised, NotFound
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import Party
from workflow.people.queries import offices
from workflow.programmes import commands
from workflow.programmes.alone import alone, alone_called, begin, begins_alone, offices_for

SHIPPED = Path("config/lifecycles")
FRAMEWORK, AMENDMENT = (load_file(SHIPPED / f"{name}.toml") for name in ("framework", "amendment"))
STANDARD = load_file(SHIPPED / "programme-standard.toml")
KEY = FRAMEWORK.key
TITLED = {"title": "Strategic framework 2026-2029", "areas": ["ict"]}


@pytest.fixture
def offering(world: World) -> World:
    """A house in which a framework can be begun, and an amendment is opened by programmes."""
    publish(world.engine, FRAMEWORK)
    publish(world.engine, AMENDMENT)
    return world


def begun(world: World, content: dict[str, Any] = TITLED, key: str = "") -> str:
    house = world.party("special-unit")
    return begin(
        world.engine, world.person("jane.okello"), house, content, key, lifecycle=KEY
    ).ref  # fmt: skip


def test_a_framework_begins_by_itself_and_an_amendment_does_not() -> None:
    assert begins_alone(FRAMEWORK)
    assert not begins_alone(AMENDMENT), "another case opens it"
    assert not begins_alone(STANDARD), "a programme is proposed"


def test_an_officer_of_the_house_begins_one_and_its_draft_is_the_house_s(offering: World) -> None:
    ref = begun(offering)

    with offering.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        proposer = session.scalar(
            select(Party.key).join(CaseParty).where(CaseParty.case_id == case.id)
        )
        areas = session.scalars(select(CaseArea.area).where(CaseArea.case_id == case.id)).all()
    assert (case.subject, case.title, case.state) == ("framework", TITLED["title"], "formulation")
    assert (proposer, areas) == ("special-unit", ["ict"])
    assert verify(offering.engine.database).sound


def test_its_list_follows_what_is_written_of_it(offering: World) -> None:
    ref = begun(offering)
    offering.file(ref, "framework", "jane.okello", {**TITLED, "title": "Framework of the South"})

    with offering.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
    assert case.title == "Framework of the South"


def test_sent_twice_under_one_key_it_is_begun_once(offering: World) -> None:
    first, again = begun(offering, key="k1"), begun(offering, key="k1")

    assert first == again
    with pytest.raises(KeyReused):
        begun(offering, {"title": "Another one"}, key="k1")


def test_without_a_title_nothing_is_begun(offering: World) -> None:
    with pytest.raises(Invalid, match="Give it a title"):
        begun(offering, {"title": "\u200b "})


@pytest.mark.parametrize(
    ("who", "party"), [("joao.lima", "moz"), ("joao.lima", "special-unit"), ("jane.okello", "moz")]
)
def test_whoever_does_not_speak_for_the_house_begins_none(
    offering: World, who: str, party: str
) -> None:
    with pytest.raises(NotAuthorised, match="as Officer of the Special Unit or Director"):
        begin(
            offering.engine, offering.person(who), offering.party(party), TITLED, lifecycle=KEY
        )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("weather", "No lifecycle called weather is offered."),
        ("amendment", "another case opens it"),
        ("programme-standard", "a proposal is begun"),
    ],
)
def test_on_what_is_not_for_it_nothing_is_begun(offering: World, key: str, said: str) -> None:
    with pytest.raises(NotFound, match=said):
        alone_called(offering.engine, key)


def test_no_programme_is_proposed_on_it(offering: World) -> None:
    with pytest.raises(NotFound):
        commands.propose(
            offering.engine, offering.person("jane.okello"), offering.party("special-unit"),
            TITLED, lifecycle=KEY,
        )  # fmt: skip


def test_those_are_offered_it_who_may_begin_it(offering: World) -> None:
    today = offering.clock().date()
    with offering.engine.reading() as session:
        mine = {
            who: offices_for(FRAMEWORK, offices(session, offering.person(who), today))
            for who in ("jane.okello", "elena.petrova", "joao.lima")
        }

    assert [each.key for each in alone(offering.engine)] == [
        "approach",
        "meeting",
        "lead-group",
        KEY,
    ]
    assert [each.party_key for each in mine["jane.okello"]] == ["special-unit"]
    assert [each.role for each in mine["elena.petrova"]] == ["unit_head"]
    assert mine["joao.lima"] == ()
