"""Lessons on the command line: listed, searched, read, offered to a programme and weighed there."""

from uuid import uuid4

import click

from web.cli.office.acts import begun_by
from web.cli.output import opened
from web.cli.people import somebody
from web.lessons.words import goal_name
from workflow.lessons.filters import LessonFilters
from workflow.lessons.lines import LessonLine, every_lesson
from workflow.lessons.page import lesson
from workflow.lessons.programme import lessons_for
from workflow.lessons.weigh import LessonSays, WeighLesson, weigh

BY = click.option(
    "--by", metavar="EMAIL", default="", help="As this person may see them; else all."
)


@click.group()
def lessons() -> None:
    """Find and read what was learnt and validated."""


@lessons.command("list")
@click.option("--area", default="", help="Of this area, by its key.")
@click.option("--goal", default="", help="Of this goal: sdg-3, mdg-6.")
@click.option("--country", default="", help="Tried in this country, by its code.")
@click.option("--modality", default="", help="Of this modality, by its key.")
@click.option("--language", default="", help="Written in this language, by its code.")
@click.option("--year", default="", help="Validated in this year.")
@BY
def list_lessons(  # one argument for each option
    *, area: str, goal: str, country: str, modality: str, language: str, year: str, by: str
) -> None:
    """List the lessons that were validated, the newest first."""
    wanted = LessonFilters(
        area=area, goal=goal.lower(), country=country.upper(), modality=modality,
        language=language, year=year,
    )  # fmt: skip
    _tell(wanted, by)


@lessons.command("search")
@click.argument("words", nargs=-1, required=True)
@BY
def search_lessons(*, words: tuple[str, ...], by: str) -> None:
    """List the lessons that have each of the WORDS, the newest first."""
    _tell(LessonFilters(text=" ".join(words)), by)


@lessons.command("show")
@click.argument("ref")
@BY
def show_lesson(*, ref: str, by: str) -> None:
    """Say what the lesson REF says, where it was tried and under which programme."""
    engine = opened()
    person = somebody(engine, by) if by else None
    with engine.reading() as session:
        found = lesson(session, engine, person, ref)
    click.echo(_said(found.line))
    for label, text in found.texts:
        click.echo(f"{label}\n    {text}")


@lessons.command("offered")
@click.argument("ref")
@click.option("--by", metavar="EMAIL", required=True, help="Who plans or reviews it.")
def list_offered(*, ref: str, by: str) -> None:
    """List the lessons that are offered to the programme REF, each with why, and what was said of them there."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = lessons_for(session, engine, person, ref)
    for each in page.offered:
        click.echo(f"{each.line.ref}  {each.line.heading}")
        click.echo(f"    {'; '.join(map(str, each.reasons))}")
    for told in page.weighed:
        word = "used" if told.said == LessonSays.USED else "not for us"
        click.echo(f"{told.line.ref}  {told.line.heading}: {word}, {told.who}, {told.at:%Y-%m-%d}")
    if not (page.offered or page.weighed):
        click.echo("Nothing like this was learnt yet.")


@lessons.command("weigh")
@click.argument("ref")
@click.argument("lesson_ref", metavar="LESSON")
@click.argument("said", type=click.Choice(["used", "not-for-us"]))
@click.option("--reason", default="", help="How it is used, or why it is not for the programme.")
@click.option("--by", metavar="EMAIL", required=True, help="Whose word it is; recorded.")
def weigh_lesson(*, ref: str, lesson_ref: str, said: str, reason: str, by: str) -> None:
    """Say that the LESSON is used in the programme REF, or with a reason that it is not for it."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        seen = lessons_for(session, engine, person, ref).version
    word = LessonSays(said.replace("-", "_"))
    receipt = weigh(engine, person, WeighLesson(ref, lesson_ref, word, seen, uuid4().hex, reason))
    click.echo(f"Recorded as event {receipt.seq} on the history of {receipt.ref}.")


def _tell(filters: LessonFilters, by: str) -> None:
    engine = opened()
    person = somebody(engine, by) if by else None
    with engine.reading() as session:
        found = list(every_lesson(session, person, filters, engine.now()))
    for line in found:
        click.echo(_said(line))
    if not found:
        click.echo("No lesson matches." if filters.narrowed else "No lesson was validated yet.")


def _said(line: LessonLine) -> str:
    tried = ", ".join(line.countries) or "nowhere named"
    counted = line.counted
    about = ", ".join((*line.areas, *map(goal_name, line.goals)))
    under = f"{line.programme.ref} {line.programme.title}" if line.programme else "not public"
    return (
        f"{line.ref}  {line.heading}\n"
        f"    tried in {tried}; {about or 'no area named'}; written in {line.language or 'no language named'}\n"
        f"    validated {line.validated_at:%Y-%m-%d}, under {under}; "
        f"used in {counted.used}, not for {counted.not_for_us}"
    )
