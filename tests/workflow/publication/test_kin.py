"""What is published opens child cases of what is published before it, and no ring comes about."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.with_children import child, opening
from workflow.engine.offers.current import OfferAct
from workflow.errors import FaultyFile, Invalid
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables
from workflow.publication import kin, requests
from workflow.publication.wishes import LifecycleWish, publication


def read(raw: dict[str, Any]) -> Definition:
    return from_tables(raw, f"{raw['key']}.toml")


def published(world: World, definition: Definition) -> None:
    with world.engine.transaction() as session:
        requests.carry_out(session, publication(definition), by=None, now=world.engine.now())


REPORT = read(child("report"))
PARENT = read(child("parent", children=opening("report")))
# A second version by which the report opens a case of the parent.
TURNED = read(child("report", version="2", children=opening("parent")))


def test_a_parent_waits_for_the_lifecycle_of_its_child(world: World) -> None:
    with pytest.raises(Invalid, match="publish it first"):
        published(world, PARENT)
    published(world, REPORT)
    published(world, PARENT)

    assert world.engine.published("parent")[1] == PARENT


def test_a_version_that_closes_a_ring_is_refused(world: World) -> None:
    published(world, REPORT)
    published(world, PARENT)

    with pytest.raises(Invalid, match="report → parent → report"):
        published(world, TURNED)

    assert world.engine.published("report")[1] == REPORT


def test_what_is_given_counts_before_what_is_published(world: World) -> None:
    published(world, REPORT)
    lasting = replace(REPORT, states={**REPORT.states, "z": replace(REPORT.states["a"], key="z")})
    ending = read(child("parent", children=opening("report", ends_with=True)))

    with world.engine.reading() as session:
        asked = [
            kin.unfit(session, ending, world.engine.now(), given)
            for given in (None, {"report": lasting})
        ]

    assert [len(each) for each in asked] == [0, 1]
    assert kin.unknown(PARENT, {"report": TURNED}) == frozenset()
    assert kin.unknown(PARENT, {}) == {"report"}


def test_a_file_is_refused_with_the_place_of_each_fault(world: World) -> None:
    with world.engine.reading() as session:
        kin.refuse_unfit(session, REPORT, "report.toml", world.engine.now())
        with pytest.raises(FaultyFile) as refused:
            kin.refuse_unfit(session, PARENT, "parent.toml", world.engine.now())

    (fault,) = refused.value.faults
    assert str(fault.place) == "parent.toml: children.report.lifecycle"


def offers_again(world: World, definition: Definition) -> None:
    wish = LifecycleWish(act=OfferAct.OFFER, key=definition.key, digest=definition.digest)
    with world.engine.transaction() as session:
        requests.carry_out(session, wish, by=None, now=world.engine.now())


def retired(world: World, key: str, digest: str | None = None) -> None:
    wish = LifecycleWish(act=OfferAct.RETIRE, key=key, digest=digest)
    with world.engine.transaction() as session:
        requests.carry_out(session, wish, by=None, now=world.engine.now())


def test_what_others_open_child_cases_of_is_retired_after_them(world: World) -> None:
    published(world, REPORT)
    published(world, PARENT)

    with pytest.raises(Invalid, match="Child cases of it are opened by “Parent”"):
        retired(world, "report")
    retired(world, "parent")
    retired(world, "report")

    assert "report" not in {each.key for _, each in world.engine.in_force()}


def test_one_version_of_two_may_be_retired_while_the_other_is_offered(world: World) -> None:
    second = read(child("report", version="2"))
    for each in (REPORT, PARENT, second):
        published(world, each)

    retired(world, "report", REPORT.digest)

    assert "report" in {each.key for _, each in world.engine.in_force()}


WAITING = child("parent", children=opening("report", ends_with=True))
WAITING["rounds"]["answer"]["waits_for"] = [
    {"children": "report", "until": "all", "ended_in": ["accepted", "declined", "z"]}
]
LASTING = child("report", version="2")
LASTING["states"]["z"].pop("overtaken_by_parent")
RENAMED = child("report", version="2")
RENAMED["states"]["agreed"] = RENAMED["states"].pop("accepted") | {"label": "agreed"}
RENAMED["rounds"]["answer"]["outcomes"]["accept"] = "agreed"


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (LASTING, "“Parent” opens cases of it: .*has no end for what ends with its parent"),
        (RENAMED, "“Parent” opens cases of it: .*names 'accepted', which is no end of 'report'"),
    ],
)
def test_a_version_that_those_offered_could_not_open_is_neither_published_nor_offered(
    world: World, second: dict[str, Any], told: str
) -> None:
    unfitting = read(second)
    published(world, REPORT)
    with pytest.raises(Invalid, match="published already"):
        published(world, REPORT)
    published(world, read(WAITING))

    with pytest.raises(Invalid, match=told):
        published(world, unfitting)

    retired(world, "parent")
    published(world, unfitting)
    with pytest.raises(
        Invalid, match="children.report.lifecycle" if second is LASTING else "is no end of"
    ):
        offers_again(world, read(WAITING))
