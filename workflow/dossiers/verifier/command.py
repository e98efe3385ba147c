"""The command: `python3 verify.py [--policy FILE] [--kept FILE] DOSSIER …`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from workflow.dossiers.verifier.anchors import (
    check_anchors,
    check_kept,
    check_times,
    compare_dossiers,
)
from workflow.dossiers.verifier.ed25519 import PACKAGE
from workflow.dossiers.verifier.examination import Examination, checkpoint_in
from workflow.dossiers.verifier.heads import check_heads
from workflow.dossiers.verifier.notes import NotedCheckpoint, Policy, policy_from
from workflow.dossiers.verifier.parcel import Parcel
from workflow.dossiers.verifier.report import INVALID, USAGE, VALID, Report, attempt, printable
from workflow.dossiers.verifier.strict import Wrong

ABOUT = """\
Check dossiers of Prime Mover. Needs Python 3.9 or later and nothing else: no network, no database,
no part of the product.
"""
STATUSES = """\
exit status (of several dossiers: the gravest):
  0  valid and witnessed: complete, unaltered, in the log, and cosigned as your policy asks
  2  this command was not used rightly; nothing was checked
  3  valid, but unanchored: no policy of your own, no witness, or an event not yet in the log
  4  incomplete: something that belongs to it is missing
  5  invalid: something in it is not what was recorded
  6  diverged: the log is not the one of which you kept a checkpoint

A policy is a file of your own (C2SP tlog-policy), for example:
  log primemover+1a2b3c4d+AW…
  witness audit-office audit.example+5e6f7a8b+BH…
  quorum audit-office
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the dossiers that the command line names; returns the exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        policy = policy_from(chosen.policy.read_bytes()) if chosen.policy else None
        kept = checkpoint_in(chosen.kept) if chosen.kept else None
    except (OSError, Wrong) as fault:
        sys.stderr.write(f"The policy or the checkpoint that you kept cannot be read: {fault}.\n")
        return USAGE
    exams, reports = [], []
    for path in chosen.dossier:
        report = Report(printable(path))
        reports.append(report)
        exam = examined(path, report, policy, kept, built_in=chosen.built_in)
        if exam is not None:
            exams.append(exam)
    compare_dossiers(exams)
    for report in reports:
        sys.stdout.write("\n".join(report.lines()) + "\n")
    means = "package cryptography" if PACKAGE and not chosen.built_in else "built-in Ed25519"
    sys.stdout.write(f"Signatures were checked by the {means}.\n")
    return max((report.status for report in reports), default=VALID)


def examined(
    path: Path,
    report: Report,
    policy: Policy | None,
    kept: NotedCheckpoint | None,
    *,
    built_in: bool,
) -> Examination | None:
    """Check one dossier and tell `report` what was found; nothing that it holds can end the check."""
    try:
        with Parcel(path) as parcel:
            exam = Examination(parcel, report, policy, built_in=built_in)
            exam.run()
            for last in (
                lambda: check_heads(exam),
                lambda: check_times(exam, check_anchors(exam)),
                lambda: check_kept(exam, kept) if kept else None,
            ):
                attempt(report, last)
            return exam
    except Wrong as fault:
        report.fault(INVALID, printable(fault))
    except (MemoryError, RecursionError):
        report.fault(INVALID, "It is made to exhaust whoever reads it.")
    except Exception as fault:  # noqa: BLE001  # the last resort: no dossier may end the check of others
        report.fault(INVALID, printable(f"It cannot be understood: {fault!r}."))
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verify.py", description=ABOUT, epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("dossier", nargs="+", type=Path, help="a dossier as it was handed out")
    parser.add_argument("--policy", type=Path, help="your own file of logs and witnesses")
    parser.add_argument("--kept", type=Path, help="a checkpoint (or dossier) that you kept earlier")
    parser.add_argument(
        "--built-in", action="store_true", help="check signatures without the package cryptography"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
