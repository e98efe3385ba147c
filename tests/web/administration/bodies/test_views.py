"""Bodies as an administrator keeps them in the browser."""

from tests.support.visitors import Enter, words

ADMINISTRATOR = "naledi.khumalo"
NEW = {"key": "ibsa", "name": "Board of the fund", "kind": "board", "quorum": "2"}
CHAIR = {"seat-party": "egy", "seat-place": "chair", "seat-starts_on": "2026-01-01"}
HERE = "/office/bodies/ibsa"


def test_a_body_gets_a_chair_a_session_and_decides_by_default(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    made = visitor.post("/office/bodies", NEW, page="/office/bodies")
    headless = visitor.page(HERE)

    visitor.post(f"{HERE}/seats", CHAIR, page=HERE)
    visitor.post(f"{HERE}/seats", {**CHAIR, "seat-party": "cub", "seat-place": "member"}, page=HERE)
    days = {"session-starts_on": "2036-05-01", "session-ends_on": "2036-05-02"}
    visitor.post(f"{HERE}/sessions", {"session-title": "First session", **days}, page=HERE)
    visitor.post(
        HERE,
        {"charter-name": "The board", "charter-quorum": "2", "charter-by_default": "y"},
        page=HERE,
    )

    page = visitor.page(HERE)
    assert (made.status_code, made.location) == (303, HERE)
    assert "It has no chair." in headless
    assert "It has no chair." not in page
    assert "First session" in page
    assert "by default" in page
    assert "The board" in visitor.page("/office/bodies")


def test_a_seat_to_end_is_told_with_its_day_and_nobody_is_seated_or_appointed_for_the_timer(
    enter: Enter,
) -> None:
    visitor = enter(ADMINISTRATOR)
    visitor.post("/office/bodies", NEW, page="/office/bodies")
    visitor.post(f"{HERE}/seats", CHAIR, page=HERE)

    body = visitor.page(HERE)

    assert "Egypt (1 Jan 2026)</option>" in body
    appointing = visitor.page("/office/people/1/appointments/new")
    assert 'value="undp"' in body
    assert ">Special Unit for South-South Cooperation</option>" in appointing
    for page in (body, appointing):
        assert ">Prime Mover</option>" not in page
    assert ">engine<" not in visitor.page("/office/parties")


def test_what_cannot_be_is_said_at_its_field_and_the_text_is_kept(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    visitor.post("/office/bodies", NEW, page="/office/bodies")

    twice = visitor.post("/office/bodies", NEW, page="/office/bodies")
    donor = visitor.post(f"{HERE}/seats", {**CHAIR, "seat-party": "deu"}, page=HERE)
    backward = visitor.post(f"{HERE}/seats", {**CHAIR, "seat-ends_on": "2025-01-01"}, page=HERE)
    headless = visitor.post(
        HERE,
        {"charter-name": "The board", "charter-quorum": "2", "charter-by_default": "y"},
        page=HERE,
    )

    assert [each.status_code for each in (twice, donor, backward, headless)] == [422] * 4
    assert "entered already" in words(twice)
    assert 'value="Board of the fund"' in words(twice)
    assert 'id="seat-party-error"' in donor.text
    assert "A seat cannot end before it begins." in words(backward)
    assert "This body has no chair" in words(headless)


def test_a_seat_ends_and_others_are_refused(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    board = "/office/bodies/board"

    ended = visitor.post(
        f"{board}/ends", {"end-seat": "1", "end-ends_on": "2036-01-01"}, page=board
    )
    again = visitor.post(
        f"{board}/ends", {"end-seat": "1", "end-ends_on": "2037-01-01"}, page=board
    )

    assert (ended.status_code, again.status_code) == (303, 422)
    assert "its end lies between them" in words(again)
    assert enter("jane.okello").get(board).status_code == 403
    assert visitor.get("/office/bodies/none").status_code == 404


def test_only_who_can_sit_is_offered_a_seat(enter: Enter) -> None:
    visitor = enter(ADMINISTRATOR)
    visitor.post("/office/bodies", NEW, page="/office/bodies")

    page = visitor.page("/office/bodies/ibsa")

    assert '<option value="ind">India</option>' in page
    assert '<option value="undp">' in page
    for key in ("deu", "ata", "special-unit"):
        assert f'<option value="{key}">' not in page
