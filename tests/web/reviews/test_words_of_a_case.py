"""Pages on a case speak the words of the lifecycle that it follows, beside others that speak their own."""

import re

import pytest
from sqlalchemy import select

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import ASSURER, TERMS, ended
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_emergency import APPEAL
from workflow.engine.models import Seat


@pytest.fixture
def appeal(world: World) -> Carried:
    """An appeal that is being written, beside a house that follows the standard lifecycle."""
    return Carried(world, "emergency", APPEAL)


def said(page: str) -> str:
    """What a page says in its content, without the menu of the person."""
    return told(page[page.index("<main") :])


def test_who_signs_does_so_in_the_role_as_their_own_lifecycle_calls_it(
    appeal: Carried, enter: Enter
) -> None:
    check = f"/programmes/{appeal.ref}/documents/appeal/edit/check-and-submit"

    page = said(enter("joao.lima").page(check))

    assert "Send the appeal as Government in need of Mozambique" in page


def test_queue_home_folder_round_and_letter_call_a_role_as_the_lifecycle_of_the_case_does(
    appeal: Carried, enter: Enter
) -> None:
    appeal.answer("joao.lima", "appealing", "appeal")
    with appeal.world.engine.reading() as session:
        seat = session.scalars(select(Seat.id).where(Seat.role == "unit_officer")).one()
    jane = enter("jane.okello")
    case = f"/programmes/{appeal.ref}"
    addresses = ("/queue", "/", case, f"{case}/rounds/checking/1", f"/queue/folder?seat={seat}")

    pages = {address: said(jane.page(address)) for address in addresses}
    appeal.answer("jane.okello", "checking", "circulate")
    arjun = enter("arjun.mehta")
    silence = f"{case}/rounds/under_silence/1"
    later = {each: said(arjun.page(each)) for each in ("/queue", silence, f"{silence}/letters/ind")}

    for address, page in pages.items():
        assert "Fund manager, Special Unit" in page or address == case, address
        assert "Programme officer" not in page or address in {"/", "/queue"}, address
    for address, page in later.items():
        assert "Director of the Fund, India" in page, address
        assert "Board member" not in page or address == "/queue", address


def test_a_case_of_the_first_lifecycle_keeps_its_words(appeal: Carried, enter: Enter) -> None:
    ref = appeal.world.programme("screening")

    page = said(enter("jane.okello").page(f"/programmes/{ref}/rounds/screening/1"))

    assert "Programme officer" in page
    assert "Fund manager" not in page


def test_what_is_no_programme_is_called_by_what_it_is(world: World, enter: Enter) -> None:
    evaluation = ended(world)
    evaluation.file(ASSURER, "terms", TERMS)
    at = round_page(world, evaluation.ref, "writing_the_terms", ASSURER)
    oluwaseun, jane = enter(ASSURER), enter("jane.okello")

    page = oluwaseun.page(at)
    barred = said(
        jane.get(f"/programmes/{evaluation.ref}/documents/terms/edit").get_data(as_text=True)
    )
    receipt = oluwaseun.page(decide(oluwaseun, at, {"verdict": "send"}).headers["Location"])
    history = jane.page(f"/histories/{evaluation.ref}")

    assert "the evaluation stands in “Terms of reference”" in said(page)
    assert "The evaluation moves to “Comments on the terms”." in said(page)
    assert "The evaluation is now in: Terms of reference." in barred
    assert "The evaluation stands in “Comments on the terms” now." in said(receipt)
    assert "To the evaluation" in said(receipt)
    for each in (page, history):
        assert "Evaluation</a>" in each
    for each in (said(page), barred, said(receipt)):
        assert not re.search(r"[Tt]he programme (stands|moves|is now)|To the programme", each)


def test_a_programme_is_called_one(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("jane.okello").page(round_page(world, ref, "screening", "jane.okello"))

    assert "the programme stands in “Screening”" in said(page)
    assert "Programme</a>" in page
