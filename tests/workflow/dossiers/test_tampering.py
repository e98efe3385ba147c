"""Whatever is changed in a dossier is found, or stands in a member that is said to prove nothing."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.sizes import sized
from tests.workflow.dossiers.conftest import Handed
from tests.workflow.dossiers.handed import examined, members, repacked
from workflow.audit import canonical
from workflow.audit.commitments import commit

FLIPS = sized(8, 4000)
# The verifier says of this one that it is not in the log; the rest of it is bound to what is.
UNPROVEN = "dossier.json"
OWN_CLAIM = "policy.txt"


def flipped(found: dict[str, bytes], name: str, at: int, bit: int) -> None:
    changed = bytearray(found[name])
    changed[at] ^= 1 << bit
    found[name] = bytes(changed)


def kinds(names: list[str]) -> list[str]:
    """One member of each kind."""
    return list({name.partition("/")[0] + name.rpartition(".")[2]: name for name in names}.values())


@pytest.mark.proof
def test_a_flipped_bit_in_any_member_is_found(handed: Handed) -> None:
    chance = random.Random(20261123)
    found = members(handed.dossier)
    names = [name for name in found if name != UNPROVEN]
    chosen = kinds(names) + chance.choices(names, k=FLIPS)
    unfound = []

    for name in chosen:
        at, bit = chance.randrange(len(found[name])), chance.randrange(8)
        changed = repacked(handed.dossier, lambda inside, of=(name, at, bit): flipped(inside, *of))
        report = examined(changed, handed.policy)
        # A signature line under another name is one of a key that nobody knows: it is missed.
        noted = any(name in look for look in report.looks)
        if report.status not in {4, 5} and not (
            (report.status == 3 and name == "checkpoint") or noted
        ):
            unfound.append((name, at, bit))

    assert unfound == []


def test_what_the_verifier_calls_unproven_is_one_member_and_what_it_lists(handed: Handed) -> None:
    report = examined(handed.dossier, handed.policy)
    said = next(fact for fact in report.facts if fact.startswith("dossier.json and"))

    for name in ("history.html", "history.pdf", "history.csv", "README.txt", "verify.py"):
        assert name in said


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("events/0006.json", b'"submit"', b'"object"', "its proof does not lead"),
        ("events/0006.json", b'"seq":6', b'"seq":7', "it says that it is event 7"),
        ("events/0006.json", b'"v":1', b'"v":2', "a form that this verifier does not know"),
        ("events/0006.json", b'{"appointment"', b'{ "appointment"', "not in its canonical form"),
        ("events/0006.json", b'"person":"p', b'"person":"q', "by whom"),
        ("events/0008.json", b'"version":5', b'"version":6', "it counts version 6 after 4"),
        ("events/0008.json", b'"from":"draft"', b'"from":"closed"', "but the case stood in draft"),
        ("events/0008.json", b'"to":"screening"', b'"to":"closed"', "the lifecycle leads from"),
        ("events/0006.json", b'"answer":1,', b'"answer":1.0,', "not a whole one"),
    ],
)
def test_a_rewritten_event_is_named_with_what_is_wrong(
    handed: Handed, name: str, old: bytes, new: bytes, sentence: str
) -> None:
    def change(found: dict[str, bytes]) -> None:
        assert old in found[name]
        found[name] = found[name].replace(old, new)

    report = examined(repacked(handed.dossier, change), handed.policy)

    told = [said for _, said in report.faults if said.startswith(f"Event {int(name[7:11])}:")]
    assert report.status == 5
    assert any(sentence in each for each in told), told


def opening(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, bytes]], None]:
    def changed(found: dict[str, bytes]) -> None:
        openings = canonical.parse(found["openings.json"])
        change(openings)
        found["openings.json"] = canonical.write(openings)

    return changed


def test_another_text_than_was_committed_to_is_named(handed: Handed) -> None:
    def change(openings: dict[str, Any]) -> None:
        salt, _ = openings["1"]["title"]
        openings["1"]["title"] = [salt, "Another title"]

    report = examined(repacked(handed.dossier, opening(change)), handed.policy)

    assert (5, "Event 1: the text title is not what was committed to.") in report.faults


def test_a_text_that_nobody_committed_to_is_named(handed: Handed) -> None:
    made = commit("reason", "Because.")

    def change(openings: dict[str, Any]) -> None:
        openings["3"] = {"reason": [made.salt, made.value]}

    report = examined(repacked(handed.dossier, opening(change)), handed.policy)

    assert (5, "Event 3 commits to no text called reason.") in report.faults


def test_a_text_that_is_neither_here_nor_withheld_makes_it_incomplete(handed: Handed) -> None:
    def change(openings: dict[str, Any]) -> None:
        del openings["1"]["title"]

    report = examined(repacked(handed.dossier, opening(change)), handed.policy)

    assert report.status == 4
    assert report.faults[0][1].startswith("Event 1: the text title is neither here")


@pytest.mark.parametrize("kind", ["documents", "definitions"])
def test_a_changed_paper_is_named(handed: Handed, kind: str) -> None:
    def change(found: dict[str, bytes]) -> None:
        name = next(each for each in found if each.startswith(f"{kind}/"))
        found[name] = found[name].replace(b"e", b"a", 1)

    report = examined(repacked(handed.dossier, change), handed.policy)

    assert report.status == 5


def test_a_paper_that_no_event_files_has_no_place(handed: Handed) -> None:
    def change(found: dict[str, bytes]) -> None:
        found[f"documents/{canonical.digest(b'smuggled')}"] = b"smuggled"

    report = examined(repacked(handed.dossier, change), handed.policy)

    assert report.status == 5
    assert "No event files the document" in report.faults[0][1]


def test_whoever_writes_its_own_keys_into_it_is_not_believed(handed: Handed) -> None:
    """A rewritten history with a policy of its own checks as unanchored at best, by any policy."""

    def change(found: dict[str, bytes]) -> None:
        found[OWN_CLAIM] = b"quorum none\n"

    changed = repacked(handed.dossier, change)

    assert examined(changed, handed.policy).status == 5
    assert examined(changed).status == 5
