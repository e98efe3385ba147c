"""Turning what was committed to, or a match of a forum, into a proposal; approaches are asked with what they came of."""

from collections.abc import Mapping
from typing import Any

from workflow.engine.engine import Engine
from workflow.programmes.commands import Proposed, propose
from workflow.programmes.meetings.origins import Origin, match_of, no_match

LONGEST_TITLE = 200


def propose_from(
    engine: Engine,
    person: int,
    party: int,
    origin: Origin,
    content: Mapping[str, Any],
    key: str = "",
    *,
    lifecycle: str = "",
) -> Proposed:
    """Begin a proposal for a party whose submitter the person is, of what was committed to or of a match.

    A match gives its title, its area and the country that seeks, where `content` says nothing else; of a
    commitment it says the title. Refuses what is neither, or what the person may not know of.
    """
    begins = {**(_of_match(engine, origin) if origin.match else {}), **content}
    return propose(engine, person, party, begins, key, lifecycle=lifecycle, origin=origin)


def _of_match(engine: Engine, origin: Origin) -> Mapping[str, Any]:
    with engine.reading() as session:
        match = match_of(session, origin.ref, origin.match)
    if match is None:
        raise no_match(origin)
    return {
        "title": str(match["topic"])[:LONGEST_TITLE],
        "areas": [match["area"]],
        "participating_countries": [match["seeks"]],
    }
