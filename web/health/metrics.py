"""The figures of health as a Prometheus server reads them, for whoever shows the token."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from workflow.health.facts import HealthFacts
from workflow.health.findings import WATCHED, Finding, findings

LABEL = ("work",)


class HealthFigures(Collector):
    """What the database says at one moment, so that every process that is asked says the same."""

    def __init__(self, facts: HealthFacts) -> None:
        self._facts, self._found = facts, findings(facts)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each figure with a line for each kind of work."""
        facts = self._facts
        done = {work: beat.worked_at for work, beat in facts.beats.items()}
        since = {work: backlog.since for work, backlog in facts.waiting.items()}
        yield _family(
            "primemover_work_last_done_timestamp_seconds", "When work of a kind was last done.",
            ((work, at.timestamp()) for work, at in done.items() if at is not None),
        )  # fmt: skip
        yield _family(
            "primemover_work_waiting", "How many things wait for work of a kind.",
            ((work, backlog.count) for work, backlog in facts.waiting.items()),
        )  # fmt: skip
        yield _family(
            "primemover_work_waiting_since_timestamp_seconds", "Since when the oldest of them waits.",
            ((work, at.timestamp()) for work, at in since.items() if at is not None),
        )  # fmt: skip
        yield _family(
            "primemover_work_wrong", "Whether work of a kind is late or fails.",
            ((work, _is_wrong(work, self._found)) for work in WATCHED),
        )  # fmt: skip
        yield GaugeMetricFamily(
            "primemover_findings", "What is wrong, as the page of health lists it.",
            value=len(self._found),
        )  # fmt: skip


def exposition(facts: HealthFacts) -> bytes:
    """The figures as text."""
    registry = CollectorRegistry()
    registry.register(HealthFigures(facts))
    return generate_latest(registry)


def _is_wrong(work: str, found: Iterable[Finding]) -> int:
    return int(any(each.work == work for each in found))


def _family(name: str, said: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, said, labels=LABEL)
    for work, value in values:
        family.add_metric((str(work),), value)
    return family
