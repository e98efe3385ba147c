"""Bars lifted by hand: only where a definition lets somebody, for one person, and never unseen."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.world import World
from tests.workflow.engine.commands.test_sign import trail
from tests.workflow.engine.lifecycles import edited, faults_in, put, small_raw, written
from tests.workflow.engine.small_cases import opened
from workflow.engine import commands
from workflow.engine.commands import WaiveBar, open_case
from workflow.engine.commands.file_document import Filing, put_document
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, NotFound, Refusal
from workflow.history.filters import HistoryFilters
from workflow.history.reader import selection
from workflow.lifecycles.loader.files import body_of, from_body

REF, OFFICER, HEAD = "LIFT-1", "jane.okello", "elena.petrova"
BY = [{"role": "unit_head", "of": "office:special-unit"}]


def raw(*, lifted: bool = True) -> dict[str, Any]:
    """Officers decide on a text, except on their own, unless the Director lets them."""
    made = small_raw({"check": {"states": ["a"], "outcomes": {"yes": "z"}}}, "a")
    role = made["roles"].pop("officer")
    made["roles"] = {"unit_officer": role, "unit_head": {**role, "label": "Director"}}
    made["documents"]["paper"]["written_by"] = [
        {"role": "unit_officer", "of": "office:special-unit"}
    ]
    made["rounds"]["check"]["text"] = ["paper"]
    for seat in made["rules"]["check"]["seats"]:
        seat["role"] = "unit_officer"
        seat["of"] = "office:special-unit"
    made["rules"]["check"]["never"] = ["author"]
    if lifted:
        made["rules"]["check"]["override"] = {"by": BY, "bars": ["author"]}
    return made


def begun(world: World, *, lifted: bool = True) -> World:
    definition_id = open_case.publish(world.engine, from_body(body_of(raw(lifted=lifted))))
    house = "special-unit"
    with opened(world, definition_id, REF, who=OFFICER, title="A paper", proposer=house) as work:
        put_document(work, world.person(OFFICER), Filing(REF, "paper", {}, 0))
    return world


@pytest.fixture
def paper(world: World) -> World:
    return begun(world)


def lift(world: World, who: str = HEAD, **more: object) -> None:
    at = world.seat(REF, "check", world.person(OFFICER)) or 0
    said: dict[str, Any] = {
        "ref": REF, "round": "check", "seat": at, "seen_version": world.version(REF),
        "key": uuid4().hex, "reason": "Nobody else reads Portuguese.",
        "whom": world.person(OFFICER), "bar": "author",
    }  # fmt: skip
    commands.waive(world.engine, world.person(who), WaiveBar(**(said | more)))


def test_a_bar_holds_until_it_is_lifted(paper: World) -> None:
    with pytest.raises(ConflictOfDuties, match="You wrote the text"):
        paper.answer(REF, "check", OFFICER, "yes")

    lift(paper)

    assert paper.answer(REF, "check", OFFICER, "yes").outcome == "yes"


def test_what_was_lifted_stands_in_the_history_and_on_the_sign_off(paper: World) -> None:
    lift(paper)
    paper.answer(REF, "check", OFFICER, "yes")

    with paper.engine.reading() as session:
        lines = selection(
            session, paper.engine, REF,
            person=paper.person(OFFICER), now=paper.engine.now(), filters=HistoryFilters(),
        )  # fmt: skip
    told = {line.type: line for line in lines}
    assert "so that Jane Okello may answer" in str(told["duty.overridden"].says)
    assert told["duty.overridden"].reason == "Nobody else reads Portuguese."
    assert "Lifted: whoever wrote the text" in " ".join(map(str, told["signoff.given"].under))


@pytest.mark.parametrize(
    ("who", "more", "refusal", "why"),
    [
        (OFFICER, {}, NotAuthorised, "Only the Director"),
        (HEAD, {"reason": " "}, Invalid, "needs a reason"),
        (HEAD, {"bar": "signed:check"}, NotFound, "lets nobody lift"),
    ],
)
def test_a_bar_is_not_lifted_anyhow(
    paper: World, who: str, more: dict[str, object], refusal: type[Refusal], why: str
) -> None:
    before = trail(paper, REF)

    with pytest.raises(refusal, match=why):
        lift(paper, who, **more)

    assert trail(paper, REF) == before


def test_nobody_lifts_a_bar_for_themselves_or_for_whom_it_does_not_bar(paper: World) -> None:
    with pytest.raises(NotAuthorised, match="for themselves"):
        lift(paper, whom=paper.person(HEAD))
    with pytest.raises(Invalid, match="does not keep this person"):
        lift(paper, whom=paper.person("ravi.chand"))
    lift(paper)
    with pytest.raises(Invalid, match="does not keep this person"):
        lift(paper)


def test_without_a_word_in_the_definition_nobody_lifts_anything(world: World) -> None:
    begun(world, lifted=False)

    with pytest.raises(NotFound, match="lets nobody lift"):
        lift(world)


def test_the_standard_lifecycle_lets_nobody_lift_a_bar(world: World) -> None:
    definition = world.engine.published("programme-standard")[1]

    assert not [rule.key for rule in (s.rule for s in definition.rounds.values()) if rule.override]


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("rules/screening_check/override", {"by": BY, "bars": ["author"]}, "bars"),
        ("rounds/screening/declares", ["pac_chair"], "does not ask"),
        ("rounds/submission/escalated_by", BY, "escalate"),
    ],
)
def test_what_a_definition_cannot_mean_is_a_fault(
    tmp_path: Any, path: str, value: object, problem: str
) -> None:
    changed = edited(put(path, value))
    if problem == "bars":
        changed["rules"]["screening_check"]["never"] = ["signed:submission"]

    found = faults_in(written(tmp_path, changed))

    assert any(problem in f"{fault.place} {fault.problem}" for fault in found)
