"""How letters are worded in the browser: seen on a real case, kept in versions, refused at the field."""

from tests.support.visitors import Enter, words
from tests.support.world import World
from workflow.notices.templates import worded

ADMINISTRATOR = "naledi.khumalo"
PAGE = "/office/letters/seat_opened/fr"
WORDS = {"subject": "{ref} : à vous", "body": "Chère collègue,\n{title} attend."}


def test_words_are_seen_on_a_real_case_before_they_are_kept(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    visitor = enter(ADMINISTRATOR)
    standard = visitor.page(PAGE)

    seen = words(visitor.post(PAGE, {**WORDS, "see": "yes"}))
    with world.engine.reading() as session:
        not_kept = worded(session, "fr")
    kept = visitor.post(PAGE, WORDS)

    assert "votre réponse est demandée" in standard
    assert f"On {ref}" in standard
    assert f"{ref} : à vous" in seen
    assert "Chère collègue," in seen
    assert not_kept == {}
    assert (kept.status_code, kept.location) == (303, PAGE)
    with world.engine.reading() as session:
        assert worded(session, "fr")["seat_opened"][0] == "{ref} : à vous"
    assert "version 1" in visitor.page("/office/letters")
    assert "kept as version 1" in visitor.page("/office/setup/record")


def test_a_placeholder_that_is_none_is_said_at_its_field_and_the_text_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)

    for act in ({}, {"see": "yes"}):
        refused = visitor.post(PAGE, {**WORDS, "body": "Dear {name}", **act})
        assert refused.status_code == 422
        assert 'id="body-error"' in refused.text
        assert "{name} is no placeholder; these are: {ref} {title}" in words(refused)
        assert "Dear {name}" in words(refused)


def test_a_kind_of_which_none_was_written_shows_its_placeholders(enter: Enter) -> None:
    page = enter(ADMINISTRATOR).page("/office/letters/silence_ends/ar")

    assert "the placeholders stand for themselves" in page
    assert '<html lang="en" dir="ltr"' in page
    assert 'dir="rtl"' in page


def test_others_are_refused_and_an_unknown_letter_is_not_found(enter: Enter) -> None:
    assert enter("jane.okello").get(PAGE).status_code == 403
    for address in ("/office/letters/poem/fr", "/office/letters/reminder/xx"):
        assert enter(ADMINISTRATOR).get(address).status_code == 404


def test_a_letter_about_an_account_is_worded_as_it_would_come_to_its_reader(enter: Enter) -> None:
    visitor, page = enter(ADMINISTRATOR), "/office/letters/account_link/fr"
    worded = {"subject": "Bienvenue", "body": "Chère {name}, voici : {link}"}
    standard = visitor.page(page)

    refused = visitor.post(page, {**worded, "body": "Chère {name}"})
    kept = visitor.post(page, worded)

    assert "Bonjour Naledi Khumalo," in standard
    assert "the link here opens nothing" in standard
    assert refused.status_code == 422
    assert "write {link} where it stands" in words(refused)
    assert kept.status_code == 303
    assert "Chère Naledi Khumalo, voici :" in visitor.page(page)
