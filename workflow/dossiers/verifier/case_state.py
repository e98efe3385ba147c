"""What the events of a case add up to, and the first that does not follow from those before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.dossiers.verifier.strict import Wrong, canonical


@dataclass
class Opened:
    """A round that was opened: the digest of what it is over, its seats, those answered, whether it has ended."""

    content: str
    seats: tuple[str, ...]
    ended: bool = False
    answered: set[str] = field(default_factory=set)


@dataclass
class CaseStanding:
    """How the case stands after the events that were heard."""

    state: str = ""
    version: int = 0
    definitions: list[str] = field(default_factory=list)
    definition: Mapping[str, Any] | None = None
    left: tuple[str, Mapping[str, Any] | None] = ("", None)
    rounds: dict[tuple[str, int], Opened] = field(default_factory=dict)
    documents: dict[str, tuple[int, str]] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    digests: dict[str, int] = field(default_factory=dict)
    erased: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    way: int = 0

    def hear(self, seq: int, event: Mapping[str, Any]) -> Iterator[str]:
        """Take in one more event; yields a sentence for each thing that does not follow."""
        kind, what = event["type"], event["what"]
        try:
            yield from self._version(what)
            teller = getattr(self, "_" + kind.replace(".", "_"), None)
            if teller is not None:
                yield from teller(seq, event, what) or ()
        except (KeyError, TypeError, ValueError, AttributeError, Wrong):
            yield f"it does not say what an event of the kind {kind} has to say"

    def follow(self, digest: str) -> None:
        """Take the lifecycle of this digest for the one that the case follows; its text is not known yet."""
        self.left = (self.definitions[-1] if self.definitions else "", self.definition)
        self.definitions.append(digest)
        self.definition = None

    def _version(self, what: Mapping[str, Any]) -> Iterator[str]:
        # What names a document counts the versions of that, and not those of the case.
        if "version" in what and "kind" not in what and "document" not in what:
            if self.version and what["version"] != self.version + 1:
                yield f"it counts version {what['version']} after {self.version}"
            self.version = what["version"]

    def _case_opened(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        if seq != 1:
            yield "a case is opened by its first event only"
        self.state = what["state"]

    def _programme_imported(self, seq: int, event: Any, what: Any) -> None:
        self.state = what.get("state", self.state)

    _programme_import_revised = _programme_imported
    _programme_placed = _programme_imported

    def _state_entered(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        if self.state and what["from"] != self.state:
            yield f"it leaves the state {what['from']}, but the case stood in {self.state}"
        self.state = what["to"]
        spec = self._spec(what["round"])
        leads = dict(map(tuple, spec.get("outcomes", ()))) if spec else {}
        target = _way(leads.get(what["outcome"], what["to"]), self.way)
        leads_to = _goal(target, what["from"])
        if leads_to != what["to"]:
            yield f"the lifecycle leads from {what['outcome']} to {leads_to}"
        if self.definition is not None and what["to"] not in dict(self.definition["states"]):
            yield f"the lifecycle knows no state {what['to']}"

    def _case_migrated(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        """The lifecycle of this event is the one from now on; rounds stand under the keys that it has."""
        if what["from"] != self.left[0]:
            yield "it leaves a lifecycle that the case did not follow then"
        if what["definition"] == what["from"]:
            yield "it moves the case to the lifecycle that it followed already"
        states = {each["from"]: each["to"] for each in what["states"]}
        if states.get(self.state, self.state) != what["state"]:
            yield f"it puts the case into {what['state']}, but the case stood in {self.state}"
        yield from self._known("states", {what["state"], *states.values()}, self.definition)
        yield from self._known("states", states.keys(), self.left[1])
        yield from self._rounds_go_on(what)
        self.state = what["state"]

    def _rounds_go_on(self, what: Mapping[str, Any]) -> Iterator[str]:
        kept = {(each["round"], each["turn"]): each for each in what["rounds"]}
        if kept.keys() - self.rounds.keys():
            yield "it goes on with a round that was never opened"
        staying = {p: found for p, found in self.rounds.items() if p not in kept}
        if not all(found.ended for found in staying.values()):
            yield "it does not say what becomes of an open round"
        going = {(each["to"], each["to_turn"]): place for place, each in kept.items()}
        if len(going) != len(what["rounds"]) or going.keys() & staying.keys():
            yield "it puts two rounds in the place of one"
        yield from self._known("rounds", {key for key, _ in (*going, *staying)}, self.definition)
        moved = {now: self.rounds[place] for now, place in going.items() if place in self.rounds}
        self.rounds = {**staying, **moved}
        for each in what["rounds"]:
            found = self.rounds.get((each["to"], each["to_turn"]))
            if found is not None:
                yield from _seats_go_on(found, each)

    @staticmethod
    def _known(
        kind: str, keys: Iterable[str], definition: Mapping[str, Any] | None
    ) -> Iterator[str]:
        if definition is not None:
            for key in sorted(set(keys) - dict(definition[kind]).keys()):
                yield f"the lifecycle knows no {kind[:-1]} {key}"

    def _round_opened(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        place = (what["round"], what["turn"])
        if place in self.rounds:
            yield f"the round {what['round']}, turn {what['turn']}, was opened before"
        self.rounds[place] = Opened(
            what["content"], tuple(map(canonical, map(_seat, what["seats"])))
        )
        yield from self._content(what)

    def _round_rebound(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        self._round(what).content = what["content"]
        yield from self._content(what)

    def _round_reseated(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        yield from _seats_go_on(self._round(what), what)

    def _round_settled(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        found = self._round(what)
        if found.ended:
            yield f"the round {what['round']}, turn {what['turn']}, had ended before"
        found.ended = True
        self.way = what.get("way") or 0

    _round_overtaken = _round_settled

    def _signoff_given(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        found = self._round(what)
        if found.ended:
            yield f"the round {what['round']}, turn {what['turn']}, had ended before"
        if what["content"] != found.content:
            yield "it is over another content than the one that its round was over"
        seat = canonical(_seat(what["seat"]))
        if seat not in found.seats:
            yield "its round has no such seat"
        found.answered.add(seat)

    _signoff_changed = _signoff_given

    def _signoff_voided(self, seq: int, event: Any, what: Any) -> None:
        self._round(what).answered.discard(canonical(_seat(what["seat"])))

    def _document_filed(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        before = self.documents.get(what["kind"], (0, ""))[0]
        if what["version"] != before + 1:
            yield f"it files version {what['version']} of {what['kind']} after {before}"
        self.documents[what["kind"]] = (what["version"], what["digest"])
        self.digests.setdefault(what["digest"], seq)

    def _attachment_filed(self, seq: int, event: Any, what: Any) -> None:
        self.files.setdefault(what["kind"], []).append(what["digest"])
        self.digests.setdefault(what["digest"], seq)

    def _attachment_removed(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        standing = self.files.get(what["kind"], [])
        if what["digest"] not in standing:
            yield "it takes off a file that was not there"
        else:
            standing.remove(what["digest"])

    def _text_erased(self, seq: int, event: Any, what: Any) -> Iterator[str]:
        for name in what["fields"]:
            self.erased.setdefault((what["event"], name), (seq, event["at"]))
        if self.names.get(what["event"], what["hash"]) != what["hash"]:
            yield f"it erases a text of another event than the {what['event']} that stands here"

    def _round(self, what: Mapping[str, Any]) -> Opened:
        found = self.rounds.get((what["round"], what["turn"]))
        if found is None:
            raise Wrong("no such round")
        return found

    def _spec(self, key: str) -> Mapping[str, Any] | None:
        if self.definition is None or not key:
            return None
        found: Mapping[str, Any] | None = dict(self.definition["rounds"]).get(key)
        return found

    def _content(self, what: Mapping[str, Any]) -> Iterator[str]:
        """The content under decision follows from what was filed until then."""
        spec = self._spec(what["round"])
        if spec is None:
            return
        kinds = spec.get("text", ())
        content = {
            "documents": {
                kind: {"version": version, "digest": digest}
                for kind, (version, digest) in self.documents.items()
                if kind in kinds
            },
            "files": {
                kind: sorted(digests)
                for kind, digests in self.files.items()
                if kind in kinds and digests
            },
        }
        if hashlib.sha256(canonical(content).encode("utf-8")).hexdigest() != what["content"]:
            yield "what it puts under decision is not what had been filed until then"


def _seats_go_on(found: Opened, each: Mapping[str, Any]) -> Iterator[str]:
    """The seats of a round that goes on: those that went had no answer, and those that came were not there."""
    gone = set(map(canonical, map(_seat, each["gone"])))
    came = tuple(map(canonical, map(_seat, each["came"])))
    if gone - set(found.seats) or found.answered & gone:
        yield "it takes a seat away that was not there, or was answered"
    if set(came) & set(found.seats) or len(set(came)) != len(came):
        yield "it gives a seat that was there already"
    if found.ended and (gone or came):
        yield "it changes the seats of a round that had ended"
    found.seats = (*(seat for seat in found.seats if seat not in gone), *came)


def _way(target: Any, number: int) -> Any:
    """The way taken where an outcome lists several: the one of this number, or the last."""
    if not isinstance(target, list):
        return target
    if not 0 <= number < len(target):
        raise Wrong("no such way")
    taken = target[number - 1]
    return taken.get("state", taken)


def _goal(target: Any, here: str) -> Any:
    """Where an outcome leads; what was on record enters its own state as it becomes managed."""
    if not isinstance(target, dict):
        return target
    return here if target.get("becomes") == "managed" else target.get("state", target)


def _seat(place: Mapping[str, Any]) -> dict[str, Any]:
    return {name: place[name] for name in ("role", "party", "category")}
