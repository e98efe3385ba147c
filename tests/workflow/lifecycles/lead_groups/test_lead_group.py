"""A lead group is put together by the office and carried to each of its ends."""

import pytest

from tests.support.world import World
from tests.workflow.lead_groups.house import (
    DIRECTOR,
    OFFICER,
    TERMS,
    constitution,
    formed,
    passed,
    taking_part,
)
from tests.workflow.lifecycles.lead_groups.carried import INDIA, SOUTH_AFRICA, ended_above, opened
from workflow.audit.verification.verify import verify
from workflow.engine.acts.whole import At
from workflow.errors import Refusal
from workflow.lead_groups.acts import decline, end, leave, sign
from workflow.lead_groups.form import form


@pytest.fixture
def house(world: World) -> World:
    """Countries can lead together here."""
    opened(world)
    return world


def declined(house: World) -> str:
    """A group whose terms of reference one member did not sign."""
    ref = form(house.engine, house.person(OFFICER), constitution("IND", "ZAF"), TERMS)
    sign(house.engine, house.person(INDIA), At(ref))
    decline(house.engine, house.person(SOUTH_AFRICA), At(ref), "Name what each brings.")
    return ref


def test_it_leads_until_the_director_ends_it(house: World) -> None:
    ref = formed(house, ["IND", "ZAF"])
    before = house.state(ref)

    ended_above(house, ref)

    assert (before, house.state(ref)) == ("leads", "ended")
    assert verify(house.engine.database).sound


def test_it_ends_as_one_member_is_left(house: World) -> None:
    ref = formed(house, ["IND", "ZAF"])

    leave(house.engine, house.person(SOUTH_AFRICA), At(ref), "Our means go elsewhere.")
    passed(house, days=61)

    assert house.state(ref) == "ended"
    assert taking_part(house, ref, "lead") == ["ind"]
    assert verify(house.engine.database).sound


def test_terms_that_a_member_does_not_sign_are_written_anew_and_signed_by_all(house: World) -> None:
    ref = declined(house)
    back = house.state(ref)

    house.answer(ref, "constituting", OFFICER, "constitute")
    sign(house.engine, house.person(SOUTH_AFRICA), At(ref))
    half = house.state(ref)
    sign(house.engine, house.person(INDIA), At(ref))

    assert (back, half, house.state(ref)) == ("draft", "forming", "leads")


def test_the_office_drops_it_with_a_reason(house: World) -> None:
    ref = declined(house)
    with pytest.raises(Refusal, match="needs a reason"):
        house.answer(ref, "constituting", OFFICER, "drop")

    house.answer(ref, "constituting", DIRECTOR, "drop", "South Africa does not wish to lead.")

    assert house.state(ref) == "dropped"
    assert verify(house.engine.database).sound


@pytest.mark.parametrize("who", [OFFICER, INDIA])
def test_nobody_but_the_director_ends_it(house: World, who: str) -> None:
    ref = formed(house, ["IND", "ZAF"])

    with pytest.raises(Refusal):
        end(house.engine, house.person(who), At(ref), "It has had its time.")

    assert house.state(ref) == "leads"
