"""Findings: what is said of each fault, with what to do about that one and no other."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workflow.health.bounds import silence
from workflow.health.facts import Backlog, HealthFacts, Installation
from workflow.health.findings import SILENT, Finding, findings
from workflow.health.heartbeats import Beat, Work
from workflow.health.page import health_page
from workflow.timekeeping.doubts import Doubt, DoubtKind

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MAIL = Installation(mail_server="mail.example:25", witnesses=True)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def living(**other: Beat | None) -> Mapping[Work, Beat]:
    """Every kind of work done just now, but for those given."""
    beats = {work: other.get(work, Beat(work, NOW, "one", None, "")) for work in Work}
    return {work: beat for work, beat in beats.items() if beat}


def of(**known: Any) -> list[tuple[str, str]]:
    facts = HealthFacts(**{"now": NOW, "installation": MAIL, "beats": living(), **known})
    return [told(each) for each in findings(facts)]


def told(found: Finding) -> tuple[str, str]:
    return str(found.said), str(found.advice)


def test_nothing_is_said_where_everything_is_done() -> None:
    assert of() == []


def test_events_that_wait_and_a_signer_that_is_gone_are_told_with_their_times() -> None:
    gone = Beat(Work.SEQUENCER, ago(hours=2, minutes=58), "one", None, "")
    waiting = {Work.SEQUENCER: Backlog(12, ago(hours=2, minutes=46))}

    ((said, advice),) = of(beats=living(sequencer=gone), waiting=waiting)

    assert (
        said
        == "12 events wait for the log since 09:14 UTC; no event was given its place in the log since 09:02 UTC."
    )
    assert "primemover worker" in advice


def test_one_thing_is_told_as_one_and_another_day_with_its_date() -> None:
    ((said, _),) = of(waiting={Work.SWEEP: Backlog(1, ago(days=1))})

    assert said == "1 deadline waits to be settled since 1 Mar 2026, 12:00 UTC."


def test_while_everything_is_checked_nobody_is_sent_to_start_a_worker() -> None:
    waiting = {Work.CHECK: Backlog(1, ago(days=40))}
    gone = living(check=Beat(Work.CHECK, ago(hours=2), "one", None, ""))

    ((said, advice),) = of(waiting=waiting, checking=True)
    ((_, of_none),) = of(waiting=waiting, checking=True, beats=gone)

    assert said == "nothing was checked since 21 Jan 2026, 12:00 UTC."
    assert (
        advice
        == "A check of everything is asked for or under way; this goes away when it has ended."
    )
    assert "Start “primemover worker”" in of_none


@pytest.mark.parametrize("work", SILENT)
def test_each_kind_is_missed_after_its_bound_and_not_before(work: Work) -> None:
    bound = silence(work)
    just, late = (
        Beat(work, NOW - bound - by, "one", None, "") for by in (timedelta(), timedelta(seconds=1))
    )

    assert of(beats=living(**{work: just})) == []
    assert len(of(beats=living(**{work: late}))) == 1


@pytest.mark.parametrize("work", SILENT)
def test_what_never_ran_is_told_once_the_house_is_up_for_a_while(work: Work) -> None:
    just = Installation("mail.example:25", witnesses=True, up_since=ago(seconds=20))
    long = Installation("mail.example:25", witnesses=True, up_since=ago(hours=4))

    assert of(beats=living(**{work: None}), installation=just) == []
    ((said, advice),) = of(beats=living(**{work: None}), installation=long)
    assert "yet" in said
    assert work is Work.SIGNER or "look again in a minute" in advice


@pytest.mark.parametrize("work", SILENT)
def test_a_house_just_begun_is_called_neither_dead_nor_late(work: Work) -> None:
    begun = Beat(work, None, "one", None, "", begun_at=ago(seconds=30))
    waiting = {work: Backlog(9, ago(days=400))}
    known: dict[str, Any] = {"beats": living(**{work: begun}), "waiting": waiting}

    page = health_page(HealthFacts(now=NOW, installation=MAIL, **known))

    assert of(**known) == []
    (line,) = [each for each in page.lines if each.work is work]
    due = NOW - timedelta(seconds=30) + silence(work)
    assert str(line.due) == f"begun at 11:59 UTC, first run due by {due:%H:%M} UTC"


@pytest.mark.parametrize("work", SILENT)
def test_one_that_begins_and_does_nothing_is_missed_after_its_bound(work: Work) -> None:
    begun = ago(seconds=1) - silence(work)

    ((said, _),) = of(beats=living(**{work: Beat(work, None, "", None, "", begun_at=begun)}))

    assert "yet" in said


def test_work_behind_the_pages_that_waits_is_told_by_its_name() -> None:
    long_ago = ago(hours=13)
    kinds = (Work.HEADS, Work.TIDY, Work.DOSSIERS, Work.FILES)

    found = of(waiting={work: Backlog(2, long_ago) for work in kinds})

    assert [said for said, _ in found] == [
        "where histories end was not stated since 1 Mar 2026, 23:00 UTC.",
        "2 ended sessions and old failures to sign in are kept since 1 Mar 2026, 23:00 UTC.",
        "2 ordered dossiers wait to be made since 1 Mar 2026, 23:00 UTC.",
        "2 ordered files wait to be made since 1 Mar 2026, 23:00 UTC.",
    ]
    assert all("primemover worker" in advice for _, advice in found)


def test_an_act_that_was_let_go_of_is_told_for_an_hour() -> None:
    fault = "connection 7 stood still"
    lately, long = (
        Beat(Work.RELEASE, None, "one", ago(minutes=minutes), fault) for minutes in (20, 61)
    )

    ((said, advice),) = of(beats=living(release=lately))

    assert said == "At 11:40 UTC an act was let go of: connection 7 stood still."
    assert "nothing is lost" in advice
    assert of(beats=living(release=long)) == []


def test_mail_and_witnesses_are_missed_only_where_they_are_set_up() -> None:
    assert of(beats=living(mail=None, witness=None), installation=Installation()) == []


def test_what_is_not_set_up_is_due_at_no_time() -> None:
    begun = Beat(Work.MAIL, None, "one", None, "", begun_at=ago(seconds=30))
    facts = HealthFacts(now=NOW, installation=Installation(), beats=living(mail=begun))

    (line,) = (each for each in health_page(facts).lines if each.work is Work.MAIL)

    assert (line.asked_for, line.due) == (False, None)


def test_a_server_that_does_not_answer_is_named() -> None:
    ((said, advice),) = of(
        waiting={Work.MAIL: Backlog(3, ago(hours=1))}, letter_fault="Connection refused"
    )

    assert said == "3 letters wait to be sent since 11:00 UTC."
    assert advice == ("The mail server at mail.example:25 does not answer: Connection refused.")


def test_a_server_that_answers_no_is_quoted() -> None:
    ((_, advice),) = of(waiting={Work.MAIL: Backlog(3, ago(hours=1))}, letter_fault="451 try later")

    assert advice == "The mail server at mail.example:25 answers: 451 try later."


def test_letters_that_wait_without_any_server_ask_for_one() -> None:
    ((_, advice),) = of(waiting={Work.MAIL: Backlog(3, ago(hours=1))}, installation=Installation())

    assert advice == "No mail server is set: PRIMEMOVER_SMTP_URL."


def test_a_fault_that_lasts_is_told_and_does_not_ask_for_a_worker_that_runs() -> None:
    failing = Beat(Work.INDEXER, ago(minutes=1), "one", ago(hours=1), "event 7 is damaged")

    ((said, advice),) = of(beats=living(indexer=failing))

    assert said == "it fails since 11:00 UTC: event 7 is damaged."
    assert advice.startswith("It was tried in vain")


def test_a_clock_in_doubt_stands_first_and_says_how_it_goes_on() -> None:
    doubt = Doubt(DoubtKind.LEAP, NOW + timedelta(days=40), NOW)

    first, second = of(doubts=(doubt,), waiting={Work.SWEEP: Backlog(1, ago(hours=1))})

    assert first[0] == str(doubt.said)
    assert "primemover clock confirm --by EMAIL" in first[1]
    assert second[1].startswith("This is told by a clock that is in doubt")


def test_a_signer_that_refuses_and_a_check_that_differed_are_told() -> None:
    found = of(refusal="The tree has another root.", differences=2)

    assert [said for said, _ in found] == [
        "The signer does not sign: The tree has another root.",
        "The last check found 2 differences from what was recorded.",
    ]


def test_a_house_that_nobody_checked_for_long_is_told() -> None:
    ((said, _),) = of(waiting={Work.CHECK: Backlog(1, ago(hours=31))})

    assert said == "nothing was checked since 1 Mar 2026, 05:00 UTC."
