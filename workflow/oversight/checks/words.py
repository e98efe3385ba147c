"""What a search looks through, compared with what each programme says, and made anew."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Row, column, select, table, text, update
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty, LifecycleCase
from workflow.people.models import Party
from workflow.programmes.models import Programme
from workflow.search.key import fold

Says = Row[int, str, str, str, str, str, str]
PORTION = 1000
# Three signs in a row are found by; a text of so many has two fewer.
FEWER = 2
_SAYS = (
    select(
        Programme.case_id, LifecycleCase.ref, LifecycleCase.title, Programme.summary,
        Programme.sector, Programme.fund, Programme.search_text,
    )
    .join(LifecycleCase, LifecycleCase.id == Programme.case_id)
    .order_by(Programme.case_id)
)  # fmt: skip
_ANEW = text("INSERT INTO programme_words (programme_words) VALUES ('rebuild')")


def astray(session: Session) -> tuple[tuple[int, str], ...]:
    """The programmes, as (number, reference), that would not be found by something they say."""
    return tuple((row.case_id, row.ref) for row in _every(session) if not _found(row))


def unindexed(session: Session) -> bool:
    """Whether a text has another length where searches find it; on PostgreSQL that cannot be."""
    return unindexed_of(session, "programme", "programme_words")


def unindexed_of(session: Session, held: str, words: str) -> bool:
    """The same of the texts that a table holds, and what they are found by."""
    if session.connection().dialect.name != "sqlite":
        return False
    docsize = table(f"{words}_docsize", column("id"), column("sz"))
    told = table(held, column("case_id"), column("search_text"))
    asked = select(told.c.search_text, docsize.c.sz).outerjoin(
        docsize, docsize.c.id == told.c.case_id
    )
    return any(_signs(size) != max(0, len(said) - FEWER) for said, size in session.execute(asked))


def make_follow(session: Session, cases: Sequence[int], *, whole: bool) -> None:
    """Let these be found by what they say, and where it is asked for all by what they are found by."""
    for number in cases:
        row = session.execute(_SAYS.where(Programme.case_id == number)).one()
        named = select(Party.name).join(CaseParty, CaseParty.party_id == Party.id)
        parties = session.scalars(named.where(CaseParty.case_id == number).order_by(Party.name))
        held = fold(" ".join(dict.fromkeys((*_parts(row), row.fund, *parties))))
        changed = update(Programme).where(Programme.case_id == number)
        session.execute(changed.values(search_text=held))
    if whole:
        session.execute(_ANEW)


def _every(session: Session) -> Iterator[Says]:
    last = 0
    while rows := session.execute(_SAYS.where(Programme.case_id > last).limit(PORTION)).all():
        yield from rows
        last = rows[-1].case_id


def _parts(row: Says) -> tuple[str, ...]:
    return (row.ref, row.title, row.summary, row.sector)


def _found(row: Says) -> bool:
    return all(fold(part) in row.search_text for part in _parts(row))


def _signs(size: bytes | None) -> int:
    """The number that SQLite keeps of a text, seven bits in each byte; none where it keeps nothing."""
    number = 0 if size else -1
    for byte in size or b"":
        number = number << 7 | byte & 0x7F
    return number
