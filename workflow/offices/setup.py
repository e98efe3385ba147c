"""How far a proposal would travel today, and what is missing, in the order in which it meets it."""

from collections.abc import Callable, Iterator, Mapping

from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.seat import SeatSpec
from workflow.offices.checks.administrators import administrators, unseen
from workflow.offices.checks.deciders import boards, committees, replaced_by_body, untied
from workflow.offices.checks.keys import frameworks_of_lifecycles, parties_of_lifecycles
from workflow.offices.checks.outside import mail, second_factor, witness
from workflow.offices.days_of_rest import calendars
from workflow.offices.facts import SetupFacts, UnheldOffice
from workflow.offices.lacks import Lack, Reach, SetupPage
from workflow.offices.roles import AGENCY, INTERESTED
from workflow.offices.vacancies import OFFICE
from workflow.phrase import Lowered, Phrase, Term, counted, phrase
from workflow.vocabulary import STAGES, SYSTEM, Stage

Check = Callable[[SetupFacts], Iterator[Lack | Phrase]]


def lifecycle(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Without a lifecycle no proposal can begin."""
    if facts.lifecycles:
        yield counted("a lifecycle", "%(num)s lifecycles", len(facts.lifecycles))
        return
    yield Lack(
        phrase("A published lifecycle"),
        phrase("Proposals run on the lifecycle that is published; there is none."),
        "lifecycle",
        phrase("primemover lifecycle publish"),
        Stage.PROPOSAL,
    )


def frameworks(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """A proposal names a framework, where its lifecycle asks for one."""
    if not facts.names("framework"):
        return
    if facts.frameworks:
        yield counted("%(num)s framework", "%(num)s frameworks", len(facts.frameworks))
        return
    yield Lack(
        phrase("A framework"),
        phrase("A proposal is made under a framework; there is none to choose."),
        "frameworks",
        phrase("Enter a framework"),
        Stage.PROPOSAL,
    )


def pivotal(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """A consultation asks pivotal countries, where a lifecycle has one."""
    if not facts.asks(INTERESTED):
        return
    if facts.pivotal >= 2:
        yield counted("%(num)s pivotal country", "%(num)s pivotal countries", facts.pivotal)
        return
    yield Lack(
        phrase("A second pivotal country") if facts.pivotal else phrase("Pivotal countries"),
        phrase("A consultation asks pivotal countries; with fewer than two it passes for nobody."),
        "pivotal",
        phrase("Designate a country"),
        Stage.CONSULTATION,
    )


def agencies(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """A proposal names who carries it out, where its lifecycle asks for it."""
    if not facts.names(AGENCY):
        return
    if facts.agencies:
        yield counted("%(num)s organisation", "%(num)s organisations", facts.agencies)
        return
    yield Lack(
        phrase("An executing agency"),
        phrase("A proposal names who carries it out; no organisation is entered."),
        "parties",
        phrase("Enter an organisation"),
        Stage.PROPOSAL,
    )


def seats(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Every round asks somebody: the offices of the house, and each role for some party at least."""
    roles = {role for role, _ in facts.held}
    waiting = {(each.role, each.party_key): each.waiting for each in facts.vacant}
    told: set[tuple[str, str]] = set()
    for definition, spec, seat in _asked(facts):
        key = seat.of.removeprefix(OFFICE) if seat.of.startswith(OFFICE) else ""
        office = seat.role, key
        if office in told:
            continue
        told.add(office)
        there = office in facts.held if key else seat.role in roles
        if there:
            yield phrase("%(role)s", role=Lowered(facts.called(seat.role)))
        else:
            yield _nobody(facts, definition, spec, office, waiting.get(office, 0))


def _asked(facts: SetupFacts) -> Iterator[tuple[Definition, RoundSpec, SeatSpec]]:
    """Every seat that a proposal would meet on a lifecycle, with its round; then those of other lifecycles."""
    for definition in (*facts.lifecycles, *facts.others):
        for spec in definition.rounds.values():
            if spec.opens is Opens.ON_INITIATIVE:
                continue
            for seat in spec.rule.seats:
                replaced = bool(seat.unless) and replaced_by_body(facts, seat.unless)
                if seat.role != SYSTEM and not seat.if_any and not replaced:
                    yield definition, spec, seat


def _nobody(
    facts: SetupFacts,
    definition: Definition,
    spec: RoundSpec,
    office: tuple[str, str],
    waiting: int,
) -> Lack:
    role, party = office
    proposed = definition in facts.lifecycles
    return Lack(
        phrase("Somebody as %(role)s", role=facts.called(role)),
        _unasked(definition, spec, alone=len(facts.lifecycles) == 1)
        if proposed
        else _unasked_otherwise(definition, spec),
        f"appoint:{role}:{party}" if party else f"appoint:{role}",
        phrase("Appoint somebody"),
        definition.states[spec.states[0]].stage,
        spec.label,
        stops=proposed,
        waiting=waiting,
    )


def _unasked_otherwise(definition: Definition, spec: RoundSpec) -> Phrase:
    """Why an office is missed on a lifecycle that no proposal follows."""
    return phrase(
        "“%(round)s” of “%(lifecycle)s” asks this office. Nobody holds it, so a case on that "
        "lifecycle would wait there for nobody.",
        round=Term(spec.label),
        lifecycle=Term(definition.title),
    )


def _unasked(definition: Definition, spec: RoundSpec, *, alone: bool) -> Phrase:
    """Why an office is missed, with the lifecycle where there are several."""
    if alone:
        return phrase(
            "“%(round)s” asks this office. Nobody holds it, so a proposal would wait there for "
            "nobody.",
            round=Term(spec.label),
        )
    return phrase(
        "“%(round)s” of “%(lifecycle)s” asks this office. Nobody holds it, so a proposal on that "
        "lifecycle would wait there for nobody.",
        round=Term(spec.label),
        lifecycle=Term(definition.title),
    )


def vacant_parties(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Cases wait for an office that nobody holds, and that every proposal does not miss anyway."""
    missed = {each.way.split(":")[1] for each in seats(facts) if isinstance(each, Lack)}
    for each in facts.vacant:
        if each.role in missed:
            continue
        yield Lack(
            phrase(
                "%(role)s for %(party)s",
                role=facts.called(each.role),
                party=each.party_name,
            ),
            phrase("A case waits for this office, and nobody holds it."),
            f"appoint:{each.role}:{each.party_key}",
            phrase("Appoint somebody"),
            waiting=each.waiting,
        )


def countries(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Each pivotal country has its focal point, each that proposes its authority, each agency its own."""
    roles = {role for role, _ in facts.held}
    waits = {(each.role, each.party_key) for each in facts.vacant}
    for each in facts.empty:
        told = (each.role, each.party_key) in waits or each.role not in roles
        if told:
            continue
        yield Lack(
            phrase("%(role)s for %(party)s", role=facts.called(each.role), party=each.party_name),
            _unheld(each),
            f"appoint:{each.role}:{each.party_key}",
            phrase("Appoint somebody"),
            stops=False,
        )


def _unheld(office: UnheldOffice) -> Phrase:
    if office.executes:
        return phrase("It may execute programmes, and nobody would answer for it.")
    if office.pivotal:
        return phrase("It is a pivotal country, and nobody would answer for it.")
    return phrase("It proposes programmes, and nobody would answer for it as beneficiary.")


# A check of what else an office needs is added here, and nowhere else.
CHECKS: tuple[Check, ...] = (
    lifecycle, frameworks, frameworks_of_lifecycles, parties_of_lifecycles, agencies, pivotal, seats, boards, committees, untied, vacant_parties, countries,
    administrators, unseen, calendars, mail, witness, second_factor,
)  # fmt: skip
ORDER: Mapping[str, int] = {stage: at for at, stage in enumerate(STAGES)}


def setup_page(facts: SetupFacts) -> SetupPage:
    """What every check says, put in the order in which a proposal meets it."""
    said = [each for check in CHECKS for each in check(facts)]
    lacks = [each for each in said if isinstance(each, Lack)]
    stopping = sorted(
        (each for each in lacks if each.stops), key=lambda lack: ORDER.get(lack.stage, len(ORDER))
    )
    return SetupPage(
        tuple(Reach(stage, tuple(e for e in stopping if e.stage == stage)) for stage in STAGES),
        tuple(stopping),
        tuple(each for each in lacks if not each.stops and not each.later),
        tuple(each for each in said if isinstance(each, Phrase)),
        tuple(each for each in lacks if each.later),
    )
