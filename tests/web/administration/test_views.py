"""The administrator's area: open to administrators alone."""

from tests.support.visitors import Enter, words


def test_the_office_stands_in_the_bar_of_administrators_alone(enter: Enter) -> None:
    found = {who: enter(who).page("/notices") for who in ("naledi.khumalo", "jane.okello")}

    assert 'href="/office"' in found["naledi.khumalo"]
    assert 'href="/office"' not in found["jane.okello"]


def test_the_office_is_closed_to_everybody_else(enter: Enter) -> None:
    answers = [enter(who).get("/office") for who in ("elena.petrova", "marie.laurent")]

    assert [each.status_code for each in answers] == [403, 403]
    assert "for those who hold the role administrator" in words(answers[0])


def test_the_index_says_what_an_administrator_can_never_do(enter: Enter) -> None:
    page = enter("naledi.khumalo").page("/office")

    assert "You can hold no other office, sign nothing, and read no position" in page
