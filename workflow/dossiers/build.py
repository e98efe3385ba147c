"""Dossiers put together: everything that somebody needs to check one history, in one zip file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.clock import written
from workflow.dossiers import collect, pages, proofs
from workflow.dossiers.collect import DossierRequest, Exact, Named
from workflow.dossiers.render import RenderedHistory, Wording, told
from workflow.dossiers.rights import DossierRights, rights
from workflow.dossiers.verifier_bundle import verifier
from workflow.dossiers.zip_writer import Packer, TooLarge
from workflow.engine.documents.file_store import FileStore
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, NotFound
from workflow.free_text.characters import number
from workflow.history.recorded import trail
from workflow.phrase import phrase

FORMAT = 1
LEFT_OUT = "This history could not be typeset. history.html can be printed by any browser."


@dataclass(frozen=True, slots=True)
class DossierSources:
    """What of the installation it takes to make a dossier: where files and fonts lie, who witnesses."""

    files: FileStore
    fonts: Path
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuiltDossier:
    """What a dossier came to: its last event, how many have no proof yet, and files that are lost.

    `unprinted` counts the characters that its print holds by their numbers; it is None without a print.
    `kinds` are those whose papers went in, None for all of them.
    `size` and `root` are of the checkpoint that it stands on; it has none where nothing was signed.
    """

    ref: str
    events: int
    unproven: int
    lost: int
    size: int
    root: bytes
    cosigned: bool
    unprinted: int | None = 0
    kinds: tuple[str, ...] | None = None


def build(
    engine: Engine,
    request: DossierRequest,
    sources: DossierSources,
    to: IO[bytes],
    words: Wording | None = None,
    step: Callable[[str], None] = lambda _name: None,
) -> BuiltDossier:
    """Write the dossier that `request` asks for into `to`, which can be sought in.

    `step` is told what is begun: events, papers, page. Refuses a history that the person may not know of. Nothing is written into the trail.
    """
    with engine.reading() as session, Packer(to) as packer:
        case = collect.requested_case(session, request, engine.now())
        if not case.head_seq:
            raise NotFound(phrase("Nothing is on this history yet."))
        may = rights(session, engine, case, request.person, engine.now())
        history = told(session, engine, case, request, words or Wording(), may)
        try:
            maker = _Maker(session, (case, may), request, sources, packer)
            return maker.make(history, engine.now(), step)
        except TooLarge as fault:
            raise Invalid(fault.said) from fault


class _Maker:
    """Puts one dossier together, member by member."""

    def __init__(
        self,
        session: Session,
        of: tuple[LifecycleCase, DossierRights],
        request: DossierRequest,
        sources: DossierSources,
        packer: Packer,
    ) -> None:
        self.session, self.request = session, request
        self.case, self.rights = of
        self.sources, self.packer = sources, packer
        self.named = Named.nothing()
        self.indexes: list[int] = []
        self.withheld: dict[str, list[str]] = {"openings": [], "documents": []}
        self.unproven = self.lost = 0

    def make(
        self, history: RenderedHistory, now: datetime, step: Callable[[str], None]
    ) -> BuiltDossier:
        """Everything, in an order that needs no member twice."""
        step("events")
        anchored = self._log()
        step("papers")
        self._openings()
        self._papers()
        step("page")
        page = history.page(anchored.shown() if anchored else None)
        print_out = pages.printed(page, self.sources.fonts, history.unprinted)
        derived = self._reading(history, anchored, page, print_out)
        about: dict[str, object] = {
            "format": FORMAT,
            "case": self.case.ref,
            "events": self.case.head_seq,
            "made_at": written(now),
            "made_for": collect.holder(self.request),
            "withheld": self.withheld,
            "derived": derived,
        }
        if print_out.body is None:
            about["left_out"] = {"history.pdf": LEFT_OUT}
        elif print_out.replaced:
            about["unprinted"] = {number(sign): n for sign, n in print_out.replaced.items()}
        self.packer.put("dossier.json", canonical.write(about))
        return BuiltDossier(
            ref=self.case.ref,
            events=self.case.head_seq,
            unproven=self.unproven,
            lost=self.lost,
            size=anchored.size if anchored else 0,
            root=anchored.root if anchored else b"",
            cosigned=anchored is not None and anchored.cosigned,
            unprinted=None if print_out.body is None else sum(print_out.replaced.values()),
            kinds=None if self.rights.kinds is None else tuple(self.rights.kinds),
        )

    def _log(self) -> proofs.Anchored | None:
        """The events with their proofs, and the checkpoints that stand around them."""
        last = collect.last_index(self.session, self.case)
        anchored = proofs.anchored_over(self.session, last + 1)
        prover = proofs.Prover(self.session, anchored) if anchored else None
        for event in collect.exact_events(self.session, self.case):
            self._event(event, anchored, prover)
        if anchored is None or prover is None:
            return anchored
        self.packer.put("checkpoint", anchored.note)
        reader = collect.holder(self.request)
        self._put_all(
            proofs.earlier(self.session, anchored, self.indexes, reader, self.request.since)
        )
        end = proofs.stated_end(self.session, prover, self.case.ref, anchored.size)
        self._put_all(end.items())
        return anchored

    def _event(
        self, event: Exact, anchored: proofs.Anchored | None, prover: proofs.Prover | None
    ) -> None:
        self.packer.put(f"events/{event.seq:04d}.json", event.body)
        self.named.hear(event)
        if (
            anchored is None
            or prover is None
            or event.index is None
            or event.index >= anchored.size
        ):
            self.unproven += 1
            return
        self.indexes.append(event.index)
        self.packer.put(f"proofs/{event.seq:04d}.tlog-proof", prover.proof(event.index))

    def _openings(self) -> None:
        """What opens the private texts, or, for those who may not have them, which they are."""
        opened = collect.openings(self.session, self.case)
        closed = set(opened) if self.request.bare else self._closed(opened)
        self.withheld["openings"] = [
            f"{seq} {field}"
            for seq, fields in opened.items()
            if seq in closed
            for field in sorted(fields)
        ]
        kept = {seq: fields for seq, fields in opened.items() if seq not in closed}
        self.packer.put("openings.json", canonical.write(kept))

    def _closed(self, opened: Mapping[str, object]) -> set[str]:
        """The events whose private texts whoever asks may not read."""
        events = (each for each in trail(self.session, self.case.id) if str(each.seq) in opened)
        return {str(each.seq) for each in events if not self.rights.private(each)}

    def _papers(self) -> None:
        """The lifecycles, the filed versions of every document, and the attached files."""
        for digest in sorted(self.named.definitions):
            body = collect.lifecycle(self.session, digest)
            if body is not None:
                self.packer.put(f"definitions/{digest}.json", body)
        papers = {*self.named.documents, *self.named.files}
        kept = {each for each in papers if not self.request.bare and self.rights.paper(each)}
        self.withheld["documents"] = sorted(papers - kept)
        for digest in sorted(kept & set(self.named.documents)):
            self._document(digest)
        for digest in sorted(kept - set(self.named.documents)):
            self._file(digest)

    def _document(self, digest: str) -> None:
        body = collect.document(self.session, self.case, digest)
        if body is None:
            self.lost += 1
        else:
            self.packer.put(f"documents/{digest}", body)

    def _file(self, digest: str) -> None:
        try:
            path = self.sources.files.path(digest)
        except NotFound:
            self.lost += 1
            return
        self.packer.put_file(f"documents/{digest}", path)

    def _reading(
        self,
        history: RenderedHistory,
        anchored: proofs.Anchored | None,
        page: dict[str, Any],
        print_out: pages.PrintOut,
    ) -> dict[str, str]:
        """What is for reading; nothing in the log stands behind it, so its digests are listed."""
        members: dict[str, bytes | str] = {
            "README.txt": pages.steps(page, print_out, history.unprinted),
            "history.html": pages.readable(page, print_out, history.unprinted),
            **({} if print_out.body is None else {"history.pdf": print_out.body}),
            "history.csv": history.table(),
            "verify.py": verifier(),
        }
        if anchored is not None:
            members["policy.txt"] = proofs.own_policy(
                self.session, anchored, self.sources.witnesses
            )
        return {name: self.packer.put(name, content) for name, content in members.items()}

    def _put_all(self, members: Iterable[tuple[str, bytes | str]]) -> None:
        for name, content in members:
            self.packer.put(name, content)
