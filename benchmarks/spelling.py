"""How a database spells bytes and hashes them, so that it can write events by itself."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Text, cast, func, literal

from workflow.audit import canonical
from workflow.audit.envelope import genesis


class Spelling:
    """What either kind of database is asked in its own words; SQLite is taught to hash."""

    def __init__(self, connection: Connection) -> None:
        self._itself = connection.dialect.name == "postgresql"
        if not self._itself:
            driver: Any = connection.connection.driver_connection
            driver.create_function("leaf_hash", 1, canonical.leaf_hash, deterministic=True)
            driver.create_function("genesis", 1, genesis, deterministic=True)

    def hexadecimal(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Bytes in hexadecimal."""
        return func.encode(value, "hex") if self._itself else func.lower(func.hex(value))

    def bytes(self, text: ColumnElement[Any]) -> ColumnElement[Any]:
        """The bytes of a text."""
        return func.convert_to(text, "UTF8") if self._itself else cast(text, LargeBinary)

    def text(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """The text that these bytes spell."""
        return func.convert_from(value, "UTF8") if self._itself else cast(value, Text)

    def leaf(self, body: ColumnElement[Any]) -> ColumnElement[Any]:
        """The hash of an event with this body."""
        if self._itself:
            return func.sha256(literal(canonical.LEAF, LargeBinary).concat(body))
        return func.leaf_hash(body)

    def genesis(self, ref: ColumnElement[Any]) -> ColumnElement[Any]:
        """What the first event of a case of this name comes after."""
        if self._itself:
            named = literal('["primemover","').concat(ref).concat('"]')
            return func.sha256(func.convert_to(named, "UTF8"))
        return func.genesis(ref)
