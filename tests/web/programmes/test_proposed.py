"""What an amendment would change stands beside what is in force: on its page, in its text and on decisions."""

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.permissions.test_mandates import mandate
from tests.workflow.lifecycles.amendments.amended import (
    EXTENSION,
    MANAGER,
    MINOR,
    OFFICER,
    PLAN,
    Amendment,
    programme,
)
from workflow.audit.verification.verify import verify

OTHER = {
    **EXTENSION,
    "class": "substantive",
    "changes": ["end", "objective", "total", "lines"],
    "objective": "Nurses of three countries are trained in their own language.",
    "total_cost": "450000",
    "lines": [{**MINOR["lines"][0], "moved": "50000", "to_output": "Tutors"}],
}


@pytest.fixture
def amendment(world: World) -> Amendment:
    """An amendment that the officer is asked about."""
    found = Amendment(programme(world))
    found.sent(OTHER)
    return found


@pytest.mark.parametrize("page", ["", "/documents/request", "/rounds/classing/1"])
def test_in_force_stands_beside_proposed(amendment: Amendment, enter: Enter, page: str) -> None:
    said = told(enter(OFFICER).page(f"/programmes/{amendment.ref}{page}"))

    assert "In force beside proposed" in said
    assert "Nurses of removed: two countries" in said
    assert "Nurses of added: three countries" in said
    assert "End removed: 30 June 2028 added: 30 June 2029 365 days later" in said
    assert "Total cost (USD) removed: USD 385,000 added: USD 450,000 USD 65,000 more" in said
    assert "Courses in Portuguese removed: USD 150,000 added: USD 100,000 USD 50,000 less" in said
    assert "Tutors removed: USD 235,000 added: USD 285,000 USD 50,000 more" in said


def test_the_form_begins_with_what_is_in_force(world: World, enter: Enter) -> None:
    found = Amendment(programme(world))

    page = enter(MANAGER).page(f"/programmes/{found.ref}/documents/request/edit/figures")

    assert PLAN["objective"] in page
    assert PLAN["planned_end"] in page


def test_what_was_changed_meanwhile_is_said_before_it_is_decided(
    world: World, enter: Enter
) -> None:
    first, second = Amendment(programme(world)), Amendment(world, 2)
    second.agreed({**EXTENSION, "planned_end": "2029-12-31"})
    first.agreed(EXTENSION)
    first.in_effect()
    first.wait(hours=1)

    said = told(enter(OFFICER).page(f"/programmes/{second.ref}/rounds/putting_in_effect/1"))

    assert (
        "was changed by another amendment since this was written; in force is now: 30 Jun" in said
    )


def test_a_programme_has_nothing_proposed(amendment: Amendment, enter: Enter) -> None:
    assert "In force beside" not in enter(OFFICER).page(f"/programmes/{amendment.above}")


def test_a_substitute_answers_for_who_is_absent_and_both_are_named(
    world: World, enter: Enter
) -> None:
    found = Amendment(programme(world))
    found.sent({**OTHER, "lines": []})
    mandate(world, OFFICER, "paulo.sa", scope=f"case:{found.ref}")
    found.answer("paulo.sa", "classing", "confirm")

    said = told(enter(MANAGER).page(f"/programmes/{found.ref}/rounds/classing/1"))

    assert "Paulo Sá" in said
    assert "Jane Okello" in said
    assert verify(world.engine.database).sound
