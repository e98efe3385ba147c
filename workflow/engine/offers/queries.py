"""What was done to every lifecycle, read from its rows."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import OfferAct, OfferMade
from workflow.engine.offers.models import LifecycleOffer

# The version and the act that were entered last: while both stay, so does every offer.
Mark = tuple[int, int]
LAST_VERSION = select(func.max(DefinitionVersion.id)).scalar_subquery()
LAST_OFFER = select(func.max(LifecycleOffer.id)).scalar_subquery()


def mark(session: Session) -> Mark:
    """Up to where the register of lifecycles goes."""
    version, offer = session.execute(select(LAST_VERSION, LAST_OFFER)).one()
    return version or 0, offer or 0


def offers(session: Session) -> tuple[OfferMade, ...]:
    """Every act; a version published before the register was kept is offered from then on, before every act."""
    told = select(LifecycleOffer.definition_id).where(LifecycleOffer.act == OfferAct.PUBLISH)
    before = _versions().where(DefinitionVersion.id.not_in(told))
    acts = session.scalars(select(LifecycleOffer).order_by(LifecycleOffer.id))
    return (
        *(
            OfferMade(number - _BEFORE, OfferAct.PUBLISH, key, number, at)
            for number, key, at in session.execute(before)
        ),
        *(
            OfferMade(each.id, OfferAct(each.act), each.key, each.definition_id, each.since)
            for each in acts
        ),
    )


def order(session: Session) -> Mapping[str, int]:
    """The place of each lifecycle: that of its first version."""
    first = select(DefinitionVersion.key, func.min(DefinitionVersion.id))
    return dict(session.execute(first.group_by(DefinitionVersion.key)).all())


def _versions() -> Select[int, str, datetime]:
    return select(
        DefinitionVersion.id, DefinitionVersion.key, DefinitionVersion.published_at
    ).order_by(DefinitionVersion.id)


# Acts are numbered from one; what was published before any of them stands below.
_BEFORE = 2**31
