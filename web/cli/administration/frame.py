"""The frame of what an administrator does at a terminal: one act, in one transaction, by somebody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import click
from sqlalchemy.orm import Session

from web.cli.output import ROW_NUMBER, opened
from workflow.engine.engine import Engine
from workflow.people.queries import person_of

BY = click.option("--by", required=True, help="The address of the administrator who does it.")
NUMBER = click.argument("number", type=ROW_NUMBER)
# Beside an act whose asker is no administrator with access any more.
LAPSED = "; lapsed, for they are no administrator with access any more"
DECLINED_FOR = click.option("--reason", required=True, help="Why; auditors read it.")


@dataclass(frozen=True, slots=True)
class Acting:
    """An act under way: where it is written, whose it is, and when."""

    engine: Engine
    session: Session
    person: int
    now: datetime


@contextmanager
def acting(by: str) -> Iterator[Acting]:
    """One act of the administrator with the address `by`, kept whole or not at all."""
    engine = opened()
    with engine.transaction() as session:
        yield Acting(engine, session, person_of(session, by), engine.now())


def declining(about: str, decline: Callable[[Acting, int, str], object]) -> click.Command:
    """The command by which a second administrator declines an act of this kind, with a reason."""

    @click.command(
        "decline", help=f"Decline the act NUMBER{about}, which another administrator asked for."
    )
    @NUMBER
    @BY
    @DECLINED_FOR
    def decline_act(number: int, by: str, reason: str) -> None:
        with acting(by) as act:
            decline(act, number, reason)
        click.echo("Declined: nothing has changed.")

    return decline_act


def confirming(about: str, confirm: Callable[[str, int], object]) -> click.Command:
    """The command by which a second administrator confirms an act of this kind.

    `confirm` is given the address of the administrator, and may say more before it is told done.
    """

    @click.command(
        "confirm", help=f"Confirm the act NUMBER{about}, which another administrator asked for."
    )
    @NUMBER
    @BY
    def confirm_act(number: int, by: str) -> None:
        if confirm(by, number) is None:
            click.echo("Confirmed: it is done.")

    return confirm_act
