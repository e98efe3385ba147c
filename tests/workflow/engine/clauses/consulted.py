"""A framework on which six countries comment by clause, and what becomes of that."""

from datetime import timedelta
from typing import Any

from tests.workflow.engine.pages.opened import page
from tests.workflow.lifecycles.shipped.test_framework import FRAMEWORK, Framed
from workflow.engine.pages.questions import Question

OFFICER, DIRECTOR = "jane.okello", "elena.petrova"
INDIA, BRAZIL, CHINA, THAILAND = "priya.menon", "paulo.sa", "li.wei", "somchai.chaiyasit"
ALL = (INDIA, THAILAND, "aisyah.rahman", BRAZIL, CHINA, "thandi.nkosi")
# Fourteen comments, each on a clause of the text.
SAID: dict[str, tuple[tuple[str, str], ...]] = {
    INDIA: (
        ("head.areas", "Add energy."),
        ("content.objective", "Say by when."),
        ("content.strategy", "Name the groups."),
        ("content.results.1", "Forty is too few."),
        ("content.total_cost", "Say who pays."),
    ),
    BRAZIL: (
        ("content", "Too short."),
        ("content.strategy", "Name the languages."),
        ("content.results.1", "Count the languages."),
        ("head.planned_end", "End with the biennium."),
    ),
    CHINA: (
        ("head.title", "Call it cooperation framework."),
        ("content.objective", "Speak of mutual benefit."),
        ("content.total_cost", "In kind is missing."),
    ),
    THAILAND: (
        ("content.strategy", "Say how others join."),
        ("head.planned_start", "Begin in January."),
    ),
}
POSITION = {BRAZIL: "support_with_comments"}


def rows(*said: tuple[str, str]) -> dict[str, Any]:
    """Comments as the form of a focal point sends them."""
    return {"comments": [{"clause": clause, "words": words} for clause, words in said]}


def commented(framed: Framed) -> None:
    """Fourteen comments are made; all six countries support the framework."""
    framed.answer(OFFICER, "beginning", "consult")
    for who in ALL:
        comments = rows(*SAID[who]) if who in SAID else {}
        verdict = POSITION.get(who, "support")
        reason = "Say more of languages." if who in POSITION else ""
        framed.world.answer(framed.ref, "consulting", who, verdict, reason, comments)


def asked(framed: Framed, round_key: str, who: str) -> Question:
    """The only question of a round, as its page puts it to this person."""
    (question,) = page(framed.world, framed.ref, round_key, who).questions
    return question


def answers(framed: Framed, disposition: str = "accepted", leaving: int = 0) -> dict[str, Any]:
    """An answer to every comment, but for the last `leaving`."""
    offered = [key for key, _ in asked(framed, "answering", OFFICER).options["remark"]]
    said = [
        {"remark": key, "disposition": disposition, "words": f"As number {number} says."}
        for number, key in enumerate(offered, 1)
    ]
    return {"answers": said[: len(said) - leaving]}


def answered(framed: Framed) -> None:
    """The officer changes the strategy a day later and answers each comment."""
    framed.world.clock.at += timedelta(days=1)
    framed.file("framework", {**FRAMEWORK, "strategy": "Fewer areas; the groups are listed."})
    framed.world.answer(
        framed.ref, "answering", OFFICER, "answer", answers=answers(framed, "partly")
    )


def stands_by(framed: Framed, who: str, *words: str) -> dict[str, Any]:
    """What somebody sends who stands by those comments of their own that say this."""
    read = asked(framed, "second_reading", who).readings
    return {"standing": [{"comment": each.id} for each in read if each.words in words]}
