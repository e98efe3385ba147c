"""Reporting calendars as two administrators keep them in the browser."""

from io import BytesIO

from tests.support.visitors import Enter, words

ADMINISTRATOR, OTHER = "naledi.khumalo", "pieter.vos"
APRIL = {"begins_in": "4", "within": "45", "since": "2028-01-01"}
ROOM, PAGE = "/office/reporting", "/office/reporting/moz"
HEAD = "party,from,year_begins_in,due_after_days\n"


def test_one_asks_the_other_confirms_and_the_page_of_the_party_says_so(enter: Enter) -> None:
    first, second = enter(ADMINISTRATOR), enter(OTHER)
    empty = first.page("/office/parties/moz")

    asked = first.post(PAGE, APRIL)
    waits, acts = first.page(ROOM), second.page("/office/acts")
    number = int(second.page(ROOM).partition("/office/reporting/")[2].partition("/")[0])
    own = first.post(f"{ROOM}/{number}/confirmation", {})
    done = second.post(f"{ROOM}/{number}/confirmation", {})

    assert "Neither it nor the house has one" in empty
    assert (asked.status_code, asked.location) == (303, PAGE)
    assert "You asked for it; another administrator confirms or declines it." in waits
    assert "Reporting calendar of Mozambique" in acts
    assert own.status_code == 403
    assert (done.status_code, done.location) == (303, ROOM)
    party = second.page("/office/parties/moz")
    assert "The financial year begins in April." in party
    assert PAGE in second.page(ROOM)
    assert "The reporting calendar of <strong>Mozambique</strong> was set" in second.page(
        "/office/setup/record"
    )


def test_one_is_declined_with_a_reason_or_not_at_all(enter: Enter) -> None:
    first, second = enter(ADMINISTRATOR), enter(OTHER)
    first.post(PAGE, APRIL)
    number = int(second.page(ROOM).partition("/office/reporting/")[2].partition("/")[0])

    without = second.post(f"{ROOM}/{number}/refusal", {"reason": ""})
    done = second.post(f"{ROOM}/{number}/refusal", {"reason": "It reports by June."})

    assert without.status_code == 422
    assert "Say why it is declined." in words(without)
    assert done.status_code == 303
    assert "It has none of its own" in second.page(PAGE)


def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)

    past = visitor.post(PAGE, APRIL | {"since": "2020-01-01"})
    long = visitor.post(PAGE, APRIL | {"within": "400"})
    none = visitor.post(PAGE, APRIL | {"begins_in": "13"})

    assert [each.status_code for each in (past, long, none)] == [422] * 3
    assert 'id="since-error"' in past.text
    assert 'id="within-error"' in long.text
    assert 'value="400"' in long.text
    assert 'id="begins_in-error"' in none.text


def test_a_file_is_taken_whole_or_said_to_be_wrong_line_by_line(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)

    wrong = visitor.post(ROOM, {"lines": f"{HEAD}moz,2028-01-01,4,45\nnobody,2028-01-01,4,45\n"})
    binary = visitor.post(ROOM, {"file": (BytesIO(b"\xff\xfe"), "a.csv"), "lines": ""})
    before = visitor.page(ROOM)
    done = visitor.post(
        ROOM, {"file": (BytesIO(f"{HEAD}moz,2028-01-01,4,45\n".encode()), "a.csv"), "lines": ""}
    )

    assert [each.status_code for each in (wrong, binary)] == [422] * 2
    assert "line 3: There is no party called nobody." in words(wrong)
    assert "nobody,2028-01-01,4,45" in words(wrong)
    assert "no text in UTF-8" in words(binary)
    assert "No reporting calendar is kept" in before
    assert done.status_code == 303
    assert "Reporting calendar of Mozambique" in visitor.page(ROOM)


def test_others_are_refused_and_an_unknown_party_is_not_found(enter: Enter) -> None:
    assert enter("jane.okello").get(ROOM).status_code == 403
    assert enter("jane.okello").get(PAGE).status_code == 403
    assert enter("jane.okello").post(PAGE, APRIL).status_code == 403
    assert enter(ADMINISTRATOR).get(f"{ROOM}/nobody").status_code == 404
    assert enter(ADMINISTRATOR).post(f"{ROOM}/999/confirmation", {}).status_code == 404
