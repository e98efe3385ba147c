"""A lifecycle that opens cases under its own, the lifecycles of these, and a case of it in the house."""

from typing import Any

from sqlalchemy import insert, select

from tests.support.world import World
from tests.workflow.engine.lifecycles import small_raw
from tests.workflow.engine.small_cases import opened, take_part
from workflow.engine.children.models import ChildCase
from workflow.engine.commands import open_case
from workflow.engine.models import LifecycleCase
from workflow.history.recorded import Recorded, trail
from workflow.lifecycles.loader.files import body_of, from_body
from workflow.programmes.models import Programme

REF, OFFICER, HEAD = "FAM-1", "jane.okello", "elena.petrova"
KIND: dict[str, Any] = {
    "label": "Part",
    "meaning": "What is done by itself.",
    "lifecycle": "part",
    "opens": "on entry",
    "states": ["b"],
    "source": ["DESIGN"],
}
BY_OUTCOME = {
    **{key: value for key, value in KIND.items() if key != "states"},
    "label": "Amendment",
    "opens": "by outcome",
}
ALL: dict[str, Any] = {"children": "part", "until": "all"}


def of_officers(raw: dict[str, Any]) -> dict[str, Any]:
    """The lifecycle, in which the officers of the house answer everything."""
    raw["roles"]["unit_officer"] = raw["roles"].pop("officer")
    raw["documents"]["paper"]["written_by"] = [
        {"role": "unit_officer", "of": "office:special-unit"}
    ]
    for rule in raw["rules"].values():
        rule["seats"] = [{"role": "unit_officer", "of": "office:special-unit"}]
    return raw


def part(key: str = "part", **more: Any) -> dict[str, Any]:
    """The lifecycle of a case under another one: it is done, or fails."""
    rounds = {"task": {"states": ["a"], "outcomes": {"done": "z", "failed": "y"}}}
    raw = of_officers(small_raw(rounds, "a"))
    raw["states"]["y"] = {**raw["states"]["z"], "label": "Y"}
    return raw | {"key": key, "subject": "part"} | more


def above(*waits: dict[str, Any], **kinds: dict[str, Any]) -> dict[str, Any]:
    """The lifecycle of a case that begins, goes on in `b`, may ask for more there, and is closed."""
    asked = sorted(key for key, kind in kinds.items() if kind["opens"] == "by outcome")
    rounds: dict[str, Any] = {
        "start": {"states": ["a"], "outcomes": {"go": "b"}},
        "closing": {"states": ["b"], "outcomes": {"close": "z", "back": "a"}},
    }
    if asked:
        outcomes = {"asked": {"opens": [], "children": asked}}
        rounds["ask"] = {"states": ["b"], "outcomes": outcomes, "opens": "on initiative"}
    raw = of_officers(small_raw(rounds, "a", "b"))
    if kinds:
        raw["children"] = kinds
    if waits:
        raw["rounds"]["closing"]["waits_for"] = list(waits)
    return raw | {"key": "family"}


def published(world: World, *tables: dict[str, Any]) -> int:
    """The number of the last of these lifecycles, all of which are published."""
    return [open_case.publish(world.engine, from_body(body_of(raw))) for raw in tables][-1]


def begun(world: World, *tables: dict[str, Any], ref: str = REF) -> str:
    """A case of the last of these lifecycles, a programme of two countries and an agency."""
    number = published(world, *tables)
    with opened(world, number, ref, who=OFFICER, title="A family") as work:
        programme = insert(Programme).values(case_id=work.case.id, modality="standard")
        work.session.execute(programme)
        take_part(world, work, beneficiary=("moz", "ago"), executing_agency="undp")
    return ref


def below(world: World, ref: str = REF) -> list[str]:
    """The references of the cases under one, in their order."""
    parent = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    with world.engine.reading() as session:
        return list(
            session.scalars(
                select(LifecycleCase.ref)
                .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
                .where(ChildCase.parent_id == parent)
                .order_by(ChildCase.number)
            )
        )


def told(world: World, ref: str) -> list[str]:
    """The kinds of events on the trail of a case, in their order."""
    return [each.type for each in events(world, ref)]


def events(world: World, ref: str) -> list[Recorded]:
    """Everything on the trail of a case."""
    with world.engine.reading() as session:
        number = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        return list(trail(session, number))
