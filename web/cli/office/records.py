"""Programmes that were begun elsewhere, on the command line: taken into management, kept or ended."""

from datetime import datetime
from pathlib import Path

import click

from web.cli.delivery.consultation import show_consultation
from web.cli.delivery.evaluations import list_evaluations
from web.cli.delivery.month import list_month
from web.cli.office.acts import DAY, begun_by
from web.cli.office.children import list_blockers, list_children, list_closing, show_checklist
from web.cli.office.forecast import forecast_programme
from web.cli.office.results import show_results
from web.cli.output import opened, read_settings
from workflow.engine.commands.receipts import Receipt
from workflow.engine.documents.file_store import FileStore
from workflow.errors import NotFound
from workflow.phrase import phrase
from workflow.programmes.adoption import acts
from workflow.programmes.adoption.batch import RecordFilters, records
from workflow.programmes.adoption.confirmations import CONFIRMING, Confirmation
from workflow.programmes.adoption.differences import (
    DecideDifference,
    decide_difference,
    differences,
)
from workflow.programmes.adoption.one_effort import one_effort
from workflow.programmes.adoption.papers import BroughtIn, bring_in
from workflow.programmes.adoption.placement import PlaceRecord, place
from workflow.programmes.adoption.record_page import record_page
from workflow.vocabulary import Footing

BY = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is; recorded.")
REASON = click.option("--reason", required=True, help="Why; it stays on the history.")


@click.group()
def programme() -> None:
    """Say how a programme will go; take those begun elsewhere into management, keep them as records, or end them."""


programme.add_command(forecast_programme)
programme.add_command(list_blockers)
programme.add_command(list_children)
programme.add_command(list_closing)
programme.add_command(list_evaluations)
programme.add_command(show_consultation)
programme.add_command(list_month)
programme.add_command(show_checklist)
programme.add_command(show_results)


@programme.command("records")
@click.option("--kept", is_flag=True, help="Those kept as records only.")
@click.option("--state", default="", help="The key of a state.")
def list_records(*, kept: bool, state: str) -> None:
    """List the records that have not ended, with state, fund and agency."""
    engine, footing = opened(), Footing.KEPT if kept else Footing.RECORD
    with engine.reading() as session:
        lines = records(session, engine, RecordFilters(state=state, footing=footing))
    for line in lines:
        click.echo(f"{line.ref}  {line.state.key}  {line.title}")
        click.echo(f"    {line.fund or 'no fund'}, {line.agency or 'no agency'}")
        if line.confirmation:
            click.echo(f"    {_asked(line.confirmation)}")
    if not lines:
        click.echo("No record stands there.")


def _asked(asked: Confirmation) -> str:
    """Since when a record is being confirmed, and by whom it is still owed."""
    owed = ", ".join(asked.owed) or "nobody"
    whom = f"{owed} may still object" if asked.by_silence else f"still owed by {owed}"
    return f"being confirmed since {asked.since.date()}; {whom}"


@programme.command("record")
@click.argument("ref")
@BY
def show_record(*, ref: str, by: str) -> None:
    """Show the source of the record REF, its parties and papers, and what is missing to take it up."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = record_page(session, engine, person, ref)
    click.echo(f"{ref}  {page.case.state}  {page.case.title}")
    for column, cell in page.row.items():
        click.echo(f"    {column}: {cell}")
    for capacity, keys in page.parties.items():
        click.echo(f"  {capacity}: {', '.join(keys)}")
    for paper in page.papers:
        files = ", ".join(f"{file.filename} ({file.dated})" for file in paper.files)
        if paper.asked or files:
            click.echo(f"  {paper.kind.key}: {files or 'not brought in'}")
    click.echo(f"  It may be taken up in: {', '.join(state.key for state in page.states)}")
    for step in page.steps:
        click.echo(f"  {step.key}: {'nothing is missing' if not step.lacks else 'missing'}")
        for lack in step.lacks:
            click.echo(f"    {lack}")


@programme.command("place")
@click.argument("ref")
@click.option("--state", default="", help="The state in which it would live on.")
@click.option("--agency", help="The key of the executing agency.")
@click.option("--country", "countries", multiple=True, help="A participating country by its code.")
@click.option("--lead", "leads", multiple=True, help="A lead country by its code.")
@click.option("--no-lead", is_flag=True, help="No country leads.")
@click.option("--donor", "donors", multiple=True, help="A donor by its key, or a country's code.")
@BY
def place_record(  # noqa: PLR0913 # one argument for each option
    *,
    ref: str,
    state: str,
    agency: str | None,
    countries: tuple[str, ...],
    leads: tuple[str, ...],
    no_lead: bool,
    donors: tuple[str, ...],
    by: str,
) -> None:
    """Say in which state and with which parties the record REF would live on."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        seen = record_page(session, engine, person, ref).case.version
    parties: dict[str, tuple[str, ...]] = {"executing_agency": (agency,)} if agency else {}
    if countries:
        parties["beneficiary"] = tuple(each.lower() for each in countries)
    if leads or no_lead:
        parties["lead"] = () if no_lead else tuple(each.lower() for each in leads)
    if donors:
        parties["donor"] = tuple(each.lower() for each in donors)
    key = acts.new_key()
    receipt = place(engine, person, PlaceRecord(ref, seen, key, state, parties=parties))
    click.echo(f"{ref} is placed in {receipt.state}. Nobody has confirmed anything by that.")


@programme.command("write")
@click.argument("ref")
@click.option("--why", default="", help="Why it is taken into management.")
@click.option("--field", "fields", multiple=True, nargs=3, metavar="FIELD PROPOSED EVIDENCE",
              help="What is proposed instead of the source, on what evidence; may be repeated.")  # fmt: skip
@BY
def write_record(*, ref: str, why: str, fields: tuple[tuple[str, str, str], ...], by: str) -> None:
    """File the adoption record of REF: its source field by field, with what is proposed instead."""
    engine, person = begun_by(by)
    proposals = {field: (proposed, evidence) for field, proposed, evidence in fields}
    version = acts.write_record(engine, person, ref, why, proposals)
    click.echo(f"The adoption record of {ref} is filed, version {version}.")


@programme.command("bring-in")
@click.argument("ref")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dated", type=DAY, required=True, help="The day that the paper bears.")
@BY
def bring_paper(*, ref: str, kind: str, file: Path, dated: datetime, by: str) -> None:
    """Bring a paper in: FILE as the document KIND of the record REF; nothing is signed by that."""
    engine, person = begun_by(by)
    settings = read_settings()
    store = FileStore(settings.files, settings.largest_upload)
    with file.open("rb") as content:
        kept = store.keep(file.name, content)
    bring_in(engine, person, ref, BroughtIn(kind, kept, dated.date()))
    click.echo(f"{kept.filename} is brought in, dated {dated.date()}.")


@programme.command("adopt")
@click.argument("ref")
@click.option("--silence", is_flag=True, help="By silence; that is the Director's to open.")
@REASON
@BY
def adopt(*, ref: str, silence: bool, reason: str, by: str) -> None:
    """Put the record REF to those who confirm it; it is managed here once they have."""
    engine, person = begun_by(by)
    acts.put(engine, person, ref, CONFIRMING[int(silence)], reason)
    click.echo(f"{ref} is before those who confirm it.")


@programme.command("confirm")
@click.argument("ref")
@click.option("--dispute", metavar="REASON", default="", help="Why the record is wrong.")
@BY
def confirm(*, ref: str, dispute: str, by: str) -> None:
    """Confirm the record REF on one's own seat, or dispute it."""
    engine, person = begun_by(by)
    verdict = "dispute" if dispute else "confirm"
    _said(acts.confirm(engine, person, ref, verdict, dispute))


@programme.command("record-only")
@click.argument("ref")
@REASON
@BY
def record_only(*, ref: str, reason: str, by: str) -> None:
    """Keep REF as a record only: nothing is asked or offered on it any more."""
    engine, person = begun_by(by)
    _said(acts.decide(engine, person, ref, ("record_only", "keep"), reason))


@programme.command("bring-back")
@click.argument("ref")
@REASON
@BY
def bring_back(*, ref: str, reason: str, by: str) -> None:
    """Bring REF back, which was kept as a record only, so that it can be taken up."""
    engine, person = begun_by(by)
    _said(acts.decide(engine, person, ref, ("record_reopened", "reopen"), reason))


@programme.command("ended")
@click.argument("ref")
@click.option("--on", "ended_on", required=True, help="When: a day, a month or a year.")
@click.option("--evidence", required=True, help="Where that is said.")
@click.option("--stopped", is_flag=True, help="It was stopped and not completed.")
@BY
def ended(*, ref: str, ended_on: str, evidence: str, stopped: bool, by: str) -> None:
    """File that REF ended elsewhere, and sign it as the Director."""
    engine, person = begun_by(by)
    acts.file_evidence(engine, person, ref, ended_on, evidence)
    verdict = "stopped" if stopped else "completed"
    _said(acts.decide(engine, person, ref, ("ended_elsewhere", verdict), ""))


@programme.command("merge")
@click.argument("ref")
@click.option("--into", required=True, metavar="REF", help="The programme of the same effort.")
@click.option("--confirm", "act", flag_value="confirm", help="Confirm what somebody else proposed.")
@click.option("--decline", "act", flag_value="decline", help="Say why it does not come under it.")
@click.option("--let-go", "act", flag_value="let_go", help="Have it live on by itself again.")
@click.option(
    "--reason", default="", help="Why; it stays on the history. Only who confirms needs none."
)
@BY
def merge_record(*, ref: str, into: str, act: str | None, reason: str, by: str) -> None:
    """Propose that the record REF come under another programme of the same effort; somebody else confirms it."""
    engine, person = begun_by(by)
    match act:
        case "confirm":
            _said(acts.taken_in(engine, person, ref, into, reason))
        case "decline":
            _said(acts.not_merged(engine, person, ref, reason))
        case "let_go":
            _said(acts.let_go(engine, person, ref, into, reason))
        case _:
            _said(acts.merged(engine, person, ref, into, reason))


@programme.command("merged")
@click.argument("ref")
@BY
def list_merged(*, ref: str, by: str) -> None:
    """List the records of the same effort under the programme REF, and those that are proposed to come under it."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = one_effort(session, engine, person, ref)
    for each in page.kept:
        click.echo(f"{each.ref}  {each.title}: {each.budget or 'budget not said'}")
    for each in page.waiting:
        click.echo(f"{each.ref}  {each.title}: proposed by {each.by}, to be confirmed")
    if not (page.kept or page.waiting):
        click.echo("No record came under this programme.")


@programme.command("differences")
def list_differences() -> None:
    """List what later files say of programmes that have moved on here, column by column."""
    engine = opened()
    with engine.reading() as session:
        waiting = differences(session)
    for each in waiting:
        click.echo(f"{each.number}  {each.ref}  {each.title}")
        for column, old, new in each.columns:
            click.echo(f"    {column}: {old or 'nothing'} -> {new or 'nothing'}")
    if not waiting:
        click.echo("No later record waits.")


@programme.command("accept")
@click.argument("number", type=click.IntRange(1))
@click.option("--decline", metavar="REASON", default="", help="Decline it, with the reason.")
@BY
def accept_difference(*, number: int, decline: str, by: str) -> None:
    """Accept what a later file says, by its NUMBER, or decline it; states and parties stay."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        found = [each for each in differences(session) if each.number == number]
    if not found:
        raise NotFound(phrase("This difference waits no more. Nothing was recorded."))
    ref, seen = found[0].ref, found[0].version
    command = DecideDifference(ref, number, not decline, seen, acts.new_key(), decline)
    _said(decide_difference(engine, person, command))


def _said(receipt: Receipt) -> None:
    click.echo(f"Recorded as event {receipt.seq}. {receipt.ref} stands in {receipt.state}.")
