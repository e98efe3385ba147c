"""A version of a lifecycle as people name it on the command line."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.phrase import phrase


def named_version(session: Session, engine: Engine, name: str) -> tuple[int, Definition]:
    """The published version that `key`, `key@version` or `key@mark` names, with its id.

    It is in the words in which it was published, to be compared. Of a key alone the one that is offered, or else the newest; refuses what is not published, and a version that two files bear.
    """
    key, _, wanted = name.partition("@")
    rows = session.scalars(
        select(DefinitionVersion.id)
        .where(DefinitionVersion.key == key)
        .order_by(DefinitionVersion.id.desc())
    ).all()
    found = [(number, engine.as_published(number, session)) for number in rows]
    if not found:
        raise NotFound(phrase("No lifecycle called %(key)s is published.", key=f"{key!r:.80}"))
    fitting = [
        (number, each)
        for number, each in found
        if not wanted or wanted in {each.version, each.mark, each.digest}
    ]
    if not fitting:
        published = tuple(dict.fromkeys(each.version for _, each in reversed(found)))
        raise NotFound(
            phrase(
                "%(key)s has no version %(version)s; published: %(published)s.",
                key=key, version=f"{wanted!r:.40}", published=published,
            )
        )  # fmt: skip
    if not wanted:
        offered = {number for number, _ in engine.in_force(session)}
        return next((each for each in fitting if each[0] in offered), fitting[0])
    if len(fitting) > 1:
        raise NotFound(
            phrase(
                "%(key)s has several versions %(version)s; name one by its mark: %(marks)s.",
                key=key, version=wanted, marks=tuple(each.mark for _, each in fitting),
            )
        )  # fmt: skip
    return fitting[0]
