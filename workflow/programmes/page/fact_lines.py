"""What is asked for the facts of a programme: its row, and a line for each thing of which it has several."""

from sqlalchemy import (
    Date,
    Integer,
    Label,
    String,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_among_many
from workflow.frameworks.models import Framework, FrameworkTerms
from workflow.people.models import Party
from workflow.programmes.models import CaseOrigin, ImportedProgramme, Programme, ProgrammeGoal
from workflow.vocabulary import Footing

_CASE = bindparam("case_id", type_=Integer)
_MAY_KNOW = known_among_many(bindparam("person", type_=Integer), bindparam("today", type_=Date))
# Words that are the same for everybody stand in the statement itself: as parameters each would be sent with every page.
_NOTHING, _NO_NUMBER = literal_column("''", String), literal_column("0", Integer)


def _line(what: str) -> Label[str]:
    return literal_column(f"'{what}'", String).label("what")


# The cases beside it: the records that are kept under it, and for which it was begun.
_BESIDE = union_all(
    select(_line("record"), LifecycleCase.id.label("case_id"), _NOTHING.label("row")).where(
        LifecycleCase.parent_id == _CASE, LifecycleCase.footing == Footing.KEPT.value
    ),
    select(_line("origin"), CaseOrigin.origin_id, CaseOrigin.row).where(
        CaseOrigin.case_id == _CASE
    ),
).subquery("beside")
# What a programme has several of, each line with what it is: its areas, its goals, who takes part, and
# the cases beside it, each called to those alone who may know of it.
_LINES = union_all(
    select(
        _line("area"),
        CaseArea.area.label("called"),
        _NOTHING.label("name"),
        _NO_NUMBER.label("number"),
        *(_NOTHING.label(name) for name in ("iso3", "key", "kind")),
    ).where(CaseArea.case_id == _CASE),
    select(
        _line("goal"),
        ProgrammeGoal.scheme,
        _NOTHING,
        ProgrammeGoal.number,
        *(_NOTHING.label(name) for name in ("iso3", "key", "kind")),
    ).where(ProgrammeGoal.case_id == _CASE),
    select(
        _line("party"),
        CaseParty.capacity,
        Party.name,
        CaseParty.party_id,
        func.coalesce(Party.iso3, _NOTHING),
        *(Party.key, Party.kind),
    )
    .join(Party, Party.id == CaseParty.party_id)
    .where(CaseParty.case_id == _CASE),
    select(
        _BESIDE.c.what,
        case((_MAY_KNOW, LifecycleCase.ref), else_=_NOTHING),
        LifecycleCase.title,
        _NO_NUMBER,
        _NOTHING.label("iso3"),
        _BESIDE.c.row,
        _NOTHING.label("kind"),
    ).join(_BESIDE, _BESIDE.c.case_id == LifecycleCase.id),
).subquery()
KNOWN = (
    select(
        *(
            Programme,
            Framework,
            ImportedProgramme,
            FrameworkTerms.starts_on,
            FrameworkTerms.ends_on,
        ),
        *_LINES.c,
    )
    .outerjoin(Framework, Framework.id == Programme.framework_id)
    .outerjoin(FrameworkTerms, FrameworkTerms.framework_id == Programme.framework_id)
    .outerjoin(ImportedProgramme, ImportedProgramme.case_id == Programme.case_id)
    .outerjoin(_LINES, true())
    .where(Programme.case_id == _CASE)
    .order_by(_LINES.c.what, _LINES.c.called, _LINES.c.name, _LINES.c.number)
)


_RECORD = aliased(LifecycleCase)
INTO = (
    select(LifecycleCase.ref)
    .join(_RECORD, _RECORD.parent_id == LifecycleCase.id)
    .where(_RECORD.id == _CASE, _RECORD.footing == Footing.KEPT.value, _MAY_KNOW)
)
