"""Thousands of validated lessons as rows alone: copies of one, each of its own area, country and day."""

from sqlalchemy import text
from sqlalchemy.orm import Session

NUMBERS = (
    "with recursive n(n) as (select cast(:first as integer) union all select n + 1 from n "
    "where n < cast(:last as integer)) "
)
# Statements in the order in which rows lead to each other; `l` is the lesson that is copied.
COPIES = (
    (
        "insert into lifecycle_case (id, ref, subject, title, definition_id, parent_id, state, stage, "
        "entered_at, opened_at, version, head_seq, footing) "
        f"{NUMBERS} select 1000000 + n.n, 'COPY-' || n.n, l.subject, l.title, l.definition_id, l.parent_id, "
        "l.state, l.stage, l.entered_at, l.opened_at, 1, 0, l.footing from n, lifecycle_case l "
        "where l.id = :lesson"
    ),
    (
        "insert into listed_lesson (case_id, programme_id, heading, validated_at, shown, search_text) "
        f"{NUMBERS} select 1000000 + n.n, l.programme_id, l.heading, l.validated_at, l.shown, "
        "l.search_text || case when n.n < 8 then ' zebra' else ' cattle' end "
        "from n, listed_lesson l where l.case_id = :lesson"
    ),
    (
        "insert into lesson_facet (case_id, facet, validated_at) "
        f"{NUMBERS} select 1000000 + n.n, f.facet, f.validated_at from n, lesson_facet f "
        "where f.case_id = :lesson and f.facet not like 'area:%'"
    ),
    (
        "insert into lesson_facet (case_id, facet, validated_at) "
        f"{NUMBERS} select 1000000 + n.n, 'area:kind-' || (n.n % 10), f.validated_at "
        "from n, lesson_facet f where f.case_id = :lesson and f.facet like 'year:%'"
    ),
)


def add(session: Session, lesson: int, first: int, last: int) -> None:
    """Write the copies with these numbers."""
    for statement in COPIES:
        session.execute(text(statement), {"lesson": lesson, "first": first, "last": last})
