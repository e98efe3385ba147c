"""How cases of a lifecycle will go, and what if: everything in the address, so that it can be sent to others."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, signed_in
from web.forecasts.chart import chart
from workflow.errors import Invalid
from workflow.forecast.page import AskedChanges, forecast_page
from workflow.forecast.unplayed import unplayed

bp = Blueprint("forecasts", __name__)


@bp.get("/lifecycles/<key>/forecast")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """The days to a decision, the busiest seats, what was assumed, and a what-if beside it."""
    args, fault = {name: value.strip() for name, value in request.args.items()}, None
    with engine().reading() as session:
        try:
            page = forecast_page(session, engine(), key, asked_in(args), now())
        except Invalid as refused:
            fault = refused.said
            unchanged = AskedChanges(version=args.get("version", ""))
            page = forecast_page(session, engine(), key, unchanged, now())
    drawn = chart(page.bars)
    shown = render_template(
        "forecasts/show.html",
        page=page, unplayed=tuple(unplayed(page.definition)), chart=drawn, args=args, fault=fault,
    )  # fmt: skip
    return shown, 200 if fault is None else 422


def asked_in(args: Mapping[str, str]) -> AskedChanges:
    """What the form asks, each as the command line takes it; what is left empty asks nothing."""

    def given(*names: str) -> list[str]:
        return [args.get(name, "") for name in names]

    role, days = given("later", "days")
    spec, quorum = given("round", "quorum")
    away, first, last = given("away", "first", "last")
    return AskedChanges(
        later=(f"{role}={days}",) if role or days else (),
        quorum=(f"{spec}={quorum}",) if spec or quorum else (),
        away=(f"{away}={first}..{last}",) if away or first or last else (),
        version=args.get("version", ""),
    )
