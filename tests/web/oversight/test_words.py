"""A kind of event is called alike on every page."""

from web.oversight.words import kind_label


def test_a_page_says_what_a_kind_of_event_is_called() -> None:
    assert kind_label("round.extended") == "End of a round put off"
