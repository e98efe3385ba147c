"""Earmarked money is spent for what it is for, once its condition is met, and no other money for it."""

from datetime import timedelta

import pytest

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, MANAGER, counts, recorded
from tests.workflow.ledger.promise_acts.promised import earmarked, met
from workflow.audit.verification.verify import verify
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.ledger.accounts import MoneyAct


def given(world: World, ref: str, amount: str, **more: object) -> None:
    """Money committed and received."""
    for act in (MoneyAct.COMMITMENT, MoneyAct.RECEIPT):
        counts(world, ref, act, amount, **more)


def refused(world: World, ref: str, act: MoneyAct, amount: str, **more: object) -> dict[str, str]:
    """What is said at each field of a movement that is refused."""
    with pytest.raises(Invalid) as found:
        recorded(world, ref, act, amount, **more)  # type: ignore[arg-type]
    return {field: str(said) for field, said in found.value.faults.items()}


def test_money_of_an_earmark_is_spent_for_its_output_country_and_category(world: World) -> None:
    ref = world.programme("active")
    number = earmarked(world, ref, output="Courses", country="MOZ", category="Travel")
    given(world, ref, "1000", earmark=number)

    elsewhere = refused(
        world, ref, MoneyAct.EXPENDITURE, "10", earmark=number, output="Fuel", country="ago"
    )
    counts(
        world, ref, MoneyAct.EXPENDITURE, "10", earmark=number, output="courses", country="moz",
        category="Travel",
    )  # fmt: skip

    said = "Money of earmark 1 is for “{}”: write that here, or spend other money."
    assert elsewhere == {
        "output": said.format("Courses"),
        "country": said.format("MOZ"),
        "category": said.format("Travel"),
    }
    assert verify(world.engine.database).differences == []


def test_what_is_earmarked_is_spent_for_nothing_else_and_other_money_not_under_it(
    world: World,
) -> None:
    ref = world.programme("active")
    number = earmarked(world, ref, output="Courses")
    given(world, ref, "1000", earmark=number)
    given(world, ref, "50")

    free = refused(world, ref, MoneyAct.EXPENDITURE, "51", output="Fuel")
    under = refused(world, ref, MoneyAct.EXPENDITURE, "1001", output="Courses", earmark=number)

    assert "Of what was received of India, the office holds USD 50.00" in free["amount"]
    assert "of India under earmark 1, the office holds USD 1,000.00" in under["amount"]


def test_money_on_a_condition_is_used_once_it_is_met(world: World) -> None:
    ref = world.programme("active")
    number = earmarked(world, ref, condition="The half-year report is accepted")
    given(world, ref, "1000", earmark=number)
    world.clock.pass_time(days=3)
    today = world.clock.at.date()

    spent, passed_on = (
        refused(
            world,
            ref,
            act,
            "10",
            earmark=number,
            holder="undp" if act is MoneyAct.DISBURSEMENT else "",
        )
        for act in (MoneyAct.EXPENDITURE, MoneyAct.DISBURSEMENT)
    )
    met(world, ref, number, on=today - timedelta(days=1))
    before = refused(
        world, ref, MoneyAct.EXPENDITURE, "10", earmark=number, on=today - timedelta(days=2)
    )
    counts(world, ref, MoneyAct.EXPENDITURE, "10", earmark=number)

    assert "once “The half-year report is accepted” is met" in spent["earmark"]
    assert spent == passed_on == before
    assert verify(world.engine.database).differences == []


def test_a_disbursement_takes_its_earmark_along(world: World) -> None:
    ref = world.programme("active")
    number = earmarked(world, ref, output="Courses")
    given(world, ref, "1000", earmark=number)
    counts(world, ref, MoneyAct.DISBURSEMENT, "600", earmark=number, holder="undp")

    over = refused(
        world,
        ref,
        MoneyAct.EXPENDITURE,
        "601",
        earmark=number,
        holder="undp",
        output="Courses",
        who=MANAGER,
    )
    free = refused(world, ref, MoneyAct.EXPENDITURE, "1", holder="undp", who=MANAGER)

    assert "holds USD 600.00 of the money of India under earmark 1" in over["amount"]
    assert "holds USD 0.00 of the money of India on" in free["amount"]


@pytest.mark.parametrize(
    ("wish", "field", "said"),
    [
        ({}, "output", "for what the money is"),
        ({"output": "x" * 81}, "output", "At most 80"),
        ({"country": "XYZ"}, "country", "three letters"),
        ({"output": "Courses", "source": "nobody"}, "source", "Say whose money"),
    ],
)
def test_an_earmark_of_nothing_or_nobody_is_refused_at_its_field(
    world: World, wish: dict[str, str], field: str, said: str
) -> None:
    ref = world.programme("active")

    with pytest.raises(Invalid, match=said) as found:
        earmarked(world, ref, **wish)

    assert list(found.value.faults) == [field]
    assert earmarked(world, ref, output="Courses") == 1


def test_of_an_earmark_of_elsewhere_nothing_is_recorded(world: World) -> None:
    first, second = world.programmes("active", "active")
    earmarked(world, first, output="Courses")
    number = earmarked(world, second, output="Courses", source="nor")

    nowhere = refused(world, first, MoneyAct.COMMITMENT, "10", earmark=2)
    of_another = refused(world, second, MoneyAct.COMMITMENT, "10", earmark=number)
    of_a_pledge = refused(world, first, MoneyAct.PLEDGE, "10", earmark=1)

    assert nowhere == {"earmark": "There is no earmark 2 here."}
    assert of_another == {"earmark": "Earmark 1 is of the money of another source."}
    assert "Only what was committed" in of_a_pledge["earmark"]


def test_who_records_no_money_records_no_earmark(world: World) -> None:
    ref = world.programme("active")

    with pytest.raises(NotAuthorised):
        earmarked(world, ref, who=MANAGER, output="Courses")


def test_a_condition_is_met_once_today_at_the_latest_and_says_by_whom(world: World) -> None:
    ref = world.programme("active")
    earmarked(world, ref, output="Courses")
    number = earmarked(world, ref, condition="Audit done")
    tomorrow = world.clock.at.date() + timedelta(days=1)

    with pytest.raises(Invalid, match="has no condition"):
        met(world, ref, 1)
    with pytest.raises(NotFound):
        met(world, ref, 3)
    with pytest.raises(Invalid, match="today at the latest") as late:
        met(world, ref, number, on=tomorrow)
    with pytest.raises(Invalid, match="by whom"):
        met(world, ref, number, why=" ")
    met(world, ref, number, who=FINANCE)
    with pytest.raises(Stale):
        met(world, ref, number)

    assert list(late.value.faults) == ["on"]
