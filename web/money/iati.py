"""Programmes and their money as IATI activities, to be taken away."""

from collections.abc import Sequence

from flask import Response

from web.access import engine, now, person, settings
from web.orders.kind import Portions
from workflow.engine.engine import Engine
from workflow.exports.iati.activity import document, reporter
from workflow.exports.iati.facts import activity_facts, house_name

XML = "application/xml; charset=utf-8"


def iati_file(name: str, refs: Sequence[str]) -> Response:
    """The activities of these programmes as a file."""
    answer = Response(written(engine(), person().id, refs), content_type=XML)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.xml")
    return answer


def written(
    served: Engine,
    who: int,
    refs: Sequence[str],
    source: str = "",
    shown: Portions = lambda _done, _whole: None,
) -> bytes:
    """The file of these programmes as one person may know of them; `shown` hears how many are read."""
    found = []
    with served.reading() as session:
        for done, ref in enumerate(refs, start=1):
            found.append(activity_facts(session, served, who, ref))
            shown(done, len(refs))
        by = reporter(settings().iati_organisation, house_name(session))
    return document(found, by, now(), source)
