"""The directory of parties as an administrator keeps it in the browser."""

from tests.support.visitors import Enter, words

ADMINISTRATOR = "naledi.khumalo"
WHO = {"key": "who", "name": "World Health Organization", "kind": "agency", "executes": "y"}


def test_an_agency_is_entered_changed_and_offered_as_executing_agency(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    made = visitor.post(
        "/office/parties", {**WHO, "languages": ["en", "fr"]}, page="/office/parties"
    )

    changed = visitor.post(
        "/office/parties/who", {**WHO, "contact": "The desk."}, page="/office/parties/who"
    )

    assert (made.status_code, made.location) == (303, "/office/parties/who")
    assert changed.status_code == 303
    assert "The desk." in visitor.page("/office/parties/who")


def test_a_donor_country_is_told_as_one_that_gives_and_its_entry_is_on_the_record(
    enter: Enter,
) -> None:
    visitor = enter(ADMINISTRATOR)
    before = visitor.page("/office/parties").count(">give<")
    visitor.post("/office/parties/countries", {"taken-country": "deu"}, page="/office/parties")
    visitor.post("/office/parties", WHO, page="/office/parties")

    after = visitor.page("/office/parties").count(">give<")

    assert after == before + 1
    assert "World Health Organization" in visitor.page("/office/setup/record")


def test_a_country_is_taken_in_and_keeps_its_name_and_kind(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    taken = visitor.post(
        "/office/parties/countries", {"taken-country": "lso"}, page="/office/parties"
    )

    changed = visitor.post(
        "/office/parties/lso",
        {"name": "Elsewhere", "languages": ["en"], "contact": "The embassy."},
        page="/office/parties/lso",
    )

    page = visitor.page("/office/parties/lso")
    assert (taken.status_code, taken.location) == (303, "/office/parties/lso")
    assert changed.status_code == 303
    assert "Lesotho" in page
    assert "Elsewhere" not in page
    assert "The embassy." in page


def test_what_cannot_be_is_said_at_its_field_and_the_text_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)

    country = visitor.post("/office/parties", {**WHO, "key": "ind"}, page="/office/parties")
    idle = visitor.post(
        "/office/parties", {k: v for k, v in WHO.items() if k != "executes"}, page="/office/parties"
    )
    none = visitor.post("/office/parties/countries", {"taken-country": ""}, page="/office/parties")

    assert [each.status_code for each in (country, idle, none)] == [422] * 3
    assert 'id="key-error"' in country.text
    assert 'value="World Health Organization"' in words(country)
    assert 'id="executes-error"' in idle.text or "may execute programmes" in words(idle)
    assert 'id="taken-country-error"' in none.text


def test_others_are_refused_and_an_unknown_party_is_not_found(enter: Enter) -> None:
    assert enter("jane.okello").get("/office/parties").status_code == 403
    assert enter(ADMINISTRATOR).get("/office/parties/nobody").status_code == 404
