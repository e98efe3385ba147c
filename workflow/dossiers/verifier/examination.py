"""One dossier checked from its first byte to its last."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workflow.dossiers.verifier.case_state import CaseStanding
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
from workflow.dossiers.verifier.strict import (
    Wrong,
    disclosure_digest,
    is_digest,
    parsed_object,
)

DERIVED = ("README.txt", "history.csv", "history.html", "history.pdf", "policy.txt", "verify.py")


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
        self.bases: dict[int, str] = {}
        self.whole = True
        self.policy: Policy | None = policy

    def run(self) -> None:
        """Every check in turn; each goes on where the one before it found a fault."""
        for step in (
            self._about, self._checkpoint, self._events, self._openings, self._definitions,
            self._documents, self._derived,
        ):  # fmt: skip
            attempt(self.report, step)
        self._sum_up()

    def _about(self) -> None:
        self.about = self._object("dossier.json")
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
        digest = event["what"].get("definition")
        name = f"definitions/{digest}.json"
        if is_digest(digest):
            self.standing.definitions.append(digest)
        if not is_digest(digest) or name not in self.parcel:
            return
        body = self.parcel.read(name)
        if hashlib.sha256(body).hexdigest() == digest:
            self.standing.definition = parsed_object(body)

    def _openings(self) -> None:
        openings, hidden = self._object("openings.json"), self._withheld("openings")
        self.bases = {by: _basis(openings.get(str(by))) for by, _ in self.standing.erased.values()}
        for place in self.places:
            given = openings.pop(str(place.seq), {})
            if not isinstance(given, dict):
                raise Wrong(f"Event {place.seq}: its openings are not what they have to be.")
            for field, digest in place.commitments.items():
                self._opening(place, field, digest, given.pop(field, None), hidden)
            for field in given:
                sentence = f"Event {place.seq} commits to no text called {printable(field)}."
                self.report.fault(INVALID, sentence)
        for seq in openings if self.whole else ():
            self.report.fault(INVALID, f"There are texts of an event {printable(seq)}.")

    def _opening(
        self, place: EventPlace, field: str, digest: str, given: Any, hidden: set[str]
    ) -> None:
        seq, name = place.seq, printable(field)
        gone = self.standing.erased.get((seq, field))
        if given is not None:
            self._opened(f"Event {seq}: the text {name}", field, digest, given)
            if gone:
                self.report.look(
                    f"Event {seq}: the text {name}, erased by event {gone[0]}, is here."
                )
        elif gone:
            by, on = gone
            told = f"erased on {on[:10]} under {self.bases[by]} (event {by})"
            self.report.fact(printable(f"Event {seq}: {name}: content {told}."))
        elif f"{seq} {field}" in hidden:
            self.report.fact(f"Event {seq}: the text {name} is withheld from this dossier.")
        else:
            sentence = (
                f"Event {seq}: the text {name} is neither here nor told to be erased or withheld."
            )
            self.report.fault(INCOMPLETE, sentence)

    def _opened(self, named: str, field: str, digest: str, given: Any) -> None:
        told = isinstance(given, list) and len(given) == 2
        if not told or not all(isinstance(each, str) for each in given):
            self.report.fault(INVALID, f"{named} is not opened as it has to be.")
        elif disclosure_digest(given[0], field, given[1]) != digest:
            self.report.fault(INVALID, f"{named} is not what was committed to.")

    def _definitions(self) -> None:
        needed = set(self.standing.definitions)
        for name in self.parcel.names("definitions/"):
            digest = name[len("definitions/") : -len(".json")]
            if hashlib.sha256(self.parcel.read(name)).hexdigest() != digest:
                raise Wrong(f"The lifecycle {digest[:16]}… is not what its digest names.")
            if digest not in needed and self.whole:
                raise Wrong(f"No event names the lifecycle {digest[:16]}….")
            needed.discard(digest)
        for digest in sorted(needed, key=str):
            sentence = (
                f"The lifecycle {printable(digest)[:16]}…, on which the case runs, is missing."
            )
            self.report.fault(INCOMPLETE, sentence)

    def _documents(self) -> None:
        needed, hidden = dict(self.standing.digests), self._withheld("documents")
        for name in self.parcel.names("documents/"):
            digest, found = name[len("documents/") :], hashlib.sha256()
            for piece in self.parcel.pieces(name):
                found.update(piece)
            if found.hexdigest() != digest:
                seq = needed.get(digest)
                raise Wrong(f"The document {digest[:16]}… of event {seq} is not what was filed.")
            if needed.pop(digest, None) is None and self.whole:
                raise Wrong(f"No event files the document {digest[:16]}….")
        for digest, seq in needed.items():
            if digest in hidden:
                self.report.fact(f"Event {seq}: the document that it files is withheld.")
            else:
                sentence = f"Event {seq}: the document that it files, {printable(digest)[:16]}…, is missing."
                self.report.fault(INCOMPLETE, sentence)

    def _derived(self) -> None:
        """What is for reading only: nothing in the log stands behind it."""
        named = self.about.get("derived")
        if not isinstance(named, dict):
            raise Wrong("dossier.json does not name the files that are for reading.")
        here = {name for name in DERIVED if name in self.parcel}
        for name in sorted(here | set(named)):
            if name not in here:
                self.report.fault(INCOMPLETE, f"{printable(name)} is missing.")
            elif hashlib.sha256(self.parcel.read(name)).hexdigest() != named.get(name):
                self.report.fault(INVALID, f"{name} is not the file that dossier.json names.")
        self.report.fact(
            "dossier.json and the files for reading ("
            + ", ".join(sorted(here))
            + ") are not in the log: trust the events, not them."
        )

    def _withheld(self, what: str) -> set[str]:
        withheld = self.about.get("withheld", {})
        found = withheld.get(what, []) if isinstance(withheld, dict) else None
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise Wrong("dossier.json does not say what is withheld as it has to.")
        return set(found)

    def _object(self, name: str) -> dict[str, Any]:
        try:
            return parsed_object(self.parcel.read(name))
        except Wrong as fault:
            if name not in self.parcel:
                raise
            raise Wrong(f"{name} cannot be read: {fault}.") from None

    def _sum_up(self) -> None:
        shown = sum(place.index is not None for place in self.places)
        self.report.facts.insert(
            0,
            f"{len(self.places)} events in one unbroken chain were read, {shown} shown to be in the log.",
        )


def _basis(opened: Any) -> str:
    """The basis of an erasure, if the reader of the dossier may know it."""
    told = opened.get("basis") if isinstance(opened, dict) else None
    if isinstance(told, list) and len(told) == 2:
        return printable(told[1])
    return "a basis that is not told here"


def checkpoint_in(path: Path) -> NotedCheckpoint:
    """The checkpoint that somebody kept: a signed note, or the one in a dossier."""
    content = path.read_bytes() if path.stat().st_size <= 1_000_000 else b""
    if content[:2] == b"PK" or not content:
        with Parcel(path) as parcel:
            return checkpoint_from(parcel.read("checkpoint"))
    if content.startswith(b"c2sp.org/tlog-proof@v1\n"):
        content = content.partition(b"\n\n")[2]
    return checkpoint_from(content)
