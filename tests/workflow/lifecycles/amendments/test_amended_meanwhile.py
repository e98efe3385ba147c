"""What comes meanwhile: amendments beside one another, after the end of a programme, and while it is suspended."""

import pytest

from tests.support.world import World
from tests.workflow.engine.cases.family import REF, events
from tests.workflow.lifecycles.amendments.amended import (
    EXTENSION,
    MANAGER,
    MINOR,
    OFFICER,
    SUBSTANTIVE,
    Amendment,
    figures,
    programme,
)
from workflow.audit.events.cases import FactsAmended, FactsKept
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete


@pytest.fixture
def amendment(world: World) -> Amendment:
    """An amendment of a programme of two countries, which an agency carries out."""
    return Amendment(programme(world))


def amended(world: World) -> list[tuple[str, tuple[str, ...] | None]]:
    """Which amendments changed the programme, and what of it."""
    told = (each.what for each in events(world, REF))
    return [(what.ref, what.changes) for what in told if isinstance(what, FactsAmended)]


def kept(world: World) -> list[tuple[str, str]]:
    """Which amendments changed nothing, and why."""
    told = (each.what for each in events(world, REF))
    return [(what.ref, what.why) for what in told if isinstance(what, FactsKept)]


def test_what_it_leaves_as_it_was_stays_whatever_comes_into_effect_meanwhile(world: World) -> None:
    extension, dearer = Amendment(programme(world)), Amendment(world, 2)
    whole = {"planned_end": "2028-06-30", "executing_agency": "undp"}
    dearer.agreed({**SUBSTANTIVE, **whole})
    extension.agreed(EXTENSION)
    extension.in_effect()
    dearer.in_effect()
    dearer.wait(hours=1)

    assert figures(world)[:2] == ("2029-06-30", "450000.00")
    assert amended(world) == [(extension.ref, ("planned_end",)), (dearer.ref, ("total_cost",))]
    assert verify(world.engine.database).sound


def test_the_second_that_changes_the_same_is_held_against_what_is_in_force_then_and_sent_again(
    world: World,
) -> None:
    first, second = Amendment(programme(world)), Amendment(world, 2)
    first.agreed(EXTENSION)
    second.agreed({**EXTENSION, "planned_end": "2029-12-31"})
    first.in_effect()
    first.wait(hours=1)
    with pytest.raises(Incomplete) as refused:
        second.in_effect()
    said = [str(each) for each in refused.value.missing]
    second.answer(OFFICER, "putting_in_effect", "again", "The end was changed meanwhile.")
    second.sent({**EXTENSION, "planned_end": "2029-12-31"}, again="From the new end.")
    second.answer(OFFICER, "classing", "confirm")
    second.board("deciding", "approve")
    second.in_effect()
    second.wait(hours=1)

    assert len(said) == 1
    assert (
        "was changed by another amendment since this was written; in force is now: 2029-06-30"
        in said[0]
    )
    assert figures(world)[0] == "2029-12-31"
    assert verify(world.engine.database).sound


def test_of_two_that_are_heard_at_once_the_second_changes_nothing_and_the_trail_says_so(
    world: World,
) -> None:
    first, second = Amendment(programme(world)), Amendment(world, 2)
    for each, end in ((first, "2029-06-30"), (second, "2029-12-31")):
        each.agreed({**EXTENSION, "planned_end": end})
    first.in_effect()
    second.in_effect()
    first.wait(hours=1)

    assert kept(world) == [(second.ref, "moved")]
    assert figures(world)[0] == "2029-06-30"
    assert verify(world.engine.database).sound


def test_ten_minor_ones_do_not_slip_through(world: World) -> None:
    first, second = Amendment(programme(world)), Amendment(world, 2)
    first.agreed(MINOR)
    first.in_effect()
    first.wait(hours=1)

    left = {**MINOR["lines"][0], "approved": "135000", "moved": "1"}
    with pytest.raises(Incomplete) as refused:
        second.sent({**MINOR, "lines": [left]})

    assert any("Together with earlier minor" in str(each) for each in refused.value.missing)
    tutors = {"output": "Tutors", "approved": "235000", "moved": "1000"}
    second.world.file(second.ref, "request", MANAGER, {**MINOR, "lines": [tutors]})
    second.answer(MANAGER, "sending", "send")
    assert second.state == "classing"


def test_one_that_takes_effect_after_the_programme_has_ended_changes_nothing_and_says_so(
    amendment: Amendment,
) -> None:
    world = amendment.world
    amendment.agreed(EXTENSION)
    world.answer(REF, "closing", OFFICER, "close")
    amendment.in_effect()
    amendment.wait(hours=1)

    assert kept(world) == [(amendment.ref, "too_late")]
    assert amended(world) == []
    assert figures(world)[0] != "2029-06-30"
    assert verify(world.engine.database).sound


def test_an_extension_is_asked_for_after_the_period_has_passed_and_says_so(
    amendment: Amendment,
) -> None:
    late = {**EXTENSION, "effective": "2028-08-01"}
    amendment.sent(late)
    amendment.answer(OFFICER, "classing", "confirm")

    assert amendment.state == "decision"


def test_a_suspended_programme_is_amended_and_goes_on_as_it_was_changed(world: World) -> None:
    before, meanwhile = Amendment(programme(world)), Amendment(world, 2)
    before.confirmed(EXTENSION)
    world.answer(REF, "pause", OFFICER, "go")
    before.board("deciding", "approve")
    before.in_effect()
    meanwhile.agreed({**SUBSTANTIVE, "total_cost": "450000"})
    meanwhile.in_effect()
    before.wait(days=1)
    suspended = world.state(REF), figures(world)[:2]
    world.answer(REF, "resume", OFFICER, "go")

    assert suspended == ("c", ("2029-06-30", "450000.00"))
    assert world.state(REF) == "b"
    assert verify(world.engine.database).sound
