"""What the log says of itself on the register: its keys, and where every history ended."""

from collections.abc import Callable, Mapping

from workflow.engine.history.phrase import phrase
from workflow.engine.history.recorded import Recorded
from workflow.engine.history.said import Said
from workflow.engine.history.setting import Setting
from workflow.vocabulary import EventType


def heads(event: Recorded, _setting: Setting) -> Said:
    """Where every history ended was stated."""
    sentence = phrase("Where %(cases)s histories end was stated", cases=event.what["cases"])
    return Said(
        sentence,
        under=(
            phrase("Over the first %(size)s events of the log.", size=event.what["size"]),
            phrase("Root %(root)s", root=event.what["root"]),
        ),
    )


def key(event: Recorded, _setting: Setting) -> Said:
    """A key of the log was introduced: the first, one that follows another, or one after a gap."""
    what = event.what
    named = phrase("Key %(key)s", key=what["verifier"])
    if "replaces" in what:
        sentence = phrase("A new key signs the log %(origin)s", origin=what["origin"])
        until = phrase(
            "Signed for by the key before it, which ends at %(size)s events.", size=what["last"]
        )
        return Said(sentence, under=(until, named), tone="done")
    if "after" in what:
        sentence = phrase(
            "The log goes on as %(origin)s, after %(before)s was left at %(size)s events",
            origin=what["origin"], before=what["after"]["origin"], size=what["after"]["size"],
        )  # fmt: skip
        return Said(sentence, under=(named,), tone="late")
    sentence = phrase("The log %(origin)s has its first key", origin=what["origin"])
    return Said(sentence, under=(named,), tone="done")


TELLERS: Mapping[str, Callable[[Recorded, Setting], Said]] = {
    EventType.HEADS_STATED: heads,
    EventType.KEY_INTRODUCED: key,
}
