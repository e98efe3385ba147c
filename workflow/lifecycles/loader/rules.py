"""Reading rules: whom they ask and what may be answered."""

import re
from fractions import Fraction
from types import MappingProxyType

from workflow.lifecycles.loader.names import KnownNames
from workflow.lifecycles.loader.requirements import check_requirements
from workflow.lifecycles.loader.seats import read_opener, read_seat
from workflow.lifecycles.loader.silence import read_silence
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.loader.votes import read_vote
from workflow.lifecycles.rule import Override, Recused, Rule, RuleKind, Stance, Verdict
from workflow.lifecycles.seat import Part
from workflow.phrase import phrase

BAR = re.compile(r"author|family|(?:(?:party|office):)?signed:(?P<round>.+)")
SHARE = re.compile(r"[0-9]{1,3}/[1-9][0-9]{0,2}")


def read_rule(key: str, entry: TomlTable, names: KnownNames) -> Rule | None:
    """One rule; nothing when even its kind is unknown."""
    kind = entry.one_of("kind", tuple(RuleKind), phrase("kind of rule"))
    recused = entry.one_of("recused", tuple(Recused), phrase("word on recusal"), optional=True)
    rule = Rule(
        key=key,
        kind=RuleKind(kind or RuleKind.SINGLE),
        words=entry.text("words"),
        seats=tuple(read_seat(seat, names) for seat in entry.tables("seats")),
        verdicts=MappingProxyType(
            {name: _verdict(name, below, names) for name, below in entry.named("verdicts")}
        ),
        quorum_share=_share(entry),
        quorum_least=entry.number("quorum_least", least=1, most=1000, default=0),
        threshold=entry.number("threshold", least=1, most=1000, default=0),
        categories=entry.texts("categories", optional=True),
        never=_never(entry, names),
        source=entry.many_of("source", names.sources, phrase("source")),
        objections_allowed=entry.number("objections_allowed", least=1, most=1000, default=0),
        recused=Recused(recused or Recused.LEAVES),
        vote=read_vote(entry),
        silence=read_silence(entry, names) if kind == RuleKind.SILENCE else None,
        override=_override(entry, names),
        early=entry.flag("early"),
        several=entry.flag("several"),
        called=names.called,
    )
    entry.done()
    for part in {verdict.part for verdict in rule.verdicts.values()}:
        if all(verdict.never for verdict in rule.verdicts.values() if verdict.part is part):
            entry.note(
                "verdicts", phrase("leave none to whom each of them bars; let one bar nobody")
            )
    if not kind:
        return None
    check_requirements(entry, rule)
    return rule


def _verdict(key: str, entry: TomlTable, names: KnownNames) -> Verdict:
    stance = entry.one_of("stance", tuple(Stance), phrase("stance"))
    part = entry.one_of("part", tuple(Part), phrase("part of a seat"), optional=True)
    reason = entry.one_of("reason", ("required",), phrase("word on reasons"), optional=True)
    verdict = Verdict(
        key=key,
        label=entry.text("label"),
        stance=Stance(stance or Stance.NEUTRAL),
        outcome=entry.name("outcome", optional=True),
        meaning=entry.text("meaning"),
        consequence=entry.text("consequence"),
        reason_required=reason == "required",
        part=Part(part or Part.DECIDES),
        needs=entry.many_of("needs", names.documents, phrase("document"), optional=True),
        anew=entry.flag("anew"),
        never=_never(entry, names),
    )
    for at, bar in enumerate(verdict.never):
        if bar.startswith(("party:", "office:")):
            entry.note(f"never[{at}]", phrase("bars a whole seat; say it in 'never' of the rule"))
        if bar == "family":
            entry.note(f"never[{at}]", phrase("bars from the whole; say it in 'never' of the rule"))
    if verdict.anew and not verdict.needs:
        entry.note("anew", phrase("is said of documents, and none is listed under 'needs'"))
    entry.done()
    return verdict


def _share(entry: TomlTable) -> float:
    """A fraction is written as text, since canonical JSON holds no fractions."""
    raw = entry.value("quorum_share")
    if raw is None:
        return 0.0
    if isinstance(raw, str) and SHARE.fullmatch(raw) and 0 < Fraction(raw) <= 1:
        return float(Fraction(raw))
    entry.note(
        "quorum_share", phrase('is %(raw)s; a fraction such as "1/2" is expected', raw=repr(raw))
    )
    return 0.0


def _override(entry: TomlTable, names: KnownNames) -> Override | None:
    """Who may lift which bars; nothing where the file lets nobody."""
    if not entry.has("override"):
        return None
    below = entry.table("override")
    bars = entry.texts("never", optional=True)
    override = Override(
        by=tuple(read_opener(seat, names) for seat in below.tables("by")),
        bars=below.many_of("bars", bars, phrase("bar of this rule's 'never'")),
    )
    below.done()
    return override


def _never(entry: TomlTable, names: KnownNames) -> tuple[str, ...]:
    bars = entry.texts("never", optional=True)
    for at, bar in enumerate(bars):
        found = BAR.fullmatch(bar)
        if found is None:
            entry.note(
                f"never[{at}]",
                phrase(
                    "is '%(bar)s'; expected 'author', 'family', 'signed:<round>', 'party:signed:<round>' or "
                    "'office:signed:<round>'",
                    bar=bar,
                ),
            )
        elif found["round"] and found["round"] not in names.rounds:
            entry.note(
                f"never[{at}]", phrase("names '%(round)s', which is no round", round=found["round"])
            )
    return bars
