"""The page of one programme: where it stands, whose move it is, and what this person may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from workflow.engine.cases.followed import calendar_followed
from workflow.engine.documents.in_force import held_to
from workflow.engine.documents.proposed import ProposedChange
from workflow.engine.engine import Engine
from workflow.engine.pages.actions import Action, actions
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.engine.permissions import visibility
from workflow.engine.permissions.visibility import CaseRow
from workflow.engine.rounds.extension import Asking, Offer, offers
from workflow.errors import NotFound
from workflow.forecast.case import Outlook
from workflow.forecast.kept import case_outlook
from workflow.forecast.unplayed import unplayed
from workflow.history.stays import Stay, passage
from workflow.lifecycles.definition import Definition, State
from workflow.lifecycles.next_steps import Prospect, prospect
from workflow.lifecycles.parentage.family_states import states_with_children
from workflow.phrase import Phrase, phrase
from workflow.programmes.documents.checklist import Lacking, Paper, lacking, papers
from workflow.programmes.documents.versions import (
    changes_proposed,
    content_of,
    readable_versions,
)
from workflow.programmes.page.children import ChildrenOfKind, PartOf, children, part_of
from workflow.programmes.page.facts import Facts, facts
from workflow.programmes.page.meanwhile import Meanwhile, meanwhile
from workflow.programmes.page.rounds import RoundLine, rounds
from workflow.programmes.page.stages import StageMark, stage_marks
from workflow.programmes.visible_case import VisibleCase, visible_case
from workflow.vocabulary import BELOW, Footing


@dataclass(frozen=True, slots=True)
class Barred:
    """Something that can be done here, but not by this person: why not, and who can.

    `alone` says that one seat decides it, so that `asks` speaks of the whole act.
    """

    label: str
    asks: str
    alone: bool
    reasons: tuple[Phrase, ...]
    who_can: tuple[tuple[str, tuple[str, ...]], ...]


class Besides(NamedTuple):
    """What it would change of the case above, and what waits while it stands still, if it does.

    `discussed` says that its discussion is open to the person.
    """

    proposed: tuple[ProposedChange, ...]
    meanwhile: Meanwhile | None
    calendar: tuple[Phrase, ...] = ()
    discussed: bool = False


BESIDES = Besides((), None)


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """Everything that one person sees of one programme."""

    ref: str
    title: str
    version: int
    state: State
    footing: Footing
    since: datetime
    lifecycle: Definition
    stages: tuple[StageMark, ...]
    stays: tuple[Stay, ...]
    moves: tuple[PendingRound, ...]
    open_rounds: tuple[RoundLine, ...]
    ended_rounds: tuple[RoundLine, ...]
    prospect: Prospect
    facts: Facts
    papers: tuple[Paper, ...]
    lacking: tuple[Lacking, ...]
    one_acts: frozenset[str]
    may: tuple[Action, ...]
    may_not: tuple[Barred, ...]
    ends: Mapping[str, Offer]
    outlook: Outlook | None
    part_of: PartOf | None
    children: tuple[ChildrenOfKind, ...]
    besides: Besides = BESIDES

    @property
    def first(self) -> Action | None:
        """The one thing to do now: what the person is asked and has not answered."""
        owed = (each for each in self.may if each.seat is not None and not each.answered)
        return next(owed, None)

    @property
    def others(self) -> tuple[Action, ...]:
        """What the person may do besides."""
        return tuple(each for each in self.may if each is not self.first)

    @property
    def may_use_shared(self) -> bool:
        """Whether what countries share may be used in it: in a programme itself, once that was sent."""
        return BELOW not in self.ref and not self.state.private

    @property
    def unplayed(self) -> tuple[Phrase, ...]:
        """What its forecast leaves out."""
        return tuple(unplayed(self.lifecycle))


def programme_page(
    session: Session, engine: Engine, ref: str, person: int, now: datetime
) -> ProgrammePage:
    """One programme; somebody who may not know of it is told that there is none."""
    case = visible_case(session, engine, person, ref)
    row = visibility.visible_case(session, ref, person, now)
    stays = passage(session, case.id)
    offered = _concerning(case, actions(session, engine, row, person, now))
    one_acts = frozenset(key for key, spec in case.definition.rounds.items() if spec.one_act)
    open_rounds, ended = rounds(session, case.definition, case.id, case.sight)
    moves = pending_rounds(session, engine, [case.id]).get(case.id, ())
    mine = tuple(_able(move, offered) for move in moves)
    return ProgrammePage(
        ref=case.ref,
        title=case.title,
        version=case.version,
        state=case.definition.states[case.state],
        footing=case.footing,
        since=case.entered_at,
        lifecycle=case.definition,
        stages=stage_marks(case.definition, case.state, stays, mine),
        stays=stays,
        moves=mine,
        open_rounds=open_rounds,
        ended_rounds=ended,
        prospect=prospect(
            case.definition, case.state, [stay.state for stay in stays], case.footing
        ),
        facts=_facts(session, case),
        papers=papers(session, case),
        lacking=lacking(session, case),
        one_acts=one_acts,
        may=tuple(each for each in offered if each.allowed),
        may_not=tuple(_barred(offered, one_acts)),
        ends=offers(Asking(session, case.definition, case.id, person, now)),
        outlook=_outlook(session, case, mine),
        part_of=part_of(session, ref, person, now),
        children=_children(session, engine, case, row, now),
        besides=_besides(session, case, now),
    )


def _besides(session: Session, case: VisibleCase, now: datetime) -> Besides:
    """What few cases have: nothing is asked of one that stands under no other, or whose clocks run."""
    waits = None
    if case.definition.states[case.state].pauses:
        stands = case.id, case.state, case.footing
        waits = meanwhile(session, case.definition, stands, case.person, now.date())
    discussed = any(map(case.sight.talk, ("", *case.definition.documents)))
    if BELOW not in case.ref:
        return Besides((), waits, discussed=discussed)
    followed = calendar_followed(session, case.ref)
    return Besides(_proposed(session, case), waits, followed, discussed)


def _proposed(session: Session, case: VisibleCase) -> tuple[ProposedChange, ...]:
    """What the case would change of the one above, by the newest text of it that the person may read."""
    for kind in case.definition.documents.values():
        if any(held_to(kind)) and case.sight.text(kind.key):
            shown = next(iter(readable_versions(session, case, kind.key)), None)
            content = content_of(session, case, kind.key, shown.version) if shown else {}
            return changes_proposed(session, case, kind, content, shown) if shown else ()
    return ()


def _children(
    session: Session, engine: Engine, case: VisibleCase, row: CaseRow, now: datetime
) -> tuple[ChildrenOfKind, ...]:
    """The cases under this one; nothing is asked where there are none and none can open yet."""
    if not (row.has_children or case.state in states_with_children(case.definition)):
        return ()
    return children(session, engine, (case.id, case.definition, case.state), case.person, now)


def _outlook(session: Session, case: VisibleCase, moves: Iterable[PendingRound]) -> Outlook | None:
    """The newest forecast of what is under way here, as a worker left it; it waits for those who still owe."""
    under_way = case.footing is Footing.MANAGED and not case.definition.states[case.state].final
    found = case_outlook(session, case.id, case.version) if under_way else None
    owing = {(move.round_key, seat.party) for move in moves for seat in move.owing}
    return found and replace(
        found, awaited=tuple(s for s in found.awaited if (s.round, s.party) in owing)
    )


def _concerning(case: VisibleCase, offered: Iterable[Action]) -> tuple[Action, ...]:
    """What is said of: on a record of elsewhere only what this person may do, or is asked."""
    managed = case.footing is Footing.MANAGED
    return tuple(each for each in offered if managed or each.allowed or each.seat is not None)


def _able(move: PendingRound, offered: Iterable[Action]) -> PendingRound:
    """The round with those at each seat whom nothing bars from answering it."""
    able = {
        (each.role, each.party): each.who_can
        for each in offered
        if (each.round_key, each.turn) == (move.round_key, move.turn)
    }
    owing = (replace(seat, able=able.get((seat.role, seat.party))) for seat in move.owing)
    return replace(move, owing=tuple(owing))


def _facts(session: Session, case: VisibleCase) -> Facts:
    """The facts; what they say of the proposal's text is left out for whoever may not read that."""
    found = facts(session, case.definition, case.id, case.person, case.today)
    if found is None:
        raise NotFound(phrase("There is no programme here under this reference."))
    if found.imported or case.sight.text(case.definition.facts):
        return found
    return replace(found, summary="")


def _barred(offered: Iterable[Action], one_acts: frozenset[str]) -> Iterable[Barred]:
    """The rounds in which the person may answer no seat, with everybody who can."""
    by_round: dict[str, list[Action]] = {}
    for action in offered:
        by_round.setdefault(action.round_key, []).append(action)
    for group in by_round.values():
        if any(action.allowed for action in group):
            continue
        own = [action for action in group if action.own]
        reasons = dict.fromkeys(why for action in own or group for why in action.reasons)
        who = tuple((action.party, action.who_can) for action in group)
        alone = len(group) == 1 and (group[0].seat is not None or group[0].round_key in one_acts)
        yield Barred(group[0].label, group[0].asks, alone, tuple(reasons), who)
