"""Proposing a programme and keeping its lists in step with its text."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, count
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from workflow.engine.cases.beginnings import open_initial
from workflow.engine.commands import file_document, receipts
from workflow.engine.commands.file_document import Filing
from workflow.engine.commands.open_case import open_case
from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.frameworks.models import Framework
from workflow.free_text import line
from workflow.lifecycles import form_checks
from workflow.lifecycles.definition import FACTS, Definition
from workflow.people.appointments import in_force
from workflow.people.directory.arrivals import bring_countries
from workflow.people.models import Appointment, Party
from workflow.people.parties import known_among
from workflow.phrase import Phrase, phrase
from workflow.programmes.approaches import lines as approach_lines
from workflow.programmes.contract import named_by_its_facts
from workflow.programmes.in_force import areas_of, named_by
from workflow.programmes.meetings import lines as meeting_lines
from workflow.programmes.meetings.origins import Origin, came_of
from workflow.programmes.models import Programme, ProgrammeGoal
from workflow.programmes.outline import chosen
from workflow.programmes.record_lines import RECORD, record_faults
from workflow.reference import reference
from workflow.search.key import fold
from workflow.vocabulary import BELOW, REGISTER


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal begun: its reference, the version its form was saved as, and which document that is."""

    ref: str
    version: int
    kind: str = FACTS


def propose(
    engine: Engine,
    person: int,
    party: int,
    content: Mapping[str, Any],
    key: str = "",
    *,
    lifecycle: str = "",
    origin: Origin | None = None,
) -> Proposed:
    """Begin a proposal for a party whose submitter the person is, with whatever is written so far.

    It follows the newest version of the lifecycle that is named, or of the one that is for everything.
    Only the title is needed to begin. Sent twice under one key it is begun once. Refuses somebody
    who does not speak for that party as its proposer in that lifecycle.
    """
    followed = chosen(engine, lifecycle)
    request = {"proposes": party, "content": dict(content), "lifecycle": lifecycle}
    request |= {"came_of": asdict(origin)} if origin else {}
    stranger = phrase("Only a submitter of that country or institution may propose for it.")
    wish = Beginning(person, party, content, key, origin)
    return begin_case(engine, wish, followed, request, stranger)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Who begins a case for which party, with what is written so far, and for what, if it came of a meeting.

    Sent twice under one `key` it is begun once.
    """

    person: int
    party: int
    content: Mapping[str, Any]
    key: str = ""
    origin: Origin | None = None


def begin_case(
    engine: Engine,
    wish: Beginning,
    followed: tuple[int, Definition],
    request: dict[str, Any],
    stranger: Phrase,
) -> Proposed:
    """Begin a case on the lifecycle that it is to follow; refuses in the words `stranger` whoever may not.

    `request` is what a key stands for: the same key with another request is refused.
    """
    with engine.transaction() as session:
        if not _speaks(session, wish, followed[1], engine.now().date()):
            raise NotAuthorised(stranger)
        ref = _next_ref(session, engine)
        asked = receipts.request_digest(request)
        kept = receipts.answered(session, wish.person, wish.key, asked) if wish.key else None
        if kept is not None:
            return Proposed(**kept)
        begun = _opened(engine, session, wish, followed, ref)
        if wish.key:
            receipts.keep(session, wish.person, wish.key, asked, asdict(begun), engine.now())
        return begun


def begin_within(
    engine: Engine,
    session: Session,
    wish: Beginning,
    followed: tuple[int, Definition],
    stranger: Phrase,
) -> Proposed:
    """The same in a transaction that is open already, beside what else it writes.

    Whoever opened it recognises a repeat.
    """
    if not _speaks(session, wish, followed[1], engine.now().date()):
        raise NotAuthorised(stranger)
    return _opened(engine, session, wish, followed, _next_ref(session, engine))


def _opened(
    engine: Engine, session: Session, wish: Beginning, followed: tuple[int, Definition], ref: str
) -> Proposed:
    work = open_case(
        engine, session, wish.person,
        definition_id=followed[0], ref=ref, title=_title(wish.content), proposer=wish.party,
    )  # fmt: skip
    return _begun(work, wish)


def _begun(work: UnitOfWork, wish: Beginning) -> Proposed:
    """The case just opened, with its line among the programmes and the first version of its facts."""
    content = _as_kept(work, wish.content)
    work.session.execute(insert(Programme).values(case_id=work.case.id))
    ref, kind = work.case.ref, work.definition.facts
    version = file_document.put_document(work, wish.person, Filing(ref, kind, content, 0))
    _project(work, content)
    if wish.origin is not None:
        came_of(work, wish.origin)
    open_initial(work)
    work.close()
    return Proposed(ref, version, kind)


def save(engine: Engine, person: int, form: Filing) -> int:
    """Keep a new version of any document of a programme; a proposal's lists follow its text."""
    with engine.transaction() as session:
        work = file_document.begin_work(engine, session, person, form.ref)
        version = file_document.put_document(work, person, form)
        if form.kind == RECORD and (faults := record_faults(form.content)):
            raise Invalid(phrase("Some of this cannot be kept as it is."), faults)
        facts = form.kind == work.definition.facts and named_by_its_facts(work.definition)
        if facts and work.case.parent_id is None:
            _project(work, _as_kept(work, form.content))
        work.close()
        return version


def _as_kept(work: UnitOfWork, content: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal's content in the spelling in which it is filed."""
    return form_checks.as_kept(work.definition.documents[work.definition.facts].fields(), content)


def _speaks(session: Session, wish: Beginning, definition: Definition, today: date) -> bool:
    """Whether the person speaks for the party today as its proposer in this lifecycle."""
    held = session.scalar(
        select(Appointment.id).where(
            Appointment.person_id == wish.person,
            Appointment.role.in_(definition.proposing()),
            Appointment.party_id == wish.party,
            in_force(today),
        )
    )
    return held is not None


def _next_ref(session: Session, engine: Engine) -> str:
    """The next reference of the year: SSC-2026-001, SSC-2026-002, …; one is given out at a time."""
    session.execute(select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).with_for_update())
    prefix = f"SSC-{engine.now().year}-"
    of_the_year = select(LifecycleCase.ref).where(
        LifecycleCase.ref.startswith(prefix), ~LifecycleCase.ref.contains(BELOW)
    )
    newest = session.scalar(of_the_year.order_by(LifecycleCase.id.desc()).limit(1))
    first = int(newest.removeprefix(prefix)) + 1 if newest else 1
    following = (f"{prefix}{number:03d}" for number in count(first))
    return next(ref for ref in following if not _is_taken(session, ref))


def _is_taken(session: Session, ref: str) -> bool:
    return session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref)) is not None


def _title(content: Mapping[str, Any]) -> str:
    return line(str(content.get("title") or "")) or "Untitled proposal"


def _project(work: UnitOfWork, content: Mapping[str, Any]) -> None:
    """Bring title, parties, areas, goals and figures in line with the proposal as saved."""
    session, case = work.session, work.case
    case.title = _title(content)
    replace_parties(work, named_by(content), came="proposal", by=None)
    session.execute(delete(CaseArea).where(CaseArea.case_id == case.id))
    _insert_all(
        session,
        CaseArea,
        [{"case_id": case.id, "area": area} for area in areas_of(content)],
    )
    session.execute(delete(ProgrammeGoal).where(ProgrammeGoal.case_id == case.id))
    _insert_all(
        session,
        ProgrammeGoal,
        [
            {"case_id": case.id, "scheme": scheme, "number": int(number)}
            for scheme in ("sdg", "mdg")
            for number in content.get(f"{scheme}_goals") or []
        ],
    )
    session.execute(
        update(Programme)
        .where(Programme.case_id == case.id)
        .values(_columns(session, case.ref, content))
    )
    approach_lines.follow(session, work.definition, case.id)
    meeting_lines.follow(session, work.definition, case.id)


def _columns(session: Session, ref: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The programme's columns as its proposal tells them."""
    known = reference()
    sector = known.sectors.get(content.get("sector") or "")
    sector_name = sector.name if sector else ""
    countries = [
        known.countries[code].name
        for code in content.get("participating_countries") or []
        if code in known.countries
    ]
    objective = content.get("objective") or ""
    total = content.get("total_cost")
    return {
        "framework_id": _id_of(session, Framework, content.get("framework")),
        "modality": content.get("modality") or "",
        "sector_code": sector.code if sector else "",
        "sector": sector_name[:120],
        "summary": objective,
        "starts": content.get("planned_start") or "",
        "ends": content.get("planned_end") or "",
        "budget_usd": Decimal(total) if total else None,
        "executing_agency": session.scalar(
            select(Party.name).where(Party.key == (content.get("executing_agency") or ""))
        )
        or "",
        "search_text": fold(" ".join([ref, _title(content), objective, sector_name, *countries])),
    }


def _id_of(session: Session, table: type[Framework], key: Any) -> int | None:
    return session.scalar(select(table.id).where(table.key == key)) if key else None


def replace_parties(
    work: UnitOfWork, taking: Mapping[str, Sequence[str]], *, came: str, by: int | None
) -> None:
    """Let exactly these parties have these parts in the case; countries are entered as needed, and told.

    Refuses a key that no party has; that of a country is its code in small letters.
    `came` says with what a country comes that is new here. Who brings it with a proposal is not told,
    since the register is open to people to whom a draft is not; the history of the programme says it.
    """
    session, case = work.session, work.case.id
    keys = list(dict.fromkeys(chain.from_iterable(taking.values())))
    bring_countries(session, keys, came=came, by=by, now=work.now)
    known = known_among(session, keys)
    stranger = next((key for key in keys if key not in known), None)
    if stranger is not None:
        raise NotFound(phrase("There is no party called %(key)s.", key=f"{stranger:.80}"))
    for capacity, named in taking.items():
        session.execute(
            delete(CaseParty).where(CaseParty.case_id == case, CaseParty.capacity == capacity)
        )
        parts = [
            {"case_id": case, "capacity": capacity, "party_id": known[key]}
            for key in dict.fromkeys(named)
        ]
        _insert_all(session, CaseParty, parts)


def _insert_all(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)
