"""Findings: what is wrong behind the pages, in sentences with what to do; pure, over facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.health.bounds import BOUNDS, silence
from workflow.health.facts import Backlog, HealthFacts
from workflow.health.heartbeats import Work
from workflow.phrase import Dated, Phrase, counted, phrase, together
from workflow.timekeeping.doubts import minute

WAITS: Mapping[Work, Phrase] = {
    Work.SWEEP: counted(
        "%(num)s deadline waits to be settled since %(since)s",
        "%(num)s deadlines wait to be settled since %(since)s", 0,
    ),
    Work.MAIL: counted(
        "%(num)s letter waits to be sent since %(since)s",
        "%(num)s letters wait to be sent since %(since)s", 0,
    ),
    Work.SEQUENCER: counted(
        "%(num)s event waits for the log since %(since)s",
        "%(num)s events wait for the log since %(since)s", 0,
    ),
    Work.SIGNER: counted(
        "%(num)s event of the log waits for a signature since %(since)s",
        "%(num)s events of the log wait for a signature since %(since)s", 0,
    ),
    Work.INDEXER: counted(
        "%(num)s event cannot be found by searches since %(since)s",
        "%(num)s events cannot be found by searches since %(since)s", 0,
    ),
    Work.CHECK: phrase("nothing was checked since %(since)s"),
    Work.HEADS: phrase("where histories end was not stated since %(since)s"),
    Work.TIDY: counted(
        "%(num)s ended session or old failure to sign in is kept since %(since)s",
        "%(num)s ended sessions and old failures to sign in are kept since %(since)s", 0,
    ),
    Work.DOSSIERS: counted(
        "%(num)s ordered dossier waits to be made since %(since)s",
        "%(num)s ordered dossiers wait to be made since %(since)s", 0,
    ),
    Work.FILES: counted(
        "%(num)s ordered file waits to be made since %(since)s",
        "%(num)s ordered files wait to be made since %(since)s", 0,
    ),
}  # fmt: skip
SILENT: Mapping[Work, Phrase] = {
    Work.SWEEP: phrase("nobody looked after deadlines since %(last)s"),
    Work.MAIL: phrase("nobody looked for letters to send since %(last)s"),
    Work.SEQUENCER: phrase("no event was given its place in the log since %(last)s"),
    Work.SIGNER: phrase("nobody signed the log since %(last)s"),
    Work.WITNESS: phrase("no call on the witnesses since %(last)s"),
    Work.INDEXER: phrase("the index for searches was not brought up to date since %(last)s"),
    Work.HEADS: phrase("nobody stated where histories end since %(last)s"),
    Work.TIDY: phrase("nobody removed ended sessions since %(last)s"),
    Work.DOSSIERS: phrase("nobody made dossiers since %(last)s"),
    Work.FILES: phrase("nobody made ordered files since %(last)s"),
}
NEVER: Mapping[Work, Phrase] = {
    Work.SWEEP: phrase("nobody has looked after deadlines yet"),
    Work.MAIL: phrase("nobody has looked for letters to send yet"),
    Work.SEQUENCER: phrase("no event was given its place in the log yet"),
    Work.SIGNER: phrase("nobody has signed the log yet"),
    Work.WITNESS: phrase("no witness was called yet"),
    Work.INDEXER: phrase("the index for searches was not brought up to date yet"),
    Work.HEADS: phrase("nobody has stated yet where histories end"),
    Work.TIDY: phrase("nobody has removed ended sessions yet"),
    Work.DOSSIERS: phrase("nobody has made dossiers yet"),
    Work.FILES: phrase("nobody has made ordered files yet"),
}
# What is done only when something happened is not missed.
WATCHED = tuple(work for work in Work if work is not Work.RELEASE)
START_WORKER = phrase(
    "Start “primemover worker”, or “primemover run”, which brings one along; it then catches up by itself."
)
START_FIRST_WORKER = phrase(
    "Start “primemover worker”, or “primemover run”, which brings one along. If one was begun a moment "
    "ago, look again in a minute."
)
CATCHES_UP = phrase("what waits is then done by itself")
LET_GO = phrase(
    "What it was at was undone and nothing is lost. See why that process stood still: halted by hand, in a "
    "debugger, or on a machine that was frozen; it does its act once more when it goes on."
)
START_SIGNER = phrase(
    "Start “primemover signer” on the machine that holds the key, or “primemover worker” there."
)
CHECKING = phrase(
    "A check of everything is asked for or under way; this goes away when it has ended."
)
LOOK = phrase("It was tried in vain; the log of the worker says more. Restart “primemover worker”.")
NO_SERVER = phrase("No mail server is set: PRIMEMOVER_SMTP_URL.")
CHECK_AGAIN = phrase(
    "Run “primemover verify”: it names each difference. Change nothing until the auditors have looked."
)
CONFIRM = phrase(
    "Set the clock right, and everything goes on by itself. If it is right, an officer confirms it on the "
    "page “Health”, or on the machine: primemover clock confirm --by EMAIL"
)
CLOCK_FIRST = phrase(
    "This is told by a clock that is in doubt: see to the clock first, and look here again a few minutes later."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, and what to do; `waits` where people already wait for it."""

    work: Work | None
    said: Phrase
    advice: Phrase
    waits: bool = True


def findings(facts: HealthFacts) -> tuple[Finding, ...]:
    """Everything that is wrong: the clock first, then what people wait for."""
    of_work = [found for work in WATCHED if (found := _of(work, facts))]
    if facts.doubts:
        of_work = [replace(found, advice=CLOCK_FIRST) for found in of_work]
    return (
        *(Finding(None, doubt.said, CONFIRM) for doubt in facts.doubts),
        *sorted(of_work, key=lambda found: not found.waits),
        *_signed_no_more(facts),
        *_released(facts),
        *_differing(facts),
    )


def clause_of(work: Work, waiting: Backlog, now: datetime) -> Phrase | None:
    """What waits for this kind of work, as a clause; nothing where nothing does."""
    words = WAITS.get(work)
    if words is None or waiting.since is None or not waiting.count:
        return None
    return replace(words, parts={"num": waiting.count, "since": hour(waiting.since, now)})


def hour(at: datetime, now: datetime) -> Dated:
    """An instant as sentences say it: the hour alone where it is of today."""
    return Dated(at, f"{at:%H:%M} UTC") if at.date() == now.date() else minute(at)


def _of(work: Work, facts: HealthFacts) -> Finding | None:
    waiting = facts.waiting.get(work, Backlog())
    late = waiting.since is not None and facts.now - waiting.since > BOUNDS[work]
    late = late and not _begins(work, facts)
    waits = clause_of(work, waiting, facts.now) if late else None
    silent = _silent(work, facts) if work in SILENT and is_asked_for(work, facts) else None
    failing = _failing(work, facts)
    if waits is None and silent is None and failing is None:
        return None
    said = together([waits, silent, failing], between="; ", end=".")
    return Finding(work, said, _advice(work, facts, silent, failing), waits=waits is not None)


def is_asked_for(work: Work, facts: HealthFacts) -> bool:
    """Whether this installation is set up to do this work at all."""
    asked = {
        Work.MAIL: bool(facts.installation.mail_server),
        Work.WITNESS: facts.installation.witnesses,
    }
    return asked.get(work, True)


def due_of(work: Work, facts: HealthFacts) -> Phrase | None:
    """Where whoever does this work has just begun: since when, and by when it is first done."""
    beat = facts.beats.get(work)
    if beat is None or beat.begun_at is None or not _begins(work, facts):
        return None
    return phrase(
        "begun at %(begun)s, first run due by %(due)s",
        begun=hour(beat.begun_at, facts.now), due=hour(beat.begun_at + silence(work), facts.now),
    )  # fmt: skip


def _begins(work: Work, facts: HealthFacts) -> bool:
    """Whether it was begun a moment ago and not done since; one that begins again and again is late."""
    beat = facts.beats.get(work)
    return beat is not None and beat.begun_at is not None and _within(beat.begun_at, work, facts)


def _silent(work: Work, facts: HealthFacts) -> Phrase | None:
    """That nobody has done this work for too long; a process just begun waits a while before it says so."""
    beat = facts.beats.get(work)
    last = beat.worked_at if beat else None
    if facts.installation.up_since and _within(facts.installation.up_since, work, facts):
        return None
    if _begins(work, facts):
        return None
    if last is None:
        return NEVER[work]
    if _within(last, work, facts):
        return None
    return replace(SILENT[work], parts={"last": hour(last, facts.now)})


def _failing(work: Work, facts: HealthFacts) -> Phrase | None:
    beat = facts.beats.get(work)
    if beat is None or beat.failing_since is None or _within(beat.failing_since, work, facts):
        return None
    return phrase(
        "it fails since %(since)s: %(fault)s",
        since=hour(beat.failing_since, facts.now), fault=beat.fault,
    )  # fmt: skip


def _within(at: datetime, work: Work, facts: HealthFacts) -> bool:
    return facts.now - at <= silence(work)


def _advice(
    work: Work, facts: HealthFacts, silent: Phrase | None, failing: Phrase | None
) -> Phrase:
    begins = due_of(work, facts)
    if begins is not None and failing is None:
        return together([begins, CATCHES_UP], between="; ", end=".")
    if work is Work.MAIL and facts.waiting.get(work, Backlog()).count:
        if not facts.installation.mail_server:
            return NO_SERVER
        if facts.letter_fault:
            return _of_the_server(facts)
    if work is Work.CHECK and facts.checking and failing is None and _is_done_now(work, facts):
        return CHECKING
    if silent is not None or failing is None:
        return START_SIGNER if work is Work.SIGNER else _start_worker(work, facts)
    return LOOK


def _is_done_now(work: Work, facts: HealthFacts) -> bool:
    """Whether somebody showed of late that this work has who does it."""
    beat = facts.beats.get(work)
    return beat is not None and beat.worked_at is not None and _within(beat.worked_at, work, facts)


def _start_worker(work: Work, facts: HealthFacts) -> Phrase:
    """What to start; where it never ran, a worker may have been begun in this minute."""
    beat = facts.beats.get(work)
    return START_WORKER if beat and beat.worked_at else START_FIRST_WORKER


def _of_the_server(facts: HealthFacts) -> Phrase:
    """Why letters are not taken: a server that answers says so by a number."""
    parts = {"server": facts.installation.mail_server, "fault": facts.letter_fault}
    if facts.letter_fault[:1].isdigit():
        return phrase("The mail server at %(server)s answers: %(fault)s.", **parts)
    return phrase("The mail server at %(server)s does not answer: %(fault)s.", **parts)


def _signed_no_more(facts: HealthFacts) -> Iterator[Finding]:
    if facts.refusal:
        said = phrase("The signer does not sign: %(refusal)s", refusal=facts.refusal)
        yield Finding(Work.SIGNER, said, CHECK_AGAIN)


def _released(facts: HealthFacts) -> Iterator[Finding]:
    beat = facts.beats.get(Work.RELEASE)
    if beat and beat.failing_since and _within(beat.failing_since, Work.RELEASE, facts):
        said = phrase(
            "At %(since)s an act was let go of: %(fault)s.",
            since=hour(beat.failing_since, facts.now), fault=beat.fault,
        )  # fmt: skip
        yield Finding(Work.RELEASE, said, LET_GO, waits=False)


def _differing(facts: HealthFacts) -> Iterator[Finding]:
    if facts.differences:
        said = counted(
            "The last check found %(num)s difference from what was recorded.",
            "The last check found %(num)s differences from what was recorded.",
            facts.differences,
        )
        yield Finding(Work.CHECK, said, CHECK_AGAIN)
