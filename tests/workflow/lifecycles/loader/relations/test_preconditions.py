"""Reading for what a lifecycle applies."""

from decimal import Decimal

from tests.workflow.engine.lifecycles import STANDARD, edited, put
from tests.workflow.lifecycles.broken.heads import APPLIES
from workflow.lifecycles.applies import EVERYTHING, Precondition
from workflow.lifecycles.loader.files import from_body, from_tables, load_file

WHEN = [
    {"of": "framework", "among": ["ibsa"], "words": "it asks the IBSA Fund"},
    {"of": "countries", "at_least": 3},
    {"of": "cost", "at_least": 0, "at_most": 500000},
]


def test_the_standard_lifecycle_is_for_everything() -> None:
    assert load_file(STANDARD).applies == EVERYTHING


def test_conditions_are_read_with_their_bounds_and_words() -> None:
    raw = edited(put("applies", APPLIES | {"when": WHEN}))

    read = from_tables(raw, "small.toml")

    assert read.applies.words == "For small ones."
    assert read.applies.when == (
        Precondition("framework", among=("ibsa",), words="it asks the IBSA Fund"),
        Precondition("countries", at_least=Decimal(3)),
        Precondition("cost", at_least=Decimal(0), at_most=Decimal(500000)),
    )
    assert from_body(read.body) == read


def test_the_facts_stand_in_the_proposal_where_nothing_else_is_said() -> None:
    assert load_file(STANDARD).facts == "proposal"
    assert (
        from_tables(edited(put("facts", "project_document")), "x.toml").facts == "project_document"
    )
