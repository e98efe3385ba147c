"""What lies in a dossier beside its events: texts, lifecycles, documents and files for reading."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from workflow.dossiers.verifier.case_state import CaseStanding
from workflow.dossiers.verifier.event_chain import EventPlace
from workflow.dossiers.verifier.parcel import Parcel
from workflow.dossiers.verifier.report import INCOMPLETE, INVALID, Report, attempt, printable
from workflow.dossiers.verifier.strict import Wrong, disclosure_digest

DERIVED = ("README.txt", "history.csv", "history.html", "history.pdf", "policy.txt", "verify.py")


class Enclosures:
    """The check of what the events of a dossier commit to; `whole` where none of them is missing."""

    def __init__(
        self,
        parcel: Parcel,
        report: Report,
        about: Mapping[str, Any],
        standing: CaseStanding,
        places: Sequence[EventPlace],
        *,
        whole: bool,
    ) -> None:
        self.parcel = parcel
        self.report = report
        self.about = about
        self.standing = standing
        self.places = places
        self.bases: dict[int, str] = {}
        self.whole = whole

    def run(self) -> None:
        """Every check in turn; each goes on where the one before it found a fault."""
        for step in (self._openings, self._definitions, self._documents, self._derived):
            attempt(self.report, step)

    def _openings(self) -> None:
        openings, hidden = self.parcel.read_object("openings.json"), self._withheld("openings")
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


def _basis(opened: Any) -> str:
    """The basis of an erasure, if the reader of the dossier may know it."""
    told = opened.get("basis") if isinstance(opened, dict) else None
    if isinstance(told, list) and len(told) == 2:
        return printable(told[1])
    return "a basis that is not told here"
