"""What countries share, on the command line: found, entered, confirmed, kept, used and withdrawn."""

from datetime import datetime
from typing import Any

import click

from web.cli.office.acts import DAY, begun_by
from web.cli.output import ROW_NUMBER, read_settings
from web.orders.after_erasure import follow
from web.wording import plainly
from workflow.engine.permissions.visibility import visible_case
from workflow.erasure.withdrawal import withdraw
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.programmes.page.invitations import suggestions
from workflow.sharing.content import FORMS, KINDS, LANGUAGES, Content
from workflow.sharing.decide import confirm, decline
from workflow.sharing.lists import SharedLine, SharingFilters, sharing_list
from workflow.sharing.page import EntryPage, entry_page, used_in
from workflow.sharing.renewal import keep
from workflow.sharing.uses import use, use_no_more
from workflow.sharing.word import Consent, SharingWish, change, enter

BY = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is; recorded.")
LOOKS = click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
KIND = click.Choice(list(KINDS))
# What an entry says, as options; of a change what is not given stays as it was.
SAYS = (
    click.option("--title", help="What it is called; of an expert the name."),
    click.option("--summary", help="What it solves, does or knows, in some sentences."),
    click.option("--area", "areas", multiple=True, help="An area; several may be given."),
    click.option("--goal", "goals", multiple=True, help="A goal, by its number."),
    click.option("--language", "languages", multiple=True, type=click.Choice(LANGUAGES)),
    click.option("--form", "forms", multiple=True, type=click.Choice(list(FORMS))),
    click.option("--capacity", help="Of an institution: for how much there is room."),
    click.option("--roles", help="Of an expert: past roles in programmes."),
    click.option("--availability", help="Of an expert: when they are available."),
    click.option(
        "--institution", type=ROW_NUMBER, help="The number of the institution it belongs to."
    ),
    click.option("--consented-on", type=DAY, help="Of an expert: when the consent was given."),
    click.option("--consented-until", type=DAY, help="Of an expert: its last day."),
    click.option("--consent", help="Of an expert: what they agreed to, in their words."),
    click.option("--in-files", is_flag=True, help="The expert agreed to stand in files as well."),
)


def says(command: Any) -> Any:
    """The command with what an entry says as options."""
    for option in reversed(SAYS):
        command = option(command)
    return command


@click.group()
def sharing() -> None:
    """Keep what countries share: solutions, institutions and, with their consent, experts."""


@sharing.command("list")
@click.option("--kind", type=KIND)
@click.option("--area", default="", help="Of this area.")
@click.option("--goal", default="", help="Of this goal, by its number.")
@click.option("--language", default="", help="In this language, by its code.")
@click.option("--form", default="", help="With this form of cooperation.")
@click.option("--country", default="", help="Of this country, by its three letters.")
@click.option("--text", default="", help="With all of these words.")
@click.option("--after", default="", help="From behind the entry of this number on.")
@LOOKS
def list_entries(*, by: str, kind: str | None, country: str, **narrowed: str) -> None:
    """List what is shared today, and of your own what waits, was asked about or has lapsed."""
    _list(by, SharingFilters(kind=kind or "", country=country.upper(), **narrowed))


@sharing.command("search")
@click.argument("words", nargs=-1, required=True)
@LOOKS
def search(*, words: tuple[str, ...], by: str) -> None:
    """List what is shared and says all of WORDS."""
    _list(by, SharingFilters(text=" ".join(words)))


@sharing.command("show")
@click.argument("number", type=ROW_NUMBER)
@LOOKS
def show_entry(*, number: int, by: str) -> None:
    """Show entry NUMBER: what it says, what waits, where it is used, and what came before."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = entry_page(session, person, number, engine.now())
    click.echo(f"{page.number}  {page.kind} of {page.country}, {_stands(page)}")
    if page.content is not None:
        _tell(page.content)
    if page.waiting is not None:
        click.echo(f"  Wording {page.waiting.number} waits for a second person:")
        _tell(page.waiting.content)
    for each in page.uses:
        click.echo(f"  used in {each.ref}  {each.title}")
    for turn in page.history:
        wording = f" (wording {turn.wording})" if turn.wording else ""
        click.echo(f"  {turn.at:%Y-%m-%d %H:%M}  {turn.act}{wording}  {turn.who}")


@sharing.command("enter")
@click.argument("kind", type=KIND)
@click.argument("country")
@says
@BY
def enter_entry(*, kind: str, country: str, by: str, **said: Any) -> None:
    """Enter what COUNTRY, by its three letters, shares; a second person confirms it."""
    engine, person = begun_by(by)
    content = Content(**{"title": "", "summary": ""} | _content(said))
    wish = SharingWish(kind, country.lower(), content, _consent(said))
    with engine.transaction() as session:
        number = enter(session, wish, by=person, now=engine.now())
    click.echo(f"Entry {number} waits for a second person: primemover sharing confirm {number} 1")


@sharing.command("change")
@click.argument("number", type=ROW_NUMBER)
@says
@BY
def change_entry(*, number: int, by: str, **said: Any) -> None:
    """Word entry NUMBER anew; what is not given stays as it was."""
    engine, person = begun_by(by)
    with engine.transaction() as session:
        page = entry_page(session, person, number, engine.now())
        said_by_now = page.newest or page.content
        if said_by_now is None:
            raise Invalid(phrase("This entry says nothing that you could change."))
        changed = {**said_by_now.fields, **_content(said)}
        wording = change(
            session,
            number,
            Content(**changed),
            page.wording,
            by=person,
            now=engine.now(),
            consent=_consent(said),
        )
    click.echo(f"Wording {wording} of entry {number} waits for a second person.")


@sharing.command("confirm")
@click.argument("number", type=ROW_NUMBER)
@click.argument("wording", type=ROW_NUMBER)
@BY
def confirm_entry(*, number: int, wording: int, by: str) -> None:
    """Confirm WORDING of entry NUMBER as a second person."""
    engine, person = begun_by(by)
    with engine.transaction() as session:
        until = confirm(session, number, wording, by=person, now=engine.now())
    click.echo(f"Entry {number} is listed to {until}.")


@sharing.command("decline")
@click.argument("number", type=ROW_NUMBER)
@click.argument("wording", type=ROW_NUMBER)
@click.option("--reason", required=True, help="Why it is declined.")
@BY
def decline_entry(*, number: int, wording: int, reason: str, by: str) -> None:
    """Decline WORDING of entry NUMBER; what was listed before stays."""
    engine, person = begun_by(by)
    with engine.transaction() as session:
        decline(session, number, wording, reason, by=person, now=engine.now())
    click.echo(f"Wording {wording} of entry {number} is declined.")


@sharing.command("keep")
@click.argument("number", type=ROW_NUMBER)
@BY
def keep_entry(*, number: int, by: str) -> None:
    """Say that entry NUMBER still holds."""
    engine, person = begun_by(by)
    with engine.transaction() as session:
        until = keep(session, number, by=person, now=engine.now())
    click.echo(f"Entry {number} is listed to {until}.")


@sharing.command("withdraw")
@click.argument("number", type=ROW_NUMBER)
@BY
def withdraw_entry(*, number: int, by: str) -> None:
    """Withdraw entry NUMBER for good, and erase what it said."""
    engine, person = begun_by(by)
    made = withdraw(engine, person, number)
    follow(engine, read_settings(), made)
    engine.database.dispose()
    click.echo(f"Entry {number} is withdrawn; {len(made)} texts are erased.")
    click.echo("Older backups still hold it: after a restore, run primemover erasures replay.")


@sharing.command("use")
@click.argument("number", type=ROW_NUMBER)
@click.argument("ref")
@click.option("--no-more", is_flag=True, help="Take back that it is used there.")
@BY
def use_entry(*, number: int, ref: str, no_more: bool, by: str) -> None:
    """Say that the programme REF uses entry NUMBER."""
    engine, person = begun_by(by)
    told = (use_no_more if no_more else use)(engine, person, number, ref)
    said = "does not use" if no_more else "uses"
    click.echo(f"{ref} {said} entry {number}{'' if told else ', as was said before'}.")


@sharing.command("used")
@click.argument("ref")
@LOOKS
def list_used(*, ref: str, by: str) -> None:
    """List what the programme REF uses of what countries share, as far as it is listed."""
    engine, person = begun_by(by)
    now = engine.now()
    with engine.reading() as session:
        visible_case(session, ref, person, now)
        found = used_in(session, ref, now.date())
    for each in found:
        click.echo(f"{each.number}  {each.kind}  {each.title}")
    if not found:
        click.echo(f"{ref} uses nothing that is listed.")


@sharing.command("suggest")
@click.argument("ref")
@LOOKS
def suggest_countries(*, ref: str, by: str) -> None:
    """Suggest whom to invite to the consultation of REF, with the reasons; nobody is invited by it."""
    engine, person = begun_by(by)
    now = engine.now()
    with engine.reading() as session:
        case = visible_case(session, ref, person, now)
        found = suggestions(session, case.id, person, now.date())
    for each in found:
        click.echo(f"{each.key}  {each.name}{', asked anyway' if each.asked else ''}")
        for reason in each.reasons:
            click.echo(f"    {plainly(reason.says)} ({plainly(reason.source)})")
    if not found:
        click.echo("Nobody is suggested.")


def _list(by: str, filters: SharingFilters) -> None:
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = sharing_list(session, person, filters, engine.now())
    for line in page.lines:
        click.echo(_line(line))
    for line in page.own:
        waits = "waits for a second person" if line.waits else "not listed"
        asked = f"does it still hold? It lapses after {line.holds_until}"
        if line.ends_with_consent:
            asked = f"its consent ends on {line.holds_until}; word it anew, with a new one"
        click.echo(f"yours: {_line(line)}, {asked if line.asked else waits}")
    if page.next:
        click.echo(f"More are listed: --after {page.next}")
    if not page.lines:
        click.echo("Nothing is shared that fits.")


def _line(line: SharedLine) -> str:
    return f"{line.number}  {line.kind}  {line.title}, {line.country}: {', '.join(line.areas)}"


def _stands(page: EntryPage) -> str:
    return f"listed to {page.holds_until}" if page.listed else "not listed"


def _tell(content: Content) -> None:
    click.echo(f"  {content.title}: {content.summary}")
    for name, value in content.fields.items():
        if value and name not in ("title", "summary"):
            told = ", ".join(value) if isinstance(value, tuple) else value
            click.echo(f"    {name}: {told}")


def _content(said: dict[str, Any]) -> dict[str, Any]:
    """What was given of an entry."""
    names = Content.__dataclass_fields__
    return {name: said[name] for name in names if said[name] not in (None, ())}


def _consent(said: dict[str, Any]) -> Consent | None:
    given: datetime | None = said["consented_on"]
    until: datetime | None = said["consented_until"]
    if given is None and until is None and not said["consent"] and not said["in_files"]:
        return None
    if given is None or until is None:
        raise click.UsageError("A consent has --consented-on, --consented-until and --consent.")
    return Consent(given.date(), until.date(), said["consent"] or "", files=said["in_files"])
