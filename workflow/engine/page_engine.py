"""The engine as one page uses it: all is read in one session, which a write ends, and in one language."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.texts.kept import newest_texts
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.translation import ENGLISH
from workflow.transactions.transaction import Transaction


class SpokenEngine(Engine):
    """The engine for readers of one language: lifecycles are in its words where there are texts in it.

    Whoever makes one writes nothing with it: what is written is the same for readers of all languages.
    """

    def __init__(self, engine: Engine, language: Callable[[], str]) -> None:
        vars(self).update(vars(engine))
        self._language = language
        self._texts: Mapping[int, int] | None = None

    def definition(self, definition_id: int, session: Session | None = None) -> Definition:
        """The published definition with this id, in the words of the language."""
        if self._language() == ENGLISH:
            return self.as_published(definition_id, session)
        with self.reading() if session is None else nullcontext(session) as reader:
            if self._texts is None:
                self._texts = newest_texts(reader, self._language())
            texts = self._texts.get(definition_id)
            if texts is None:
                return self.as_published(definition_id, reader)
            return self.spoken_in(definition_id, texts, reader)


class PageEngine(SpokenEngine):
    """Reads in one session from the first question on; whoever makes one lets go of it at the end.

    A transaction ends that session first, since a database that locks whole files could not keep
    what is written while it is read; what is asked afterwards is asked of the new state of things.
    Beside an open transaction lifecycles are in the words in which they were published.
    """

    def __init__(self, engine: Engine, language: Callable[[], str] = lambda: ENGLISH) -> None:
        super().__init__(engine, language)
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

    def definition(self, definition_id: int, session: Session | None = None) -> Definition:
        """The published definition with this id, in the words of the page."""
        if self._writes:
            return self.as_published(definition_id, session)
        return super().definition(definition_id, session)

    def let_go(self) -> None:
        """End the session of the reading, if there is one."""
        self._session = self._texts = None
        self._held.close()
