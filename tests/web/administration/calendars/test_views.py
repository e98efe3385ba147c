"""Working calendars as an administrator keeps them in the browser."""

from tests.support.visitors import Enter, words

ADMINISTRATOR = "naledi.khumalo"
DELHI = {
    "since": "2026-05-01",
    "weekend": ["sunday"],
    "zone": "Asia/Kolkata",
    "source": "IND",
    "closed": "2026-05-12\n2026-05-13",
    "worked": "",
}
PAGE = "/office/calendars/ind"


def test_a_calendar_begins_as_its_country_has_it_and_is_set_from_a_day_on(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    empty = visitor.page(PAGE)

    done = visitor.post(PAGE, DELHI)

    page = visitor.page(PAGE)
    assert "No calendar is set" in empty
    assert '<option selected value="Asia/Kolkata">' in empty
    assert '<option selected value="IND">' in empty
    assert (done.status_code, done.location) == (303, PAGE)
    assert "Republic Day" in page
    assert "entered by hand" in page
    assert "The working calendar of <strong>India</strong> was set" in visitor.page(
        "/office/setup/record"
    )
    assert PAGE in visitor.page("/office/calendars")
    party = visitor.page("/office/parties/ind")
    assert PAGE in party
    assert "No calendar is set: it works from Monday to Friday, in UTC, without holidays." in party


def test_what_cannot_be_is_said_at_its_field_and_the_text_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)

    past = visitor.post(PAGE, DELHI | {"since": "2020-01-01"})
    never = visitor.post(PAGE, DELHI | {"closed": "2026-05-12 Tuesday"})
    idle = visitor.post(
        PAGE,
        DELHI
        | {
            "weekend": [
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            ]
        },
    )
    moon = visitor.post(PAGE, DELHI | {"source": "XXX"})

    assert [each.status_code for each in (past, never, idle, moon)] == [422] * 4
    assert 'id="since-error"' in past.text
    assert "Tuesday is not a day; write one like 2027-06-24." in words(never)
    assert "2026-05-12 Tuesday" in words(never)
    assert 'id="weekend-error"' in idle.text
    assert 'id="source-error"' in moon.text


def test_others_are_refused_and_an_unknown_party_is_not_found(enter: Enter) -> None:
    assert enter("jane.okello").get("/office/calendars").status_code == 403
    assert enter("jane.okello").get(PAGE).status_code == 403
    assert enter(ADMINISTRATOR).get("/office/calendars/nobody").status_code == 404


def test_a_calendar_takes_the_holidays_of_a_region_or_says_which_there_are(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)

    wrong = visitor.post(PAGE, DELHI | {"region": "Atlantis"})
    done = visitor.post(PAGE, DELHI | {"region": "karnataka"})

    assert wrong.status_code == 422
    assert 'id="region-error"' in wrong.text
    assert "KA" in words(wrong)
    assert 'value="Atlantis"' in words(wrong)
    assert done.status_code == 303
    page = visitor.page(PAGE)
    assert "India, KA" in page
    assert 'value="KA"' in page
    assert "holidays of India (KA) by" in visitor.page("/office/setup/record")
