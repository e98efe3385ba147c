"""Whose rights a dossier is made with: papers wait for a declaration, and outsiders get none."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.commands.test_declare import WHY, declare
from workflow.dossiers.rights import DossierRights, rights
from workflow.engine.models import LifecycleCase
from workflow.errors import NotAuthorised
from workflow.history.recorded import trail

RAVI, PARTY, OUTSIDER, AUDITOR = "ravi.chand", "joao.lima", "leilani.tau", "marie.laurent"
PROJECT = "project_document"


def of(world: World, ref: str, who: str) -> tuple[DossierRights, set[int]]:
    """The rights of somebody, and the events whose private texts go in."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        found = rights(session, world.engine, case, world.person(who), world.engine.now())
        open_ = {each.seq for each in trail(session, case.id) if found.private(each)}
    return found, open_


def test_papers_are_kept_from_whoever_owes_a_declaration_or_declared_an_interest(
    world: World,
) -> None:
    ref = world.programme("appraisal")
    kinds = [of(world, ref, RAVI)[0].kinds]
    declare(world, ref, interest=True)
    kinds.append(of(world, ref, RAVI)[0].kinds)

    assert [PROJECT in (each or ()) for each in kinds] == [False, False]
    assert PROJECT in (of(world, ref, PARTY)[0].kinds or ())


def test_papers_are_handed_out_once_nothing_stands_against_it(world: World) -> None:
    ref = world.programme("appraisal")

    declare(world, ref)

    found, _ = of(world, ref, RAVI)
    assert found.papers is not None
    assert all(found.paper(digest) for digest in found.papers[PROJECT])
    assert not found.paper(uuid4().hex)


def test_the_reason_of_an_interest_goes_into_no_dossier_but_an_auditors_and_ones_own(
    world: World,
) -> None:
    ref = world.programme("appraisal")
    declare(world, ref, interest=True)
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        declared = max(e.seq for e in trail(session, case) if e.type == "interest.declared")

    inside = {who: declared in of(world, ref, who)[1] for who in (RAVI, AUDITOR, PARTY)}

    assert WHY
    assert inside == {RAVI: True, AUDITOR: True, PARTY: False}


def test_an_outsider_gets_no_dossier_and_who_runs_the_installation_everything(
    world: World,
) -> None:
    ref = world.programme("signature")

    with pytest.raises(NotAuthorised, match="A dossier is for those who take part"):
        of(world, ref, OUTSIDER)

    assert DossierRights().kinds is None
    assert DossierRights().paper("any")
