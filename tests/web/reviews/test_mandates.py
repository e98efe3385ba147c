"""Mandates on the pages: given, used with both names in sight, and revoked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.deciding import decide, opened
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from tests.web.reviews.answered import CHECKED
from workflow.people.appointments import APART
from workflow.people.models import Appointment, Person

MANDATES = "/people/mandates"
HOLDERS = select(Person.email).join(Appointment, Appointment.person_id == Person.id)
AUDITOR = HOLDERS.where(Appointment.role == "auditor")


def given(world: World, jane: Visitor, **changes: str) -> dict[str, str]:
    """The form of a mandate for a week, filled in for Paulo Sá."""
    today = world.engine.now().date()
    page = jane.page(MANDATES)
    office = page.split('name="appointment"')[1].split('value="')[1].split('"')[0]
    return {
        **opened(jane, MANDATES),
        "appointment": office,
        "delegate": str(world.person("paulo.sa")),
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=7)).isoformat(),
        "round": "",
        "ref": "",
        "reason": "I am on mission in Maputo.",
        **changes,
    }


def give(world: World, jane: Visitor, **changes: str) -> int:
    return jane.flask.post(MANDATES, data=given(world, jane, **changes)).status_code


def test_a_mandate_is_given_and_listed_on_both_sides(world: World, enter: Enter) -> None:
    jane = enter("jane.okello")

    status = give(world, jane)

    assert status == 303
    assert "Revoke the mandate of Paulo" in jane.page(MANDATES)
    received = enter("paulo.sa").page(MANDATES)
    assert "Jane Okello" in received
    assert "Revoke the mandate" not in received


def test_a_faulty_mandate_comes_back_with_its_words_kept(world: World, enter: Enter) -> None:
    jane = enter("jane.okello")

    answer = jane.flask.post(MANDATES, data=given(world, jane, starts_on="2026-01-01"))

    assert answer.status_code == 422
    assert "never retroactive" in words(answer)
    assert "I am on mission in Maputo." in words(answer)


def test_a_programme_that_is_not_there_is_refused_beside_its_field(
    world: World, enter: Enter
) -> None:
    jane = enter("jane.okello")

    answer = jane.flask.post(MANDATES, data=given(world, jane, ref="SSC-1900-001"))

    assert answer.status_code == 422
    assert "There is no programme called SSC-1900-001." in words(answer)


def test_a_delegate_finds_decides_and_is_named_with_the_holder(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    give(world, enter("jane.okello"))
    paulo = enter("paulo.sa")
    queue = paulo.page("/queue")
    seat = queue.split(f"/programmes/{ref}/rounds/screening/1?seat=")[1].split('"')[0]
    address = f"/programmes/{ref}/rounds/screening/1?seat={seat}"
    review = paulo.page(address)

    answer = decide(paulo, address, {"verdict": "open_consultation", **CHECKED, "seat": seat})

    assert "for Jane Okello, under a mandate" in queue
    assert "for Jane Okello, under the mandate of" in review
    assert "Step back (recuse)" not in review
    assert answer.status_code == 303
    assert "for Jane Okello, under a mandate" in paulo.page(address)
    line = paulo.page(f"/histories/{ref}").split(", under a mandate")[0]
    assert "Jane Okello" in line[-40:]


def test_a_revoked_mandate_no_longer_decides(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, paulo = enter("jane.okello"), enter("paulo.sa")
    give(world, jane)
    address = f"/programmes/{ref}/rounds/screening/1"
    form = {**opened(paulo, address), "verdict": "open_consultation", **CHECKED}

    revoked = jane.post(f"{MANDATES}/1/revocation", page=MANDATES)
    refused = paulo.flask.post(address, data=form)

    assert revoked.status_code == 303
    assert refused.status_code == 403
    assert "revoked" in paulo.page(MANDATES)
    assert world.state(ref) == "screening"


def test_a_strangers_revocation_is_not_found(world: World, enter: Enter) -> None:
    give(world, enter("jane.okello"))
    priya = enter("priya.menon")

    answer = priya.post(f"{MANDATES}/1/revocation", page=MANDATES)

    assert answer.status_code == 404


def test_an_auditor_reads_of_mandates_on_the_register(world: World, enter: Enter) -> None:
    give(world, enter("jane.okello"))

    with world.engine.reading() as session:
        auditor = session.execute(AUDITOR).scalars().first()

    assert auditor is not None
    assert "gave Paulo" in enter(auditor.split("@")[0]).page("/histories/REGISTER")


@pytest.mark.parametrize("role", APART)
def test_who_takes_part_in_no_case_is_offered_no_mandate_to_give(
    world: World, enter: Enter, role: str
) -> None:
    with world.engine.reading() as session:
        email = session.scalars(HOLDERS.where(Appointment.role == role)).first()

    assert email is not None
    assert "You hold no office today that somebody could answer for." in enter(
        email.split("@")[0]
    ).page(MANDATES)
