"""What a record proposes is a fact in the making: it is read as a file would write it, or refused."""

import pytest

from workflow.programmes.record_lines import FIELDS, proposed_in, record_faults, stated_in

Line = dict[str, str]


def proposing(field: str, proposed: str, source: str = "") -> Line:
    return {"field": field, "source": source, "proposed": proposed, "evidence": "A letter"}


@pytest.mark.parametrize(
    ("field", "said", "column", "read"),
    [
        ("End", " 2028-03 ", "end", "2028-03"),
        ("Planned end", "2028", "end_planned", "2028"),
        ("Start", "2019-02-28", "start", "2019-02-28"),
        ("Budget in US dollars", "1,250,000.50", "budget_usd", "1250000.50"),
        ("Budget in US dollars", "unknown", "budget_usd", ""),
        ("End", "Not stated", "end", ""),
        ("Title", "Quality  of schools", "title", "Quality of schools"),
    ],
)
def test_what_is_proposed_is_read_as_a_file_writes_it(
    field: str, said: str, column: str, read: str
) -> None:
    content = {"fields": [proposing(field, said)]}

    assert proposed_in(content) == {column: read}
    assert record_faults(content) == {}


def test_what_is_not_proposed_or_no_column_is_left_alone() -> None:
    content = {"fields": [proposing("End", " "), proposing("Colour", "red"), {"field": "Fund"}]}

    assert proposed_in(content) == {}
    assert record_faults(content) == {}
    assert proposed_in({}) == record_faults({}) == {}


@pytest.mark.parametrize(
    ("field", "said", "fault"),
    [
        ("End", "soon", "End: write a day, a month or a year"),
        ("End", "2028-02-30", "End: write a day, a month or a year"),
        ("Start", "28", "Start: write a day"),
        ("Approved", "1850", "Approved: write a day"),
        ("Budget in US dollars", "about 3 M", "Budget in US dollars: write a number"),
        ("Budget in US dollars", "-5", "Budget in US dollars: write a number"),
        ("Fund", "x" * 121, "Fund: at most 120 characters."),
        ("Title", "unknown", "Title: a programme is called something."),
        ("Donors", "BRA", "Donors: who takes part is said where the record is placed."),
        ("Lead countries", "BRA", "Lead countries: who takes part is said"),
    ],
)
def test_what_could_be_no_fact_is_refused_at_the_fields(field: str, said: str, fault: str) -> None:
    found = record_faults({"fields": [proposing(field, said)]})

    assert set(found) == {"fields"}
    assert fault in str(found["fields"])


def test_every_fault_is_said_at_once() -> None:
    found = record_faults({"fields": [proposing("End", "soon"), proposing("Donors", "BRA")]})

    assert "End: write" in str(found["fields"])
    assert "Donors: who takes part" in str(found["fields"])


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        ("2012-01-01", "2011", True),
        ("2012-03", "2012-02-28", True),
        ("2012-03", "2012", False),
        ("", "2011", False),
        ("not stated", "2011", False),
    ],
)
def test_an_end_before_the_start_is_refused_where_both_are_known(
    start: str, end: str, *, refused: bool
) -> None:
    content = {"fields": [proposing("Start", "", start), proposing("End", end, "2016")]}

    assert bool(record_faults(content)) is refused


def test_the_fields_of_the_form_are_those_that_are_read() -> None:
    assert {"title", "start", "end", "end_planned", "budget_usd", "donors"} <= FIELDS.keys()


def test_a_record_states_what_it_proposes_or_else_what_stands_there_as_its_source() -> None:
    content = {
        "fields": [
            proposing("Title", "Quality of schools", "Quality of education"),
            proposing("Fund", "", "IBSA Fund"),
            proposing("Start", "", "not stated"),
            proposing("End", "unknown", "2016"),
            proposing("Budget in US dollars", "", "about 3 M"),
            proposing("Modality", "", "x" * 61),
            proposing("Colour", "", "red"),
        ]
    }

    assert stated_in(content) == {
        "title": "Quality of schools", "fund": "IBSA Fund", "start": "", "end": "",
    }  # fmt: skip
