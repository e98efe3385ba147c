"""Whether the facets kept of a case's events are what its events say."""

from operator import attrgetter

from sqlalchemy import BindParameter, Connection, bindparam, select

from workflow.audit.chain import Broken, ToldEvent, shown
from workflow.audit.facets import Facet, Faceting
from workflow.audit.verification.tables import EVENT_FACETS

NAMES = tuple(Facet.__dataclass_fields__)
_OF: BindParameter[int] = bindparam("case_id")
_KEPT = (
    select(*(EVENT_FACETS.c[name] for name in NAMES))
    .where(EVENT_FACETS.c.case_id == _OF)
    .order_by(EVENT_FACETS.c.seq)
)
_MEANT = attrgetter(*NAMES)


class Faceted:
    """The facets kept of one case, compared event by event.

    The last events may have none yet; one that is missing before others would hide its event.
    """

    def __init__(self, connection: Connection, case_id: int) -> None:
        self._kept = iter(connection.execute(_KEPT, {"case_id": case_id}).all())
        self._meant = Faceting()

    def hear(self, told: ToldEvent) -> None:
        """Compare what the next event is found by with what it says."""
        meant, kept = _MEANT(self._meant.hear(told)), next(self._kept, None)
        if kept is not None and tuple(kept) != meant:
            raise Broken(self._difference(told.seq, tuple(kept), meant), told.seq)

    def end(self) -> None:
        """Refuse facets of events that are not there."""
        for kept in self._kept:
            raise Broken(f"Something is kept to find event {kept.seq}, which is not there.")

    def _difference(self, seq: int, kept: tuple[object, ...], meant: tuple[object, ...]) -> str:
        for name, found, right in zip(NAMES, kept, meant, strict=True):
            if found != right:
                return (
                    f"Event {seq}: the {name} it is found by is {shown(found)}, but it says"
                    f" {shown(right)}."
                )
        return f"Event {seq} is not found by what it says."
