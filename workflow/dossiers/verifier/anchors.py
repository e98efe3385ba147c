"""Checkpoints against one another: earlier ones of the dossier, and the one that somebody kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.dossiers.verifier.event_chain import EventPlace
from workflow.dossiers.verifier.examination import Examination
from workflow.dossiers.verifier.notes import Key, NotedCheckpoint, checkpoint_from, judged
from workflow.dossiers.verifier.report import DIVERGED, INCOMPLETE, INVALID, Report, printable
from workflow.dossiers.verifier.strict import Wrong, hash_from_base64
from workflow.dossiers.verifier.tree_proofs import is_beginning

# Clocks differ a little, and an event is in the tree a moment after it is written.
ALLOWED = timedelta(minutes=5)
MOST_PROOF = 128


@dataclass(frozen=True)
class Sighting:
    """A witness saw the log at this size, at this time."""

    size: int
    at: datetime
    by: str


def check_anchors(exam: Examination) -> list[Sighting]:
    """Every earlier checkpoint of the dossier leads to its own; returns who saw which when."""
    if exam.checkpoint is None:
        return []
    found = _sightings(exam.checkpoint, exam.judged.witnesses)
    for name in exam.parcel.names("anchors/"):
        if name.endswith(".checkpoint"):
            found += _tried(exam, name, exam.checkpoint)
    return found


def check_times(exam: Examination, sightings: Iterable[Sighting]) -> None:
    """Between which sightings each event came into the log; flags a time claimed outside them."""
    seen = sorted(sightings, key=lambda each: (each.size, each.at))
    spans: dict[tuple[Sighting | None, Sighting | None], list[EventPlace]] = {}
    for place in exam.places:
        if place.index is not None:
            spans.setdefault(_span(seen, place.index), []).append(place)
    for (after, before), places in spans.items():
        if after is None and before is None:
            continue
        exam.report.fact(f"{_named(places)} came into the log {_between(after, before)}.")
        for place in places:
            if (before and place.at > before.at + ALLOWED) or (
                after and place.at < after.at - ALLOWED
            ):
                exam.report.look(
                    f"Event {place.seq} claims {place.at:%Y-%m-%d at %H:%M:%S} UTC, "
                    f"but came into the log {_between(after, before)}."
                )


def check_kept(exam: Examination, kept: NotedCheckpoint) -> None:
    """The log is still the one of which somebody kept a checkpoint."""
    mine, report = exam.checkpoint, exam.report
    if mine is None:
        report.fault(INCOMPLETE, "Without a checkpoint nothing can be held against the one kept.")
        return
    if kept.origin != mine.origin:
        report.fault(DIVERGED, "The checkpoint that you kept is of another log.")
        return
    _believe(exam, kept)
    if kept.size == mine.size:
        if kept.root != mine.root:
            sentence = f"At size {kept.size} the log had another root: it shows two histories."
            report.fault(DIVERGED, sentence)
        else:
            report.fact(f"The checkpoint that you kept, of size {kept.size}, is this one.")
        return
    if kept.size > mine.size:
        sentence = f"You kept a later checkpoint, of size {kept.size}: ask for a newer dossier."
        report.fault(INCOMPLETE, sentence)
        return
    name = f"anchors/{kept.size}.consistency"
    if name not in exam.parcel:
        sentence = f"It holds no proof from the size {kept.size} that you kept: ask for one."
        report.fault(INCOMPLETE, sentence)
    elif not is_beginning(kept.size, mine.size, _hashes(exam, name), kept.root, mine.root):
        sentence = (
            f"The log at size {mine.size} does not go on from the one you kept, of {kept.size}."
        )
        report.fault(DIVERGED, sentence)
    else:
        report.fact(f"The log goes on from the checkpoint that you kept, of size {kept.size}.")


def compare_dossiers(exams: Iterable[Examination]) -> None:
    """No two of these dossiers show one log at one size with two roots."""
    roots: dict[tuple[str, int], tuple[bytes, Report]] = {}
    for exam in exams:
        own = exam.checkpoint
        if own is None or not exam.judged.signed:
            continue
        root, first = roots.setdefault((own.origin, own.size), (own.root, exam.report))
        if root != own.root:
            sentence = f"{first.name} shows the same log at size {own.size} with another root."
            exam.report.fault(DIVERGED, printable(sentence))


def _tried(exam: Examination, name: str, mine: NotedCheckpoint) -> list[Sighting]:
    try:
        return _anchor(exam, name, mine)
    except Wrong as fault:
        exam.report.fault(INVALID, f"{name}: {printable(fault)}.")
    return []


def _anchor(exam: Examination, name: str, mine: NotedCheckpoint) -> list[Sighting]:
    """An earlier checkpoint, once it is known to be a beginning of the dossier's own."""
    earlier = checkpoint_from(exam.parcel.read(name))
    if name != f"anchors/{earlier.size}.checkpoint" or earlier.origin != mine.origin:
        raise Wrong("it is not the checkpoint that its name says")
    proof = _hashes(exam, f"anchors/{earlier.size}.consistency")
    if not is_beginning(earlier.size, mine.size, proof, earlier.root, mine.root):
        raise Wrong("the log of the dossier does not go on from this checkpoint")
    if exam.policy is None:
        return []
    by = judged(earlier, exam.policy, built_in=exam.built_in)
    if not by.signed or not by.witnesses:
        exam.report.look(f"{name} is not vouched for by a log and a witness of the policy.")
        return []
    return _sightings(earlier, by.witnesses)


def _believe(exam: Examination, kept: NotedCheckpoint) -> None:
    """Refuse to compare with a checkpoint that the log never signed."""
    if exam.policy is None or not judged(kept, exam.policy, built_in=exam.built_in).signed:
        raise Wrong("The checkpoint that you kept is not signed by a log that the policy names.")


def _hashes(exam: Examination, name: str) -> list[bytes]:
    lines = exam.parcel.read(name).decode("ascii", "replace").split("\n")
    if lines.pop() or len(lines) > MOST_PROOF:
        raise Wrong("the proof is not written as it has to be")
    return [hash_from_base64(line) for line in lines]


def _sightings(checkpoint: NotedCheckpoint, witnesses: dict[Key, datetime]) -> list[Sighting]:
    return [Sighting(checkpoint.size, at, key.name) for key, at in witnesses.items()]


def _span(seen: list[Sighting], index: int) -> tuple[Sighting | None, Sighting | None]:
    """The last sighting without entry `index`, and the first with it."""
    without = [each for each in seen if each.size <= index]
    having = [each for each in seen if each.size > index]
    return (
        max(without, key=lambda each: each.at, default=None),
        min(having, key=lambda each: each.at, default=None),
    )


def _between(after: Sighting | None, before: Sighting | None) -> str:
    bounds = ((after, "after"), (before, "before"))
    told = [
        f"{word} {each.at:%Y-%m-%d %H:%M:%S} UTC ({printable(each.by)})"
        for each, word in bounds
        if each is not None
    ]
    return " and ".join(told)


def _named(places: list[EventPlace]) -> str:
    first, last = places[0].seq, places[-1].seq
    return f"Event {first}" if first == last else f"Events {first} to {last}"
