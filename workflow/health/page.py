"""The page of health: each kind of work with its last sign of life, what waits for it, and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.health.facts import Backlog, HealthFacts
from workflow.health.findings import WATCHED, Finding, clause_of, due_of, findings, is_asked_for
from workflow.health.heartbeats import Work
from workflow.phrase import Phrase, phrase

NAMES: Mapping[Work, Phrase] = {
    Work.SWEEP: phrase("Deadlines and reminders"),
    Work.MAIL: phrase("Letters"),
    Work.SEQUENCER: phrase("Places in the log"),
    Work.SIGNER: phrase("Signatures under the log"),
    Work.WITNESS: phrase("Calls on witnesses"),
    Work.INDEXER: phrase("Index for searches"),
    Work.CHECK: phrase("Daily check"),
    Work.HEADS: phrase("Ends of histories"),
    Work.TIDY: phrase("Ended sessions"),
    Work.DOSSIERS: phrase("Dossiers"),
    Work.FILES: phrase("Ordered files"),
}

# Of these something always waits for its next time; only what is late is told.
DAILY = frozenset({Work.CHECK, Work.HEADS, Work.TIDY})


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One kind of work: when and by which process it was last done, and what waits for it now.

    `due` says of a process that has just begun when it does it first.
    """

    work: Work
    name: Phrase
    asked_for: bool
    worked_at: datetime | None
    process: str
    waits: Phrase | None
    wrong: bool
    due: Phrase | None


@dataclass(frozen=True, slots=True)
class HealthPage:
    """Everything behind the pages at one moment."""

    now: datetime
    lines: tuple[WorkLine, ...]
    findings: tuple[Finding, ...]
    in_doubt: bool


def health_page(facts: HealthFacts) -> HealthPage:
    """The page that these facts make."""
    found = findings(facts)
    wrong = {each.work for each in found}
    return HealthPage(
        now=facts.now,
        lines=tuple(_line(work, facts, wrong=work in wrong) for work in WATCHED),
        findings=found,
        in_doubt=bool(facts.doubts),
    )


def _line(work: Work, facts: HealthFacts, *, wrong: bool) -> WorkLine:
    beat = facts.beats.get(work)
    waits = clause_of(work, facts.waiting.get(work, Backlog()), facts.now)
    return WorkLine(
        work=work,
        name=NAMES[work],
        asked_for=is_asked_for(work, facts),
        worked_at=beat.worked_at if beat else None,
        process=beat.process if beat else "",
        waits=waits if work not in DAILY or wrong else None,
        wrong=wrong,
        due=due_of(work, facts) if is_asked_for(work, facts) else None,
    )
