"""The statement of heads: that the end of the history was not cut off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.dossiers.verifier.event_chain import EventPlace, place_in_log
from workflow.dossiers.verifier.examination import Examination
from workflow.dossiers.verifier.notes import NotedCheckpoint
from workflow.dossiers.verifier.report import INCOMPLETE, UNANCHORED, printable
from workflow.dossiers.verifier.strict import (
    Wrong,
    canonical,
    hash_from_base64,
    instant,
    is_digest,
    leaf_hash,
    parsed_object,
)
from workflow.dossiers.verifier.tree_proofs import is_included

EVENT, PROOF, MEMBERSHIP = "heads/event.json", "heads/event.tlog-proof", "heads/membership.json"


def check_heads(exam: Examination) -> None:
    """The case holds what the log stated as its end, and nothing stands between that and its rest."""
    if exam.checkpoint is None:
        return
    if EVENT not in exam.parcel:
        exam.report.fault(
            UNANCHORED, "No statement of heads covers this case yet: a cut end would not be seen."
        )
        return
    try:
        at, size, seq, link = _stated(exam, exam.checkpoint)
    except Wrong as fault:
        raise Wrong(f"The statement of heads cannot be believed: {printable(fault)}.") from None
    places = {place.seq: place for place in exam.places}
    if seq not in places:
        last = max(places, default=0)
        sentence = f"The log states event {seq} as the end of the case on {at[:10]}, but {last} is the last here."
        exam.report.fault(INCOMPLETE, sentence)
        return
    if places[seq].hash.hex() != link:
        raise Wrong(f"Event {seq} is not the one that the log stated as the end of the case.")
    _refuse_gap(places, seq, size)
    exam.report.fact(f"No event up to {seq}, stated as the end on {at[:10]}, was cut off.")


def _stated(exam: Examination, checkpoint: NotedCheckpoint) -> tuple[str, int, int, str]:
    """When the newest statement was made, over which size, and which event it names as the last."""
    body = exam.parcel.read(EVENT)
    event, leaf = parsed_object(body), leaf_hash(body)
    index = place_in_log(exam.parcel.read(PROOF), leaf, exam.note, checkpoint)
    what = event.get("what")
    if event.get("type") != "heads.stated" or not isinstance(what, dict):
        raise Wrong("the event is not one")
    size, cases, root = what.get("size"), what.get("cases"), what.get("root")
    if type(size) is not int or type(cases) is not int or not is_digest(root) or index < size:
        raise Wrong("it does not say what it has to say")
    instant(event.get("at"))
    seq, link = _line(exam, cases, bytes.fromhex(str(root)))
    return str(event["at"]), size, seq, link


def _line(exam: Examination, cases: int, root: bytes) -> tuple[int, str]:
    """The line of this case, once it is known to be among those stated."""
    member: Mapping[str, Any] = parsed_object(exam.parcel.read(MEMBERSHIP))
    line, index, proof = member.get("line"), member.get("index"), member.get("proof")
    if not isinstance(line, list) or not isinstance(proof, list) or type(index) is not int:
        raise Wrong("its proof is not written as it has to be")
    if (
        len(line) != 3
        or type(line[1]) is not int
        or not all(isinstance(each, str) for each in proof)
    ):
        raise Wrong("its proof is not written as it has to be")
    hashes = [hash_from_base64(each) for each in proof[:64]]
    leaf = leaf_hash(canonical(line).encode("utf-8"))
    if len(proof) > 64 or not is_included(leaf, index, cases, hashes, root):
        raise Wrong("its proof does not lead to what was stated")
    if line[0] != exam.about.get("case") or not is_digest(line[2]):
        raise Wrong("it speaks of another case")
    return line[1], line[2]


def _refuse_gap(places: Mapping[int, EventPlace], seq: int, size: int) -> None:
    """The event stated is the last of the case among the entries that the statement was made over."""
    for place in places.values():
        if place.index is not None and (place.index < size) != (place.seq <= seq):
            raise Wrong(
                f"Event {place.seq} does not fit what the log stated as the end of the case."
            )
