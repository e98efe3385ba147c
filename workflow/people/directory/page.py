"""The parties as whoever keeps them sees them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select, tuple_
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.people.directory.descriptions import is_donor
from workflow.people.models import Party
from workflow.phrase import phrase

# The party of the timer: it acts in no office that somebody could hold, and sits on nothing.
ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A party with everything that is kept of it."""

    id: int
    key: str
    kind: str
    name: str
    iso3: str | None
    executes: bool
    gives: bool
    languages: str
    contact: str

    @property
    def donates(self) -> bool:
        """Whether it gives to the programmes of others, as donor countries do without being told."""
        return is_donor(self.kind, self.iso3, gives=self.gives)


_KIND: ColumnElement[str] = case((Party.sort != "", Party.sort), else_=Party.kind).label("kind")
_ENTRY = (
    Party.id, Party.key, _KIND, Party.name, Party.iso3, Party.executes, Party.gives,
    Party.languages, Party.contact,
)  # fmt: skip


def party_entries(
    session: Session, *, kind: str = "", after: tuple[str, int] = ("", 0), limit: int = 100
) -> tuple[PartyEntry, ...]:
    """Parties by name, of one kind or of all, from behind the (name, id) that the list ended with.

    The timer's own party is nobody's to keep.
    """
    listed = select(*_ENTRY).where(tuple_(Party.name, Party.id) > after, Party.key != ENGINE)
    if kind:
        listed = listed.where(_KIND.in_([kind]))
    rows = session.execute(listed.order_by(Party.name, Party.id).limit(limit))
    return tuple(PartyEntry(*row) for row in rows)


def party_entry(session: Session, key: str) -> PartyEntry:
    """The party called `key`; refuses one that is not entered."""
    row = session.execute(select(*_ENTRY).where(Party.key == key)).first()
    if row is None:
        raise NotFound(phrase("There is no party called %(key)s.", key=key))
    return PartyEntry(*row)
