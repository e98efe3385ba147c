"""One dossier checked from its first byte to its last."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workflow.dossiers.verifier.case_state import CaseStanding
from workflow.dossiers.verifier.enclosures import Enclosures
from workflow.dossiers.verifier.event_chain import Chain, EventPlace, place_in_log
from workflow.dossiers.verifier.notes import (
    Judged,
    NotedCheckpoint,
    Policy,
    checkpoint_from,
    judged,
    policy_from,
)
from workflow.dossiers.verifier.parcel import Parcel
from workflow.dossiers.verifier.report import (
    INCOMPLETE,
    INVALID,
    UNANCHORED,
    Report,
    attempt,
    printable,
)
from workflow.dossiers.verifier.strict import Wrong, is_digest, parsed_object

# What these events name is the lifecycle that the case follows from then on.
FOLLOWS = frozenset({"case.opened", "programme.placed", "case.migrated"})


class Examination:
    """The check of one dossier, and what it has to remember from one step to the next."""

    def __init__(
        self, parcel: Parcel, report: Report, policy: Policy | None, *, built_in: bool
    ) -> None:
        self.parcel = parcel
        self.report = report
        self.given = policy
        self.built_in = built_in
        self.about: Mapping[str, Any] = {}
        self.note = b""
        self.checkpoint: NotedCheckpoint | None = None
        self.judged = Judged()
        self.places: list[EventPlace] = []
        self.standing = CaseStanding()
        self.whole = True
        self.policy: Policy | None = policy

    def run(self) -> None:
        """Every check in turn; each goes on where the one before it found a fault."""
        for step in (self._about, self._checkpoint, self._events):
            attempt(self.report, step)
        Enclosures(
            self.parcel, self.report, self.about, self.standing, self.places, whole=self.whole
        ).run()
        self._sum_up()

    def _about(self) -> None:
        self.about = self.parcel.read_object("dossier.json")
        counted, case = self.about.get("events"), self.about.get("case")
        if self.about.get("format") != 1 or not isinstance(case, str) or type(counted) is not int:
            raise Wrong("dossier.json is written in a form that this verifier does not know.")
        self.report.case = printable(case)

    def _checkpoint(self) -> None:
        if "checkpoint" not in self.parcel:
            self.report.fault(UNANCHORED, "It holds no checkpoint: nothing ties it to a log.")
            return
        self.note = self.parcel.read("checkpoint")
        try:
            if self.policy is None and "policy.txt" in self.parcel:
                self.policy = policy_from(self.parcel.read("policy.txt"))
            checkpoint = checkpoint_from(self.note)
            if self.policy is not None:
                self.judged = judged(checkpoint, self.policy, built_in=self.built_in)
        except Wrong as fault:
            raise Wrong(f"The checkpoint cannot be believed: {fault}.") from None
        self.checkpoint = checkpoint
        self.report.fact(f"Checkpoint of {printable(checkpoint.origin)} at size {checkpoint.size}.")
        if self.policy is None or not self.judged.signed:
            raise Wrong("The checkpoint is not signed by a log that the policy names.")
        if self.given is None:
            self.report.fault(
                UNANCHORED,
                "No policy was given, so the dossier's own was taken: "
                "the keys that it vouches by are its own claim (see --policy).",
            )
        elif not self.judged.witnesses or not self.policy.satisfied(self.judged.witnesses):
            self.report.fault(
                UNANCHORED,
                "The checkpoint is not cosigned by the witnesses that your policy asks for.",
            )
        for key, at in self.judged.witnesses.items():
            self.report.fact(f"Cosigned by {printable(key.name)} on {at:%Y-%m-%d at %H:%M:%S} UTC.")

    def _events(self) -> None:
        chain = Chain(self.about.get("case", ""))
        for name in self.parcel.names("events/"):
            seq = int(name[7:-5])
            if name != f"events/{seq:04d}.json":
                raise Wrong(f"{name} is not called as an event is.")
            if seq != chain.seq + 1:
                missing = f"Event {chain.seq + 1} is missing: the next one is {seq}."
                self.report.fault(INCOMPLETE, missing)
                self.whole = False
                chain.leap(seq)
            self._event(chain, seq, self.parcel.read(name))
        counted = self.about.get("events", 0)
        if chain.seq < counted:
            last = f"The events behind {chain.seq} are missing: the dossier had {counted}."
            self.report.fault(INCOMPLETE, last)
            self.whole = False
        elif chain.seq > counted:
            raise Wrong(f"It holds {chain.seq} events, but says that it has {counted}.")

    def _event(self, chain: Chain, seq: int, body: bytes) -> None:
        try:
            place, event = chain.take(seq, body)
        except Wrong as fault:
            self.report.fault(INVALID, f"Event {seq}: {printable(fault)}.")
            chain.skip(seq, body)
            return
        self.places.append(place)
        self.standing.names[seq] = place.hash.hex()
        self._learn(event)
        for sentence in self.standing.hear(seq, event):
            # What follows from events that are missing cannot be judged.
            if self.whole:
                self.report.fault(INVALID, f"Event {seq}: {printable(sentence)}.")
        self._proof(chain, place)

    def _proof(self, chain: Chain, place: EventPlace) -> None:
        name = f"proofs/{place.seq:04d}.tlog-proof"
        if self.checkpoint is None:
            return
        if name not in self.parcel:
            sentence = f"Event {place.seq} comes without a proof that it is in the log."
            self.report.fault(UNANCHORED, sentence)
            return
        try:
            place.index = chain.follow(
                place_in_log(self.parcel.read(name), place.hash, self.note, self.checkpoint)
            )
        except Wrong as fault:
            self.report.fault(INVALID, f"Event {place.seq}: {printable(fault)}.")

    def _learn(self, event: Mapping[str, Any]) -> None:
        """Take up the lifecycle by which this event and those after it are to be read."""
        if event["type"] not in FOLLOWS:
            return
        digest = event["what"].get("definition")
        name = f"definitions/{digest}.json"
        if is_digest(digest):
            self.standing.follow(digest)
        if not is_digest(digest) or name not in self.parcel:
            return
        body = self.parcel.read(name)
        if hashlib.sha256(body).hexdigest() == digest:
            self.standing.definition = parsed_object(body)

    def _sum_up(self) -> None:
        shown = sum(place.index is not None for place in self.places)
        self.report.facts.insert(
            0,
            f"{len(self.places)} events in one unbroken chain were read, {shown} shown to be in the log.",
        )


def checkpoint_in(path: Path) -> NotedCheckpoint:
    """The checkpoint that somebody kept: a signed note, or the one in a dossier."""
    content = path.read_bytes() if path.stat().st_size <= 1_000_000 else b""
    if content[:2] == b"PK" or not content:
        with Parcel(path) as parcel:
            return checkpoint_from(parcel.read("checkpoint"))
    if content.startswith(b"c2sp.org/tlog-proof@v1\n"):
        content = content.partition(b"\n\n")[2]
    return checkpoint_from(content)
