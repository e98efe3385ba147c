"""A joint programme is carried to each of its ends, with a part for each country and the reports of all."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.engine.pages.opened import page
from tests.workflow.lifecycles.shipped.joint import (
    AGENCY,
    AUTHORITIES,
    DIRECTOR,
    DONOR,
    FINAL,
    MANAGER,
    MANAGERS,
    OFFICER,
    PLAN,
    Joint,
)
from tests.workflow.lifecycles.shipped.test_standard_ends import CANCELLED
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete, Refusal, RoundClosed


@pytest.fixture
def joint(world: World) -> Joint:
    """The programme as its draft is begun."""
    return Joint(world)


@pytest.fixture
def running(joint: Joint) -> Joint:
    """The programme once everybody signed."""
    joint.signed()
    return joint


def come(joint: Joint, *day: int) -> None:
    """Let a day come, and have time act."""
    joint.world.clock.at = datetime(*day, 12, tzinfo=UTC)
    joint.wait()


def test_with_the_last_signature_each_country_has_its_part(running: Joint) -> None:
    first, second = running.below()

    assert running.state == "running"
    assert running.below() == {f"{running.ref}.1": "running", f"{running.ref}.2": "running"}
    running.end_part(first, "ago")
    running.end_part(second, "moz")
    assert set(running.below().values()) == {"ended"}


def test_it_is_closed_once_every_part_is_ended_and_all_is_consolidated(running: Joint) -> None:
    ago, moz = running.below()
    running.end_part(ago, "ago")
    running.world.file(running.ref, "final_report", MANAGER, FINAL)
    with pytest.raises(RoundClosed) as refused:
        running.answer(MANAGER, "consolidating", "report")
    running.end_part(moz, "moz")
    running.wait()
    running.consolidate()
    accepted = running.state
    running.close()

    assert accepted == "evaluation"
    assert moz in str(refused.value)
    assert ago not in str(refused.value)
    assert running.state == "closed"
    assert verify(running.world.engine.database).sound


def test_one_country_is_suspended_alone_and_reports_when_it_goes_on(running: Joint) -> None:
    ago, moz = running.below()
    running.suspend(ago, "ago")
    come(running, 2026, 10, 1)
    during = running.below(ago), running.below(moz)
    with pytest.raises(Refusal):
        running.world.answer(ago, "finishing", MANAGERS["ago"], "report")
    running.world.answer(ago, "reviewing", DIRECTOR, "resume", "A dry site was named.")
    come(running, 2026, 10, 2)

    assert running.below() == {ago: "running", moz: "running"}
    assert during == ({}, {f"{moz}.1": "preparing"}), "nobody asks a country that is suspended"
    assert running.below(ago) == {f"{ago}.1": "preparing"}
    assert running.state == "running"


def test_nobody_ends_a_part_while_a_report_of_it_is_owed(running: Joint) -> None:
    ago, _ = running.below()
    come(running, 2026, 9, 2)
    with pytest.raises(RoundClosed, match=rf"{ago}\.1"):
        running.end_part(ago, "ago")
    running.report(f"{ago}.1", MANAGERS["ago"])
    running.wait()
    running.end_part(ago, "ago")

    assert running.below()[ago] == "ended"


def test_the_programme_reports_once_a_year_and_its_end_waits_for_that_too(running: Joint) -> None:
    ago, moz = running.below()
    running.end_part(ago, "ago")
    running.end_part(moz, "moz")
    come(running, 2027, 1, 1)
    running.world.file(running.ref, "final_report", MANAGER, FINAL)
    with pytest.raises(RoundClosed, match=rf"{running.ref}\.4"):
        running.answer(MANAGER, "consolidating", "report")
    running.report(f"{running.ref}.4", MANAGER)
    running.wait()
    running.consolidate()
    running.close()

    assert running.below()[f"{running.ref}.4"] == "accepted"
    assert running.state == "closed"


def cancelled(joint: Joint) -> None:
    """The Director cancels it with a notice of what is owed, having heard everybody concerned on it."""
    joint.world.file(joint.ref, "cancellation_notice", DIRECTOR, CANCELLED)
    joint.open(DIRECTOR, "cancelling", "The ministries were merged.")
    for who in (*AUTHORITIES.values(), AGENCY, DONOR):
        text = page(joint.world, joint.ref, "cancelling", who)
        assert "cancellation_notice" in [each.key for each in text.documents], who
        joint.answer(who, "cancelling", "agree")
    for who in ("arjun.mehta", "carla.duarte", "sipho.dlamini"):
        joint.answer(who, "cancelling", "noted")
    joint.answer(DIRECTOR, "cancelling", "cancel", "There is nobody to carry it out.")


def test_without_a_notice_it_is_not_cancelled(running: Joint) -> None:
    running.open(DIRECTOR, "cancelling", "The ministries were merged.")

    with pytest.raises(Incomplete):
        running.answer(DIRECTOR, "cancelling", "cancel", "At once.")

    assert running.state == "running"


def test_what_is_open_ends_with_a_programme_that_is_cancelled(running: Joint) -> None:
    ago, moz = running.below()
    running.end_part(ago, "ago")
    come(running, 2027, 1, 2)
    cancelled(running)

    assert running.state == "cancelled"
    assert running.below() == {
        ago: "ended", moz: "ended_with_programme",
        f"{running.ref}.3": "ended_above", f"{running.ref}.4": "ended_above",
    }  # fmt: skip
    assert running.below(moz) == {f"{moz}.1": "ended_above"}
    assert verify(running.world.engine.database).sound


def test_a_report_that_is_not_accepted_is_consolidated_again_and_opens_no_part_anew(
    running: Joint,
) -> None:
    ago, moz = running.below()
    running.end_part(ago, "ago")
    running.end_part(moz, "moz")
    running.wait()
    running.world.file(running.ref, "final_report", MANAGER, FINAL)
    running.answer(MANAGER, "consolidating", "report")
    running.answer(AUTHORITIES["ago"], "accepting", "return", "Who keeps the second balance?")
    back = running.state
    running.world.file(
        running.ref, "final_report", MANAGER, {**FINAL, "results": "Angola keeps the chemists."}
    )
    running.answer(MANAGER, "consolidating_again", "report", "It says so now.")
    for who in (OFFICER, *AUTHORITIES.values()):
        running.answer(who, "accepting", "accept")

    assert (back, running.state) == ("rewriting", "evaluation")
    assert len(running.below()) == 2


def test_a_country_that_asks_for_changes_gives_it_back(joint: Joint) -> None:
    joint.sent()
    joint.answer(AUTHORITIES["moz"], "endorsing", "endorse")
    joint.answer(AUTHORITIES["ago"], "endorsing", "return", "Our partner is another one.")

    assert joint.state == "returned"


@pytest.mark.parametrize(
    ("who", "key", "verdict", "end"),
    [
        (OFFICER, "screening", "reject", "rejected"),
        (OFFICER, "screening", "return", "returned"),
        ("joao.lima", "withdrawing", "withdraw", "withdrawn"),
    ],
)
def test_it_can_end_or_come_back_before_it_is_endorsed(
    joint: Joint, who: str, key: str, verdict: str, end: str
) -> None:
    joint.answer("joao.lima", "sending", "send")
    joint.answer(who, key, verdict, "Each of the two goes its own way.")

    assert joint.state == end


@pytest.mark.parametrize(("verdict", "end"), [("reject", "rejected"), ("return", "returned")])
def test_the_board_may_not_approve_it(joint: Joint, verdict: str, end: str) -> None:
    joint.recommended()

    joint.board("deciding", verdict, "The year's means are given.")

    assert joint.state == end
    assert joint.below() == {}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"participating_countries": ["MOZ"]}, "Fewer than two developing countries"),
        ({"participating_countries": ["MOZ", "AGO", "CPV"]}, "not those that take part"),
        ({"total_cost": "600000"}, "differ from the total"),
        ({"planned_end": "2025-12-31"}, "ends before it starts"),
        ({"participating_countries": ["MOZ", "AGO", "NOR"]}, "A donor country benefits"),
    ],
)
def test_what_is_no_joint_programme_cannot_be_sent(
    world: World, changed: dict[str, Any], said: str
) -> None:
    joint = Joint(world, **changed)

    with pytest.raises(Incomplete) as refused:
        joint.answer("joao.lima", "sending", "send")

    assert any(said in str(each) for each in refused.value.missing)


def test_the_joint_lifecycle_is_for_what_several_countries_do_together(joint: Joint) -> None:
    applies = joint.definition.applies

    assert PLAN["modality"] == applies.when[0].among[0]
    assert joint.state == "draft"
