"""Meetings on the command line: planned, called, answered, held, reported, corrected, called off, and listed."""

from datetime import datetime
from typing import Any

import click

from web.cli.office.acts import DAY, begun_by, tell_receipt
from workflow.approaches.ask import ApproachQuestion, approach
from workflow.engine.acts.whole import At
from workflow.meetings.acts import (
    Attending,
    Disposition,
    Match,
    MeetingReport,
    Undertaking,
    call,
    call_off,
    comes,
    correct,
    held,
    report,
)
from workflow.meetings.filters import MeetingFilters, MeetingStanding
from workflow.meetings.lines import MeetingLine, every_meeting
from workflow.meetings.plan import Guest, MeetingPlan, plan
from workflow.meetings.turn import propose_from
from workflow.people.parties import known_among
from workflow.programmes.meetings.origins import Origin

BY = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is; recorded.")
LOOKS = click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
REASON = click.option("--reason", required=True, help="Why.")
KINDS = click.Choice(["consultation", "regional", "session", "forum"])
REGIONS = click.Choice(["africa", "arab_states", "asia_pacific", "latin_america"])
MONTHS = click.Choice([f"{month:02d}" for month in range(1, 13)])


@click.group("meeting")
def meeting_group() -> None:
    """Plan, call, hold and report meetings, and follow what was committed to there."""


@meeting_group.command("plan")
@click.argument("title")
@click.option("--kind", type=KINDS, required=True)
@click.option("--place", default="", help="Town and country.")
@click.option("--year", type=int, required=True)
@click.option("--month", type=MONTHS, default=None, help="Leave it out where it is not known.")
@click.option("--from", "starts", type=DAY, help="The first day, where it is known.")
@click.option("--to", "ends", type=DAY, help="The last day.")
@click.option("--region", type=REGIONS, default=None, help="Of a regional meeting.")
@click.option("--framework", default="", help="By its key.")
@click.option("--area", "areas", multiple=True, help="An area, by its key.")
@click.option("--purpose", required=True, help="What it is for.")
@click.option(
    "--invite", "countries", multiple=True, required=True, metavar="ISO3=WHY",
    help="A country by its three letters, and why it is invited; ISO3/host=WHY as something else than participant.",
)  # fmt: skip
@click.option(
    "--invite-other", "others", multiple=True, metavar="NAME=WHY",
    help="An organisation or enterprise, and why.",
)  # fmt: skip
@BY
def plan_one(*, by: str, **said: Any) -> None:
    """Plan a meeting called TITLE, and say who is invited, and why."""
    engine, person = begun_by(by)
    starts, ends = said.pop("starts"), said.pop("ends")
    countries = tuple(_guest(each, upper=True) for each in said.pop("countries"))
    others = tuple(_guest(each) for each in said.pop("others"))
    text: dict[str, Any] = {name: value or "" for name, value in said.items()}
    wish = MeetingPlan(
        **{**text, "areas": said["areas"]},
        starts_on=starts.date() if starts else None,
        ends_on=ends.date() if ends else None,
        countries=countries,
        others=others,
    )
    click.echo(f"{plan(engine, person, wish)}  is planned.")


@meeting_group.command("call")
@click.argument("ref")
@click.option("--answer-by", type=DAY, required=True, help="By when those invited answer.")
@click.option("--words", required=True, help="What they are told.")
@BY
def call_one(*, ref: str, answer_by: datetime, words: str, by: str) -> None:
    """Call the meeting REF: each focal point of a country that is invited is told by mail."""
    engine, person = begun_by(by)
    tell_receipt(call(engine, person, At(ref), answer_by.date(), words))


@meeting_group.command("answer")
@click.argument("ref")
@click.argument("said", metavar="ANSWER", type=click.Choice(["comes", "cannot"]))
@click.option("--words", default="", help="What else the country says.")
@BY
def answer_one(*, ref: str, said: str, words: str, by: str) -> None:
    """Say for a country that is invited to REF that it comes, or that it cannot."""
    engine, person = begun_by(by)
    tell_receipt(comes(engine, person, At(ref), comes=said == "comes", words=words))


@meeting_group.command("held")
@click.argument("ref")
@click.option(
    "--came", multiple=True, required=True, metavar="ISO3[=PEOPLE]", help="A country that came."
)
@click.option("--other", "others", multiple=True, metavar="NAME[=PEOPLE]")
@click.option("--note", default="", help="Such as what was not recorded.")
@BY
def held_one(
    *, ref: str, came: tuple[str, ...], others: tuple[str, ...], note: str, by: str
) -> None:
    """Record that REF was held and who came; also of one that was never called here."""
    engine, person = begun_by(by)
    countries = [_attending(each, upper=True) for each in came]
    tell_receipt(
        held(engine, person, At(ref), countries, [_attending(each) for each in others], note)
    )


@meeting_group.command("report")
@click.argument("ref")
@click.option("--outcome", required=True, help="What came of it.")
@click.option("--discussed", default="", help="What was discussed.")
@click.option(
    "--commitment", "undertaken", multiple=True, type=(str, str, str, DAY, str),
    metavar="PARTY POST WHAT BY MEANT",
    help="Who, by its key, through which post, does what by which day, and what the meeting said of it.",
)  # fmt: skip
@click.option(
    "--match", "matches", multiple=True, type=(str, str, str, str),
    metavar="OFFERS SEEKS AREA WHAT",
    help="Of a business forum: two countries by their letters, the area by its key, and what.",
)  # fmt: skip
@click.option(
    "--reply", "replies", multiple=True, metavar="WHAT WHY",
    type=(click.Choice(["taken_up", "partly", "not"]), str),
    help="What became of each correction, in the order in which they came.",
)  # fmt: skip
@BY
def report_one(*, ref: str, by: str, **said: Any) -> None:
    """Send the report of REF to those who were invited; it is final once nobody corrects it in two weeks."""
    engine, person = begun_by(by)
    told = MeetingReport(
        outcome=said["outcome"],
        discussed=said["discussed"],
        commitments=tuple(
            Undertaking(party=party, owner=post, what=what, due=due.date(), meant=meant)
            for party, post, what, due, meant in said["undertaken"]
        ),
        matches=tuple(
            Match(offers=offers.upper(), seeks=seeks.upper(), area=area, topic=topic)
            for offers, seeks, area, topic in said["matches"]
        ),
    )
    replies = [Disposition(*each) for each in said["replies"]]
    tell_receipt(report(engine, person, At(ref), told, replies))


@meeting_group.command("correct")
@click.argument("ref")
@REASON
@BY
def correct_one(*, ref: str, reason: str, by: str) -> None:
    """Correct the report of REF for a country that was invited."""
    engine, person = begun_by(by)
    tell_receipt(correct(engine, person, At(ref), reason))


@meeting_group.command("call-off")
@click.argument("ref")
@REASON
@BY
def call_off_one(*, ref: str, reason: str, by: str) -> None:
    """Say that the meeting REF does not take place."""
    engine, person = begun_by(by)
    tell_receipt(call_off(engine, person, At(ref), reason))


@meeting_group.command("approach")
@click.argument("ref")
@click.argument("countries", nargs=-1, required=True)
@click.option("--area", required=True, help="The area, by its key.")
@click.option("--framework", default="", help="By its key.")
@click.option("--words", default="", help="What is asked.")
@BY
def approach_for(*, ref: str, countries: tuple[str, ...], by: str, **asked: str) -> None:
    """Turn REF, which was committed to, into approaches: ask each of COUNTRIES, by their three letters."""
    engine, person = begun_by(by)
    today = engine.now().date()
    question = ApproachQuestion(asked_on=today, channel="meeting", came_of=ref, **asked)
    for begun in approach(engine, person, countries, question):
        click.echo(f"{begun}  came of {ref}.")


@meeting_group.command("propose")
@click.argument("ref")
@click.option("--for", "party", metavar="KEY", required=True, help="For whom: a party, by its key.")
@click.option("--match", default="", help="The number of a match, where REF is a meeting.")
@click.option("--title", default="", help="What it is called; a match gives one.")
@click.option("--lifecycle", default="", help="Another lifecycle than the one for everything.")
@BY
def propose_one(*, ref: str, party: str, match: str, title: str, lifecycle: str, by: str) -> None:
    """Turn REF, which was committed to, or a match of the meeting REF into a proposal."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        number = known_among(session, [party]).get(party, 0)
    content = {"title": title} if title else {}
    origin = Origin(ref, match)
    begun = propose_from(engine, person, number, origin, content, lifecycle=lifecycle)
    click.echo(f"{begun.ref}  came of {ref}.")


@meeting_group.command("list")
@click.option("--kind", type=KINDS, default=None)
@click.option("--region", type=REGIONS, default=None)
@click.option("--country", default="", help="To which a country is invited, by its three letters.")
@click.option("--area", default="", help="By its key.")
@click.option("--framework", default="", help="By its key.")
@click.option("--stands", type=click.Choice([each.value for each in MeetingStanding]), default=None)
@LOOKS
def list_meetings(*, by: str, **asked: Any) -> None:
    """List the meetings that you may know of, the latest first, with what was committed to."""
    engine, person = begun_by(by)
    filters = MeetingFilters(**{name: value or "" for name, value in asked.items()})
    with engine.reading() as session:
        lines = tuple(every_meeting(session, engine, person, filters, engine.now()))
    for line in lines:
        click.echo(_spelled(line))
        for each in line.commitments:
            click.echo(f"    {each.ref}  {each.title}: {each.owner}, {each.state.label}")
            for begun in each.became:
                click.echo(f"        {begun.ref}  {begun.title}: {begun.state.label}")
    if not lines:
        click.echo("There is none that you may know of.")


def _guest(said: str, *, upper: bool = False) -> Guest:
    named, _, why = said.partition("=")
    name, _, capacity = named.partition("/") if upper else (named, "", "")
    name = name.strip()
    return Guest(name.upper() if upper else name, why.strip(), capacity.strip() or "participant")


def _attending(said: str, *, upper: bool = False) -> Attending:
    name, _, people = said.partition("=")
    if people and not people.isdecimal():
        raise click.BadParameter(f"{people} is not a number of people; write {name}=3, or {name}.")
    return Attending(
        name.strip().upper() if upper else name.strip(), int(people) if people else None
    )


def _spelled(line: MeetingLine) -> str:
    days = f"{line.starts_on} to {line.ends_on or line.starts_on}" if line.starts_on else line.month
    late = ", late" if line.late else ""
    figures = f"{line.invited} invited, {line.came} came"
    return f"{line.ref}  {days}  {line.title}: {line.state.label}{late}; {figures}"
