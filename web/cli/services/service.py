"""The server: processes that answer, and beside them the one that works behind the pages."""

import gc
from typing import Any

from gunicorn.app.base import Application  # type: ignore[import-untyped]
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
from gunicorn.util import import_app  # type: ignore[import-untyped]

from config.settings import ROOT, Settings
from workflow.tasks.child import Child

PAGES = "wsgi:app"


class Attended(Arbiter):
    """Keeps the processes that answer, and `companion` beside them, until it is told to stop."""

    def __init__(self, app: "Service", companion: Child | None) -> None:
        self._companion = companion
        super().__init__(app)

    def manage_workers(self) -> None:
        """Begin what is missing; called at every turn, at least once a second."""
        super().manage_workers()
        if self._companion is not None:
            self._companion.tend()

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002  # As it is called.
        """Let everybody finish, and end."""
        if self._companion is not None:
            self._companion.let_go()
        super().stop(graceful)
        if self._companion is not None:
            self._companion.end()


class Service(Application):
    """The application with our settings in the words of the server."""

    def __init__(self, settings: Settings, companion: Child | None) -> None:
        self._settings, self._companion = settings, companion
        super().__init__(prog="primemover")

    def load_config(self) -> None:
        """Take everything from our settings and nothing from anywhere else."""
        chosen = self._settings
        for name, value in {
            "bind": f"{chosen.host}:{chosen.port}",
            "worker_class": "web.server.worker.PatientWorker",
            "workers": chosen.workers,
            "threads": chosen.threads,
            "timeout": chosen.request_timeout,
            "graceful_timeout": chosen.graceful_timeout,
            "keepalive": chosen.keepalive,
            # Read once: a process that dies is replaced by a copy, at once.
            "preload_app": True,
            "chdir": str(ROOT),
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_fork": self._part,
        }.items():
            self.cfg.set(name, value)
        self.chdir()

    def load(self) -> Any:
        """The pages, as every process has them from here: what is there now none looks through again.

        Else each would write into what it shares with the others, and so get a copy of its own.
        """
        pages = import_app(PAGES)
        gc.collect()
        gc.freeze()
        return pages

    def run(self) -> None:
        """Serve until told to stop."""
        Attended(self, self._companion).run()

    def _part(self, _server: Any, _worker: Any) -> None:
        """In a process that answers: leave the companion to whoever keeps it."""
        if self._companion is not None:
            self._companion.disown()
