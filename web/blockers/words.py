"""To whom a blocker goes up, in the words of the page."""

from flask_babel import gettext

from web.filters import spoken, word
from workflow.blockers.ahead import GoesUp


def goes_to(up: GoesUp) -> str:
    """“India, convenor”, or a role of the house: “the Director”."""
    if up.to_house:
        return gettext("the %(role)s", role=word(up.role))
    return f"{', '.join(up.parties)}, {word(spoken(up.capacity))}"
