"""The review page put together: what the engine tells of a round, and the forms to act on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import render_template

from web.access import engine, now, person
from web.errors import status_of
from web.frame import in_words_of
from web.programmes.vacancies import offices_ahead
from web.reviews import answers, walk
from web.reviews.forms import ActForm, DecisionForm, ExtensionForm, RecusalForm
from web.reviews.values import spell
from web.wording import plainly
from workflow.engine import round_state
from workflow.engine.documents.diff import SectionText
from workflow.engine.pages import review
from workflow.engine.pages.review import ReviewPage
from workflow.engine.pages.seat_views import SeatView
from workflow.engine.pages.text import DocumentText
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue.neighbours import Neighbours
from workflow.errors import Incomplete, Invalid, NotFound, Refusal
from workflow.ledger.still_open import StillOpen, still_open
from workflow.lessons.offered import SuggestedLesson
from workflow.lessons.programme import offered_in
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.offices.vacancies import VacantOffice
from workflow.phrase import phrase
from workflow.programmes.documents.own_texts import OwnText, own_texts
from workflow.programmes.documents.referred import ReferredTable, referred_beside
from workflow.programmes.page.asked_countries import ComposedInvitation, invitation
from workflow.programmes.page.brief import Brief, brief
from workflow.programmes.page.facts import facts
from workflow.programmes.page.invitations import invitations
from workflow.sharing.suggestions import Suggestion
from workflow.vocabulary import STAGES, Stage

Page = tuple[str, int]
# The fields of a programme's texts that say what it is for and what comes of it.
LEADING = frozenset({"objective", "outputs", "results"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a person sent and was refused, to be shown again beside the reasons."""

    refusal: Refusal
    decision: DecisionForm | None = None
    recusal: RecusalForm | None = None
    duty: ActForm | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """The single things that are missing or wrong, each with the id of its control, if any."""
        match self.refusal:
            case Incomplete():
                return tuple(("", plainly(item)) for item in self.refusal.missing)
            case Invalid():
                return tuple(
                    (self._control(key), plainly(why)) for key, why in self.refusal.faults.items()
                )
        return ()

    def _control(self, key: str) -> str:
        if self.duty is not None:
            return self.duty[key].id if key in self.duty else ""
        if self.recusal is not None:
            return f"recusal-{key}"
        return key if key in {"verdict", "reason"} else f"{answers.PREFIX}{key}"


def asked(ref: str, key: str) -> tuple[Definition, RoundSpec]:
    """The round that a form answers; refuses a case that the person may not know of."""
    with engine().reading() as session:
        case = visible_case(session, ref, person().id, now())
    definition = engine().definition(case.definition_id)
    spec = definition.rounds.get(key)
    if spec is None:
        raise NotFound(phrase("There is no such round in this lifecycle."))
    return definition, spec


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A round as one person may act on it, with what a decision on a programme has to have in view.

    `left_open` is what is still open of a programme that this round may end; `invited` are suggestions to
    an officer whose answer may open a consultation, none where there are none to make. `referred` are the
    tables of other texts to whose rows the text under decision refers; `lessons` are what was learnt elsewhere
    about the same. `beside` are the seats before and behind it in the person's queue, if it waits there.
    """

    review: ReviewPage
    brief: Brief | None
    beside: Neighbours | None
    left_open: StillOpen | None = None
    invited: tuple[Suggestion, ...] | None = None
    referred: tuple[ReferredTable, ...] = ()
    invitation: ComposedInvitation | None = None
    lessons: tuple[SuggestedLesson, ...] = ()


def of_round(ref: str, key: str, turn: int, seat: int | None = None) -> DecisionPage:
    """The page of one opening of a round."""
    return _composed(ref, lambda viewer: review.of_round(viewer, key, turn, seat))


def initiative(ref: str, key: str) -> DecisionPage:
    """The page of a round that somebody may open."""
    return _composed(ref, lambda viewer: review.initiative(viewer, key))


def _composed(ref: str, asked: Callable[[CaseViewer], ReviewPage]) -> DecisionPage:
    """A page with its brief, whose facts are read first: the page asks for some of them as well."""
    with engine().reading() as session:
        at = now()
        case = visible_case(session, ref, person().id, at)
        viewer = CaseViewer.of(session, engine(), case, person().id, at)
        known = facts(session, viewer.definition, case.id, viewer.person, at.date())
        page = asked(viewer)
        told = brief(viewer, page, known) if known else None
        return DecisionPage(
            page,
            told,
            walk.beside(session, page),
            still_open(viewer, page.spec),
            invitations(viewer, page.spec),
            ()
            if page.withheld
            else referred_beside(session, viewer.sight, [each.key for each in page.documents]),
            invitation(viewer, page.spec),
            offered_in(session, engine(), person().id, case),
        )


def running(ref: str, key: str) -> int | None:
    """The turn of a round that was left to initiative, if it is open now."""
    _, spec = asked(ref, key)
    with engine().reading() as session:
        case = visible_case(session, ref, person().id, now())
        round_ = round_state.latest(session, case.id, key)
    if spec.opens is not Opens.ON_INITIATIVE or round_ is None or round_.status != "open":
        return None
    return round_.turn


def shown(composed: DecisionPage, said: Said | None = None) -> Page:
    """The page as HTML with its status; what was refused is kept in the form."""
    page = composed.review
    if said is not None and isinstance(said.refusal, NotFound):
        raise said.refusal
    status = 200 if said is None else status_of(said.refusal)
    lifecycle = engine().definition(page.case.definition_id)
    in_words_of(lifecycle)
    decision, recusal = _forms(page, said, keep_key=status == 422)
    given = page.chosen.given if page.chosen else None
    html = render_template(
        "reviews/show.html",
        page=page,
        brief=composed.brief,
        beside=composed.beside,
        left_open=composed.left_open,
        invited=composed.invited,
        invitation=composed.invitation,
        offered=composed.lessons,
        suffix=walk.suffix(walk.filters()),
        leading=leading,
        now=now(),
        stages_of_life=lifecycle.stages,
        unrecorded=_unrecorded(page, lifecycle.stages),
        decision=decision,
        recusal=recusal,
        extension=_extension(page),
        said=said,
        answers=said.answers if said and said.decision else given.answers if given else {},
        spell=spell,
        vacant=_vacant(page),
        fresh_key=lambda: uuid4().hex,
        name_of=answers.name_of,
        blank_lines=answers.blank_lines,
        own_texts=_own_texts(page),
        referred_tables=composed.referred,
    )
    return html, status


def leading(document: DocumentText) -> tuple[SectionText, ...]:
    """The sections of a text that say what it is for and what comes of it."""
    return tuple(
        section
        for section in document.sections
        if LEADING.intersection(each.field.key for each in section.fields)
    )


def _unrecorded(page: ReviewPage, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Of the stages those that lie behind and of which no round here tells: they were gone through elsewhere."""
    told = [place for place, stage in enumerate(STAGES) if stage in page.passed]
    here = Stage(page.case.stage)
    behind = STAGES[: max(told, default=0)] if here is Stage.END else STAGES[: STAGES.index(here)]
    return tuple(stage for stage in behind if stage in stages and stage not in page.passed)


def _own_texts(page: ReviewPage) -> tuple[OwnText, ...]:
    """What the person may write before they answer; nobody else is looked up."""
    chosen = page.chosen
    if chosen is None or not (page.is_open and chosen.own and chosen.allowed):
        return ()
    known = engine().definition(page.case.definition_id).documents
    kinds = [
        key
        for key in page.spec.text
        if page.state.key in known[key].written_in
        and chosen.role in {writer.role for writer in known[key].written_by}
    ]
    if not kinds:
        return ()
    with engine().reading() as session:
        return own_texts(session, engine(), person().id, page.case.ref, kinds)


def _vacant(page: ReviewPage) -> tuple[VacantOffice, ...]:
    """The offices that the case will need and nobody holds, for whoever lets a proposal go on."""
    if page.chosen is None or not page.chosen.allowed or page.case.stage != Stage.PROPOSAL:
        return ()
    if page.spec.decides_nothing:
        return ()
    definition = engine().definition(page.case.definition_id)
    return offices_ahead(page.case.id, page.case.state, definition)


def _forms(
    page: ReviewPage, said: Said | None, *, keep_key: bool
) -> tuple[DecisionForm, RecusalForm]:
    """The forms of the page: those sent, kept as they were, or fresh ones."""
    decision = said.decision if said and said.decision else _fresh(page.chosen)
    recusal = said.recusal if said and said.recusal else RecusalForm(None, prefix="recusal-")
    for form in (decision, recusal):
        form.keep(page.case.version, key=keep_key)
    return decision, recusal


def _extension(page: ReviewPage) -> ExtensionForm:
    form = ExtensionForm(None, prefix="extension-")
    form.renew(page.case.version)
    return form


def _fresh(chosen: SeatView | None) -> DecisionForm:
    """An empty form, or the answer that stands on the seat."""
    form = DecisionForm(None)
    if chosen is not None and chosen.given is not None:
        form.verdict.data, form.reason.data = chosen.given.verdict, chosen.given.reason
    elif chosen is not None and len(chosen.choices) == 1:
        form.verdict.data = chosen.choices[0].key
    return form
