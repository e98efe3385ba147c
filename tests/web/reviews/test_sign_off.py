"""One door for a sign-off: whichever page it comes from, it is held to the same checks."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.deciding import decide, hidden, opened, round_page
from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.web.reviews.test_folder import filled
from tests.workflow.engine.lifecycles import edited, put
from workflow.engine.commands.open_case import publish
from workflow.engine.models import SignOff
from workflow.lifecycles.loader.files import body_of, from_body, with_calendars

# What a page shows is the same on both kinds of database; the engine's own tests hold it on each.
pytestmark = pytest.mark.proof(either=True)

WEB = Path(__file__).resolve().parents[3] / "web"
TYPED = "The road\tis closed.\x0bCome again.\ufeff "
KEPT = "The road is closed.\nCome again."
JOAO, JANE, PRIYA = "joao.lima", "jane.okello", "priya.menon"


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def check(ref: str) -> str:
    return f"/programmes/{ref}/documents/proposal/edit/check-and-submit"


def given(world: World) -> list[tuple[str, str]]:
    """The verdicts that were given with their reasons, the oldest first."""
    with world.engine.reading() as session:
        answers = session.execute(select(SignOff.verdict, SignOff.reason).order_by(SignOff.id))
        return [(verdict, reason) for verdict, reason in answers]


def by_its_round(world: World, enter: Enter, reason: str) -> TestResponse:
    ref = world.programme("consultation")
    address = round_page(world, ref, "consultation", PRIYA)
    return decide(enter(PRIYA), address, {"verdict": "support", "reason": reason})


def by_its_document(world: World, enter: Enter, reason: str) -> TestResponse:
    ref = world.programme("draft")
    return decide(enter(JOAO), check(ref), {"reason": reason})


def by_the_folder(world: World, enter: Enter, reason: str) -> TestResponse:
    ref = world.programme("consultation")
    seat = world.seat(ref, "consultation", world.person(PRIYA)) or 0
    priya = enter(PRIYA)
    return priya.flask.post(
        "/queue/folder", data={**filled(priya, [seat]), f"{seat}-reason": reason}
    )


Door = Callable[[World, Enter, str], TestResponse]
DOORS: tuple[Door, ...] = (by_its_round, by_its_document, by_the_folder)


@pytest.mark.parametrize("door", DOORS)
def test_a_reason_is_kept_with_its_words_apart(world: World, enter: Enter, door: Door) -> None:
    answer = door(world, enter, TYPED)

    assert answer.status_code in {200, 303}
    assert given(world)[-1][1] == KEPT


@pytest.mark.parametrize("door", DOORS)
def test_a_reason_with_what_no_text_may_hold_is_named_and_stays_in_the_form(
    world: World, enter: Enter, door: Door
) -> None:
    answer = door(world, enter, "The road\u202e is closed.")

    assert answer.status_code == (200 if door is by_the_folder else 422)
    assert "No text may hold U+202E, RIGHT-TO-LEFT OVERRIDE, at “The road”" in words(answer)
    assert door is by_the_folder or "The road\u202e is closed." in words(answer)
    assert not [reason for _, reason in given(world) if "\u202e" in (reason or "")]


@pytest.mark.parametrize("door", DOORS)
def test_a_reason_that_is_too_long_is_refused(world: World, enter: Enter, door: Door) -> None:
    answer = door(world, enter, "x" * 4001)

    assert answer.status_code == (200 if door is by_the_folder else 422)
    assert "There is a problem with what you entered." in words(answer)
    assert "x" * 4001 not in {reason for _, reason in given(world)}


def test_the_text_of_who_was_refused_is_still_in_the_form(world: World, enter: Enter) -> None:
    by_round = by_its_round(world, enter, "Why? " + "x" * 4001)
    by_document = by_its_document(world, enter, "Why? " + "x" * 4001)

    assert "Why? x" in words(by_round)
    assert "Why? x" in words(by_document)


def test_a_document_page_signs_no_other_round_of_the_programme(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    priya, before = enter(PRIYA), given(world)
    form = opened(priya, round_page(world, ref, "consultation", PRIYA))
    form |= {"round": "consultation", "verdict": "support"}

    answer = priya.flask.post(check(ref), data=form)

    assert answer.status_code == 403
    assert given(world) == before


def test_the_questions_of_a_round_are_not_skipped_by_the_page_of_a_document(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    jane, before = enter(JANE), given(world)
    form = opened(jane, round_page(world, ref, "screening", JANE))
    form |= {"round": "screening", "verdict": "open_consultation"}

    answer = jane.flask.post(check(ref), data=form)

    assert answer.status_code == 403
    assert given(world) == before


@pytest.fixture
def asking(world: World) -> World:
    """A lifecycle whose submission asks a question that has to be answered, and one that has not."""
    questions = [
        {"key": "how", "label": "How it was agreed", "kind": "text", "required": True},
        {"key": "seen", "label": "The minister has seen it", "kind": "check"},
    ]
    raw = edited(put("version", "asking"), put("rounds/submission/questions", questions))
    publish(world.engine, from_body(body_of(with_calendars(raw))))
    return world


def test_the_page_of_a_document_asks_what_its_round_asks(asking: World, enter: Enter) -> None:
    ref, joao = asking.programme("draft"), enter(JOAO)

    page = joao.page(check(ref))
    answer = decide(joao, check(ref), {"question-how": "By\tletter.", "question-seen": "yes"})

    assert "How it was agreed" in page
    assert "The minister has seen it" in page
    assert answer.status_code == 303
    with asking.engine.reading() as session:
        answers = session.scalars(select(SignOff.answers)).all()
    assert answers[-1] == {"how": "By letter.", "seen": True}


def test_a_question_that_has_to_be_answered_is_asked_again_with_the_rest_kept(
    asking: World, enter: Enter
) -> None:
    ref, joao = asking.programme("draft"), enter(JOAO)

    answer = decide(joao, check(ref), {"question-seen": "yes"})

    assert answer.status_code == 422
    assert "Answer this." in words(answer)
    assert 'value="yes" checked' in words(answer)
    assert asking.state(ref) == "draft"


@pytest.mark.parametrize(
    "change",
    [{"key": "../../etc/passwd"}, {"key": ""}, {"seat": "x"}, {"seen_version": "²"}],
)
def test_a_damaged_form_is_told_and_comes_back_sound(
    world: World, enter: Enter, change: dict[str, str]
) -> None:
    ref, joao = world.programme("draft"), enter(JOAO)

    refused = decide(joao, check(ref), change)
    again = joao.flask.post(check(ref), data=hidden(words(refused)))

    assert refused.status_code == 422
    assert "This form is damaged. Open the page again." in words(refused)
    assert again.status_code == 303


def test_the_pages_sign_in_one_place() -> None:
    signing = [
        file.relative_to(WEB).as_posix()
        for file in sorted(WEB.rglob("*.py"))
        if "sign" in (written := file.read_text(encoding="utf-8")) and "commands" in written
        for node in ast.walk(ast.parse(written))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "commands.sign"
    ]

    assert signing == ["reviews/sign_off.py"]
