"""Checking what somebody holds: a receipt against the log kept here, a dossier by its own bytes."""

import zipfile
from pathlib import Path

import click

from web.cli.output import Said, opened
from workflow.dossiers.verifier.command import main as verified
from workflow.tlog.formats.proof import FIRST
from workflow.tlog.receipts import LARGEST, CheckedReceipt, checked_receipt, receipt_in

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--policy", type=FILE, help="Whom you believe, for a dossier: see docs/auditing.md.")
def check(*, file: Path, policy: Path | None) -> None:
    """Check FILE, a receipt or a dossier that somebody holds; exit status 0 if nothing is wrong.

    A receipt is held against the log of this installation. A dossier is checked by its own bytes
    alone, with the verdicts and the exit status of its own program.
    """
    with file.open("rb") as source:
        begins = source.read(LARGEST + 1)
    if begins.startswith(FIRST.encode()):
        _tell(_checked(begins))
    elif zipfile.is_zipfile(file):
        named = ["--policy", str(policy)] if policy else []
        click.get_current_context().exit(verified([*named, str(file)]))
    else:
        raise Said(f"{file.name} is neither a receipt (.tlog-proof) nor a dossier (.zip).")


def _checked(content: bytes) -> CheckedReceipt:
    text = receipt_in(content)
    with opened().reading() as session:
        return checked_receipt(session, text)


def _tell(receipt: CheckedReceipt) -> None:
    """What the receipt proves; the end is a refusal where the log no longer holds it so."""
    event, answer = receipt.event, receipt.answer
    place = f"entry {receipt.index} of a log of {receipt.checkpoint.size}"
    if receipt.kept:
        click.echo(
            "This act was recorded as it stands below, and the log kept here still holds it."
        )
    click.echo(f"Event: no. {event.seq} on the history of {event.case}, {event.type}")
    if answer:
        click.echo(f"Round: {answer.round}, {answer.turn}")
        click.echo(f"Answer: {answer.verdict}")
        click.echo(f"Text covered, by its digest: {answer.content}")
    if event.role:
        click.echo(f"As: {event.role}, {event.party}")
    click.echo(f"When: {event.at:%Y-%m-%d %H:%M:%S} UTC")
    click.echo(f"Log: {receipt.checkpoint.origin}, {place}")
    if not receipt.kept:
        raise Said(
            "The log’s key signed this act, and the log kept here no longer holds it so.\n"
            "Keep this file, and show it to the auditors: it proves that something was changed."
        )
