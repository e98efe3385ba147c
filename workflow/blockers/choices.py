"""What the filters of a list of blockers offer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.blockers.filters import known_lines
from workflow.engine.engine import Engine
from workflow.frameworks.models import Framework
from workflow.frameworks.queries import years_of
from workflow.people.models import Party
from workflow.programmes.blocker_lines import SUBJECT
from workflow.programmes.models import ListedBlocker

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BlockerChoices:
    """Frameworks and owners by their keys, and the categories of the lifecycles that are offered."""

    frameworks: Options
    owners: Options
    categories: Options


def choices(
    session: Session, engine: Engine, person: int, *, ended: bool, now: datetime
) -> BlockerChoices:
    """Every framework, whoever owns an open blocker that the person may know of, and every category.

    Where those that have `ended` are listed, whoever owned one of them.
    """
    owned = exists().where(
        ListedBlocker.ended.is_(ended),
        ListedBlocker.owner_id == Party.id,
        *known_lines(person, now.date()),
    )
    owners = session.execute(select(Party.key, Party.name).where(owned).order_by(Party.name))
    named = (Framework.key, Framework.title, Framework.first_year, Framework.last_year)
    frameworks = session.execute(select(*named).order_by(Framework.first_year.desc()))
    return BlockerChoices(
        frameworks=tuple(
            (row.key, f"{row.title}, {years_of(row.first_year, row.last_year)}")
            for row in frameworks
        ),
        owners=tuple((row.key, row.name) for row in owners),
        categories=_categories(session, engine),
    )


def _categories(session: Session, engine: Engine) -> Options:
    found: dict[str, str] = {}
    for _, definition in engine.in_force(session):
        if definition.subject == SUBJECT:
            fields = definition.documents[definition.facts].fields()
            found |= {
                key: label
                for each in fields
                if each.key == "category"
                for key, label in each.options
            }
    return tuple(found.items())
