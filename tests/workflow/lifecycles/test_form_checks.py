import pytest

from workflow.audit import canonical
from workflow.demo.house import STANDARD
from workflow.lifecycles import form_checks
from workflow.lifecycles.documents import DocumentKind, Field, Section
from workflow.lifecycles.loader.files import load_file

COLUMNS = (
    Field("source", "Source", "line", required=True, longest=20),
    Field("amount", "Amount", "money", required=True),
)
FIELDS = (
    Field("title", "Title", "line", required=True, longest=10),
    Field("story", "Story", "text", longest=20),
    Field("level", "Level", "choice", options=(("low", "Low"), ("high", "High"))),
    Field("areas", "Areas", "choices", vocabulary="areas", required=True, least=1),
    Field("countries", "Countries", "countries", least=2),
    Field("year", "Year", "number"),
    Field("total", "Total", "money", below_zero=True),
    Field("start", "Start", "date"),
    Field("agreed", "Agreed", "check", required=True),
    Field("relevance", "Relevance", "rating"),
    Field("budget", "Budget", "lines", columns=COLUMNS),
)
KIND = DocumentKind(
    "plan", "Plan", "", "A02", (Section("all", "Everything", "", FIELDS),), False, (), (), ()
)  # fmt: skip
FULL = {
    "title": "Nurses",
    "story": "Two\nlines",
    "level": "low",
    "areas": ["ict"],
    "countries": ["MOZ", "AGO"],
    "year": "2027",
    "total": "-1250.50",
    "start": "2027-02-28",
    "agreed": True,
    "relevance": "6",
    "budget": [{"source": "India", "amount": "1250.5"}],
}


def test_a_full_form_has_no_faults_and_misses_nothing() -> None:
    assert form_checks.faults(KIND, FULL) == {}
    assert form_checks.missing(KIND, FULL) == ()


def test_missing_values_are_no_fault() -> None:
    empty = {"title": "", "areas": [], "agreed": False, "total": None, "budget": []}

    assert form_checks.faults(KIND, empty) == {}


def test_what_is_required_and_missing_is_named_with_its_section() -> None:
    assert form_checks.missing(KIND, {}) == (
        ("Everything", "Title"),
        ("Everything", "Areas"),
        ("Everything", "Agreed"),
    )


def test_too_few_of_an_optional_list_are_missing_once_it_is_begun() -> None:
    begun = {**FULL, "countries": ["MOZ"]}

    assert form_checks.missing(KIND, begun) == (("Everything", "Countries"),)


def test_a_line_without_a_required_column_is_not_complete() -> None:
    half = {**FULL, "budget": [{"source": "India"}]}

    assert form_checks.missing(KIND, half) == (("Everything", "Budget"),)


def test_what_is_missing_is_read_from_filed_bytes() -> None:
    assert form_checks.missing_in(KIND, canonical.write(FULL)) == ()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 11, "11 characters; at most 10"),
        ("title", ["Nurses"], "Text is expected"),
        ("title", 7, "Text is expected"),
        ("title", {"a": "b"}, "Text is expected"),
        ("title", "Nur\x00ses", "No text may hold U+0000, NULL, at “Nur”"),
        ("areas", ["ict\x1b"], "No text may hold U+001B"),
        ("budget", [{"amount": "1\x07"}], "Line 1, Amount: No text may hold U+0007"),
        ("level", "middling", "one of the options"),
        ("areas", "ict", "A list is expected"),
        ("areas", [7], "Text is expected"),
        ("countries", [["MOZ"]], "Text is expected"),
        ("year", "2027.5", "A whole number"),
        ("year", "9" * 16, "A whole number"),
        ("year", "--5", "A whole number"),
        ("year", "２０２７", "A whole number"),
        ("total", "many", "An amount"),
        ("total", "NaN", "An amount"),
        ("total", "9" * 15, "too large"),
        ("total", "1e15", "An amount"),
        ("total", "1E+1000000", "An amount"),
        ("total", "1_000", "An amount"),
        ("start", "2027-02-30", "A date"),
        ("start", "tomorrow", "A date"),
        ("start", "20270228", "A date"),
        ("start", "2027-W08-7", "A date"),
        ("agreed", "yes", "Yes or no"),
        ("relevance", "7", "A rating from 1 to 6"),
        ("budget", [{"amount": "much"}], "Line 1, Amount"),
        (
            "budget",
            [{"amount": "-5"}],
            "Line 1, Amount: An amount below zero is not expected here.",
        ),
        ("budget", [{"colour": "red"}], "no column"),
        ("nothing", "x", "no such field"),
    ],
)
def test_a_wrong_shape_is_told_in_a_sentence(field: str, value: object, sentence: str) -> None:
    found = form_checks.faults(KIND, {field: value})

    assert sentence in str(found[field])


def test_the_standard_forms_have_a_field_of_every_kind_but_a_party_a_tick_and_a_rating() -> None:
    documents = load_file(STANDARD).documents.values()

    kinds = {field.kind for kind in documents for field in kind.fields()}

    assert kinds == {
        "line", "text", "choice", "choices", "countries", "number", "money", "date",
        "lines",
    }  # fmt: skip
