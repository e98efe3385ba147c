"""Where an imported row lands: what its programme is made of, table by table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from workflow.audit.events.cases import ProgrammeImported
from workflow.engine.models import CaseArea, CaseParty
from workflow.errors import Invalid
from workflow.frameworks.under import under
from workflow.phrase import phrase
from workflow.programmes.imports.rows import ProgrammeRow
from workflow.programmes.models import ProgrammeGoal
from workflow.reference import reference
from workflow.search.key import fold
from workflow.vocabulary import Footing

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ground:
    """What every row of one import lands on.

    `states` gives the stage of each state of the lifecycle; parties and frameworks are known by
    their keys.
    """

    definition_id: int
    states: Mapping[str, str]
    parties: Mapping[str, int]
    frameworks: Mapping[str, int]
    opener: int | None
    now: datetime

    def standing(self, row: ProgrammeRow) -> dict[str, str]:
        """The state and stage that a row lands in; refuses a state that the lifecycle lacks."""
        state = row.landing(self.now.date()).state
        if state not in self.states:
            raise Invalid(
                phrase(
                    '%(ref)s is "%(status)s" and would stand in %(state)s, a state that this lifecycle '
                    "does not have. Choose another lifecycle for the import.",
                    ref=row.ref,
                    status=row.cells["status"],
                    state=state,
                )
            )
        return {"state": state, "stage": str(self.states[state])}


def case_of(row: ProgrammeRow, ground: Ground) -> Values:
    """The case that a new row opens, where its record puts it."""
    return {
        "ref": row.ref,
        "subject": "programme",
        "title": row.cells["title"],
        "definition_id": ground.definition_id,
        "entered_at": ground.now,
        "opened_at": ground.now,
        "footing": Footing.RECORD.value,
        "version": 1,
        "head_seq": 0,
        **ground.standing(row),
    }


def programme_of(row: ProgrammeRow, ground: Ground, case_id: int) -> Values:
    """What lists and filters need of the row."""
    cells, framework = row.cells, under(row.cells).key
    return {
        "case_id": case_id,
        "framework_id": ground.frameworks.get(framework),
        "fund": cells["fund"],
        "modality": cells["modality"],
        "sector_code": cells["dac_sector_code"],
        "sector": cells["sector"],
        "summary": cells["summary"],
        "starts": cells["start"],
        "ends": cells["end"] or cells["end_planned"],
        "budget_usd": row.budget,
        "executing_agency": "; ".join(row.agencies),
        "search_text": search_text(row),
    }


def search_text(row: ProgrammeRow) -> str:
    """What a search looks through: id, title, summary, sector and the names of the countries."""
    cells = row.cells
    parties = dict.fromkeys(facts.name for _, facts in row.parties())
    words = (row.ref, cells["title"], cells["summary"], cells["sector"], cells["fund"], *parties)
    return fold(" ".join(words))


def parties_of(row: ProgrammeRow, ground: Ground, case_id: int) -> list[Values]:
    """The parts that parties have in it, each once."""
    parts = {(capacity, ground.parties[facts.key]) for capacity, facts in row.parties()}
    return [
        {"case_id": case_id, "capacity": capacity, "party_id": party_id}
        for capacity, party_id in sorted(parts)
    ]


def areas_of(row: ProgrammeRow, _ground: Ground, case_id: int) -> list[Values]:
    """The area that its purpose code falls into."""
    return [{"case_id": case_id, "area": reference().area_of(row.cells["dac_sector_code"])}]


def goals_of(row: ProgrammeRow, _ground: Ground, case_id: int) -> list[Values]:
    """The development goals that it serves."""
    return [
        {"case_id": case_id, "scheme": scheme, "number": number} for scheme, number in row.goals
    ]


RELATIONS = ((CaseParty, parties_of), (CaseArea, areas_of), (ProgrammeGoal, goals_of))


def relate(session: Session, cases: Sequence[tuple[ProgrammeRow, int]], ground: Ground) -> None:
    """Enter the parties, areas and goals of these cases."""
    for table, made_of in RELATIONS:
        rows = [each for row, case_id in cases for each in made_of(row, ground, case_id)]
        if rows:
            session.execute(insert(table), rows)


def forget(session: Session, case_ids: Sequence[int]) -> None:
    """Remove the parties, areas and goals of these cases."""
    for table, _ in RELATIONS:
        theirs = delete(table).where(table.case_id.in_(case_ids))
        session.execute(theirs, execution_options={"synchronize_session": False})


def record_of(row: ProgrammeRow, ground: Ground, case_id: int) -> Values:
    """The row whole, with where it comes from and how sure it is."""
    return {
        "external_key": row.key,
        "case_id": case_id,
        "row": dict(row.cells),
        "digest": row.digest,
        "source": row.cells["source"],
        "confidence": row.cells["confidence"],
        "imported_on": ground.now.date(),
    }


def told(row: ProgrammeRow, ground: Ground) -> ProgrammeImported:
    """What the trail says of a row that was imported."""
    return ProgrammeImported(
        external_key=row.key,
        source=row.cells["source"],
        confidence=row.cells["confidence"],
        row=row.digest,
        **ground.standing(row),
    )
