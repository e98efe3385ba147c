"""The months with which a financial year begins, in words."""

from collections.abc import Mapping

from workflow.phrase import Phrase, counted, phrase

MONTHS: Mapping[int, Phrase] = dict(
    enumerate(
        (
            phrase("January"),
            phrase("February"),
            phrase("March"),
            phrase("April"),
            phrase("May"),
            phrase("June"),
            phrase("July"),
            phrase("August"),
            phrase("September"),
            phrase("October"),
            phrase("November"),
            phrase("December"),
        ),
        start=1,
    )
)


def year_told(begins_in: int, within: int) -> tuple[Phrase, ...]:
    """What a reporting calendar says, a sentence for each of its parts."""
    return (
        phrase("The financial year begins in %(month)s.", month=MONTHS[begins_in]),
        counted(
            "Reports are due %(num)s day after the end of their period.",
            "Reports are due %(num)s days after the end of their period.",
            within,
        ),
    )
