"""What an auditor marks as looked at, and what is new since."""

from sqlalchemy import delete, update

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.oversight.test_pages import AUDITOR, EVALUATOR, OFFICER, SUBMITTER, count, in_words
from workflow.audit.models import Event
from workflow.oversight.models import HistoryNews, HistoryTally, Review


def test_a_mark_is_told_on_the_history_and_what_comes_later_is_new(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    marie = enter(AUDITOR)
    marie.page(f"/histories/{ref}")
    form = f"/oversight/reviews/mark?ref={ref}&seq=13&covers=through"

    answer = marie.post(
        "/oversight/reviews/mark", {"note": "Alles geprüft.", "covers": "through"}, page=form
    )
    again = marie.post(
        "/oversight/reviews/mark", {"note": "Noch einmal.", "covers": "through"}, page=form
    )
    world.answer(ref, "consultation", "paulo.sa", "support")

    page = in_words(marie.page(f"/histories/{ref}"))
    assert (answer.status_code, again.status_code) == (303, 303)
    assert count(world, Review) == 1
    assert "Marie Laurent marked this history as reviewed up to event 13" in page
    assert "“Alles geprüft.”" in page
    assert "1 new You reviewed it up to event 13" in page
    assert "1 new event since event 13" in in_words(marie.page("/oversight"))
    assert "“Alles geprüft.”" in marie.page("/oversight/reviews/marks")


def test_a_mark_of_what_is_not_there_is_refused_and_nothing_is_told(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    marie = enter(AUDITOR)
    form = f"/oversight/reviews/mark?ref={ref}&seq=5&covers=through"
    wrong = (
        {"seq": "99999"}, {"seq": "0"}, {"seq": "x"}, {"ref": "SSC-1999-001"}, {"covers": "all"},
        {"note": "x" * 2001}, {"sample": "<b>"}, {"covers": ""},
    )  # fmt: skip

    answers = [
        marie.post("/oversight/reviews/mark", {"covers": "through", **sent}, page=form).status_code
        for sent in wrong
    ]

    assert set(answers) <= {404, 422}
    assert count(world, Review) == 0
    assert count(world, Event, Event.type == "history.reviewed") == 0


def test_without_a_history_nobody_is_told_to_choose_among_none(world: World, enter: Enter) -> None:
    marie = enter(AUDITOR)
    narrowed = marie.page("/oversight/reviews?standing=done")
    with world.engine.transaction() as session:
        session.execute(update(HistoryTally).values(number=0))
        session.execute(delete(HistoryNews))

    nothing = marie.page("/oversight/reviews")

    assert "There is no history yet" in nothing
    assert "Choose another standing above." not in nothing
    assert "Choose another standing above." in narrowed


def test_only_an_auditor_marks(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    form = {"ref": ref, "seq": "5", "covers": "through"}

    answers = [
        enter(who).post("/oversight/reviews/mark", form, page="/programmes").status_code
        for who in (OFFICER, EVALUATOR, SUBMITTER)
    ]

    assert answers == [403, 403, 403]
    assert count(world, Review) == 0


def test_the_register_can_be_reviewed_too(world: World, enter: Enter) -> None:
    marie = enter(AUDITOR)
    form = "/oversight/reviews/mark?ref=REGISTER&seq=3&covers=event&sample=2026-Q3"

    answer = marie.post("/oversight/reviews/mark", {"covers": "event"}, page=form)

    assert answer.status_code == 303
    page = in_words(marie.page("/histories/REGISTER"))
    assert "Marie Laurent marked event 3 of this history as reviewed" in page
    assert "drawn with the seed “2026-Q3”" in page
