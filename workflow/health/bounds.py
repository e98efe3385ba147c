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
}
