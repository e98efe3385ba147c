"""What a case above says is offered, repeated and held against below, and kept with what is filed there."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import KIND, OFFICER, REF, above, begun, part
from workflow.audit import canonical
from workflow.audit.verification.verify import verify
from workflow.engine.document_models import Document
from workflow.engine.documents.above.kept import called_then
from workflow.engine.documents.labels import speaker
from workflow.engine.models import LifecycleCase
from workflow.errors import Incomplete, Invalid

CODE = {"key": "code", "label": "Code", "kind": "line", "longest": 20, "required": True}
WORDS = {"key": "words", "label": "Words", "kind": "line", "longest": 200}
TOTAL = {"key": "total", "label": "Total", "kind": "money"}
OUTPUTS = {"key": "outputs", "label": "Outputs", "kind": "lines", "columns": [CODE, WORDS, TOTAL]}
PLAN = {
    "total": "1000.00",
    "outputs": [{"code": "1.1", "words": "Teachers trained", "total": "600.00"},
                {"code": "1.2", "words": "Schools equipped"}],
}  # fmt: skip
ABOVE = [
    {"key": "of", "label": "Of", "kind": "choice", "vocabulary": "parent:paper:outputs.code"},
    {"key": "spent", "label": "Spent", "kind": "money"},
    {"key": "known", "label": "Known", "kind": "money", "repeats": "parent:facts:total"},
    {"key": "lines", "label": "Lines", "kind": "lines", "columns": [
        {"key": "which", "label": "Which", "kind": "choice", "vocabulary": "parent:facts:outputs.code"},
    ]},
]  # fmt: skip
WITHIN: dict[str, Any] = {
    "key": "within", "kind": "at most", "of": ["spent"], "to": ["parent:paper:total"], "at": "spent",
    "label": "It is within the total", "problem": "More than the total", "stops": "signing",
}  # fmt: skip
BELOW = f"{REF}.1"


def report(**more: Any) -> dict[str, Any]:
    """The lifecycle of a case that looks at the one above; whoever signs needs what it writes."""
    raw = part(facts="paper")
    raw["documents"]["paper"] |= {
        "sections": [{"key": "all", "title": "All", "fields": [*ABOVE]}], "checks": [WITHIN],
    }  # fmt: skip
    for verdict in raw["rules"]["task"]["verdicts"].values():
        verdict["needs"] = ["paper"]
    raw["rounds"]["task"]["text"] = ["paper"]
    return raw | more


def planned(**kinds: dict[str, Any]) -> dict[str, Any]:
    """The lifecycle of a case with a plan."""
    raw = above(**(kinds or {"part": KIND})) | {"facts": "paper"}
    raw["documents"]["paper"] |= {
        "sections": [{"key": "all", "title": "All", "fields": [TOTAL, OUTPUTS]}],
        "written_in": ["a", "b"],
    }  # fmt: skip
    return raw


@pytest.fixture
def family(world: World) -> World:
    begun(world, report(), planned())
    world.file(REF, "paper", OFFICER, PLAN)
    world.answer(REF, "start", OFFICER, "go")
    return world


def filed(world: World, ref: str = BELOW) -> list[dict[str, Any]]:
    """What each version of the text of a case says, the newest last."""
    of = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    bodies = select(Document.body).where(Document.case_id == of, Document.kind == "paper")
    with world.engine.reading() as session:
        return [
            canonical.parse(each) for each in session.scalars(bodies.order_by(Document.version))
        ]


@pytest.mark.parametrize(
    ("content", "at"), [({"of": "2.1"}, "of"), ({"lines": [{"which": "2.1"}]}, "lines")]
)
def test_a_row_that_is_not_there_is_refused_at_its_field(
    family: World, content: dict[str, Any], at: str
) -> None:
    with pytest.raises(Invalid) as refused:
        family.file(BELOW, "paper", OFFICER, content)

    assert str(refused.value.faults[at]) == (
        f"{REF} has no such row: 2.1. Choose one of those that it offers."
    )
    assert filed(family) == []


def test_what_is_filed_keeps_what_it_looked_at_and_chose(family: World) -> None:
    family.file(BELOW, "paper", OFFICER, {"of": "1.1", "spent": "10", "lines": [{"which": "1.2"}]})

    assert filed(family) == [{
        "of": "1.1", "spent": "10", "known": "1000.00", "lines": [{"which": "1.2"}],
        "parent:paper": {"total": "1000.00"},
        "parent:facts": {"total": "1000.00"},
        "parent:paper:outputs.code": [["1.1", "1.1: Teachers trained"]],
        "parent:facts:outputs.code": [["1.2", "1.2: Schools equipped"]],
    }]  # fmt: skip
    assert verify(family.engine.database).sound


def test_what_changes_above_changes_nothing_of_what_was_filed(family: World) -> None:
    family.file(BELOW, "paper", OFFICER, {"of": "1.1", "spent": "900"})
    family.file(REF, "paper", OFFICER, {"total": "500.00", "outputs": []})

    family.answer(BELOW, "task", OFFICER, "done")

    (kept,) = filed(family)
    assert family.state(BELOW) == "z"
    assert called_then([kept])["parent:paper:outputs.code"] == {"1.1": "1.1: Teachers trained"}


def test_filed_anew_it_is_held_against_what_is_said_above_by_then(family: World) -> None:
    content = {"spent": "900"}
    family.file(BELOW, "paper", OFFICER, content)
    family.file(REF, "paper", OFFICER, {"total": "500.00"})
    family.file(BELOW, "paper", OFFICER, content)

    with pytest.raises(Incomplete) as refused:
        family.answer(BELOW, "task", OFFICER, "done")

    assert "More than the total by USD 400" in str(refused.value.missing[0])
    assert [each["parent:paper"]["total"] for each in filed(family)] == ["1000.00", "500.00"]


def test_what_is_sent_of_a_case_above_is_not_believed(family: World) -> None:
    sent = {"spent": "9000", "parent:paper": {"total": "99999.00"}}
    family.file(BELOW, "paper", OFFICER, sent)

    assert filed(family)[0]["parent:paper"] == {"total": "1000.00"}
    with pytest.raises(Incomplete):
        family.answer(BELOW, "task", OFFICER, "done")


def test_readers_are_told_what_was_chosen_as_it_was_called_then(family: World) -> None:
    family.file(BELOW, "paper", OFFICER, {"of": "1.1"})
    family.file(REF, "paper", OFFICER, {"outputs": [{"code": "1.1", "words": "Something else"}]})
    (kept,) = filed(family)

    with family.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == BELOW)).one()
        definition = family.engine.definition(case.definition_id or 0, session)
        field = next(definition.documents["paper"].fields())
        say = speaker(session, definition, [], [kept])

    assert say(field, "1.1") == "1.1: Teachers trained"
