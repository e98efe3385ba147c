"""A donor and the Director sign what it gives to a programme, and the ledger promises that by itself."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_triangular import PLAN, concluded
from tests.workflow.partners.vetted import (
    ASSURER,
    DIRECTOR,
    MERIDIAN,
    OFFICER,
    Vetted,
    enter_meridian,
    listed,
    vetted,
)
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase
from workflow.errors import Incomplete, Invalid, Refusal
from workflow.ledger.promises.earmarks import earmarks
from workflow.ledger.promises.payments import payments
from workflow.ledger.statements.sums import unmet_conditions
from workflow.lifecycles.loader.files import load_file
from workflow.oversight.checks.lists import astray
from workflow.partners.lists import PartnerFilters, partner_list
from workflow.people.commands import appoint

DONOR = "ingrid.solberg"
TERMS: dict[str, Any] = {
    "number": "1",
    "about": "Money for the benches",
    "asked": "200000",
    "gives": ["money", "training"],
    "amount": "2000000",
    "currency": "NOK",
    "in_kind": [
        {"form": "training", "what": "Soil chemistry in Ås", "quantity": "12", "by": "2027-09-01"}
    ],
    "earmarks": [
        {"number": "7", "output": "Benches", "country": "MOZ"},
        {"number": "9", "condition": "An audit of the first year"},
    ],
    "payments": [
        {"due": "2027-01-15", "amount": "1500000", "earmark": "7"},
        {"due": "2028-01-15", "amount": "500000", "earmark": "9"},
    ],
    "reads": ["reports", "money"],
}
PLANNED: dict[str, Any] = {
    **PLAN,
    "contributions": [
        {"number": "1", "donor": "nor", "about": "Money for the benches", "asked": "200000"}
    ],
    "budget": [
        {"output": "Benches", "source": "nor", "amount": "200000"},
        {"output": "Buildings", "source": "moz", "amount": "300000"},
    ],
}


class Triangular(Carried):
    """A triangular programme that the committee recommended, with the agreements that opened."""

    def __init__(self, world: World, plan: dict[str, Any], *advisers: str) -> None:
        publish(world.engine, load_file(SHIPPED / "agreement.toml"))
        super().__init__(world, "triangular", plan)
        self.advisers = advisers or (DONOR,)
        self.recommended()

    def recommended(self) -> None:
        """The country sends it, the office accepts it, and the committee recommends it."""
        self.answer("joao.lima", "sending", "send")
        self.answer(OFFICER, "screening", "accept")
        concluded(self, *self.advisers)

    def agreements(self) -> list[str]:
        """The references of its agreements."""
        with self.world.engine.reading() as session:
            below = select(LifecycleCase.ref).where(
                LifecycleCase.subject == "agreement", LifecycleCase.ref.startswith(f"{self.ref}.")
            )
            return list(session.scalars(below.order_by(LifecycleCase.id)))

    def signed(self, ref: str, donor: str = DONOR, terms: dict[str, Any] | None = None) -> None:
        """A donor and the Director sign an agreement, which takes effect."""
        world = self.world
        world.file(ref, "agreement", donor, terms or TERMS)
        world.answer(ref, "drawing_up", donor, "send")
        world.answer(ref, "signing", donor, "sign")
        world.answer(ref, "signing", DIRECTOR, "sign")
        sweep(world.engine)


def promises(world: World, ref: str) -> tuple[list[Any], list[Any]]:
    """The earmarks and the payments in the ledger of a programme."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        return list(earmarks(session, case).values()), list(payments(session, case))


def test_what_was_signed_is_promised_in_the_ledger_by_itself(world: World) -> None:
    listed(world)
    vetted(world)
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    programme.signed(ref)

    kept, due = promises(world, programme.ref)
    assert programme.state == "donor_agreement"
    assert world.state(ref) == "agreed_upon"
    assert [(each.source, each.output, each.country, each.condition) for each in kept] == [
        ("nor", "Benches", "moz", ""),
        ("nor", "", "", "An audit of the first year"),
    ]
    assert [(each.amount, each.currency, f"{each.due_on}", each.earmark) for each in due] == [
        (Decimal("1500000.00"), "NOK", "2027-01-15", 1),
        (Decimal("500000.00"), "NOK", "2028-01-15", 2),
    ]
    programme.answer(OFFICER, "agreeing", "agreed")
    assert programme.state == "decision"
    today = world.clock().date()
    with world.engine.reading() as session:
        (line,) = partner_list(session, None, PartnerFilters(), today).lines
        unmet = unmet_conditions(session, [line.number], None, today)
    assert (line.agreements, line.agreed) == (1, (("NOK", Decimal("2000000.00")),))
    assert unmet == {line.number: 1}
    assert verify(world.engine.database).sound
    assert not astray(world.engine).differences


def test_nobody_signs_without_a_vetting_that_holds_and_is_told_what_to_do(world: World) -> None:
    listed(world)
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    world.file(ref, "agreement", DONOR, TERMS)
    with pytest.raises(Incomplete) as refused:
        world.answer(ref, "drawing_up", DONOR, "send")
    vetted(world, days=3)
    world.answer(ref, "drawing_up", DONOR, "send")
    programme.wait(days=10)
    with pytest.raises(Incomplete) as lapsed:
        world.answer(ref, "signing", DONOR, "sign")

    said = [*map(str, refused.value.missing), *map(str, lapsed.value.missing)]
    assert all("under “Partners”" in each and "Norway" in each for each in said)
    assert len(said) == 2


def test_a_line_of_the_budget_without_an_agreement_is_refused(world: World) -> None:
    listed(world)
    vetted(world)
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    with pytest.raises(Refusal):
        programme.answer(OFFICER, "agreeing", "agreed")
    world.answer(ref, "drawing_up", DONOR, "decline", "Not for benches.")
    sweep(world.engine)
    with pytest.raises(Incomplete) as refused:
        programme.answer(OFFICER, "agreeing", "agreed")
    programme.answer(OFFICER, "giving_back", "return", "Norway does not give.")
    with pytest.raises(Incomplete) as again:
        programme.answer("joao.lima", "sending", "send")

    for each in (refused, again):
        said = " ".join(map(str, each.value.missing))
        assert "has signed no agreement" in said
        assert "take the donor out: Norway" in said


def two_donors(world: World) -> Triangular:
    """A programme with two donors, of which the second was refused at its vetting while it was advised on."""
    listed(world)
    enter_meridian(world)
    with world.engine.transaction() as session:
        appoint(
            session, world.person("tavita.leota"), "donor", world.party("meridian"),
            world.clock().date(), by=None, now=world.clock(),
        )  # fmt: skip
    vetted(world)
    plan = {
        **PLANNED,
        "donors": ["meridian", "nor"],
        "contributions": [
            *PLANNED["contributions"],
            {"number": "2", "donor": "meridian", "about": "Technology", "asked": "50000"},
        ],
        "budget": [
            *PLANNED["budget"][:1],
            {"output": "Meters", "source": "meridian", "amount": "50000"},
            {"output": "Buildings", "source": "moz", "amount": "250000"},
        ],
    }
    return Triangular(world, plan, DONOR, "tavita.leota")


def test_of_two_donors_one_is_refused_at_vetting_and_the_programme_goes_on_with_the_other(
    world: World,
) -> None:

    programme = two_donors(world)
    first, second = programme.agreements()
    programme.signed(first)
    Vetted(world, MERIDIAN).decided()
    world.answer(second, "drawing_up", OFFICER, "decline", "It was refused at its vetting.")
    sweep(world.engine)
    programme.answer(OFFICER, "giving_back", "return", "One donor was refused.")
    with pytest.raises(Incomplete) as refused:
        programme.answer("joao.lima", "sending", "send")
    budget = [PLANNED["budget"][0], {"output": "Buildings", "source": "moz", "amount": "300000"}]
    world.file(programme.ref, "proposal", "joao.lima", {**PLANNED, "budget": budget})
    programme.advisers = (DONOR,)
    programme.answer("joao.lima", "sending", "send", "Without Meridian.")
    programme.answer(OFFICER, "screening", "accept")
    concluded(programme, DONOR)
    programme.answer(OFFICER, "agreeing", "agreed")

    said = " ".join(map(str, refused.value.missing))
    assert "refused at its vetting: take it out: Meridian Trading" in said
    assert programme.state == "decision"
    assert programme.agreements() == [first, second]
    assert [each.source for each in promises(world, programme.ref)[1]] == ["nor", "nor"]
    assert verify(world.engine.database).sound


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"currency": "nok"}, "currency", "three letters"),
        ({"currency": "JPY", "amount": "2000000.50"}, "amount", "no digits after the point"),
        (
            {"payments": [{"due": "2027-01-15", "amount": "1", "earmark": "4"}]},
            "payments",
            "no earmark 4",
        ),
        ({"payments": [{"due": "2999-01-15", "amount": "1"}]}, "payments", "is due by 2200"),
        ({"earmarks": [{"number": "1"}]}, "earmarks", "for what the money is"),
    ],
)
def test_terms_that_the_ledger_could_not_promise_are_refused_at_their_field(
    world: World, wrong: dict[str, Any], field: str, said: str
) -> None:
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()

    with pytest.raises(Invalid) as refused:
        world.file(ref, "agreement", DONOR, {**TERMS, **wrong})

    assert said in str(refused.value.faults[field])


def test_payments_come_to_the_amount(world: World) -> None:
    listed(world)
    vetted(world)
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    world.file(ref, "agreement", DONOR, {**TERMS, "amount": "2000001"})

    with pytest.raises(Incomplete) as refused:
        world.answer(ref, "drawing_up", DONOR, "send")

    assert any("do not come to the amount" in str(each) for each in refused.value.missing)


def test_one_person_does_not_sign_for_both(world: World) -> None:
    listed(world)
    vetted(world)
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    programme.appoint(DIRECTOR, "donor", "nor")
    world.file(ref, "agreement", DONOR, TERMS)
    world.answer(ref, "drawing_up", DONOR, "send")
    world.answer(ref, "signing", DIRECTOR, "sign")
    with pytest.raises(Refusal):
        world.answer(ref, "signing", DIRECTOR, "sign")

    assert world.state(ref) == "signature"
    assert ASSURER != DIRECTOR
