"""Lead groups on the command line: formed, signed, joined and left, what they lead, and the list."""

from collections.abc import Callable
from typing import Any

import click

from web.cli.office.acts import begun_by, tell_receipt
from web.wording import plainly
from workflow.engine.acts.whole import At
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.errors import Invalid
from workflow.lead_groups import acts
from workflow.lead_groups.form import Constitution, GroupTerms, as_formed_by, form
from workflow.lead_groups.lines import GroupFilters, GroupLine, every_group
from workflow.lead_groups.page import LeadGroupPage, lead_group
from workflow.lead_groups.programmes import let_go, take_on
from workflow.phrase import phrase

BY = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is; recorded.")
LOOKS = click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
REASON = click.option("--reason", required=True, help="Why.")
TERMS = (
    click.option("--purpose", required=True, help="What the countries do together."),
    click.option("--working", required=True, help="How they meet, decide and report."),
    click.option(
        "--brings", multiple=True, metavar="ISO3=WHAT", help="What a member brings; several times."
    ),
)


def with_terms(command: Any) -> Any:
    """The command with what terms of reference say as options."""
    for option in reversed(TERMS):
        command = option(command)
    return command


@click.group("lead-group")
def lead_group_commands() -> None:
    """Form lead groups, sign their terms, join and leave them, and say which programmes they lead."""


@lead_group_commands.command("form")
@click.argument("members", nargs=-1)
@click.option("--title", default="", help="What the group is called.")
@click.option("--area", default="", help="The area, by its key.")
@click.option("--framework", default="", help="The framework under which it leads, by its key.")
@click.option(
    "--convenor", default="", help="The member that convenes first, by its three letters."
)
@click.option(
    "--from", "programme", default="", help="A programme whose lead group goes on as this one."
)
@with_terms
@BY
def form_one(*, members: tuple[str, ...], programme: str, by: str, **said: Any) -> None:
    """Form a lead group of MEMBERS, by their three letters; each is asked to sign the terms of reference."""
    engine, person = begun_by(by)
    terms = _terms(said)
    begun = _begun(engine, person, programme)
    wanted = Constitution(
        title=said["title"] or begun.title,
        area=said["area"] or begun.area,
        framework=said["framework"],
        members=members or begun.members,
        convenor=said["convenor"] or begun.convenor,
    )
    ref = form(engine, person, wanted, terms)
    click.echo(f"{ref}: each member is asked to sign the terms of reference.")


@lead_group_commands.command("sign")
@click.argument("ref")
@BY
def sign_one(*, ref: str, by: str) -> None:
    """Sign the terms of reference of REF, a group or a new version of its terms, for your country."""
    _acted(by, lambda engine, person: acts.sign(engine, person, At(ref)))


@lead_group_commands.command("decline")
@click.argument("ref")
@REASON
@BY
def decline_one(*, ref: str, reason: str, by: str) -> None:
    """Do not sign the terms of reference of REF."""
    _acted(by, lambda engine, person: acts.decline(engine, person, At(ref), reason))


@lead_group_commands.command("terms")
@click.argument("ref")
@with_terms
@BY
def terms_one(*, ref: str, by: str, **said: Any) -> None:
    """Put a new version of the terms of reference to the members of REF."""
    terms = _terms(said)
    _acted(by, lambda engine, person: acts.put_terms(engine, person, At(ref), terms))


@lead_group_commands.command("join")
@click.argument("ref")
@click.option("--brings", required=True, help="What your country brings.")
@click.option("--conditions", default="", help="What it depends on.")
@BY
def join_one(*, ref: str, brings: str, conditions: str, by: str) -> None:
    """Ask the members of REF that your country joins them."""
    _acted(by, lambda engine, person: acts.join(engine, person, At(ref), brings, conditions))


@lead_group_commands.command("agree")
@click.argument("ref")
@BY
def agree_one(*, ref: str, by: str) -> None:
    """Agree for your country that the one that asks in REF joins."""
    _acted(by, lambda engine, person: acts.agree(engine, person, At(ref)))


@lead_group_commands.command("refuse")
@click.argument("ref")
@REASON
@BY
def refuse_one(*, ref: str, reason: str, by: str) -> None:
    """Do not agree that the country that asks in REF joins."""
    _acted(by, lambda engine, person: acts.refuse(engine, person, At(ref), reason))


@lead_group_commands.command("leave")
@click.argument("ref")
@click.option("--owed", default="", help="What your country still owes.")
@REASON
@BY
def leave_one(*, ref: str, reason: str, owed: str, by: str) -> None:
    """Give notice for your country to REF; it leads until that has run."""
    _acted(by, lambda engine, person: acts.leave(engine, person, At(ref), reason, owed))


@lead_group_commands.command("take-back")
@click.argument("ref")
@REASON
@BY
def take_back_one(*, ref: str, reason: str, by: str) -> None:
    """Take back the notice, or the wish to join, REF."""
    _acted(by, lambda engine, person: acts.take_back(engine, person, At(ref), reason))


@lead_group_commands.command("pass")
@click.argument("ref")
@REASON
@BY
def pass_one(*, ref: str, reason: str, by: str) -> None:
    """Pass the chair of REF this once."""
    _acted(by, lambda engine, person: acts.pass_chair(engine, person, At(ref), reason))


@lead_group_commands.command("end")
@click.argument("ref")
@REASON
@BY
def end_one(*, ref: str, reason: str, by: str) -> None:
    """End REF, which leads no longer."""
    _acted(by, lambda engine, person: acts.end(engine, person, At(ref), reason))


@lead_group_commands.command("take-on")
@click.argument("ref")
@click.argument("programme")
@BY
def take_on_one(*, ref: str, programme: str, by: str) -> None:
    """Let the group REF lead PROGRAMME."""
    engine, person = begun_by(by)
    take_on(engine, person, ref, programme)
    click.echo(f"{ref} leads {programme} from now on.")


@lead_group_commands.command("let-go")
@click.argument("programme")
@BY
def let_go_one(*, programme: str, by: str) -> None:
    """Let the group of PROGRAMME lead it no longer; its countries go on, each for itself."""
    engine, person = begun_by(by)
    let_go(engine, person, programme)
    click.echo(f"No group leads {programme} any more.")


@lead_group_commands.command("show")
@click.argument("ref")
@LOOKS
def show_one(*, ref: str, by: str) -> None:
    """Say who is in REF, what waits for it, what it leads, and what would follow if one left."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = lead_group(session, engine, person, ref, engine.now())
    for said in _told(page):
        click.echo(said)


@lead_group_commands.command("list")
@click.option("--area", default="", help="Of one area, by its key.")
@click.option("--country", default="", help="With one member, by its three letters.")
@click.option("--framework", default="", help="Under one framework, by its key.")
@click.option("--ended", is_flag=True, help="Ended ones as well.")
@LOOKS
def list_groups(*, area: str, country: str, framework: str, ended: bool, by: str) -> None:
    """List the lead groups that you may know of, the newest first."""
    engine, person = begun_by(by)
    asked = GroupFilters(area, country, framework, ended)
    with engine.reading() as session:
        lines = tuple(every_group(session, engine, person, asked, engine.now()))
    for line in lines:
        click.echo(_spelled(line))
    if not lines:
        click.echo("There is none that you may know of.")


def _acted(by: str, act: Callable[[Engine, int], Receipt]) -> None:
    engine, person = begun_by(by)
    tell_receipt(act(engine, person))


def _begun(engine: Engine, person: int, programme: str) -> Constitution:
    if not programme:
        return Constitution(title="", area="", members=(), convenor="")
    with engine.reading() as session:
        return as_formed_by(session, engine, person, programme)


def _terms(said: Any) -> GroupTerms:
    brings = []
    for each in said.pop("brings"):
        code, equals, what = each.partition("=")
        if not equals:
            raise Invalid(
                phrase(
                    "“%(said)s” does not say who brings what: write BRA=Drugs at cost.", said=each
                )
            )
        brings.append((code.strip(), what.strip()))
    return GroupTerms(purpose=said.pop("purpose"), working=said.pop("working"), brings=brings)


def _spelled(line: GroupLine) -> str:
    members = ", ".join(
        f"{code} (convenor)" if code == line.convenor else code for code in line.members
    )
    many = "1 programme" if line.programmes == 1 else f"{line.programmes} programmes"
    return f"{line.ref}  {line.area}  {members or 'nobody'}  {many}, {line.state.label}"


def _told(page: LeadGroupPage) -> list[str]:
    said = [page.line.title, _spelled(page.line)]
    for member in page.members:
        signed = f"version {member.signed} signed" if member.signed else "unsigned"
        said.append(f"  {member.iso3}  {signed}{', convenes next' if member.next else ''}")
    said += [f"  leads {line.ref}  {line.title}, {line.state.label}" for line in page.programmes]
    for thing in page.waits:
        late = ", late" if thing.late else ""
        said.append(f"  waits: {thing.asks} on {thing.ref}: {', '.join(thing.owed)}{late}")
    for each in page.departures:
        follows = " ".join(plainly(one) for one in (*each.group, *each.programmes))
        said.append(f"  if {f'{each.iso3} leaves' if each.iso3 else 'two leave'}: {follows}")
    return said
