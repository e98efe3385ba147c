"""Cases moved to a version: at once by the only administrator, else asked for by one and confirmed by another."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import Fact
from workflow.audit.events.house import LifecycleCasesMoved
from workflow.engine.engine import Engine
from workflow.engine.migration.migrate import (
    migrate_all,
    migrate_each,
    move_together,
    refuse_unpublished,
    rehearse,
)
from workflow.engine.migration.wish import CaseSeen, MigratedCase, Migration
from workflow.engine.published.named import named_version
from workflow.errors import NotFound, Refusal
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.four_eyes.second import (
    CONFIRMED,
    decided,
    refuse_first,
    refuse_lapsed,
    to_confirm,
)
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.publication import requests
from workflow.publication.acts import register_time
from workflow.publication.migration.plan import MigrationPlan, outlook_mark, plan_of
from workflow.publication.migration.target import refuse_not_offered
from workflow.publication.models import LifecycleAct, LifecycleRequest
from workflow.publication.text_acts import confirm_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationWish:
    """Cases to be moved: all or none `together`; onto a version that is not offered only where it is said."""

    before: str
    wanted: tuple[CaseSeen, ...]
    migration: Migration
    together: bool = False
    although_not_offered: bool = False


@dataclass(frozen=True, slots=True)
class MigrationOutcome:
    """What became of each case, or would; `waits` is the request that waits for the second administrator.

    What was to be confirmed and comes `otherwise` than whoever confirmed it had read is not done.
    """

    cases: tuple[MigratedCase, ...] = ()
    waits: int | None = None
    otherwise: bool = False

    @property
    def stuck(self) -> tuple[MigratedCase, ...]:
        """Those that cannot be moved."""
        return tuple(each for each in self.cases if not each.moves)

    @property
    def mark(self) -> str:
        """By what is known what becomes of them."""
        return outlook_mark(self.cases)


def carry_out(
    engine: Engine, wish: MigrationWish, *, two_for: Collection[str] = ()
) -> MigrationOutcome:
    """Move the cases, or have those that can be moved wait for a second administrator.

    Refuses a version that is not offered, unless it is wished so, and whoever is no administrator.
    Of a wish for all or none nothing is done or asked for where one cannot be moved.
    """
    migration = wish.migration
    refuse_unpublished(migration)
    by = migration.by or 0
    with engine.reading() as session:
        now = engine.now()
        refuse_all_but_administrators(session, by, now)
        refuse_not_offered(session, migration, now, although=wish.although_not_offered)
        two = requests.takes_two(session, two_for, now.date())
    if not two:
        moved = migrate_all if wish.together else migrate_each
        return MigrationOutcome(moved(engine, wish.wanted, migration))
    tried = MigrationOutcome(rehearse(engine, wish.wanted, migration))
    moving = tuple(each for each in tried.cases if each.moves)
    if not moving or (wish.together and tried.stuck):
        return tried
    with engine.transaction() as session:
        number = _ask(session, wish, moving, engine.now())
    return MigrationOutcome(tried.cases, waits=number)


def confirm(engine: Engine, number: int, *, by: int, seen: str = "") -> MigrationOutcome:
    """Do what another administrator asked for about a lifecycle; of cases to be moved say what became of each.

    The cases are tried anew: what does not come out as whoever confirms it has read, by its mark
    `seen`, or as it was asked for where none is said, is not done and told. What would move all of
    them or none is refused as long as one cannot be moved.
    """
    with engine.reading() as session:
        asked = session.get(LifecycleRequest, number)
        moves = asked is not None and asked.act == LifecycleAct.MIGRATE
        texts = asked is not None and asked.act == LifecycleAct.TEXTS
        wish = _to_confirm(session, engine, asked, by) if asked is not None and moves else None
    if wish is None:
        with engine.transaction() as session:
            act = confirm_texts if texts else requests.confirm
            act(session, number, by=by, now=engine.now())
        return MigrationOutcome()
    plan, migration = wish
    return _confirmed(engine, number, plan, migration, seen or outlook_mark(plan.cases))


def tried_again(engine: Engine, number: int, *, by: int) -> MigrationOutcome:
    """What would become of the cases of a request by now; nothing of it is kept."""
    with engine.reading() as session:
        asked = session.get(LifecycleRequest, number)
        if asked is None or asked.act != LifecycleAct.MIGRATE:
            raise NotFound(phrase("There is no such act."))
        plan, migration = _planned(session, engine, asked, by)
    return MigrationOutcome(rehearse(engine, _as_they_are(plan), migration))


def _to_confirm(
    session: Session, engine: Engine, asked: LifecycleRequest, by: int
) -> tuple[MigrationPlan, Migration]:
    """The plan and the move of a request that this administrator may confirm now."""
    now = engine.now()
    refuse_all_but_administrators(session, by, now)
    refuse_first(asked, by)
    refuse_lapsed(session, asked, now)
    plan, migration = _planned(session, engine, asked, by)
    refuse_not_offered(session, migration, now, although=plan.although_not_offered)
    return plan, migration


def _planned(
    session: Session, engine: Engine, asked: LifecycleRequest, by: int
) -> tuple[MigrationPlan, Migration]:
    """The plan of a request, and the move that it would be if this administrator confirmed it."""
    plan = plan_of(asked.body or b"")
    number, to = named_version(session, engine, f"{asked.key}@{asked.digest}")
    return plan, Migration(to, number, by, plan.mapping, asked.why, asked.id, asked.asked_by)


def _confirmed(
    engine: Engine, number: int, plan: MigrationPlan, migration: Migration, seen: str
) -> MigrationOutcome:
    tried = MigrationOutcome(rehearse(engine, _as_they_are(plan), migration))
    moving = tuple(CaseSeen(each.ref, each.version) for each in tried.cases if each.moves)
    if tried.mark != seen or not moving or (plan.together and tried.stuck):
        return MigrationOutcome(tried.cases, otherwise=True)
    try:
        with engine.writing() as under_way:
            session = under_way.session
            asked = to_confirm(
                session, LifecycleRequest, number, by=migration.by or 0, now=engine.now()
            )
            refuse_not_offered(session, migration, engine.now(), although=plan.although_not_offered)
            move_together(engine, under_way, moving, migration)
            _tell(session, asked, tried, migration, engine.now())
    except Refusal:
        again = MigrationOutcome(rehearse(engine, _as_they_are(plan), migration), otherwise=True)
        if again.mark == seen:
            raise
        return again
    return tried


def _as_they_are(plan: MigrationPlan) -> tuple[CaseSeen, ...]:
    return tuple(CaseSeen(ref) for ref in plan.refs)


def _tell(
    session: Session,
    asked: LifecycleRequest,
    done: MigrationOutcome,
    migration: Migration,
    now: datetime,
) -> None:
    by = migration.by or 0
    now = register_time(session, now)
    told = LifecycleCasesMoved(
        **requests.told_of(asked),
        asked_by=asked.asked_by,
        cases=tuple(each.ref for each in done.cases if each.moves),
        stayed=tuple(each.ref for each in done.stuck),
    )
    registered(session, Fact(told, by, now))
    decided(session, asked, CONFIRMED, by=by, now=now)


def _ask(
    session: Session, wish: MigrationWish, moving: Sequence[MigratedCase], now: datetime
) -> int:
    now = register_time(session, now)
    migration, by = wish.migration, wish.migration.by or 0
    refuse_all_but_administrators(session, by, now)
    requests.refuse_twice(session, migration.to.key, now)
    plan = MigrationPlan(
        wish.before, migration.mapping, wish.together, wish.although_not_offered, tuple(moving)
    )
    asked = LifecycleRequest(
        act=LifecycleAct.MIGRATE.value,
        key=migration.to.key,
        version=migration.to.version,
        digest=migration.to.digest,
        body=plan.body,
        why=migration.why,
        asked_by=by,
        asked_at=now,
    )
    return requests.let_wait(session, asked, cases=plan.refs, plan=canonical.digest(plan.body))
