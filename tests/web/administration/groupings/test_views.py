"""Groupings as an administrator keeps them in the browser."""

from tests.support.visitors import Enter, words

ADMINISTRATOR = "naledi.khumalo"
OFFICE = "/office/groupings"
FIJI = {"country": "fji", "since": "1971", "confidence": "high", "ground": "Its charter."}


def test_the_list_is_taken_in_and_a_membership_in_it_changed(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    visitor.post(f"{OFFICE}/reference", {}, page=OFFICE)
    ecowas = visitor.page(f"{OFFICE}/ecowas")
    here = ecowas.split('href="', ecowas[: ecowas.index(">Togo<")].count('href="'))[-1].split('"')[
        0
    ]

    changed = visitor.post(
        here, {"since": "1975", "until": "2026", "confidence": "low", "ground": "A letter."}, page=here
    )  # fmt: skip
    after = visitor.page(f"{OFFICE}/ecowas")

    assert "12 members today" in ecowas
    assert "Togo" in visitor.page(here)
    assert (changed.status_code, changed.location) == (303, f"{OFFICE}/ecowas")
    assert "not checked" in after


def test_a_grouping_is_entered_with_countries_and_one_is_struck(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    made = visitor.post(OFFICE, {"key": "forum", "label": "Islands Forum"}, page=OFFICE)
    here = f"{OFFICE}/forum"
    for country in ("fji", "wsm"):
        visitor.post(here, {**FIJI, "country": country}, page=here)
    page = visitor.page(here)
    samoa = page.split(">Samoa<")[0].rsplit('href="', 1)[1].split('"')[0]

    visitor.post(f"{samoa}/strike", {"strike-ground": "An error."}, page=samoa)

    assert (made.status_code, made.location) == (303, here)
    assert "2 members today" in page
    assert "1 member today" in visitor.page(here)
    assert ">Samoa</a>" not in visitor.page(here)


def test_what_cannot_be_is_said_at_its_field_and_the_text_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    visitor.post(OFFICE, {"key": "forum", "label": "Islands Forum"}, page=OFFICE)
    here = f"{OFFICE}/forum"
    visitor.post(here, FIJI, page=here)
    number = visitor.page(here).split(">Fiji<")[0].rsplit('href="', 1)[1].split('"')[0]

    taken = visitor.post(OFFICE, {"key": "forum", "label": "Other"}, page=OFFICE)
    day = visitor.post(here, {**FIJI, "since": "last spring"}, page=here)
    twice = visitor.post(here, FIJI, page=here)
    silent = visitor.post(f"{number}/strike", {"strike-ground": " "}, page=number)
    early = visitor.post(number, {**FIJI, "until": "1960"}, page=number)

    assert [each.status_code for each in (taken, day, twice, silent, early)] == [422] * 5
    assert 'id="key-error"' in taken.text
    assert 'id="since-error"' in day.text
    assert "last spring" in day.text
    assert "Fiji belongs to Islands Forum on some of these days already" in words(twice)
    assert 'id="strike-ground-error"' in silent.text
    assert 'id="until-error"' in early.text


def test_others_are_refused_and_what_is_not_there_is_not_found(enter: Enter) -> None:
    officer, administrator = enter("jane.okello"), enter(ADMINISTRATOR)
    administrator.post(OFFICE, {"key": "forum", "label": "Islands Forum"}, page=OFFICE)

    assert officer.get(OFFICE).status_code == 403
    assert officer.get(f"{OFFICE}/forum").status_code == 403
    assert administrator.get(f"{OFFICE}/nothing").status_code == 404
    assert administrator.get(f"{OFFICE}/memberships/9999999").status_code == 404
