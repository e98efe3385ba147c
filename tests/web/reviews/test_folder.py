"""The signing folder: several items in one sitting, each its own act, event and receipt."""

import re

import pytest
from sqlalchemy import func, select

from tests.support.deciding import hidden
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from workflow.audit.models import Event
from workflow.demo.cast import PASSWORD
from workflow.engine.models import SignOff

PRIYA = "priya.menon"


def waiting(world: World, count: int = 2) -> tuple[list[str], list[int]]:
    """Programmes whose consultation waits for India, with its seats."""
    refs = [world.programme("consultation") for _ in range(count)]
    seats = [world.seat(ref, "consultation", world.person(PRIYA)) or 0 for ref in refs]
    return refs, seats


def folder_of(seats: list[int]) -> str:
    return "/queue/folder?" + "&".join(f"seat={seat}" for seat in seats)


def filled(visitor: Visitor, seats: list[int], verdict: str = "support") -> dict[str, object]:
    """The form of the folder with the same verdict for every item."""
    form: dict[str, object] = dict(hidden(words(visitor.get(folder_of(seats)))))
    return {**form, "seat": seats, **{f"{seat}-verdict": verdict for seat in seats}}


def given(world: World) -> int:
    with world.engine.reading() as session:
        signed = select(func.count()).select_from(SignOff).where(SignOff.verdict == "support")
        return session.scalar(signed) or 0


def events(world: World) -> int:
    with world.engine.reading() as session:
        told = select(func.count()).select_from(Event).where(Event.type == "signoff.given")
        return session.scalar(told) or 0


def test_the_queue_offers_what_can_be_signed_together(world: World, enter: Enter) -> None:
    _, seats = waiting(world)
    world.programme("screening")

    page = enter(PRIYA).page("/queue")
    screening = enter("jane.okello").page("/queue")

    assert [f'name="seat" value="{seat}"' in page for seat in seats] == [True, True]
    assert 'name="seat"' not in screening


def test_each_item_shows_its_text_and_its_choices(world: World, enter: Enter) -> None:
    refs, seats = waiting(world)

    page = enter(PRIYA).page(folder_of(seats))

    assert all(f"Read the text of {ref}" in page for ref in refs)
    assert len(set(re.findall(r"<code[^>]*>([0-9a-f]{64})<", page))) >= 1
    assert all(f'name="{seat}-verdict"' in page for seat in seats)
    assert 'value="objection"' not in page


def test_one_form_signs_each_item_with_an_event_and_a_receipt_of_its_own(
    world: World, enter: Enter
) -> None:
    refs, seats = waiting(world)
    priya, before = enter(PRIYA), events(world)

    answer = priya.flask.post("/queue/folder", data=filled(priya, seats))

    assert answer.status_code == 200
    assert (given(world), events(world)) == (2, before + 2)
    receipts = re.findall(r'href="(/programmes/[^"]+/receipts/\d+)"', words(answer))
    assert [ref in address for ref, address in zip(refs, receipts, strict=True)] == [True, True]
    assert all("Support" in priya.page(address) for address in receipts)


def test_an_item_that_fails_keeps_no_other_from_being_signed(world: World, enter: Enter) -> None:
    refs, seats = waiting(world, 3)
    priya = enter(PRIYA)
    form = filled(priya, seats)
    world.answer(refs[1], "consultation", "paulo.sa", "objection", "No.")
    world.answer(refs[1], "consultation", "priya.menon", "lead")
    form[f"{seats[1]}-seen_version"] = "1"

    answer = priya.flask.post("/queue/folder", data=form)

    assert given(world) == 2
    assert "1 not signed" in words(answer)
    assert "has moved on" in words(answer)


def test_what_is_left_out_is_not_signed(world: World, enter: Enter) -> None:
    _, seats = waiting(world)
    priya = enter(PRIYA)

    answer = priya.flask.post(
        "/queue/folder", data={**filled(priya, seats), f"{seats[0]}-verdict": ""}
    )

    assert given(world) == 1
    assert "You left this one out." in words(answer)


def test_the_folder_sent_twice_is_recorded_once(world: World, enter: Enter) -> None:
    _, seats = waiting(world)
    priya = enter(PRIYA)
    form = filled(priya, seats)

    first = priya.flask.post("/queue/folder", data=form)
    second = priya.flask.post("/queue/folder", data=form)

    receipts = [re.findall(r"/receipts/\d+", words(answer)) for answer in (first, second)]
    assert given(world) == 2
    assert receipts[0] == receipts[1]


def test_an_empty_choice_is_told(world: World, enter: Enter) -> None:
    _, seats = waiting(world)
    priya = enter(PRIYA)

    answer = priya.flask.post("/queue/folder", data=filled(priya, seats, ""))

    assert answer.status_code == 422
    assert "Choose a decision for at least one item." in words(answer)
    assert given(world) == 0


@pytest.mark.parametrize("who", ["joao.lima", "marie.laurent"])
def test_somebody_elses_seats_are_not_in_the_folder(world: World, enter: Enter, who: str) -> None:
    _, seats = waiting(world)
    priya, stranger = enter(PRIYA), enter(who)
    token = {"csrf_token": hidden(words(stranger.get("/queue"))).get("csrf_token", "")}

    page = stranger.page(folder_of(seats))
    stranger.flask.post("/queue/folder", data={**filled(priya, seats), **token})

    assert "Nothing is in the folder" in page
    assert given(world) == 0


def test_a_decision_that_needs_a_reason_is_refused_in_the_folder(
    world: World, enter: Enter
) -> None:
    _, seats = waiting(world)
    priya = enter(PRIYA)

    answer = priya.flask.post("/queue/folder", data=filled(priya, seats, "objection"))

    assert "needs a reason" in words(answer)
    assert "2 not signed" in words(answer)


def test_a_round_with_questions_has_to_be_answered_on_its_own_page(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    seat = world.seat(ref, "screening", world.person("jane.okello")) or 0

    page = enter("jane.okello").page(folder_of([seat]))

    assert "This round asks questions; answer it on its own page." in page


def test_an_old_session_gives_the_password_once_for_the_whole_folder(
    world: World, enter: Enter
) -> None:
    _, seats = waiting(world)
    priya = enter(PRIYA)
    for _ in range(2):
        world.clock.pass_time(minutes=20)
        form = filled(priya, seats)

    asked = priya.flask.post("/queue/folder", data=form)
    kept = {**hidden(words(asked)), "seat": seats, "password": PASSWORD}
    answer = priya.flask.post("/queue/folder", data=kept)

    assert "Confirm that it is you who signs" in words(asked)
    assert "2 receipts" in words(answer)
    assert given(world) == 2
