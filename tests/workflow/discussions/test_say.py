"""A discussion: said by those who take part, answered once, taken back, kept as talk, erased for good."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.support.world import World
from tests.workflow.engine.commands.test_sign import decision
from workflow import history
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.discussions.models import DiscussionMessage
from workflow.discussions.page import DiscussionPage, discussion_page
from workflow.discussions.say import LONGEST, Saying, retract, say
from workflow.engine.commands.sign import sign
from workflow.engine.models import LifecycleCase
from workflow.erasure.erase import ErasureRequest, erase
from workflow.errors import Invalid, NotAuthorised, NotFound, RoundClosed
from workflow.history.filters import HistoryFilters
from workflow.history.line import Line
from workflow.notices.models import Delivery, Notice

# Mozambique proposed it; India was asked in the consultation; the officer is of the house.
JOAO, PRIYA, JANE, AUDITOR, HEAD = (
    "joao.lima", "priya.menon", "jane.okello", "marie.laurent", "elena.petrova",
)  # fmt: skip
STRANGER = "leilani.tau"
NEED = "proposal:"


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def ref(world: World) -> str:
    return world.programme("consultation")


def section(world: World) -> str:
    """The first section of the proposal."""
    _, definition = world.engine.published("programme-standard")
    return f"proposal:{definition.documents['proposal'].sections[0].key}"


def said(world: World, ref: str, who: str, text: str, **more: object) -> int:
    saying = Saying(ref=ref, text=text, key=uuid4().hex)
    return say(world.engine, world.person(who), replace(saying, **more))  # type: ignore[arg-type]


def page(world: World, ref: str, who: str, about: str | None = None) -> DiscussionPage:
    with world.engine.reading() as session:
        return discussion_page(
            session, world.engine, ref, world.person(who), world.engine.now(), about=about
        )


def told(world: World, ref: str, who: str) -> list[Line]:
    with world.engine.reading() as session:
        lines = history.selection(
            session, world.engine, ref, person=world.person(who), now=world.engine.now(),
            filters=HistoryFilters(),
        )  # fmt: skip
    return [line for line in lines if line.type.startswith("discussion.")]


def test_it_is_said_by_section_answered_and_read_by_those_who_take_part(
    world: World, ref: str
) -> None:
    here = section(world)
    first = said(world, ref, JOAO, "Is the need clear?", about=here)
    said(world, ref, PRIYA, "Say how many nurses.", answers=first)
    said(world, ref, JANE, "Well written.")

    whole, one = page(world, ref, PRIYA), page(world, ref, JANE, here)

    assert [(each.name.split()[0], each.text) for each in whole.messages] == [
        ("Jane", "Well written."), ("João", "Is the need clear?"),
    ]  # fmt: skip
    (line,) = one.messages
    assert (line.topic.about, line.topic.document) == (here, "Proposal")
    assert [each.text for each in line.answers] == ["Say how many nurses."]
    assert line.answers[0].own is False
    assert page(world, ref, PRIYA, here).messages[0].answers[0].own


def test_two_discussions_are_apart(world: World) -> None:
    one, other = world.programmes("consultation", "screening")

    said(world, one, JOAO, "About the first.")
    number = said(world, other, JOAO, "About the second.")

    assert [each.text for each in page(world, one, JOAO).messages] == ["About the first."]
    with pytest.raises(NotFound, match="no message"):
        said(world, one, JOAO, "An answer", answers=number)
    with pytest.raises(NotFound, match="no message"):
        retract(world.engine, world.person(JOAO), one, number)


def test_whoever_takes_no_part_reads_and_says_nothing(world: World, ref: str) -> None:
    said(world, ref, JOAO, "Among ourselves.")

    outside = page(world, ref, STRANGER)

    assert (outside.reads, outside.messages, outside.topics) == (False, (), ())
    with pytest.raises(NotAuthorised, match="those who take part"):
        said(world, ref, STRANGER, "Let me in.")
    assert told(world, ref, STRANGER) == []


def test_of_what_was_not_sent_a_stranger_learns_nothing(world: World) -> None:
    draft = world.programme("draft")
    said(world, draft, JOAO, "A first thought.")

    with pytest.raises(NotFound, match=draft):
        page(world, draft, PRIYA)
    with pytest.raises(NotFound, match=draft):
        said(world, draft, PRIYA, "I know of it.")


def test_an_auditor_reads_and_says_nothing(world: World, ref: str) -> None:
    number = said(world, ref, JOAO, "Is the need clear?")

    read = page(world, ref, AUDITOR)

    assert [each.text for each in read.messages] == ["Is the need clear?"]
    assert read.topics == ()
    with pytest.raises(NotAuthorised):
        said(world, ref, AUDITOR, "I object.", answers=number)


def test_what_is_taken_back_leaves_a_line_and_its_words_to_auditors(world: World, ref: str) -> None:
    number = said(world, ref, PRIYA, "A hasty word.")

    retract(world.engine, world.person(PRIYA), ref, number)
    retract(world.engine, world.person(PRIYA), ref, number)

    (line,) = page(world, ref, JOAO).messages
    assert (line.text, line.named) == ("", ())
    assert line.retracted_at is not None
    assert [each.reason for each in told(world, ref, JOAO)] == ["", ""]
    assert [each.reason for each in told(world, ref, AUDITOR)] == ["A hasty word.", ""]
    with pytest.raises(NotAuthorised, match="nobody else"):
        retract(world.engine, world.person(JOAO), ref, number)


def test_the_history_tells_it_as_talk_and_never_as_a_sign_off(world: World, ref: str) -> None:
    first = said(world, ref, JOAO, "Is the need clear?", about=section(world))
    said(world, ref, PRIYA, "It is.", answers=first, names=(world.person(JANE),))
    said(world, ref, JANE, "All in all, yes.")

    lines = told(world, ref, PRIYA)

    assert {line.tone for line in lines} == {"talk"}
    assert {line.verdict for line in lines} == {""}
    assert [str(line.under[0]) for line in lines] == [
        "Talk in the discussion, and no sign-off."
    ] * 3
    assert str(lines[0].says).startswith("João Lima said something in the discussion of “")
    assert str(lines[1].says).startswith(f"Priya Menon answered message {first} in the discussion")
    assert str(lines[1].under[1]) == "It names Jane Okello."
    assert str(lines[2].says) == "Jane Okello said something in the discussion"
    assert [line.reason for line in lines] == ["Is the need clear?", "It is.", "All in all, yes."]


def test_the_case_stands_as_it_stood_and_is_verified(world: World, ref: str) -> None:
    with world.engine.reading() as session:
        stood = select(LifecycleCase.version, LifecycleCase.state).where(LifecycleCase.ref == ref)
        before = session.execute(stood).one()
    number = said(world, ref, JOAO, "Is the need clear?", about=section(world))
    said(world, ref, PRIYA, "It is.", answers=number)
    retract(world.engine, world.person(JOAO), ref, number)

    with world.engine.reading() as session:
        assert session.execute(stood).one() == before
    assert verify(world.engine.database).sound


def test_whoever_is_named_or_answered_is_told_and_nobody_else(world: World, ref: str) -> None:
    first = said(world, ref, JOAO, "Is the need clear?")
    said(
        world, ref, PRIYA, "Ask the house.", answers=first,
        names=(world.person(JANE), world.person(PRIYA)),
    )  # fmt: skip

    with world.engine.reading() as session:
        notices = session.execute(
            select(Notice.person_id, Notice.because, Notice.label).where(Notice.kind == "mentioned")
        ).all()
        owed = session.scalar(
            select(func.count())
            .select_from(Delivery)
            .join(Notice, Notice.id == Delivery.notice_id)
            .where(Notice.kind == "mentioned")
        )
    assert {(each.person_id, each.because) for each in notices} == {
        (world.person(JOAO), "said"), (world.person(JANE), "named"),
    }  # fmt: skip
    assert {each.label for each in notices} == {"In general"}
    assert owed in {0, 2}


def test_it_may_be_erased_for_good(world: World, ref: str) -> None:
    number = said(world, ref, JOAO, "My colleague Ana is ill.")
    (line,) = told(world, ref, JOAO)
    request = ErasureRequest(ref, line.seq, ("text",), "Health of a person")

    erase(world.engine, world.person(HEAD), request)

    (shown,) = page(world, ref, JOAO).messages
    assert (shown.number, shown.text) == (number, "")
    assert told(world, ref, AUDITOR)[0].reason is None
    with world.engine.reading() as session:
        assert session.scalar(select(DiscussionMessage.text)) == ""
    assert verify(world.engine.database).sound


def test_a_form_sent_twice_says_it_once(world: World, ref: str) -> None:
    key = uuid4().hex

    numbers = [said(world, ref, JOAO, "Once.", key=key) for _ in range(2)]

    assert numbers[0] == numbers[1]
    assert len(page(world, ref, JOAO).messages) == 1


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"text": "  "}, "text", "Say something"),
        ({"text": "x" * (LONGEST + 1)}, "text", "At most 4000 characters"),
        ({"about": "proposal:nothing"}, "about", "not open to discussion"),
        ({"about": "final_report:summary"}, "about", "not open to discussion"),
        ({"names": (999_999,)}, "names", "Only people who take part"),
        ({"names": tuple(range(1, 13))}, "names", "At most 10 people"),
    ],
)
def test_what_cannot_be_said_is_refused_at_its_field_and_nothing_is_written(
    world: World, ref: str, more: dict[str, object], field: str, says: str
) -> None:
    with world.engine.reading() as session:
        before = session.scalar(select(func.count()).select_from(Event))

    with pytest.raises(Invalid, match=says) as refused:
        said(world, ref, JOAO, **{"text": "A word.", **more})  # type: ignore[arg-type]

    assert refused.value.faults.keys() == {field}
    with world.engine.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before
        assert session.scalar(select(func.count()).select_from(DiscussionMessage)) == 0


def test_who_takes_no_part_is_not_named_and_an_answer_is_not_answered(
    world: World, ref: str
) -> None:
    first = said(world, ref, JOAO, "Is the need clear?")
    answer = said(world, ref, PRIYA, "It is.", answers=first)

    with pytest.raises(Invalid, match="Only people who take part"):
        said(world, ref, JOAO, "You there.", names=(world.person(STRANGER),))
    with pytest.raises(Invalid, match="not answered again"):
        said(world, ref, JOAO, "Really?", answers=answer)


def test_what_has_ended_is_read_and_not_added_to(world: World) -> None:
    ref = world.programme("screening")
    said(world, ref, JOAO, "A word in time.")
    ending = decision(world, ref, "screening", "reject", reason="Purely national.")
    sign(world.engine, world.person(JANE), ending)

    with pytest.raises(RoundClosed, match="has ended"):
        said(world, ref, JOAO, "One more word.")
    assert page(world, ref, JOAO).ended
    assert [each.text for each in page(world, ref, JOAO).messages] == ["A word in time."]
