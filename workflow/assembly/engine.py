"""The engine as programmes run on it: made here alone, so that nobody forgets what it has to be told."""

from types import MappingProxyType

from sqlalchemy import Engine as Database

from workflow.assembly.texts import follow, signed_below, unfit
from workflow.bodies.quorum import too_few_left
from workflow.clock import Clock, utc_now
from workflow.closures.evaluated import evaluations_followed_up
from workflow.closures.measures import money_reconciled
from workflow.database import POOL, Pool, connect
from workflow.engine.domain import Domain
from workflow.engine.engine import Engine
from workflow.frameworks.queries import framework_names
from workflow.lessons.owed import lessons_validated
from workflow.lifecycles.loader.names import CHAIR_PASSES, NEXT_CONVENOR
from workflow.partners.looked_for import (
    donors_without_agreement,
    refused_donors,
    sanctions_list,
    sanctions_matches,
    unvetted_donors,
)
from workflow.programmes.adopted import follow_record
from workflow.programmes.body_sessions import next_session
from workflow.programmes.case_facts import case_facts, groups, inherit, take_facts
from workflow.programmes.in_force import parties_named, put_together
from workflow.programmes.lead_groups.turns import chair_passes, next_convenor
from workflow.programmes.participants import (
    board,
    board_bench,
    board_categories,
    board_lacks,
    committee,
    committee_bench,
    committee_categories,
    committee_lacks,
    interested,
)
from workflow.revision import RevisionWatch
from workflow.timekeeping.timekeeper import LONGEST_STOP, Timekeeper

PROGRAMMES = Domain(
    finders=MappingProxyType(
        {
            "board": board,
            "body": committee,
            "interested": interested,
            NEXT_CONVENOR: next_convenor,
        }
    ),
    located_by="beneficiary",
    subject="programme",
    lacking=MappingProxyType({"board": board_lacks, "body": committee_lacks}),
    benches=MappingProxyType({"board": board_bench, "body": committee_bench}),
    categories=MappingProxyType({"board": board_categories, "body": committee_categories}),
    too_few=too_few_left,
    follow_record=follow_record,
    names=MappingProxyType({"frameworks": framework_names}),
    facts=case_facts,
    looked_for=MappingProxyType(
        {
            CHAIR_PASSES: chair_passes,
            "sanctions_list": sanctions_list,
            "sanctions_matches": sanctions_matches,
            "refused_donors": refused_donors,
            "unvetted_donors": unvetted_donors,
            "donors_without_agreement": donors_without_agreement,
        }
    ),
    groups=groups,
    take_facts=take_facts,
    inherit=inherit,
    signed_below=signed_below,
    in_force=put_together,
    parties_named=parties_named,
    unfit=unfit,
    text_filed=follow,
    next_session=next_session,
    measures=MappingProxyType(
        {
            "money_reconciled": money_reconciled,
            "evaluations_followed_up": evaluations_followed_up,
            "lessons_validated": lessons_validated,
        }
    ),
)


def open_engine(url: str, clock: Clock = utc_now, pool: Pool = POOL) -> Engine:
    """The engine of programmes on the database at `url`."""
    return engine_on(connect(url, pool), clock)


def engine_at_work(url: str, *, demo: bool = False, pool: Pool = POOL) -> Engine:
    """The engine of an installation: by the true clock, which it watches, on tables that it knows.

    A demonstration may have stood still for as long as it likes.
    """
    engine = open_engine(url, pool=pool)
    longest_stop = None if demo else LONGEST_STOP
    engine.kept_by(Timekeeper(engine.database, engine.clock, longest_stop=longest_stop))
    engine.tables = RevisionWatch(engine.database)
    return engine


def engine_on(database: Database, clock: Clock = utc_now) -> Engine:
    """The engine of programmes on a database that is connected already."""
    return Engine(database, PROGRAMMES, clock)
