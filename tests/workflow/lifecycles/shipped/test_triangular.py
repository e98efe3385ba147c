"""A triangular programme is carried to each of its ends, with a donor and without one."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from tests.workflow.partners.vetted import listed, vetted
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase, Round
from workflow.errors import Incomplete, Refusal, RoundClosed
from workflow.lifecycles.loader.files import load_file

PLAN: dict[str, Any] = {
    "title": "Soil laboratories for the Sahel",
    "framework": "F7",
    "modality": "triangular",
    "participating_countries": ["MOZ", "AGO"],
    "lead_country": ["MOZ"],
    "areas": ["agriculture"],
    "planned_start": "2027-01-01",
    "planned_end": "2028-06-30",
    "objective": "Two laboratories that test the soil of small farms.",
    "strategy": "Brazil's institute trains; the two countries build.",
    "executing_agency": "undp",
    "donors": ["nor"],
    "donor_part": "200000",
    "total_cost": "500000",
}
PEOPLE: dict[str, Any] = {
    "gives": ["people"],
    "in_kind": [{"form": "people", "what": "Chemists", "quantity": "2", "by": "2027-03-01"}],
    "reads": ["reports"],
}
ALONE = {key: value for key, value in PLAN.items() if key not in ("donors", "donor_part")}
AUTHORITIES = ("graca.mabunda", "domingos.neto")
DIRECTOR, AGENCY, MANAGER, ASSURER = (
    "elena.petrova", "kenji.watanabe", "beatriz.costa", "oluwaseun.ade",
)  # fmt: skip


def sent(world: World, plan: dict[str, Any]) -> Carried:
    """A proposal that was sent and screened."""
    carried = Carried(world, "triangular", plan)
    carried.answer("joao.lima", "sending", "send")
    carried.answer("jane.okello", "screening", "accept")
    return carried


def concluded(carried: Carried, *advisers: str) -> None:
    """The committee advises and its chair recommends it."""
    for who in ("kenji.watanabe", "ravi.chand", *advisers):
        carried.answer(who, "appraising", "recommend")
    carried.answer("fatou.ndiaye", "concluding", "recommend")


def asked_of_norway(world: World) -> Carried:
    """A proposal that the committee recommended, with an agreement for Norway to sign."""
    publish(world.engine, load_file(SHIPPED / "agreement.toml"))
    asked = [{"number": "1", "donor": "nor", "about": "Two chemists", "asked": "200000"}]
    carried = sent(world, {**PLAN, "contributions": asked})
    concluded(carried, "ingrid.solberg")
    return carried


def agreed_with(carried: Carried, *donors: str) -> None:
    """Each donor, which is vetted, signs the agreement of its line, and the office puts it before the Board."""
    world = carried.world
    for number, who in enumerate(donors, 1):
        below = f"{carried.ref}.{number}"
        world.file(below, "agreement", who, PEOPLE)
        world.answer(below, "drawing_up", who, "send")
        for signing in (who, DIRECTOR):
            world.answer(below, "signing", signing, "sign")
    sweep(world.engine)
    carried.answer("jane.okello", "agreeing", "agreed")


def finished(carried: Carried, *donors: str) -> None:
    """It is signed, carried out, reported and accepted, in a house that has evaluations."""
    publish(carried.world.engine, load_file(SHIPPED / "evaluation.toml"))
    for who in ("elena.petrova", *AUTHORITIES, "kenji.watanabe", *donors):
        carried.answer(who, "signing", "sign")
    carried.world.file(
        carried.ref, "final_report", "kenji.watanabe", {"results": "Both of them test soil."}
    )
    carried.answer("kenji.watanabe", "reporting", "report")
    for who in ("joao.lima", *donors):
        carried.answer(who, "accepting", "accept")


def waived(carried: Carried, number: int = 1) -> None:
    """The Director waives the final evaluation, the child case of this number; the quality assurer and the Director close the programme."""
    below, world = f"{carried.ref}.{number}", carried.world
    world.file(below, "waiver", DIRECTOR, {"reasons": "It is a small one."})
    world.answer(below, "waiving", DIRECTOR, "waive")
    for who in (ASSURER, DIRECTOR):
        carried.answer(who, "closing", "close")


def test_a_donor_agrees_before_the_board_decides_and_signs_with_the_others(world: World) -> None:
    listed(world)
    vetted(world)
    carried = asked_of_norway(world)
    asked = carried.state
    agreed_with(carried, "ingrid.solberg")
    agreed = carried.state
    carried.board("deciding", "approve")
    finished(carried, "ingrid.solberg")
    reported = carried.state
    waived(carried, 2)

    assert (asked, agreed, reported) == ("donor_agreement", "decision", "evaluation")
    assert carried.state == "closed"
    assert verify(world.engine.database).sound


def test_without_a_donor_nobody_waits_for_one(world: World) -> None:
    carried = sent(world, ALONE)
    concluded(carried)
    decided = carried.state
    carried.board("deciding", "approve")
    finished(carried)
    waived(carried)

    assert (decided, carried.state) == ("decision", "closed")


def test_a_donor_that_joins_with_a_changed_text_is_asked_from_then_on(world: World) -> None:
    carried = sent(world, ALONE)
    concluded(carried)
    carried.board("deciding", "return", "Who pays for the buildings?")
    carried.world.file(carried.ref, "proposal", "joao.lima", PLAN)
    carried.answer("joao.lima", "sending", "send", "Norway has joined.")
    carried.answer("jane.okello", "screening", "accept")
    concluded(carried, "ingrid.solberg")

    assert carried.state == "donor_agreement"


def test_where_a_donor_does_not_agree_the_proposal_goes_back(world: World) -> None:
    carried = asked_of_norway(world)
    world.answer(
        f"{carried.ref}.1", "drawing_up", "ingrid.solberg", "decline", "Not for buildings."
    )
    sweep(world.engine)
    carried.answer("jane.okello", "giving_back", "return", "Norway does not give.")

    assert carried.state == "returned"


def test_a_donor_never_leads(world: World) -> None:
    carried = Carried(world, "triangular", {**PLAN, "lead_country": ["NOR"]})

    with pytest.raises(Incomplete) as refused:
        carried.answer("joao.lima", "sending", "send")

    assert any("A donor never leads" in str(each) for each in refused.value.missing)


@pytest.mark.parametrize(
    ("ways", "end"),
    [
        ((("jane.okello", "screening", "reject", "Purely national."),), "rejected"),
        ((("joao.lima", "withdrawing", "withdraw", "Not this year."),), "withdrawn"),
    ],
)
def test_it_can_end_before_it_is_decided(
    world: World, ways: tuple[tuple[str, str, str, str], ...], end: str
) -> None:
    carried = Carried(world, "triangular", PLAN)
    carried.answer("joao.lima", "sending", "send")
    for who, key, verdict, reason in ways:
        carried.answer(who, key, verdict, reason)

    assert carried.state == end


def test_a_question_to_the_countries_does_not_stop_the_clock_of_the_appraisal(world: World) -> None:
    carried = sent(world, ALONE)
    before = carried.due("appraising")
    carried.open("fatou.ndiaye", "asking_countries", "Who owns the land?")
    waiting = carried.ready("graca.mabunda"), carried.ready("domingos.neto")
    running = carried.due("appraising")
    for who in AUTHORITIES:
        carried.answer(who, "asking_countries", "explain", "The province.")
    concluded(carried)

    assert waiting == (True, True)
    assert before == running
    assert carried.state == "decision"


def advised(world: World) -> Carried:
    """A proposal on which the committee advised, so that its chair is asked to conclude."""
    carried = sent(world, ALONE)
    for who in ("kenji.watanabe", "ravi.chand"):
        carried.answer(who, "appraising", "recommend")
    return carried


def test_the_chair_opens_the_appraisal_again_and_nobody_concludes_before_it_is_heard(
    world: World,
) -> None:
    carried = advised(world)
    carried.answer("fatou.ndiaye", "advising_again", "again", "The budget was changed orally.")
    asked = carried.ready("kenji.watanabe"), carried.ready("ravi.chand")
    with pytest.raises(Refusal):
        carried.answer("fatou.ndiaye", "concluding", "recommend")
    concluded(carried)

    assert asked == (True, True)
    assert carried.state == "decision"
    assert turns(carried, "appraising") == ["settled", "settled"]
    assert turns(carried, "concluding") == ["overtaken", "settled"]
    assert verify(world.engine.database).sound


def test_it_may_be_opened_a_third_time(world: World) -> None:
    carried = advised(world)
    for _ in range(2):
        carried.answer("fatou.ndiaye", "advising_again", "again", "Once more.")
        for who in ("kenji.watanabe", "ravi.chand"):
            carried.answer(who, "appraising", "recommend")

    assert turns(carried, "appraising") == ["settled", "settled", "settled"]
    assert turns(carried, "concluding") == ["overtaken", "overtaken", "open"]


def test_what_is_still_open_is_not_opened_again(world: World) -> None:
    carried = sent(world, ALONE)

    with pytest.raises(RoundClosed, match="waits until “Appraisal” has been answered"):
        carried.answer("fatou.ndiaye", "advising_again", "again", "Once more.")

    assert turns(carried, "appraising") == ["open"]


@pytest.mark.parametrize("who", ["ravi.chand", "jane.okello", "joao.lima"])
def test_only_those_whom_the_lifecycle_names_open_it_again(world: World, who: str) -> None:
    carried = advised(world)

    with pytest.raises(Refusal):
        carried.answer(who, "advising_again", "again", "Once more.")

    assert turns(carried, "appraising") == ["settled"]


def test_opening_again_needs_a_reason(world: World) -> None:
    carried = advised(world)

    with pytest.raises(Refusal, match="needs a reason"):
        carried.answer("fatou.ndiaye", "advising_again", "again")


def turns(carried: Carried, key: str) -> list[str]:
    """How each opening of a round stands, the first one first."""
    rounds = select(Round.status).join(LifecycleCase, LifecycleCase.id == Round.case_id)
    named = rounds.where(LifecycleCase.ref == carried.ref, Round.key == key)
    with carried.world.engine.reading() as session:
        return list(session.scalars(named.order_by(Round.turn)))
