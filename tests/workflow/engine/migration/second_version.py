"""A second version of the standard, and programmes in many states that follow the first."""

from typing import Any

from tests.support.world import World
from tests.workflow.engine.lifecycles import Edit, edited, put
from workflow.engine.commands.open_case import publish
from workflow.engine.migration.wish import CaseSeen, Migration
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.obstacles import KeyMapping
from workflow.lifecycles.loader.files import from_tables

ADMINISTRATOR = "naledi.khumalo"
# Thirteen live programmes; those in their first states begin from copies.
STATES = (
    "draft", "screening", "consultation", "lead_group", "formulation", "appraisal", "decision",
    "signature", "inception", "active", "operational_closure",
    "operational_closure", "screening",
)  # fmt: skip


def without_assets(raw: dict[str, Any]) -> None:
    """The final report says no longer who received the assets, and no checklist asks for their papers."""
    closure = raw["rounds"]["closure"]
    closure["checklist"] = [each for each in closure["checklist"] if each["key"] != "assets"]
    for section in raw["documents"]["final_report"]["sections"]:
        section["fields"] = [each for each in section["fields"] if each["key"] != "assets"]


def version(*edits: Edit, number: str = "6") -> Definition:
    """The standard with these edits, as a version of this number."""
    return from_tables(edited(put("version", number), *edits), "second.toml")


def everywhere(before: str, now: str) -> Edit:
    """A round under another key, and every place that names it or the state of its name."""

    def edit(raw: dict[str, Any]) -> None:
        raw["rounds"] = {now if key == before else key: each for key, each in raw["rounds"].items()}
        _replace(raw["rounds"], before, now)
        _replace(raw["documents"], before, now)
        for rule in raw["rules"].values():
            for seat in rule["seats"]:
                seat["of"] = seat["of"].replace(f"answered:{before}:", f"answered:{now}:")
            _replace(rule, f"signed:{before}", f"signed:{now}")

    return edit


def _replace(found: Any, before: str, now: str) -> None:
    for key, each in [*(found.items() if isinstance(found, dict) else enumerate(found))]:
        if isinstance(each, dict | list):
            _replace(each, before, now)
        elif each == before and key not in {"rule", "label"}:
            found[key] = now
        elif each == f"by_clause:{before}":
            found[key] = f"by_clause:{now}"


SECOND = version(
    put("states/screening/label", "First look"),
    put("rounds/screening/within/amount", 900),
    put("rounds/consultation/label", "What countries say"),
    without_assets,
)


def moving(
    world: World, to: Definition = SECOND, *, published: bool = True, **mapping: dict[str, str]
) -> Migration:
    """To this version, by an administrator, for a reason."""
    number = publish(world.engine, to) if published else None
    by = world.person(ADMINISTRATOR)
    return Migration(to, number, by, KeyMapping(**mapping), "The house works otherwise now.")


def seen(world: World, *refs: str) -> list[CaseSeen]:
    """These programmes as they stand now."""
    return [CaseSeen(ref, world.version(ref)) for ref in refs]
