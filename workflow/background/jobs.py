"""What is done behind the pages, by kinds; each may be done at any time, and twice."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from workflow.blockers.digest import owe_digest
from workflow.engine.commands import settle_due
from workflow.engine.engine import Engine
from workflow.erasure.erase import sweep as sweep_old_copies
from workflow.erasure.withdrawal import withdraw_without_consent
from workflow.faults.loop import Complaints
from workflow.forecast.renewal import renew
from workflow.frameworks import tallies
from workflow.health.heartbeats import Work
from workflow.ledger.certification.notices import owe_reminders
from workflow.ledger.promise_acts.notices import tell_of_payments
from workflow.notices.mailer import Mailer
from workflow.oversight.checks.run import check_if_due
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.people.register import registered
from workflow.people.sweep import sweep as sweep_sign_ins
from workflow.programmes.latecomers import ask_latecomers
from workflow.programmes.lead_groups.followers import follow_groups
from workflow.programmes.lists.tally import fold
from workflow.sharing.renewal import ask_and_lapse
from workflow.tasks.port import Every, Job, Payload, Tasks
from workflow.tlog.store.heads import heads_owed, state_heads
from workflow.working_copies.retention import KEPT as UNSENT
from workflow.working_copies.retention import sweep as sweep_unsent

SWEEP, MAIL, POST, TIDY, HEADS = "sweep", "mail", "post", "tidy", "heads"
INDEX, CHECK, FORECAST, BLOCKERS, MONEY = "index", "check", "forecast", "blockers", "money"
SHARING = "sharing"
EVERY = (
    Every(SWEEP, "*/20 * * * * *"),
    Every(POST, "10 * * * * *"),
    Every(TIDY, "0 17 * * * *"),
    Every(HEADS, "40 */10 * * * *"),
    Every(INDEX, "*/10 * * * * *"),
    Every(CHECK, "50 * * * * *"),
    Every(FORECAST, "25 */5 * * * *"),
    Every(BLOCKERS, "35 */10 * * * *"),
    Every(MONEY, "45 */10 * * * *"),
    Every(SHARING, "15 */10 * * * *"),
)
KEPT = timedelta(days=3)

# What may be done by whichever clock; all else waits until the clock is in no doubt.
TIMELESS = frozenset({INDEX})
WORK = {
    SWEEP: Work.SWEEP,
    MAIL: Work.MAIL,
    POST: Work.MAIL,
    INDEX: Work.INDEXER,
    CHECK: Work.CHECK,
    HEADS: Work.HEADS,
    TIDY: Work.TIDY,
}

Note = Callable[[Work, Exception | None], None]


class Jobs:
    """The jobs of one installation; `note` is told how each ended that anybody watches.

    Unsent texts are kept for `unsent`.
    """

    def __init__(
        self,
        engine: Engine,
        tasks: Tasks,
        mailer: Mailer | None,
        note: Note,
        unsent: timedelta = UNSENT,
    ) -> None:
        self._engine, self._tasks, self._mailer, self._note = engine, tasks, mailer, note
        self._unsent = unsent
        self._acts: dict[str, tuple[Job, ...]] = {
            SWEEP: (self._sweep,),
            MAIL: (self._mail,),
            POST: (self._post, self._post_digests),
            TIDY: (self._forget_jobs, self._forget_sign_ins, self._forget_unsent),
            HEADS: (self._heads,),
            INDEX: (self._index,),
            CHECK: (self._check,),
            FORECAST: (self._forecast,),
            BLOCKERS: (self._tell_blockers,),
            MONEY: (self._tell_money,),
            SHARING: (
                self._withdraw_unconsented,
                self._ask_what_holds,
                self._ask_latecomers,
                self._follow_groups,
            ),
        }
        self._complaints = {kind: Complaints(f"The job {kind!r}") for kind in self._acts}

    def by_kind(self) -> dict[str, Job]:
        """What is to be called for each kind of job."""
        return {kind: partial(self._do, kind, acts) for kind, acts in self._acts.items()}

    def _do(self, kind: str, acts: Sequence[Job], payload: Payload) -> None:
        """Do every act of a job, whatever becomes of the one before; the first fault is the job's."""
        faults: list[Exception] = []
        for act in acts:
            try:
                if kind not in TIMELESS:
                    self._engine.refuse_doubt()
                act(payload)
            except Exception as fault:  # noqa: BLE001  # The outermost handler of a job's act.
                self._complaints[kind].hear(fault)
                faults.append(fault)
        if kind in WORK:
            self._note(WORK[kind], faults[0] if faults else None)
        if faults:
            raise faults[0]
        self._complaints[kind].end()

    def _sweep(self, _payload: Payload) -> None:
        """Settle deadlines and remind people."""
        settle_due.sweep(self._engine)

    def _mail(self, payload: Payload) -> None:
        """Send the mail of one cause."""
        if self._mailer is not None:
            self._mailer.deliver(list(payload["notices"]))

    def _post(self, _payload: Payload) -> None:
        """Send what is owed still."""
        if self._mailer is not None:
            self._mailer.deliver()

    def _post_digests(self, _payload: Payload) -> None:
        """Send what was kept for the day."""
        if self._mailer is not None:
            self._mailer.deliver_digests()

    def _heads(self, _payload: Payload) -> None:
        """State where every history ends, once a day."""
        now = self._engine.now()
        with self._engine.reading() as session:
            if not heads_owed(session, now):
                return
        with self._engine.transaction() as session:
            state_heads(session, registered, now)

    def _index(self, _payload: Payload) -> None:
        """Let events be found, and bring what lists count into one number each."""
        catch_up_wholly(self._engine)
        fold(self._engine)
        tallies.fold(self._engine)

    def _check(self, _payload: Payload) -> None:
        """Check everything once a day, or when an auditor asks."""
        check_if_due(self._engine)

    def _forecast(self, _payload: Payload) -> None:
        """Renew the forecasts that are out of date."""
        renew(self._engine)

    def _tell_blockers(self, _payload: Payload) -> None:
        """Owe people what blocks, once a month."""
        owe_digest(self._engine)

    def _tell_money(self, _payload: Payload) -> None:
        """Tell who certifies what has waited long, and of payments that are due."""
        owe_reminders(self._engine)
        tell_of_payments(self._engine)

    def _withdraw_unconsented(self, _payload: Payload) -> None:
        """Withdraw experts whose consent has ended, and erase what was said of them."""
        if withdraw_without_consent(self._engine):
            sweep_old_copies(self._engine.database)

    def _ask_what_holds(self, _payload: Payload) -> None:
        """Ask countries whether what they share still holds, and let lapse what nobody keeps."""
        ask_and_lapse(self._engine)

    def _follow_groups(self, _payload: Payload) -> None:
        """Have programmes follow the lead groups that lead them, and groups who is pivotal."""
        follow_groups(self._engine)

    def _ask_latecomers(self, _payload: Payload) -> None:
        """Ask countries that registered an interest meanwhile in consultations that are open."""
        ask_latecomers(self._engine)

    def _forget_jobs(self, _payload: Payload) -> None:
        """Remove jobs long done."""
        self._tasks.forget_before(self._engine.now() - KEPT)

    def _forget_sign_ins(self, _payload: Payload) -> None:
        """Remove ended sessions and old failures."""
        with self._engine.transaction() as session:
            sweep_sign_ins(session, self._engine.now())

    def _forget_unsent(self, _payload: Payload) -> None:
        """Remove unsent texts that nobody came back for."""
        with self._engine.transaction() as session:
            sweep_unsent(session, self._engine.now(), self._unsent)
