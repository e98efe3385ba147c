"""What countries share, in the words of the page."""

from babel import Locale
from flask_babel import gettext

from web.filters import language, word
from workflow.reference import choices
from workflow.sharing.content import FORMS, KINDS, LANGUAGES


def tongue(code: str) -> str:
    """A language in that of the page."""
    return str(language().languages.get(code) or Locale("en").languages[code])


def tongues() -> list[tuple[str, str]]:
    """Every language that is offered, by its name."""
    return sorted(((code, tongue(code)) for code in LANGUAGES), key=lambda each: each[1])


def goal(number: str) -> str:
    """A goal by its number and title."""
    return word(dict(choices("sdg_goals")).get(number, number))


def kind_called(kind: str) -> str:
    """What an entry is."""
    return word(KINDS[kind])


def form_called(form: str) -> str:
    """What a form of cooperation is called."""
    return word(FORMS.get(form, form))


def turned(act: str) -> str:
    """What happened to an entry, as its history says."""
    said = {
        "worded": gettext("worded"),
        "confirmed": gettext("confirmed"),
        "declined": gettext("declined"),
        "asked": gettext("asked whether it still holds"),
        "kept": gettext("said to hold still"),
        "lapsed": gettext("lapsed"),
        "withdrawn": gettext("withdrawn, and what it said erased"),
    }
    return said[act]


FILTERS = (tongue, goal, kind_called, form_called, turned)
