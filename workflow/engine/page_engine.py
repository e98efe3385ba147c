"""The engine as one page uses it: everything is read in one session, which a write brings to its end."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.transactions.transaction import Transaction


class PageEngine(Engine):
    """Reads in one session from the first question on; whoever makes one lets go of it at the end.

    A transaction ends that session first, since a database that locks whole files could not keep
    what is written while it is read; what is asked afterwards is asked of the new state of things.
    """

    def __init__(self, engine: Engine) -> None:
        vars(self).update(vars(engine))
        self._engine = engine
        self._held = ExitStack()
        self._session: Session | None = None
        self._writes = False

    def refuse_doubt(self) -> None:
        """The same, after the reading has ended: what is found is written."""
        self.let_go()
        super().refuse_doubt()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction as the engine gives it, after the reading has ended."""
        self.let_go()
        self._writes = True
        try:
            with self._engine.writing() as under_way:
                yield under_way
        finally:
            self._writes = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The one session of this page; beside an open transaction, one that ends with the block."""
        if self._writes:
            with self._engine.reading() as session:
                yield session
            return
        if self._session is None:
            self._session = self._held.enter_context(self._engine.reading())
        try:
            yield self._session
        except SQLAlchemyError:
            # No database answers anything more in a transaction that it refused something in.
            self.let_go()
            raise

    def let_go(self) -> None:
        """End the session of the reading, if there is one."""
        self._session = None
        self._held.close()
