"""Reading what concerns records of what was begun elsewhere: where they are taken up, and what is asked on them."""

from workflow.lifecycles.definition import Opens, RoundSpec, State
from workflow.lifecycles.loader.names import KnownNames
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase
from workflow.vocabulary import Footing


def read_footing(entry: TomlTable, key: str = "footing") -> Footing | None:
    """The footing that a file names under `key`, if it names one."""
    said = entry.one_of(key, tuple(Footing), phrase("footing"), optional=True)
    return Footing(said) if said else None


def check_adoptable(entry: TomlTable, state: State) -> None:
    """A record is taken up where a life goes on, and asks for papers only there."""
    if state.adoptable and (state.final or state.pauses):
        entry.note("adoptable", phrase("is said of a state in which nothing goes on"))
    if state.brings and not state.adoptable:
        entry.note("brings", phrase("belongs to a state that is adoptable"))


def check_round(entry: TomlTable, spec: RoundSpec, names: KnownNames) -> None:
    """What is asked on a record opens by an act, and leads into a life here or to an end."""
    if spec.footing is Footing.MANAGED:
        for outcome, target in spec.outcomes.items():
            if target.becomes:
                entry.note(
                    f"outcomes.{outcome}",
                    phrase("changes what a case is that is managed here already"),
                )
        return
    if any(target.becomes is Footing.MANAGED for target in spec.outcomes.values()):
        _check_states(entry, spec.states, names)
    if spec.opens is Opens.ON_ENTRY:
        entry.note("opens", phrase("is 'on entry', but nothing opens by itself on a record"))
    for outcome, target in spec.outcomes.items():
        if target.state and target.state not in names.final:
            entry.note(
                f"outcomes.{outcome}",
                phrase(
                    "leads to '%(state)s'; a record moves to an end alone, or becomes managed",
                    state=target.state,
                ),
            )


def _check_states(entry: TomlTable, states: tuple[str, ...], names: KnownNames) -> None:
    for state in states:
        if state not in names.adoptable:
            problem = phrase("names '%(state)s', in which no record is taken up", state=state)
            entry.note("states", problem)
