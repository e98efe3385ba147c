"""The signing folder: several seats in one sitting, each with its own text, verdicts and version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.database import LARGEST
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.engine.pages import review
from workflow.engine.pages.preview import OutcomePreview
from workflow.engine.pages.review import ReviewPage
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.rounds.questions import NOT_PUT
from workflow.errors import NotAuthorised, NotFound
from workflow.lifecycles.clauses.remarks import has_to_be_put
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.phrase import Phrase, phrase, together

MOST = 25


@dataclass(frozen=True, slots=True)
class Item:
    """One seat in the folder; `choices` are the verdicts that need nothing but a signature.

    `unfit` says why it cannot be signed here; nothing where it can.
    `followed` is the version that its case follows; `principal` is for whom it would be signed, under a mandate.
    """

    seat: int
    ref: str
    title: str
    version: int
    round_key: str
    round_label: str
    turn: int
    role: str
    role_label: str
    party: str
    due: datetime | None
    digest: str
    choices: tuple[OutcomePreview, ...]
    unfit: Phrase | None
    followed: Definition
    principal: str = ""


def fits(spec: RoundSpec, role: str) -> bool:
    """Whether a seat can be signed in a folder: a verdict, without questions that have to be put, or declarations."""
    verdicts = spec.rule.verdicts.values()
    asks = has_to_be_put(spec) or role in spec.declares
    return not asks and any(not verdict.reason_required for verdict in verdicts)


def items(
    session: Session, engine: Engine, person: int, seats: Sequence[int], now: datetime
) -> tuple[Item, ...]:
    """The seats asked for that the person may know of, in the order asked; the rest is left out."""
    wanted = [seat for seat in dict.fromkeys(seats) if 0 < seat <= LARGEST][:MOST]
    named = (
        select(Seat.id, LifecycleCase.ref, Round.key, Round.turn)
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .where(Seat.id.in_(wanted))
    )
    rows = sorted(session.execute(named).all(), key=lambda row: wanted.index(row.id))
    return tuple(
        item
        for row in rows
        for item in _item(session, engine, person, (row.id, row.ref, row.key, row.turn), now)
    )


def _item(
    session: Session, engine: Engine, person: int, at: tuple[int, str, str, int], now: datetime
) -> Iterator[Item]:
    seat, ref, key, turn = at
    try:
        viewer = CaseViewer.of(
            session, engine, visible_case(session, ref, person, now), person, now
        )
        page = review.of_round(viewer, key, turn, seat)
    except (NotAuthorised, NotFound):
        return
    view = next((own for own in page.own if own.seat == seat), None)
    if view is None:
        return
    ready = tuple(
        choice for choice in view.choices if not choice.reason_required and not choice.missing
    )
    choices = ready if fits(page.spec, view.role) else ()
    yield Item(
        seat=seat,
        ref=ref,
        title=page.case.title,
        version=page.case.version,
        round_key=key,
        round_label=page.spec.label,
        turn=turn,
        role=view.role,
        role_label=viewer.definition.roles[view.role].label,
        party=view.party,
        due=page.due_at,
        digest=page.digest,
        choices=choices,
        unfit=_unfit(page, view.role, view.barred, choices),
        followed=viewer.definition,
        principal=view.mandate.name if view.mandate else "",
    )


def _unfit(
    page: ReviewPage, role: str, barred: tuple[Phrase, ...], choices: tuple[OutcomePreview, ...]
) -> Phrase | None:
    if barred:
        return together(barred)
    if has_to_be_put(page.spec):
        return NOT_PUT
    if page.checklist:
        return phrase("Here you look at a checklist first; open its own page.")
    if role in page.spec.declares:
        return phrase("Here you say first whether you have an interest; open its own page.")
    return None if choices else phrase("What can be decided here needs a reason or a document.")
