"""What administrators do about people, at a terminal: invite, change, keep out, let in, sign out."""

from dataclasses import replace

import click

from web.administration.people.links import address_sent, link_sent
from web.cli.administration.frame import BY, LAPSED, acting, confirming, declining
from web.cli.output import opened, read_settings
from workflow.engine.engine import Engine
from workflow.people.accounts import access, acts
from workflow.people.accounts.acts import AccountOutcome
from workflow.people.accounts.details import change, details_of
from workflow.people.accounts.links import ask_for_link, confirm
from workflow.people.queries import PersonLine, people_list, person_of

EMAIL = click.argument("email")
LETTERS = (
    "Of letters to them, in two letters; the language of pages each person chooses in the bar."
)
WAITS = "It waits for a second administrator as act %s; nothing has changed."


@click.command("list")
@click.option("--like", default="", help="Only those whose name or address holds this.")
def list_people(like: str) -> None:
    """List people with the offices that they hold today."""
    engine = opened()
    after: tuple[str, int] = ("", 0)
    while found := _some(engine, after, like):
        for each in found:
            held = ", ".join(f"{office.role} of {office.party_key}" for office in each.offices)
            lost = "; no access" if each.disabled else ""
            click.echo(f"{each.name} <{each.email}>: {held or 'no office'}{lost}")
        after = (found[-1].name, found[-1].id)


def _some(engine: Engine, after: tuple[str, int], like: str) -> tuple[PersonLine, ...]:
    with engine.reading() as session:
        return people_list(session, engine.now().date(), after=after, like=like)


@click.command("invite")
@EMAIL
@BY
def invite_person(email: str, by: str) -> None:
    """Make a link by which EMAIL chooses a password, and mail it; where mail is off, print it.

    Of who holds an office, a second administrator confirms it.
    """
    with acting(by) as act:
        whom = person_of(act.session, email)
        came = ask_for_link(act.session, whom, by=act.person, now=act.now, mail=_mail())
    if came.token:
        _tell_of_link(act.engine, came)
    else:
        click.echo(WAITS % came.waits)


def _mail() -> bool:
    return bool(read_settings().mail_server)


def _tell_of_link(engine: Engine, came: AccountOutcome) -> None:
    """Say where a link went; it is printed where mail is off, and nowhere else."""
    sent = link_sent(engine, read_settings(), came)
    if sent.trouble:
        raise click.ClickException(
            f"The letter did not leave: {sent.trouble}. Make another link once mail leaves."
        )
    where = sent.link or f"A letter brings the link to {sent.page.email}; nobody else sees it."
    click.echo(f"{where}\nIt opens once, until {sent.page.expires_at.date()}.")


def _tell_of_address(engine: Engine, came: AccountOutcome) -> None:
    trouble = address_sent(engine, read_settings(), came)
    if trouble:
        click.echo(f"The letter about the address did not leave: {trouble}", err=True)
    elif came.token:
        click.echo("A letter to the address that is known asks for agreement to the new one.")
    elif came.waits:
        click.echo(WAITS % came.waits)


@click.command("waiting")
def list_waiting() -> None:
    """List the acts on accounts that wait for a second administrator, or for an answer by letter."""
    engine = opened()
    with engine.reading() as session:
        found = acts.waiting(session, 0, engine.now())
    for each in found:
        what = "a link for" if each.act == acts.LINK else f"the address {each.email} for"
        whom = "; waits for a letter's answer" if each.by_letter else ""
        click.echo(
            f"{each.id}: {what} {each.person}; asked for by {each.asked_by}{whom}"
            f"{LAPSED if each.lapsed else ''}"
        )


def _confirmed(by: str, number: int) -> bool | None:
    """Do what was asked for; true where all there is to say of it was said."""
    with acting(by) as act:
        came = confirm(act.session, number, by=act.person, now=act.now, mail=_mail())
    if came.token:
        _tell_of_link(act.engine, came)
        return True
    _tell_of_address(act.engine, came)
    return None


confirm_act = confirming(" on an account", _confirmed)
decline_act = declining(
    " on an account",
    lambda act, number, reason: acts.decline(
        act.session, number, reason, by=act.person, now=act.now
    ),
)


@click.command("change")
@EMAIL
@BY
@click.option("--name", help="What they are called from now on.")
@click.option("--email", "address", help="The address to sign in with from now on.")
@click.option("--language", help=LETTERS)
@click.option("--time-zone", help="Such as Africa/Maputo.")
def change_person(  # one argument for each option
    email: str,
    by: str,
    *,
    name: str | None,
    address: str | None,
    language: str | None,
    time_zone: str | None,
) -> None:
    """Change what is known of EMAIL."""
    wanted = {"name": name, "email": address, "language": language, "time_zone": time_zone}
    with acting(by) as act:
        number = person_of(act.session, email)
        chosen = {key: value for key, value in wanted.items() if value is not None}
        details = replace(details_of(act.session, number), **chosen)
        came = change(act.session, number, details, by=act.person, now=act.now, mail=_mail())
    _tell_of_address(act.engine, came)
    click.echo(f"What is known of {details.name} is kept.")


@click.command("disable")
@EMAIL
@BY
@click.option("--reason", required=True, help="Why access ends; auditors read it.")
def disable(email: str, by: str, reason: str) -> None:
    """End the access of EMAIL at once; what they signed stands."""
    with acting(by) as act:
        whom = person_of(act.session, email)
        access.end_access(act.session, whom, reason, by=act.person, now=act.now)
    click.echo(f"{email} has no access any more.")


@click.command("enable")
@EMAIL
@BY
def enable(email: str, by: str) -> None:
    """Restore the access of EMAIL."""
    with acting(by) as act:
        whom = person_of(act.session, email)
        access.restore_access(act.session, whom, by=act.person, now=act.now)
    click.echo(f"{email} has access again.")


@click.command("sign-out")
@EMAIL
@BY
def sign_out(email: str, by: str) -> None:
    """Sign EMAIL out in every browser."""
    with acting(by) as act:
        whom = person_of(act.session, email)
        access.sign_out_everywhere(act.session, whom, by=act.person, now=act.now)
    click.echo(f"{email} is signed out everywhere.")


COMMANDS = (
    list_people, invite_person, change_person, disable, enable, sign_out,
    list_waiting, confirm_act, decline_act,
)  # fmt: skip
