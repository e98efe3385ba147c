"""Places of a case above: the fields they name, and what its rows are called."""

import pytest

from tests.workflow.engine.documents.above.test_kept import PLAN, planned
from workflow.lifecycles.checks.check import ValuePlace
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.parentage.above import named_above, narrowed, row_choices

DEFINITION = from_tables(planned(), "planned.toml")


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("parent:paper:total", ["total"]),
        ("parent:facts:outputs.code", ["outputs"]),
        ("parent:paper:sum", []),
        ("parent:plan:total", []),
        ("paper:total", []),
    ],
)
def test_a_place_names_the_field_of_a_document_or_of_what_tells_the_facts(
    place: str, fields: list[str]
) -> None:
    assert [each.key for each in named_above(DEFINITION, ValuePlace.named(place))] == fields


def test_rows_are_called_after_their_first_words() -> None:
    (table,) = named_above(DEFINITION, ValuePlace.named("parent:paper:outputs.code"))

    assert row_choices(table, "code", PLAN["outputs"]) == (
        ("1.1", "1.1: Teachers trained"), ("1.2", "1.2: Schools equipped"),
    )  # fmt: skip
    assert row_choices(table, "words", PLAN["outputs"])[0][1] == "Teachers trained: 1.1"
    assert row_choices(table, "code", [{"code": "1"}, {"code": "1", "words": "Two"}, {}, "x"]) == (
        ("1", "1"),
    )
    assert row_choices(table, "code", None) == ()


def test_of_a_table_nothing_is_shown_but_the_columns_that_are_looked_at() -> None:
    assert narrowed(PLAN["outputs"], frozenset({"code"})) == [{"code": "1.1"}, {"code": "1.2"}]
    assert narrowed("1000.00", frozenset({""})) == "1000.00"
    assert narrowed(["MOZ"], frozenset({""})) == ["MOZ"]
