"""A lifecycle beside those that its child cases follow."""

from itertools import pairwise
from typing import Any

import pytest

from tests.workflow.lifecycles.with_children import child, opening
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.parentage.across import faults, named, opened_first


def read(raw: dict[str, Any]) -> Definition:
    return from_tables(raw, f"{raw['key']}.toml")


def told(raw: dict[str, Any], *others: dict[str, Any]) -> list[str]:
    """What is wrong with the first, the others known."""
    known = {each["key"]: read(each) for each in others}
    return [str(each) for each in faults(read(raw), known)]


def parent(*lifecycles: str, waits: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    raw = child("parent", children=opening(*lifecycles, **more))
    if waits:
        raw["rounds"]["answer"]["waits_for"] = [{"children": "report", **waits}]
    return raw


def test_what_fits_has_no_fault() -> None:
    fitting = parent("report", waits={"until": "all"}, ends_with=True)

    assert told(fitting, child("report")) == []
    assert named(read(fitting)) == ("report",)


def test_a_lifecycle_that_nobody_knows_is_named() -> None:
    (fault,) = told(parent("report"))

    assert fault == (
        "children.report.lifecycle: names 'report', which is not known; publish it first, or check "
        "its file together with this one"
    )


@pytest.mark.parametrize("between", [(), ("annex",), ("annex", "action")])
def test_a_ring_is_named_whole(between: tuple[str, ...]) -> None:
    way = ["report", *between, "parent"]
    others = [
        child(key, children=opening(following)) for key, following in pairwise(way)
    ]  # fmt: skip

    (fault,) = told(parent("report"), *others)

    assert fault.startswith("children.report.lifecycle: closes a ring")
    assert fault.endswith(" → ".join(["parent", *way]))


def test_a_ring_further_down_or_two_children_of_one_kind_are_none_of_ours() -> None:
    report = child("report", children=opening("annex", "action"))
    annex = child("annex", children=opening("action"))
    ring = child("annex", children=opening("report"))

    assert told(parent("report", "annex"), report, annex, child("action")) == []
    assert told(parent("report"), report, ring, child("action")) == []
    assert len(told(report, ring, child("action"))) == 1


def test_a_child_whose_proposer_is_asked_nothing_needs_the_facts() -> None:
    silent = child("report")
    silent["rules"]["send"]["seats"][0]["of"] = "office:desk"
    writing = {**silent, "facts": "paper"}

    (fault,) = told(parent("report"), silent)

    assert "asks nobody of the proposer" in fault
    assert told(parent("report"), writing) == []


def test_what_ends_with_its_parent_has_an_end_for_it() -> None:
    lasting = child("report")
    del lasting["states"]["z"]["overtaken_by_parent"]

    (fault,) = told(parent("report", ends_with=True), lasting)

    assert "say overtaken_by_parent = true" in fault
    assert told(parent("report"), lasting) == []


@pytest.mark.parametrize(("ended_in", "at"), [(["done"], 0), (["accepted", "b"], 1)])
def test_what_a_child_has_to_end_in_is_an_end_of_it(ended_in: list[str], at: int) -> None:
    waiting = parent("report", waits={"until": "some", "ended_in": ended_in})

    fault = told(waiting, child("report"))[0]

    assert fault.startswith(f"rounds.answer.waits_for[0].ended_in[{at}]: names '{ended_in[at]}'")
    assert fault.endswith("its ends: z, accepted, declined")


def test_those_that_are_opened_come_first_and_else_the_order_given_stays() -> None:
    report, annex, other = child("report"), child("annex", children=opening("report")), child("x")
    given = [read(each) for each in (parent("annex", "report"), other, annex, report)]

    assert [each.key for each in opened_first(given)] == ["x", "report", "annex", "parent"]


def test_of_a_ring_each_comes_once() -> None:
    ring = [read(parent("report")), read(child("report", children=opening("parent")))]

    assert opened_first(ring) == tuple(ring)
