"""Frameworks and funds as an administrator keeps them in the browser."""

from tests.support.visitors import Enter, words

ADMINISTRATOR = "naledi.khumalo"
FUND = {
    "key": "LAB", "title": "Fund for laboratories", "kind": "fund", "symbol": "DP/2026/1",
    "starts_on": "2026-01-01", "ends_on": "2029-12-31", "areas": ["hiv-aids"],
    "envelope": "3500000", "currency": "USD", "body": "board",
}  # fmt: skip


def test_a_fund_is_entered_changed_and_shown_to_everybody(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    made = visitor.post("/office/frameworks", FUND, page="/office/frameworks")

    changed = visitor.post(
        "/office/frameworks/LAB", {**FUND, "title": "Laboratories"}, page="/office/frameworks/LAB"
    )

    assert (made.status_code, made.location) == (303, "/office/frameworks/LAB")
    assert changed.status_code == 303
    assert "Laboratories" in enter("jane.okello").page("/frameworks")
    assert "until another follows" in visitor.page("/office/frameworks")


def test_what_cannot_be_is_said_at_its_field_and_the_text_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    wrong = {
        "currency": {**FUND, "currency": "USD EUR"},
        "ends_on": {**FUND, "ends_on": "2025-01-01"},
        "key": {**FUND, "key": "F7"},
        "envelope": {**FUND, "envelope": "3 million"},
    }

    answers = {
        field: visitor.post("/office/frameworks", sent, page="/office/frameworks")
        for field, sent in wrong.items()
    }

    never = visitor.post(
        "/office/frameworks", {**FUND, "envelope": "NaN"}, page="/office/frameworks"
    )

    assert {each.status_code for each in (*answers.values(), never)} == {422}
    assert [field for field, each in answers.items() if f'id="{field}-error"' in each.text] == [
        *wrong
    ]
    assert 'value="Fund for laboratories"' in words(answers["currency"])


def test_the_reference_list_is_offered_only_where_it_is_not_taken_in(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)

    taken = visitor.post("/office/frameworks/reference", page="/office/frameworks")

    assert taken.status_code == 303
    assert "Take them in" not in visitor.page("/office/frameworks")
    assert enter("jane.okello").get("/office/frameworks").status_code == 403
    assert visitor.get("/office/frameworks/NONE").status_code == 404
