"""Whether people are left for a lifecycle, as the command line says it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from web.cli.lifecycles.named import definition_named
from web.cli.output import Said, opened
from web.wording import plainly
from workflow.engine.engine import Engine
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.staffing.findings import Feasibility
from workflow.phrase import Phrase, phrase
from workflow.programmes.staffing.page import Doing, StaffingLine, StaffingPage, staffing_page
from workflow.programmes.staffing.question import Asked, StaffingQuestion

Command = TypeVar("Command", bound=Callable[..., Any])
SIGNS = {Feasibility.CAN: "yes", Feasibility.CANNOT: "no", Feasibility.UNKNOWN: "not known"}
NOT_KNOWN = 3


def about(command: Command) -> Command:
    """Give a command the options that say about which programmes it is asked."""
    for option in (
        click.option(
            "--proposer", default="", help="The country that proposes; the first that can."
        ),
        click.option("--with", "beside", multiple=True, help="Another country that benefits."),
        click.option("--agency", default="", help="The executing agency; the first there is."),
        click.option(
            "--framework", default="", help="The framework or fund; one in force if not said."
        ),
    ):
        command = option(command)
    return command


def told_of_people(
    engine: Engine, definition: Definition, chosen: Mapping[str, Any]
) -> StaffingPage:
    """Say what was found of the people for a lifecycle, and return it."""
    with engine.reading() as session:
        page = staffing_page(session, definition, Asked(**chosen), engine.now().date())
    click.echo(plainly(_asked(page.question)))
    for line in page.ends:
        click.echo(f"{line.label}: {SIGNS[line.standing]}. {plainly(line.said)}")
        for step in line.way:
            click.echo(f"    {step.round}: {_who(step.doing)}")
    for cause in page.missed:
        click.echo(f"{', '.join(cause.labels)}: {SIGNS[cause.standing]}. {plainly(cause.said)}")
    for said in (*page.losses, *page.recusals):
        click.echo(plainly(said))
    if definition.children:
        apart = ", ".join(dict.fromkeys(kind.lifecycle for kind in definition.children.values()))
        click.echo(f"Child cases are not walked; ask for the people of each: {apart}.")
    return page


def end_by(pages: Sequence[StaffingPage]) -> None:
    """End with a status that is not 0 where an end cannot be reached, or was not found out."""
    lines: list[StaffingLine] = [line for page in pages for line in page.ends]
    if any(line.standing is Feasibility.CANNOT for line in lines):
        raise Said("The people in office today cannot bring such a programme to every end.")
    if any(line.standing is Feasibility.UNKNOWN for line in lines):
        raise Said("It was not found out for every end.", NOT_KNOWN)


def _asked(of: StaffingQuestion) -> Phrase:
    own = [of.proposer] if of.proposer else []
    return phrase(
        "For a programme of %(countries)s, executed by %(agency)s, under %(framework)s, without a donor:",
        countries=tuple(each.name for each in (*own, *of.beside)) or ("–",),
        agency=of.agency.name if of.agency else "–",
        framework=of.framework.name if of.framework else "–",
    )


def _who(doing: Sequence[Doing]) -> str:
    return "; ".join(map(_one, doing)) or "time alone"


def _one(doing: Doing) -> str:
    if doing.opens:
        return f"{doing.person} opens it"
    behalf = f" for {doing.behalf}" if doing.behalf else ""
    return f"{doing.person}{behalf} ({doing.role}, {doing.party})"


@click.command()
@click.argument("of", metavar="LIFECYCLE")
@about
def staffing(of: str, **chosen: Any) -> None:
    """Say whether those in office today can bring a programme on LIFECYCLE to every end.

    And what nobody could do if one of them left or stepped back. LIFECYCLE is a FILE, KEY or KEY@VERSION.
    Exit status 1 where an end cannot be reached, 3 where that was not found out.
    """
    definition = definition_named(of)
    end_by([told_of_people(opened(), definition, chosen)])
