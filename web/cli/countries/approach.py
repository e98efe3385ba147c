"""Approaches on the command line: countries asked, answers given and recorded, and the register."""

from datetime import date, datetime
from typing import Any

import click

from web.cli.by_name.options import Known
from web.cli.office.acts import DAY, begun_by, day_or_today, tell_receipt
from workflow.approaches.answer import (
    Came,
    CountryAnswer,
    answer,
    ask_again,
    confirm,
    contradict,
    drop,
    give_notice,
    record,
)
from workflow.approaches.ask import ApproachQuestion, approach
from workflow.approaches.filters import ApproachFilters, ApproachStanding
from workflow.approaches.lines import ApproachLine, every_approach
from workflow.engine.acts.whole import At

BY = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is; recorded.")
LOOKS = click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
REASON = click.option("--reason", required=True, help="Why.")
CHANNELS = ("letter", "mail", "phone", "visit", "meeting")
ANSWERS = click.Choice(["lead", "support", "later", "no"])
SAYS = (
    click.option(
        "--until",
        "valid_until",
        type=DAY,
        help="The last day on which it holds; of lead and support.",
    ),
    click.option("--again", "again_on", type=DAY, help="The day on which to ask again; of later."),
    click.option("--conditions", default="", help="What it depends on."),
    click.option("--brings", default="", help="What the country offers in the area."),
)


def says(command: Any) -> Any:
    """The command with what an answer says as options."""
    for option in reversed(SAYS):
        command = option(command)
    return command


@click.group("approach")
def approach_group() -> None:
    """Approach pivotal countries one by one: ask, answer, record, renew, take back, and list."""


@approach_group.command("ask")
@click.argument("countries", nargs=-1, required=True)
@click.option("--area", required=True, type=Known("areas"), help="The area, by its key.")
@click.option(
    "--framework", default="", help="The framework under which they would lead, by its key."
)
@click.option(
    "--on", "asked_on", type=DAY, help="The day on which they were asked; today without it."
)
@click.option(
    "--channel", type=click.Choice(["here", *CHANNELS]), default="here", show_default=True
)
@click.option("--occasion", default="", help="Such as a meeting, with its place and month.")
@click.option("--words", default="", help="What is asked, in the words of the letter.")
@BY
def ask(*, countries: tuple[str, ...], asked_on: datetime | None, by: str, **asked: str) -> None:
    """Ask each of COUNTRIES, by their three letters, whether it wishes to lead in an area."""
    engine, person = begun_by(by)
    question = ApproachQuestion(asked_on=day_or_today(engine, asked_on), **asked)
    for ref, country in zip(
        approach(engine, person, countries, question),
        dict.fromkeys(each.strip().upper() for each in countries),
        strict=True,
    ):
        click.echo(f"{ref}  {country} is asked about {question.area}.")


@approach_group.command("answer")
@click.argument("ref")
@click.argument("answer", metavar="ANSWER", type=ANSWERS)
@says
@BY
def answer_one(*, ref: str, by: str, **given: Any) -> None:
    """Answer the approach REF for the country that is asked: lead, support, later or no."""
    engine, person = begun_by(by)
    tell_receipt(answer(engine, person, At(ref), _answer(**given)))


@approach_group.command("record")
@click.argument("ref")
@click.argument("answer", metavar="ANSWER", type=ANSWERS)
@says
@click.option("--came", type=click.Choice(CHANNELS), required=True, help="How it came.")
@click.option(
    "--on", "came_on", type=DAY, help="The day on which it was received; today without it."
)
@click.option("--from", "said_by", required=True, help="From whom: name and office.")
@click.option("--words", "said", required=True, help="In which words it came.")
@click.option(
    "--reason", default="", help="Why it is written anew, where the country answered before."
)
@BY
def record_one(*, ref: str, came_on: datetime | None, by: str, reason: str, **given: Any) -> None:
    """Record an ANSWER to REF that came by letter or telephone; the country is told and may contradict."""
    engine, person = begun_by(by)
    how = Came(
        came=given.pop("came"),
        came_on=day_or_today(engine, came_on),
        said_by=given.pop("said_by"),
        said=given.pop("said"),
    )
    tell_receipt(record(engine, person, At(ref), _answer(**given), how, reason))


@approach_group.command("confirm")
@click.argument("ref")
@BY
def confirm_one(*, ref: str, by: str) -> None:
    """Say for the country that what was noted on REF is what it answered."""
    engine, person = begun_by(by)
    tell_receipt(confirm(engine, person, At(ref)))


@approach_group.command("contradict")
@click.argument("ref")
@REASON
@BY
def contradict_one(*, ref: str, reason: str, by: str) -> None:
    """Say for the country that it did not answer as was noted on REF; it is asked again."""
    engine, person = begun_by(by)
    tell_receipt(contradict(engine, person, At(ref), reason))


@approach_group.command("notice")
@click.argument("ref")
@click.option(
    "--last-day", "ends_on", type=DAY, required=True, help="The last day on which it holds."
)
@click.option("--reason", "reasons", required=True, help="Why.")
@BY
def notice_one(*, ref: str, ends_on: datetime, reasons: str, by: str) -> None:
    """Take the country's answer to REF back, with notice."""
    engine, person = begun_by(by)
    tell_receipt(give_notice(engine, person, At(ref), ends_on.date(), reasons))


@approach_group.command("again")
@click.argument("ref")
@REASON
@BY
def again_one(*, ref: str, reason: str, by: str) -> None:
    """Ask the country of REF, which said later, before its day."""
    engine, person = begun_by(by)
    tell_receipt(ask_again(engine, person, At(ref), reason))


@approach_group.command("drop")
@click.argument("ref")
@REASON
@BY
def drop_one(*, ref: str, reason: str, by: str) -> None:
    """Ask the country of REF no longer; what it answered before stands."""
    engine, person = begun_by(by)
    tell_receipt(drop(engine, person, At(ref), reason))


@approach_group.command("list")
@click.option("--area", default="", help="Of one area, by its key.")
@click.option("--country", default="", help="Of one country, by its three letters.")
@click.option(
    "--answer", type=click.Choice(["lead", "support", "later", "no", "none"]), default=None
)
@click.option("--framework", default="", help="Of one framework, by its key.")
@click.option(
    "--stands", type=click.Choice([each.value for each in ApproachStanding]), default=None
)
@LOOKS
def list_approaches(
    *, area: str, country: str, answer: str | None, framework: str, stands: str | None, by: str
) -> None:
    """List the approaches that you may know of, the newest first."""
    engine, person = begun_by(by)
    asked = ApproachFilters(area, country, answer or "", framework, stands or "")
    with engine.reading() as session:
        lines = tuple(every_approach(session, engine, person, asked, engine.now()))
    for line in lines:
        click.echo(_spelled(line))
    if not lines:
        click.echo("There is none that you may know of.")


def _answer(
    *, valid_until: datetime | None, again_on: datetime | None, **said: str
) -> CountryAnswer:
    return CountryAnswer(valid_until=_day(valid_until), again_on=_day(again_on), **said)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _spelled(line: ApproachLine) -> str:
    said = f"{line.ref}  {line.iso3}  {line.area}  {line.state.label}, asked {line.asked_on}"
    if line.waits:
        late = f", late since {line.due:%Y-%m-%d}" if line.late and line.due else ""
        return f"{said}; no answer for {line.days} days{late}"
    until = f" until {line.valid_until}" if line.valid_until else ""
    again = f", ask again on {line.again_on}" if line.again_on else ""
    return f"{said}; answered {line.answer or 'nothing'}{until}{again}"
