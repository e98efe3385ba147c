"""A leaver in the browser: the next request is refused, signed acts stand, seats are handed over."""

import re

from sqlalchemy import select

from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.workflow.engine.commands.test_claim import JANE, claims, screen, take
from tests.workflow.offices.test_hand_over import office_of
from workflow.audit.verification.verify import verify
from workflow.engine.models import SignOff

RAVI, NALEDI = "ravi.chand", "naledi.khumalo"


def test_a_leavers_next_request_is_refused_signed_acts_stand_and_seats_are_handed_over(
    world: World, enter: Enter
) -> None:
    signed, open_ = world.programme("screening"), world.programme("screening")
    screen(world, signed, JANE)
    take(world, open_)
    naledi, jane = enter(NALEDI), enter(JANE)
    page = f"/office/appointments/{office_of(world, JANE)}"
    today = world.clock().date().isoformat()
    before = jane.get("/queue").status_code

    naledi.post(f"{page}/end", {"ends_on": today}, page=page)
    listed = naledi.page(page)
    person = naledi.page(f"/office/people/{world.person(JANE)}")
    naledi.post(
        f"{page}/hand-over", {"successor": str(world.person(RAVI)), "reason": "She retires."},
        page=page,
    )  # fmt: skip
    leave = f"/office/people/{world.person(JANE)}"
    naledi.post(f"{leave}/end-of-access", {"reason": "She retires."}, page=leave)
    after = jane.get("/queue")

    assert before == 200
    assert "What it leaves open" in listed
    assert open_ in listed
    assert "1 seat taken" in person
    assert (after.status_code, "login" in after.location) == (303, True)
    assert claims(world)[-1] == (RAVI, "")
    assert "Hand it over" in listed
    assert "Hand it over" not in naledi.page(page)
    with world.engine.reading() as session:
        standing = select(SignOff.standing).where(SignOff.person_id == world.person(JANE))
        assert set(session.scalars(standing)) == {True}
    assert "handed over what" in words(naledi.get("/office/setup/record"))
    world.clock.pass_time(days=1)
    assert screen(world, open_, RAVI).state == "consultation"
    assert verify(world.engine.database).sound


def test_what_cannot_be_handed_over_is_said_at_its_field(world: World, enter: Enter) -> None:
    take(world, world.programme("screening"))
    naledi = enter(NALEDI)
    page = f"/office/appointments/{office_of(world, JANE)}"
    today = world.clock().date().isoformat()
    naledi.post(f"{page}/end", {"ends_on": today}, page=page)
    chair = f"/office/appointments/{office_of(world, 'fatou.ndiaye')}"
    naledi.post(f"{chair}/end", {"ends_on": today}, page=chair)
    alone = naledi.page(chair)

    mute = naledi.post(
        f"{page}/hand-over", {"successor": str(world.person(RAVI)), "reason": ""}, page=page
    )
    stranger = naledi.post(
        f"{page}/hand-over", {"successor": "999", "reason": "She retires."}, page=page
    )

    assert "Nobody else holds this office today" in alone
    assert (mute.status_code, stranger.status_code) == (422, 422)
    assert 'id="reason-error"' in mute.text
    assert 'id="successor-error"' in stranger.text
    assert "She retires." in words(stranger)
    assert enter(RAVI).get(page).status_code == 403


def test_appoint_somebody_leads_to_the_form_with_the_office_filled_in(enter: Enter) -> None:
    naledi = enter(NALEDI)

    people = naledi.page("/office/people?role=pac_chair&party=special-unit")
    link = re.search(r'href="(/office/people/\d+/appointments/new[^"]*)"', people)
    form = naledi.page(link[1] if link else "")

    assert "Choose who becomes" in people
    assert '<option selected value="pac_chair">' in form
    assert re.search(r'<option selected value="\d+">Special Unit', form)


def test_an_administrator_lands_on_the_set_up_page(enter: Enter) -> None:
    landed = enter(NALEDI).get("/")

    assert (landed.status_code, landed.location) == (302, "/office/setup")
    assert enter(JANE).get("/").status_code == 200
