"""A decision page as a paper: what has to be in view, what leads the text, one digest, who was told."""

import re

from sqlalchemy import insert, select, update

from tests.support.visitors import Enter, Visitor
from tests.support.world import NURSES, World
from workflow.database import LARGEST
from workflow.engine.commands.settle_due import sweep
from workflow.notices.commands import mark_read
from workflow.notices.models import Notice
from workflow.people.models import Person

BOARD = "carla.duarte"
DIGEST = re.compile(r'<code class="digest"[^>]*>')


def opened(visitor: Visitor, ref: str, key: str = "decision") -> str:
    """The first opening of a round on the page."""
    return visitor.page(f"/programmes/{ref}/rounds/{key}/1")


def test_the_board_reads_first_what_it_decides_on(world: World, enter: Enter) -> None:
    ref = world.programme("decision")
    world.answer(ref, "decision", "arjun.mehta", "approve")

    page = opened(enter(BOARD), ref)

    facts, text = page.split('id="text-project_document"')
    assert NURSES.texts["proposal"]["objective"] in facts
    assert "Angola and Mozambique" in facts
    assert "USD 385,000" in facts
    assert "<bdi>India</bdi> <span>235,000</span>" in facts
    assert "1 January 2027" in facts or "1 Jan 2027" in facts
    assert "HIV and AIDS" in facts
    assert "convenor: India" in facts
    assert "<strong>Recommend to the Board</strong>" in facts
    assert "Use the open licences of our courses." in facts
    assert "1 of 3: Approve India" in " ".join(facts.split())
    assert "nothing: this is the first version" in facts
    assert text.index("2. Results framework") < text.index("1. Design")


def test_what_leads_a_text_is_unfolded_and_the_rest_is_one_press_away(
    world: World, enter: Enter
) -> None:
    ref = world.programme("decision")

    page = opened(enter(BOARD), ref)

    folded = re.findall(
        r'<details class="fold">\s*<summary><span class="fold__title">([^<]+)', page
    )
    assert folded == ["1. Design", "3. Multi-year budget", "4. Risks"]
    assert "Slow connections" in page


def test_one_digest_stands_on_the_page_and_it_is_the_one_that_is_signed(
    world: World, enter: Enter
) -> None:
    ref = world.programme("decision")

    member, onlooker = opened(enter(BOARD), ref), opened(enter("marie.laurent"), ref)

    assert len(DIGEST.findall(member)) == 1
    assert DIGEST.findall(member) == DIGEST.findall(onlooker)


def test_a_text_that_changed_says_so_first_and_is_compared_with_any_version(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Say how many nurses.")
    text = {**NURSES.texts["proposal"], "objective": "By mid 2029, 300 nurses hold a certificate."}
    world.file(ref, "proposal", "joao.lima", text)
    world.answer(ref, "resubmission", "joao.lima", "submit")

    page = enter("jane.okello").page(f"/programmes/{ref}/rounds/screening/2")

    assert '<a href="#changed-proposal">Objectives and outputs</a>' in page
    assert "since you last signed, on" in page
    assert f"/histories/{ref}/texts/proposal?from=1&to=2" in page


def test_those_who_take_part_see_who_was_told_and_others_do_not(world: World, enter: Enter) -> None:
    ref = world.programme("decision")

    member, onlooker = opened(enter(BOARD), ref), opened(enter("ingrid.solberg"), ref)

    assert "Arjun Mehta, told " in member
    assert "not opened yet" in member
    assert "told " not in onlooker


def test_a_reminder_is_no_second_telling_and_opening_either_notice_is_opening(
    world: World, enter: Enter
) -> None:
    ref = world.programme("decision")
    arjun = world.person("arjun.mehta")
    first = opened(enter(BOARD), ref)
    world.clock.pass_time(days=84)
    sweep(world.engine)
    with world.engine.transaction() as session:
        mark_read(session, arjun, LARGEST, now=world.engine.now())

    page = opened(enter(BOARD), ref)

    (told,) = re.findall(r"Arjun Mehta, told ([^<,]+), opened ([^<,]+)", page)
    assert f"Arjun Mehta, told {told[0]}, not opened yet" in first
    assert told[1] != told[0]
    assert page.count("told ") == first.count("told ") == 3


def test_nothing_of_the_text_is_said_before_an_interest_is_declared(
    world: World, enter: Enter
) -> None:
    ref = world.programme("appraisal")

    page = opened(enter("ravi.chand"), ref, "appraisal")

    assert "Angola and Mozambique" in page
    assert NURSES.texts["proposal"]["objective"] not in page
    assert "235,000" not in page


def test_of_two_people_with_one_name_each_is_told_of_alone(world: World, enter: Enter) -> None:
    ref, namesake = world.programme("decision"), world.person("jane.okello")
    with world.engine.transaction() as session:
        arjun = select(Notice.__table__).where(Notice.person_id == world.person("arjun.mehta"))
        told = session.execute(arjun.order_by(Notice.id.desc())).mappings().first()
        row = {**(told or {}), "person_id": namesake, "read_at": world.engine.now()}
        session.execute(insert(Notice).values({k: v for k, v in row.items() if k != "id"}))
        session.execute(update(Person).where(Person.id == namesake).values(name="Arjun Mehta"))

    page = opened(enter(BOARD), ref)

    said = re.findall(r"Arjun Mehta, told [^<,]+, (opened|not opened)", page)
    assert sorted(said) == ["not opened", "opened"]
