"""A signature needs a recent password of this session; asking for it loses nothing."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select
from werkzeug.test import TestResponse

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.deciding import hidden, opened, round_page
from tests.support.visitors import SECRET, Enter, Visitor, words
from tests.support.world import World
from workflow.audit import canonical
from workflow.audit.models import Event
from workflow.demo.cast import DOMAIN, PASSWORD
from workflow.engine.models import SignOff
from workflow.working_copies import copies

WHY = "The costs are unclear; see “Budget”."
ASKED = "Confirm that it is you who signs"


def recorded(world: World) -> int:
    """How many answers there are."""
    with world.engine.reading() as session:
        return len(session.scalars(select(SignOff)).all())


def auth(world: World) -> Mapping[str, object]:
    """What the newest sign-off's event tells of the proof."""
    with world.engine.reading() as session:
        body = session.scalars(
            select(Event.body).where(Event.type == "signoff.given").order_by(Event.id.desc())
        ).first()
    told: Mapping[str, object] = canonical.parse(body or b"")["what"].get("auth", {})
    return told


def held(world: World, who: str) -> str:
    """What is held for somebody, in one text."""
    with world.engine.reading() as session:
        return str([each.fields for each in copies.every(session, world.person(who))])


def later(world: World, *visitors: Visitor) -> None:
    """Forty minutes pass in which the visitors go on reading."""
    for _ in range(2):
        world.clock.pass_time(minutes=20)
        for visitor in visitors:
            visitor.page("/queue")


def objection(visitor: Visitor, address: str) -> TestResponse:
    """Send an objection from a page opened now."""
    form = {**opened(visitor, address), "verdict": "objection", "reason": WHY}
    return visitor.flask.post(address, data=form)


def confirmed(visitor: Visitor, address: str, asked: TestResponse, password: str) -> TestResponse:
    """Answer the page that asks for the password."""
    kept = hidden(words(asked))
    return visitor.flask.post(address, data={**kept, "password": password})


def test_a_fresh_session_signs_at_once_and_the_event_says_how(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    world.clock.pass_time(minutes=5)

    answer = objection(priya, address)

    assert answer.status_code == 303
    assert auth(world) == {"method": "password", "age": 300}


def test_a_person_of_the_demonstration_signs_without_a_password_and_the_event_says_so(
    world: World, tmp_path: Path
) -> None:
    ref = world.programme("consultation")
    settings = Settings.read(demo=True, home=tmp_path, database_url=world.url, secret_key=SECRET)
    priya = Visitor(an_app(settings, world.engine).test_client())
    priya.post("/account/switch", {"email": f"priya.menon@{DOMAIN}"}, page="/account/login")
    world.clock.pass_time(minutes=1)

    answer = objection(priya, round_page(world, ref, "consultation", "priya.menon"))

    assert answer.status_code == 303
    assert auth(world) == {"method": "demonstration", "age": 60}


def test_an_old_session_is_asked_and_then_the_whole_decision_is_recorded(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    later(world, priya)
    before = recorded(world)

    asked = objection(priya, address)
    nothing_yet = recorded(world)
    answer = confirmed(priya, address, asked, PASSWORD)

    assert ASKED in words(asked)
    assert nothing_yet == before
    assert answer.status_code == 303
    assert WHY in priya.page(answer.headers["Location"])
    assert auth(world) == {"method": "password", "age": 0}


def test_a_wrong_password_loses_nothing(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    later(world, priya)
    asked, before = objection(priya, address), recorded(world)

    wrong = confirmed(priya, address, asked, "a loud river never bends")
    unchanged = recorded(world)
    right = confirmed(priya, address, wrong, PASSWORD)

    assert wrong.status_code == 422
    assert WHY in words(wrong)
    assert "a loud river" not in words(wrong)
    assert unchanged == before
    assert right.status_code == 303


def test_strangers_who_guess_elsewhere_keep_nobody_from_signing(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    later(world, priya)
    asked, guess = objection(priya, address), {"password": "a loud river never bends"}
    settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)
    stranger = Visitor(an_app(settings, world.engine).test_client())
    for _ in range(6):
        stranger.post("/account/login", {"email": f"priya.menon@{DOMAIN}", **guess})

    answer = confirmed(priya, address, asked, PASSWORD)

    assert answer.status_code == 303


def test_five_guesses_end_the_session_that_made_them_and_keep_the_decision(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    later(world, priya)
    asked, before = objection(priya, address), recorded(world)
    for _ in range(4):
        asked = confirmed(priya, address, asked, "a loud river never bends")

    ended = confirmed(priya, address, asked, "a loud river never bends")

    assert ended.status_code == 403
    assert "The password was wrong too often, so this session was ended." in words(ended)
    assert WHY not in words(ended)
    assert WHY in held(world, "priya.menon")
    assert priya.get("/queue").status_code == 303
    assert recorded(world) == before


def test_after_signing_in_on_the_page_of_an_ended_session_the_decision_is_recorded(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    later(world, priya)
    page = objection(priya, address)
    for _ in range(5):
        page = confirmed(priya, address, page, "a loud river never bends")
    me = {"again-email": f"priya.menon@{DOMAIN}"}

    wrong = priya.flask.post(
        address, data={**hidden(words(page)), **me, "again-password": "a loud river"}
    )
    right = priya.flask.post(
        address, data={**hidden(words(wrong)), **me, "again-password": PASSWORD}
    )

    assert wrong.status_code == 422
    assert "a loud river" not in words(wrong)
    assert right.status_code == 303
    assert WHY in priya.page(right.headers["Location"])
    assert auth(world) == {"method": "password", "age": 0}


def test_the_password_counts_in_the_session_that_gave_it_alone(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    priya, elsewhere = enter("priya.menon"), enter("priya.menon")
    address = round_page(world, ref, "consultation", "priya.menon")
    later(world, priya, elsewhere)
    confirmed(priya, address, objection(priya, address), PASSWORD)

    here, there = objection(priya, address), objection(elsewhere, address)

    assert here.status_code == 303
    assert ASKED in words(there)


def test_submitting_a_document_asks_as_well(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    joao = enter("joao.lima")
    address = f"/programmes/{ref}/documents/proposal/edit/check-and-submit"
    later(world, joao)

    asked = joao.flask.post(address, data=opened(joao, address))
    answer = confirmed(joao, address, asked, PASSWORD)

    assert ASKED in words(asked)
    assert answer.status_code == 303
    assert world.state(ref) == "screening"
