"""Pivotal countries as an administrator keeps them in the browser."""

from tests.support.visitors import Enter, words

ADMINISTRATOR = "naledi.khumalo"
EGYPT = {"country": "egy", "since": "2026-01-01", "evidence": "A decision of the Board."}


def test_a_country_is_named_asked_and_answers(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    named = visitor.post("/office/pivotal", EGYPT, page="/office/pivotal")
    here = "/office/pivotal/egy"

    visitor.post(
        f"{here}/question", {"question-area": "trade", "question-on": "2026-01-09"}, page=here
    )
    asked = visitor.page("/office/pivotal")
    visitor.post(
        f"{here}/answer",
        {"answer-area": "trade", "answer-answer": "leads", "answer-on": "2026-02-01"},
        page=here,
    )
    answered = visitor.page(here)

    assert (named.status_code, named.location) == (303, here)
    assert "Egypt" in asked
    assert "no answer yet" not in answered
    assert "wants to lead" in answered


def test_what_cannot_be_is_said_at_its_field_and_the_text_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    sent = {"country": "ind", "since": "2026-01-01", "evidence": "A decision of the Board."}

    twice = visitor.post("/office/pivotal", sent, page="/office/pivotal")
    empty = visitor.post("/office/pivotal", {**EGYPT, "evidence": " "}, page="/office/pivotal")
    donor = visitor.post("/office/pivotal", {**EGYPT, "country": "deu"}, page="/office/pivotal")
    early = visitor.post(
        "/office/pivotal/ind/end",
        {"end-until": "1999-01-01", "end-ground": "A letter."},
        page="/office/pivotal/ind",
    )

    assert [each.status_code for each in (twice, empty, donor, early)] == [422] * 4
    assert "India is pivotal already." in words(twice)
    assert "A decision of the Board." in twice.text
    assert 'id="evidence-error"' in empty.text
    assert 'id="country-error"' in donor.text
    assert 'id="end-until-error"' in early.text
    assert "that cannot end before" in words(early)


def test_others_are_refused_and_an_unknown_country_is_not_found(enter: Enter) -> None:
    officer = enter("jane.okello")

    assert officer.get("/office/pivotal").status_code == 403
    assert enter(ADMINISTRATOR).get("/office/pivotal/deu").status_code == 404
