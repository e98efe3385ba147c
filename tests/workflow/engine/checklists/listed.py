"""A case that two people close over a checklist, for tests: what it opens, and what it is measured by."""

from typing import Any

from tests.support.world import World
from tests.workflow.engine.cases.family import (
    BY_OUTCOME,
    HEAD,
    KIND,
    OFFICER,
    REF,
    above,
    begun,
    part,
)

PARTS: dict[str, Any] = {
    "key": "parts", "label": "Parts are done", "of": ["part", "amendment"], "source": ["DESIGN"],
}  # fmt: skip
PAPER: dict[str, Any] = {
    "key": "paper", "label": "The paper is there", "of": ["paper"], "source": ["DESIGN"],
}  # fmt: skip
MONEY: dict[str, Any] = {
    "key": "money", "label": "Money is reconciled", "measure": "money_reconciled", "or_reason": True,
    "source": ["DESIGN"],
}  # fmt: skip


def listed(*lines: dict[str, Any]) -> dict[str, Any]:
    """The lifecycle of a family that the officer and the head close, over these lines."""
    raw = above(part={**KIND, "for_each": "beneficiary"}, amendment=BY_OUTCOME)
    raw["roles"]["unit_head"] = {"label": "Head", "what": "Closes.", "source": ["DESIGN"]}
    closing = raw["rules"]["closing"]
    closing["kind"] = "dual"
    closing["seats"] = [
        {"role": "unit_officer", "of": "office:special-unit"},
        {"role": "unit_head", "of": "office:special-unit"},
    ]
    close, back = closing["verdicts"]["close"], closing["verdicts"]["back"]
    del close["outcome"]
    back |= {"stance": "against", "reason": "required"}
    raw["rounds"]["closing"]["outcomes"] = {"complete": "z", "back": "a"}
    raw["rounds"]["closing"]["checklist"] = list(lines)
    return raw


def running(world: World, *lines: dict[str, Any]) -> None:
    """A case of it that stands where it is to be closed, with two parts open under it."""
    begun(world, part(), listed(*lines))
    world.answer(REF, "start", OFFICER, "go")


def both_close(world: World, reason: str = "") -> None:
    """The officer and the head close it."""
    for who in (OFFICER, HEAD):
        world.answer(REF, "closing", who, "close", reason)
