"""Which of the fields of a form somebody wrote."""

from web.intake.kept import is_text

SITUATION = "District hospitals lack nurses. " * 60 + "\nThat is “so” & <b>no</b> other way."


def test_what_somebody_wrote_is_shown_and_what_a_page_filled_in_is_not() -> None:
    shown = [each for each in ("consultation", "a" * 64, SITUATION, "so it is") if is_text(each)]

    assert shown == [SITUATION]
