"""What keys of a round ask of each other and of its rule, each fault a sentence at its key."""

from workflow.lifecycles.calendar import shortest
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.loader.names import KnownNames
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.rule import RuleKind
from workflow.phrase import phrase
from workflow.vocabulary import SYSTEM

SILENCE_SETTLES = (
    RuleKind.POSITIONS,
    RuleKind.THRESHOLD,
    RuleKind.QUORUM_BY_CATEGORY,
    RuleKind.SINGLE_AFTER_CONSULTATION,
    RuleKind.QUALIFIED_MAJORITY,
    RuleKind.WEIGHTED,
    RuleKind.CONSTITUENCIES,
    RuleKind.VETO,
    RuleKind.SILENCE,
)
ENDS_BY_TIME = (RuleKind.SINGLE_AFTER_CONSULTATION, RuleKind.SILENCE)


def check_round(entry: TomlTable, spec: RoundSpec, names: KnownNames, *, judged: bool) -> None:
    """Note every fault of a round; what depends on its rule only where that could be read."""
    _check_states(entry, spec, names)
    if judged:
        _check_outcomes(entry, spec)
        _check_at_due(entry, spec)
        _check_openers(entry, spec)
        _check_extension(entry, spec)
        _check_declarations(entry, spec)
        _check_escalated(entry, spec)
        _check_silence(entry, spec)
        _check_stops(entry, spec)
        _check_window(entry, spec)
        _check_leaving(entry, spec)


def _check_states(entry: TomlTable, spec: RoundSpec, names: KnownNames) -> None:
    for state in spec.states:
        if state in names.final:
            entry.note(
                "states",
                phrase("names '%(state)s', which is final; nothing is asked there", state=state),
            )
    if spec.after_round == spec.key:
        entry.note("after_round", phrase("names this round itself"))


def _check_outcomes(entry: TomlTable, spec: RoundSpec) -> None:
    rule = spec.rule
    able = rule.outcomes()
    for outcome in sorted(able - spec.outcomes.keys()):
        entry.note(
            f"outcomes.{outcome}",
            phrase(
                "is missing; the rule '%(rule)s' can settle into '%(outcome)s', so say where that "
                "leads",
                rule=rule.key,
                outcome=outcome,
            ),
        )
    for outcome in spec.outcomes:
        if outcome not in able:
            entry.note(
                f"outcomes.{outcome}",
                phrase(
                    "can never happen; the rule '%(rule)s' settles into: %(outcomes)s",
                    rule=rule.key,
                    outcomes=", ".join(sorted(able)),
                ),
            )


def _check_at_due(entry: TomlTable, spec: RoundSpec) -> None:
    rule = spec.rule
    if any(seat.role == SYSTEM for seat in rule.seats):
        _check_timer(entry, spec)
    elif spec.at_due not in ("", "settle"):
        entry.note(
            "at_due",
            phrase(
                "is '%(at_due)s'; only a timer answers: expected 'settle' or none",
                at_due=spec.at_due,
            ),
        )
    elif spec.at_due and rule.kind not in SILENCE_SETTLES:
        entry.note(
            "at_due",
            phrase(
                "is 'settle', but silence settles nothing in a rule of kind '%(kind)s'",
                kind=rule.kind,
            ),
        )
    elif not spec.at_due and rule.kind in ENDS_BY_TIME:
        entry.note(
            "at_due", phrase("is missing; without 'settle' one silent seat holds up the decision")
        )
    elif spec.at_due and not spec.within:
        entry.note("within", phrase("is missing; without it there is no due time to settle at"))


def _check_timer(entry: TomlTable, spec: RoundSpec) -> None:
    at_once = spec.opens is Opens.AS_PARTIES_LEAVE
    if not spec.within and spec.due_on is None and not at_once:
        entry.note("within", phrase("is missing; a timer needs to know when"))
    if spec.at_due not in spec.rule.verdicts:
        listed = ", ".join(spec.rule.verdicts)
        entry.note(
            "at_due",
            phrase(
                "is '%(at_due)s'; a timer answers one of: %(listed)s",
                at_due=spec.at_due,
                listed=listed,
            ),
        )
    if spec.opens is Opens.ON_INITIATIVE:
        entry.note("opens", phrase("is 'on initiative', but a timer takes none"))


def _check_leaving(entry: TomlTable, spec: RoundSpec) -> None:
    """What opens as parties leave says of whom fewer have to be left; nothing else does."""
    leaving = spec.opens is Opens.AS_PARTIES_LEAVE
    if leaving and spec.fewer is None:
        entry.note("fewer", phrase("is missing; say how few of whom are left as it opens"))
    if spec.fewer is not None and not leaving:
        entry.note("fewer", phrase("belongs to a round that opens 'as parties leave'"))


def _check_openers(entry: TomlTable, spec: RoundSpec) -> None:
    initiative = spec.opens is Opens.ON_INITIATIVE
    if spec.opened_by and (spec.one_act or not initiative):
        entry.note("opened_by", phrase("belongs to an initiative that asks others than its opener"))
    if initiative and not spec.opened_by and spec.rule.silence:
        entry.note(
            "opened_by", phrase("is missing; those whose silence counts do not open it themselves")
        )


def _check_extension(entry: TomlTable, spec: RoundSpec) -> None:
    """More time is granted once, where there is an end that can be put off."""
    if spec.extension and not spec.within:
        entry.note("extension", phrase("puts off an end that there is not; say 'within'"))
    if spec.extension and spec.rule.silence:
        entry.note(
            "extension", phrase("belongs to the rule: its silence says how its end is put off")
        )


def _check_declarations(entry: TomlTable, spec: RoundSpec) -> None:
    """Only whoever is asked, over a text that waits for them, has something to declare."""
    asked = {seat.role for seat in spec.rule.seats}
    for role in spec.declares:
        if role not in asked:
            entry.note(
                "declares",
                phrase(
                    "names '%(role)s', which the rule '%(rule)s' does not ask",
                    role=role,
                    rule=spec.rule.key,
                ),
            )
    if spec.declares and not spec.text:
        entry.note("declares", phrase("keeps back a text that there is not; say 'text'"))
    if spec.declares and spec.opens is Opens.ON_INITIATIVE:
        entry.note(
            "declares", phrase("belongs to a round that opens by itself, not to an initiative")
        )


def _check_escalated(entry: TomlTable, spec: RoundSpec) -> None:
    if spec.escalated_by and not spec.escalate:
        entry.note("escalated_by", phrase("brings the round before nobody; say 'escalate'"))


def _check_silence(entry: TomlTable, spec: RoundSpec) -> None:
    """A silence is over exact words and for at least the time that its source asks."""
    terms = spec.rule.silence
    if terms is None:
        return
    if not spec.text:
        entry.note("text", phrase("is missing; a silence is about an exact text"))
    if spec.within and shortest(spec.within) < shortest(terms.least):
        least = f"{terms.least.amount} {terms.least.unit}"
        entry.note(
            "within",
            phrase("may last less than %(least)s, the least that the rule allows", least=least),
        )
    if terms.not_twice_running and spec.opens is not Opens.ON_INITIATIVE:
        entry.note(
            "opens", phrase("must be 'on initiative'; only that can be barred from running twice")
        )


def _check_stops(entry: TomlTable, spec: RoundSpec) -> None:
    """A clock that somebody stops by asking goes on, at the latest when the answer is overdue."""
    if not spec.stops:
        return
    if spec.key in spec.stops:
        entry.note("stops", phrase("names this round itself"))
    if not spec.opened_by:
        entry.note(
            "stops", phrase("belongs to a round that somebody opens to ask others: say 'opened_by'")
        )
    if not spec.within or spec.at_due != "settle":
        entry.note(
            "at_due",
            phrase("is missing; without 'settle' and 'within' a clock could stand for ever"),
        )
    if not spec.decides_nothing:
        entry.note("stops", phrase("belongs to a round of which no outcome leads anywhere"))


def _check_window(entry: TomlTable, spec: RoundSpec) -> None:
    """A window, a session or a day is the end of a round, so it has no other.

    Nothing settles there by itself, but for a timer, which may answer once a day is over.
    """
    ends = [key for key in ("window", "session", "due") if entry.has(key)]
    timed = spec.due_on is not None and any(seat.role == SYSTEM for seat in spec.rule.seats)
    for key in ends:
        if spec.within or (spec.at_due and not timed) or len(ends) > 1:
            entry.note(
                key, phrase("says when the round ends; no other end and no 'at_due' belong here")
            )
