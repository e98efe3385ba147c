"""Approaches in the words of the page: what was answered, and how it stands."""

from flask_babel import lazy_gettext

from workflow.approaches.filters import ApproachStanding

ANSWERS = {
    "lead": lazy_gettext("leads"),
    "support": lazy_gettext("supports"),
    "later": lazy_gettext("later"),
    "no": lazy_gettext("no"),
    "none": lazy_gettext("no answer yet"),
}
TONES = {"lead": "done", "support": "now", "later": "soon", "no": "quiet"}
STANDS = {
    ApproachStanding.WAITING: lazy_gettext("Waiting for an answer"),
    ApproachStanding.LATE: lazy_gettext("Late"),
    ApproachStanding.STANDING: lazy_gettext("Answered"),
    ApproachStanding.ENDED: lazy_gettext("Ended"),
}
CHANNELS = {
    "here": lazy_gettext("Here"),
    "letter": lazy_gettext("Letter"),
    "mail": lazy_gettext("Mail"),
    "phone": lazy_gettext("Telephone"),
    "visit": lazy_gettext("Visit"),
    "meeting": lazy_gettext("Meeting"),
}


def answer_called(key: str) -> str:
    """What an answer is called."""
    return str(ANSWERS.get(key or "none", key))


def answer_tone(key: str) -> str:
    """In which tone it is shown."""
    return TONES.get(key, "soon")
