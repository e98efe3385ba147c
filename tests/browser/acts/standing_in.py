"""Somebody who stands in for an office for a day, beside the one already held."""

from collections.abc import Iterator
from contextlib import contextmanager

from workflow.demo.play import Play
from workflow.people.commands import appoint, end_appointment


@contextmanager
def standing_in(play: Play, who: str, role: str, party: str) -> Iterator[None]:
    """Appoint a person to one more office, and end that afterwards."""
    now, person = play.engine.now(), play.person(who)
    with play.engine.transaction() as session:
        appointed = appoint(session, person, role, play.party(party), now.date(), by=None, now=now)
    try:
        yield
    finally:
        with play.engine.transaction() as session:
            end_appointment(session, appointed, now.date(), by=None, now=now)
