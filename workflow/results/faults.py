"""What cannot be kept of indicators and actuals, each with what would be right: pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from workflow.phrase import Phrase, phrase
from workflow.results.forms import (
    ACTUALS,
    INDICATORS,
    PERIOD,
    TARGETS,
    Content,
    day,
    figure,
    rows,
    said,
)
from workflow.results.indicators import Direction, Indicator
from workflow.results.lights import plain

Faults = Mapping[str, Phrase]
START, END = PERIOD


def of_indicators(content: Content) -> Faults:
    """What is wrong with indicators and their targets, the first of each table at its field."""
    found = {
        INDICATORS: next(_wrong_indicators(content), None),
        TARGETS: next(_wrong_targets(content), None),
    }
    return {key: each for key, each in found.items() if each is not None}


def of_actuals(content: Content, known: Sequence[Indicator]) -> Faults:
    """What is wrong with what a report says of the indicators that are `known`, the first of it."""
    wrong = next(_wrong_actuals(content, {each.code: each for each in known}), None)
    return {} if wrong is None else {ACTUALS: wrong}


def of_period(
    content: Content, own: tuple[date, date] | None, told: Sequence[tuple[date, date]]
) -> Faults:
    """What is wrong with the period of a report: it has its `own`, or others `told` of these days already."""
    first, last = day(content, START), day(content, END)
    if own is not None:
        pairs = ((START, first, own[0]), (END, last, own[1]))
        return {key: _scheduled(own) for key, typed, meant in pairs if typed not in (None, meant)}
    if first is None or last is None:
        return {}
    overlap = [each for each in told if each[0] <= last and first <= each[1]]
    return {START: _reported(overlap[0], told)} if overlap else {}


def _scheduled(own: tuple[date, date]) -> Phrase:
    return phrase(
        "This report is about the period from %(first)s to %(last)s: its schedule says so.",
        first=own[0],
        last=own[1],
    )


def _reported(there: tuple[date, date], told: Sequence[tuple[date, date]]) -> Phrase:
    return phrase(
        "A report on the period from %(first)s to %(last)s is accepted already; the next one begins "
        "after %(newest)s.",
        first=there[0],
        last=there[1],
        newest=max(each[1] for each in told),
    )


def _wrong_indicators(content: Content) -> Iterator[Phrase]:
    seen: dict[str, int] = {}
    for number, row in rows(content, INDICATORS):
        code = said(row, "code")
        if code and code in seen:
            yield phrase(
                "Line %(number)s: the number %(code)s stands in line %(other)s already; give each "
                "indicator its own.",
                number=number,
                code=code,
                other=seen[code],
            )
        seen.setdefault(code, number)
        baseline, target = figure(row, "baseline"), figure(row, "target")
        if baseline is not None and target is not None and _against(row, baseline, target):
            yield _wrong_way(number, row, baseline)


def _against(row: Content, baseline: Decimal, target: Decimal) -> bool:
    """Whether a target is worse than the baseline, in the direction that is said to be better."""
    less = said(row, "direction") == Direction.LESS
    return bool(said(row, "direction")) and (target > baseline if less else target < baseline)


def _wrong_way(number: int, row: Content, baseline: Decimal) -> Phrase:
    if said(row, "direction") == Direction.LESS:
        return phrase(
            "Line %(number)s: less is better here, so the target is %(baseline)s or less.",
            number=number,
            baseline=plain(baseline),
        )
    return phrase(
        "Line %(number)s: more is better here, so the target is %(baseline)s or more.",
        number=number,
        baseline=plain(baseline),
    )


def _wrong_targets(content: Content) -> Iterator[Phrase]:
    known = {said(row, "code"): row for _, row in rows(content, INDICATORS)}
    seen: set[tuple[str, str]] = set()
    for number, row in rows(content, TARGETS):
        code, by, value = said(row, "code"), day(row, "by"), figure(row, "value")
        if not code or by is None:
            continue
        indicator = known.get(code)
        if indicator is None:
            yield _unknown(number, code, tuple(filter(None, known)))
            continue
        if (code, by.isoformat()) in seen:
            yield phrase(
                "Line %(number)s: a target of %(code)s by %(day)s is stated already.",
                number=number,
                code=code,
                day=by,
            )
        seen.add((code, by.isoformat()))
        since, baseline = day(indicator, "baseline_on"), figure(indicator, "baseline")
        if since is not None and by <= since:
            yield phrase(
                "Line %(number)s: the baseline of %(code)s is of %(day)s; a target comes after it.",
                number=number,
                code=code,
                day=since,
            )
        elif baseline is not None and value is not None and _against(indicator, baseline, value):
            yield _wrong_way(number, indicator, baseline)


def _wrong_actuals(content: Content, known: Mapping[str, Indicator]) -> Iterator[Phrase]:
    seen: dict[str, int] = {}
    for number, row in rows(content, ACTUALS):
        code, value = said(row, "indicator"), figure(row, "value")
        if not code:
            continue
        if code not in known:
            yield _unknown(number, code, tuple(known))
            continue
        if code in seen:
            yield phrase(
                "Line %(number)s: %(code)s is reported in line %(other)s already.",
                number=number,
                code=code,
                other=seen[code],
            )
        seen.setdefault(code, number)
        if value is not None:
            yield from _wrong_figure(number, row, value, known[code])


def _wrong_figure(
    number: int, row: Content, value: Decimal, indicator: Indicator
) -> Iterator[Phrase]:
    if not said(row, "means"):
        yield phrase(
            "Line %(number)s: say how the figure of %(code)s can be verified; it was to be by: %(means)s",
            number=number,
            code=indicator.code,
            means=indicator.means or "–",
        )
    apart = figure(row, "of_which")
    if apart is None:
        return
    if not indicator.disaggregated:
        yield phrase(
            "Line %(number)s: nobody is counted apart in %(code)s; leave this empty.",
            number=number,
            code=indicator.code,
        )
    elif apart < 0 or apart > value:
        yield phrase(
            "Line %(number)s: of %(value)s no more than %(value)s and no less than 0 can be “%(whom)s”.",
            number=number,
            value=plain(value),
            whom=indicator.disaggregated,
        )


def _unknown(number: int, code: str, known: tuple[str, ...]) -> Phrase:
    if not known:
        return phrase(
            "Line %(number)s: there is no indicator %(code)s; the programme has none.",
            number=number,
            code=code,
        )
    return phrase(
        "Line %(number)s: there is no indicator %(code)s; there are: %(known)s",
        number=number,
        code=code,
        known=known,
    )
