"""Statements of money over many programmes: of all, of a framework, of a party; each as page, table and workbook."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, settings, signed_in
from web.money.statement_files import STATEMENT
from web.money.words import amount, day_asked
from web.orders.offers import small_or_ordered
from workflow.ledger.promises.due import DuePayment, due_payments
from workflow.ledger.statements.statement import MOST_LISTED, MoneyStatement, statement
from workflow.ledger.statements.sums import StatementScope

bp = Blueprint("statements", __name__)


@bp.get("/money")
@signed_in
def everything() -> ResponseReturnValue:
    """The money of every programme that the person may know of, by source."""
    return _shown(_statement(StatementScope()))


@bp.get("/money.<any(csv, xlsx, xml):kind>")
@signed_in
def everything_taken_away(kind: str) -> ResponseReturnValue:
    """The same to be taken away."""
    return _file(StatementScope(), kind)


@bp.get("/frameworks/<key>/money")
@signed_in
def of_framework(key: str) -> ResponseReturnValue:
    """The money of the programmes of a framework."""
    return _shown(_statement(StatementScope(framework=key)))


@bp.get("/frameworks/<key>/money.<any(csv, xlsx, xml):kind>")
@signed_in
def of_framework_taken_away(key: str, kind: str) -> ResponseReturnValue:
    """The same to be taken away."""
    return _file(StatementScope(framework=key), kind)


@bp.get("/parties/<party>/money")
@signed_in
def of_party(party: str) -> ResponseReturnValue:
    """What came of a party, programme by programme, and what it holds of the money of others."""
    return _shown(_statement(StatementScope(source=party)))


@bp.get("/parties/<party>/money.<any(csv, xlsx, xml):kind>")
@signed_in
def of_party_taken_away(party: str, kind: str) -> ResponseReturnValue:
    """The same to be taken away."""
    return _file(StatementScope(source=party), kind)


def _statement(scope: StatementScope) -> MoneyStatement:
    on = day_asked(request.args.get("on", ""))
    with engine().reading() as session:
        return statement(session, scope, person().id, now(), on, MOST_LISTED)


def _file(scope: StatementScope, kind: str) -> ResponseReturnValue:
    """The statement as a file of a kind, at once where it is small."""
    of = {"framework": scope.framework, "source": scope.source, "on": request.args.get("on", "")}
    return small_or_ordered(STATEMENT, {**of, "form": kind})


def _shown(of: MoneyStatement) -> str:
    due: tuple[DuePayment, ...] = ()
    if not of.scope.framework and of.on == of.today:
        with engine().reading() as session:
            due = due_payments(session, person().id, now(), of.scope.source)
    return render_template(
        "money/statement.html",
        page=of,
        due=due,
        today=of.today,
        amount=amount,
        most=MOST_LISTED,
        publishes=bool(settings().iati_organisation),
    )
