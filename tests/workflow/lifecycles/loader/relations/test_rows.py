"""Reading what opens a child case for each row of a table, and what of it cannot be."""

from collections.abc import Mapping

import pytest

from tests.workflow.engine.lifecycles import STANDARD, Edit, drop, edited, faults_of, put
from tests.workflow.lifecycles.with_children import with_children
from workflow.lifecycles.checks.check import OnlyWhere, ValuePlace
from workflow.lifecycles.children.kinds import EachRow
from workflow.lifecycles.loader.files import from_tables

HERE, ACTION = "children.action", "children/action"
COLUMNS = "documents/management_response/sections/0/fields/0/columns"
FAULTY: Mapping[str, tuple[Edit, str, str]] = {
    "no document": (
        put(f"{ACTION}/for_each_row", "responses"), f"{HERE}.for_each_row", "no document",
    ),
    "a document that is not there": (
        put(f"{ACTION}/for_each_row", "management_reponse:responses"), f"{HERE}.for_each_row",
        "did you mean 'management_response'",
    ),
    "a field that is no table": (
        put(f"{ACTION}/for_each_row", "proposal:title"), f"{HERE}.for_each_row", "no table",
    ),
    "by schedule": (
        lambda raw: raw["children"]["action"].update(
            {"opens": "by schedule", "every": "year", "states": ["active"]}
        ),
        f"{HERE}.for_each_row", "by schedule",
    ),
    "for each party too": (
        put(f"{ACTION}/for_each", "beneficiary"), f"{HERE}.for_each", "not both",
    ),
    "known by nothing": (drop(f"{ACTION}/known_by"), f"{HERE}.known_by", "is missing"),
    "known by no column": (
        put(f"{ACTION}/known_by", "numbr"), f"{HERE}.known_by", "did you mean 'number'",
    ),
    "known by a day": (
        put(f"{ACTION}/known_by", "due"), f"{HERE}.known_by", "no row can be known",
    ),
    "known by a long line": (
        put(f"{ACTION}/known_by", "action"), f"{HERE}.known_by", "no row can be known",
    ),
    "known by what may be empty": (
        drop(f"{COLUMNS}/0/required"), f"{HERE}.known_by", "required = true",
    ),
    "known by what may stand twice": (
        drop("documents/management_response/checks"), f"{HERE}.known_by", "may stand in two rows",
    ),
    "rows of no column": (
        put(f"{ACTION}/rows/column", "answer"), f"{HERE}.rows", "no column of 'responses'",
    ),
    "rows of words that are not offered": (
        put(f"{ACTION}/rows/is", ["acepted"]), f"{HERE}.rows", "did you mean 'accepted'",
    ),
    "called after no column": (
        put(f"{ACTION}/titled_by", "acton"), f"{HERE}.titled_by", "did you mean 'action'",
    ),
    "called after a day": (
        put(f"{ACTION}/titled_by", "due"), f"{HERE}.titled_by", "no line of text",
    ),
    "called after what is confidential": (
        put("documents/management_response/sections/0/fields/0/confidential", True),
        f"{HERE}.titled_by", "confidential",
    ),
    "carrying no column": (
        put(f"{ACTION}/carries/action", "act"), f"{HERE}.carries.action", "no column",
    ),
    "carrying from no table": (
        put(f"{ACTION}/carries/action", "evaluation_report:findings.number"),
        f"{HERE}.carries.action", "no table",
    ),
    "carrying from rows that are not known so": (
        put(f"{ACTION}/carries/action", "project_document:budget.amount"),
        f"{HERE}.carries.action", "not known by 'number'",
    ),
    "carrying what is no text": (
        put(f"{ACTION}/carries/action", 3), f"{HERE}.carries.action", "a text is expected",
    ),
    "spoken for by no party": (
        put(f"{ACTION}/speaks", "management_response:responses.owner"),
        f"{HERE}.speaks", "a party is expected",
    ),
    "spoken for in another table": (
        put(f"{ACTION}/speaks", "evaluation_report:recommendations.number"),
        f"{HERE}.speaks", "no column of the row",
    ),
    "spoken for by no column": (
        put(f"{ACTION}/speaks", "management_response:responses.party"),
        f"{HERE}.speaks", "no column",
    ),
    "a column without rows": (
        put("children/amendment/speaks", "management_response:responses.owner"),
        "children.amendment.speaks", "for_each_row",
    ),
    "what is carried without rows": (
        put("children/amendment/carries", {"title": "title"}),
        "children.amendment.carries", "for_each_row",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "place", "words"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_named_with_its_place_and_what_was_expected(
    edit: Edit, place: str, words: str
) -> None:
    faults = faults_of(edited(edit, raw=with_children()))

    told = [str(each.problem) for each in faults if str(each.place) == f"{STANDARD.name}: {place}"]
    assert any(words in problem for problem in told), "\n".join(map(str, faults))


def test_what_a_file_says_of_the_rows_is_kept() -> None:
    action = from_tables(with_children(), "a.toml").children["action"]

    assert action.each_row == EachRow(
        table=ValuePlace("responses", document="management_response"),
        known_by="number",
        only=OnlyWhere(
            ValuePlace("", column="response"), frozenset({"accepted", "partly_accepted"})
        ),
        carries=(
            ("action", ValuePlace("responses", "action", "management_response")),
            (
                "recommendation",
                ValuePlace("recommendations", "recommendation", "evaluation_report"),
            ),
        ),
        titled_by="action",
    )


def test_a_column_of_parties_may_say_who_speaks() -> None:
    party = {"key": "party", "label": "Party", "kind": "party", "vocabulary": "parties:lead"}
    raw = edited(
        lambda each: each["documents"]["management_response"]["sections"][0]["fields"][0][
            "columns"
        ].append(party),
        put(f"{ACTION}/speaks", "management_response:responses.party"),
        raw=with_children(),
    )

    action = from_tables(raw, "a.toml").children["action"]

    assert action.spoken_for_in == ValuePlace("responses", "party", "management_response")
    assert action.speaks == "proposer"
