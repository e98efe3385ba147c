"""A programme under way, whose text says everything that an amendment may change, and amendments under it."""

from typing import Any

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import BY_OUTCOME, REF, above, begun
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.models import Programme

PLAN: dict[str, Any] = {
    "objective": "Nurses of two countries are trained in their own language.",
    "planned_start": "2026-03-02",
    "planned_end": "2028-06-30",
    "total_cost": "385000",
    "participating_countries": ["MOZ", "AGO"],
    "executing_agency": "undp",
    "parts": [
        {"output": "Courses in Portuguese", "amount": "150000"},
        {"output": "Tutors", "amount": "235000"},
    ],
}
MANAGER, OFFICER, DIRECTOR, AGENCY, DONOR = (
    "beatriz.costa", "jane.okello", "elena.petrova", "kenji.watanabe", "ingrid.solberg",
)  # fmt: skip
AUTHORITIES = ("graca.mabunda", "domingos.neto")
ENTRY = {"in_effect_from": "2026-05-04", "told": "Both countries and the agency."}
KIND = {**BY_OUTCOME, "lifecycle": "amendment", "speaks": "executing_agency"}
MINOR: dict[str, Any] = {
    "class": "minor",
    "changes": ["activities", "lines"],
    "what": "The course of the second year is held in Beira, not in Nampula.",
    "why": "The training centre of Nampula is being rebuilt.",
    "effect": "None: the same nurses are trained.",
    "effective": "2026-05-01",
    "lines": [{"output": "Courses in Portuguese", "approved": "150000", "moved": "15000"}],
}
EXTENSION = {
    **MINOR,
    "class": "no_cost_extension",
    "changes": ["end"],
    "planned_end": "2029-06-30",
    "lines": [],
}
SUBSTANTIVE = {
    **MINOR,
    "class": "substantive",
    "changes": ["outputs", "total"],
    "total_cost": "450000",
    "lines": [],
}
REDESIGN = {**SUBSTANTIVE, "class": "redesign", "changes": ["site"], "total_cost": "385000"}
JOINING = {
    **MINOR,
    "class": "countries",
    "changes": ["countries"],
    "participating_countries": ["MOZ", "AGO", "CPV"],
    "agreements": [{"country": "CPV", "person": "Dr Evora, Minister", "agreed_on": "2026-02-02"}],
    "lines": [],
}


def field(key: str, kind: str, **more: Any) -> dict[str, Any]:
    """A field of a form."""
    return {"key": key, "label": key.replace("_", " "), "kind": kind, **more}


def parent(**kinds: dict[str, Any]) -> dict[str, Any]:
    """The lifecycle of a programme whose text is its paper, and which may be suspended and resumed."""
    raw = above(amendment=KIND, **kinds)
    columns = [field("output", "line"), field("amount", "money")]
    raw["documents"]["paper"]["sections"] = [
        {
            "key": "plan", "title": "Plan", "fields": [
                field("objective", "text"), field("planned_start", "date"),
                field("planned_end", "date"), field("total_cost", "money"),
                field("participating_countries", "countries"),
                field("executing_agency", "choice", vocabulary="agencies"),
                field("parts", "lines", columns=columns),
            ],
        }
    ]  # fmt: skip
    raw["states"]["c"] = {**raw["states"]["b"], "label": "Suspended", "pauses": True}
    for key, here, there in (("pause", "b", "c"), ("resume", "c", "b")):
        raw["rules"][key] = raw["rules"]["start"]
        raw["rounds"][key] = {
            **raw["rounds"]["start"], "label": key, "rule": key, "states": [here],
            "opens": "on initiative" if here == "b" else "on entry", "outcomes": {"go": there},
        }  # fmt: skip
    raw["rounds"]["ask"]["states"] = ["b", "c"]
    return raw | {"facts": "paper"}


class Amendment(Carried):
    """One amendment under the programme, which its manager has asked for."""

    def __init__(self, world: World, number: int = 1) -> None:
        self.world, self.above, self.ref = world, REF, f"{REF}.{number}"
        self.definition = load_file(SHIPPED / "amendment.toml")
        world.answer(REF, "ask", OFFICER, "asked")

    def sent(self, request: dict[str, Any], again: str = "") -> None:
        """The programme manager writes the request and sends it."""
        self.world.file(self.ref, "request", MANAGER, request)
        self.answer(MANAGER, "sending_again" if again else "sending", "send", again)

    def confirmed(self, request: dict[str, Any]) -> str:
        """The officer says that it is of its class; where it stands then."""
        self.sent(request)
        self.answer(OFFICER, "classing", "confirm")
        return self.state

    def signed(self, *more: str) -> None:
        """Everybody signs who signed the programme."""
        for who in (*AUTHORITIES, AGENCY, DIRECTOR, *more):
            self.answer(who, "signing", "sign")

    def agreed(self, request: dict[str, Any]) -> None:
        """It goes all the way of its class, until it is agreed."""
        if self.confirmed(request) == "endorsement":
            for who in AUTHORITIES:
                self.answer(who, "endorsing", "endorse")
        if self.state == "decision":
            self.board("deciding", "approve")
        if self.state == "signature":
            self.signed()

    def in_effect(self) -> str:
        """An officer says from which day it is in effect; how it ends."""
        self.world.file(self.ref, "entry", OFFICER, ENTRY)
        self.answer(OFFICER, "putting_in_effect", "effect")
        return self.state


def programme(world: World, **more: Any) -> World:
    """A house in which the programme runs as it was approved; `more` of its plan is said otherwise."""
    publish(world.engine, load_file(SHIPPED / "amendment.toml"))
    begun(world, parent())
    world.file(REF, "paper", OFFICER, {**PLAN, **more})
    world.answer(REF, "start", OFFICER, "go")
    return world


def figures(world: World) -> tuple[str, str, str]:
    """When the programme ends, what it costs and who carries it out, as its lists say."""
    case = select(LifecycleCase.id).where(LifecycleCase.ref == REF).scalar_subquery()
    asked = select(Programme.ends, Programme.budget_usd, Programme.executing_agency)
    with world.engine.reading() as session:
        ends, cost, agency = session.execute(asked.where(Programme.case_id == case)).one()
    return ends, str(cost), agency
