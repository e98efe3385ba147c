"""Who is asked in a consultation is composed by an officer: countries are added and left out, each with a reason."""

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.clauses.consulted import INDIA, OFFICER
from tests.workflow.engine.pages.opened import viewer
from tests.workflow.lifecycles.shipped.test_framework import Framed
from workflow.audit.verification.verify import verify
from workflow.engine.models import Round, Seat
from workflow.engine.permissions.personal.invited import InvitedChange, changes
from workflow.errors import Invalid
from workflow.people.models import Party

WHY = "It has shared what it learned in the last framework."


def line(country: str, change: str, reason: str = WHY) -> dict[str, str]:
    """One line of an invitation."""
    return {"country": country, "change": change, "reason": reason}


def invite(framed: Framed, *lines: dict[str, str], during: bool = False) -> None:
    """The officer sends the invitation, or changes it while the countries are asked."""
    of = ("inviting", "invite") if during else ("beginning", "consult")
    framed.world.answer(framed.ref, of[0], OFFICER, of[1], "", {"invitation": [*lines]})


def asked(framed: Framed) -> dict[str, tuple[str, str]]:
    """The seats of the consultation: how each stands, and why it was asked."""
    of_round = (
        select(Party.key, Seat.status, Seat.because)
        .join(Seat, Seat.party_id == Party.id)
        .join(Round, Round.id == Seat.round_id)
        .where(Round.key == "consulting")
    )
    with framed.world.engine.reading() as session:
        return {key: (status, why) for key, status, why in session.execute(of_round)}


def told(framed: Framed) -> tuple[InvitedChange, ...]:
    with framed.world.engine.reading() as session:
        seen = viewer(framed.world, session, framed.ref, OFFICER)
        return changes(session, seen.case.id, seen.definition.rounds["consulting"])


@pytest.fixture
def framed(world: World) -> Framed:
    """A framework that is being formulated."""
    return Framed(world)


def test_a_country_is_left_out_and_another_added_with_the_reason(framed: Framed) -> None:
    framed.appoint("joao.lima", "pivotal_focal", "moz")

    invite(framed, line("BRA", "drop", "It asked not to be."), line("MOZ", "add"))

    found = asked(framed)
    assert "bra" not in found
    assert found["moz"] == ("open", "invited besides")
    assert [(each.party, each.added, each.reason, each.person) for each in told(framed)] == [
        ("Brazil", False, "It asked not to be.", "Jane Okello"),
        ("Mozambique", True, WHY, "Jane Okello"),
    ]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([line("IND", "add")], "India is asked anyway"),
        ([line("MOZ", "drop")], "Mozambique would not be asked anyway"),
        ([line("MOZ", "add")], "Nobody is focal point for Mozambique"),
        ([line("BRA", "drop"), line("BRA", "drop")], "BRA stands there twice"),
        (
            [line(each, "drop") for each in ("BRA", "CHN", "IND", "MYS", "THA")],
            "Fewer than 2 countries",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_the_invitation(
    framed: Framed, lines: list[dict[str, str]], why: str
) -> None:
    with pytest.raises(Invalid) as refused:
        invite(framed, *lines)

    assert why in str(refused.value.faults["invitation"])
    assert (framed.state, asked(framed)) == ("formulation", {})


def test_a_change_without_a_reason_is_refused(framed: Framed) -> None:
    with pytest.raises(Invalid) as refused:
        invite(framed, {"country": "BRA", "change": "drop"})

    assert "invitation" in refused.value.faults


def test_who_joins_later_has_a_seat_and_who_leaves_has_none_while_answers_stay(
    framed: Framed,
) -> None:
    framed.appoint("joao.lima", "pivotal_focal", "moz")
    invite(framed)
    framed.world.answer(framed.ref, "consulting", INDIA, "support", "", {})

    invite(framed, line("MOZ", "add"), line("BRA", "drop"), line("IND", "drop"), during=True)

    found = {key: status for key, (status, _) in asked(framed).items()}
    assert (found["moz"], found["bra"], found["ind"]) == ("open", "overtaken", "answered")
    assert verify(framed.world.engine.database).sound
