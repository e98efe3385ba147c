"""The invitation to a consultation: whom it would ask and why, and whom officers added or left out with what reason."""

from dataclasses import dataclass

from workflow.engine.answers.given import answers_given
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions import participants
from workflow.engine.permissions.personal.invited import InvitedChange, changes
from workflow.lifecycles.clauses.invitation import INVITATION
from workflow.lifecycles.definition import RoundSpec


@dataclass(frozen=True, slots=True)
class AskedCountry:
    """A country that would be asked, and why."""

    name: str
    because: str


@dataclass(frozen=True, slots=True)
class ComposedInvitation:
    """The invitation to one round; `asked` is empty where it was sent: its seats say whom it asks."""

    label: str
    asked: tuple[AskedCountry, ...]
    changes: tuple[InvitedChange, ...]


def invitation(viewer: CaseViewer, spec: RoundSpec) -> ComposedInvitation | None:
    """The invitation that is composed in this round, or by which it was sent; nothing beside others."""
    composed = viewer.definition.rounds.values()
    target = next((each for each in composed if spec.key in each.invited_by), None)
    of = spec if spec.invited_by else target
    if of is None or not viewer.sight.whole:
        return None
    told = changes(viewer.session, viewer.case.id, of) if _changed(viewer, of) else ()
    return ComposedInvitation(of.label, _asked(viewer, of) if of is target else (), told)


def _changed(viewer: CaseViewer, spec: RoundSpec) -> bool:
    """Whether anything was changed of whom a round asks, by the answers of the case as they were read already."""
    given = answers_given(viewer.session, viewer.case.id)
    return any(row.key in spec.invited_by and row.answers.get(INVITATION) for row in given)


def _asked(viewer: CaseViewer, spec: RoundSpec) -> tuple[AskedCountry, ...]:
    found = participants.would_ask(viewer.session, viewer.case.id, spec, viewer.now.date())
    named = participants.called(viewer.session, {each.party_id for each in found})
    listed = (AskedCountry(named[each.party_id].name, each.because) for each in found)
    return tuple(sorted(listed, key=lambda each: each.name))
