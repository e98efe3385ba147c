"""Figures and lights of results as pages write them, in the language of the reader."""

from collections.abc import Mapping

from flask_babel import gettext

from web.filters import figure
from web.wording import plainly
from workflow.phrase import Phrase, phrase
from workflow.programmes.results.page import ResultLine
from workflow.results.lights import Light, of_whom

# What each light is called, with the pill and the drawing that tell it from the others without a colour.
LIGHTS: Mapping[Light, tuple[Phrase, str, str]] = {
    Light.ON_TRACK: (phrase("on track"), "done", "circle-check"),
    Light.BEHIND: (phrase("behind"), "soon", "clock"),
    Light.FAR_BEHIND: (phrase("far behind"), "late", "alert-triangle"),
    Light.NOT_REPORTED: (phrase("not reported"), "none", "circle-dashed"),
}


def apart(line: ResultLine) -> str:
    """Who is counted apart in what was reported: women 45 (61 %); nothing where nobody is."""
    actual, whom = line.standing.actual, line.indicator.disaggregated
    if actual is None or actual.of_which is None or not whom:
        return ""
    percent = of_whom(actual.value, actual.of_which)
    shown = figure(actual.of_which)
    return f"{whom} {shown} ({percent} %)" if percent else f"{whom} {shown}"


def drawn(line: ResultLine) -> str:
    """What the drawing of a line says, for whoever does not see it."""
    standing = line.standing
    reached = figure(standing.actual.value) if standing.actual else gettext("nothing reported")
    return gettext(
        "%(reached)s of %(target)s; it should stand at %(should)s by now",
        reached=reached,
        target=figure(line.indicator.target),
        should=figure(standing.should_be),
    )


def light(line: ResultLine) -> tuple[str, str, str]:
    """The light of a line: its words, its pill and its drawing."""
    said, pill, drawing = LIGHTS[line.standing.light]
    return plainly(said), pill, drawing
