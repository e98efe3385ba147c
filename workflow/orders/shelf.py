"""The shelf: a folder where ordered files lie until they are fetched or have been there for long."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from workflow.drafts import drafted

# The first kind was a zip; files that lay here before there were others are found by its ending.
WHOLE, STEP = ".zip", ".step"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of files, each under a name that nobody can guess."""

    root: Path

    @contextmanager
    def put(self, token: str) -> Iterator[IO[bytes]]:
        """A file to write into; it stands on the shelf when it is whole, or not at all."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with drafted(self._place(token, WHOLE)) as draft, draft.open("w+b") as file:
                yield file
        finally:
            self._place(token, STEP).unlink(missing_ok=True)

    def take(self, token: str) -> IO[bytes] | None:
        """The file of this name, open, or nothing if it does not lie here."""
        try:
            return self._place(token, WHOLE).open("rb")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def note(self, token: str, step: str) -> None:
        """Say how far a file is that is being made."""
        self._place(token, STEP).write_text(step)

    def step(self, token: str) -> str:
        """How far it is; nothing where that is not known."""
        try:
            return self._place(token, STEP).read_text()
        except (FileNotFoundError, NotADirectoryError):
            return ""

    def lying(self) -> Sequence[Path]:
        """Every file that lies here, finished or not."""
        return list(self.root.iterdir()) if self.root.is_dir() else []

    def keep_only(self, tokens: Collection[str], lying: Sequence[Path]) -> int:
        """Of files that lay here, take off the shelf whatever is none of these; returns how many went."""
        gone = [each for each in lying if _token(each) not in tokens]
        for each in gone:
            each.unlink(missing_ok=True)
        return len(gone)

    def _place(self, token: str, kind: str) -> Path:
        return self.root / f"{token}{kind}"


def _token(file: Path) -> str:
    """The name under which a file is kept, or will be when it is whole."""
    return file.name.lstrip(".").partition(".")[0]
