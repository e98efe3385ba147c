"""Lessons offered in the browser: while a proposal is written, while it is screened, and on a page of their own."""

import re
from html import unescape

import pytest

from tests.support.visitors import Enter, Visitor, told
from tests.support.world import World
from tests.workflow.lessons.house import CERTIFY, RAINS, SALT, TUTORS, with_lessons
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_triangular import ALONE

WRITER, OFFICER, STRANGER = "joao.lima", "jane.okello", "tavita.leota"
PLAN = {**ALONE, "title": "Nurses of two provinces", "areas": ["health", "agriculture"]}


@pytest.fixture
def lessons(world: World) -> tuple[Carried, Carried]:
    return with_lessons(world)


@pytest.fixture
def draft(lessons: tuple[Carried, Carried]) -> Carried:
    """A proposal about health that Mozambique is writing."""
    return Carried(lessons[0].world, "triangular", PLAN)


def box(page: str) -> str:
    """What the box of lessons says."""
    found = re.search(r'<section class="card" id="lessons".*?</section>', page, re.DOTALL)
    return told(found.group()) if found else ""


def send(visitor: Visitor, ref: str, place: str, **typed: str) -> int:
    """Send one form of the page as it stands there; the status of the answer."""
    page = visitor.page(f"/programmes/{ref}/lessons")
    forms = re.findall(r'<form method="post" action="[^"]+/lessons".*?</form>', page, re.DOTALL)
    form = next(each for each in forms if f'id="{place}-reason"' in each)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    fields = {name: unescape(value) for name, value in hidden.items()}
    return visitor.post(f"/programmes/{ref}/lessons", data={**fields, **typed}).status_code


def test_they_are_offered_on_the_page_of_the_form_that_says_how(
    draft: Carried, enter: Enter
) -> None:
    writer = enter(WRITER)
    how = writer.page(f"/programmes/{draft.ref}/documents/proposal/edit/programme")
    money = writer.page(f"/programmes/{draft.ref}/documents/proposal/edit/money")

    said = box(how)
    assert SALT in said
    assert "and Health; tried in Angola, which takes part; the same modality" in said
    assert box(money) == ""


def test_they_are_offered_to_whoever_screens_and_advises_and_to_nobody_else(
    draft: Carried, enter: Enter
) -> None:
    draft.answer(WRITER, "sending", "send")
    screening = f"/programmes/{draft.ref}/rounds/screening/1"
    officer, auditor = (box(enter(who).page(screening)) for who in (OFFICER, "marie.laurent"))
    draft.answer(OFFICER, "screening", "accept")
    adviser = box(enter("fatou.ndiaye").page(f"/programmes/{draft.ref}/rounds/appraising/1"))

    assert SALT in officer
    assert RAINS in adviser
    assert auditor == ""


def test_what_runs_is_offered_nothing_beside_its_decisions(
    lessons: tuple[Carried, Carried], enter: Enter
) -> None:
    page = enter("beatriz.costa").page(f"/programmes/{lessons[0].ref}/initiatives/amending")

    assert box(page) == ""


def test_each_is_said_to_be_used_or_not_on_a_page_of_their_own(
    draft: Carried, enter: Enter
) -> None:
    writer = enter(WRITER)
    first = send(writer, draft.ref, "offered-1", said="used", reason="We grease the pumps.")
    second = send(writer, draft.ref, "offered-1", said="not_for_us", reason="It is dry here.")

    page = told(writer.page(f"/programmes/{draft.ref}/lessons"))
    history = told(writer.page(f"/histories/{draft.ref}"))
    assert (first, second) == (303, 303)
    assert page.index(TUTORS) < page.index("Weighed") < page.index(RAINS) < page.index(SALT)
    assert "used lesson" in history
    assert "It is dry here." in history


def test_what_is_refused_is_said_at_its_form_and_loses_nothing(
    draft: Carried, enter: Enter
) -> None:
    writer = enter(WRITER)
    page = writer.page(f"/programmes/{draft.ref}/lessons")
    form = re.findall(r'<form method="post" action="[^"]+/lessons".*?</form>', page, re.DOTALL)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))

    unsaid = writer.post(f"/programmes/{draft.ref}/lessons", data={**hidden, "reason": "As it is."})
    without = writer.post(f"/programmes/{draft.ref}/lessons", data={**hidden, "said": "not_for_us"})
    damaged = writer.post(
        f"/programmes/{draft.ref}/lessons", data={**hidden, "key": "", "said": "used"}
    )

    assert [each.status_code for each in (unsaid, without, damaged)] == [422, 422, 422]
    assert "Say whether it is used" in told(unsaid.text)
    assert "As it is." in unsaid.text
    assert "Say why it is not for this programme." in told(without.text)
    assert "Nobody has said anything of a lesson here." in told(
        writer.page(f"/programmes/{draft.ref}/lessons")
    )


def test_the_page_is_for_those_who_take_part(draft: Carried, enter: Enter) -> None:
    hidden = enter(STRANGER).get(f"/programmes/{draft.ref}/lessons").status_code
    draft.answer(WRITER, "sending", "send")
    sent = enter(STRANGER).get(f"/programmes/{draft.ref}/lessons").status_code
    auditor = enter("marie.laurent").get(f"/programmes/{draft.ref}/lessons").status_code

    assert (hidden, sent, auditor) == (404, 403, 200)


def test_a_lesson_says_in_how_many_programmes_it_is_used_and_names_those_that_are_known(
    lessons: tuple[Carried, Carried], draft: Carried, enter: Enter
) -> None:
    lesson = f"/lessons/{lessons[1].ref}.2"
    writer, reader = enter(WRITER), enter(STRANGER)
    send(writer, draft.ref, "offered-1", said="used", reason="")
    hidden = told(reader.page(lesson)), told(reader.page("/lessons"))
    draft.answer(WRITER, "sending", "send")

    sent = told(reader.page(lesson))
    assert "Used" not in hidden[0]
    assert PLAN["title"] not in hidden[0]
    assert "used in 1" not in hidden[1]
    assert PLAN["title"] in sent
    assert "used in 1" in told(reader.page("/lessons"))
    assert CERTIFY in told(reader.page("/lessons"))
