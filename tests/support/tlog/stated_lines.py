"""The line of one history under the statement of all ends, shown without the other lines."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.tlog.formats import tree
from workflow.tlog.store.heads import HeadLine, Statement, lines_at, newest


@dataclass(frozen=True, slots=True)
class StatedLine:
    """The line of one case, with the proof that the statement covers it."""

    statement: Statement
    line: HeadLine
    index: int
    proof: tuple[bytes, ...]

    @property
    def holds(self) -> bool:
        """Whether the line is one of those that were stated."""
        leaf, of = tree.leaf(self.line.bytes), self.statement
        return tree.included(leaf, self.index, of.cases, self.proof, of.root)


def line_of(session: Session, ref: str) -> StatedLine | None:
    """What the newest statement says of one case, if it says anything."""
    statement = newest(session)
    if statement is None:
        return None
    lines = lines_at(session, statement.size)
    places = {line.ref: index for index, line in enumerate(lines)}
    if ref not in places:
        return None
    index = places[ref]
    return StatedLine(statement, lines[index], index, _proof(lines, index))


def _proof(lines: list[HeadLine], index: int) -> tuple[bytes, ...]:
    grown, known = tree.Range(), dict[tuple[int, int], bytes]()
    for line in lines:
        grown.append(tree.leaf(line.bytes), lambda *of: known.update({of[:2]: of[2]}))
    return tree.inclusion(lambda level, place: known[level, place], index, len(lines))
