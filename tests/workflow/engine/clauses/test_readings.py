"""Fourteen comments by clause, each answered, read beside the changed text, and one that stands."""

import tomllib
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.clauses.consulted import (
    ALL,
    BRAZIL,
    CHINA,
    INDIA,
    OFFICER,
    SAID,
    THAILAND,
    answered,
    answers,
    asked,
    commented,
    rows,
    stands_by,
)  # fmt: skip
from tests.workflow.engine.pages.opened import page
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from tests.workflow.lifecycles.shipped.test_framework import FRAMEWORK, Framed
from workflow.audit.verification.verify import verify
from workflow.engine import commands
from workflow.engine.commands.open_case import publish
from workflow.engine.models import Round, SignOff
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid, Stale
from workflow.lifecycles.loader.files import from_tables
from workflow.programmes.alone import begin

STANDS = "End with the biennium."
WORDS = "Brazil cannot plan past its own biennium."


@pytest.fixture
def framed(world: World) -> Framed:
    """A framework that is being formulated."""
    return Framed(world)


def said(framed: Framed) -> list[str]:
    """The answers that were given to the consultation."""
    with framed.world.engine.reading() as session:
        of_round = select(SignOff.verdict).join(Round, Round.id == SignOff.round_id)
        return list(session.scalars(of_round.where(Round.key == "consulting")))


def test_the_clauses_of_the_text_are_offered_by_their_numbers(framed: Framed) -> None:
    framed.answer(OFFICER, "beginning", "consult")

    comments, _ = page(framed.world, framed.ref, "consulting", INDIA).questions
    offered = dict(comments.options["clause"])

    assert offered["content.strategy"] == "2.2 Strategy"
    assert offered["content.results.1"] == "2.3.1 Results: Solutions in use"


def test_a_comment_on_no_clause_is_refused_at_its_table(framed: Framed) -> None:
    framed.answer(OFFICER, "beginning", "consult")

    with pytest.raises(Invalid) as refused:
        framed.world.answer(
            framed.ref, "consulting", INDIA, "support", "", rows(("content.results.9", "More."))
        )

    assert "Name a clause of the text as it is now" in str(refused.value.faults["comments"])
    assert not said(framed)


def test_a_comment_without_words_is_refused(framed: Framed) -> None:
    framed.answer(OFFICER, "beginning", "consult")

    with pytest.raises(Invalid) as refused:
        framed.world.answer(framed.ref, "consulting", INDIA, "support", "", rows(("content", "")))

    assert "comments" in refused.value.faults


def test_without_comments_it_is_drafted_at_once(framed: Framed) -> None:
    framed.answer(OFFICER, "beginning", "consult")
    for who in ALL:
        framed.answer(who, "consulting", "support")

    assert framed.state == "drafting"


def test_each_comment_is_answered_before_it_goes_on(framed: Framed) -> None:
    commented(framed)

    with pytest.raises(Invalid) as refused:
        framed.world.answer(
            framed.ref, "answering", OFFICER, "answer", answers=answers(framed, leaving=2)
        )

    told = str(refused.value.faults["answers"])
    assert ("Remark 14 is not answered yet" in told, "Remark 15 is not answered yet" in told) == (
        True,
        True,
    )
    assert framed.state == "answering"


def test_fifteen_things_were_said_and_those_who_said_them_read_on(framed: Framed) -> None:
    commented(framed)
    offered = [words for _, words in asked(framed, "answering", OFFICER).options["remark"]]
    answered(framed)

    assert len(offered) == sum(map(len, SAID.values())) + 1
    assert "1. 1.6 (India): Add energy." in offered
    assert framed.state == "second_reading"
    assert [each.words for each in asked(framed, "second_reading", CHINA).readings] == [
        words for _, words in SAID[CHINA]
    ]


def test_a_comment_is_read_beside_its_answer_and_whether_its_place_was_changed(
    framed: Framed,
) -> None:
    commented(framed)
    answered(framed)

    read = {each.clause: each for each in asked(framed, "second_reading", THAILAND).readings}

    assert (read["2.2"].changed, read["1.4"].changed) == (True, False)
    assert read["2.2"].reply is not None
    assert read["2.2"].reply.words.startswith("Partly accepted: As number ")


def test_whoever_is_content_stands_by_nothing_and_a_reservation_names_what_stands(
    framed: Framed,
) -> None:
    commented(framed)
    answered(framed)
    world, ref = framed.world, framed.ref

    stands, foreign = (
        stands_by(framed, BRAZIL, STANDS),
        stands_by(framed, INDIA, "Add energy."),
    )

    with pytest.raises(Invalid) as content:
        world.answer(ref, "second_reading", BRAZIL, "content", "", stands)
    with pytest.raises(Invalid) as bare:
        world.answer(ref, "second_reading", BRAZIL, "reservation", WORDS, {})
    with pytest.raises(Invalid) as others:
        world.answer(ref, "second_reading", BRAZIL, "reservation", WORDS, foreign)

    assert "stands by no comment" in str(content.value.faults["standing"])
    assert "Name each comment by which you stand" in str(bare.value.faults["standing"])
    assert "comments of your own" in str(others.value.faults["standing"])


def test_all_of_it_is_proved(framed: Framed) -> None:
    commented(framed)
    answered(framed)
    stands = stands_by(framed, BRAZIL, STANDS)
    framed.world.answer(framed.ref, "second_reading", BRAZIL, "reservation", WORDS, stands)
    for who in (INDIA, CHINA, THAILAND):
        framed.answer(who, "second_reading", "content")

    assert framed.state == "drafting"
    assert verify(framed.world.engine.database).sound


class Rewritten(Framed):
    """A framework of which the text may be changed while it is consulted."""

    def __init__(self, world: World) -> None:
        raw = tomllib.loads((SHIPPED / "framework.toml").read_text(encoding="utf-8"))
        raw["version"] = "3"
        raw["documents"]["framework"]["written_in"].append("consultation")
        self.world, self.definition = world, from_tables(raw, "framework.toml")
        publish(world.engine, self.definition)
        house = world.party("special-unit")
        key = self.definition.key
        self.ref = begin(world.engine, world.person(OFFICER), house, FRAMEWORK, lifecycle=key).ref


def comment(framed: Framed, seen: int) -> None:
    """India comments on the page that shows the case as it was at `seen`."""
    world, person = framed.world, framed.world.person(INDIA)
    decision = Decision(
        framed.ref, "consulting", "support", seen, uuid4().hex,
        world.seat(framed.ref, "consulting", person), answers=rows(("content.strategy", "Name them.")),
    )  # fmt: skip
    commands.sign(world.engine, person, decision)


def test_a_comment_on_a_text_that_has_changed_is_refused_with_what_to_do(world: World) -> None:
    framed = Rewritten(world)
    framed.answer(OFFICER, "beginning", "consult")
    seen = world.version(framed.ref)
    world.clock.at += timedelta(hours=1)
    framed.file("framework", {**FRAMEWORK, "strategy": "Fewer areas; the groups are listed."})

    with pytest.raises(Stale) as refused:
        comment(framed, seen)
    before = said(framed)
    comment(framed, world.version(framed.ref))

    assert "Open the page again" in str(refused.value) or "again" in str(refused.value)
    assert (before, said(framed)) == ([], ["support"])
