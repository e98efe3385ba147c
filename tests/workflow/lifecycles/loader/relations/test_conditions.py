"""Reading conditions of seats and outcomes."""

from decimal import Decimal

from tests.workflow.engine.lifecycles import STANDARD, edited, put
from tests.workflow.lifecycles.broken.conditions import COST, branching
from workflow.lifecycles.checks.check import CheckKind, ValuePlace
from workflow.lifecycles.loader.files import from_body, from_tables, load_file

TRIANGULAR = STANDARD.with_name("triangular.toml")
DONORS = ValuePlace("donors", document="proposal")


def test_a_condition_is_read_with_its_words_and_its_relation() -> None:
    (condition,) = from_tables(edited(branching(COST)), "it.toml").rounds["screening"].outcomes[
        "return"
    ].branches[0].when  # fmt: skip

    assert condition.words == "It costs little"
    assert condition.relation.kind is CheckKind.AT_MOST
    assert condition.relation.amount == Decimal(1000)
    assert condition.relation.of == (ValuePlace("total_cost", document="proposal"),)


def test_a_seat_says_when_it_is_asked() -> None:
    *always, donor = load_file(TRIANGULAR).rounds["signing"].rule.seats

    assert [seat.when for seat in always] == [(), (), ()]
    assert [each.relation.of for each in donor.when] == [(DONORS,)]


def test_a_seat_without_conditions_is_always_asked() -> None:
    raw = edited(put("rules/board_consensus/seats/0/if_any", True))

    assert from_tables(raw, "it.toml").rounds["decision"].rule.seats[0].when == ()


def test_what_is_published_is_read_back_with_its_conditions() -> None:
    written = load_file(TRIANGULAR)

    read = from_body(written.body)

    assert read == written
    assert read.rounds["concluding"].outcomes["recommend"].branches != ()
