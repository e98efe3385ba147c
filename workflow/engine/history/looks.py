"""What auditors do, in words: looks across histories, samples, and marks of review."""

from collections.abc import Callable, Mapping

from workflow.engine.history.house import RECORDED, was_read
from workflow.engine.history.phrase import Phrase, phrase
from workflow.engine.history.recorded import Recorded
from workflow.engine.history.said import Said
from workflow.engine.history.setting import Setting
from workflow.vocabulary import EventType

ACROSS: Mapping[str, Phrase] = {
    "events": phrase("%(who)s looked through the events of all histories"),
    "access": phrase("%(who)s looked through the record of access"),
    "sample": phrase("%(who)s drew %(drawn)s of %(population)s events as a sample"),
}


def looked(event: Recorded, setting: Setting) -> Said:
    """Somebody read one history, or looked across many."""
    what = event.what
    across = ACROSS.get(what.get("scope", ""))
    if across is None:
        return was_read(event, setting)
    parts = {name: what[name] for name in ("drawn", "population") if name in what}
    sentence = Phrase(across.words, {"who": setting.who(event), **parts})
    seed = (phrase("with the seed “%(seed)s”", seed=what["seed"]),) if "seed" in what else ()
    asked = (phrase("asked for: %(query)s", query=what["query"]),) if what["query"] else ()
    return Said(sentence, under=(*seed, *asked, RECORDED))


def reviewed(event: Recorded, setting: Setting) -> Said:
    """An auditor marked an event, or a history up to one, as reviewed."""
    what = event.what
    parts = {"who": setting.who(event), "seq": what["seq"]}
    sentence = (
        phrase("%(who)s marked this history as reviewed up to event %(seq)s", **parts)
        if what["covers"] == "through"
        else phrase("%(who)s marked event %(seq)s of this history as reviewed", **parts)
    )
    seed = what["sample"]
    under = (phrase("drawn with the seed “%(seed)s”", seed=seed),) if seed else ()
    return Said(sentence, under=under, tone="done", reason="note")


TELLERS: Mapping[str, Callable[[Recorded, Setting], Said]] = {
    EventType.HISTORY_READ: looked,
    EventType.HISTORY_REVIEWED: reviewed,
}
