"""Tables that are read as results by their names: whether they have the columns for it."""

from collections.abc import Mapping

from workflow.lifecycles.documents import Field
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase

# What is read by its name, and of which kind each of its columns has to be.
READ_BY_NAME: Mapping[str, Mapping[str, str]] = {
    "indicators": {
        "code": "line", "output": "line", "indicator": "line", "unit": "line", "direction": "choice",
        "baseline": "decimal", "baseline_on": "date", "target": "decimal", "means": "line",
    },
    "targets": {"code": "line", "by": "date", "value": "decimal"},
    "actuals": {"indicator": "choice", "value": "decimal", "means": "line"},
}  # fmt: skip


def check_read_by_name(entry: TomlTable, field: Field) -> None:
    """Note each column that a table of results lacks, or that is of another kind than is read."""
    columns = {column.key: column.kind for column in field.columns}
    for key, kind in READ_BY_NAME.get(field.key, {}).items() if field.kind == "lines" else ():
        if columns.get(key) != kind:
            entry.note(
                "columns",
                phrase(
                    "lack '%(column)s' of the kind '%(kind)s': a table called '%(table)s' is read as "
                    "results",
                    column=key,
                    kind=kind,
                    table=field.key,
                ),
            )
