"""A version as its pages show it whole: its course, its picture, who may do what when, and its child cases."""

from typing import Any

from flask_babel import get_locale

from web import filters
from web.lifecycles.picture import picture
from workflow.lifecycles.course import by_round, course
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.parentage.words import due_in_words, in_words, waits_in_words


def whole(definition: Definition) -> dict[str, Any]:
    """What the parts of a page need that show a version whole."""
    laid = course(definition)
    locale = get_locale()
    mirrored = locale is not None and locale.text_direction == "rtl"
    return {
        "course": laid,
        "picture": picture(laid, filters.word, mirrored=mirrored),
        "ways": by_round(definition),
        "waits": {
            each.key: waits_in_words(definition, each) for each in definition.rounds.values()
        },
        "due_places": {
            each.key: due_in_words(definition, each) for each in definition.rounds.values()
        },
        "children": in_words(definition),
    }
