"""Whom to invite to a consultation: from the registers and the record, for officers alone, at a flat price."""

from datetime import timedelta

from sqlalchemy import select

from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.sharing.shared import INDIA, OFFICER, SCHOOL, listed
from workflow.engine.models import LifecycleCase
from workflow.programmes.page.invitations import consults, suggestions
from workflow.sharing.content import INSTITUTION
from workflow.sharing.suggestions import InvitingGround, Suggestion


def suggested(world: World, ref: str, who: str = OFFICER) -> tuple[Suggestion, ...]:
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        return suggestions(session, case, world.person(who), world.clock().date())


def grounds(found: tuple[Suggestion, ...]) -> dict[str, list[InvitingGround]]:
    return {each.key: [reason.ground for reason in each.reasons] for each in found}


def test_who_is_interested_shares_or_led_is_suggested_to_an_officer(world: World) -> None:
    led = world.programme("closed")
    listed(world)
    listed(world, INSTITUTION, SCHOOL)
    ref = world.programme("screening")

    found = suggested(world, ref)

    by = grounds(found)
    assert led != ref
    assert InvitingGround.SHARES in by["bra"]
    assert InvitingGround.RECORD in by["ind"]
    assert "moz" not in by
    assert "ago" not in by
    shares = [
        str(r.says) for each in found for r in each.reasons if r.ground is InvitingGround.SHARES
    ]
    assert shares == ["It shares in these areas: solution: 1, institution: 1."]


def test_nobody_else_is_told_and_what_is_not_listed_any_more_is_no_reason(world: World) -> None:
    listed(world)
    ref = world.programme("screening")

    others = [suggested(world, ref, who) for who in (INDIA, "joao.lima", "marie.laurent")]
    before = grounds(suggested(world, ref))["bra"]
    world.clock.at += timedelta(days=400)
    after = grounds(suggested(world, ref)).get("bra", [])

    assert others == [(), (), ()]
    assert InvitingGround.SHARES in before
    assert InvitingGround.SHARES not in after


def test_only_a_round_that_may_open_a_consultation_has_them(world: World) -> None:
    _, definition = world.engine.published("programme-standard")

    having = {key for key, spec in definition.rounds.items() if consults(definition, spec)}

    assert "screening" in having
    assert "decision" not in having


def test_more_programmes_and_entries_take_no_more_questions(world: World) -> None:
    ref = world.programme("screening")
    listed(world)
    with asked(world.engine.database) as few:
        suggested(world, ref)
    for _ in range(3):
        listed(world)
        world.programme("consultation")
    with asked(world.engine.database) as many:
        suggested(world, ref)

    assert sum(len(each.statements) for each in many.transactions) == sum(
        len(each.statements) for each in few.transactions
    )
