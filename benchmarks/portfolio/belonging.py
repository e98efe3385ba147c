"""Which rows belong to a case, and through which columns they find each other."""

from typing import Any

from sqlalchemy import Column, Table

import workflow.schema

ORDER = workflow.schema.METADATA.sorted_tables
TABLES = workflow.schema.METADATA.tables
# Counted, placed, or about what nobody did to a copy.
LEFT_OUT = frozenset(
    {
        "log_entry",
        "log_pending",
        "verification",
        "review",
        "delivery",
        "working_copy",
        "led_programme",
    }
)
# What names a row of a case's own without saying so.
UNSAID = {"case_id": "lifecycle_case", "text_id": "document"}


def copied() -> list[Table]:
    """The tables with rows that belong to a case, parents first."""
    found = {"lifecycle_case"}
    for each in ORDER:
        parents = {parent_of(column_) for column_ in each.c if column_.name != "id"}
        if each.name not in LEFT_OUT and parents & found:
            found.add(each.name)
    return [each for each in ORDER if each.name in found]


def parent_of(of: Column[Any]) -> str:
    """Which table's rows a column counts: its own, or one that it refers to; empty for neither."""
    if of.name == "id":
        return of.table.name
    told = next((key.column for key in of.foreign_keys), None)
    if told is None:
        return UNSAID.get(of.name, "")
    # What is kept of a case by its number, as a list is, has no number of its own.
    return told.table.name if told.name == "id" else parent_of(told) or told.table.name


def of_chosen(of: Table) -> str:
    """How a row shows that it belongs to what is copied."""
    chosen = "(select id from chosen_case)"
    if of.name == "lifecycle_case":
        return f"id in {chosen}"
    if "case_id" in of.c:
        return f"case_id in {chosen}"
    through = next(each for each in of.c if _has_a_case(parent_of(each)))
    return f"{through.name} in (select id from {parent_of(through)} where case_id in {chosen})"


def _has_a_case(name: str) -> bool:
    return name in TABLES and "case_id" in TABLES[name].c
