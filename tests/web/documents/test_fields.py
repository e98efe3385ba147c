from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict

from web.documents.forms import FieldsForm
from web.documents.lines import MOST_LINES
from workflow.lifecycles.documents import Field
from workflow.phrase import verbatim

COLUMNS = (
    Field("source", "Source", "line", longest=20),
    Field("amount", "Amount", "money"),
    Field("level", "Level", "choice", options=(("low", "Low"), ("high", "High"))),
    Field("sure", "Sure", "check"),
)
FIELDS = (
    Field("title", "Title", "line", longest=10),
    Field("story", "Story", "text", longest=20),
    Field("level", "Level", "choice", options=(("low", "Low"), ("high", "High"))),
    Field("areas", "Areas", "choices", vocabulary="areas"),
    Field("countries", "Countries", "countries"),
    Field("year", "Year", "number"),
    Field("total", "Total", "money"),
    Field("start", "Start", "date"),
    Field("agreed", "Agreed", "check"),
    Field("relevance", "Relevance", "rating"),
    Field("convenor", "Convenor", "party", vocabulary="parties:lead"),
    Field("budget", "Budget", "lines", columns=COLUMNS),
)
OFFERED = {
    "areas": (("ict", "Technology"), ("energy", "Energy")),
    "countries": (("AGO", "Angola"), ("MOZ", "Mozambique")),
    "ratings": tuple((str(mark), str(mark)) for mark in range(6, 0, -1)),
    "parties:lead": (("ind", "India"),),
}


@pytest.fixture(autouse=True)
def page() -> Any:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def typed(**values: Any) -> FieldsForm:
    sent: MultiDict[str, str] = MultiDict()
    for name, value in values.items():
        key = f"field-{name.replace('__', '-')}"
        sent.setlist(key, value if isinstance(value, list) else [value])
    return FieldsForm(FIELDS, OFFERED).typed(sent)


def problems(form: FieldsForm) -> dict[str, list[str]]:
    form.validate()
    return {field.spec.key: list(field.errors) for field in form if field.errors}


@pytest.mark.parametrize(
    ("name", "sent", "stored"),
    [
        ("title", " Nurses ", "Nurses"),
        ("story", "Two\r\nlines", "Two\nlines"),
        ("level", "high", "high"),
        ("areas", ["energy", "ict"], ["ict", "energy"]),
        ("countries", ["MOZ", "AGO", "MOZ"], ["AGO", "MOZ"]),
        ("year", "2027", "2027"),
        ("total", "1,250.50", "1250.50"),
        ("start", "2027-02-28", "2027-02-28"),
        ("agreed", "yes", True),
        ("relevance", "6", "6"),
        ("convenor", "ind", "ind"),
    ],
)
def test_every_kind_of_field_is_read_stored_and_shown_again(
    name: str, sent: Any, stored: Any
) -> None:
    form = typed(**{name: sent})

    again = FieldsForm(FIELDS, OFFERED).stored(form.content())

    assert problems(form) == {}
    assert form.content() == {name: stored}
    assert again.content() == form.content()


def test_lines_are_read_stored_and_shown_again() -> None:
    form = typed(
        budget__0__source="India", budget__0__amount="1 000", budget__0__sure="yes",
        budget__7__source="Brazil", budget__7__level="low",
    )  # fmt: skip

    again = FieldsForm(FIELDS, OFFERED).stored(form.content())

    assert problems(form) == {}
    assert form.content()["budget"] == [
        {"source": "India", "amount": "1000", "sure": True},
        {"source": "Brazil", "level": "low"},
    ]
    assert again.content() == form.content()


def test_blank_values_and_blank_lines_are_not_stored() -> None:
    form = typed(
        title="", story="  ", level="", areas=[], budget__0__source="", budget__1__amount=" "
    )

    assert problems(form) == {}
    assert form.content() == {}


def test_a_page_replaces_its_own_fields_and_leaves_the_others() -> None:
    form = FieldsForm(FIELDS[:2], OFFERED).typed(MultiDict({"field-title": "Nurses"}))

    merged = form.merged({"title": "Old", "story": "gone", "level": "low"})

    assert merged == {"title": "Nurses", "level": "low"}


@pytest.mark.parametrize(
    ("name", "sent", "sentence"),
    [
        ("title", "x" * 11, "This is 11 characters; at most 10 fit."),
        ("title", "x" * 1_000_000, "This is 200000 characters; at most 10 fit."),
        ("story", "x" * 21, "This is 21 characters; at most 20 fit."),
        ("level", "middling", "Choose one of the options offered."),
        ("areas", ["ict", "magic"], "Choose among the options offered."),
        ("countries", ["XXX"], "Choose among the options offered."),
        ("year", "soon", "A whole number is expected, such as 12."),
        ("year", "²", "A whole number is expected, such as 12."),
        ("total", "1.250", "An amount is expected, such as 120000 or 1250.50."),
        ("start", "2027-02-30", "A date is expected, such as 2027-07-01."),
        ("start", "20270230", "A date is expected, such as 2027-07-01."),
        ("relevance", "7", "Choose one of the options offered."),
        ("convenor", "bra", "Choose one of the options offered."),
        ("budget__0__amount", "much", "Line 1, Amount: An amount is expected, such as 120000 or 1250.50."),
        ("budget__3__level", "x", "Line 1, Level: Choose one of the options offered."),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_told_and_the_text_kept(name: str, sent: Any, sentence: str) -> None:
    form = typed(**{name: sent})

    key = name.partition("__")[0]
    assert problems(form) == {key: [sentence]}
    assert form.content()[key]


@pytest.mark.parametrize(
    "name",
    [
        "unknown",
        "budget",
        "budget__",
        "budget__x__source",
        "budget__-1__source",
        "budget__99999__source",
        "budget__²__source",
        "budget__0__colour",
        "title__0",
    ],
)
def test_fields_that_nobody_asked_for_are_passed_over(name: str) -> None:
    form = typed(**{name: "x"})

    assert problems(form) == {}
    assert form.content() == {}


def test_more_lines_than_fit_are_refused() -> None:
    crowd = {f"budget__{at}__source": "India" for at in range(MOST_LINES + 1)}

    assert problems(typed(**crowd)) == {"budget": [f"At most {MOST_LINES} lines fit."]}


def test_a_table_shows_one_blank_line_at_its_end() -> None:
    empty = FieldsForm(FIELDS, OFFERED).stored({})
    filled = FieldsForm(FIELDS, OFFERED).stored({"budget": [{"source": "India"}]})

    assert [row.blank for row in empty._fields["budget"].rows] == [True]
    assert [row.blank for row in filled._fields["budget"].rows] == [False, True]


def test_a_line_is_added_and_its_first_cell_named() -> None:
    form = typed(budget__0__source="India")

    where = form.rearranged({"add": "budget"})

    assert where == "field-budget-2-source"
    assert len(form._fields["budget"].rows) == 3


def test_a_line_is_taken_out_by_its_number() -> None:
    form = typed(budget__0__source="India", budget__4__source="Brazil")

    form.rearranged({"remove": "budget:0"})

    assert form.content()["budget"] == [{"source": "Brazil"}]


@pytest.mark.parametrize(
    "asked",
    [
        {"add": "title"},
        {"add": "nothing"},
        {"remove": "budget"},
        {"remove": "budget:x"},
        {"remove": "budget:99999999999999999999"},
        {"remove": "budget:²"},
        {"add": ""},
    ],
)
def test_a_button_that_makes_no_sense_changes_nothing(asked: dict[str, str]) -> None:
    form = typed(title="Nurses", budget__0__source="India")

    form.rearranged(asked)

    assert form.content() == {"title": "Nurses", "budget": [{"source": "India"}]}


def test_what_the_engine_finds_wrong_stands_beside_the_field() -> None:
    form = typed(title="Nurses")

    form.tell({"title": verbatim("Too plain."), "elsewhere": verbatim("Not here.")})

    assert {f.spec.key: f.errors for f in form if f.errors} == {"title": ["Too plain."]}
