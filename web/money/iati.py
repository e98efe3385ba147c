"""Programmes and their money as IATI activities, to be taken away."""

from collections.abc import Sequence

from flask import Response

from web.access import engine, now, person, settings
from workflow.engine.engine import Engine
from workflow.errors import Invalid
from workflow.exports.iati.activity import document, reporter
from workflow.exports.iati.facts import activity_facts, house_name
from workflow.phrase import phrase

XML = "application/xml; charset=utf-8"
# So many are written while somebody waits; the command line writes any number.
MOST_AT_ONCE = 200


def iati_file(name: str, refs: Sequence[str], source: str = "") -> Response:
    """The activities of these programmes as a file; refuses more than are written at once."""
    if len(refs) > MOST_AT_ONCE:
        raise Invalid(
            phrase(
                "These are %(num)s programmes; a page writes %(most)s at most. “primemover money iati” "
                "writes any number.",
                num=len(refs),
                most=MOST_AT_ONCE,
            )
        )
    answer = Response(written(engine(), person().id, refs, source), content_type=XML)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.xml")
    return answer


def written(served: Engine, who: int, refs: Sequence[str], source: str = "") -> bytes:
    """The file of these programmes as one person may know of them."""
    with served.reading() as session:
        found = [activity_facts(session, served, who, ref) for ref in refs]
        by = reporter(settings().iati_organisation, house_name(session))
    return document(found, by, now(), source)
