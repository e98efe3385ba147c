"""Stepping back, taking an initiative, and the receipt."""

from uuid import uuid4

import pytest

from tests.support.deciding import decide, hidden, opened, round_page
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from tests.workflow.engine.commands.test_sign import decision
from tests.workflow.engine.permissions.test_mandates import mandate
from workflow.engine import commands, round_state
from workflow.engine.permissions.visibility import visible_case

WHY = "My ministry drafted the annex."


def step_back(visitor: Visitor, address: str, reason: str = WHY, **changed: str):
    """Send the form for stepping back as the page shows it."""
    path = address.partition("?")[0]
    return decide(visitor, address, {"recusal-reason": reason, **changed}, to=f"{path}/recusal")


def status_of(world: World, ref: str, key: str, seat: int | None) -> str:
    with world.engine.reading() as session:
        case = visible_case(session, ref, world.person("marie.laurent"), world.engine.now())
        round_ = round_state.latest(session, case.id, key)
    assert round_ is not None
    return next(seat_state.status for seat_state in round_.seats if seat_state.id == seat)


def test_stepping_back_takes_the_seat_out_and_leads_to_a_receipt(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    seat = world.seat(ref, "consultation", world.person("priya.menon"))

    answer = step_back(priya, address)

    assert answer.status_code == 303
    assert status_of(world, ref, "consultation", seat) == "recused"
    receipt = priya.page(answer.headers["Location"])
    assert "Stepped back from the seat" in receipt
    assert WHY in receipt


def test_stepping_back_without_a_reason_is_refused(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    seat = world.seat(ref, "consultation", world.person("priya.menon"))

    answer = step_back(priya, address, reason=" ")

    assert answer.status_code == 422
    assert "Stepping back needs a reason." in words(answer)
    assert "<details" in words(answer)
    assert status_of(world, ref, "consultation", seat) == "open"


def test_stepping_back_from_a_stale_page_is_refused_with_the_words_kept(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    seat = world.seat(ref, "consultation", world.person("priya.menon"))

    answer = step_back(priya, address, **{"recusal-seen_version": "1"})

    assert answer.status_code == 409
    assert WHY in words(answer)
    assert status_of(world, ref, "consultation", seat) == "open"


def test_a_stranger_cannot_step_back_for_somebody_else(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    seat = world.seat(ref, "consultation", world.person("priya.menon"))
    address = f"/programmes/{ref}/rounds/consultation/1?seat={seat}"
    version = str(world.version(ref))
    sent = {"recusal-seen_version": version, "recusal-key": uuid4().hex, "seat": str(seat)}

    answer = step_back(enter("tom.becker"), address, **sent)

    assert answer.status_code == 403
    assert status_of(world, ref, "consultation", seat) == "open"


def test_the_submitter_withdraws_in_one_act(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    joao = enter("joao.lima")

    answer = decide(
        joao,
        f"/programmes/{ref}/initiatives/withdrawal",
        {"verdict": "withdraw", "reason": "The ministry has other plans."},
    )

    assert answer.status_code == 303
    assert world.state(ref) == "withdrawn"
    assert "Withdraw" in joao.page(answer.headers["Location"])


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"reason": ""}, 422), ({"seen_version": "1"}, 409), ({"verdict": ""}, 422)],
)
def test_a_refused_withdrawal_writes_nothing(
    world: World, enter: Enter, changed: dict[str, str], status: int
) -> None:
    ref = world.programme("screening")
    form = {"verdict": "withdraw", "reason": "The ministry has other plans.", **changed}

    answer = decide(enter("joao.lima"), f"/programmes/{ref}/initiatives/withdrawal", form)

    assert answer.status_code == status
    assert world.state(ref) == "screening"
    if changed.get("reason") is None:
        assert "The ministry has other plans." in words(answer)


def test_a_stranger_cannot_withdraw(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), f"/programmes/{ref}/initiatives/withdrawal"
    form = {
        **opened(jane, f"/programmes/{ref}/rounds/screening/1"),
        "verdict": "withdraw",
        "reason": "No.",
    }

    shown = jane.page(address)
    answer = jane.flask.post(address, data=form)

    assert "João Lima" in shown
    assert answer.status_code == 403
    assert world.state(ref) == "screening"


def test_opening_a_hearing_asks_everybody_and_leads_to_a_receipt(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    elena, address = enter("elena.petrova"), f"/programmes/{ref}/initiatives/suspension"

    shown = elena.page(address)
    answer = decide(elena, address, {"reason": "The road is closed."})

    assert "Who would be asked" in shown
    assert answer.status_code == 303
    assert "Suspension opened" in elena.page(answer.headers["Location"])
    assert "give your view on suspending the programme" in enter("graca.mabunda").page("/queue")


def test_a_hearing_needs_a_reason(world: World, enter: Enter) -> None:
    ref = world.programme("active")
    elena, address = enter("elena.petrova"), f"/programmes/{ref}/initiatives/suspension"

    answer = decide(elena, address, {"reason": ""})

    assert answer.status_code == 422
    assert "Opening this round needs a reason." in words(answer)


def test_a_hearing_that_is_open_already_is_where_the_initiative_leads(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    elena, address = enter("elena.petrova"), f"/programmes/{ref}/initiatives/suspension"
    form = {**opened(elena, address), "reason": "The road is closed."}
    elena.flask.post(address, data=form)
    again = {**form, "key": uuid4().hex, "seen_version": str(world.version(ref))}

    led = elena.get(address)
    refused = elena.flask.post(address, data=again)

    assert led.status_code == 303
    assert led.headers["Location"] == f"/programmes/{ref}/rounds/suspension/1"
    assert refused.status_code == 409


def test_there_is_no_initiative_that_the_lifecycle_does_not_know(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    jane = enter("jane.okello")

    assert jane.get(f"/programmes/{ref}/initiatives/screening").status_code == 404
    assert jane.get(f"/programmes/{ref}/initiatives/nothing").status_code == 404
    assert jane.get("/programmes/SSC-1900-001/initiatives/withdrawal").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("marie.laurent", 200), ("ravi.chand", 404)])
def test_a_receipt_is_shown_to_its_signer_and_auditors_alone(
    world: World, enter: Enter, who: str, status: int
) -> None:
    ref = world.programme("screening")
    signed = world.answer(ref, "screening", "jane.okello", "return", "Name the money.")

    answer = enter(who).get(f"/programmes/{ref}/receipts/{signed.seq}")

    assert answer.status_code == status


def test_a_receipt_leads_on_to_the_next_in_the_queue(world: World, enter: Enter) -> None:
    first, second = world.programme("screening"), world.programme("screening")
    jane = enter("jane.okello")
    address = round_page(world, first, "screening", "jane.okello")

    answer = decide(jane, address, {"verdict": "return", "reason": "Name the money."})

    receipt = jane.page(answer.headers["Location"])
    assert f"/programmes/{second}/rounds/screening/1?seat=" in receipt
    assert "Next in your queue" in receipt


def test_every_page_of_a_form_carries_a_key_of_its_own(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), f"/programmes/{ref}/rounds/screening/1"

    keys = {hidden(jane.page(address))["key"] for _ in range(3)}

    assert len(keys) == 3


def test_a_receipt_names_both_the_signatory_and_whom_they_stand_for(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa")
    wish = decision(world, ref, "screening", "open_consultation")
    receipt = commands.sign(world.engine, world.person("paulo.sa"), wish)

    page = enter("paulo.sa").page(f"/programmes/{ref}/receipts/{receipt.seq}")

    assert "Paulo Sá for Jane Okello, under a mandate" in page
    assert "I have checked this proposal" in page
    assert receipt.content in page
