"""The tree as it is stored: tiles of 256 hashes, from which any proof can be made."""

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.tlog.formats.tree import WIDTH
from workflow.tlog.formats.tree import root as root_of
from workflow.tlog.store.models import LogTile

HEIGHT = 8
ACROSS = 1 << HEIGHT
TILES = Base.metadata.tables[LogTile.__tablename__]
FIND = select(TILES.c.hashes).where(
    TILES.c.level == bindparam("of_level"), TILES.c.number == bindparam("of_number")
)
INSERT = insert(TILES)
EXTEND = (
    update(TILES)
    .where(TILES.c.level == bindparam("of_level"), TILES.c.number == bindparam("of_number"))
    .values(hashes=bindparam("now"))
)
Place = tuple[int, int]


class MissingTile(Exception):
    """A hash that the tree must have is not stored: the database was altered."""


class Tiles:
    """The stored hashes, each tile read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[Place, bytes] = {}

    def read(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree, as the proofs ask for it."""
        rows, inside = divmod(level, HEIGHT)
        first = index << inside
        found = self.tile(rows, first >> HEIGHT)
        begin = (first & ACROSS - 1) * WIDTH
        hashes = found[begin : begin + (WIDTH << inside)]
        if len(hashes) != WIDTH << inside:
            raise MissingTile(f"The tile {rows}/{first >> HEIGHT} is too short.")
        return root_of(split(hashes)) if inside else hashes

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of one tile, as far as they are there."""
        place = (level, number)
        if place not in self._read:
            found = self._session.scalar(FIND, {"of_level": level, "of_number": number})
            if found is None:
                raise MissingTile(f"The tile {level}/{number} is missing.")
            self._read[place] = bytes(found)
        return self._read[place]


class Growth:
    """What some new leaves add to the tiles; nothing is written before `write`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stored = Tiles(session)
        self._tiles: dict[Place, bytearray] = {}
        self._begun: set[Place] = set()

    def heard(self, level: int, index: int, subtree: bytes) -> None:
        """Take in a complete subtree that came into being, if tiles hold those of its level."""
        row, inside = divmod(level, HEIGHT)
        if inside:
            return
        place, offset = (row, index >> HEIGHT), index & ACROSS - 1
        if place not in self._tiles:
            self._tiles[place] = self._begin(place, offset)
        tile = self._tiles[place]
        if len(tile) != offset * WIDTH:
            raise MissingTile(f"The tile {place[0]}/{place[1]} does not end where the tree does.")
        tile += subtree

    def write(self) -> None:
        """Store every tile that grew."""
        new = [
            {"level": place[0], "number": place[1], "hashes": bytes(tile)}
            for place, tile in self._tiles.items()
            if place in self._begun
        ]
        grown = [
            {"of_level": place[0], "of_number": place[1], "now": bytes(tile)}
            for place, tile in self._tiles.items()
            if place not in self._begun
        ]
        connection = self._session.connection()
        if new:
            connection.execute(INSERT, new)
        if grown:
            connection.execute(EXTEND, grown)

    def _begin(self, place: Place, offset: int) -> bytearray:
        if offset:
            return bytearray(self._stored.tile(*place))
        self._begun.add(place)
        return bytearray()


def split(hashes: bytes) -> list[bytes]:
    """Hashes that stand side by side, one by one."""
    return [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
