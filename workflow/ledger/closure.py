"""Whether the money of a case is settled, so that its accounts can be closed, and else what is still open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.disclosure import Standing
from workflow.engine.permissions.visibility import decided
from workflow.ledger import books
from workflow.ledger.balances import NOTHING, SourceLine, by_source
from workflow.ledger.currency import USD, money
from workflow.ledger.page import HeldMoney, held_by, names_of
from workflow.ledger.promises.payments import ExpectedPayment, payments
from workflow.ledger.reconciliation.compare import Comparison
from workflow.ledger.reconciliation.figures import PaperShape
from workflow.ledger.reconciliation.paper import named
from workflow.ledger.reconciliation.question import reconciliation
from workflow.phrase import Phrase, counted, phrase
from workflow.programmes.visible_case import VisibleCase
from workflow.vocabulary import Footing

NOBODY = 0


@dataclass(frozen=True, slots=True)
class KnownMoney:
    """What is known of the money of a case as its accounts are to be closed.

    `waiting` are the numbers of the movements without a verdict, `held` what is left and with whom.
    """

    waiting: Sequence[int] = ()
    sources: Sequence[SourceLine] = ()
    held: Sequence[HeldMoney] = ()
    differing: Sequence[Comparison] = ()
    payments: Sequence[ExpectedPayment] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoneyToClose:
    """Whether any money of a case was ever recorded, and each thing that keeps its accounts open."""

    recorded: bool
    open: tuple[Phrase, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing keeps them open; so it is where no money was ever recorded."""
        return not self.open


def open_money(known: KnownMoney) -> tuple[Phrase, ...]:
    """What keeps accounts open: what waits, is left, is still to come, or differs from a report or the budget.

    Plans are no accounts: that something else was spent than planned keeps nothing open.
    """
    return (
        *_undecided(known),
        *_left(known),
        *_to_come(known),
        *_expected(known),
        *_differing(known),
    )


def money_to_close(session: Session, engine: Engine, case_id: int, now: datetime) -> MoneyToClose:
    """The same of a case as it stands, whoever asks."""
    case = _case(session, engine, case_id, now)
    kept, today = books.recorded(session, case_id), now.date()
    counting = books.certified(kept)
    beside = reconciliation(session, engine, case, kept, today)
    due = [each for each in payments(session, case_id) if each.open]
    known = KnownMoney(
        waiting=[each.movement.number for each in kept if each.outcome == books.WAITING],
        sources=by_source(counting, today),
        held=tuple(held_by(counting, today)),
        differing=beside.differing if counting else (),
        payments=due,
        names=names_of(session, kept, *(key for each in due for key in (each.source, each.holder))),
    )
    return MoneyToClose(bool(kept or due), open_money(known))


def _case(session: Session, engine: Engine, case_id: int, now: datetime) -> VisibleCase:
    """The case as it is before nobody's eyes: every text of it is read."""
    asked = select(LifecycleCase, decided()).where(LifecycleCase.id == case_id)
    row, was_decided = session.execute(asked).one()
    definition = engine.definition(row.definition_id or 0, session)
    stands = Standing(audits=True, takes_part=True, decided=was_decided)
    sight = CaseSight(session, definition, case_id, row.ref, NOBODY, now, stands)
    return VisibleCase(
        id=case_id, ref=row.ref, title=row.title, state=row.state, version=row.version,
        entered_at=row.entered_at, definition=definition, person=NOBODY, today=now.date(), offices={},
        sight=sight, footing=Footing(row.footing),
    )  # fmt: skip


def _undecided(known: KnownMoney) -> Iterator[Phrase]:
    if known.waiting:
        yield counted(
            "%(num)s movement waits to be certified: %(which)s.",
            "%(num)s movements wait to be certified: %(which)s.",
            len(known.waiting),
            which=", ".join(map(str, known.waiting)),
        )


def _left(known: KnownMoney) -> Iterator[Phrase]:
    for each in known.held:
        parts = {
            "amount": money(each.amount, each.currency),
            "source": known.names.get(each.source, each.source),
        }
        if each.holder:
            holder = known.names.get(each.holder, each.holder)
            yield phrase(
                "%(holder)s still holds %(amount)s of %(source)s: record what was spent of it, or its return.",
                holder=holder,
                **parts,
            )
        else:
            yield phrase(
                "The office still holds %(amount)s of %(source)s: record what was spent of it, or its return.",
                **parts,
            )


def _to_come(known: KnownMoney) -> Iterator[Phrase]:
    for line in known.sources:
        if line.outstanding:
            yield phrase(
                "%(amount)s that %(source)s committed is still to come: record it, or take back the rest of "
                "the commitment.",
                amount=money(line.outstanding, line.currency),
                source=known.names.get(line.source, line.source),
            )


def _expected(known: KnownMoney) -> Iterator[Phrase]:
    for each in known.payments:
        whose = each.holder or each.source
        yield phrase(
            "Payment %(number)s is still expected, %(amount)s (%(party)s): record it, or withdraw it.",
            number=each.number,
            amount=money(each.missing, each.currency),
            party=known.names.get(whose, whose),
        )


def _differing(known: KnownMoney) -> Iterator[Phrase]:
    for each in known.differing:
        said, kept = each.said or NOTHING, each.kept or NOTHING
        if each.paper is not None and each.paper.shape is not PaperShape.PLAN:
            yield phrase(
                "%(what)s: %(paper)s says %(said)s, the ledger %(kept)s.",
                what=each.what,
                paper=named(each.paper),
                said=money(said, USD),
                kept=money(kept, USD),
            )
