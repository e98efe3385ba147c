"""The benchmark works on data of its own, says its figures as ratios, and spares what is there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, inspect, select

from benchmarks import suite, verifying
from benchmarks.cloning import CASE, COPIED, EVENT, TABLES
from benchmarks.figures import read
from benchmarks.staging import ROUND, Stage, refuse_inhabited
from tests.support.sizes import LASTING
from web.cli import main
from workflow.audit.verification.verify import verify
from workflow.database import connect
from workflow.errors import Invalid

pytestmark = pytest.mark.proof(apart=True)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(f"sqlite:///{tmp_path_factory.mktemp('bench')}/bench.sqlite")


def test_a_copy_has_a_chain_and_rows_of_its_own_that_verify(stage: Stage) -> None:
    first = stage.programme("decision")

    made = stage.copies(first, cases=3)

    result = verify(stage.database)
    assert result.sound, result.differences
    with stage.database.connect() as connection:
        counted = select(func.count()).join_from(EVENT, CASE).group_by(EVENT.c.case_id)
        of_programmes = set(connection.scalars(counted.where(CASE.c.ref.in_([first, *made]))))
        hashes = connection.scalar(select(func.count(EVENT.c.hash.distinct())))
        events = connection.scalar(select(func.count()).select_from(EVENT))
    assert len(made) == 3
    assert len(of_programmes) == 1
    assert hashes == events


def test_what_is_measured_is_signed_by_two_of_the_three_members(stage: Stage) -> None:
    signs = stage.signs(stage.copies(stage.programme("decision"), cases=2))

    assert len(signs) == 4
    assert len({sign.person for sign in signs}) == 2


def test_a_database_with_something_in_it_is_refused(stage: Stage) -> None:
    with pytest.raises(Invalid, match="Give the benchmark an empty one"):
        refuse_inhabited(stage.url)


def test_verification_is_measured_against_hashing_the_same_bytes(stage: Stage) -> None:
    chains, whole = verifying.measure(stage, "SQLite", 100)

    assert chains.floor == whole.floor
    assert chains.floor > chains.ours > whole.ours
    assert whole.detail["events"] > 100


@pytest.mark.parametrize(("in_time", "word"), [(True, "in time"), (False, "overdue")])
def test_a_round_is_in_time_or_late_as_it_is_asked_for(
    stage: Stage, word: str, *, in_time: bool
) -> None:
    ref = stage.programme("decision", in_time=in_time)

    with stage.database.connect() as connection:
        due = connection.scalar(
            select(ROUND.c.due_at)
            .join(CASE, CASE.c.id == ROUND.c.case_id)
            .where(CASE.c.ref == ref, ROUND.c.key == "decision")
        )
    assert (due > datetime.now(UTC)) is in_time, word


def test_the_command_prints_its_figures_with_the_machine_and_the_date() -> None:
    few = ["bench", "--only", "queueing", "--waiting", "2"]

    told = CliRunner().invoke(main, few, env={"COLUMNS": "200"})

    assert told.exit_code == 0, told.output
    assert f"{datetime.now(UTC):%Y-%m-%d}" in told.output
    assert "Python 3" in told.output
    assert "page of a queue (3 waiting, 3 shown)" in told.output
    assert "events that verify" in told.output


def test_figures_are_kept_as_json_with_machine_versions_and_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not LASTING:
        monkeypatch.setattr(suite, "SAMPLED", 10)
        monkeypatch.setattr(suite, "SHARED_MEMORY", tmp_path / "none")
    kept = tmp_path / "figures.json"
    few = ["bench", "--only", "signing", "--clients", "1", "--turns", "1", "--json", str(kept)]

    told = CliRunner().invoke(main, few, env={"COLUMNS": "200"})

    assert told.exit_code == 0, told.output
    report = read(kept.read_text(encoding="utf-8"))
    assert {"at", "machine", "system", "versions"} <= set(report.known)
    assert report.seed == 20_261_126
    assert {"sign-offs in time, 1 client", "processor of a sign-off overdue, 1 client"} <= {
        figure.what for figure in report.figures
    }
    assert all(figure.ratio for figure in report.figures if figure.group == "signing")


def test_sizes_that_are_no_numbers_are_refused_with_a_sentence() -> None:
    told = CliRunner().invoke(main, ["bench", "--programmes", "many"])

    assert told.exit_code == 1
    assert "--programmes takes whole numbers" in told.output


def test_every_table_that_belongs_to_a_case_is_copied_or_left_out_on_purpose() -> None:
    left_out = {
        "case_forecast",  # Computed by a worker.
        "child_case",
        "child_schedule",  # What is copied has no cases under it,
        "listed_blocker",  # is no blocker, which is a case under another,
        "listed_lesson",
        "lesson_facet",
        "lesson_weighing",  # no lesson, and says nothing of one,
        "closing_programme",  # and waits for nothing once it is closed.
        "criterion_rating",
        "key_action",
        "recommendation",  # Evaluations are cases under another.
        "money_earmark",
        "money_entry",
        "money_movement",
        "money_payment",
        "shared_use",
        "money_verdict",
        "source_money",  # and no money.
        "listed_approach",
        "listed_meeting",
        "partner_agreement",
        "partner_vetting",  # Programmes alone are copied.
        "case_origin",
        "framework_course",  # None of them came of anything,
        "discussion_message",  # and nobody talks about one.
        "framework_case",  # Counted anew once all are there.
        "event",  # Hashed anew, not copied.
        "event_facet",  # Derived later from the events.
        "import_difference",  # Nothing is imported again for a copy.
        "history_news",
        "listed_programme",
        "party_proposal",
        "private_part",  # Kept by the database itself.
        "imported_programme",  # What is copied was not imported.
        "notice",  # Nobody is told of a copy.
        "review",  # Nobody reviewed a copy,
        "verification",  # or verified it.
        "working_copy",  # Nobody types in a copy.
    }

    of_a_case = {name for name, table in TABLES.items() if "case_id" in table.c}

    assert of_a_case - set(COPIED) == left_out


def test_nothing_is_taken_out_of_a_database_that_somebody_uses(postgresql_url: str) -> None:
    told = CliRunner().invoke(main, ["bench", "--only", "scale", "--postgresql", postgresql_url])

    assert told.exit_code == 1
    assert "Give the benchmark an empty one" in told.output
    database = connect(postgresql_url)
    with database.connect() as connection:
        assert "lifecycle_case" in inspect(connection).get_table_names()
    database.dispose()
