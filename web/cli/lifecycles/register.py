"""The register of lifecycles at the terminal: published, offered again, retired, by two where it takes two."""

from datetime import datetime

import click

from web.cli.administration.frame import BY as BY_WHOM
from web.cli.administration.frame import DECLINED_FOR, LAPSED, NUMBER, acting
from web.cli.lifecycles.migration import tell_outlook
from web.cli.output import Said, opened, read_settings
from web.cli.people import somebody
from web.wording import plainly
from workflow.engine.offers.current import OfferAct
from workflow.engine.published.named import named_version
from workflow.lifecycles.definition import Definition
from workflow.people.queries import person_of
from workflow.publication import requests, wishes
from workflow.publication.migration.requests import confirm as confirm_act
from workflow.publication.page import register_page
from workflow.publication.requests import LifecycleOutcome
from workflow.publication.succession import offered_then
from workflow.publication.wishes import LifecycleWish

DAY = click.DateTime(["%Y-%m-%d"])
BY = click.option(
    "--by", default="", help="The address of the administrator who does it; nobody if not said."
)
WHY = click.option("--why", default="", help="Why; it stands in the register.")
FROM = click.option("--from", "starts_on", type=DAY, help="From which day on; at once if not said.")
OF = click.argument("of", metavar="KEY[@VERSION]")


@click.command()
@OF
@BY
@WHY
@FROM
def offer(of: str, by: str, why: str, starts_on: datetime | None) -> None:
    """Offer KEY@VERSION again: programmes begun from then on follow it."""
    key, _, mark = of.partition("@")
    if not mark:
        raise Said("Say which version is offered: KEY@VERSION.")
    found = _version(of)
    done = _done(
        by,
        LifecycleWish(
            act=OfferAct.OFFER, key=key, digest=found.digest,
            starts_on=starts_on and starts_on.date(), why=why,
        ),
    )  # fmt: skip
    tell_outcome(done, f"{key}, version {found.version}, is offered{since(starts_on)}.")


@click.command()
@OF
@BY
@WHY
@FROM
@click.option(
    "--unless-drafts", is_flag=True, help="Refuse while proposals are being written on it."
)
def retire(of: str, by: str, why: str, starts_on: datetime | None, *, unless_drafts: bool) -> None:
    """Retire KEY, or one version of it: nothing is begun on it any more; what was begun goes on."""
    key, _, mark = of.partition("@")
    digest = _version(of).digest if mark else None
    engine = opened()
    with engine.reading() as session:
        number = wishes.version_of(session, key, digest)
        written = wishes.drafts(session, key, number)
        then = offered_then(session, key, digest, starts_on and starts_on.date(), engine.now())
    done = _done(
        by,
        LifecycleWish(
            act=OfferAct.RETIRE, key=key, digest=digest, why=why, unless_drafts=unless_drafts,
            starts_on=starts_on and starts_on.date(),
        ),
    )  # fmt: skip
    tell_outcome(done, f"{of} is retired{since(starts_on)}.")
    if then is not None:
        click.echo(plainly(then))
    for ref in written if done.waits is None else ():
        click.echo(f"{ref} is being written on it and goes on.")


@click.command()
@NUMBER
@BY_WHOM
@click.option(
    "--seen", default="", help="What lifecycle plan said of cases to be moved, by the mark it gave."
)
def confirm(number: int, by: str, seen: str) -> None:
    """Confirm the act NUMBER on a lifecycle, which another administrator asked for.

    Cases to be moved are tried anew: where that comes out otherwise than it was asked for, or than
    --seen, nothing is moved, and exit status is 1.
    """
    engine = opened()
    done = confirm_act(engine, number, by=somebody(engine, by), seen=seen)
    tell_outlook(done.cases)
    if done.otherwise:
        raise Said(
            "It does not come out by now as it was asked for, or as you read it: nothing was moved. "
            f"To confirm it as it is now: primemover lifecycle confirm {number} --by {by} --seen {done.mark}"
        )
    click.echo("Confirmed: it is done.")


@click.command()
@NUMBER
@BY_WHOM
@DECLINED_FOR
def decline(number: int, by: str, reason: str) -> None:
    """Decline the act NUMBER on a lifecycle, which another administrator asked for."""
    with acting(by) as act:
        requests.decline(act.session, number, reason, by=act.person, now=act.now)
    click.echo("Declined: nothing has changed.")


@click.command()
@click.argument("key")
def show(key: str) -> None:
    """Say of every version of KEY how it stands, and what was done to the lifecycle, by whom and why."""
    engine = opened()
    with engine.reading() as session:
        page = register_page(session, engine, key, 0)
        alone = {
            each.digest: said
            for each in page.versions
            if (said := offered_then(session, key, each.digest, None, engine.now()))
        }
    for each in page.versions:
        click.echo(
            f"{each.key}@{each.version} {each.digest[:12]}: {plainly(each.standing.said)}, "
            f"published on {each.published_at:%Y-%m-%d}"
        )
        if each.digest in alone:
            click.echo(f"  retired alone: {plainly(alone[each.digest])}")
    for act in page.acts:
        why = f": {act.why}" if act.why else ""
        click.echo(f"  {act.at:%Y-%m-%d} {plainly(act.said)}{why}")
    for wish in page.waiting:
        lapsed = LAPSED if wish.lapsed else ""
        click.echo(f"  waits as {wish.number}: {plainly(wish.said)}: {wish.why}{lapsed}")


def since(day: datetime | None) -> str:
    """From which day on, where one was said, at the end of a sentence."""
    return f" from {day:%Y-%m-%d} on" if day else ""


def _version(name: str) -> Definition:
    engine = opened()
    with engine.reading() as session:
        return named_version(session, engine, name)[1]


def _done(by: str, wish: LifecycleWish) -> LifecycleOutcome:
    engine = opened()
    with engine.transaction() as session:
        person = person_of(session, by) if by else None
        return requests.carry_out(
            session,
            wish,
            by=person,
            now=engine.now(),
            two_for=read_settings().four_eyes,
        )


def tell_outcome(done: LifecycleOutcome, said: str) -> None:
    """Say that it is done, or how a second administrator confirms it."""
    if done.waits is None:
        click.echo(said)
    else:
        click.echo(
            f"It waits for a second administrator, as number {done.waits}: "
            f"primemover lifecycle confirm {done.waits} --by ADDRESS"
        )
