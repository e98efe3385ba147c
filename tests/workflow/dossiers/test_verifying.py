"""The one file on a Python that has nothing else: every exit status, each for its reason."""

from pathlib import Path

import pytest

from tests.support.world import NURSES
from tests.workflow.dossiers.conftest import Handed
from tests.workflow.dossiers.handed import Log, examined, hand, members, repacked, verify
from workflow.demo import path
from workflow.dossiers.collect import DossierRequest
from workflow.tlog.formats.note import SigningKey

CHECKPOINT = "checkpoint"


@pytest.mark.parametrize(("package", "built_in"), [(False, False), (True, False), (True, True)])
def test_a_whole_life_is_valid_and_witnessed(handed: Handed, package: bool, built_in: bool) -> None:
    verdict = verify(handed.dossier, policy=handed.policy, package=package, built_in=built_in)

    assert (verdict.status, verdict.wrong) == (0, "")
    assert "Verdict: valid and witnessed" in verdict.said
    assert ("package cryptography" in verdict.said) == (package and not built_in)


def test_what_carries_its_own_trust_is_never_more_than_unanchored(handed: Handed) -> None:
    verdict = verify(handed.dossier)

    assert verdict.status == 3
    assert "its own" in verdict.said or "own claim" in verdict.said


def test_a_policy_that_asks_for_another_witness_is_not_met(handed: Handed) -> None:
    other = SigningKey.generate("other.example", 4).verifier
    policy = handed.folder / "other-policy.txt"
    policy.write_text(handed.log.policy.replace("quorum office", f"witness o {other}\nquorum o"))

    verdict = verify(handed.dossier, policy=policy)

    assert verdict.status == 3
    assert "not cosigned by the witnesses" in verdict.said


def test_a_log_that_the_policy_does_not_name_is_not_believed(handed: Handed) -> None:
    stranger = SigningKey.generate("primemover.example/log").verifier
    policy = handed.folder / "stranger-policy.txt"
    policy.write_text(f"log {stranger}\nquorum none\n")

    assert verify(handed.dossier, policy=policy).status == 5


def test_a_witness_is_asked_for_even_where_the_policy_asks_for_none(handed: Handed) -> None:
    policy = handed.folder / "no-quorum.txt"
    policy.write_text(handed.log.policy.splitlines()[0] + "\nquorum none\n")

    assert verify(handed.dossier, policy=policy).status == 3


def test_what_is_missing_is_named(handed: Handed) -> None:
    for gone, status, sentence in (
        ("events/0007.json", 4, "Event 7 is missing"),
        ("proofs/0007.tlog-proof", 3, "Event 7 comes without a proof"),
        ("heads/event.json", 3, "No statement of heads"),
        ("heads/membership.json", 5, "heads/membership.json is missing"),
        ("checkpoint", 3, "no checkpoint"),
        ("history.pdf", 4, "history.pdf is missing"),
        ("dossier.json", 5, "dossier.json is missing"),
        ("openings.json", 5, "openings.json is missing"),
    ):
        changed = repacked(handed.dossier, lambda found, name=gone: found.pop(name))

        report = examined(changed, handed.policy)

        assert report.status == status, gone
        assert sentence in "\n".join(report.lines())


def test_the_one_file_names_what_is_missing(handed: Handed) -> None:
    changed = repacked(handed.dossier, lambda found: found.pop("events/0007.json"))

    verdict = verify(changed, policy=handed.policy)

    assert verdict.status == 4
    assert "Event 7 is missing" in verdict.said


@pytest.mark.parametrize("folder", ["definitions/", "documents/"])
def test_a_missing_paper_is_named_by_the_event_that_needs_it(handed: Handed, folder: str) -> None:
    name = next(each for each in members(handed.dossier) if each.startswith(folder))

    report = examined(repacked(handed.dossier, lambda found: found.pop(name)), handed.policy)

    assert report.status == 4
    assert name.removeprefix(folder)[:16] in " ".join(sentence for _, sentence in report.faults)


def test_a_cut_end_is_found_by_what_the_log_stated(handed: Handed) -> None:
    last = handed.built.events

    def cut(found: dict[str, bytes]) -> None:
        for name in (f"events/{last:04d}.json", f"proofs/{last:04d}.tlog-proof"):
            del found[name]
        found["dossier.json"] = found["dossier.json"].replace(
            b'"events":%d' % last, b'"events":%d' % (last - 1)
        )

    report = examined(repacked(handed.dossier, cut), handed.policy)

    assert report.status == 4
    assert f"states event {last} as the end" in report.faults[-1][1]


def test_without_the_statement_of_heads_a_cut_end_is_not_found_but_never_witnessed(
    handed: Handed,
) -> None:
    last = handed.built.events

    def cut(found: dict[str, bytes]) -> None:
        gone = (f"events/{last:04d}.json", f"proofs/{last:04d}.tlog-proof")
        for name in (*gone, *(each for each in list(found) if each.startswith("heads/"))):
            del found[name]
        found["dossier.json"] = found["dossier.json"].replace(
            b'"events":%d' % last, b'"events":%d' % (last - 1)
        )

    assert examined(repacked(handed.dossier, cut), handed.policy).status == 3


def test_an_event_of_another_history_does_not_fit(handed: Handed) -> None:
    other = handed.folder / "other.zip"
    hand(handed.world, DossierRequest("SSC-2026-002", None), other, handed.house)
    borrowed = members(other)["events/0002.json"]

    def swap(found: dict[str, bytes]) -> None:
        found["events/0002.json"] = borrowed

    report = examined(repacked(handed.dossier, swap), handed.policy)

    assert report.status == 5
    assert "Event 2: it says that it is event 2 of SSC-2026-002" in report.faults[0][1]


def test_a_kept_checkpoint_is_found_again_in_the_log(handed: Handed) -> None:
    kept = handed.folder / "kept"
    kept.write_bytes(members(handed.earlier)[CHECKPOINT])

    by_note = verify(handed.dossier, policy=handed.policy, kept=kept)
    by_dossier = verify(handed.dossier, policy=handed.policy, kept=handed.earlier)

    assert by_note.status == by_dossier.status == 0
    assert "goes on from the checkpoint that you kept" in by_note.said


def test_two_dossiers_are_checked_at_once_and_the_gravest_counts(handed: Handed) -> None:
    verdict = verify(handed.dossier, handed.earlier, policy=handed.policy)

    assert verdict.status == 3
    assert verdict.said.count("Verdict:") == 2


def test_a_rewritten_log_diverges_from_what_was_kept(handed: Handed, tmp_path: Path) -> None:
    key = handed.log.signer._home.key()
    assert key is not None
    kept = tmp_path / "kept"
    origin, size, *_ = members(handed.dossier)[CHECKPOINT].decode().splitlines()
    text = f"{origin}\n{size}\n{'A' * 43}=\n"
    kept.write_text(f"{text}\n{key.sign(text).line}")
    earlier = members(handed.earlier)[CHECKPOINT].decode().splitlines()[1]
    older = f"{origin}\n{earlier}\n{'A' * 43}=\n"

    same_size = verify(handed.dossier, policy=handed.policy, kept=kept)
    kept.write_text(f"{older}\n{key.sign(older).line}")
    smaller = verify(handed.dossier, policy=handed.policy, kept=kept)

    assert (same_size.status, smaller.status) == (6, 6)
    assert "two histories" in same_size.said
    assert "does not go on from the one you kept" in smaller.said


def test_a_kept_checkpoint_without_a_way_to_it_is_said_to_be_so(handed: Handed) -> None:
    newer = verify(handed.earlier, policy=handed.policy, kept=handed.dossier)
    no_proof = repacked(
        handed.dossier,
        lambda found: [found.pop(name) for name in list(found) if name.startswith("anchors/")],
    )
    older = verify(no_proof, policy=handed.policy, kept=handed.earlier)

    assert (newer.status, older.status) == (4, 4)
    assert "ask for a newer dossier" in newer.said
    assert "ask for one" in older.said


def test_a_split_view_is_found_between_two_dossiers(handed: Handed) -> None:
    key = handed.log.signer._home.key()
    assert key is not None
    origin, size, *_ = members(handed.dossier)[CHECKPOINT].decode().splitlines()
    text = f"{origin}\n{size}\n{'A' * 43}=\n"

    def fork(found: dict[str, bytes]) -> None:
        found[CHECKPOINT] = f"{text}\n{key.sign(text).line}".encode()

    other = repacked(handed.dossier, fork, "forked.zip")

    assert verify(handed.dossier, other, policy=handed.policy).status == 6


@pytest.mark.parametrize(
    "wrong",
    ["", "quorum nobody\n", "log x\nquorum none\n", "quorum none\nquorum none\n", "\x00"],
)
def test_a_policy_that_cannot_be_read_is_a_wrong_use(handed: Handed, wrong: str) -> None:
    policy = handed.folder / "wrong-policy.txt"
    policy.write_text(wrong)

    verdict = verify(handed.dossier, policy=policy)

    assert verdict.status == 2
    assert verdict.wrong.count("\n") == 1


def test_events_newer_than_the_checkpoint_are_named(handed: Handed, log: Log) -> None:
    world, ref = log.world, log.world.programme("screening")
    log.state_heads()
    path.carry(world, ref, NURSES, "consultation")
    dossier = handed.folder / "newer.zip"
    hand(world, DossierRequest(ref, None), dossier, handed.house)
    policy = handed.folder / "newer-policy.txt"
    policy.write_text(log.policy)

    report = examined(dossier, policy)

    assert report.status == 3
    assert "comes without a proof" in " ".join(sentence for _, sentence in report.faults)
