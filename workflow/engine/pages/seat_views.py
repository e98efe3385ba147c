"""The seats of a round as one person may use them: what bars them, who can, and which verdicts lead where."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workflow.engine.pages.answers import AnswerView
from workflow.engine.pages.preview import OutcomePreview, outcome_previews
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.candidates import Candidates
from workflow.engine.permissions.check import ActiveClaim
from workflow.engine.permissions.context import RoundContext
from workflow.engine.permissions.mandates import ActiveMandate
from workflow.engine.round_state import RoundState, SeatState
from workflow.lifecycles import rules
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Phrase


@dataclass(frozen=True, slots=True)
class SeatView:
    """One seat as the person may use it; `seat` is None where no round is open yet.

    `withheld` are answers that are offered to others alone, since the person wrote the text or presented it.
    """

    seat: int | None
    role: str
    party: str
    status: str
    own: bool
    barred: tuple[Phrase, ...]
    who_can: tuple[str, ...]
    choices: tuple[OutcomePreview, ...]
    given: AnswerView | None
    mandate: ActiveMandate | None = None
    held: ActiveClaim | None = None
    undeclared: bool = False
    interest: bool = False
    withheld: tuple[str, ...] = ()
    party_key: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the person may answer it."""
        return not self.barred and not self.undeclared


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is known of the seats of a round before each is looked at; `opener` is that of one unopened."""

    context: RoundContext
    candidates: Candidates
    opener: SeatState | None = None


def seat_views(
    viewer: CaseViewer,
    at: LookedAt,
    round_: RoundState | None,
    seats: tuple[SeatState, ...],
    given: Mapping[int, AnswerView | None],
) -> tuple[SeatView, ...]:
    """Each seat as the person may use it, with the choices that it offers them."""
    found = []
    for seat_state in seats:
        seat = None if round_ is None else seat_state.id
        permission = viewer.permission(at.context, seat_state.place, at.candidates, seat)
        found.append(
            SeatView(
                seat=seat,
                role=seat_state.role,
                party=seat_state.party_name,
                party_key=seat_state.party_key,
                status=seat_state.status,
                own=viewer.holds(seat_state.place) or permission.mandate is not None,
                barred=permission.barred,
                who_can=permission.who_can,
                choices=()
                if permission.barred or permission.undeclared
                else _choices(viewer, at.context.spec, round_, seat_state, permission.withheld),
                given=given.get(seat_state.id),
                mandate=permission.mandate,
                held=permission.held,
                undeclared=permission.undeclared,
                interest=at.context.seat_status.interest(seat, viewer.person),
                withheld=tuple(
                    verdict.label
                    for verdict in at.context.spec.rule.verdicts.values()
                    if verdict.key in permission.withheld
                ),
            )
        )
    return tuple(found)


def _choices(
    viewer: CaseViewer,
    spec: RoundSpec,
    round_: RoundState | None,
    seat: SeatState,
    withheld: Collection[str],
) -> tuple[OutcomePreview, ...]:
    """The verdicts of the seat; an initiative that hears others first is opened without one."""
    if round_ is not None:
        places, opened_at = round_.places(spec.rule), round_.opened_at
        found = outcome_previews(viewer, spec, seat, places, round_.answers(), opened_at)
    elif spec.one_act:
        place = rules.PanelSeat(seat.id, seat.party_name, seat.category, seat.part)
        found = outcome_previews(viewer, spec, seat, [place], {})
    else:
        found = ()
    return tuple(each for each in found if each.key not in withheld)


def chosen_seat(seats: tuple[SeatView, ...], wanted: int | None) -> SeatView | None:
    """The seat asked for, or the first that the person can answer, or the first of theirs.

    One at which they have to say something first comes before the others.
    """
    own = sorted((seat for seat in seats if seat.own), key=lambda seat: not seat.undeclared)
    ready = [seat for seat in own if not seat.barred and seat.given is None]
    named = [seat for seat in own if seat.seat == wanted]
    return next(iter(named or ready or own), None)
