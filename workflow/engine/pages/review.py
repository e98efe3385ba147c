"""The review page: everything that one decision needs, read at one instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workflow.database import LARGEST
from workflow.engine import round_state
from workflow.engine.cases.followed import calendar_followed
from workflow.engine.checklists.computed import checklist
from workflow.engine.documents import bound_content
from workflow.engine.moves.openings import RoundOpening, openings
from workflow.engine.pages import text
from workflow.engine.pages.answers import (
    AnsweredRemark,
    Reply,
    SeatAnswers,
    answered_remarks,
    replies,
    seated,
    unopened,
)
from workflow.engine.pages.preview import NextStep, onward
from workflow.engine.pages.questions import Question, questions
from workflow.engine.pages.seat_actions import NO_OFFERS, Offers, offers
from workflow.engine.pages.seat_views import LookedAt, SeatView, chosen_seat, seat_views
from workflow.engine.pages.text import DocumentText
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import CaseRow
from workflow.engine.quorum import quorate
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import extension
from workflow.engine.rounds.extension import Asking, Offer
from workflow.errors import NotFound
from workflow.lifecycles import next_steps, rules
from workflow.lifecycles.children.checklist import CheckedLine, digest_of
from workflow.lifecycles.definition import Opens, RoundSpec, State
from workflow.notices.queries import Lost, ToldOfSeat, lost, told_of_seats
from workflow.notices.reached import ReachedSeats, reached
from workflow.phrase import Phrase, Term, phrase, verbatim
from workflow.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A round of a case: open, closed, or not opened yet (then `turn` is None).

    `end` is what the person may do to its end, and `lost` are the letters of a silence that no
    mail server took; `told` says by seat who was told, to those who take part or audit. `calendar` says which reporting
    calendar the case follows, and why.
    """

    case: CaseRow
    state: State
    passed: Mapping[str, datetime]
    spec: RoundSpec
    documents: tuple[DocumentText, ...]
    seats: tuple[SeatView, ...]
    chosen: SeatView | None
    positions: tuple[SeatAnswers, ...]
    questions: tuple[Question, ...]
    digest: str
    turn: int | None = None
    status: str = "not open"
    opened_at: datetime | None = None
    due_at: datetime | None = None
    settled_at: datetime | None = None
    outcome: str = ""
    onward: NextStep | None = None
    why: Phrase = field(default_factory=lambda: verbatim(""))
    changes: tuple[Phrase, ...] = ()
    paused_at: datetime | None = None
    paused_for: str = ""
    end: Offer | None = None
    lost: tuple[Lost, ...] = ()
    offers: Offers = NO_OFFERS
    named_sources: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[int, tuple[ToldOfSeat, ...]] = field(default_factory=dict)
    opening_reason: RoundOpening | None = None
    replies: Mapping[int, tuple[Reply, ...]] = field(default_factory=dict)
    answered_remarks: tuple[AnsweredRemark, ...] = ()
    checklist: tuple[CheckedLine, ...] = ()
    calendar: tuple[Phrase, ...] = ()

    @property
    def own(self) -> tuple[SeatView, ...]:
        """The seats of the person's offices."""
        return tuple(seat for seat in self.seats if seat.own)

    @property
    def withheld(self) -> bool:
        """Whether the text waits for the person to say that they have no interest in it."""
        return any(seat.own and (seat.undeclared or seat.interest) for seat in self.seats)

    @property
    def waiting(self) -> tuple[SeatView, ...]:
        """The seats that have not answered yet."""
        return tuple(seat for seat in self.seats if seat.status == "open")

    @property
    def checklist_digest(self) -> str:
        """By which an answer says which checklist it was given over."""
        return digest_of(self.checklist)

    @property
    def came_to(self) -> str:
        """What came of it, in the words of the lifecycle; nothing while it is open."""
        return next_steps.said(self.spec, self.outcome) if self.outcome else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its rule comes from, by the names of the documents."""
        return tuple(self.named_sources.get(key, key) for key in self.spec.rule.source)

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.status == "open"

    @property
    def reached(self) -> ReachedSeats | None:
        """How many of those who are asked were told, opened it, were reminded and answered; of several seats alone."""
        answered = sum(each.given is not None for each in self.positions)
        return reached(self.told, [each.seat for each in self.positions], answered)

    @property
    def by_clause(self) -> bool:
        """Whether anything is asked here of single clauses of the text."""
        return any(each.by_clause for each in self.questions)

    @property
    def opening(self) -> bool:
        """Whether to act here means to open a round that hears others first."""
        return self.turn is None and not self.spec.one_act


def of_round(viewer: CaseViewer, key: str, turn: int, seat: int | None = None) -> ReviewPage:
    """One opening of a round, with what the person may do there; `seat` chooses among several."""
    round_ = _opened(viewer, key, turn)
    spec = viewer.definition.rounds[key]
    viewer.sight.refuse_answers(key)
    at = LookedAt(
        viewer.round_context(spec, round_), viewer.candidates([c.place for c in round_.seats])
    )
    page = _page(viewer, at, round_, round_.seats, round_.content)
    found = rules.read(spec.rule, round_.places(spec.rule), round_.answers())
    reading = quorate(viewer.session, spec, round_, found, viewer.now.date())
    asking = Asking(viewer.session, viewer.definition, viewer.case.id, viewer.person, viewer.now)
    chosen = chosen_seat(page.seats, seat)
    return replace(
        page,
        chosen=chosen,
        questions=_questions(viewer, spec, chosen),
        digest=round_.content_digest,
        turn=turn,
        status=round_.status,
        opened_at=round_.opened_at,
        due_at=round_.due_at,
        calendar=calendar_followed(viewer.session, viewer.case.ref),
        settled_at=round_.effective_at,
        outcome=round_.outcome,
        onward=onward(viewer.definition, spec, round_.outcome or None),
        why=reading.why if round_.status == "open" else verbatim(round_.explanation),
        changes=reading.changes if round_.status == "open" else (),
        paused_at=round_.paused_at,
        paused_for=round_.paused_for,
        end=extension.offer(asking, spec, round_),
        lost=lost(viewer.session, round_.id) if spec.rule.silence else (),
        offers=offers(viewer, at.context, at.candidates, round_),
        told=told_of_seats(viewer.session, round_.id) if viewer.sight.whole else {},
        opening_reason=_why_opened(viewer, spec, round_),
        replies=replies(viewer.session, viewer.definition, viewer.case.id, viewer.sight.answers),
        answered_remarks=() if page.withheld else _answered_remarks(viewer, spec),
    )


def _answered_remarks(viewer: CaseViewer, spec: RoundSpec) -> tuple[AnsweredRemark, ...]:
    """What was answered to remarks on the texts of a round, for whoever takes part and as far as they read them."""
    if not viewer.sight.whole:
        return ()
    return answered_remarks(
        viewer.session, viewer.definition, viewer.case.id, spec, viewer.sight.answers
    )


def _opened(viewer: CaseViewer, key: str, turn: int) -> RoundState:
    """That opening of the round, refused where the lifecycle or the case has no such one."""
    if key not in viewer.definition.rounds or turn > LARGEST:
        raise NotFound(phrase("There is no such round in this lifecycle."))
    rounds = round_state.of_case(viewer.session, viewer.case.id)
    found = next((each for each in rounds if (each.key, each.turn) == (key, turn)), None)
    if found is None:
        case = Term(viewer.definition.subject)
        raise NotFound(phrase("There is no such round in this %(case)s.", case=case))
    return found


def _why_opened(viewer: CaseViewer, spec: RoundSpec, round_: RoundState) -> RoundOpening | None:
    """Who opened the round, and why, where that was left to somebody."""
    if spec.opens is not Opens.ON_INITIATIVE or spec.one_act:
        return None
    return openings(viewer.session, viewer.case.id).get((round_.key, round_.turn))


def initiative(viewer: CaseViewer, key: str) -> ReviewPage:
    """A round that somebody may open; refuses one that this lifecycle leaves to no initiative.

    Whoever may open it reads its page, though what is answered in it is not open to them.
    """
    spec = viewer.definition.rounds.get(key)
    if spec is None or spec.opens is not Opens.ON_INITIATIVE or spec.footing != viewer.case.footing:
        raise NotFound(phrase("There is no such round to open here."))
    bound, digest = bound_content.under_decision(viewer.session, viewer.case.id, spec.text)
    places = viewer.places(spec)
    opener = viewer.opener(spec, places)
    asked = viewer.candidates([opener.place] if opener else [])
    at = LookedAt(viewer.round_context(spec, None), asked, opener)
    page = _page(viewer, at, None, places, bound)
    if page.chosen is None or not page.chosen.allowed:
        viewer.sight.refuse_answers(key)
    return replace(page, digest=digest, questions=_questions(viewer, spec, page.chosen))


def _questions(
    viewer: CaseViewer, spec: RoundSpec, chosen: SeatView | None
) -> tuple[Question, ...]:
    """What is asked besides of whoever sits on that seat."""
    of, today = (viewer.definition, viewer.case.id, spec), viewer.now.date()
    party = chosen.party_key if chosen and chosen.allowed else ""
    return questions(viewer.session, *of, today, party=party)


def _page(
    viewer: CaseViewer,
    at: LookedAt,
    round_: RoundState | None,
    seat_states: tuple[SeatState, ...],
    bound: Mapping[str, Mapping[str, object]],
) -> ReviewPage:
    """What open, closed and unopened rounds have in common."""
    spec = at.context.spec
    if round_ is not None:
        positions = seated(viewer.session, viewer.definition, spec, round_, viewer.case.id)
        seats = seat_views(viewer, at, round_, seat_states, {p.seat: p.given for p in positions})
    else:
        positions = () if spec.one_act else unopened(seat_states)
        seats = seat_views(viewer, at, None, (at.opener,) if at.opener else (), {})
    page = ReviewPage(
        case=viewer.case,
        state=viewer.definition.states[viewer.case.state],
        passed=_passed(viewer),
        spec=spec,
        documents=(),
        seats=seats,
        chosen=next(iter(seats), None),
        positions=positions,
        questions=(),
        digest="",
        named_sources=viewer.definition.sources,
    )
    if page.withheld:
        return page
    undecided = round_ is None or round_.status == "open"
    of = viewer.case.id, viewer.definition, spec
    if undecided:
        page = replace(
            page, checklist=checklist(viewer.session, of, viewer.person, viewer.now.date())
        )
    return replace(page, documents=text.under_decision(viewer, spec, bound, undecided=undecided))


def _passed(viewer: CaseViewer) -> dict[str, datetime]:
    """When each stage before the present one was left."""
    left: dict[str, datetime] = {}
    for round_ in round_state.of_case(viewer.session, viewer.case.id):
        at, stage = round_.effective_at, viewer.definition.states[round_.state].stage.value
        if at is not None and _before(stage, viewer.case.stage):
            left[stage] = max(at, left.get(stage, at))
    return left


def _before(stage: str, present: str) -> bool:
    """Whether a stage comes before the present one; the ends come last."""
    order = [each.value for each in Stage]
    return order.index(stage) < order.index(present)
