"""People as administrators keep them in the browser: entered, invited, changed, kept out."""

import re

import pytest
from sqlalchemy import select

from tests.support.visitors import Enter, words
from tests.support.world import World
from workflow.people.models import Person

NADIA = {
    "way": "invite",
    "name": "Nadia",
    "email": "nadia@example.org",
    "language": "fr",
    "time_zone": "Africa/Tunis",
}
LINK = re.compile(r'id="link" value="[^"]*(/account/invitations/[^"]+)"')
ADDRESS = "/office/people"


def number(world: World, email: str) -> int:
    with world.engine.reading() as session:
        return session.scalars(select(Person.id).where(Person.email == email)).one()


def test_somebody_is_invited_and_chooses_a_password_once(world: World, enter: Enter) -> None:
    naledi = enter("naledi.khumalo")

    answer = naledi.post(f"{ADDRESS}/new", {**NADIA, "way": "invite"})

    link = LINK.findall(answer.text)[0]
    assert "Mail is off in this installation" in words(answer)
    stranger = enter("marie.laurent")
    stranger.post("/account/logout", page="/")
    weak = stranger.post(link, {"password": "short", "again": "short"})
    unlike = stranger.post(link, {"password": "a quiet river bends", "again": "a loud one"})
    kept = stranger.post(link, {"password": "a quiet river bends", "again": "a quiet river bends"})
    assert [weak.status_code, unlike.status_code, kept.status_code] == [422, 422, 303]
    assert "at least 12 characters" in words(weak)
    assert "The two are not alike" in words(unlike)
    assert "Nadia" in stranger.page("/people")
    again = enter("joao.lima").get(link)
    assert again.status_code == 404
    assert "opens nothing any more" in words(again)


def test_a_first_password_must_be_changed_before_anything_else(world: World, enter: Enter) -> None:
    given = {**NADIA, "way": "give", "password": "given by somebody"}
    naledi = enter("naledi.khumalo")

    weak = naledi.post(f"{ADDRESS}/new", {**given, "password": "short"})
    entered = naledi.post(f"{ADDRESS}/new", given)

    assert (weak.status_code, entered.status_code) == (422, 303)
    assert "at least 12 characters" in words(weak)
    visitor = enter("joao.lima")
    visitor.post("/account/logout", page="/")
    signing_in = {"email": NADIA["email"], "password": given["password"]}
    visitor.post("/account/login", signing_in)
    assert visitor.get("/programmes").headers["Location"] == "/account/password"
    assert "given to you by somebody else" in visitor.page("/account/password")
    same = dict.fromkeys(("current", "password", "again"), given["password"])
    kept = visitor.post("/account/password", same, page="/account/password")
    assert kept.status_code == 422
    assert "This is the one that was given to you." in words(kept)


def test_a_fault_stands_at_its_field_and_the_text_is_kept(world: World, enter: Enter) -> None:
    naledi = enter("naledi.khumalo")

    twice = naledi.post(f"{ADDRESS}/new", {**NADIA, "email": "jane.okello@demo.example"})
    nameless = naledi.post(f"{ADDRESS}/new", {**NADIA, "name": " "})

    assert [twice.status_code, nameless.status_code] == [422, 422]
    assert "is already entered" in words(twice)
    assert 'href="#email"' in twice.text
    assert 'value="Nadia"' in twice.text
    assert "A name has between 1 and 200 characters." in words(nameless)


def test_what_is_known_is_changed_and_somebody_is_found_by_it(world: World, enter: Enter) -> None:
    jane, naledi = number(world, "jane.okello@demo.example"), enter("naledi.khumalo")
    page, details = f"{ADDRESS}/{jane}", f"{ADDRESS}/{jane}/details"

    naledi.post(details, {**NADIA, "name": "Jane Achieng"}, page=page)
    refused = naledi.post(details, {**NADIA, "email": "marie.laurent@demo.example"}, page=page)

    assert refused.status_code == 422
    assert "Jane Achieng" in naledi.page(f"{ADDRESS}?q=ACHIENG")
    assert "Nobody is called so" in naledi.page(f"{ADDRESS}?q=okello%25")


def test_a_leavers_next_request_is_refused_and_they_come_back(world: World, enter: Enter) -> None:
    jane, naledi, visitor = (
        number(world, "jane.okello@demo.example"),
        enter("naledi.khumalo"),
        enter("jane.okello"),
    )
    page = f"{ADDRESS}/{jane}"
    before = visitor.get("/queue").status_code

    why = naledi.post(f"{page}/end-of-access", {"reason": ""}, page=page)
    naledi.post(f"{page}/end-of-access", {"reason": "Left for Geneva."}, page=page)
    after = visitor.get("/queue")
    naledi.post(f"{page}/access", page=page)

    assert (before, why.status_code) == (200, 422)
    assert "Say why access ends" in words(why)
    assert after.headers["Location"].startswith("/account/login")
    assert "no access since" not in naledi.page(page)
    naledi.post(f"{page}/sign-out", page=page)
    assert enter("jane.okello").get("/queue").status_code == 200


def test_nobody_keeps_themselves_out(world: World, enter: Enter) -> None:
    own, naledi = number(world, "naledi.khumalo@demo.example"), enter("naledi.khumalo")

    refused = naledi.post(
        f"{ADDRESS}/{own}/end-of-access", {"reason": "Away."}, page=f"{ADDRESS}/{own}"
    )

    assert refused.status_code == 422
    assert "another administrator does" in words(refused)


def test_a_forgotten_password_is_mended_by_a_link(world: World, enter: Enter) -> None:
    naledi = enter("naledi.khumalo")
    naledi.post(f"{ADDRESS}/new", NADIA)
    nadia = number(world, NADIA["email"])

    answer = naledi.post(f"{ADDRESS}/{nadia}/invitation", page=f"{ADDRESS}/{nadia}")

    assert answer.status_code == 200
    assert LINK.findall(answer.text)


@pytest.mark.parametrize("who", ["elena.petrova", "marie.laurent"])
def test_nobody_else_keeps_people(world: World, enter: Enter, who: str) -> None:
    visitor = enter(who)

    pages = [visitor.get(f"{ADDRESS}{below}").status_code for below in ("", "/new", "/1")]
    act = visitor.post(f"{ADDRESS}/1/sign-out", page="/").status_code

    assert [*pages, act] == [403] * 4


def test_lists_and_pages_of_people_say_on_which_body_somebody_sits(
    world: World, enter: Enter
) -> None:
    naledi, arjun = enter("naledi.khumalo"), world.person("arjun.mehta")

    listed, kept = naledi.page(ADDRESS), naledi.page(f"{ADDRESS}/{arjun}")
    seen, shown = naledi.page("/people"), naledi.page(f"/people/{arjun}")

    for page in (listed, kept, seen):
        assert "Board member, India, on Board" in page
    assert "on Board" in shown
