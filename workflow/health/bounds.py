"""Bounds: for how long each kind of work may wait, or show nothing, before somebody is told."""

from collections.abc import Mapping
from datetime import timedelta

from workflow.health.heartbeats import Work

BOUNDS: Mapping[Work, timedelta] = {
    # A sweep comes three times a minute, and decides.
    Work.SWEEP: timedelta(minutes=3),
    Work.MAIL: timedelta(minutes=15),
    Work.SEQUENCER: timedelta(minutes=3),
    # A checkpoint is signed within a minute of an event.
    Work.SIGNER: timedelta(minutes=10),
    Work.WITNESS: timedelta(minutes=30),
    Work.INDEXER: timedelta(minutes=15),
    # Once a day, and some hours for one that takes long.
    Work.CHECK: timedelta(hours=30),
    # Once a day, soon after midnight.
    Work.HEADS: timedelta(hours=3),
    # Once an hour.
    Work.TIDY: timedelta(hours=3),
    Work.DOSSIERS: timedelta(minutes=15),
    # One after the other, each of which may take minutes.
    Work.FILES: timedelta(hours=1),
    # For so long it is told that an act was let go of.
    Work.RELEASE: timedelta(hours=1),
}
# What comes round more seldom may be silent for longer than an hour.
SELDOM = frozenset({Work.TIDY})


def silence(work: Work) -> timedelta:
    """For how long nobody need show that this work is done."""
    return BOUNDS[work] if work in SELDOM else min(BOUNDS[work], timedelta(hours=1))
